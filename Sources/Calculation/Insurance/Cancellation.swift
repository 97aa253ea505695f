public import Quantities

/// How the unearned premium of a cancelled policy is found.
public enum RefundMethod: Sendable, Hashable {
  /// Day by day.
  case proRata
  /// Day by day, less a part of the unearned premium as penalty: 0.1 is "short rate, 90 %".
  case shortRate(penalty: Decimal128)
  /// Day by day, less a fee.
  case proRataLessFee(Decimal128)
  /// A month that has begun is fully earned.
  case startedMonths
}

/// What is paid back when a policy is cancelled; the day of cancellation is not charged.
public struct CancellationRefund: Sendable, Hashable {
  /// What is paid back, rounded half up.
  public let refund: Decimal128

  /// What the insurer keeps; refund and earned premium sum to the premium.
  public let earned: Decimal128

  /// The refund by days.
  ///
  /// - Throws: `method: unsupported` for started months, which need dates.
  public init(
    premium: Decimal128, daysInForce: Int, termDays: Int, method: RefundMethod,
    rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(termDays, in: 1...CalculationLimits.years * 366, "termDays")
    try CalculationLimits.check(daysInForce, in: 0...termDays, "daysInForce")
    let unearned = premium * Decimal128(termDays - daysInForce)
    switch method {
    case .proRata:
      try self.init(premium, unearned / Decimal128(termDays), rounding)
    case .shortRate(let penalty):
      try CalculationLimits.check(penalty, in: 0...1, "penalty")
      try self.init(premium, unearned * (1 - penalty) / Decimal128(termDays), rounding)
    case .proRataLessFee(let fee):
      try CalculationLimits.check(fee, in: 0...CashFlow.greatest, "fee")
      try self.init(premium, unearned / Decimal128(termDays) - fee, rounding)
    case .startedMonths:
      throw CalculationError(
        .unsupported, "method", "Started months need the dates of the policy.")
    }
  }

  /// The refund by dates.
  public init(
    premium: Decimal128, start: CalendarDate, end: CalendarDate, cancelled: CalendarDate,
    method: RefundMethod, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(end, "end")
    try CalculationError.unless(
      start < end, .order, "end", "The end must be after the start.")
    try CalculationError.unless(
      start <= cancelled && cancelled <= end, .outOfRange, "cancelDate",
      "The day of cancellation must lie within the policy's term.")
    guard method == .startedMonths else {
      try self.init(
        premium: premium, daysInForce: start.days(until: cancelled),
        termDays: start.days(until: end), method: method, rounding: rounding)
      return
    }
    let term = CancellationRefund.startedMonths(from: start, to: end)
    let begun = CancellationRefund.startedMonths(from: start, to: cancelled)
    try self.init(premium, premium * Decimal128(term - begun) / Decimal128(term), rounding)
  }

  private init(
    _ premium: Decimal128, _ refund: Decimal128, _ rounding: MoneyRounding
  ) throws(CalculationError) {
    try CalculationLimits.check(premium, in: 0...CashFlow.greatest, "premium")
    self.refund = rounding.rounded(max(refund, 0))
    earned = premium - self.refund
  }

  /// The months begun before a day, counted from a start.
  private static func startedMonths(from start: CalendarDate, to end: CalendarDate) -> Int {
    let whole = (end.year - start.year) * 12 + end.month - start.month
    // The month that begins on the day itself has not been used.
    for months in stride(from: whole + 1, through: 1, by: -1)
    where start.adding(months: months - 1, anchorDay: start.day) < end {
      return months
    }
    return 0
  }
}
