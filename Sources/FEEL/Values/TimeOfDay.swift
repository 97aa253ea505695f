public import Quantities

/// A FEEL time: hour, minute, second with nine fraction digits, and an optional offset or zone
/// (DMN 1.5, 10.3.2.3.4).
public struct TimeOfDay: Sendable, Hashable {
  /// Whole seconds since midnight, 0 to 86,399.
  let secondOfDay: Int32
  /// Nanoseconds of the second, 0 to 999,999,999.
  let nanosecond: Int32
  let zoneCode: ZoneCode

  /// Midnight UTC, the time of day of a date that is used as a date and time.
  public static let midnightUTC = TimeOfDay(second: 0, nanosecond: 0, zone: .utc)

  /// A time from its components; nil when one is out of its range.
  public init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0, zone: Zone? = nil) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999_999).contains(nanosecond)
    else { return nil }
    if case .offset(let offset) = zone, abs(offset) > Zone.greatestOffset { return nil }
    self.init(second: hour * 3600 + minute * 60 + second, nanosecond: nanosecond, zone: zone)
  }

  /// A time from the second of the day, taken modulo a day.
  init(second: Int, nanosecond: Int, zone: Zone?) {
    self.init(second: second, nanosecond: nanosecond, zoneCode: ZoneCode(zone))
  }

  init(second: Int, nanosecond: Int, zoneCode: ZoneCode) {
    let day = second % 86_400
    secondOfDay = Int32(day < 0 ? day + 86_400 : day)
    self.nanosecond = Int32(nanosecond)
    self.zoneCode = zoneCode
  }

  /// The hour, 0 to 23.
  public var hour: Int { Int(secondOfDay) / 3600 }
  /// The minute of the hour.
  public var minute: Int { Int(secondOfDay) / 60 % 60 }
  /// The whole second of the minute.
  public var second: Int { Int(secondOfDay) % 60 }
  /// The second of the minute with its fraction, in [0, 60).
  public var exactSecond: Decimal128 { decimalSeconds(second, nanosecond) }
  /// The offset or region, if there is one.
  public var zone: Zone? { zoneCode.zone }

  /// The offset in seconds.
  ///
  /// A region has no offset without a date; its offset of the first day
  /// of 1970 stands for it, so that comparing times never depends on the day of evaluation.
  public var offset: Int? { zone?.offset(atLocal: Int64(secondOfDay)) }

  /// The value that comparisons use: whole seconds since midnight, in UTC where there is an
  /// offset (10.3.2.3.4 and Table 54).
  func comparable(offset: Int?) -> Int { Int(secondOfDay) - (offset ?? 0) }

  /// The time moved by a duration, modulo a day.
  func adding(_ duration: DaysTimeDuration) -> TimeOfDay {
    let total = Int(nanosecond) + Int(duration.nanosecond)
    let carry = total >= 1_000_000_000 ? 1 : 0
    let moved = Int(duration.seconds % 86_400) + Int(secondOfDay) + carry
    return TimeOfDay(
      second: moved, nanosecond: total - carry * 1_000_000_000, zoneCode: zoneCode)
  }
}

/// Whole seconds and nanoseconds as an exact decimal.
func decimalSeconds(_ second: Int, _ nanosecond: Int32) -> Decimal128 {
  if nanosecond == 0 { return Decimal128(second) }
  let fraction = Decimal128(
    isNegative: false, coefficient: UInt128(nanosecond.magnitude), exponent: -9)
  return (Decimal128(second) + fraction).normalized
}

/// `.5` for half a billion nanoseconds; empty for none.
func fractionText(_ nanosecond: Int32) -> String {
  if nanosecond == 0 { return "" }
  var digits = String(nanosecond)
  digits = String(repeating: "0", count: 9 - digits.count) + digits
  while digits.hasSuffix("0") { digits.removeLast() }
  return "." + digits
}

extension TimeOfDay: CustomStringConvertible {
  /// The time in ISO 8601 with its offset or `@region`.
  public var description: String {
    "\(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
      + fractionText(nanosecond) + (zone?.suffix ?? "")
  }
}
