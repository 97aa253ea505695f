import Quantities

/// The interest of single periods in whole minor units: balance × rate × part of a year, the
/// part of a year a decimal of 34 digits, the product exact and rounded once.
struct PeriodicInterest {
  /// The rate's digits as a whole number.
  let rate: Int64
  /// The power of ten below those digits.
  let divisor: Int64
  let rounding: Rounding

  /// Interest at a rate that has at most `CalculationLimits.rateDigits` digits after the point.
  init(annualRate: Decimal128, rounding: Rounding, field: String) throws(CalculationError) {
    try CalculationLimits.checkRate(annualRate, field)
    let rate = annualRate.normalized
    let digits = max(0, -rate.exponent)
    try CalculationError.unless(
      digits <= CalculationLimits.rateDigits, .precision, field,
      "A rate has at most \(CalculationLimits.rateDigits) digits after the point.")
    var divisor: Int64 = 1
    for _ in 0..<digits { divisor *= 10 }
    self.divisor = divisor
    let scaled = (rate * Decimal128(Int(divisor))).integerValue ?? 0
    self.rate = Int64(scaled)
    self.rounding = rounding
  }

  /// The annual rate as it was given.
  var decimal: Decimal128 { Decimal128(Int(rate)) / Decimal128(Int(divisor)) }

  /// The rate in binary, for solving.
  var double: Double { Double(rate) / Double(divisor) }

  /// The interest on a balance over a part of a year.
  @inline(__always)
  func interest(
    on balance: Int64, over fraction: YearFraction
  ) throws(CalculationError) -> Int64 {
    let (weight, isWide) = rate.multipliedReportingOverflow(by: fraction.numerator)
    let (below, isLong) = divisor.multipliedReportingOverflow(by: fraction.denominator)
    let (product, isTooWide) = balance.multipliedReportingOverflow(by: weight)
    if !(isWide || isLong || isTooWide), below <= Int64.max / 2 {
      let interest = RoundedQuotient.of(product, below, rounding) { fraction.decimalBias }
      if interest.magnitude <= UInt64(PeriodicInterest.greatest) { return interest }
    }
    return try wideInterest(on: balance, over: fraction)
  }

  @inline(never)
  private func wideInterest(
    on balance: Int64, over fraction: YearFraction
  ) throws(CalculationError) -> Int64 {
    let weight = Int128(rate) * Int128(fraction.numerator)
    let below = Int128(divisor) * Int128(fraction.denominator)
    let (product, isTooWide) = Int128(balance).multipliedReportingOverflow(by: weight)
    let tie = { fraction.decimalBias }
    guard !isTooWide, let interest = RoundedQuotient.of(product, below, rounding, tie: tie),
      interest.magnitude <= UInt64(PeriodicInterest.greatest)
    else {
      throw CalculationError(
        .outOfRange, "amount", "The interest is larger than this calculation keeps exactly.")
    }
    return interest
  }

  /// No interest is larger; sums of a schedule's rows stay below 64 bits.
  private static let greatest = CalculationLimits.greatestMinorUnits
}
