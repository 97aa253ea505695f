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
  /// Rates a year, 0.05 = 5 %.
  static let rates = Decimal128(isNegative: true, coefficient: 99, exponent: -2)...10
  /// Rates that are not negative.
  static let chargedRates: ClosedRange<Decimal128> = 0...10
  /// Parts of one.
  static let parts: ClosedRange<Decimal128> = 0...1
  /// Numbers of payments.
  static let payments = 1...CalculationLimits.rows
  /// Payments in a year.
  static let perYear = 1...366
}
