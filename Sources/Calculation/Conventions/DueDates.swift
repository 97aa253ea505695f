public import Quantities

/// When the payments of a contract fall due.
public enum DueDates: Sendable, Hashable {
  /// A regular series: the first date, then one every `every`, months anchored on a day of the
  /// month (31 Jan, 28 Feb, 31 Mar).
  case regular(first: CalendarDate, every: CalendarPeriod, count: Int, anchorDay: Int? = nil)

  /// Dates as given.
  case listed([CalendarDate])

  /// A monthly series that begins one month after a date, on that date's day.
  public static func monthly(after start: CalendarDate, count: Int) -> DueDates {
    .regular(
      first: start.adding(months: 1, anchorDay: start.day), every: .months(1), count: count,
      anchorDay: start.day)
  }

  /// How many payments there are.
  public var count: Int {
    switch self {
    case .regular(_, _, let count, _): count
    case .listed(let dates): dates.count
    }
  }

  /// The dates in order, adjusted to business days where a convention asks for it.
  ///
  /// - Parameter start: the day before which no date may lie; the first date is after it.
  /// - Throws: `dueDates` with `missing`, `tooMany`, `outOfRange` or `order`.
  public func dates(
    after start: CalendarDate, _ convention: BusinessDayConvention = .unadjusted,
    _ calendar: HolidayCalendar = .weekends
  ) throws(CalculationError) -> [CalendarDate] {
    var dates = try unadjusted()
    if convention != .unadjusted, let first = dates.min()?.year, let last = dates.max()?.year {
      try CalculationError.unless(
        last - first <= CalculationLimits.years, .outOfRange, "dueDates",
        "A contract must not last longer than \(CalculationLimits.years) years.")
      let calendar = calendar.listing(first - 1...last + 1)
      for index in dates.indices { dates[index] = calendar.adjusted(dates[index], convention) }
    }
    guard let last = dates.last else { return dates }
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(last, "dueDates")
    try CalculationError.unless(
      last.year - start.year <= CalculationLimits.years, .outOfRange, "dueDates",
      "A contract must not last longer than \(CalculationLimits.years) years.")
    var previous = CivilDate(start)
    for date in isSeries(convention) ? dates[...0] : dates[...] {
      let next = CivilDate(date)
      guard previous < next else {
        throw CalculationError(
          .order, "dueDates",
          "Each due date must be after the one before it, the first after the start; \(date) is not."
        )
      }
      previous = next
    }
    return dates
  }

  /// Whether each date lies after the one before it by how they are made.
  private func isSeries(_ convention: BusinessDayConvention) -> Bool {
    guard case .regular = self else { return false }
    return convention == .unadjusted
  }

  private func unadjusted() throws(CalculationError) -> [CalendarDate] {
    try CalculationError.unless(count > 0, .missing, "dueDates", "There must be a payment.")
    try CalculationError.unless(
      count <= CalculationLimits.rows, .tooMany, "dueDates",
      "A schedule has at most \(CalculationLimits.rows) rows.")
    switch self {
    case .listed(let dates):
      return dates
    case .regular(let first, let every, let count, let anchorDay):
      try CalculationLimits.checkDate(first, "firstDueDate")
      try CalculationError.unless(
        every.months >= 0 && every.days >= 0 && !every.isZero && every.months <= 1_200
          && every.days <= 36_600, .outOfRange, "frequency",
        "Payments must be between a day and a hundred years apart.")
      if let anchorDay { try CalculationLimits.check(anchorDay, in: 1...31, "dueDay") }
      let anchor = anchorDay ?? first.day
      if every.days == 0 {
        return CalendarDate.series(
          from: first, everyMonths: every.months, count: count, anchorDay: anchor)
      }
      return (0..<count).map { index in
        first.adding(months: every.months * index, anchorDay: anchor)
          .adding(days: every.days * index)
      }
    }
  }
}

/// Month arithmetic as spreadsheets name it.
public enum MonthShift: String, Sendable, Hashable, CaseIterable {
  /// EDATE: the same day so many months away, clamped to the month's last.
  case sameDay = "EDATE"
  /// EOMONTH: the last day of the month so many months away.
  case endOfMonth = "EOMONTH"

  /// A date moved by a number of months, which may be negative.
  ///
  /// - Throws: `date` or `months: outOfRange` when a year leaves 1…9999.
  public func shifting(
    _ date: CalendarDate, months: Int
  ) throws(CalculationError) -> CalendarDate {
    try CalculationLimits.checkDate(date, "date")
    try CalculationLimits.check(months, in: -120_000...120_000, "months")
    let moved = date.adding(months: months)
    try CalculationLimits.checkDate(moved, "months")
    return self == .sameDay ? moved : moved.endOfMonth
  }
}
