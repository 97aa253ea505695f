public import Quantities

/// An amount at a time in years, or in periods of a series, from the day that values are counted
/// on.
public struct TimedAmount: Sendable, Hashable {
  /// Years from the first advance.
  public let years: Decimal128

  /// The amount; which sign means what is said where it is used.
  public let amount: Decimal128

  /// An amount at a time.
  public init(years: Decimal128, amount: Decimal128) {
    self.years = years
    self.amount = amount
  }
}

/// The equation of the annual percentage rate of charge with times that are given in years
/// (Directive (EU) 2023/2225, Annex III, part I).
public enum RateEquationEU {
  /// The rate X with Σ C·(1 + X)^−t = Σ D·(1 + X)^−s, to 12 digits after the point.
  public static func rate(
    drawdowns: [TimedAmount], payments: [TimedAmount]
  ) throws(CalculationError) -> Decimal128 {
    try check(drawdowns, "drawdowns")
    try check(payments, "payments")
    let flows =
      drawdowns.map { (-$0.amount.doubleValue, $0.years.doubleValue) }
      + payments.map { ($0.amount.doubleValue, $0.years.doubleValue) }
    let root = RootFinder.root(near: 0.1, in: -25...25) { rate in
      var value = 0.0
      var slope = 0.0
      for (amount, time) in flows {
        let discounted = amount * Elementary.exponential(-rate * time)
        value += discounted
        slope -= time * discounted
      }
      return (value, slope)
    }
    guard let root else {
      throw CalculationError(.noSolution, "payments", "No rate makes these amounts balance.")
    }
    return Decimal128(Elementary.exponentialMinusOne(root))
      .rounded(scale: CalculationLimits.rateDigits)
  }

  private static func check(
    _ amounts: [TimedAmount], _ field: String
  ) throws(CalculationError) {
    try CalculationLimits.check(amounts, atMost: CalculationLimits.flows, field)
    for amount in amounts {
      try CalculationLimits.check(
        amount.years, in: 0...Decimal128(CalculationLimits.years), field)
      try CalculationLimits.check(amount.amount, in: 0...CashFlow.greatest, field)
    }
  }
}
