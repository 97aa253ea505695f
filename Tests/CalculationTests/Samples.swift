import Calculation
import Quantities

/// Short ways to write values in tests.
func decimal(_ text: String) -> Decimal128 { Decimal128(text) ?? .nan }

func date(_ text: String) -> CalendarDate {
  CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: 0)
}

extension SeededRandom {
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
