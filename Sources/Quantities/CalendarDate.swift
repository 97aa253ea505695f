/// A day of the proleptic Gregorian calendar, years −999,999,999 to 999,999,999 (year 0 exists,
/// as in ISO 8601 and XML Schema 1.1).
public struct CalendarDate: Sendable, Hashable {
  private let storedYear: Int32
  private let storedMonth: UInt8
  private let storedDay: UInt8

  private init(firstOf year: Int32) { self.init(year: year, month: UInt8(1), day: UInt8(1)) }

  private init(lastOf year: Int32) { self.init(year: year, month: UInt8(12), day: UInt8(31)) }

  private init(year: Int32, month: UInt8, day: UInt8) {
    storedYear = year
    storedMonth = month
    storedDay = day
  }

  /// The day of these numbers, or nil where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard CalendarDate.years.contains(year), 1...12 ~= month, day >= 1,
      day <= CalendarDate.daysInMonth(month, year: year)
    else { return nil }
    self.init(year: Int32(year), month: UInt8(month), day: UInt8(day))
  }

  /// The years that a date can have.
  public static let years = -999_999_999...999_999_999
  /// The first day that can be told.
  public static let earliest = CalendarDate(firstOf: -999_999_999)
  /// The last day that can be told.
  public static let latest = CalendarDate(lastOf: 999_999_999)
  /// The values that `daysSinceEpoch` can have.
  public static let epochDays = earliest.daysSinceEpoch...latest.daysSinceEpoch

  /// The year; 0 is the year before year 1.
  public var year: Int { Int(storedYear) }
  /// The month, 1 to 12.
  public var month: Int { Int(storedMonth) }
  /// The day of the month, 1 to 31.
  public var day: Int { Int(storedDay) }
}

/// Days counted through.
extension CalendarDate {
  /// The day so many days after 1970-01-01; the first or last day of the calendar where the count
  /// lies outside `epochDays`.
  public init(daysSinceEpoch: Int) {
    let days = min(max(daysSinceEpoch, -365_243_219_162), 365_241_780_471)
    // The year begins in March here, so the leap day comes last (Hinnant, "chrono-compatible
    // low-level date algorithms", civil_from_days).
    let shifted = days &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let march = (5 &* dayOfYear &+ 2) / 153
    let month = march < 10 ? march &+ 3 : march &- 9
    let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    self.init(
      year: Int32(truncatingIfNeeded: year), month: UInt8(truncatingIfNeeded: month),
      day: UInt8(truncatingIfNeeded: dayOfYear &- (153 &* march &+ 2) / 5 &+ 1))
  }

  /// Days since 1970-01-01; negative before it.
  public var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear &- 399) / 400
    let yearOfEra = shiftedYear &- era &* 400
    let march = month > 2 ? month &- 3 : month &+ 9
    let dayOfYear = (153 &* march &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The day so many days later, or earlier for a negative number; the calendar's ends hold.
  public func adding(days: Int) -> CalendarDate {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    return CalendarDate(daysSinceEpoch: overflow ? (days < 0 ? Int.min : Int.max) : sum)
  }

  /// How many days later the other day is; negative where it is earlier.
  public func days(until other: CalendarDate) -> Int {
    other.daysSinceEpoch &- daysSinceEpoch
  }
}

/// Months and years.
extension CalendarDate {
  /// The day so many months later, or earlier for a negative number.
  ///
  /// - Parameters:
  ///   - months: the months to go.
  ///   - anchorDay: the day of the month aimed at, where it is not the day of this date: a loan due
  ///     on the 31st goes 31 January → 28 February → 31 March by anchor 31.
  /// - Returns: the aimed day, or the last day of a month that is too short; the calendar's ends
  ///   hold.
  public func adding(months: Int, anchorDay: Int? = nil) -> CalendarDate {
    // Beyond this count of months every date is outside the calendar.
    let step = min(max(months, -30_000_000_000), 30_000_000_000)
    let index = year &* 12 &+ (month &- 1) &+ step
    let newYear = index >= 0 ? index / 12 : -((11 &- index) / 12)
    guard newYear >= CalendarDate.years.lowerBound else { return .earliest }
    guard newYear <= CalendarDate.years.upperBound else { return .latest }
    let newMonth = index &- newYear &* 12 &+ 1
    let longest = CalendarDate.daysInMonth(newMonth, year: newYear)
    let aimed = max(1, min(anchorDay ?? day, longest))
    return CalendarDate(
      year: Int32(truncatingIfNeeded: newYear), month: UInt8(truncatingIfNeeded: newMonth),
      day: UInt8(truncatingIfNeeded: aimed))
  }

  /// A first day and the days that follow it so many months apart, by an anchor as `adding` has it.
  ///
  /// - Parameters:
  ///   - months: 0 to 1,200.
  ///   - count: how many days, the first counted.
  ///   - anchorDay: 1 to 31.
  public static func series(
    from first: CalendarDate, everyMonths months: Int, count: Int, anchorDay: Int
  ) -> [CalendarDate] {
    var dates: [CalendarDate] = []
    dates.reserveCapacity(count)
    dates.append(first)
    let (years, rest) = (Int32(truncatingIfNeeded: months / 12), UInt8(months % 12))
    let anchor = UInt8(truncatingIfNeeded: anchorDay)
    var (year, month) = (first.storedYear, first.storedMonth)
    for index in 1..<max(count, 1) {
      guard year < CalendarDate.years.upperBound - 100 else {
        dates.append(first.adding(months: months * index, anchorDay: anchorDay))
        continue
      }
      year &+= years
      month &+= rest
      if month > 12 {
        month &-= 12
        year &+= 1
      }
      let longest: UInt8 =
        month == 2 ? (isLeap(Int(year)) ? 29 : 28) : 30 &+ ((month &+ (month >> 3)) & 1)
      dates.append(CalendarDate(year: year, month: month, day: min(anchor, longest)))
    }
    return dates
  }

  /// The day so many years later; 29 February becomes the 28th in a common year.
  public func adding(years: Int) -> CalendarDate {
    adding(months: min(max(years, -2_500_000_000), 2_500_000_000) &* 12)
  }

  /// How many whole months later the other day is.
  ///
  /// Negative where it is earlier. A month is whole when the day of the month is reached, or the
  /// end of a month that is too short for it.
  public func months(until other: CalendarDate) -> Int {
    let count = (other.year &- year) &* 12 &+ other.month &- month
    let landed = adding(months: count)
    if count > 0, landed > other { return count &- 1 }
    if count < 0, landed < other { return count &+ 1 }
    return count
  }

  /// How many birthdays this day has had on the other day: the age in whole years.
  public func years(until other: CalendarDate) -> Int { months(until: other) / 12 }

  /// Whether the year has 366 days.
  public var isLeapYear: Bool { CalendarDate.isLeap(year) }

  /// Days of the month, 28 to 31.
  public var daysInMonth: Int { CalendarDate.daysInMonth(month, year: year) }

  /// Days of the year, 365 or 366.
  public var daysInYear: Int { isLeapYear ? 366 : 365 }

  /// The last day of the month.
  public var endOfMonth: CalendarDate {
    CalendarDate(year: storedYear, month: storedMonth, day: UInt8(daysInMonth))
  }

  /// Whether this is the last day of its month.
  public var isEndOfMonth: Bool { day == daysInMonth }

  /// Whether a year has 366 days.
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days of a month, 28 to 31; `month` is 1 to 12.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Weeks and days of the year.
extension CalendarDate {
  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    let rest = (daysSinceEpoch &+ 3) % 7
    return (rest < 0 ? rest &+ 7 : rest) &+ 1
  }

  /// The day of the year, 1 to 366.
  public var dayOfYear: Int {
    let before = (367 &* month &- 362) / 12
    let correction = month <= 2 ? 0 : (isLeapYear ? -1 : -2)
    return before &+ correction &+ day
  }

  /// The week of the year, 1 to 53 (ISO 8601: the week of the year's first Thursday is week 1).
  public var weekOfYear: Int {
    let week = (dayOfYear &- weekday &+ 10) / 7
    if week < 1 { return CalendarDate.weeks(inYear: year &- 1) }
    return min(week, CalendarDate.weeks(inYear: year)) == week ? week : 1
  }

  /// 53 where the year begins on a Thursday, or on a Wednesday and is a leap year; else 52.
  private static func weeks(inYear year: Int) -> Int {
    let first = CalendarDate(firstOf: Int32(truncatingIfNeeded: year)).weekday
    return first == 4 || (first == 3 && isLeap(year)) ? 53 : 52
  }
}

extension CalendarDate: Comparable {
  /// Whether the left day is the earlier.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.rank < right.rank
  }

  /// A number that grows with the day.
  private var rank: Int { Int(storedYear) &<< 16 | Int(storedMonth) &<< 8 | Int(storedDay) }
}
