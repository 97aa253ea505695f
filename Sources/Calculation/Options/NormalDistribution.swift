/// The standard normal distribution in binary floating point.
enum NormalDistribution {
  /// The density.
  @inline(__always)
  static func density(_ x: Double) -> Double {
    inverseRootTwoPi * Elementary.exponential(-0.5 * x * x)
  }

  /// The cumulative probability, accurate in both tails.
  @inline(__always)
  static func cumulative(_ x: Double) -> Double { cumulative(x, density: density(x)) }

  /// The cumulative probability where the density is known already.
  @inline(__always)
  static func cumulative(_ x: Double, density: Double) -> Double {
    let tail = density * tailRatio(abs(x))
    return x > 0 ? 1 - tail : tail
  }

  /// Mills's ratio: the probability beyond x ≥ 0 divided by the density at x.
  ///
  /// J. Hart, Computer Approximations (1968), 5666, as given by G. West, Better Approximations to
  /// Cumulative Normal Functions (2005); beyond 7.07 the continued fraction of Laplace.
  @inline(__always)
  static func tailRatio(_ x: Double) -> Double {
    guard x < 7.071_067_811_865_47 else { return farTailRatio(x) }
    var top = 3.526_249_659_989_11e-02
    top = top * x + 0.700_383_064_443_688
    top = top * x + 6.373_962_203_531_65
    top = top * x + 33.912_866_078_383
    top = top * x + 112.079_291_497_871
    top = top * x + 221.213_596_169_931
    top = top * x + 220.206_867_912_376
    var bottom = 8.838_834_764_831_84e-02
    bottom = bottom * x + 1.755_667_163_182_64
    bottom = bottom * x + 16.064_177_579_207
    bottom = bottom * x + 86.780_732_202_946_1
    bottom = bottom * x + 296.564_248_779_674
    bottom = bottom * x + 637.333_633_378_831
    bottom = bottom * x + 793.826_512_519_948
    bottom = bottom * x + 440.413_735_824_752
    return rootTwoPi * top / bottom
  }

  @inline(never)
  private static func farTailRatio(_ x: Double) -> Double {
    if x > 1e8 { return 1 / x }
    var fraction = x
    for step in stride(from: 16.0, through: 1, by: -1) { fraction = x + step / fraction }
    return 1 / fraction
  }

  /// e^exponent · Φ(x) where the first may overflow while the second vanishes.
  static func scaledCumulative(_ exponent: Double, _ x: Double) -> Double {
    if exponent < 600 || x > -8 { return Elementary.exponential(exponent) * cumulative(x) }
    return Elementary.exponential(exponent - 0.5 * x * x) * inverseRootTwoPi * tailRatio(-x)
  }

  static let inverseRootTwoPi = 0.398_942_280_401_432_677_9
  static let rootTwoPi = 2.506_628_274_631_000_502_4
}
