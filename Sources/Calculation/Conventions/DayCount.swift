public import Quantities

/// How the time between two dates becomes a part of a year (ISDA 2006, 4.16 and market practice).
public enum DayCount: String, Sendable, Hashable, CaseIterable {
  /// ISDA/NASD 30/360 with the February rule; Excel YEARFRAC basis 0.
  case thirty360US = "30/360 US"
  /// ISDA 2006 4.16(f), bond basis: no February rule.
  case thirty360Bond = "30/360 BOND"
  /// ISDA 2006 4.16(g), Eurobond basis: each 31st becomes a 30th; Excel basis 4.
  case thirtyE360 = "30E/360"
  /// ISDA 2006 4.16(h): the last of a month becomes a 30th, except the termination date in
  /// February.
  case thirtyE360ISDA = "30E/360 ISDA"
  /// ISDA 2006 4.16(e).
  case actual360 = "ACT/360"
  /// Actual days over 364: 52 whole weeks.
  case actual364 = "ACT/364"
  /// ISDA 2006 4.16(d).
  case actual365 = "ACT/365F"
  /// Actual days over 365.25.
  case actual36525 = "ACT/365.25"
  /// ISDA 2006 4.16(b): days in leap years over 366, other days over 365; the first day counts.
  case actualActualISDA = "ACT/ACT ISDA"
  /// As ISDA but the first day does not count and the last does: Russian bank practice.
  case actualActualRU = "ACT/ACT RU"
  /// ICMA rule 251: days over (days of the reference period × coupons a year).
  case actualActualICMA = "ACT/ACT ICMA"
  /// Excel YEARFRAC basis 1.
  case actualActualExcel = "ACT/ACT EXCEL"

  /// The coupon period that `actualActualICMA` measures by.
  public struct ReferencePeriod: Sendable, Hashable {
    /// The period's first day.
    public let start: CalendarDate
    /// The period's end.
    public let end: CalendarDate
    /// Periods in a year.
    public let perYear: Int

    /// A coupon period.
    public init(start: CalendarDate, end: CalendarDate, perYear: Int) {
      self.start = start
      self.end = end
      self.perYear = perYear
    }
  }
}

/// Counting.
extension DayCount {
  /// The days that this convention counts from one date to another; negative backwards.
  ///
  /// - Parameter termination: the contract's last day, for `thirtyE360ISDA`.
  public func days(
    from start: CalendarDate, to end: CalendarDate, termination: CalendarDate? = nil
  ) -> Int {
    switch self {
    case .thirty360US, .thirty360Bond, .thirtyE360, .thirtyE360ISDA:
      let (first, last) = thirtyDays(start, end, termination)
      return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first
    default:
      return start.days(until: end)
    }
  }

  /// The part of a year from one date to another as an exact quotient; negative backwards.
  ///
  /// - Throws: `start` or `end: outOfRange` outside the years 1 to 9999, and `reference: missing`
  ///   for ICMA without a reference period of positive length.
  public func yearFraction(
    from start: CalendarDate, to end: CalendarDate, termination: CalendarDate? = nil,
    reference: ReferencePeriod? = nil
  ) throws(CalculationError) -> YearFraction {
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(end, "end")
    if self == .actualActualICMA {
      guard let reference, reference.perYear > 0, reference.perYear <= 366,
        reference.start < reference.end,
        CalculationLimits.calendarYears.contains(reference.start.year),
        CalculationLimits.calendarYears.contains(reference.end.year)
      else {
        throw CalculationError(
          .missing, "reference", "ACT/ACT ICMA needs a reference period and coupons a year.")
      }
      let length = reference.start.days(until: reference.end) * reference.perYear
      return YearFraction(Int64(start.days(until: end)), Int64(length))
    }
    return fraction(from: start, to: end, termination: termination)
  }

  /// The fraction for every convention that needs no reference period; ICMA counts as ACT/ACT
  /// ISDA here.
  func fraction(
    from start: CalendarDate, to end: CalendarDate, termination: CalendarDate? = nil
  ) -> YearFraction {
    let days = Int64(days(from: start, to: end, termination: termination))
    switch self {
    case .thirty360US, .thirty360Bond, .thirtyE360, .thirtyE360ISDA, .actual360:
      return YearFraction(days, 360)
    case .actual364: return YearFraction(days, 364)
    case .actual365: return YearFraction(days, 365)
    case .actual36525: return YearFraction(days * 4, 1_461)
    case .actualActualISDA, .actualActualICMA:
      return DayCount.splitByYear(start.daysSinceEpoch, end.daysSinceEpoch)
    case .actualActualRU:
      return DayCount.splitByYear(start.daysSinceEpoch + 1, end.daysSinceEpoch + 1)
    case .actualActualExcel:
      return end < start
        ? DayCount.excelActual(end, start).negated : DayCount.excelActual(start, end)
    }
  }

  /// The days of month that the 30/360 family puts for the two dates.
  private func thirtyDays(
    _ start: CalendarDate, _ end: CalendarDate, _ termination: CalendarDate?
  ) -> (Int, Int) {
    var first = start.day
    var last = end.day
    switch self {
    case .thirty360US:
      let startsInFebruaryEnd = start.month == 2 && start.isEndOfMonth
      if startsInFebruaryEnd, end.month == 2, end.isEndOfMonth { last = 30 }
      if startsInFebruaryEnd { first = 30 }
      if last == 31, first >= 30 { last = 30 }
      if first == 31 { first = 30 }
    case .thirty360Bond:
      if first == 31 { first = 30 }
      if last == 31, first == 30 { last = 30 }
    case .thirtyE360ISDA:
      if start.isEndOfMonth { first = 30 }
      if end.isEndOfMonth, !(end.month == 2 && end == termination) { last = 30 }
    default:
      first = min(first, 30)
      last = min(last, 30)
    }
    return (first, last)
  }

  /// Days in leap years over 366 and in other years over 365, from one day to before another.
  private static func splitByYear(_ start: Int, _ end: Int) -> YearFraction {
    let first = CivilDate(CalendarDate(daysSinceEpoch: start))
    let last = CivilDate(CalendarDate(daysSinceEpoch: end))
    return YearFraction(leapDays: last.leapDaysBefore - first.leapDaysBefore, of: end - start)
  }

  /// YEARFRAC basis 1 (ECMA-376, 18.17.7.338): within a year over that year's length, otherwise
  /// over the average length of the years touched.
  private static func excelActual(_ start: CalendarDate, _ end: CalendarDate) -> YearFraction {
    let days = Int64(start.days(until: end))
    let isWithinAYear =
      start.year == end.year
      || (start.year + 1 == end.year
        && (start.month, start.day) >= (end.month, end.day))
    if isWithinAYear {
      let containsLeapDay =
        (start.year == end.year && start.isLeapYear)
        || containsFebruary29(start, end)
        || (end.month == 2 && end.day == 29)
      return YearFraction(days, containsLeapDay ? 366 : 365)
    }
    let years = end.year - start.year + 1
    let first = CalendarDate(year: start.year, month: 1, day: 1) ?? start
    let past = CalendarDate(year: end.year + 1, month: 1, day: 1) ?? end
    return YearFraction(days * Int64(years), Int64(first.days(until: past)))
  }

  private static func containsFebruary29(_ start: CalendarDate, _ end: CalendarDate) -> Bool {
    for year in [start.year, end.year] {
      guard let leapDay = CalendarDate(year: year, month: 2, day: 29) else { continue }
      if start <= leapDay, leapDay < end { return true }
    }
    return false
  }
}
