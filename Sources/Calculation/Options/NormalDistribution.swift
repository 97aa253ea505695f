/// The standard normal distribution in binary floating point.
enum NormalDistribution {
  /// The density.
  @inline(__always)
  static func density(_ x: Double) -> Double {
    inverseRootTwoPi * Elementary.exponential(-0.5 * x * x)
  }

  /// The cumulative probability, accurate in both tails.
  @inline(__always)
  static func cumulative(_ x: Double) -> Double {
    0.5 * Elementary.complementaryError(-x * inverseRootTwo)
  }

  /// e^exponent · Φ(x) where the first may overflow while the second vanishes.
  static func scaledCumulative(_ exponent: Double, _ x: Double) -> Double {
    if exponent < 600 || x > -8 { return Elementary.exponential(exponent) * cumulative(x) }
    // Abramowitz & Stegun 26.2.12: the asymptotic series of the tail.
    let square = 1 / (x * x)
    let series = 1 - square * (1 - 3 * square * (1 - 5 * square * (1 - 7 * square)))
    let logarithm =
      exponent - 0.5 * x * x - Elementary.logarithm(-x * rootTwoPi) + Elementary.logarithm(series)
    return Elementary.exponential(logarithm)
  }

  static let inverseRootTwo = 0.707_106_781_186_547_524_4
  static let inverseRootTwoPi = 0.398_942_280_401_432_677_9
  static let rootTwoPi = 2.506_628_274_631_000_502_4
}
