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
    x < nearTail ? HartRatio.value(x) : farTailRatio(x)
  }

  /// Where the continued fraction takes over.
  private static let nearTail = 7.071_067_811_865_47

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

  /// The density at four points.
  @inline(__always)
  static func density(_ x: Lanes) -> Lanes {
    inverseRootTwoPi * Elementary.exponential(-0.5 * x * x)
  }

  /// The cumulative probability at four points, to some 1e-14 (not a part of itself).
  @inline(__always)
  static func cumulative(_ x: Lanes) -> Lanes { cumulative(x, density: density(x)) }

  /// The same where the densities are known already.
  @inline(__always)
  static func cumulative(_ x: Lanes, density: Lanes) -> Lanes {
    // So far out the density leaves nothing of what the ratio is wrong.
    let isAbove = x .> 0
    let distance = (-x).replacing(with: x, where: isAbove).orSmaller(nearTail)
    let tail = density * HartRatio.value(distance)
    return tail.replacing(with: 1 - tail, where: isAbove)
  }

  static let inverseRootTwoPi = 0.398_942_280_401_432_677_9
  static let rootTwoPi = 2.506_628_274_631_000_502_4
}

/// Hart's rational function for Mills's ratio, of one number or of four.
private enum HartRatio {
  @inline(__always)
  static func value(_ x: Double) -> Double {
    let (top, bottom) = polynomials(x)
    return NormalDistribution.rootTwoPi * top / bottom
  }

  @inline(__always)
  static func value(_ x: Lanes) -> Lanes {
    let (top, bottom) = polynomials(x)
    return NormalDistribution.rootTwoPi * top / bottom
  }

  @inline(__always)
  private static func polynomials<N: Laned>(_ x: N) -> (top: N, bottom: N) {
    let top = N(repeating: 3.526_249_659_989_11e-02)
      .times(x, plus: 0.700_383_064_443_688)
      .times(x, plus: 6.373_962_203_531_65)
      .times(x, plus: 33.912_866_078_383)
      .times(x, plus: 112.079_291_497_871)
      .times(x, plus: 221.213_596_169_931)
      .times(x, plus: 220.206_867_912_376)
    let bottom = N(repeating: 8.838_834_764_831_84e-02)
      .times(x, plus: 1.755_667_163_182_64)
      .times(x, plus: 16.064_177_579_207)
      .times(x, plus: 86.780_732_202_946_1)
      .times(x, plus: 296.564_248_779_674)
      .times(x, plus: 637.333_633_378_831)
      .times(x, plus: 793.826_512_519_948)
      .times(x, plus: 440.413_735_824_752)
    return (top, bottom)
  }
}
