import Quantities

/// The unit-period of 12 CFR 1026 Appendix J (b)(4).
public struct UnitPeriod: Sendable, Hashable {
  /// The calendar unit.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    case day, week, semimonth, month, year
  }

  /// The calendar unit.
  public let unit: Unit

  /// How many of it make one unit-period.
  public let multiple: Int

  /// Unit-periods in a year.
  public let perYear: Int

  /// A unit-period.
  public init(_ unit: Unit, multiple: Int = 1, perYear: Int) {
    self.unit = unit
    self.multiple = multiple
    self.perYear = perYear
  }

  /// Whole unit-periods and the fraction of one, counted back from the later date
  /// (Appendix J (b)(5)).
  func interval(from start: CivilDate, to end: CivilDate) -> LegalInterval {
    switch unit {
    case .day, .week:
      let length = (unit == .week ? 7 : 1) * multiple
      let days = start.days(until: end)
      return LegalInterval(whole: days / length, part: days % length, partOf: length)
    case .month:
      let (months, arrival) = MonthsBack.count(from: start, to: end)
      let rest = 30 * (months % multiple) + start.days(until: arrival)
      return LegalInterval(whole: months / multiple, part: rest, partOf: 30 * multiple)
    case .semimonth:
      let (months, arrival) = MonthsBack.count(from: start, to: end)
      let halves = 2 * months + start.days(until: arrival) / 15
      let rest = 15 * (halves % multiple) + start.days(until: arrival) % 15
      return LegalInterval(whole: halves / multiple, part: rest, partOf: 15 * multiple)
    case .year:
      let (months, arrival) = MonthsBack.count(from: start, to: end)
      let years = months / (12 * multiple)
      let restMonths = months % (12 * multiple)
      if start == arrival {
        return LegalInterval(whole: years, part: restMonths, partOf: 12 * multiple)
      }
      let (_, yearArrival) = MonthsBack.count(from: start, to: end, step: 12 * multiple)
      return LegalInterval(
        whole: years, part: start.days(until: yearArrival), partOf: 365 * multiple)
    }
  }
}

/// The base period of 353-FZ article 6.
public enum BasePeriod: String, Sendable, Hashable, CaseIterable {
  /// Thirty days; days beyond whole ones count as a part.
  case thirtyDays = "30 days"
  /// A calendar month; days beyond whole ones count as thirtieths.
  case calendarMonth = "1 calendar month"

  func interval(from start: CivilDate, to end: CivilDate) -> LegalInterval {
    switch self {
    case .thirtyDays:
      let days = start.days(until: end)
      return LegalInterval(whole: days / 30, part: days % 30, partOf: 30)
    case .calendarMonth:
      let (months, arrival) = MonthsBack.count(from: start, to: end)
      return LegalInterval(whole: months, part: start.days(until: arrival), partOf: 30)
    }
  }
}

/// The rates by law.
extension EffectiveRate {
  /// The annual percentage rate of charge of the European Union, an effective annual rate:
  /// Σ C·(1 + X)^−t = Σ D·(1 + X)^−s (Directive (EU) 2023/2225, Annex III, part I; the same as
  /// 2008/48/EC, Annex I), intervals by Commission SWD(2012)128.
  ///
  /// - Parameters:
  ///   - advances: what the borrower gets, positive amounts.
  ///   - payments: what the borrower pays, positive amounts; charges on the first day too.
  ///   - period: the period of the payments.
  public static func eu(
    advances: [CashFlow], payments: [CashFlow], period: LendingPeriod
  ) throws(CalculationError) -> EffectiveRate {
    try eu(advances: advances, payments: .flows(payments), period: period, near: nil)
  }

  /// The same where a rate a year is known, charged by the period, that is not far from it.
  static func eu(
    advances: [CashFlow], payments: Repayments, period: LendingPeriod, near guess: Double?
  ) throws(CalculationError) -> EffectiveRate {
    let periods = Double(period.perYear)
    return try EffectiveRate(
      .euAPRC, advances: advances, payments: payments, from: try firstAdvance(advances),
      .lending(period),
      near: guess.map { periods * Elementary.logarithmOfOnePlus(max($0, -0.5) / periods) })
  }

  /// The annual percentage rate of the United States by the actuarial method:
  /// Σ A/((1 + f·i)(1 + i)^t) = Σ P/((1 + f·i)(1 + i)^t), APR = i × unit-periods in a year
  /// (12 CFR 1026, Appendix J (b)(8)).
  ///
  /// - Parameters:
  ///   - advances: the amounts financed, net of prepaid finance charges.
  ///   - payments: the payments.
  ///   - unitPeriod: the unit-period of the transaction.
  public static func us(
    advances: [CashFlow], payments: [CashFlow], unitPeriod: UnitPeriod
  ) throws(CalculationError) -> EffectiveRate {
    try us(advances: advances, payments: .flows(payments), unitPeriod: unitPeriod)
  }

  /// The same of payments that a schedule holds.
  static func us(
    advances: [CashFlow], payments: Repayments, unitPeriod: UnitPeriod
  ) throws(CalculationError) -> EffectiveRate {
    try CalculationLimits.check(unitPeriod.multiple, in: 1...366, "unitMultiple")
    try CalculationLimits.check(unitPeriod.perYear, in: 1...366, "unitPeriodsPerYear")
    return try EffectiveRate(
      .usAPR, advances: advances, payments: payments,
      from: try firstAdvance(advances), .unit(unitPeriod))
  }

  /// The full cost of a consumer credit in Russia: Σ CF/((1 + e·i)(1 + i)^q) = 0,
  /// ПСК = i × base periods in a year × 100 (353-FZ, article 6).
  ///
  /// - Parameter flows: negative what the borrower gets, positive what the borrower pays.
  public static func russian(
    flows: [CashFlow], basePeriod: BasePeriod, perYear: Int
  ) throws(CalculationError) -> EffectiveRate {
    try CalculationLimits.check(perYear, in: 1...366, "basePeriodsPerYear")
    try CalculationLimits.check(flows, atMost: CalculationLimits.flows, "flows")
    return try EffectiveRate(
      .ruPSK, advances: [], payments: .flows(flows), from: try earliest(flows, "flows"),
      .base(basePeriod, perYear: perYear))
  }

  /// The day that time is counted from; nothing may be paid before anything was received.
  private static func firstAdvance(
    _ advances: [CashFlow]
  ) throws(CalculationError) -> CalendarDate {
    try CalculationLimits.check(advances, atMost: CalculationLimits.flows, "advances")
    return try earliest(advances, "advances")
  }

  private static func earliest(
    _ flows: [CashFlow], _ field: String
  ) throws(CalculationError) -> CalendarDate {
    guard let first = flows.map(\.date).min() else {
      throw CalculationError(.missing, field, "This list must not be empty.")
    }
    return first
  }
}
