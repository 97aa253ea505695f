import Calculation
import Quantities

/// The ranges that inputs are read in, before the library checks what depends on several of them.
enum CalculatorRanges {
  /// The most that an amount may be.
  static let greatest = Decimal128(isNegative: false, coefficient: 1, exponent: 15)
  /// Amounts above zero: from the smallest unit of any currency.
  static let positive =
    Decimal128(isNegative: false, coefficient: 1, exponent: -4)...greatest
  /// Amounts that may be zero.
  static let amounts: ClosedRange<Decimal128> = 0...greatest
  /// Amounts with a sign.
  static let signed = -greatest...greatest
  /// The largest rate a year: below 1,000 %, which is a slip of the pen.
  private static let greatestRate = Decimal128(isNegative: false, coefficient: 999, exponent: -2)
  /// Rates a year, 0.05 = 5 %.
  static let rates =
    Decimal128(isNegative: true, coefficient: 99, exponent: -2)...greatestRate
  /// Rates that are not negative.
  static let chargedRates: ClosedRange<Decimal128> = 0...greatestRate
  /// The years that dates may lie in: those of the Gregorian calendar that contracts can reach.
  static let years = 1_583...2_999
  /// What is wrong with another year.
  static let yearsSentence =
    "A date must lie in the years \(years.lowerBound) to \(years.upperBound)."
  /// Parts of one.
  static let parts: ClosedRange<Decimal128> = 0...1
  /// Numbers of payments.
  static let payments = 1...CalculationLimits.rows
  /// Payments in a year.
  static let perYear = 1...366
}
