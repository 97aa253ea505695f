public import Quantities

/// How a loan is paid back.
public enum Repayment: Sendable, Hashable {
  /// Equal instalments of interest and principal.
  case annuity
  /// Equal parts of principal, interest on what is left.
  case equalPrincipal
  /// Instalments so sized that an amount is left after the last; it is paid with the last.
  case balloon(Decimal128)
  /// Interest only, the whole principal with the last payment.
  case bullet
}

/// How the interest of one period is measured.
public enum InterestBasis: Sendable, Hashable {
  /// By the calendar.
  case dayCount(DayCount)
  /// The annual rate divided by the payments in a year, whatever the days.
  case equalPeriods(perYear: Int)
}

/// Where the level payment comes from and how it is rounded.
public struct InstalmentRule: Sendable, Hashable {
  /// The payment when it is agreed and not solved for.
  public var fixed: Decimal128?

  /// The amount of which each instalment is a multiple, after rounding to minor units.
  public var multiple: Decimal128?

  /// The way the instalment is rounded; the loan's own rule when nil.
  public var rounding: Rounding?

  /// An instalment rule.
  public init(
    fixed: Decimal128? = nil, multiple: Decimal128? = nil, rounding: Rounding? = nil
  ) {
    self.fixed = fixed
    self.multiple = multiple
    self.rounding = rounding
  }

  /// Solved exactly and rounded like all amounts of the loan.
  public static let solved = InstalmentRule()
}

/// All that a repayment schedule follows from.
public struct LoanTerms: Sendable, Hashable {
  /// The amount lent, on the day of disbursement.
  public var amount: Decimal128

  /// The borrowing rate a year, 0.05 = 5 %.
  public var annualRate: Decimal128

  /// The day the amount is paid out; interest begins.
  public var disbursed: CalendarDate

  /// When payments are due.
  public var dueDates: DueDates

  /// How the loan is paid back.
  public var repayment: Repayment

  /// Leading payments of interest only.
  public var interestOnlyPayments: Int

  /// How interest is measured.
  public var basis: InterestBasis

  /// How amounts are rounded, row by row.
  public var rounding: MoneyRounding

  /// The level payment's source.
  public var instalment: InstalmentRule

  /// How due dates avoid holidays.
  public var businessDays: BusinessDayConvention

  /// The holidays.
  public var holidays: HolidayCalendar

  /// The terms of a loan.
  public init(
    amount: Decimal128,
    annualRate: Decimal128,
    disbursed: CalendarDate,
    dueDates: DueDates,
    repayment: Repayment = .annuity,
    interestOnlyPayments: Int = 0,
    basis: InterestBasis = .dayCount(.thirtyE360),
    rounding: MoneyRounding = .cents,
    instalment: InstalmentRule = .solved,
    businessDays: BusinessDayConvention = .unadjusted,
    holidays: HolidayCalendar = .weekends
  ) {
    self.amount = amount
    self.annualRate = annualRate
    self.disbursed = disbursed
    self.dueDates = dueDates
    self.repayment = repayment
    self.interestOnlyPayments = interestOnlyPayments
    self.basis = basis
    self.rounding = rounding
    self.instalment = instalment
    self.businessDays = businessDays
    self.holidays = holidays
  }
}
