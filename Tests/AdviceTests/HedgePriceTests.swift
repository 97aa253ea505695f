import Quantities
import Testing

@testable import Advice

@Suite("What a hedge leaves")
struct HedgePriceTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  /// What an amount and its hedge are worth at the end in per cent of the amount, before the cost,
  /// where the market ends at a level in per cent of today's.
  private func left(at level: Decimal128, _ terms: HedgeTerms) -> Decimal128? {
    guard let floor = terms.floors.first else { return nil }
    let put = max(0, floor - level) - max(0, (terms.lowerFloor ?? 0) - level)
    return level + put
  }

  @Test(
    "The floor of a price is what is left in the worst market",
    arguments: ["30000", "75000", "112345.67"])
  func floor(amount: String) throws {
    let goal = try Sample.goal(
      #"{"kind":"hedge","amount":"\#(amount)","currency":"EUR","limit":50}"#)
    var facts = Sample.ana()
    facts.risk.riskClass = 7
    facts.risk.knowledge = .advanced
    facts.risk.capacityForLoss = .full
    facts.risk.horizonMonths = 120
    facts.answers["portfolio-value"] = "150000"
    let consultation = adviser.consult(facts, for: goal, on: Sample.date)
    var kinds: Set<ProductKind> = []
    for ranked in consultation.ranked {
      let product = adviser.products[ranked.place]
      guard let terms = product.hedge, [.protectivePut, .putSpread].contains(product.kind),
        case .hedge(let figures) = ranked.quote.price(of: product).figures
      else { continue }
      let worst = try #require(
        (0...200).compactMap { left(at: Decimal128($0), terms) }.min())
      let least = ranked.quote.amount.amount * worst / 100 - figures.cost
      #expect((figures.floor - least).magnitude <= Decimal128(1) / 100, "\(product.id)")
      kinds.insert(product.kind)
    }
    #expect(kinds == [.protectivePut, .putSpread])
  }
}
