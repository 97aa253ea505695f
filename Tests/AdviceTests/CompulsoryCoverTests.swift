import JSON
import Quantities
import Testing

@testable import Advice

@Suite("Compulsory cover of a vehicle")
struct CompulsoryCoverTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  private static let goals = [
    #"{"kind":"insure","currency":"EUR","termMonths":12,"limit":50}"#,
    #"{"kind":"any","limit":50}"#,
  ]

  /// A client with a car who has answered what every tariff asks.
  private func driver(holding kinds: [ProductKind] = []) -> Facts {
    var facts = Sample.ana()
    for factor in adviser.products.flatMap({ $0.tariff?.factors ?? [] })
    where factor.input != "age" && facts.answers[factor.input] == nil {
      facts.answers[factor.input] = factor.answers.first?.answer ?? "5"
    }
    facts.holdings += kinds.map {
      HeldProduct(
        kind: $0, product: nil, currency: facts.homeCurrency, balance: 0, instalment: 20,
        since: Sample.date.adding(days: -100), until: nil)
    }
    return facts
  }

  private func insurance(_ facts: Facts, _ json: String) throws -> [ProductKind] {
    adviser.consult(facts, for: try Sample.goal(json), on: Sample.date).offers
      .map { adviser.products[$0.place].kind }.filter { $0.line == .insurance }
  }

  @Test("A client with a vehicle and without the policy is offered it first", arguments: goals)
  func first(json: String) throws {
    for held in [[], [ProductKind.motor]] {
      let offers = try insurance(driver(holding: held), json)
      #expect(offers.first == .motorLiability, "\(held): \(offers)")
      #expect(offers.contains { $0 != .motorLiability })
    }
  }

  @Test("Who holds the policy, or has no vehicle, is not offered it", arguments: goals)
  func notFirst(json: String) throws {
    let held = try insurance(driver(holding: [.motorLiability]), json)
    #expect(!held.contains(.motorLiability) && !held.isEmpty)
    var walker = driver()
    walker.answers["owns-vehicle"] = "false"
    let offers = try insurance(walker, json)
    #expect(!offers.contains(.motorLiability) && !offers.contains(.motor) && !offers.isEmpty)
  }

  @Test("A liability policy insures what its covers pay at most")
  func sum() throws {
    let goal = try Sample.goal(Self.goals[0])
    let consultation = adviser.consult(driver(), for: goal, on: Sample.date)
    let offer = try #require(
      consultation.offers.first { adviser.products[$0.place].id.code == "motor-liability" })
    #expect(offer.quote.amount.amount == 6_450_000)
    #expect(offer.quote.costRatio > 0 && offer.quote.costRatio < offer.quote.amount.amount)
  }
}
