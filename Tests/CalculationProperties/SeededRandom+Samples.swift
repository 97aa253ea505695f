import Quantities

/// What properties are tried with.
extension SeededRandom {
  mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  mutating func double(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &self) }

  mutating func one<T>(of list: [T]) -> T { list[integer(0...list.count - 1)] }

  /// A decimal of so many digits after the point.
  mutating func decimal(_ range: ClosedRange<Int>, scale: Int) -> Decimal128 {
    Decimal128(integer(range)) * Decimal128(isNegative: false, coefficient: 1, exponent: -scale)
  }

  mutating func date() -> CalendarDate { CalendarDate(daysSinceEpoch: integer(10_000...30_000)) }
}
