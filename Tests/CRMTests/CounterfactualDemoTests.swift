import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice
@testable import CRM

/// What would change the advice on the products of the demo data, held against trying by hand.
@Suite("What would change it, for the clients of the demo data")
struct CounterfactualDemoTests {
  /// Products of one client and goal that are tried.
  private static let products = 10
  /// Sets of changes tried by hand for one product.
  private static let sets = 60
  /// From the day the tests' clock starts at to the day the demo's products are all in force.
  private static let seconds: Int64 = 266 * 86_400

  private struct House: ~Copyable {
    let test: TestBook
    let adviser: Adviser
    let day: CalendarDate
    let clients: [String: Facts]

    init() async throws {
      let test = try await TestBook()
      test.clock.advance(seconds: CounterfactualDemoTests.seconds)
      let desk = try await AdviceDesk(book: test.book, home: ProjectFolder.root)
      let demo = DemoData(seed: 1, clients: 0, on: test.book.today)
      try await test.book.take(demo, forms: desk.adviser.rules.forms, by: atMachine)
      let keys = demo.people.map(\.key)
      clients = try await test.book.read { tx in
        var clients: [String: Facts] = [:]
        for key in keys {
          guard let id = try tx.client(sourceKey: key) else { continue }
          clients[key] = try tx.facts(tx.authorize(atMachine, for: id)).facts
        }
        return clients
      }
      adviser = desk.adviser
      day = test.book.today
      self.test = test
    }

    /// The facts of a client of the demo data.
    func facts(_ name: String) throws -> Facts {
      let found = clients.filter { $0.key.contains(name) }
      #expect(found.count == 1, "\(clients.keys.sorted())")
      return try #require(found.first).value
    }
  }

  private func goal(_ json: String) throws -> Goal {
    try decodeJSON(Array(json.utf8)) { Goal(reading: $0) }
  }

  @Test("Changing the kind of product leaves the rest as it is asked for")
  func fewest() async throws {
    let house = try await House()
    let cases = [
      (
        "nord", "meridian/equipment-lease", 4,
        #"{"kind":"borrow","amount":"20000","currency":"EUR","termMonths":36,"purpose":"car"}"#
      ),
      (
        "igor", "meridian/term-deposit", 1,
        #"{"kind":"borrow","amount":"90000","currency":"EUR","termMonths":36}"#
      ),
      (
        "ana", "meridian/gold-card-usd", 3,
        #"{"kind":"borrow","amount":"60000","currency":"EUR","termMonths":400,"#
          + #""purpose":"homePurchase","securityValue":"61000"}"#
      ),
      (
        "ana", "meridian/retirement-plan", 2,
        #"{"kind":"borrow","amount":"90000","currency":"EUR","termMonths":36}"#
      ),
    ]
    for (name, id, most, json) in cases {
      let facts = try house.facts(name)
      let consultation = house.adviser.consult(facts, for: try goal(json), on: house.day)
      let product = try #require(ProductID(id).flatMap { house.adviser.catalogue[$0] })
      let found = try consultation.counterfactual(for: product)
      let changes = found.changes.map { "\($0.lever) \($0.to.text)" }
      #expect(found.state == .changes && found.isExhaustive, "\(id): \(found.state)")
      #expect(found.changes.count <= most, "\(id): \(changes)")
      let moved = Set(found.changes.map(\.lever))
      let asked = consultation.goal
      #expect(moved.contains(.amount) || found.goal.amount == asked.amount, "\(changes)")
      #expect(moved.contains(.currency) || found.goal.currency == asked.currency, "\(changes)")
      #expect(moved.contains(.termMonths) || found.goal.termMonths == asked.termMonths)
      #expect(moved.contains(.securityValue) || found.goal.securityValue == asked.securityValue)
      try expectPromised(found, facts, house.adviser, house.day)
      var random = SeededRandom(seed: 7)
      try expectSmallest(found, consultation, &random)
    }
  }

  @Test("Nobody finds fewer changes by hand for products of all lines and random goals")
  func bruteForce() async throws {
    let house = try await House()
    let seed: UInt64 = 20_261_122
    var random = SeededRandom(seed: seed)
    var states: [Counterfactual.State: Int] = [:]
    for (key, facts) in house.clients.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<2 {
        let json = Self.goal(&random)
        let consultation = house.adviser.consult(facts, for: try goal(json), on: house.day)
        let rest = consultation.exclusions(from: 0, limit: 1_000).map(\.product)
        for _ in 0..<min(Self.products, rest.count) {
          let product = rest[random.next(below: rest.count)]
          let found = try consultation.counterfactual(for: product)
          states[found.state, default: 0] += 1
          let about = "seed \(seed): \(key), \(json), \(product.id)"
          #expect(found.isExhaustive, "\(about)")
          try expectPromised(found, facts, house.adviser, house.day, about)
          try expectSmallest(found, consultation, &random, about)
        }
      }
    }
    #expect((states[.changes] ?? 0) > 15 && (states[.none] ?? 0) > 5, "\(states)")
  }

  /// A goal of any kind with numbers as people ask for.
  private static func goal(_ random: inout SeededRandom) -> String {
    let kind = GoalKind.allCases[random.next(below: GoalKind.allCases.count)]
    var json = #"{"kind":"\#(kind.rawValue)""#
    if kind == .borrow || kind == .save || random.next(below: 2) == 0 {
      let amount = [5, 900, 12_000, 60_000, 450_000][random.next(below: 5)]
      let currency = ["EUR", "USD", "MDL"][random.next(below: 3)]
      let months = [1, 12, 36, 240, 400][random.next(below: 5)]
      json += #","amount":"\#(amount)","currency":"\#(currency)","termMonths":\#(months)"#
    }
    if kind == .borrow, random.next(below: 2) == 0 {
      let purpose = LoanPurpose.allCases[random.next(below: LoanPurpose.allCases.count)]
      json += #","purpose":"\#(purpose.rawValue)","securityValue":"61000""#
    }
    return json + "}"
  }

  /// Asking again with the goal that is given brings what is promised.
  private func expectPromised(
    _ found: Counterfactual, _ facts: Facts, _ adviser: Adviser, _ day: CalendarDate,
    _ about: String = ""
  ) throws {
    guard found.state == .changes || found.state == .fits else { return }
    let asked = try goal(String(decoding: found.goal.canonicalBytes, as: UTF8.self))
    let again = adviser.consult(facts, for: asked, on: day).ranked
    let place = again.firstIndex { adviser.products[$0.place].id == found.product.id }
    #expect(place.map { $0 + 1 } == found.promise?.rank && place != nil, "\(about)")
  }

  /// No set of fewer changes of the grid that is tried by hand makes the product fit.
  private func expectSmallest(
    _ found: Counterfactual, _ consultation: Consultation, _ random: inout SeededRandom,
    _ about: String = ""
  ) throws {
    let most =
      switch found.state {
      case .changes: found.changes.count - 1
      case .none: found.grid.count
      case .fits, .open: 0
      }
    guard most > 0 else { return }
    let alone = try Adviser(consultation.adviser, alone: found.product)
    let singles = found.grid.flatMap { range in range.values.map { [$0] } }
    let larger = (0..<Self.sets).map { _ in
      let size = 1 + random.next(below: most)
      var ranges = found.grid
      return (0..<min(size, ranges.count)).map { _ in
        let range = ranges.remove(at: random.next(below: ranges.count))
        return range.values[random.next(below: range.values.count)]
      }
    }
    for set in singles + larger {
      guard let goal = byHand(set, consultation) else { continue }
      let again = alone.consult(consultation.facts, for: goal, on: consultation.client.date)
      #expect(
        again.priced.isEmpty,
        "\(about) \(found.product.id) fits with \(set.map { "\($0.lever) \($0.text)" })")
    }
  }

  /// The goal with the fields that are named put in place; nil where no request may say it.
  private func byHand(_ values: [LeverValue], _ consultation: Consultation) -> Goal? {
    var goal = consultation.goal
    for value in values.sorted(by: { $0.lever < $1.lever }) {
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
    let rules = consultation.adviser.rules
    let faults = rules.violations(assuming: goal.assuming.answers, of: consultation.facts)
    guard faults.isEmpty else { return nil }
    return try? self.goal(String(decoding: goal.canonicalBytes, as: UTF8.self))
  }
}
