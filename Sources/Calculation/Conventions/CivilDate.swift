import Quantities

/// A date in the parts that schedules compute with, inlined into their loops.
struct CivilDate {
  var year: Int
  var month: Int
  var day: Int

  @inline(__always)
  init(_ date: CalendarDate) {
    year = date.year
    month = date.month
    day = date.day
  }

  @inline(__always)
  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  @inline(__always)
  static func isLeap(_ year: Int) -> Bool {
    year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The days of a month: 31 and 30 in turn, from August the other way round.
  @inline(__always)
  static func daysInMonth(_ month: Int, _ year: Int) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return 30 + ((month + (month >> 3)) & 1)
  }

  @inline(__always)
  var isEndOfMonth: Bool { day == CivilDate.daysInMonth(month, year) }

  /// The months since year 0.
  @inline(__always)
  var monthIndex: Int { year * 12 + month - 1 }

  /// The anchored day of a month counted since year 0, clamped to its last.
  @inline(__always)
  init(monthIndex: Int, anchor: Int) {
    year = monthIndex / 12
    month = monthIndex % 12 + 1
    day = min(anchor, CivilDate.daysInMonth(month, year))
  }

  /// The days since 1 January 1970 of a date in the years 1 to 9999 and a little around.
  ///
  /// Years begin in March here, so that the leap day is a year's last.
  @inline(__always)
  var daysSinceEpoch: Int {
    let shifted = month > 2 ? month - 3 : month + 9
    let years = month > 2 ? year : year - 1
    return 365 * years + years / 4 - years / 100 + years / 400 + (153 * shifted + 2) / 5 + day
      - 719_469
  }

  /// The days of leap years between year 1 and this date.
  @inline(__always)
  var leapDaysBefore: Int {
    let past = year - 1
    let leapYears = past / 4 - past / 100 + past / 400
    guard CivilDate.isLeap(year) else { return leapYears * 366 }
    return leapYears * 366 + daysSinceEpoch
      - CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
  }

  @inline(__always)
  static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.packed < right.packed
  }

  @inline(__always)
  static func == (left: CivilDate, right: CivilDate) -> Bool {
    left.packed == right.packed
  }

  /// The parts in one number that orders as the dates do.
  @inline(__always)
  private var packed: Int { year << 9 | month << 5 | day }
}

extension DayCount {
  /// The parts of a year between one date and the next, for a whole series at once.
  func fractions(from start: CalendarDate, _ dates: [CalendarDate]) -> [YearFraction] {
    var fractions: [YearFraction] = []
    fractions.reserveCapacity(dates.count)
    var before = CivilDate(start)
    switch self {
    case .actual360, .actual364, .actual365, .actual36525:
      let (weight, year): (Int, Int64) =
        switch self {
        case .actual360: (1, 360)
        case .actual364: (1, 364)
        case .actual365: (1, 365)
        default: (4, 1_461)
        }
      var day = before.daysSinceEpoch
      for date in dates {
        let next = CivilDate(date).daysSinceEpoch
        fractions.append(YearFraction(Int64(weight * (next - day)), year))
        day = next
      }
    case .actualActualISDA:
      var (day, leap) = (before.daysSinceEpoch, before.leapDaysBefore)
      for date in dates {
        let parts = CivilDate(date)
        let (nextDay, nextLeap) = (parts.daysSinceEpoch, parts.leapDaysBefore)
        fractions.append(YearFraction(leapDays: nextLeap - leap, of: nextDay - day))
        (day, leap) = (nextDay, nextLeap)
      }
    case .thirtyE360:
      for date in dates {
        let parts = CivilDate(date)
        let days =
          30 * (parts.monthIndex - before.monthIndex) + min(parts.day, 30) - min(before.day, 30)
        fractions.append(YearFraction(Int64(days), 360))
        before = parts
      }
    default:
      var previous = start
      for date in dates {
        fractions.append(fraction(from: previous, to: date, termination: dates.last))
        previous = date
      }
    }
    return fractions
  }
}
