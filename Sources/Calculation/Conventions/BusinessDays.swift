public import Quantities

/// What happens to a due date that is no business day (ISDA 2006, 4.12).
public enum BusinessDayConvention: String, Sendable, Hashable, CaseIterable {
  /// The date stays.
  case unadjusted
  /// The next business day.
  case following
  /// The next business day, or the one before when that is in another month.
  case modifiedFollowing
  /// The business day before.
  case preceding
}

/// The days on which banks do not settle; holidays are data that the caller brings.
public struct HolidayCalendar: Sendable, Hashable {
  /// Days of the week without business, 1 = Monday … 7 = Sunday.
  public let weekend: Set<Int>

  /// Single days without business.
  public let holidays: Set<CalendarDate>

  /// The known calendar whose holidays are kept too.
  public let bank: BankCalendar

  /// A calendar; at least one day of the week must be a business day, else Saturday and Sunday
  /// are the weekend.
  public init(
    weekend: Set<Int> = [6, 7], holidays: Set<CalendarDate> = [], bank: BankCalendar = .weekends
  ) {
    self.weekend = weekend.isSuperset(of: 1...7) ? [6, 7] : weekend
    self.holidays = holidays
    self.bank = bank
  }

  /// The same calendar with the known holidays of some years listed one by one.
  func listing(_ years: ClosedRange<Int>) -> HolidayCalendar {
    guard bank != .weekends else { return self }
    var holidays = holidays
    for year in years { holidays.formUnion(bank.holidays(in: year)) }
    return HolidayCalendar(weekend: weekend, holidays: holidays)
  }

  /// Saturdays and Sundays only.
  public static let weekends = HolidayCalendar()

  /// How far an adjustment looks for a business day.
  static let searchedDays = 366

  /// Whether business is done on a day.
  public func isBusinessDay(_ date: CalendarDate) -> Bool {
    !weekend.contains(date.weekday) && !holidays.contains(date)
      && !bank.holidays(in: date.year).contains(date)
  }

  /// A date moved by a convention; it stays when no business day is within a year of it.
  public func adjusted(
    _ date: CalendarDate, _ convention: BusinessDayConvention
  ) -> CalendarDate {
    switch convention {
    case .unadjusted: return date
    case .following: return next(date, step: 1)
    case .preceding: return next(date, step: -1)
    case .modifiedFollowing:
      let moved = next(date, step: 1)
      return moved.month == date.month ? moved : next(date, step: -1)
    }
  }

  private func next(_ date: CalendarDate, step: Int) -> CalendarDate {
    var candidate = date
    for _ in 0..<HolidayCalendar.searchedDays {
      if isBusinessDay(candidate) { return candidate }
      candidate = candidate.adding(days: step)
    }
    return date
  }
}
