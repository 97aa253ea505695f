import Calculation
import Quantities

/// Short ways to write values in tests.
func decimal(_ text: String) -> Decimal128 { Decimal128(text) ?? .nan }

func date(_ text: String) -> CalendarDate {
  CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: 0)
}

/// A random source whose seed a failing test prints (SplitMix64).
struct SeededSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A decimal of so many digits after the point.
  mutating func decimal(in range: ClosedRange<Int>, scale: Int) -> Decimal128 {
    Decimal128(Int.random(in: range, using: &self))
      * Decimal128(
        isNegative: false, coefficient: 1, exponent: -scale)
  }
}

/// The kind of fault and the field of a refused calculation.
func refusal(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no refusal"
  } catch let error as CalculationError {
    return "\(error.field) \(error.code.rawValue)"
  } catch {
    return "\(error)"
  }
}

/// A loan for tests, one of its terms changed at a time.
func loan(
  _ amount: Decimal128 = 10_000, rate: String = "0.06", months: Int = 12,
  _ change: (inout LoanTerms) -> Void = { _ in }
) -> LoanTerms {
  let start = date("2026-01-15")
  var terms = LoanTerms(
    amount: amount, annualRate: decimal(rate), disbursed: start,
    dueDates: .monthly(after: start, count: months))
  change(&terms)
  return terms
}

/// A change that makes terms impossible, and how they are refused then.
struct BadTerm<Terms>: Sendable, CustomStringConvertible {
  let description: String
  let change: @Sendable (inout Terms) -> Void

  init(_ expected: String, _ change: @escaping @Sendable (inout Terms) -> Void) {
    description = expected
    self.change = change
  }
}
