public import Quantities

/// Present values and internal rates of series of amounts (OASIS OpenFormula 1.2, 6.12).
public enum InternalRate {
  /// A rate that makes flows worth nothing, and whether it is the only one.
  public struct Solution: Sendable, Hashable {
    /// The rate, to 12 digits after the point.
    public let rate: Decimal128

    /// Whether the flows change sign only once, so that no other rate can exist.
    public let isUnique: Bool
  }

  /// NPV: the value of amounts one period apart.
  ///
  /// - Parameter firstPeriod: how many periods the first amount lies in the future; 1 in
  ///   spreadsheets.
  public static func presentValue(
    rate: Decimal128, amounts: [Decimal128], firstPeriod: Int = 1
  ) throws(CalculationError) -> Decimal128 {
    try check(amounts)
    try TimeValueLimits.check(rate: rate)
    try CalculationLimits.check(firstPeriod, in: 0...CalculationLimits.flows, "firstPeriod")
    let base = 1 + rate
    var sum = Decimal128.zero
    for amount in amounts.reversed() { sum = sum / base + amount }
    return try TimeValueLimits.finite(sum / base.power(firstPeriod))
  }

  /// XNPV: the value of dated amounts on the first date, at an effective annual rate.
  public static func presentValue(
    rate: Decimal128, flows: [CashFlow], dayCount: DayCount = .actual365
  ) throws(CalculationError) -> Decimal128 {
    _ = try CashFlow.amounts(flows, "flows")
    try TimeValueLimits.check(rate: rate)
    let start = flows[0].date
    let growth = (1 + rate).naturalLogarithm()
    var factors: [YearFraction: Decimal128] = [:]
    var sum = Decimal128.zero
    for flow in flows {
      let time = dayCount.fraction(from: start, to: flow.date)
      let factor = factors[time] ?? (-(growth * time.decimal)).exponential()
      factors[time] = factor
      sum += flow.amount * factor
    }
    return try TimeValueLimits.finite(sum)
  }

  /// IRR: the rate of one period at which amounts one period apart are worth nothing.
  public static func periodic(
    amounts: [Decimal128],
    guess: Decimal128 = Decimal128(isNegative: false, coefficient: 1, exponent: -1)
  ) throws(CalculationError) -> Solution {
    try check(amounts)
    try TimeValueLimits.check(rate: guess)
    let times = amounts.indices.map { Double($0) }
    return try solve(amounts.map(\.doubleValue), times, guess.doubleValue)
  }

  /// XIRR: the effective annual rate at which dated amounts are worth nothing.
  ///
  /// Time runs from the earliest date by the day count.
  public static func annual(
    flows: [CashFlow], dayCount: DayCount = .actual365,
    guess: Decimal128 = Decimal128(isNegative: false, coefficient: 1, exponent: -1)
  ) throws(CalculationError) -> Solution {
    let amounts = try CashFlow.amounts(flows, "flows")
    try TimeValueLimits.check(rate: guess)
    try CalculationError.unless(
      dayCount != .actualActualICMA, .unsupported, "dayCount",
      "ACT/ACT ICMA needs coupon periods, which cash flows do not have.")
    let order = flows.indices.sorted { (flows[$0].date, $0) < (flows[$1].date, $1) }
    let start = flows[order[0]].date
    let times = order.map { dayCount.fraction(from: start, to: flows[$0].date).double }
    try CalculationError.unless(
      (times.last ?? 0) <= Double(CalculationLimits.years), .outOfRange, "flows",
      "Flows must lie within \(CalculationLimits.years) years.")
    return try solve(order.map { amounts[$0] }, times, guess.doubleValue)
  }

  /// MIRR: the rate that leads from what negative amounts cost to what positive ones become.
  public static func modified(
    amounts: [Decimal128], financeRate: Decimal128, reinvestmentRate: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    let positive = try presentValue(
      rate: reinvestmentRate, amounts: amounts.map { $0 > 0 ? $0 : 0 })
    let negative = try presentValue(
      rate: financeRate, amounts: amounts.map { $0 < 0 ? $0 : 0 })
    try CalculationError.unless(
      positive > 0 && negative < 0 && amounts.count > 1, .noSolution, "amounts",
      "A modified rate needs money paid and money received.")
    let growth =
      -positive * (1 + reinvestmentRate).power(amounts.count) / (negative * (1 + financeRate))
    return try TimeValueLimits.finite(
      growth.power(1 / Decimal128(amounts.count - 1)) - 1, "amounts")
  }

  private static func check(_ amounts: [Decimal128]) throws(CalculationError) {
    try CalculationLimits.check(amounts, atMost: CalculationLimits.flows, "amounts")
    for amount in amounts { try TimeValueLimits.check(amounts: [(amount, "amounts")]) }
  }

  /// The root in the continuous rate ln(1 + r) nearest to a guess.
  private static func solve(
    _ values: [Double], _ times: [Double], _ guess: Double
  ) throws(CalculationError) -> Solution {
    var changes = 0
    var last = 0.0
    for value in values where value != 0 {
      if last != 0, (value < 0) != (last < 0) { changes += 1 }
      last = value
    }
    guard changes > 0 else {
      throw CalculationError(
        .noSolution, "amounts", "A rate needs amounts of both signs.")
    }
    let root = RootFinder.root(
      near: Elementary.logarithmOfOnePlus(guess), in: continuousRates, reach: 0.02,
      isUnique: changes == 1
    ) { rate in
      var value = 0.0
      var slope = 0.0
      for index in values.indices {
        let discounted = values[index] * Elementary.exponential(-rate * times[index])
        value += discounted
        slope -= times[index] * discounted
      }
      return (value, slope)
    }
    guard let root else {
      throw CalculationError(.noSolution, "amounts", "No rate makes these amounts balance.")
    }
    let rate = Decimal128(Elementary.exponentialMinusOne(root))
    return Solution(
      rate: rate.rounded(scale: CalculationLimits.rateDigits), isUnique: changes == 1)
  }

  /// From −99.99999999 % to beyond a billion per cent.
  private static let continuousRates = -18.0...25.0
}
