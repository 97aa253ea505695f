import Quantities

/// A random source whose seed says all (SplitMix64).
package struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  mutating func double(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &self) }

  mutating func one<T>(of list: [T]) -> T { list[integer(0...list.count - 1)] }

  /// A decimal of so many digits after the point.
  mutating func decimal(_ range: ClosedRange<Int>, scale: Int) -> Decimal128 {
    Decimal128(integer(range)) * Decimal128(isNegative: false, coefficient: 1, exponent: -scale)
  }

  mutating func date() -> CalendarDate { CalendarDate(daysSinceEpoch: integer(10_000...30_000)) }
}
