public import Quantities

/// What a deposit becomes.
public struct DepositGrowth: Sendable, Hashable {
  /// The amount at maturity.
  public let maturityValue: Decimal128

  /// The interest earned.
  public let interest: Decimal128

  /// The effective annual rate, 0.05 = 5 %; nil where none is defined.
  public let effectiveAnnualRate: Decimal128?
}

/// Growth by formula, unrounded.
extension DepositGrowth {
  /// Compound interest: principal × (1 + rate/m)^(m × years).
  ///
  /// - Parameters:
  ///   - perYear: how often a year interest is compounded.
  ///   - years: the term.
  public static func compound(
    principal: Decimal128, annualRate: Decimal128, perYear: Int, years: Decimal128
  ) throws(CalculationError) -> DepositGrowth {
    try check(principal, annualRate)
    try CalculationLimits.check(perYear, in: 1...366, "compoundingPerYear")
    try CalculationLimits.check(years, in: 0...Decimal128(CalculationLimits.years), "years")
    let count = Decimal128(perYear)
    let growth = CompoundFactor.growth(annualRate / count, count * years)
    let effective = (1 + annualRate / count).power(perYear) - 1
    return try result(principal, growth, effective)
  }

  /// Compound interest over months, compounded every so many of them:
  /// principal × (1 + rate × k/12)^(months/k).
  public static func compound(
    principal: Decimal128, annualRate: Decimal128, months: Int, everyMonths: Int
  ) throws(CalculationError) -> DepositGrowth {
    try check(principal, annualRate)
    try CalculationLimits.check(months, in: 1...CalculationLimits.years * 12, "months")
    try CalculationLimits.check(everyMonths, in: 1...1_200, "compoundingEveryMonths")
    let step = Decimal128(everyMonths)
    let rate = annualRate * step / 12
    let growth = CompoundFactor.growth(rate, Decimal128(months) / step)
    return try result(principal, growth, CompoundFactor.growth(rate, 12 / step) - 1)
  }

  /// Simple interest over days: principal × (1 + rate × part of a year).
  public static func simple(
    principal: Decimal128, annualRate: Decimal128, from start: CalendarDate,
    to end: CalendarDate, dayCount: DayCount = .actual365
  ) throws(CalculationError) -> DepositGrowth {
    try check(principal, annualRate)
    try CalculationLimits.checkDate(start, "start")
    try CalculationLimits.checkDate(end, "end")
    try CalculationError.unless(
      start < end, .order, "end", "The end must be after the start.")
    let growth = 1 + annualRate * dayCount.fraction(from: start, to: end).decimal
    let effective = try EffectiveYield.annual(
      growth: growth, days: Decimal128(start.days(until: end)))
    return try result(principal, growth, effective)
  }

  /// Equal monthly contributions beside the principal.
  ///
  /// - Parameters:
  ///   - timing: whether a contribution stands at the beginning or the end of its month.
  ///   - perYear: how often a year interest is compounded; a month has the equivalent rate.
  public static func withContributions(
    principal: Decimal128, monthly: Decimal128, annualRate: Decimal128, months: Int,
    timing: PaymentTiming = .end, perYear: Int = 12
  ) throws(CalculationError) -> DepositGrowth {
    try check(principal, annualRate)
    try CalculationLimits.check(monthly, in: 0...CashFlow.greatest, "monthlyContribution")
    try CalculationLimits.check(months, in: 1...CalculationLimits.years * 12, "months")
    try CalculationLimits.check(perYear, in: 1...366, "compoundingPerYear")
    let count = Decimal128(perYear)
    let rate =
      perYear == 12
      ? annualRate / 12 : (1 + annualRate / count).power(count / 12) - 1
    let final = try TimeValue.futureValue(
      rate: rate, periods: Decimal128(months), payment: -monthly, presentValue: -principal,
      timing: timing)
    return DepositGrowth(
      maturityValue: final, interest: final - principal - monthly * Decimal128(months),
      effectiveAnnualRate: try TimeValueLimits.finite((1 + rate).power(12) - 1))
  }

  static func check(
    _ principal: Decimal128, _ annualRate: Decimal128
  ) throws(CalculationError) {
    try CalculationLimits.check(principal, in: 0...CashFlow.greatest, "principal")
    try CalculationLimits.checkRate(annualRate, "annualRate")
  }

  private static func result(
    _ principal: Decimal128, _ growth: Decimal128, _ effective: Decimal128
  ) throws(CalculationError) -> DepositGrowth {
    let value = try TimeValueLimits.finite(principal * growth, "annualRate")
    return DepositGrowth(
      maturityValue: value, interest: value - principal,
      effectiveAnnualRate: try TimeValueLimits.finite(effective, "annualRate"))
  }
}
