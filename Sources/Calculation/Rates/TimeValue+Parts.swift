public import Quantities

/// The interest and principal parts of level payments, and conversions of rates.
extension TimeValue {
  /// IPMT: the interest in one payment.
  public static func interestPart(
    rate: Decimal128, period: Decimal128, periods: Decimal128, presentValue: Decimal128,
    futureValue: Decimal128 = 0, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try CalculationError.unless(
      period >= 1 && period < periods + 1, .outOfRange, "per",
      "The period must be from 1 to the number of periods.")
    let payment = try payment(
      rate: rate, periods: periods, presentValue: presentValue, futureValue: futureValue,
      timing: timing)
    if timing == .end {
      let balance = try self.futureValue(
        rate: rate, periods: period - 1, payment: payment, presentValue: presentValue)
      return balance * rate
    }
    if period == 1 { return 0 }
    let balance = try self.futureValue(
      rate: rate, periods: period - 2, payment: payment, presentValue: presentValue,
      timing: .beginning)
    return (balance - payment) * rate
  }

  /// PPMT: the principal in one payment.
  public static func principalPart(
    rate: Decimal128, period: Decimal128, periods: Decimal128, presentValue: Decimal128,
    futureValue: Decimal128 = 0, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    let payment = try payment(
      rate: rate, periods: periods, presentValue: presentValue, futureValue: futureValue,
      timing: timing)
    return try payment
      - interestPart(
        rate: rate, period: period, periods: periods, presentValue: presentValue,
        futureValue: futureValue, timing: timing)
  }

  /// CUMIPMT: the interest of the payments from one to another.
  public static func cumulativeInterest(
    rate: Decimal128, periods: Decimal128, presentValue: Decimal128, from first: Int,
    through last: Int, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try cumulative(rate, periods, presentValue, first, last, timing).interest
  }

  /// CUMPRINC: the principal of the payments from one to another.
  public static func cumulativePrincipal(
    rate: Decimal128, periods: Decimal128, presentValue: Decimal128, from first: Int,
    through last: Int, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try cumulative(rate, periods, presentValue, first, last, timing).principal
  }

  private static func cumulative(
    _ rate: Decimal128, _ periods: Decimal128, _ presentValue: Decimal128, _ first: Int,
    _ last: Int, _ timing: PaymentTiming
  ) throws(CalculationError) -> (interest: Decimal128, principal: Decimal128) {
    let count = periods.integerValue ?? 0
    try CalculationLimits.check(count, in: 1...CalculationLimits.flows, "nper")
    try CalculationLimits.check(first, in: 1...count, "start")
    try CalculationLimits.check(last, in: first...count, "end")
    let payment = try payment(
      rate: rate, periods: periods, presentValue: presentValue, timing: timing)
    var capital = presentValue
    var sums = (interest: Decimal128.zero, principal: Decimal128.zero)
    for period in 1...last {
      let isFree = timing == .beginning && period == 1
      let interest = isFree ? .zero : -capital * rate
      let principal = payment - interest
      capital += principal
      if period >= first {
        sums.interest += interest
        sums.principal += principal
      }
    }
    return sums
  }

  /// ISPMT: the interest of one period of a loan repaid in equal parts of principal.
  public static func straightLineInterest(
    rate: Decimal128, period: Decimal128, periods: Decimal128, presentValue: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(rate: rate, periods: periods, amounts: [(presentValue, "pv")])
    return try TimeValueLimits.finite(presentValue * rate * (period / periods - 1), "nper")
  }

  /// EFFECT: the effective annual rate of a nominal one compounded so often a year.
  public static func effective(
    nominal: Decimal128, perYear: Int
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(rate: nominal)
    try CalculationLimits.check(perYear, in: 1...100_000, "npery")
    return try TimeValueLimits.finite(
      (1 + nominal / Decimal128(perYear)).power(perYear) - 1, "nominal")
  }

  /// NOMINAL: the nominal annual rate that compounds to an effective one.
  public static func nominal(
    effective: Decimal128, perYear: Int
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(rate: effective)
    try CalculationLimits.check(perYear, in: 1...100_000, "npery")
    let count = Decimal128(perYear)
    return try TimeValueLimits.finite(
      ((1 + effective).power(1 / count) - 1) * count, "effective")
  }

  /// PDURATION: the periods that a value needs to grow to another.
  public static func growthPeriods(
    rate: Decimal128, presentValue: Decimal128, futureValue: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: rate, amounts: [(presentValue, "pv"), (futureValue, "fv")])
    try CalculationError.unless(
      presentValue > 0 && futureValue > 0 && !rate.isZero, .outOfRange, "pv",
      "Both values must be above zero and the rate other than zero.")
    return try TimeValueLimits.finite(
      (futureValue / presentValue).naturalLogarithm() / (1 + rate).naturalLogarithm())
  }

  /// RRI: the rate at which a value grows to another.
  public static func growthRate(
    periods: Decimal128, presentValue: Decimal128, futureValue: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      periods: periods, amounts: [(presentValue, "pv"), (futureValue, "fv")])
    let quotient = futureValue / presentValue
    try CalculationError.unless(
      periods > 0 && quotient.isFinite && quotient >= 0, .outOfRange, "nper",
      "The periods must be above zero and the values of one sign.")
    if quotient.isZero { return -1 }
    return try TimeValueLimits.finite(quotient.power(1 / periods) - 1, "nper")
  }

  /// FVSCHEDULE: an amount grown at one rate after another.
  public static func futureValue(
    of principal: Decimal128, rates: [Decimal128]
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.check(rates, atMost: CalculationLimits.flows, "rates")
    try TimeValueLimits.check(amounts: [(principal, "principal")])
    var value = principal
    for rate in rates {
      try TimeValueLimits.check(rate: rate)
      value *= 1 + rate
    }
    return try TimeValueLimits.finite(value, "rates")
  }
}
