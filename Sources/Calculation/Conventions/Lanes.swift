/// Four numbers that are computed with at once: the rules of integration take their points by
/// fours.
typealias Lanes = SIMD4<Double>

/// What polynomials are computed in: one number, or four at once.
protocol Laned {
  init(repeating value: Double)
  /// This times a factor plus a number.
  func times(_ factor: Self, plus addend: Double) -> Self
}

extension Double: Laned {
  @inline(__always)
  init(repeating value: Double) { self = value }

  @inline(__always)
  func times(_ factor: Double, plus addend: Double) -> Double { self * factor + addend }
}

extension SIMD4: Laned where Scalar == Double {
  /// The larger one, lane by lane.
  @inline(__always)
  func orLarger(_ other: Double) -> Lanes {
    let other = Lanes(repeating: other)
    return replacing(with: other, where: self .< other)
  }

  /// The smaller one, lane by lane.
  @inline(__always)
  func orSmaller(_ other: Double) -> Lanes {
    let other = Lanes(repeating: other)
    return replacing(with: other, where: self .> other)
  }

  /// This times a number plus a number.
  @inline(__always)
  func line(_ slope: Double, _ start: Double) -> Lanes { self * slope + start }

  @inline(__always)
  func times(_ factor: Lanes, plus addend: Double) -> Lanes { self * factor + addend }
}

extension Elementary {
  /// e to the power of four numbers, to two units in the last place; what is below e^−700 counts
  /// as e^−700, and what is above e^700 as that.
  ///
  /// e^x = 2^k·e^r with |r| ≤ ln 2 ÷ 2 and Taylor's polynomial of degree 13.
  @inline(__always)
  static func exponential(_ x: Lanes) -> Lanes {
    let clamped = x.orLarger(-700).orSmaller(700)
    // Adding 1.5·2^52 leaves the whole number in the lowest bits.
    let shifted = clamped * inverseLogarithmOfTwo + wholeShift
    let whole = shifted - wholeShift
    let r = clamped - whole * logarithmOfTwo.high - whole * logarithmOfTwo.low
    let square = r * r
    let fourth = square * square
    let low = r.line(1, 1) + square * r.line(1.0 / 6, 0.5)
    let middle = r.line(1.0 / 120, 1.0 / 24) + square * r.line(1.0 / 5_040, 1.0 / 720)
    let high = r.line(1.0 / 362_880, 1.0 / 40_320)
    let higher = high + square * r.line(1.0 / 39_916_800, 1.0 / 3_628_800)
    let last = higher + fourth * r.line(1.0 / 6_227_020_800, 1.0 / 479_001_600)
    let power = low + fourth * (middle + fourth * last)
    // The whole number goes to the exponent's bits; both types have four times 64 of them.
    let bits = unsafeBitCast(power, to: SIMD4<UInt64>.self)
    let exponent = unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
    return unsafeBitCast(bits &+ exponent, to: Lanes.self)
  }

  private static let inverseLogarithmOfTwo = 1.442_695_040_888_963_4
  private static let logarithmOfTwo = (
    high: 6.931_471_803_691_238_164_90e-01, low: 1.908_214_929_270_587_700_02e-10
  )
  private static let wholeShift = 6_755_399_441_055_744.0
}
