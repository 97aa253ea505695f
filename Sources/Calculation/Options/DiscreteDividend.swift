/// A dividend of a known amount.
public struct DiscreteDividend: Sendable, Hashable {
  /// Years until it is paid.
  public let years: Double

  /// The amount for one asset.
  public let amount: Double

  /// A dividend.
  public init(years: Double, amount: Double) {
    self.years = years
    self.amount = amount
  }
}

extension OptionTerms {
  /// The terms on the asset less what the dividends until expiry are worth today: the part of its
  /// price that is uncertain (Hull, 15.12).
  func lessDividends(
    _ dividends: [DiscreteDividend]
  ) throws(CalculationError) -> OptionTerms {
    try check()
    try CalculationError.unless(
      dividends.count <= CalculationLimits.entries, .tooMany, "dividends",
      "There are at most \(CalculationLimits.entries) dividends.")
    var terms = self
    for dividend in dividends {
      try CalculationLimits.check(dividend.years, in: Ranges.years, "dividends")
      try CalculationLimits.check(dividend.amount, in: 0...1e15, "dividends")
      if dividend.years <= years {
        terms.spot -= dividend.amount * Elementary.exponential(-rate * dividend.years)
      }
    }
    try CalculationError.unless(
      terms.spot > 0, .outOfRange, "dividends", "The dividends are worth more than the asset.")
    return terms
  }
}

extension EuropeanOption {
  /// A European option on an asset that pays known dividends: the asset's price less what the
  /// dividends until expiry are worth today takes the place of the price (Hull, 15.12).
  public init(
    _ terms: OptionTerms, dividends: [DiscreteDividend]
  ) throws(CalculationError) {
    try self.init(terms.lessDividends(dividends))
  }
}
