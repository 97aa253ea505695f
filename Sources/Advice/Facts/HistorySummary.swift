package import Quantities

/// What rules need of a client's account history, kept up to date by each movement, so that a
/// recommendation opens one row and never reads thousands of movements.
///
/// Sums are held by calendar month, newest last, for at most ``monthsKept`` months. A figure for a
/// decision is taken from whole months before the day of the decision only, so no movement dated
/// on or after that day can change it.
package struct HistorySummary: Sendable, Hashable {
  /// How many months of sums are kept: a year of whole months, and the current one.
  package static let monthsKept = 13
  /// How many whole months an average looks back.
  package static let averagedMonths = 6

  /// The first movement ever seen.
  package private(set) var firstDate: CalendarDate?
  /// The newest movement seen.
  package private(set) var lastDate: CalendarDate?
  /// The number of movements seen.
  package private(set) var movements: Int
  /// The sums of each month with movements, oldest first.
  package private(set) var months: [MonthTotals]

  /// A history without movements.
  package init() {
    movements = 0
    months = []
  }

  /// A history as it was stored.
  package init(
    firstDate: CalendarDate?, lastDate: CalendarDate?, movements: Int, months: [MonthTotals]
  ) {
    self.firstDate = firstDate
    self.lastDate = lastDate
    self.movements = movements
    self.months = months.sorted { $0.month < $1.month }
  }

  /// Adds one movement.
  ///
  /// Movements may come in any order; those of months that are no longer kept count in
  /// ``movements`` and ``firstDate`` only.
  package mutating func record(_ event: HistoryEvent) {
    movements += 1
    firstDate = firstDate.map { min($0, event.date) } ?? event.date
    lastDate = lastDate.map { max($0, event.date) } ?? event.date
    let month = event.date.month(startingAt: 1)
    let at = months.firstIndex { $0.month >= month } ?? months.endIndex
    if at == months.endIndex || months[at].month != month {
      if at == 0, months.count >= Self.monthsKept { return }
      months.insert(MonthTotals(month: month), at: at)
    }
    months[at].record(event)
    if months.count > Self.monthsKept { months.removeFirst(months.count - Self.monthsKept) }
  }

  /// The whole months with known sums before the month of a date, newest first, at most
  /// ``averagedMonths`` of them and none older than a year before the newest.
  func wholeMonths(before date: CalendarDate) -> [MonthTotals] {
    let start = date.month(startingAt: 1)
    let known = months.filter { $0.month < start }
    guard let newest = known.last else { return [] }
    let oldest = newest.month.adding(months: 1 - Self.averagedMonths)
    return known.filter { $0.month >= oldest }.reversed()
  }

  /// The median of the monthly income over the averaged months: one large receipt does not move it.
  ///
  /// Nil where fewer than three whole months are known.
  package func regularIncome(before date: CalendarDate) -> Decimal128? {
    let incomes = wholeMonths(before: date).map(\.income).sorted()
    guard incomes.count >= 3 else { return nil }
    let middle = incomes.count / 2
    let median =
      incomes.count % 2 == 1 ? incomes[middle] : (incomes[middle - 1] + incomes[middle]) / 2
    return median.rounded(scale: 2, .halfEven)
  }

  /// The mean monthly spending, without instalments; nil where no whole month is known.
  package func regularSpending(before date: CalendarDate) -> Decimal128? {
    mean(before: date, \.spending)
  }

  /// The mean monthly instalments paid on loans; nil where no whole month is known.
  package func regularInstalments(before date: CalendarDate) -> Decimal128? {
    mean(before: date, \.instalments)
  }

  /// The mean of the balances at the months' ends; nil where none is known.
  package func averageBalance(before date: CalendarDate) -> Decimal128? {
    let balances = wholeMonths(before: date).compactMap(\.closingBalance)
    guard !balances.isEmpty else { return nil }
    return (balances.reduce(0, +) / Decimal128(balances.count)).rounded(scale: 2, .halfEven)
  }

  /// The closing balance of the newest whole month that has one.
  package func balance(before date: CalendarDate) -> Decimal128? {
    wholeMonths(before: date).lazy.compactMap(\.closingBalance).first
  }

  /// How many of the kept whole months were charged penalty interest: the sign of arrears.
  package func monthsInArrears(before date: CalendarDate) -> Int {
    let start = date.month(startingAt: 1)
    return months.count { $0.month < start && $0.penalties > 0 }
  }

  private func mean(
    before date: CalendarDate, _ sum: (MonthTotals) -> Decimal128
  ) -> Decimal128? {
    let months = wholeMonths(before: date)
    guard !months.isEmpty else { return nil }
    return (months.map(sum).reduce(0, +) / Decimal128(months.count)).rounded(scale: 2, .halfEven)
  }
}

/// The sums of one calendar month of a client's account.
package struct MonthTotals: Sendable, Hashable {
  /// The first day of the month.
  package let month: CalendarDate
  /// Receipts that may count as regular income.
  package var income: Decimal128 = 0
  /// Everything paid but loan instalments.
  package var spending: Decimal128 = 0
  /// Instalments paid on loans.
  package var instalments: Decimal128 = 0
  /// Penalty interest charged.
  package var penalties: Decimal128 = 0
  /// The balance after the month's last movement that told one.
  package var closingBalance: Decimal128?
  /// The day of ``closingBalance``.
  package var closingDate: CalendarDate?

  /// A month without movements.
  package init(month: CalendarDate) { self.month = month }

  mutating func record(_ event: HistoryEvent) {
    switch event.kind {
    case .instalment: instalments += event.amount
    case .penaltyInterest: penalties += event.amount
    default:
      if event.kind.isIncome { income += event.amount }
      if !event.kind.isCredit { spending += event.amount }
    }
    guard let balance = event.balance else { return }
    if let closingDate, closingDate > event.date { return }
    closingBalance = balance
    closingDate = event.date
  }
}

extension CalendarDate {
  /// A day of this date's month; the day must exist in every month.
  func month(startingAt day: Int) -> CalendarDate {
    CalendarDate(year: year, month: month, day: day) ?? self
  }
}
