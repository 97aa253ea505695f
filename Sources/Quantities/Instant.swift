/// A point of time, in microseconds of UTC without leap seconds.
public struct Instant: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
  public var microseconds: Int64

  /// A point of time from microseconds since 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Midnight UTC at the beginning of a day; the first or last instant where the day is beyond
  /// the 292,277 years that an instant can tell.
  public init(startOf date: CalendarDate) {
    let days = date.daysSinceEpoch
    let (product, overflow) = Int64(days).multipliedReportingOverflow(
      by: Instant.microsecondsPerDay)
    microseconds = overflow ? (days < 0 ? .min : .max) : product
  }

  /// Microseconds in a day of 24 hours.
  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The day in UTC.
  public var calendarDate: CalendarDate {
    CalendarDate(daysSinceEpoch: Int(Instant.floored(microseconds, Instant.microsecondsPerDay)))
  }

  /// Microseconds since midnight UTC, 0 to 86,399,999,999.
  public var microsecondOfDay: Int64 {
    let rest = microseconds % Instant.microsecondsPerDay
    return rest < 0 ? rest + Instant.microsecondsPerDay : rest
  }

  /// The instant so many microseconds later; the first and last instant hold.
  public func adding(microseconds count: Int64) -> Instant {
    let (sum, overflow) = microseconds.addingReportingOverflow(count)
    return Instant(microseconds: overflow ? (count < 0 ? .min : .max) : sum)
  }

  /// The instant so many seconds later; the first and last instant hold.
  public func adding(seconds: Int64) -> Instant {
    let (count, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return adding(microseconds: overflow ? (seconds < 0 ? .min : .max) : count)
  }

  /// Microseconds from this instant to the other.
  ///
  /// Negative where it is earlier. The ends of Int64 hold.
  public func microseconds(until other: Instant) -> Int64 {
    let (count, overflow) = other.microseconds.subtractingReportingOverflow(microseconds)
    return overflow ? (other < self ? .min : .max) : count
  }

  /// Whether the left instant is the earlier.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}

extension Instant: CustomStringConvertible {
  /// A time written as RFC 3339 has it, `2026-02-28T23:59:59.5+01:00`, with any offset.
  ///
  /// Digits below the microsecond are cut off. A leap second (`23:59:60` in UTC) is the second
  /// after it. `T` and `Z` may be small letters; a space for `T` is refused.
  public init?(rfc3339 text: some StringProtocol) {
    guard let instant = DigitCursor.read(text, Instant.read) else { return nil }
    self = instant
  }

  private static func read(_ cursor: inout DigitCursor) -> Instant? {
    guard let year = cursor.number(digits: 4...4), cursor.skip(0x2D),
      let month = cursor.number(digits: 2...2), cursor.skip(0x2D),
      let day = cursor.number(digits: 2...2),
      let date = CalendarDate(year: year, month: month, day: day),
      cursor.skip(0x54) || cursor.skip(0x74),
      let hour = cursor.number(digits: 2...2), hour <= 23, cursor.skip(0x3A),
      let minute = cursor.number(digits: 2...2), minute <= 59, cursor.skip(0x3A),
      let second = cursor.number(digits: 2...2), second <= 60,
      let fraction = fraction(&cursor), let offset = offset(&cursor)
    else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
    if second == 60, seconds % 86_400 != 0 { return nil }
    return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
  }

  /// The longest fraction that is read; a longer one is refused.
  private static let longestFraction = 18

  /// Microseconds of a fraction that may be there.
  private static func fraction(_ cursor: inout DigitCursor) -> Int? {
    guard cursor.skip(0x2E) else { return 0 }
    let before = cursor.remaining
    guard let digits = cursor.number(digits: 1...longestFraction) else { return nil }
    let length = before - cursor.remaining
    return length <= 6
      ? digits * Int(PowerOfTen.words[6 - length]) : digits / Int(PowerOfTen.words[length - 6])
  }

  /// Minutes east of UTC.
  private static func offset(_ cursor: inout DigitCursor) -> Int? {
    if cursor.skip(0x5A) || cursor.skip(0x7A) { return 0 }
    let isWest = cursor.skip(0x2D)
    guard isWest || cursor.skip(0x2B) else { return nil }
    guard let hours = cursor.number(digits: 2...2), hours <= 23, cursor.skip(0x3A),
      let minutes = cursor.number(digits: 2...2), minutes <= 59
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// The time in UTC as RFC 3339 has it, `2026-02-28T22:59:59.500000Z`: six digits of a second, or
  /// none where it is whole.
  ///
  /// Beyond the years 0000 to 9999 the year is longer or negative.
  public var rfc3339: String {
    var text: [UInt8] = []
    text.reserveCapacity(27)
    calendarDate.append(to: &text)
    text.append(0x54)
    let time = Int(microsecondOfDay)
    text.append(time / 3_600_000_000, digits: 2)
    text.append(0x3A)
    text.append(time / 60_000_000 % 60, digits: 2)
    text.append(0x3A)
    text.append(time / 1_000_000 % 60, digits: 2)
    if time % 1_000_000 != 0 {
      text.append(0x2E)
      text.append(time % 1_000_000, digits: 6)
    }
    text.append(0x5A)
    return String(decoding: text, as: UTF8.self)
  }

  /// The same as `rfc3339`.
  public var description: String { rfc3339 }
}
