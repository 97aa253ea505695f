public import Quantities

/// All that the postings of a term deposit follow from.
public struct DepositTerms: Sendable, Hashable {
  /// The amount deposited.
  public var principal: Decimal128

  /// The rate a year.
  public var annualRate: Decimal128

  /// The day the deposit is opened.
  public var opened: CalendarDate

  /// The term in months.
  public var months: Int

  /// How many months lie between postings of interest; the last posting is at maturity.
  public var interestEveryMonths: Int

  /// Whether interest is added to the balance; otherwise it is paid out.
  public var capitalises: Bool

  /// What is paid in with each posting, after its interest.
  public var contribution: Decimal128

  /// The part of the interest that is withheld as tax.
  public var taxRate: Decimal128

  /// How interest is measured.
  public var dayCount: DayCount

  /// How amounts are rounded.
  public var rounding: MoneyRounding

  /// The terms of a deposit.
  public init(
    principal: Decimal128,
    annualRate: Decimal128,
    opened: CalendarDate,
    months: Int,
    interestEveryMonths: Int = 1,
    capitalises: Bool = true,
    contribution: Decimal128 = 0,
    taxRate: Decimal128 = 0,
    dayCount: DayCount = .actual365,
    rounding: MoneyRounding = .cents
  ) {
    self.principal = principal
    self.annualRate = annualRate
    self.opened = opened
    self.months = months
    self.interestEveryMonths = interestEveryMonths
    self.capitalises = capitalises
    self.contribution = contribution
    self.taxRate = taxRate
    self.dayCount = dayCount
    self.rounding = rounding
  }
}

/// One posting of interest.
public struct DepositRow: Sendable, Hashable {
  /// The posting's number, from 1.
  public let number: Int

  /// The day of the posting.
  public let date: CalendarDate

  /// The interest since the posting before.
  public let interest: Decimal128

  /// The tax withheld from it.
  public let tax: Decimal128

  /// What was paid in.
  public let contribution: Decimal128

  /// What was paid out.
  public let paidOut: Decimal128

  /// The balance after the posting.
  public let balance: Decimal128
}

/// The postings of a term deposit: interest rounded at each, added or paid out.
public struct DepositSchedule: Sendable, Hashable {
  /// The postings in order.
  public let rows: [DepositRow]

  /// All interest before tax.
  public let totalInterest: Decimal128

  /// All tax withheld.
  public let totalTax: Decimal128

  /// All that was paid in after the opening.
  public let totalContributions: Decimal128

  /// The balance at maturity.
  public let finalBalance: Decimal128

  /// (final balance ÷ principal)^(365 ÷ days) − 1 before tax; nil where interest is paid out,
  /// tax is withheld or contributions are made, since those flows need a rate of their own.
  public let effectiveAnnualRate: Decimal128?

  /// The postings of a deposit.
  ///
  /// - Throws: `CalculationError` naming the term at fault.
  public init(_ terms: DepositTerms) throws(CalculationError) {
    let dates = try DepositSchedule.dates(terms)
    let rounding = terms.rounding
    let principal = try rounding.minorUnits(terms.principal, "principal")
    let contribution = try rounding.minorUnits(terms.contribution, "contribution")
    try CalculationError.unless(
      principal >= 0 && contribution >= 0 && principal + contribution > 0, .outOfRange,
      "principal", "Something must be deposited.")
    try CalculationLimits.check(terms.taxRate, in: 0...1, "taxRate")
    try CalculationError.unless(
      terms.dayCount != .actualActualICMA, .unsupported, "dayCount",
      "ACT/ACT ICMA measures bonds by their coupon periods; a deposit has none.")
    let rate = try PeriodicInterest(
      annualRate: terms.annualRate, rounding: rounding.rule, field: "annualRate")

    var rows: [DepositRow] = []
    rows.reserveCapacity(dates.count)
    var sums = (interest: Int64(0), tax: Int64(0), contribution: Int64(0))
    var balance = principal
    var previous = terms.opened
    for (index, date) in dates.enumerated() {
      let interest = try rate.interest(
        on: balance, over: terms.dayCount.fraction(from: previous, to: date))
      let tax =
        terms.taxRate.isZero
        ? 0
        : try rounding.roundedMinorUnits(
          rounding.amount(interest) * terms.taxRate, rounding.rule, "taxRate")
      let isLast = index == dates.count - 1
      let paidIn = isLast ? 0 : contribution
      let kept = interest - tax
      balance += (terms.capitalises ? kept : 0) + paidIn
      try CalculationError.unless(
        balance <= CalculationLimits.greatestMinorUnits, .outOfRange, "annualRate",
        "The balance grows beyond what this calculation keeps exactly.")
      sums = (sums.interest + interest, sums.tax + tax, sums.contribution + paidIn)
      rows.append(
        DepositRow(
          number: index + 1, date: date, interest: rounding.amount(interest),
          tax: rounding.amount(tax), contribution: rounding.amount(paidIn),
          paidOut: rounding.amount(terms.capitalises ? 0 : kept),
          balance: rounding.amount(balance)))
      previous = date
    }
    self.rows = rows
    totalInterest = rounding.amount(sums.interest)
    totalTax = rounding.amount(sums.tax)
    totalContributions = rounding.amount(sums.contribution)
    finalBalance = rounding.amount(balance)
    effectiveAnnualRate = try DepositSchedule.effective(
      terms, principal: principal, final: balance, maturity: previous)
  }

  private static func effective(
    _ terms: DepositTerms, principal: Int64, final: Int64, maturity: CalendarDate
  ) throws(CalculationError) -> Decimal128? {
    guard terms.capitalises, terms.taxRate.isZero, terms.contribution.isZero, principal > 0
    else { return nil }
    return try EffectiveYield.annual(
      growth: Decimal128(Int(final)) / Decimal128(Int(principal)),
      days: Decimal128(terms.opened.days(until: maturity)))
  }

  /// The posting days, anchored on the day of opening; the last is the maturity.
  private static func dates(_ terms: DepositTerms) throws(CalculationError) -> [CalendarDate] {
    try CalculationLimits.checkDate(terms.opened, "opened")
    try CalculationLimits.check(terms.months, in: 1...CalculationLimits.rows, "months")
    try CalculationLimits.check(
      terms.interestEveryMonths, in: 1...CalculationLimits.rows, "interestEveryMonths")
    let maturity = terms.opened.adding(months: terms.months, anchorDay: terms.opened.day)
    try CalculationLimits.checkDate(maturity, "months")
    var dates: [CalendarDate] = []
    for month in stride(
      from: terms.interestEveryMonths, to: terms.months, by: terms.interestEveryMonths)
    {
      dates.append(terms.opened.adding(months: month, anchorDay: terms.opened.day))
    }
    dates.append(maturity)
    return dates
  }
}
