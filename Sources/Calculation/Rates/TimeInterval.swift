public import Quantities

/// A stretch of time as a law of lending measures it: whole periods counted back from the later
/// date, and the days that remain.
struct LegalInterval: Sendable, Hashable {
  /// Whole periods.
  var whole: Int
  /// The remaining part, as a quotient.
  var part: Int
  /// What the remaining part is divided by.
  var partOf: Int
}

/// Counting months back from a date.
enum MonthsBack {
  /// The whole months from one date to a later one, and where counting them back arrives.
  ///
  /// The day of the month is the later date's, clamped; when both dates are the last of their
  /// month, each step goes to a last of a month.
  ///
  /// - Parameter meetsEnds: whether that last rule holds here.
  @inline(__always)
  static func count(
    from start: CivilDate, to end: CivilDate, step: Int = 1, meetsEnds: Bool = true
  ) -> (steps: Int, arrival: CivilDate) {
    let last = end.monthIndex
    let between = last - start.monthIndex
    // The usual payment lies whole months after the start.
    if start.day == end.day, step == 1 || between % step == 0 { return (between / step, start) }
    var steps = between / step
    let anchor = meetsEnds && start.isEndOfMonth && end.isEndOfMonth ? 31 : end.day
    guard steps > 0 else { return (0, end) }
    var arrival = CivilDate(monthIndex: last - steps * step, anchor: anchor)
    if arrival < start {
      steps -= 1
      arrival = steps == 0 ? end : CivilDate(monthIndex: last - steps * step, anchor: anchor)
    }
    return (steps, arrival)
  }
}

extension CivilDate {
  /// The days to a later date.
  @inline(__always)
  func days(until other: CivilDate) -> Int {
    self == other ? 0 : other.daysSinceEpoch - daysSinceEpoch
  }
}

/// The period by which intervals are measured under Directive (EU) 2023/2225 and 2008/48/EC.
public enum LendingPeriod: String, Sendable, Hashable, CaseIterable {
  /// A week, of which a year has 52.
  case week
  /// A month, of which a year has 12 equal ones.
  case month
  /// A year.
  case year

  /// Periods in a year (2008/48/EC, Annex I, part I, remark (c)).
  public var perYear: Int {
    switch self {
    case .week: 52
    case .month: 12
    case .year: 1
    }
  }

  /// The interval between two dates in years.
  ///
  /// Commission SWD(2012)128, 4.1.1: whole periods counted back from the later date; the days that
  /// remain are divided by the days of the year counted back from where they end.
  ///
  /// - Throws: `end: order` when it is before the start.
  public func years(
    from start: CalendarDate, to end: CalendarDate
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(end, "end")
    try CalculationError.unless(
      start <= end, .order, "end", "The end must not be before the start.")
    let interval = interval(from: CivilDate(start), to: CivilDate(end))
    return Decimal128(interval.whole) / Decimal128(perYear)
      + Decimal128(interval.part) / Decimal128(interval.partOf)
  }

  func interval(from start: CivilDate, to end: CivilDate) -> LegalInterval {
    let whole: Int
    let arrival: CivilDate
    switch self {
    case .week:
      let days = start.days(until: end)
      if days % 7 == 0 { return LegalInterval(whole: days / 7, part: 0, partOf: 365) }
      whole = days / 7
      let date = CalendarDate(daysSinceEpoch: start.daysSinceEpoch + days % 7)
      arrival = CivilDate(date)
    case .month:
      (whole, arrival) = MonthsBack.count(from: start, to: end)
    case .year:
      // A year back from 28 February is a 28 February, unless it is to meet a 29th.
      (whole, arrival) = MonthsBack.count(
        from: start, to: end, step: 12, meetsEnds: start.month == end.month)
    }
    let days = start.days(until: arrival)
    if days == 0 { return LegalInterval(whole: whole, part: 0, partOf: 365) }
    let yearBefore = CivilDate(monthIndex: arrival.monthIndex - 12, anchor: arrival.day)
    return LegalInterval(whole: whole, part: days, partOf: yearBefore.days(until: arrival))
  }
}
