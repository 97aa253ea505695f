import Quantities

/// Random numbers that a seed determines, the same on every machine (SplitMix64; Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014).
struct DemoRandom: Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  init(seed: UInt64) { state = seed }

  /// The numbers of one thing of many under the same seed: adding things changes none of them.
  init(seed: UInt64, stream: Int) {
    var mixer = DemoRandom(seed: seed)
    let salt = mixer.next()
    state = salt ^ UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03
    _ = next()
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number of a range, each equally likely.
  mutating func int(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
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
