import Quantities

/// The random choices that demonstration data is made by.
struct DemoRandom: Sendable {
  private var bits: SeededRandom

  /// The choices of a seed.
  init(seed: UInt64) { bits = SeededRandom(seed: seed) }

  /// The choices of one thing of many under the same seed: adding things changes none of them.
  init(seed: UInt64, stream: Int) {
    var mixer = SeededRandom(seed: seed)
    let salt = mixer.next()
    bits = SeededRandom(
      seed: salt ^ UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03)
    _ = bits.next()
  }

  /// A whole number of a range, each equally likely.
  mutating func int(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(bits.next().multipliedFullWidth(by: width).high)
  }

  /// Whether something happens that happens so often in a hundred.
  mutating func happens(_ percent: Int) -> Bool { int(1...100) <= percent }

  /// One of several, each equally likely; the fallback where there are none.
  mutating func one<T>(of choices: [T], else fallback: T) -> T {
    choices.isEmpty ? fallback : choices[int(0...choices.count - 1)]
  }

  /// An amount up to so many per cent above or below another.
  mutating func around(_ amount: Int, percent: Int) -> Int {
    let spread = abs(amount) * percent / 100
    return spread == 0 ? amount : amount + int(-spread...spread)
  }
}

extension Decimal128 {
  /// So many hundredths, with two digits after the point.
  init(hundredths: Int) {
    self.init(
      isNegative: hundredths < 0, coefficient: UInt128(hundredths.magnitude), exponent: -2)
  }
}
