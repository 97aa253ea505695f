/// Whether an option is to buy or to sell.
public enum OptionKind: String, Sendable, Hashable, CaseIterable {
  /// The right to buy.
  case call
  /// The right to sell.
  case put

  /// 1 for a call, −1 for a put.
  var sign: Double { self == .call ? 1 : -1 }
}

/// An option on an asset with a continuous dividend yield, and its market.
///
/// Prices of options are computed in binary floating point (`Double`): a model's volatility is an
/// estimate of two or three digits. Only figures that are shown and totals in money are rounded,
/// and those are decimals again.
public struct OptionTerms: Sendable, Hashable {
  /// To buy or to sell.
  public var kind: OptionKind

  /// The asset's price today.
  public var spot: Double

  /// The price agreed.
  public var strike: Double

  /// Years to expiry.
  public var years: Double

  /// The continuous rate a year without risk.
  public var rate: Double

  /// The continuous dividend yield a year.
  public var dividendYield: Double

  /// The volatility a year, 0.2 = 20 %.
  public var volatility: Double

  /// An option and its market.
  public init(
    kind: OptionKind, spot: Double, strike: Double, years: Double, rate: Double,
    dividendYield: Double = 0, volatility: Double
  ) {
    self.kind = kind
    self.spot = spot
    self.strike = strike
    self.years = years
    self.rate = rate
    self.dividendYield = dividendYield
    self.volatility = volatility
  }

  /// The ranges that options are priced in.
  enum Ranges {
    static let price = 1e-9...1e15
    static let years = 0.0...100.0
    static let rate = -1.0...5.0
    static let volatility = 0.0...10.0
  }

  /// Checks every term.
  func check() throws(CalculationError) {
    try CalculationLimits.check(spot, in: Ranges.price, "spot")
    try CalculationLimits.check(strike, in: Ranges.price, "strike")
    try CalculationLimits.check(years, in: Ranges.years, "years")
    try CalculationLimits.check(rate, in: Ranges.rate, "rate")
    try CalculationLimits.check(dividendYield, in: Ranges.rate, "dividendYield")
    try CalculationLimits.check(volatility, in: Ranges.volatility, "volatility")
  }

  /// What the option is worth if it is exercised now.
  var intrinsic: Double { max(kind.sign * (spot - strike), 0) }

  /// The put whose price is that of this call, and the other way round (McDonald & Schroder 1998):
  /// asset and strike change places, and so do the rate and the yield.
  var mirrored: OptionTerms {
    OptionTerms(
      kind: kind == .call ? .put : .call, spot: strike, strike: spot, years: years,
      rate: dividendYield, dividendYield: rate, volatility: volatility)
  }
}
