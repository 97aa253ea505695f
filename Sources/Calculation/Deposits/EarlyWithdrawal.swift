public import Quantities

/// What leaving a term deposit before maturity costs.
public enum EarlyWithdrawalRule: Sendable, Hashable {
  /// The deposit grew daily at a 365th of its rate; simple interest of so many days on the
  /// principal is taken back, and may eat principal.
  case penaltyDays(Int)
  /// The interest is computed again from the first day, simple, at the rate of demand deposits.
  case demandRate(Decimal128, DayCount)
}

/// What a depositor gets on leaving early.
public struct EarlyWithdrawal: Sendable, Hashable {
  /// What is paid out.
  public let payout: Decimal128

  /// The interest kept.
  public let interest: Decimal128

  /// What was taken back; zero under a demand rate.
  public let penalty: Decimal128

  /// The settlement of a deposit left after a number of days.
  ///
  /// - Throws: `daysHeld: outOfRange` beyond the term.
  public init(
    principal: Decimal128, annualRate: Decimal128, termDays: Int, daysHeld: Int,
    rule: EarlyWithdrawalRule, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try DepositGrowth.check(principal, annualRate)
    try CalculationLimits.check(termDays, in: 1...CalculationLimits.years * 366, "termDays")
    try CalculationLimits.check(daysHeld, in: 0...termDays, "daysHeld")
    switch rule {
    case .penaltyDays(let days):
      try CalculationLimits.check(days, in: 0...CalculationLimits.years * 366, "penaltyDays")
      let growth = (1 + annualRate / 365).power(daysHeld)
      let value = try TimeValueLimits.finite(principal * growth, "annualRate")
      let taken = principal * annualRate * Decimal128(days) / 365
      penalty = rounding.rounded(taken)
      payout = max(rounding.rounded(value - taken), 0)
      interest = payout - principal
    case .demandRate(let rate, let dayCount):
      try CalculationLimits.checkRate(rate, "demandRate")
      let fraction = try EarlyWithdrawal.fraction(days: daysHeld, dayCount)
      penalty = 0
      interest = rounding.rounded(principal * rate * fraction)
      payout = principal + interest
    }
  }

  /// The part of a year of a number of days where the dates are not known.
  private static func fraction(
    days: Int, _ dayCount: DayCount
  ) throws(CalculationError) -> Decimal128 {
    let yearLength: Decimal128
    switch dayCount {
    case .actual360: yearLength = 360
    case .actual364: yearLength = 364
    case .actual365: yearLength = 365
    case .actual36525: yearLength = Decimal128(isNegative: false, coefficient: 36_525, exponent: -2)
    default:
      throw CalculationError(
        .unsupported, "dayCount", "A number of days needs a day count over a fixed year.")
    }
    return Decimal128(days) / yearLength
  }
}
