import Quantities

/// The level payment that pays a loan off: the exact solution of
/// P = Σ A·Π 1/(1 + r·τ) + B·Π 1/(1 + r·τ), rounded once.
enum LevelPayment {
  /// The payment in minor units.
  ///
  /// A quick solution in binary decides the rounding wherever it is not close to a tie; close to
  /// one the solution is computed again in 34 digits.
  ///
  /// - Parameters:
  ///   - principal: minor units owed at the start.
  ///   - balloon: minor units left after the last payment.
  ///   - interest: the rate.
  ///   - periods: the parts of a year between payments, one for each payment.
  ///   - rule: how the payment is rounded.
  static func minorUnits(
    principal: Int64, balloon: Int64, _ interest: PeriodicInterest,
    _ periods: ArraySlice<YearFraction>, _ rule: Rounding
  ) throws(CalculationError) -> Int64 {
    let rate = interest.double
    var growth = 1.0
    var sum = 0.0
    // Most periods are as long as the one before: only another length is divided out again.
    var (last, factor) = (YearFraction(0, 1), 1.0)
    for period in periods {
      if period.numerator != last.numerator || period.denominator != last.denominator {
        (last, factor) = (period, 1 + rate * period.double)
      }
      growth *= factor
      sum = sum * factor + 1
    }
    guard growth > 0, sum > 0, growth.isFinite, sum.isFinite else {
      throw CalculationError(
        .noSolution, "annualRate", "No level payment pays this loan back at this rate.")
    }
    let payment = (Double(principal) * growth - Double(balloon)) / sum
    if let clear = try rounded(payment, terms: periods.count, rule) { return clear }
    return try exact(
      solution(
        principal: Decimal128(Int(principal)), balloon: Decimal128(Int(balloon)),
        rate: interest.decimal, periods),
      rule)
  }

  /// The payment of a loan with equal periods, without listing them.
  static func minorUnits(
    principal: Int64, _ interest: PeriodicInterest, perYear: Int, count: Int, _ rule: Rounding
  ) throws(CalculationError) -> Int64 {
    let rate = interest.double / Double(perYear)
    let shrunk =
      -Elementary.exponentialMinusOne(-Double(count) * Elementary.logarithmOfOnePlus(rate))
    let payment = rate == 0 ? Double(principal) / Double(count) : Double(principal) * rate / shrunk
    if let clear = try rounded(payment, terms: count, rule) { return clear }
    let solved = try TimeValue.payment(
      rate: interest.decimal / Decimal128(perYear), periods: Decimal128(count),
      presentValue: Decimal128(Int(-principal)))
    return try exact(solved, rule)
  }

  /// A payment rounded to a whole number, or nil where a binary solution is too close to a tie to
  /// decide.
  private static func rounded(
    _ payment: Double, terms: Int, _ rule: Rounding
  ) throws(CalculationError) -> Int64? {
    guard abs(payment) < Double(CalculationLimits.greatestMinorUnits) else {
      throw CalculationError(.outOfRange, "annualRate", "The payment is too large.")
    }
    let uncertainty = (abs(payment) + 1) * Double(terms + 8) * 1e-15
    let below = payment.rounded(.down)
    let part = payment - below
    let isClear =
      part > uncertainty && part < 1 - uncertainty && abs(part - 0.5) > uncertainty
    guard isClear else { return nil }
    let whole = Int64(below)
    switch rule {
    case .halfUp, .halfEven, .halfDown: return part > 0.5 ? whole + 1 : whole
    case .up: return payment > 0 ? whole + 1 : whole
    case .down: return payment > 0 ? whole : whole + 1
    case .ceiling: return whole + 1
    case .floor: return whole
    }
  }

  /// A payment solved in decimal, rounded.
  private static func exact(
    _ payment: Decimal128, _ rule: Rounding
  ) throws(CalculationError) -> Int64 {
    guard payment.isFinite, let whole = payment.rounded(scale: 0, rule).integerValue else {
      throw CalculationError(
        .noSolution, "annualRate", "No level payment pays this loan back at this rate.")
    }
    return Int64(whole)
  }

  /// The unrounded payment.
  static func solution(
    principal: Decimal128, balloon: Decimal128, rate: Decimal128,
    _ periods: ArraySlice<YearFraction>
  ) -> Decimal128 {
    var growth = Decimal128.one
    var sum = Decimal128.zero
    for period in periods {
      let factor =
        1 + rate * Decimal128(Int(period.numerator))
        / Decimal128(Int(period.denominator))
      growth *= factor
      sum = sum * factor + 1
    }
    return (principal * growth - balloon) / sum
  }

  /// A payment brought to a multiple of so many minor units.
  static func multiple(
    _ payment: Int64, of step: Int64, _ rule: Rounding
  ) -> Int64 {
    step <= 1 ? payment : RoundedQuotient.of(payment, step, rule) * step
  }
}
