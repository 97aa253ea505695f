public import Quantities

/// How amounts of one currency are rounded: to how many digits, and which way.
public struct MoneyRounding: Sendable, Hashable {
  /// Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD.
  public let decimals: Int

  /// What happens to the part below the last digit.
  public let rule: Rounding

  /// Rounding to a number of digits.
  ///
  /// - Throws: `decimals: outOfRange` outside 0…4.
  public init(decimals: Int, rule: Rounding = .halfUp) throws(CalculationError) {
    try CalculationLimits.check(decimals, in: CalculationLimits.moneyDigits, "decimals")
    self.decimals = decimals
    self.rule = rule
  }

  /// Rounding to the minor units of a currency (ISO 4217).
  public init(_ currency: Currency, rule: Rounding = .halfUp) {
    decimals = min(currency.minorUnits, CalculationLimits.moneyDigits.upperBound)
    self.rule = rule
  }

  /// Two digits, half up: what most banks print.
  public static let cents = MoneyRounding(unchecked: 2, .halfUp)

  private init(unchecked decimals: Int, _ rule: Rounding) {
    self.decimals = decimals
    self.rule = rule
  }

  /// An amount rounded; its result has exactly this many digits after the point.
  public func rounded(_ amount: Decimal128) -> Decimal128 {
    amount.rounded(scale: decimals, rule)
  }

  /// The amount of a number of minor units.
  func amount(_ minorUnits: Int64) -> Decimal128 {
    MoneyRounding.amount(minorUnits, decimals: decimals)
  }

  /// The amount of a number of minor units of so many digits.
  static func amount(_ minorUnits: Int64, decimals: Int) -> Decimal128 {
    Decimal128(
      isNegative: minorUnits < 0, coefficient: UInt128(minorUnits.magnitude), exponent: -decimals)
  }

  /// The minor units of an amount that has no part below them.
  func minorUnits(_ amount: Decimal128, _ field: String) throws(CalculationError) -> Int64 {
    let rounded = amount.rounded(scale: decimals, .down)
    try CalculationError.unless(
      amount.isFinite, .outOfRange, field, "This must be a number.")
    try CalculationError.unless(
      rounded == amount, .precision, field,
      "This amount has more than \(decimals) digits after the point.")
    return try roundedMinorUnits(amount, rule, field)
  }

  /// The minor units of an amount, rounded.
  func roundedMinorUnits(
    _ amount: Decimal128, _ rule: Rounding, _ field: String
  ) throws(CalculationError) -> Int64 {
    let units = (amount.rounded(scale: decimals, rule) * MoneyRounding.powers[decimals])
    guard let whole = units.integerValue,
      whole.magnitude <= UInt(CalculationLimits.greatestMinorUnits)
    else {
      throw CalculationError(
        .outOfRange, field,
        "An amount must have at most \(CalculationLimits.greatestMinorUnits) minor units.")
    }
    return Int64(whole)
  }

  /// How many minor units make one whole unit, in binary.
  static func unit(decimals: Int) -> Double { powers[decimals].doubleValue }

  private static let powers: [Decimal128] = [1, 10, 100, 1_000, 10_000]
}
