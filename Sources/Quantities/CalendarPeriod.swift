/// A period of the calendar: months and days, which have no fixed ratio.
///
/// `P1Y` equals `P12M`, and `P1W` equals `P7D`.
public struct CalendarPeriod: Sendable, Hashable {
  /// Whole months; a year is twelve.
  public var months: Int
  /// Days beside the months; a week is seven.
  public var days: Int

  /// A period of months and days.
  public init(months: Int = 0, days: Int = 0) {
    self.months = months
    self.days = days
  }

  /// A number of years.
  public static func years(_ count: Int) -> CalendarPeriod {
    CalendarPeriod(months: bounded(count, times: 12))
  }

  /// The product, or the end of the machine integers: far beyond the calendar either way.
  private static func bounded(_ count: Int, times factor: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? (count < 0 ? -Int.max : Int.max) : product
  }

  /// A number of months.
  public static func months(_ count: Int) -> CalendarPeriod { CalendarPeriod(months: count) }

  /// A number of weeks.
  public static func weeks(_ count: Int) -> CalendarPeriod {
    CalendarPeriod(days: bounded(count, times: 7))
  }

  /// A number of days.
  public static func days(_ count: Int) -> CalendarPeriod { CalendarPeriod(days: count) }

  /// Whether nothing would change.
  public var isZero: Bool { months == 0 && days == 0 }

  /// The same period backwards.
  public static prefix func - (period: CalendarPeriod) -> CalendarPeriod {
    CalendarPeriod(months: 0 &- period.months, days: 0 &- period.days)
  }
}

extension CalendarPeriod: CustomStringConvertible {
  /// A period written as ISO 8601-1 has it, `P1Y2M3W4D`, each part a whole number and at least one
  /// there.
  ///
  /// A minus may stand before the `P`, or before a number (ISO 8601-2).
  public init?(iso text: some StringProtocol) {
    guard let period = DigitCursor.read(text, CalendarPeriod.read) else { return nil }
    self = period
  }

  private static func read(_ cursor: inout DigitCursor) -> CalendarPeriod? {
    let sign = cursor.skip(0x2D) ? -1 : 1
    guard cursor.skip(0x50), !cursor.isAtEnd else { return nil }
    var period = CalendarPeriod()
    // The marks in their order: years, months, weeks, days.
    let marks: [(mark: UInt8, months: Int, days: Int)] = [
      (0x59, 12, 0), (0x4D, 1, 0), (0x57, 0, 7), (0x44, 0, 1),
    ]
    var rest = marks[...]
    while !cursor.isAtEnd {
      let ownSign = cursor.skip(0x2D) ? -sign : sign
      guard let count = cursor.number(digits: 1...longestNumber),
        let mark = cursor.take(), let place = rest.firstIndex(where: { $0.mark == mark })
      else { return nil }
      period.months += ownSign * count * marks[place].months
      period.days += ownSign * count * marks[place].days
      rest = marks[(place + 1)...]
    }
    return period
  }

  /// The most digits of a part.
  private static let longestNumber = 11

  /// The period with years and months apart, weeks as days: `P1Y2M10D`.
  ///
  /// `P0D` for nothing. A minus stands before the `P` where both parts are negative or zero, else
  /// before the number.
  public var description: String {
    if isZero { return "P0D" }
    let isBackwards = months <= 0 && days <= 0
    var text = isBackwards ? "-P" : "P"
    let mark = months < 0 && !isBackwards ? "-" : ""
    let (years, rest) = months.magnitude.quotientAndRemainder(dividingBy: 12)
    if years != 0 { text += "\(mark)\(years)Y" }
    if rest != 0 { text += "\(mark)\(rest)M" }
    if days != 0 { text += "\(days < 0 && !isBackwards ? "-" : "")\(days.magnitude)D" }
    return text
  }
}

extension CalendarDate {
  /// The day a period later: first the months, then the days.
  public func adding(_ period: CalendarPeriod, anchorDay: Int? = nil) -> CalendarDate {
    let landed = period.months == 0 ? self : adding(months: period.months, anchorDay: anchorDay)
    return landed.adding(days: period.days)
  }
}
