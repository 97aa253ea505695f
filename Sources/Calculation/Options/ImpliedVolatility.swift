/// The volatility at which a European option has a given price.
///
/// The price is normalised to an out-of-the-money call on a forward of √(forward × strike)
/// (P. Jäckel, By Implication, 2006): below the point of inflection 1/ln b is solved for, above it
/// b itself or ln(b_max − b), by Halley's steps, each of third order.
public enum ImpliedVolatility {
  /// Steps before a search is given up; three are usual.
  static let steps = 60

  /// The implied volatility a year.
  ///
  /// - Throws: `price: noSolution` outside the bounds that no arbitrage leaves, and
  ///   `years: outOfRange` for an expired option. The terms' own volatility is not read.
  public static func solve(_ terms: OptionTerms, price: Double) throws(CalculationError) -> Double {
    var checked = terms
    checked.volatility = 0.2
    try checked.check()
    try CalculationError.unless(
      terms.years > 0, .outOfRange, "years", "An expired option has no implied volatility.")
    try CalculationLimits.check(price, in: 0...OptionTerms.Ranges.price.upperBound, "price")
    let asset = terms.spot * Elementary.exponential(-terms.dividendYield * terms.years)
    let strike = terms.strike * Elementary.exponential(-terms.rate * terms.years)
    let held = terms.kind.sign * (asset - strike)
    let upper = terms.kind == .call ? asset : strike
    let premium = price - max(held, 0)
    guard premium > 1e-14 * price, price < upper else {
      throw CalculationError(
        .noSolution, "price",
        "No volatility gives this price; it must be above \(max(held, 0)) and below \(upper).")
    }
    let normal = NormalisedPrice(
      logarithm: -abs(Elementary.logarithm(asset / strike)),
      price: premium / (asset * strike).squareRoot())
    guard let deviation = normal.deviation(), deviation.isFinite else {
      throw CalculationError(
        .noSolution, "price", "This price is too close to its bounds to imply a volatility.")
    }
    return deviation / terms.years.squareRoot()
  }
}

/// An out-of-the-money call on a forward: x = ln(F/K) ≤ 0, b = price ÷ √(F·K).
private struct NormalisedPrice {
  let logarithm: Double
  let price: Double
  let root: Double
  /// e^(x/2), the least upper bound of b.
  var greatest: Double { root }

  init(logarithm: Double, price: Double) {
    self.logarithm = logarithm
    self.price = price
    root = Elementary.exponential(0.5 * logarithm)
  }

  /// b and its first derivative at a deviation σ√T.
  @inline(__always)
  func value(_ deviation: Double) -> (value: Double, slope: Double) {
    let middle = logarithm / deviation
    let half = 0.5 * deviation
    // φ(d₁)·e^(x/2) = φ(d₂)·e^(−x/2) = φ at √(x²/σ² + σ²/4), so that b is this density times a
    // difference of Mills's ratios, which keeps its digits far out of the money.
    let slope =
      NormalDistribution.inverseRootTwoPi
      * Elementary.exponential(-0.5 * (middle * middle + half * half))
    let first = middle + half
    let near = slope * NormalDistribution.tailRatio(abs(first))
    let far = slope * NormalDistribution.tailRatio(half - middle)
    return (first > 0 ? root - near - far : near - far, slope)
  }

  func deviation() -> Double? {
    guard price < greatest else { return nil }
    let inflection = (2 * abs(logarithm)).squareRoot()
    let atInflection = inflection > 0 ? value(inflection).value : 0
    if price < atInflection {
      let ratio = Elementary.logarithm(atInflection) / Elementary.logarithm(price)
      let guess = inflection * ratio.squareRoot()
      return refine(guess, 0...inflection, .reciprocalLogarithm)
    }
    // Beyond the inflection the option is like one at the money on what is left.
    let part = (price - atInflection) / (greatest - atInflection)
    let money = 2 * InverseNormal.value(0.5 + 0.5 * part)
    let guess = (inflection * inflection + money * money).squareRoot()
    return refine(guess, inflection...100, part > 0.5 ? .distanceFromGreatest : .plain)
  }

  /// What is driven to zero.
  private enum Objective {
    case plain, reciprocalLogarithm, distanceFromGreatest
  }

  /// Halley's steps: each needs f/f′ and f″/f′.
  private func refine(
    _ guess: Double, _ range: ClosedRange<Double>, _ objective: Objective
  ) -> Double? {
    var (low, high) = (range.lowerBound, range.upperBound)
    var x = min(max(guess, 1e-8), high)
    let target = Elementary.logarithm(objective == .distanceFromGreatest ? greatest - price : price)
    for _ in 0..<ImpliedVolatility.steps {
      let (value, slope) = value(x)
      if value > price { high = min(high, x) } else { low = max(low, x) }
      let middle = logarithm / x
      // b″/b′ = x²/σ³ − σ/4.
      let bend = middle * middle / x - 0.25 * x
      let newton: Double
      let curvature: Double
      switch objective {
      case .plain:
        newton = (value - price) / slope
        curvature = bend
      case .reciprocalLogarithm:
        guard value > 0 else {
          x = 0.5 * (x + high)
          continue
        }
        let current = Elementary.logarithm(value)
        let relative = slope / value
        newton = current * (current - target) / (target * relative)
        curvature = bend - relative * (1 + 2 / current)
      case .distanceFromGreatest:
        let distance = max(greatest - value, 1e-300)
        let relative = slope / distance
        newton = (target - Elementary.logarithm(distance)) / relative
        curvature = bend + relative
      }
      let step = newton / max(1 - 0.5 * newton * curvature, 0.3)
      // A third-order step this small leaves nothing behind.
      if abs(step) <= 1e-5 * x { return x - step }
      var next = x - step
      if !(low < next && next < high) { next = 0.5 * (low + high) }
      if next == x { return x }
      x = next
    }
    return x
  }
}

/// The inverse of the normal distribution to about four digits, for first guesses
/// (Abramowitz & Stegun 26.2.23).
private enum InverseNormal {
  static func value(_ probability: Double) -> Double {
    let isUpper = probability > 0.5
    let tail = max(isUpper ? 1 - probability : probability, 1e-300)
    let t = (-2 * Elementary.logarithm(tail)).squareRoot()
    let top = 2.515517 + t * (0.802853 + t * 0.010328)
    let bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    let value = t - top / bottom
    return isUpper ? value : -value
  }
}
