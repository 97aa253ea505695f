/// A European option's price and sensitivities by Black, Scholes and Merton.
///
/// Merton 1973; Hull, Options, Futures and Other Derivatives, chapters 15, 17 and 19.
public struct EuropeanOption: Sendable, Hashable {
  /// The price of one option.
  public let price: Double

  /// The change of the price with the asset's price.
  public let delta: Double

  /// The change of delta with the asset's price.
  public let gamma: Double

  /// The change of the price with the volatility, for a change of 1.00.
  public let vega: Double

  /// The change of the price with time, for a year.
  public let theta: Double

  /// The change of the price with the rate, for a change of 1.00.
  public let rho: Double

  /// The change of the price with the dividend yield, for a change of 1.00.
  public let dividendRho: Double

  /// The price and sensitivities.
  ///
  /// - Throws: `CalculationError` for a term out of its range.
  public init(_ terms: OptionTerms) throws(CalculationError) {
    try terms.check()
    self.init(checked: terms)
  }

  init(checked terms: OptionTerms) {
    guard terms.volatility > 0, terms.years > 0 else {
      self.init(certain: terms)
      return
    }
    let sign = terms.kind.sign
    let discount = Elementary.exponential(-terms.rate * terms.years)
    let yieldDiscount = Elementary.exponential(-terms.dividendYield * terms.years)
    let asset = terms.spot * yieldDiscount
    let strike = terms.strike * discount
    let rootYears = terms.years.squareRoot()
    let deviation = terms.volatility * rootYears
    let d1 =
      (Elementary.logarithm(terms.spot / terms.strike)
        + (terms.rate - terms.dividendYield) * terms.years) / deviation + 0.5 * deviation
    let d2 = d1 - deviation
    // φ(d₂)·K·e^(−rT) = φ(d₁)·S·e^(−qT): one exponential serves both.
    let density = NormalDistribution.density(d1)
    let assetPart = asset * NormalDistribution.cumulative(sign * d1, density: density)
    let strikePart =
      strike * NormalDistribution.cumulative(sign * d2, density: density * asset / strike)
    self.init(
      price: sign * (assetPart - strikePart), delta: sign * assetPart / terms.spot,
      gamma: density * yieldDiscount / (terms.spot * deviation),
      vega: asset * density * rootYears,
      theta: -asset * density * terms.volatility / (2 * rootYears)
        + sign * (terms.dividendYield * assetPart - terms.rate * strikePart),
      rho: sign * terms.years * strikePart, dividendRho: -sign * terms.years * assetPart)
  }

  private init(
    price: Double, delta: Double, gamma: Double, vega: Double, theta: Double, rho: Double,
    dividendRho: Double
  ) {
    self.price = price
    self.delta = delta
    self.gamma = gamma
    self.vega = vega
    self.theta = theta
    self.rho = rho
    self.dividendRho = dividendRho
  }

  /// Without time or volatility the forward decides: the option is the forward or nothing.
  private init(certain terms: OptionTerms) {
    let sign = terms.kind.sign
    let yieldDiscount = Elementary.exponential(-terms.dividendYield * terms.years)
    let asset = terms.spot * yieldDiscount
    let strike = terms.strike * Elementary.exponential(-terms.rate * terms.years)
    let isExercised = sign * (asset - strike) > 0
    let held = isExercised ? sign : 0
    self.init(
      price: max(sign * (asset - strike), 0), delta: held * yieldDiscount, gamma: 0, vega: 0,
      theta: held * (terms.dividendYield * asset - terms.rate * strike),
      rho: held * terms.years * strike, dividendRho: -held * terms.years * asset)
  }

  /// The price alone.
  static func price(checked terms: OptionTerms) -> Double {
    let discount = Elementary.exponential(-terms.rate * terms.years)
    let yieldDiscount = Elementary.exponential(-terms.dividendYield * terms.years)
    return price(
      terms, asset: terms.spot * yieldDiscount, strike: terms.strike * discount)
  }

  @inline(__always)
  private static func price(_ terms: OptionTerms, asset: Double, strike: Double) -> Double {
    let sign = terms.kind.sign
    let deviation = terms.volatility * terms.years.squareRoot()
    guard deviation > 0 else { return max(sign * (asset - strike), 0) }
    let quotient = asset / strike
    let d1 = Elementary.logarithm(quotient) / deviation + 0.5 * deviation
    let density = NormalDistribution.density(d1)
    return sign
      * (asset * NormalDistribution.cumulative(sign * d1, density: density)
        - strike
        * NormalDistribution.cumulative(
          sign * (d1 - deviation), density: density * quotient))
  }
}
