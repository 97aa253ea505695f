public import Quantities

/// A premium as the customer pays it: the insurer's premium, the tax on it, and fees, each shown
/// (Directive (EU) 2016/97, articles 18 to 20).
public struct PremiumQuote: Sendable, Hashable {
  /// The insurer's premium with its factors.
  public let tariff: FactorPremium

  /// The tax on the premium, rounded.
  public let tax: Decimal128

  /// Fees beside it.
  public let fees: Decimal128

  /// What the customer pays for a year.
  public var total: Decimal128 { tariff.premium + tax + fees }

  /// The parts in which it is paid; they sum to the total and its surcharge.
  public let instalments: PremiumInstalments

  /// What must be shown.
  public let disclosures: [Disclosure]

  /// A quote for a premium.
  ///
  /// - Parameters:
  ///   - taxRate: the insurance premium tax, 0.19 = 19 %.
  ///   - instalments: in how many parts the year is paid.
  ///   - surcharge: for paying in parts.
  public init(
    _ tariff: FactorPremium, taxRate: Decimal128 = 0, fees: Decimal128 = 0, instalments: Int = 1,
    surcharge: Decimal128 = 0, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(taxRate, in: 0...1, "taxRate")
    try CalculationLimits.check(fees, in: 0...CashFlow.greatest, "fees")
    let tax = rounding.rounded(tariff.premium * taxRate)
    let charged = rounding.rounded(fees)
    let total = tariff.premium + tax + charged
    self.tariff = tariff
    self.tax = tax
    self.fees = charged
    self.instalments = try PremiumInstalments(
      premium: total, count: instalments, surcharge: surcharge, rounding: rounding)
    disclosures = [
      Disclosure(.premium, .money(tariff.premium)), Disclosure(.premiumTax, .money(tax)),
      Disclosure(.premiumFees, .money(charged)), Disclosure(.premiumTotal, .money(total)),
    ]
  }
}
