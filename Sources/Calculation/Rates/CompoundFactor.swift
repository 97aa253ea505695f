import Quantities

/// Whether the payments of an annuity stand at the beginning or at the end of each period.
public enum PaymentTiming: Int, Sendable, Hashable, CaseIterable {
  /// At the end: spreadsheet type 0.
  case end = 0
  /// At the beginning: spreadsheet type 1.
  case beginning = 1
}

/// The compound factors that the time-value functions share, in decimal.
enum CompoundFactor {
  /// (1 + rate)^periods.
  static func growth(_ rate: Decimal128, _ periods: Decimal128) -> Decimal128 {
    let base = 1 + rate
    if let whole = periods.integerValue { return base.power(whole) }
    return base.power(periods)
  }

  /// ((1 + rate)^periods − 1) ÷ rate, without loss where the rate is close to zero.
  static func annuity(_ rate: Decimal128, _ periods: Decimal128) -> Decimal128 {
    if rate.magnitude < smallRate {
      // The binomial series; its fourth term is below 1e-20 of the first.
      let second = periods * (periods - 1) / 2
      let third = second * (periods - 2) / 3
      return periods + second * rate + third * rate * rate
    }
    return (growth(rate, periods) - 1) / rate
  }

  private static let smallRate = Decimal128(isNegative: false, coefficient: 1, exponent: -11)
}

/// What the time-value functions accept.
enum TimeValueLimits {
  static let greatestPeriods: Decimal128 = 100_000
  static let periodRates: ClosedRange<Decimal128> =
    Decimal128(isNegative: true, coefficient: 999_999, exponent: -6)...1_000
  static let amounts: ClosedRange<Decimal128> =
    Decimal128(
      isNegative: true, coefficient: 1, exponent: 18)...Decimal128(
      isNegative: false, coefficient: 1, exponent: 18)

  static func check(
    rate: Decimal128 = 0, periods: Decimal128 = 1, amounts list: [(Decimal128, String)] = []
  ) throws(CalculationError) {
    try CalculationLimits.check(rate, in: periodRates, "rate")
    try CalculationLimits.check(periods, in: -greatestPeriods...greatestPeriods, "nper")
    for (amount, field) in list { try CalculationLimits.check(amount, in: amounts, field) }
  }

  /// A result that exists.
  static func finite(
    _ value: Decimal128, _ field: String = "rate"
  ) throws(CalculationError) -> Decimal128 {
    try CalculationError.unless(
      value.isFinite, .noSolution, field, "These values have no finite result.")
    return value
  }
}
