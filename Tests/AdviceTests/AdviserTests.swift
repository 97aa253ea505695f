import DMN
import JSON
import Quantities
import Testing

@testable import Advice

@Suite("Advice on our own catalogue")
struct AdviserTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  static let goals = [
    #"{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36}"#,
    #"{"kind":"borrow","amount":"90000","currency":"EUR","termMonths":240,"#
      + #""purpose":"homePurchase","securityValue":"140000"}"#,
    #"{"kind":"save","amount":"5000","currency":"EUR","termMonths":12}"#,
    #"{"kind":"insure"}"#,
    #"{"kind":"hedge","amount":"200000","currency":"EUR","termMonths":6,"limit":50}"#,
    #"{"kind":"any"}"#,
  ]

  @Test("Offered, excluded and undecided add up to the catalogue", arguments: goals)
  func verdictsAddUp(json: String) throws {
    let consultation = adviser.consult(Sample.ana(), for: try Sample.goal(json), on: Sample.date)
    let counts = consultation.counts
    #expect(counts.total == adviser.products.count)
    #expect(consultation.offers.count == counts.offered)
    let rest = consultation.exclusions(from: 0, limit: 10_000)
    #expect(rest.count + counts.offered == adviser.products.count)
    for tier in Tier.allCases {
      #expect(rest.count { $0.tier == tier } == counts.excluded[tier] ?? 0, "\(tier)")
    }
    #expect(rest.count { $0.verdict == .undecided } == counts.undecided)
    #expect(rest.allSatisfy { !$0.reasons.isEmpty })
    // The nearest to an offer come first.
    let needed = Set(consultation.screening.needs.flatMap(\.kinds))
    let tiers: [Tier?] = [.arbitration, nil, .suitability, .applicability, .eligibility]
    let ranks = rest.map { exclusion in
      let tier = tiers.firstIndex(of: exclusion.tier) ?? tiers.count
      let isNeeded = tier == 0 || needed.contains(exclusion.product.kind)
      return (isNeeded ? 0 : tiers.count) + tier
    }
    #expect(ranks == ranks.sorted())
    for (first, second) in zip(rest.indices, rest.indices.dropFirst())
    where ranks[first] == ranks[second] && ranks[first] != 0 {
      #expect(rest[first].product.id < rest[second].product.id)
    }
    #expect(
      consultation.exclusions(from: 3, limit: 4).map(\.product.id) == rest[3..<7].map(\.product.id))
    let shown = Set(consultation.offers.map { adviser.products[$0.place].id })
    #expect(shown.union(rest.map(\.product.id)).count == adviser.products.count)
  }

  @Test(
    "What was not asked for lists all that would stand in its way were it asked for",
    arguments: [
      #"{"kind":"borrow","amount":"90000","currency":"EUR","termMonths":400}"#,
      #"{"kind":"borrow","amount":"400","currency":"EUR","termMonths":36}"#,
      #"{"kind":"save","amount":"100","currency":"USD","termMonths":1}"#,
    ])
  func everyCondition(json: String) throws {
    let goal = try Sample.goal(json)
    let consultation = adviser.consult(Sample.ana(), for: goal, on: Sample.date)
    let needed = Set(consultation.screening.needs.flatMap(\.kinds))
    var compared = 0
    for exclusion in consultation.exclusions(from: 0, limit: 10_000)
    where !needed.contains(exclusion.product.kind) && exclusion.product.line == goal.kind.line {
      let listed = Set(exclusion.reasons.filter { $0.state == .failed }.map(\.code))
      var asked = goal
      asked.kinds = [exclusion.product.kind]
      let second = adviser.consult(Sample.ana(), for: asked, on: Sample.date)
      let found = second.exclusions(from: 0, limit: 10_000).first {
        $0.product.id == exclusion.product.id
      }
      let failed = (found?.reasons ?? []).filter { $0.state == .failed && $0.code != "outranked" }
      #expect(
        Set(failed.map(\.code)).subtracting(listed).isEmpty, "\(exclusion.product.id) \(listed)")
      compared += failed.count
    }
    #expect(compared > 0)
  }

  @Test("The same request gives the same bytes, and they are canonical", arguments: goals)
  func sameBytes(json: String) throws {
    let goal = try Sample.goal(json)
    let first = Outcome(adviser.consult(Sample.ana(), for: goal, on: Sample.date)).bytes
    let second = Outcome(
      try Sample.adviser().consult(Sample.ana(), for: goal, on: Sample.date)
    ).bytes
    #expect(first == second)
    #expect(try JSONValueProbe.canonical(first) == first)
  }

  @Test("Every reason and need has its wording", arguments: goals)
  func wordingIsComplete(json: String) throws {
    for facts in [Sample.ana(), Facts(homeCurrency: Sample.ana().homeCurrency)] {
      let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
      let text = String(decoding: Outcome(consultation).bytes, as: UTF8.self)
      #expect(!text.contains("‹"), "\(text.prefix(2000))")
      let texts = adviser.rules.texts("en")
      for exclusion in consultation.exclusions(from: 0, limit: 10_000) {
        for reason in exclusion.reasons {
          #expect(!texts.sentence(for: reason).contains("‹"), "\(reason.textKey)")
        }
      }
    }
  }

  @Test("A client of means is offered loans, cheapest first within a kind")
  func borrows() throws {
    let consultation = adviser.consult(
      Sample.ana(), for: try Sample.goal(Self.goals[0]), on: Sample.date)
    #expect(consultation.offers.count >= 2)
    expectCheapestFirst(consultation)
  }

  private func expectCheapestFirst(_ consultation: Consultation) {
    var last: [ProductKind: Decimal128] = [:]
    for ranked in consultation.ranked {
      let kind = adviser.products[ranked.place].kind
      let isDeposit = kind.line == .deposit
      let cost = isDeposit ? -ranked.quote.costRatio : ranked.quote.costRatio
      if let before = last[kind] { #expect(before <= cost, "\(kind)") }
      last[kind] = cost
    }
  }

  @Test("Raising a rate or a fee never raises a rank")
  func dearerNeverRises() throws {
    let goal = try Sample.goal(Self.goals[0])
    let facts = Sample.ana()
    let before = ranks(adviser, facts, goal)
    for (id, rank) in before {
      for step in ["0.0000001", "0.001", "0.02"] {
        let dearer = try Adviser(
          catalogue: try changed(id) { product in
            for index in product.charges.rates.indices {
              product.charges.rates[index].rate += Decimal128(step) ?? 0
            }
          }, rules: adviser.rules)
        let after = ranks(dearer, facts, goal)[id] ?? Int.max
        #expect(after >= rank, "\(id) with \(step) more")
      }
      let withFee = try Adviser(
        catalogue: try changed(id) { product in
          product.charges.fees.append(Fee("More", .upfront, amount: 1))
        }, rules: adviser.rules)
      #expect(ranks(withFee, facts, goal)[id] ?? Int.max >= rank, "\(id) with a fee")
    }
  }

  private func ranks(_ adviser: Adviser, _ facts: Facts, _ goal: Goal) -> [ProductID: Int] {
    let ranked = adviser.consult(facts, for: goal, on: Sample.date).ranked
    return Dictionary(
      uniqueKeysWithValues: ranked.enumerated().map {
        (adviser.products[$0.element.place].id, $0.offset)
      })
  }

  private func changed(
    _ id: ProductID, _ change: (inout Product) -> Void
  ) throws -> Catalogue {
    var products = adviser.products
    let place = try #require(adviser.catalogue.index(of: id))
    change(&products[place])
    return try Catalogue(
      edition: "changed", asOf: adviser.catalogue.asOf, products: products,
      exchangeRates: adviser.catalogue.exchangeRates, market: adviser.catalogue.market)
  }

  @Test("Unknown income leaves loans undecided and asks for it")
  func unknownIncome() throws {
    var facts = Sample.ana()
    facts.history = HistorySummary()
    let consultation = adviser.consult(
      facts, for: try Sample.goal(Self.goals[0]), on: Sample.date)
    #expect(consultation.offers.isEmpty)
    #expect(consultation.counts.undecided > 0)
    #expect(consultation.questions.contains { $0.id == "monthly-income" })
  }

  @Test("Nothing dated on or after the day of the decision changes it", arguments: goals)
  func nothingFromTheFuture(json: String) throws {
    let goal = try Sample.goal(json)
    var facts = Sample.ana()
    let before = Outcome(adviser.consult(facts, for: goal, on: Sample.date)).bytes
    facts.history.record(
      HistoryEvent(date: Sample.date, kind: .salary, amount: 90_000, balance: 99_999))
    facts.holdings.append(
      HeldProduct(
        kind: .motor, product: nil, currency: facts.homeCurrency, balance: 0, instalment: 400,
        since: Sample.date, until: nil))
    let after = Outcome(adviser.consult(facts, for: goal, on: Sample.date)).bytes
    #expect(before == after)
  }

  @Test("A held product never returns")
  func heldNeverReturns() throws {
    var facts = Sample.ana()
    let goal = try Sample.goal(Self.goals[2])
    let first = try #require(adviser.consult(facts, for: goal, on: Sample.date).offers.first)
    let product = adviser.products[first.place]
    facts.holdings.append(
      HeldProduct(
        kind: product.kind, product: product.id, currency: product.currency, balance: 1,
        instalment: 0, since: Sample.date.adding(days: -10), until: nil))
    let again = adviser.consult(facts, for: goal, on: Sample.date)
    #expect(!again.ranked.contains { $0.place == first.place })
  }

  @Test("A visitor gets what meets every parameter, and the parameter that every other violates")
  func matches() throws {
    let query = try decodeJSON(
      Array(
        #"{"line":"loan","amount":"10000","currency":"EUR","termMonths":36,"age":35,"limit":100}"#
          .utf8)
    ) { MatchQuery(reading: $0) }
    let result = adviser.match(query, on: Sample.date)
    #expect(result.fitCount > 0)
    #expect(result.fitCount + result.missCount == adviser.products.count)
    #expect(result.fits.allSatisfy { $0.product.line == .loan })
    #expect(result.fits.allSatisfy { $0.product.terms.months.contains(36) })
    #expect(result.misses.allSatisfy { !$0.reasons.isEmpty })
  }
}
