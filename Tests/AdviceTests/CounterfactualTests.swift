import JSON
import Quantities
import Testing

@testable import Advice

@Suite("What would change it")
struct CounterfactualTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  /// Of so many products not offered one is tried, since these tests run without optimisation.
  static let step = 3
  /// Combinations of one product that are tried, spread over all there are.
  static let triedOfProduct = 40

  static let goals = [
    #"{"kind":"borrow","amount":"400000","currency":"EUR","termMonths":12}"#,
    #"{"kind":"borrow","amount":"90000","currency":"EUR","termMonths":36,"#
      + #""purpose":"homePurchase","securityValue":"60000"}"#,
    #"{"kind":"save","amount":"5","currency":"EUR","termMonths":1}"#,
    #"{"kind":"insure"}"#,
    #"{"kind":"hedge"}"#,
    #"{"kind":"any"}"#,
  ]

  /// Ana with a debt and penalty interest in her history.
  static func indebted() -> Facts {
    var facts = Sample.ana()
    for month in 1...5 {
      let day = CalendarDate(daysSinceEpoch: Sample.date.daysSinceEpoch).adding(months: -month)
      facts.history.record(
        HistoryEvent(date: day, kind: .instalment, amount: 700, balance: 7_000))
      facts.history.record(
        HistoryEvent(date: day, kind: .penaltyInterest, amount: 3, balance: 7_000))
    }
    return facts
  }

  /// A product's place among those that fit, from 1; nil where something speaks against it.
  private func rank(of product: Product, _ facts: Facts, _ goal: Goal) -> Int? {
    let again = adviser.consult(facts, for: goal, on: Sample.date)
    let place = again.ranked.firstIndex { adviser.products[$0.place].id == product.id }
    return place.map { $0 + 1 }
  }

  @Test(
    "Asking again with the changes brings what was promised, for products not offered",
    arguments: goals, [true])
  func promises(json: String, isIndebted: Bool) throws {
    let facts = isIndebted ? Self.indebted() : Sample.ana()
    let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
    var states: Set<Counterfactual.State> = []
    let rest = consultation.exclusions(from: 0, limit: 1_000)
    for exclusion in stride(from: 0, to: rest.count, by: Self.step).map({ rest[$0] }) {
      let product = exclusion.product
      let found = try consultation.counterfactual(for: product)
      states.insert(found.state)
      #expect(found.isExhaustive)
      switch found.state {
      case .fits, .changes:
        let goal = try Sample.goal(String(decoding: found.goal.canonicalBytes, as: UTF8.self))
        let promise = try #require(found.promise)
        #expect(rank(of: product, facts, goal) == promise.rank, "\(product.id)")
        #expect(promise.isOffered == (promise.rank <= goal.limit))
        #expect(found.changes.isEmpty == (found.state == .fits), "\(product.id)")
      case .open:
        #expect(found.blockers.allSatisfy { $0.state == .unknown }, "\(product.id)")
      case .none:
        #expect(!found.blockers.isEmpty, "\(product.id)")
        #expect(found.blockers.allSatisfy { $0.state == .failed }, "\(product.id)")
      }
    }
    #expect(states.contains(.none))
  }

  @Test(
    "Nobody finds fewer changes by trying every value of the declared grid",
    arguments: goals.prefix(3), [true])
  func bruteForce(json: String, isIndebted: Bool) throws {
    let facts = isIndebted ? Self.indebted() : Sample.ana()
    let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
    var compared = 0
    let rest = consultation.exclusions(from: 0, limit: 1_000)
    for exclusion in stride(from: 1, to: rest.count, by: Self.step).map({ rest[$0] }) {
      let product = exclusion.product
      let found = try consultation.counterfactual(for: product)
      let base = consultation.goal
      let fewer = found.state == .changes ? found.changes.count - 1 : found.state == .none ? 1 : 0
      guard fewer > 0 else { continue }
      let sets = Self.combinations(found.grid, upTo: min(fewer, 2))
      let step = max(1, sets.count / Self.triedOfProduct)
      for set in stride(from: 0, to: sets.count, by: step).map({ sets[$0] }) {
        guard let goal = apply(set, to: base, consultation) else { continue }
        compared += 1
        #expect(rank(of: product, facts, goal) == nil, "\(product.id): \(set.map(\.text))")
      }
    }
    #expect(compared > 60, "\(compared)")
  }

  private static func combinations(
    _ grid: [LeverRange], upTo count: Int
  ) -> [[LeverValue]] {
    let singles = grid.flatMap { range in range.values.map { [$0] } }
    guard count > 1 else { return singles }
    let pairs = grid.indices.flatMap { first in
      grid.indices.dropFirst(first + 1).flatMap { second in
        grid[first].values.flatMap { left in grid[second].values.map { [left, $0] } }
      }
    }
    return singles + pairs
  }

  /// A goal with the fields that are named put in place; nil where no request may say it.
  private func apply(
    _ values: [LeverValue], to base: Goal, _ consultation: Consultation
  ) -> Goal? {
    var goal = base
    for value in values {
      switch value {
      case .goal(let kind, let product):
        (goal.kind, goal.kinds) = (kind, [product])
        if kind != .borrow { goal.purpose = nil }
      case .purpose(let purpose): goal.purpose = purpose
      case .currency(let currency): goal.currency = currency
      case .amount(let amount): goal.amount = amount
      case .termMonths(let months): goal.termMonths = months
      case .securityValue(let amount): goal.securityValue = amount
      case .instalmentsRepaid(let amount): goal.assuming.instalmentsRepaid = amount
      case .arrearsSettled: goal.assuming.arrearsSettled = true
      case .answer(let question, let answer): goal.assuming.answers[question] = answer
      }
    }
    if goal.amount != nil || goal.securityValue != nil {
      goal.currency = goal.currency ?? consultation.homeCurrency
    }
    return try? Sample.goal(String(decoding: goal.canonicalBytes, as: UTF8.self))
  }

  @Test("Debts repaid and arrears settled are levers, and age is none")
  func debts() throws {
    let goal = try Sample.goal(
      #"{"kind":"borrow","amount":"9000","currency":"EUR","termMonths":36}"#)
    let consultation = adviser.consult(Self.indebted(), for: goal, on: Sample.date)
    let found = try consultation.exclusions(from: 0, limit: 1_000)
      .filter { $0.product.line == .loan }
      .map { try consultation.counterfactual(for: $0.product) }
    #expect(found.contains { $0.changes.contains { $0.lever == .arrearsSettled } })
    for exclusion in consultation.exclusions(from: 0, limit: 1_000)
    where exclusion.reasons.contains(where: { $0.code == "age" && $0.state == .failed }) {
      #expect(try consultation.counterfactual(for: exclusion.product).state == .none)
    }
  }

  @Test(
    "What only waits for an answer is never said to be out of reach", arguments: AdviserTests.goals)
  func waitsForAnAnswer(json: String) throws {
    for facts in [Sample.ana(), Facts(homeCurrency: Sample.ana().homeCurrency)] {
      let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
      let open = consultation.exclusions(from: 0, limit: 1_000).filter {
        $0.verdict == .undecided && $0.reasons.contains(where: \.isTellable)
      }
      for exclusion in stride(from: 0, to: open.count, by: Self.step).map({ open[$0] }) {
        let found = try consultation.counterfactual(for: exclusion.product)
        #expect(found.state == .open || found.state == .changes, "\(exclusion.product.id)")
        #expect((found.state == .open) == found.changes.isEmpty, "\(exclusion.product.id)")
      }
    }
  }

  @Test("What was accepted since the decision is out of reach")
  func acceptedSince() throws {
    let consultation = adviser.consult(
      Sample.ana(), for: try Sample.goal(AdviserTests.goals[0]), on: Sample.date)
    let offer = try #require(consultation.offers.first)
    let product = adviser.products[offer.place]
    var since = Sample.ana()
    #expect(try consultation.counterfactual(for: product, since: since).state == .fits)
    since.accepted.append(AcceptedOffer(product: product.id, on: Sample.date))
    let found = try consultation.counterfactual(for: product, since: since)
    #expect(found.state == .none)
    #expect(found.blockers.map(\.code) == ["accepted"])
    #expect(found.promise == nil)
    let again = adviser.consult(since, for: consultation.goal, on: Sample.date)
    #expect(!again.ranked.contains { adviser.products[$0.place].id == product.id })
  }

  @Test("A yes that leads to more questions leaves the product open")
  func moreQuestions() throws {
    let pet = try #require(adviser.products.first { $0.kind == .pet })
    let asked = adviser.consult(
      Sample.ana(), for: try Sample.goal(#"{"kind":"insure"}"#), on: Sample.date)
    let open = try asked.counterfactual(for: pet)
    #expect(open.state == .open && open.changes.isEmpty)
    #expect(open.blockers.map(\.question) == ["keeps-pet"])
    // Of what was not asked for, what to ask first is said too.
    let other = adviser.consult(
      Sample.ana(), for: try Sample.goal(WhyNotTests.borrow), on: Sample.date)
    let after = try other.counterfactual(for: pet)
    #expect(after.state == .open && after.promise == nil)
    #expect(after.changes.first?.lever == .goal)
    #expect(!after.blockers.isEmpty && after.blockers.allSatisfy { $0.state == .unknown })
    let goal = try Sample.goal(String(decoding: after.goal.canonicalBytes, as: UTF8.self))
    let again = adviser.consult(Sample.ana(), for: goal, on: Sample.date)
      .exclusions(from: 0, limit: 1_000).first { $0.product.id == pet.id }
    #expect(again?.verdict == .undecided)
    #expect(again?.reasons == after.blockers)
    for locale in ["en", "ro", "ru"] {
      let texts = adviser.rules.texts(locale)
      #expect(after.sentence(texts) != open.sentence(texts))
      #expect(!after.sentence(texts).contains("‹"))
    }
  }

  @Test("What is assumed is written with the goal and read back")
  func assumptions() throws {
    let json =
      #"{"amount":"9000","assuming":{"answers":{"owns-home":"true"},"arrearsSettled":true,"#
      + #""instalmentsRepaid":"120.50"},"currency":"EUR","kind":"borrow","limit":10,"#
      + #""locale":"en","termMonths":36}"#
    #expect(String(decoding: try Sample.goal(json).canonicalBytes, as: UTF8.self) == json)
    #expect(throws: Violations.self) {
      try Sample.goal(#"{"kind":"any","assuming":{"age":20}}"#)
    }
  }
}
