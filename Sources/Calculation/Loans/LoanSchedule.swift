public import Quantities

/// One payment of a loan.
public struct LoanRow: Sendable, Hashable {
  /// The day the payment is due.
  public let due: CalendarDate

  let interestUnits: Int64
  let principalUnits: Int64
  let balanceUnits: Int64
  let shortNumber: Int16
  let decimals: Int8

  /// The payment's number, from 1.
  public var number: Int { Int(shortNumber) }

  /// What is paid: interest and principal.
  public var payment: Decimal128 { amount(interestUnits + principalUnits) }

  /// The interest since the payment before.
  public var interest: Decimal128 { amount(interestUnits) }

  /// The part that reduces the debt; negative where a payment does not cover its interest.
  public var principal: Decimal128 { amount(principalUnits) }

  /// What is still owed after the payment.
  public var balance: Decimal128 { amount(balanceUnits) }

  func amount(_ units: Int64) -> Decimal128 {
    MoneyRounding.amount(units, decimals: Int(decimals))
  }
}

/// The repayment plan of a loan: each row rounded to the currency's minor units, the principal
/// parts summing to the amount lent, the last balance zero.
public struct LoanSchedule: Sendable, Hashable {
  /// What the plan follows from.
  public let terms: LoanTerms

  /// The payments in order.
  ///
  /// A fixed or rounded-up instalment may pay the loan off early: then there are fewer rows than
  /// due dates.
  public let rows: [LoanRow]

  let instalmentUnits: Int64?
  let interestUnits: Int64

  /// The level payment; nil where the method has none.
  public var instalment: Decimal128? { instalmentUnits.map(terms.rounding.amount) }

  /// The sum of all interest.
  public var totalInterest: Decimal128 { terms.rounding.amount(interestUnits) }

  /// The sum of all payments.
  ///
  /// The principal parts sum to the amount, so that this needs no walk over the rows.
  public var totalPaid: Decimal128 { terms.amount + totalInterest }

  /// The last payment, which absorbs what rounding left.
  public var lastPayment: Decimal128 { rows.last?.payment ?? .zero }

  /// Builds the plan.
  ///
  /// The interest of a row is round(balance × annual rate × part of a year since the payment
  /// before). The level payment solves P = Σ A·Π 1/(1 + r·τ) exactly and is rounded once. The last
  /// row clears the balance.
  ///
  /// - Throws: `CalculationError` naming the term at fault.
  public init(_ terms: LoanTerms) throws(CalculationError) {
    let plan = try LoanPlan(terms)
    let progress = try plan.run()
    self.terms = terms
    rows = progress.rows
    instalmentUnits = plan.instalment
    interestUnits = progress.interest
  }
}

/// A loan's terms resolved into minor units, dates and parts of years.
struct LoanPlan {
  let terms: LoanTerms
  let principal: Int64
  let balloon: Int64
  let dates: [CalendarDate]
  let periods: [YearFraction]
  let interest: PeriodicInterest
  let instalment: Int64?

  init(_ terms: LoanTerms) throws(CalculationError) {
    self.terms = terms
    let rounding = terms.rounding
    principal = try rounding.minorUnits(terms.amount, "amount")
    try CalculationError.unless(
      principal > 0, .outOfRange, "amount", "The amount lent must be above zero.")
    interest = try PeriodicInterest(
      annualRate: terms.annualRate, rounding: rounding.rule, field: "annualRate")
    dates = try terms.dueDates.dates(
      after: terms.disbursed, terms.businessDays, terms.holidays)
    periods = try LoanPlan.periods(terms, dates)
    balloon = try LoanPlan.balloon(terms, principal)
    try CalculationError.unless(
      (0..<dates.count).contains(terms.interestOnlyPayments), .outOfRange,
      "interestOnlyPayments",
      "Fewer payments than there are in all can be of interest only.")
    instalment = try LoanPlan.instalment(terms, principal, balloon, interest, periods)
  }

  private static func balloon(
    _ terms: LoanTerms, _ principal: Int64
  ) throws(CalculationError) -> Int64 {
    guard case .balloon(let amount) = terms.repayment else { return 0 }
    let units = try terms.rounding.minorUnits(amount, "balloon")
    try CalculationError.unless(
      (0...principal).contains(units), .outOfRange, "balloon",
      "The balloon must be from zero to the amount lent.")
    return units
  }

  private static func periods(
    _ terms: LoanTerms, _ dates: [CalendarDate]
  ) throws(CalculationError) -> [YearFraction] {
    switch terms.basis {
    case .equalPeriods(let perYear):
      try CalculationLimits.check(perYear, in: 1...366, "periodsPerYear")
      return Array(repeating: YearFraction(1, Int64(perYear)), count: dates.count)
    case .dayCount(let dayCount):
      try CalculationError.unless(
        dayCount != .actualActualICMA, .unsupported, "dayCount",
        "ACT/ACT ICMA measures bonds by their coupon periods; a loan has none.")
      return dayCount.fractions(from: terms.disbursed, dates)
    }
  }

  private static func instalment(
    _ terms: LoanTerms, _ principal: Int64, _ balloon: Int64, _ interest: PeriodicInterest,
    _ periods: [YearFraction]
  ) throws(CalculationError) -> Int64? {
    switch terms.repayment {
    case .equalPrincipal, .bullet: return nil
    case .annuity, .balloon: break
    }
    if let fixed = terms.instalment.fixed {
      let units = try terms.rounding.minorUnits(fixed, "instalment")
      try CalculationError.unless(
        units > 0, .outOfRange, "instalment", "The instalment must be above zero.")
      return units
    }
    let rule = terms.instalment.rounding ?? terms.rounding.rule
    let solved = try LevelPayment.minorUnits(
      principal: principal, balloon: balloon, interest,
      periods[terms.interestOnlyPayments...], rule)
    guard let multiple = terms.instalment.multiple else { return solved }
    let step = try terms.rounding.minorUnits(multiple, "instalmentMultiple")
    try CalculationError.unless(
      step > 0, .outOfRange, "instalmentMultiple", "The multiple must be above zero.")
    let rounded = LevelPayment.multiple(solved, of: step, rule)
    try CalculationError.unless(
      rounded > 0, .outOfRange, "instalmentMultiple",
      "The instalment rounds to zero at this multiple.")
    return rounded
  }
}
