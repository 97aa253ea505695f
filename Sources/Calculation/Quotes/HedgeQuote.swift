import Quantities

/// The figures and warnings that go with a hedge before it is sold.
///
/// Costs in money and per cent (Directive 2014/65/EU, article 24(4); Delegated Regulation 2017/565,
/// article 50), what risk is left, what it obliges to (article 24(5)), and that options are complex
/// (article 25(3)).
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
      + HedgeQuote.warnings(PortfolioInsurance.residualRisk)
  }

  /// The quote of a holding protected by puts.
  public init(_ hedge: ProtectivePut, rounding: MoneyRounding = .cents) {
    let value = Decimal128(hedge.units * hedge.put.spot)
    cost = HedgeCost(
      premium: Decimal128(hedge.premium), value: value, years: Decimal128(hedge.put.years))
    disclosures =
      HedgeQuote.costs(cost, rounding) + [
        Disclosure(.maximumLoss, .money(rounding.rounded(Decimal128(hedge.maximumLoss))))
      ] + HedgeQuote.warnings(ProtectivePut.residualRisk)
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
      ] + HedgeQuote.warnings(ProtectivePut.residualRisk)
  }

  /// The quote of a put spread on so many units.
  public init(
    _ spread: PutSpread, units: Double, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(units, in: 0...1e15, "units")
    let value = Decimal128(units * spread.bought.spot)
    cost = HedgeCost(
      premium: Decimal128(units * spread.cost), value: value,
      years: Decimal128(spread.bought.years))
    disclosures =
      HedgeQuote.costs(cost, rounding) + [
        Disclosure(.obligation, .text(PutSpread.obligation))
      ] + HedgeQuote.warnings(ProtectivePut.residualRisk)
  }

  private static func costs(_ cost: HedgeCost, _ rounding: MoneyRounding) -> [Disclosure] {
    [
      Disclosure(.costMoney, .money(cost.premium(rounding))),
      Disclosure(.costPercent, .percent(cost.percent.rounded(scale: 2, .halfUp))),
      Disclosure(.costPercentPerYear, .percent(cost.percentPerYear.rounded(scale: 2, .halfUp))),
    ]
  }

  private static func warnings(_ risks: [String]) -> [Disclosure] {
    risks.map { Disclosure(.residualRisk, .text($0)) } + [
      Disclosure(
        .appropriateness,
        .text(
          "Options are complex: whether they are appropriate for you must be asked before you "
            + "buy them without advice."))
    ]
  }
}
