public import Quantities

/// A calendar of bank holidays that is held as data in `Calendars`, each with its source.
public enum BankCalendar: String, Sendable, Hashable, CaseIterable {
  /// No holidays beside the weekend.
  case weekends
  /// The closing days of the Eurosystem's payment system.
  case target = "TARGET"
  /// The Federal Reserve Banks.
  case unitedStates = "US"
  /// England and Wales.
  case unitedKingdom = "UK"
  /// Romania.
  case romania = "RO"
  /// Russia, without the days that are moved by each year's decree.
  case russia = "RU"

  /// Where the holidays are laid down.
  public var source: String { table.source }

  /// The holidays of a year, some of which may fall on a weekend.
  public func holidays(in year: Int) -> [CalendarDate] {
    table.rules.flatMap { $0.dates(in: year) }
  }

  private var table: HolidayTable {
    switch self {
    case .weekends: HolidayTable.none
    case .target: HolidayTable.target
    case .unitedStates: HolidayTable.unitedStates
    case .unitedKingdom: HolidayTable.unitedKingdom
    case .romania: HolidayTable.romania
    case .russia: HolidayTable.russia
    }
  }
}

/// A calendar's rules with their source.
struct HolidayTable: Sendable {
  let source: String
  let rules: [HolidayRule]

  static let none = HolidayTable(source: "", rules: [])
  static let target = HolidayTable(PackageResources.target_csv)
  static let unitedStates = HolidayTable(PackageResources.us_csv)
  static let unitedKingdom = HolidayTable(PackageResources.uk_csv)
  static let romania = HolidayTable(PackageResources.ro_csv)
  static let russia = HolidayTable(PackageResources.ru_csv)

  private init(source: String, rules: [HolidayRule]) {
    self.source = source
    self.rules = rules
  }

  /// The rules of a file, of which a test holds each line to be one.
  private init(_ bytes: [UInt8]) {
    let table = DataTable(bytes)
    self.init(source: table.source, rules: table.rows.compactMap { HolidayRule($0) })
  }
}

/// When a holiday falls: a line `day,from,until,moved` of a calendar's file.
struct HolidayRule: Sendable, Hashable {
  /// How a day is written: `12-25`, `easter+1`, `orthodox-2`, `05-mon-last`, `11-thu-4`,
  /// `2022-09-19`.
  private enum Day: Hashable {
    case fixed(month: Int, day: Int)
    case single(CalendarDate)
    /// Days after Easter Sunday of the Western or the Eastern churches.
    case easter(isEastern: Bool, days: Int)
    /// The so-manieth weekday of a month, 0 for the last.
    case weekday(Int, month: Int, number: Int)
  }

  /// What is done for a holiday on a weekend.
  private enum Move: String {
    case stays, sundayToMonday, weekendToMonday, weekendByTwoDays
  }

  private let day: Day
  private let years: ClosedRange<Int>
  private let move: Move

  init?(_ row: [String]) {
    guard row.count == 4, let from = Int(row[1]), let until = Int(row[2]), from <= until,
      let move = Move(rawValue: row[3]), let day = HolidayRule.day(row[0])
    else { return nil }
    self.day = day
    years = from...until
    self.move = move
  }

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static func day(_ text: String) -> Day? {
    if let date = CalendarDate(iso: text) { return .single(date) }
    for (church, isEastern) in [("easter", false), ("orthodox", true)] where text.hasPrefix(church)
    {
      return Int(text.dropFirst(church.count)).map { .easter(isEastern: isEastern, days: $0) }
    }
    let parts = text.split(separator: "-").map(String.init)
    guard let month = parts.first.flatMap({ Int($0) }), 1...12 ~= month else { return nil }
    if parts.count == 2 {
      return Int(parts[1]).flatMap { 1...31 ~= $0 ? .fixed(month: month, day: $0) : nil }
    }
    guard parts.count == 3, let weekday = weekdays.firstIndex(of: parts[1]),
      let number = parts[2] == "last" ? 0 : Int(parts[2]), 0...4 ~= number
    else { return nil }
    return .weekday(weekday + 1, month: month, number: number)
  }

  /// The holiday of a year; none outside the rule's years.
  func dates(in year: Int) -> [CalendarDate] {
    guard years.contains(year), let date = date(in: year) else { return [] }
    let days: Int
    switch (move, date.weekday) {
    case (.sundayToMonday, 7), (.weekendToMonday, 7): days = 1
    case (.weekendToMonday, 6), (.weekendByTwoDays, 6), (.weekendByTwoDays, 7): days = 2
    default: days = 0
    }
    return [date.adding(days: days)]
  }

  private func date(in year: Int) -> CalendarDate? {
    switch day {
    case .single(let date): return date.year == year ? date : nil
    case .fixed(let month, let day): return CalendarDate(year: year, month: month, day: day)
    case .easter(let isEastern, let days):
      return (isEastern ? Easter.eastern(year) : Easter.western(year))?.adding(days: days)
    case .weekday(let weekday, let month, let number):
      guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
      if number == 0 {
        let last = first.endOfMonth
        return last.adding(days: -((last.weekday - weekday + 7) % 7))
      }
      return first.adding(days: (weekday - first.weekday + 7) % 7 + 7 * (number - 1))
    }
  }
}

/// Easter Sunday by two reckonings.
///
/// J. Meeus, Astronomical Algorithms, chapter 8.
enum Easter {
  /// By the Gregorian calendar.
  static func western(_ year: Int) -> CalendarDate? {
    let (golden, century, rest) = (year % 19, year / 100, year % 100)
    let correction = (century + 8) / 25
    let epact =
      (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
    let shift = (golden + 11 * epact + 22 * weekday) / 451
    let sum = epact + weekday - 7 * shift + 114
    return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)
  }

  /// By the Julian calendar, as a day of the Gregorian one.
  static func eastern(_ year: Int) -> CalendarDate? {
    let moon = (19 * (year % 19) + 15) % 30
    let weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    let sum = moon + weekday + 114
    let between = year / 100 - year / 400 - 2
    return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)?
      .adding(days: between)
  }
}
