/// The critical price of an American put by the approximation "QD+".
///
/// Li, Analytical Approximations for the Critical Stock Prices of American Options (2009),
/// equation 33.
struct StartingBoundary {
  private let terms: OptionTerms
  private let years: Double
  private let discount: Double
  private let yieldDiscount: Double
  private let deviation: Double
  private let exponent: Double
  /// What multiplies the correction: −(1 − h)·M ÷ (2λ + N − 1).
  private let scale: Double
  private let fixedPart: Double

  init(_ terms: OptionTerms, years: Double) {
    self.terms = terms
    self.years = years
    let variance = terms.volatility * terms.volatility
    discount = Elementary.exponential(-terms.rate * years)
    yieldDiscount = Elementary.exponential(-terms.dividendYield * years)
    deviation = terms.volatility * years.squareRoot()
    let horizon = -Elementary.exponentialMinusOne(-terms.rate * years)
    let first = 2 * terms.rate / variance
    let second = 2 * (terms.rate - terms.dividendYield) / variance
    let root = ((second - 1) * (second - 1) + 4 * first / horizon).squareRoot()
    exponent = 0.5 * (1 - second - root)
    let slope = first / (horizon * horizon * root)
    scale = (1 - horizon) * first / root
    fixedPart = 1 / horizon - slope / root
  }

  /// The approximation itself is no closer than this part of the price, nor than this part of a
  /// deviation.
  private static let enough = (price: 3e-4, deviation: 0.05)

  /// What vanishes at the critical price.
  @inline(__always)
  private func difference(_ spot: Double) -> Double {
    let asset = spot * yieldDiscount
    let strike = terms.strike * discount
    let quotient = asset / strike
    let d1 = Elementary.logarithm(quotient) / deviation + 0.5 * deviation
    let density = NormalDistribution.density(d1)
    let below = NormalDistribution.cumulative(-d1, density: density)
    let exercised = NormalDistribution.cumulative(deviation - d1, density: density * quotient)
    let price = strike * exercised - asset * below
    let gain = terms.strike - spot - price
    let theta =
      terms.rate * strike * exercised - terms.dividendYield * asset * below
      - 0.5 * terms.volatility / years.squareRoot() * asset * density
    // (λ + c₀)·gain, with the gain multiplied in so that nothing is divided by it.
    let corrected =
      (exponent + scale * fixedPart) * gain - scale * theta / (discount * terms.rate)
    return (1 - yieldDiscount * below) * spot + corrected
  }

  /// The critical price to some four digits, by secants from two guesses.
  func price(near guesses: (Double, Double)) -> Double {
    var (before, x) = guesses
    var valueBefore = difference(before)
    let enough = min(
      StartingBoundary.enough.price, StartingBoundary.enough.deviation * deviation)
    for _ in 0..<20 {
      let value = difference(x)
      let slope = (value - valueBefore) / (x - before)
      var next = x - value / slope
      if !next.isFinite { return x }
      next = min(max(next, 0.2 * x), (1 - 1e-9) * terms.strike)
      (before, valueBefore) = (x, value)
      if abs(next - x) < enough * x { return next }
      if next == before { return next }
      x = next
    }
    return x
  }
}
