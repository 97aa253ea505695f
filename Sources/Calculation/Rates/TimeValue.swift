public import Quantities

/// The time-value functions of spreadsheets (OASIS OpenFormula 1.2, 6.12), in decimal.
///
/// Sign convention: money paid is negative, money received positive; the present value, the
/// payments and the future value of one contract sum to nothing at the rate. A rate is one
/// period's.
public enum TimeValue {
  /// FV: the amount at the end.
  public static func futureValue(
    rate: Decimal128, periods: Decimal128, payment: Decimal128, presentValue: Decimal128 = 0,
    timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: rate, periods: periods, amounts: [(payment, "pmt"), (presentValue, "pv")])
    let shift = timing == .beginning ? 1 + rate : 1
    return try TimeValueLimits.finite(
      -(presentValue * CompoundFactor.growth(rate, periods)
        + payment * shift * CompoundFactor.annuity(rate, periods)))
  }

  /// PV: the amount at the beginning.
  public static func presentValue(
    rate: Decimal128, periods: Decimal128, payment: Decimal128, futureValue: Decimal128 = 0,
    timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: rate, periods: periods, amounts: [(payment, "pmt"), (futureValue, "fv")])
    let shift = timing == .beginning ? 1 + rate : 1
    return try TimeValueLimits.finite(
      -(futureValue + payment * shift * CompoundFactor.annuity(rate, periods))
        / CompoundFactor.growth(rate, periods))
  }

  /// PMT: the level payment.
  public static func payment(
    rate: Decimal128, periods: Decimal128, presentValue: Decimal128,
    futureValue: Decimal128 = 0, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: rate, periods: periods, amounts: [(presentValue, "pv"), (futureValue, "fv")])
    try CalculationError.unless(
      !periods.isZero, .outOfRange, "nper", "There must be a period to pay in.")
    let shift = timing == .beginning ? 1 + rate : 1
    return try TimeValueLimits.finite(
      -(presentValue * CompoundFactor.growth(rate, periods) + futureValue)
        / (shift * CompoundFactor.annuity(rate, periods)))
  }

  /// NPER: the number of periods.
  ///
  /// - Throws: `pmt: noSolution` when the payments never reach the future value.
  public static func periods(
    rate: Decimal128, payment: Decimal128, presentValue: Decimal128,
    futureValue: Decimal128 = 0, timing: PaymentTiming = .end
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: rate,
      amounts: [(payment, "pmt"), (presentValue, "pv"), (futureValue, "fv")])
    if rate.isZero {
      return try TimeValueLimits.finite(-(presentValue + futureValue) / payment, "pmt")
    }
    let shifted = payment * (timing == .beginning ? 1 + rate : 1)
    let quotient = (shifted - futureValue * rate) / (shifted + presentValue * rate)
    try CalculationError.unless(
      quotient.isFinite && quotient > 0, .noSolution, "pmt",
      "These payments never reach the future value.")
    return try TimeValueLimits.finite(
      quotient.naturalLogarithm() / (1 + rate).naturalLogarithm(), "pmt")
  }

  /// RATE: the rate of one period nearest to a guess, refined in decimal.
  ///
  /// - Throws: `nper: noSolution` when no rate balances the values.
  public static func rate(
    periods: Decimal128, payment: Decimal128, presentValue: Decimal128,
    futureValue: Decimal128 = 0, timing: PaymentTiming = .end,
    guess: Decimal128 = Decimal128(isNegative: false, coefficient: 1, exponent: -1)
  ) throws(CalculationError) -> Decimal128 {
    try TimeValueLimits.check(
      rate: guess, periods: periods,
      amounts: [(payment, "pmt"), (presentValue, "pv"), (futureValue, "fv")])
    try CalculationError.unless(
      periods > 0, .outOfRange, "nper", "The number of periods must be above zero.")
    let equation = RateEquation(
      periods: periods.doubleValue, payment: payment.doubleValue,
      present: presentValue.doubleValue, future: futureValue.doubleValue,
      isAtBeginning: timing == .beginning)
    guard
      let root = RootFinder.root(
        near: guess.doubleValue, in: RateEquation.rates, reach: 0.02, equation.value)
    else {
      throw CalculationError(.noSolution, "nper", "No rate balances these values.")
    }
    return Decimal128(root).rounded(scale: 18)
  }
}

/// What RATE solves, in binary.
private struct RateEquation {
  static let rates = -0.999_999...1_000.0
  let periods: Double
  let payment: Double
  let present: Double
  let future: Double
  let isAtBeginning: Bool

  func value(_ rate: Double) -> (value: Double, slope: Double) {
    let gain = Elementary.exponentialMinusOne(periods * Elementary.logarithmOfOnePlus(rate))
    let growth = 1 + gain
    let growthSlope = periods * growth / (1 + rate)
    let annuity: Double
    let annuitySlope: Double
    if abs(rate) < 1e-7 {
      annuity = periods * (1 + (periods - 1) / 2 * rate)
      annuitySlope = periods * (periods - 1) / 2
    } else {
      annuity = gain / rate
      annuitySlope = (growthSlope - annuity) / rate
    }
    let shift = isAtBeginning ? 1 + rate : 1
    let value = present * growth + payment * shift * annuity + future
    var slope = present * growthSlope + payment * shift * annuitySlope
    if isAtBeginning { slope += payment * annuity }
    return (value, slope)
  }
}
