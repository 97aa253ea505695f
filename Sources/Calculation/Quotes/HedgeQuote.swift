import Quantities

/// The figures and warnings that go with a hedge before it is sold: costs in money and per cent
/// (Directive 2014/65/EU, article 24(4); Delegated Regulation 2017/565, article 50).
public struct HedgeQuote: Sendable, Hashable {
  /// What the hedge costs.
  public let cost: HedgeCost

  /// What must be shown.
  public let disclosures: [Disclosure]

  /// The quote of an insured portfolio.
  public init(_ hedge: PortfolioInsurance, rounding: MoneyRounding = .cents) {
    cost = hedge.cost
    disclosures =
      HedgeQuote.costs(hedge.cost, rounding)
      + PortfolioInsurance.residualRisk.map { Disclosure(.obligation, .text($0)) }
  }

  /// The quote of a holding protected by puts.
  public init(_ hedge: ProtectivePut, rounding: MoneyRounding = .cents) {
    let value = Decimal128(hedge.units * hedge.put.spot)
    cost = HedgeCost(
      premium: Decimal128(hedge.premium), value: value, years: Decimal128(hedge.put.years))
    disclosures =
      HedgeQuote.costs(cost, rounding) + [
        Disclosure(.maximumLoss, .money(rounding.rounded(Decimal128(hedge.maximumLoss))))
      ]
  }

  /// The quote of a collar on so many units.
  public init(_ collar: Collar, units: Double, rounding: MoneyRounding = .cents) {
    let value = Decimal128(units * collar.put.spot)
    cost = HedgeCost(
      premium: Decimal128(units * collar.cost), value: value,
      years: Decimal128(collar.put.years))
    disclosures =
      HedgeQuote.costs(cost, rounding) + [
        Disclosure(
          .maximumLoss, .money(rounding.rounded(Decimal128(units * collar.maximumLoss)))),
        Disclosure(.obligation, .text(Collar.obligation)),
      ]
  }

  private static func costs(_ cost: HedgeCost, _ rounding: MoneyRounding) -> [Disclosure] {
    [
      Disclosure(.costMoney, .money(cost.premium(rounding))),
      Disclosure(.costPercent, .percent(cost.percent.rounded(scale: 2, .halfUp))),
      Disclosure(.costPercentPerYear, .percent(cost.percentPerYear.rounded(scale: 2, .halfUp))),
    ]
  }
}
