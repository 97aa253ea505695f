public import Quantities

/// Single figures of a loan with equal periods, without a schedule.
public enum LoanPayment {
  /// The level payment before rounding: the annual rate divided by the payments in a year each
  /// period, a balloon left at the end.
  public static func level(
    principal: Decimal128, annualRate: Decimal128, payments: Int, perYear: Int,
    timing: PaymentTiming = .end, balloon: Decimal128 = 0
  ) throws(CalculationError) -> Decimal128 {
    try check(annualRate, payments, perYear)
    try CalculationError.unless(
      principal > 0, .outOfRange, "principal", "The principal must be above zero.")
    return try TimeValue.payment(
      rate: annualRate / Decimal128(perYear), periods: Decimal128(payments),
      presentValue: -principal, futureValue: balloon, timing: timing)
  }

  /// The largest amount that a payment can pay back, rounded.
  public static func greatestPrincipal(
    payment: Decimal128, annualRate: Decimal128, payments: Int, perYear: Int,
    timing: PaymentTiming = .end, balloon: Decimal128 = 0, rounding: MoneyRounding = .cents
  ) throws(CalculationError) -> Decimal128 {
    try check(annualRate, payments, perYear)
    try CalculationError.unless(
      payment > 0, .outOfRange, "payment", "The payment must be above zero.")
    let value = try TimeValue.presentValue(
      rate: annualRate / Decimal128(perYear), periods: Decimal128(payments), payment: -payment,
      futureValue: -balloon, timing: timing)
    return rounding.rounded(value)
  }

  /// The interest of one stretch of time, rounded.
  public static func interest(
    principal: Decimal128, annualRate: Decimal128, from start: CalendarDate,
    to end: CalendarDate, dayCount: DayCount, rounding: MoneyRounding = .cents
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(end, "end")
    try CalculationError.unless(
      start <= end, .order, "end", "The end must not be before the start.")
    let units = try rounding.minorUnits(principal, "principal")
    let interest = try PeriodicInterest(
      annualRate: annualRate, rounding: rounding.rule, field: "annualRate")
    return rounding.amount(
      try interest.interest(on: units, over: dayCount.fraction(from: start, to: end)))
  }

  static func check(
    _ annualRate: Decimal128, _ payments: Int, _ perYear: Int
  ) throws(CalculationError) {
    try CalculationLimits.checkRate(annualRate, "annualRate")
    try CalculationLimits.check(payments, in: 1...CalculationLimits.rows, "payments")
    try CalculationLimits.check(perYear, in: 1...366, "periodsPerYear")
  }
}

/// A loan with one term solved for and the others agreed.
public struct LoanSolution: Sendable, Hashable {
  /// The amount lent.
  public let amount: Decimal128

  /// The borrowing rate a year.
  public let annualRate: Decimal128

  /// The number of payments.
  public let payments: Int

  /// The level payment.
  public let payment: Decimal128
}

/// Solving for any one of amount, rate, number of payments and payment.
extension LoanSolution {
  /// Solves for the payment.
  public init(
    amount: Decimal128, annualRate: Decimal128, payments: Int, perYear: Int = 12,
    rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    let exact = try LoanPayment.level(
      principal: amount, annualRate: annualRate, payments: payments, perYear: perYear)
    self.init(
      amount: amount, annualRate: annualRate, payments: payments,
      payment: rounding.rounded(exact))
  }

  /// Solves for the amount.
  public init(
    payment: Decimal128, annualRate: Decimal128, payments: Int, perYear: Int = 12,
    rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    let amount = try LoanPayment.greatestPrincipal(
      payment: payment, annualRate: annualRate, payments: payments, perYear: perYear,
      rounding: rounding)
    self.init(amount: amount, annualRate: annualRate, payments: payments, payment: payment)
  }

  /// Solves for the rate, to 12 digits after the point.
  public init(
    amount: Decimal128, payment: Decimal128, payments: Int, perYear: Int = 12
  ) throws(CalculationError) {
    try LoanPayment.check(0, payments, perYear)
    try CalculationError.unless(
      amount > 0 && payment > 0, .outOfRange, "payment",
      "The amount and the payment must be above zero.")
    let start = 2 * (payment * Decimal128(payments) / amount - 1) / Decimal128(payments + 1)
    let floor = Decimal128(isNegative: true, coefficient: 9, exponent: -1)
    let rate = try TimeValue.rate(
      periods: Decimal128(payments), payment: -payment, presentValue: amount,
      guess: min(max(start, floor), 10))
    let annual = (rate * Decimal128(perYear)).rounded(scale: CalculationLimits.rateDigits)
    try CalculationLimits.checkRate(annual, "payment")
    self.init(amount: amount, annualRate: annual, payments: payments, payment: payment)
  }

  /// Solves for the number of payments, of which the last may be smaller.
  ///
  /// - Throws: `payment: notAmortising` when the payment does not cover the interest.
  public init(
    amount: Decimal128, annualRate: Decimal128, payment: Decimal128, perYear: Int = 12
  ) throws(CalculationError) {
    try LoanPayment.check(annualRate, 1, perYear)
    try CalculationError.unless(
      amount > 0 && payment > 0, .outOfRange, "payment",
      "The amount and the payment must be above zero.")
    let rate = annualRate / Decimal128(perYear)
    try CalculationError.unless(
      payment > amount * rate, .notAmortising, "payment",
      "This payment does not cover the interest; the loan would not be paid back.")
    let count = try TimeValue.periods(rate: rate, payment: -payment, presentValue: amount)
    let whole = (count - LoanSolution.sliver).rounded(scale: 0, .ceiling).integerValue ?? 0
    try CalculationLimits.check(max(whole, 1), in: 1...CalculationLimits.rows, "payment")
    self.init(
      amount: amount, annualRate: annualRate, payments: max(whole, 1), payment: payment)
  }

  /// A part of a payment that is rounding and not a payment of its own.
  private static let sliver = Decimal128(isNegative: false, coefficient: 1, exponent: -6)
}
