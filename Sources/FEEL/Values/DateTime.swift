public import Quantities

/// A FEEL date and time with nine fraction digits and an optional offset or zone
/// (DMN 1.5, 10.3.2.3.6); years from -999,999,999 to 999,999,999.
public struct DateTime: Sendable, Hashable {
  /// Local seconds from 1970-01-01T00:00:00 in the value's own zone.
  let localSeconds: Int64
  /// Nanoseconds of the second, 0 to 999,999,999.
  let nanosecond: Int32
  let zoneCode: ZoneCode

  /// The last year that a date may have, with either sign.
  public static let greatestYear = 999_999_999

  private static let firstSecond = secondsOfYear(-greatestYear)
  private static let endSecond = secondsOfYear(greatestYear + 1)

  private static func secondsOfYear(_ year: Int) -> Int64 {
    // Days before the year in the proleptic Gregorian calendar, counted from 1970.
    let before = year - 1
    let leaps = floorQuotient(before, 4) - floorQuotient(before, 100) + floorQuotient(before, 400)
    return Int64(before * 365 + leaps - 719_162) * 86_400
  }

  /// The date and time of a date and a time of day.
  public init(date: CalendarDate, time: TimeOfDay) {
    localSeconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay)
    nanosecond = time.nanosecond
    zoneCode = time.zoneCode
  }

  /// From local seconds since 1970; nil when the year leaves its range.
  init?(localSeconds: Int64, nanosecond: Int32, zoneCode: ZoneCode) {
    guard localSeconds >= DateTime.firstSecond, localSeconds < DateTime.endSecond else {
      return nil
    }
    self.localSeconds = localSeconds
    self.nanosecond = nanosecond
    self.zoneCode = zoneCode
  }

  /// The instant `seconds` and `nanosecond` after the epoch, seen in `zone`; nil when the year
  /// leaves its range.
  public init?(secondsSinceEpoch seconds: Int64, nanosecond: Int = 0, zone: Zone = .utc) {
    let (local, overflow) = seconds.addingReportingOverflow(
      Int64(zone.offset(atInstant: seconds)))
    guard !overflow, (0...999_999_999).contains(nanosecond) else { return nil }
    self.init(
      localSeconds: local, nanosecond: Int32(nanosecond), zoneCode: ZoneCode(zone))
  }

  /// The date.
  public var date: CalendarDate {
    CalendarDate(daysSinceEpoch: Int(floorQuotient(localSeconds, 86_400)))
  }

  /// The time of day with the same zone.
  public var time: TimeOfDay {
    let day = localSeconds - floorQuotient(localSeconds, 86_400) * 86_400
    return TimeOfDay(second: Int(day), nanosecond: Int(nanosecond), zoneCode: zoneCode)
  }

  /// The offset or region, if there is one.
  public var zone: Zone? { zoneCode.zone }

  /// The offset east of UTC in seconds at this moment, if there is a zone.
  public var offset: Int? { zone?.offset(atLocal: localSeconds) }

  /// Whole seconds from the epoch; nil for a local value, which is no instant.
  public var secondsSinceEpoch: Int64? { offset.map { localSeconds - Int64($0) } }

  /// The moment moved by a duration: along the line of instants where there is a zone.
  func adding(_ duration: DaysTimeDuration) -> DateTime? {
    let total = Int(nanosecond) + Int(duration.nanosecond)
    let carry: Int64 = total >= 1_000_000_000 ? 1 : 0
    let nanos = Int32(total - Int(carry) * 1_000_000_000)
    let (step, overflow) = duration.seconds.addingReportingOverflow(carry)
    if overflow { return nil }
    guard case .region = zone, let instant = secondsSinceEpoch else {
      let (moved, overflow) = localSeconds.addingReportingOverflow(step)
      return overflow
        ? nil : DateTime(localSeconds: moved, nanosecond: nanos, zoneCode: zoneCode)
    }
    let (moved, tooFar) = instant.addingReportingOverflow(step)
    guard !tooFar, let zone else { return nil }
    return DateTime(secondsSinceEpoch: moved, nanosecond: Int(nanos), zone: zone)
  }

  /// The moment moved by whole months; a day that the month lacks becomes its last day.
  func adding(_ duration: YearsMonthsDuration) -> DateTime? {
    guard let moved = date.adding(duration) else { return nil }
    return DateTime(date: moved, time: time)
  }

  /// The exact time from `other` to this; nil when only one of the two has a zone
  /// (Table 57: subtraction is then undefined).
  func since(_ other: DateTime) -> DaysTimeDuration? {
    guard zoneCode.isPresent == other.zoneCode.isPresent else { return nil }
    let mine = secondsSinceEpoch ?? localSeconds
    let theirs = other.secondsSinceEpoch ?? other.localSeconds
    return DaysTimeDuration(
      seconds: mine - theirs, nanosecond: Int(nanosecond) - Int(other.nanosecond))
  }
}

extension CalendarDate {
  /// The date moved by whole months; a day that the month lacks becomes its last day.
  ///
  /// Nil when
  /// the year leaves its range.
  func adding(_ duration: YearsMonthsDuration) -> CalendarDate? {
    let limit = Int64(DateTime.greatestYear) * 24 + 24
    guard abs(duration.months) <= limit else { return nil }
    let months = year * 12 + month - 1 + Int(duration.months)
    let year = floorQuotient(months, 12)
    let month = months - year * 12 + 1
    guard abs(year) <= DateTime.greatestYear,
      let first = CalendarDate(year: year, month: month, day: 1)
    else { return nil }
    return CalendarDate(year: year, month: month, day: min(day, first.daysInMonth))
  }

  /// The date `days` later; nil when the year leaves its range.
  func moved(days: Int64) -> CalendarDate? {
    let (total, overflow) = Int64(daysSinceEpoch).addingReportingOverflow(days)
    let (seconds, tooFar) = total.multipliedReportingOverflow(by: 86_400)
    guard !overflow, !tooFar,
      let moment = DateTime(localSeconds: seconds, nanosecond: 0, zoneCode: .none)
    else { return nil }
    return moment.date
  }
}

/// The quotient rounded towards negative infinity.
func floorQuotient<T: BinaryInteger>(_ dividend: T, _ divisor: T) -> T {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}

extension DateTime: CustomStringConvertible {
  /// The date and time in ISO 8601 with its offset or `@region`.
  public var description: String { "\(date)T\(time)" }
}
