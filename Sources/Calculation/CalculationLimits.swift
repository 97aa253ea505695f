public import Quantities

/// The sizes and values that calculations accept; what is beyond is refused by field name.
public enum CalculationLimits {
  /// Rows in one loan or deposit schedule.
  public static let rows = 1_200

  /// Cash flows in one rate calculation.
  public static let flows = 10_000

  /// Years between the first and the last date of one calculation.
  public static let years = 200

  /// The years that dates may lie in.
  public static let calendarYears = 1...9_999

  /// Digits after the point in an annual rate.
  public static let rateDigits = 12

  /// The largest annual rate, 10 = 1,000 %.
  public static let greatestRate: Decimal128 = 10

  /// Minor units in one amount: ten trillion dollars and cents.
  public static let greatestMinorUnits: Int64 = 1_000_000_000_000_000

  /// Digits after the point in an amount; ISO 4217 has none with more than four.
  public static let moneyDigits = 0...4

  /// Tiers, steps, factors, rungs and the like in one calculation.
  public static let entries = 1_000

  /// Steps of a binomial tree.
  public static let treeSteps = 5_000

  /// Points of one pay-off table.
  public static let scenarios = 1_000

  /// The oldest age of an insured life in years.
  public static let oldestAge = 200

  static func checkDate(_ date: CalendarDate, _ field: String) throws(CalculationError) {
    try CalculationError.unless(
      calendarYears.contains(date.year), .outOfRange, field,
      "A date must be in the years 1 to 9999.")
  }

  static func checkFinite(_ value: Decimal128, _ field: String) throws(CalculationError) {
    try CalculationError.unless(value.isFinite, .outOfRange, field, "This must be a number.")
  }

  static func check(
    _ value: Decimal128, in range: ClosedRange<Decimal128>, _ field: String
  ) throws(CalculationError) {
    try CalculationError.unless(
      value.isFinite && range.contains(value), .outOfRange, field,
      "This must be from \(range.lowerBound) to \(range.upperBound).")
  }

  static func check(
    _ value: Double, in range: ClosedRange<Double>, _ field: String
  ) throws(CalculationError) {
    try CalculationError.unless(
      value.isFinite && range.contains(value), .outOfRange, field,
      "This must be from \(range.lowerBound) to \(range.upperBound).")
  }

  static func check(
    _ value: Int, in range: ClosedRange<Int>, _ field: String
  ) throws(CalculationError) {
    try CalculationError.unless(
      range.contains(value), .outOfRange, field,
      "This must be from \(range.lowerBound) to \(range.upperBound).")
  }

  /// An annual rate: finite, at most 1,000 % up, above −100 %.
  static func checkRate(_ rate: Decimal128, _ field: String) throws(CalculationError) {
    try CalculationError.unless(
      rate.isFinite && rate > -1 && rate <= greatestRate, .outOfRange, field,
      "An annual rate must be above -1 and at most \(greatestRate) (1 is 100 %).")
  }

  static func check<T>(
    _ list: [T], atMost limit: Int, _ field: String
  ) throws(CalculationError) {
    try CalculationError.unless(!list.isEmpty, .missing, field, "This list must not be empty.")
    try CalculationError.unless(
      list.count <= limit, .tooMany, field, "This list must have at most \(limit) elements.")
  }
}
