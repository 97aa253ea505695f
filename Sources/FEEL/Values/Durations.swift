public import Quantities

/// A FEEL days and time duration: exact seconds with nine fraction digits (10.3.2.3.7).
public struct DaysTimeDuration: Sendable, Hashable {
  /// Whole seconds, rounded towards negative infinity.
  public let seconds: Int64
  /// Nanoseconds above `seconds`, 0 to 999,999,999.
  public let nanosecond: Int32

  /// A duration of `seconds` and any number of nanoseconds within a few seconds.
  public init(seconds: Int64, nanosecond: Int = 0) {
    let carry = floorQuotient(nanosecond, 1_000_000_000)
    self.seconds = seconds &+ Int64(carry)
    self.nanosecond = Int32(nanosecond - carry * 1_000_000_000)
  }

  /// The duration of that many seconds, to the nanosecond towards zero; nil beyond 64 bits.
  public init?(seconds value: Decimal128) {
    let whole = value.rounded(scale: 0, .floor)
    guard let seconds = whole.integerValue else { return nil }
    let fraction = (value - whole) * Decimal128(1_000_000_000)
    guard let nanosecond = fraction.rounded(scale: 0, .down).integerValue else { return nil }
    self.init(seconds: Int64(seconds), nanosecond: nanosecond)
  }

  /// The exact number of seconds.
  public var decimalValue: Decimal128 {
    if nanosecond == 0 { return Decimal128(Int(seconds)) }
    let fraction = Decimal128(
      isNegative: false, coefficient: UInt128(nanosecond.magnitude), exponent: -9)
    return (Decimal128(Int(seconds)) + fraction).normalized
  }

  /// Whether the duration is shorter than zero.
  public var isNegative: Bool { seconds < 0 }

  /// The duration with the other sign; nil beyond 64 bits.
  var negated: DaysTimeDuration? {
    let (value, overflow) = Int64(0).subtractingReportingOverflow(seconds)
    return overflow ? nil : DaysTimeDuration(seconds: value, nanosecond: -Int(nanosecond))
  }

  /// The sum; nil beyond 64 bits.
  func adding(_ other: DaysTimeDuration) -> DaysTimeDuration? {
    let (sum, overflow) = seconds.addingReportingOverflow(other.seconds)
    guard !overflow, sum < Int64.max else { return nil }
    return DaysTimeDuration(seconds: sum, nanosecond: Int(nanosecond) + Int(other.nanosecond))
  }

  /// The normalized days, hours, minutes and seconds, all with the sign of the duration.
  var components: (days: Int64, hours: Int, minutes: Int, seconds: Decimal128) {
    let negative = isNegative
    var whole = seconds.magnitude
    var nanos = nanosecond
    if negative, nanosecond > 0 {
      whole -= 1
      nanos = 1_000_000_000 - nanosecond
    }
    let sign = negative ? -1 : 1
    let second = decimalSeconds(Int(whole % 60), nanos)
    return (
      Int64(whole / 86_400) * Int64(sign), Int(whole / 3600 % 24) * sign,
      Int(whole / 60 % 60) * sign, negative ? -second : second
    )
  }
}

extension DaysTimeDuration: Comparable, CustomStringConvertible {
  /// Whether the left is shorter.
  public static func < (left: DaysTimeDuration, right: DaysTimeDuration) -> Bool {
    (left.seconds, left.nanosecond) < (right.seconds, right.nanosecond)
  }

  /// The duration in the canonical form of xs:dayTimeDuration, such as `-P1DT2H`.
  public var description: String {
    if seconds == 0, nanosecond == 0 { return "PT0S" }
    let parts = components
    var text = isNegative ? "-P" : "P"
    if parts.days != 0 { text += "\(parts.days.magnitude)D" }
    let seconds = parts.seconds.magnitude
    if parts.hours != 0 || parts.minutes != 0 || !seconds.isZero { text += "T" }
    if parts.hours != 0 { text += "\(parts.hours.magnitude)H" }
    if parts.minutes != 0 { text += "\(parts.minutes.magnitude)M" }
    if !seconds.isZero { text += seconds.plainText + "S" }
    return text
  }
}

/// A FEEL years and months duration: whole months (10.3.2.3.8).
public struct YearsMonthsDuration: Sendable, Hashable, Comparable {
  /// The length in months, with its sign.
  public let months: Int64

  /// A duration of that many months.
  public init(months: Int64) { self.months = months }

  /// The duration of that many months, towards zero; nil beyond 64 bits.
  public init?(months value: Decimal128) {
    guard let months = value.rounded(scale: 0, .down).integerValue else { return nil }
    self.init(months: Int64(months))
  }

  /// The normalized years, with the sign of the duration.
  public var years: Int64 { months / 12 }

  /// The normalized months beyond whole years, with the sign of the duration.
  public var monthsBeyondYears: Int64 { months % 12 }

  /// Whether the left is shorter.
  public static func < (left: YearsMonthsDuration, right: YearsMonthsDuration) -> Bool {
    left.months < right.months
  }
}

extension YearsMonthsDuration: CustomStringConvertible {
  /// The duration in the canonical form of xs:yearMonthDuration, such as `P1Y2M`.
  public var description: String {
    if months == 0 { return "P0M" }
    var text = months < 0 ? "-P" : "P"
    if years != 0 { text += "\(years.magnitude)Y" }
    if monthsBeyondYears != 0 { text += "\(monthsBeyondYears.magnitude)M" }
    return text
  }
}
