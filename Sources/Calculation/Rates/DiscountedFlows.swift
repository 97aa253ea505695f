import Quantities

/// How a law discounts the part of a period.
enum PartialPeriod: Sendable, Hashable {
  /// (1 + x)^(k/m + d/n): the exponent carries the part (European Union).
  case compound(perYear: Int)
  /// (1 + f·i)·(1 + i)^t: simple interest over the part (United States, Russia).
  case simple
}

/// Flows with their times in one law's measure, ready to be discounted again and again.
struct DiscountedFlows {
  /// One flow in time.
  struct Term {
    let amount: Double
    let whole: Int32
    /// Which of the distinct parts of a period this flow has.
    let part: Int32
  }

  let law: PartialPeriod
  private var terms: [Term] = []
  private var parts: [(numerator: Int, denominator: Int)] = [(0, 1)]
  /// The sum of what is received.
  private(set) var received = 0.0
  /// The sum of what is paid.
  private(set) var paid = 0.0
  /// The sum of the amounts times their periods.
  private(set) var weighted = 0.0

  init(_ law: PartialPeriod, capacity: Int) {
    self.law = law
    terms.reserveCapacity(capacity)
  }

  /// What flows are measured and checked by.
  struct Frame {
    /// The day that time is counted from.
    let start: CalendarDate
    let measure: LegalMeasure
    /// The input that errors name.
    let field: String
    /// 1 for what is paid, −1 for what is received, both written without sign; 0 where the amounts
    /// carry their signs.
    let sign: Double
    fileprivate let first: CivilDate
    fileprivate let latest: Int

    init(
      from start: CalendarDate, _ measure: LegalMeasure, _ field: String, sign: Double
    ) throws(CalculationError) {
      try CalculationLimits.checkDate(start, field)
      (self.start, self.measure, self.field, self.sign) = (start, measure, field, sign)
      first = CivilDate(start)
      latest = min(
        first.year + CalculationLimits.years, CalculationLimits.calendarYears.upperBound)
    }
  }

  /// Adds flows, checking each.
  mutating func append(_ flows: [CashFlow], in frame: Frame) throws(CalculationError) {
    try CalculationLimits.check(flows, atMost: CalculationLimits.flows, frame.field)
    for flow in flows { try append(flow.amount.doubleValue, on: flow.date, frame) }
  }

  /// Adds what a borrower pays, checking each payment.
  mutating func append(_ repayments: Repayments, in frame: Frame) throws(CalculationError) {
    switch repayments {
    case .flows(let flows): try append(flows, in: frame)
    case .schedule(let rows, let each, let first):
      if !first.isEmpty { try append(first, in: frame) }
      try CalculationLimits.check(rows, atMost: CalculationLimits.flows, frame.field)
      let unit = rows.first.map { MoneyRounding.unit(decimals: Int($0.decimals)) } ?? 1
      for row in rows {
        try append(row.binaryPayment(with: each, unit: unit), on: row.due, frame)
      }
    }
  }

  @inline(__always)
  private mutating func append(
    _ written: Double, on day: CalendarDate, _ frame: Frame
  ) throws(CalculationError) {
    let date = CivilDate(day)
    // In binary the bound is soft by one part in 10^16, which is no matter.
    guard abs(written) <= 1e18, frame.sign == 0 || written >= 0 else {
      throw CalculationError(
        .outOfRange, frame.field,
        "An amount must be at most \(CashFlow.greatest), and advances and payments without a sign.")
    }
    guard !(date < frame.first) else {
      throw CalculationError(
        .order, frame.field,
        "A flow on \(day) lies before the first advance on \(frame.start).")
    }
    guard date.year <= frame.latest else {
      throw CalculationError(
        .outOfRange, frame.field, "Flows must lie within \(CalculationLimits.years) years.")
    }
    let amount = frame.sign < 0 ? -written : written
    let interval = frame.measure.interval(from: frame.first, to: date)
    terms.append(
      Term(
        amount: amount, whole: Int32(truncatingIfNeeded: interval.whole),
        part: partIndex(interval)))
    if amount < 0 { received -= amount } else { paid += amount }
    weighted += amount * (Double(interval.whole) + 0.5)
  }

  @inline(__always)
  private mutating func partIndex(_ interval: LegalInterval) -> Int32 {
    interval.part == 0 ? 0 : distinctPart(interval)
  }

  @inline(never)
  private mutating func distinctPart(_ interval: LegalInterval) -> Int32 {
    for index in parts.indices.suffix(8).reversed()
    where parts[index] == (interval.part, interval.partOf) { return Int32(index) }
    parts.append((interval.part, interval.partOf))
    return Int32(parts.count - 1)
  }

  /// The value at a rate and its derivative.
  ///
  /// - Parameter x: for `compound` the continuous annual rate ln(1 + X); for `simple` the rate of
  ///   one period.
  func value(_ x: Double) -> (value: Double, slope: Double) {
    switch law {
    case .compound(let perYear): compoundValue(x, Double(perYear))
    case .simple: simpleValue(x)
    }
  }

  private func compoundValue(_ y: Double, _ perYear: Double) -> (Double, Double) {
    let step = Elementary.exponential(-y / perYear)
    let period = 1 / perYear
    let partTimes = parts.map { Double($0.numerator) / Double($0.denominator) }
    let partFactors = partTimes.map { $0 == 0 ? 1 : Elementary.exponential(-y * $0) }
    var value = 0.0
    var slope = 0.0
    var running = WholePower(step)
    for term in terms {
      let part = Int(term.part)
      let discounted = term.amount * running.power(term.whole) * partFactors[part]
      value += discounted
      slope -= discounted * (Double(term.whole) * period + partTimes[part])
    }
    return (value, slope)
  }

  private func simpleValue(_ i: Double) -> (Double, Double) {
    let base = 1 / (1 + i)
    let fractions = parts.map { Double($0.numerator) / Double($0.denominator) }
    let factors = fractions.map { 1 / (1 + $0 * i) }
    var value = 0.0
    var slope = 0.0
    var running = WholePower(base)
    for term in terms {
      let part = Int(term.part)
      let discounted = term.amount * running.power(term.whole) * factors[part]
      value += discounted
      slope -= discounted * (Double(term.whole) * base + fractions[part] * factors[part])
    }
    return (value, slope)
  }
}

/// Powers of one number with exponents that mostly go up by one: each is one product.
private struct WholePower {
  private let base: Double
  private var exponent: Int32 = 0
  private var current = 1.0

  init(_ base: Double) { self.base = base }

  @inline(__always)
  mutating func power(_ next: Int32) -> Double {
    if next == exponent { return current }
    if next == exponent &+ 1 {
      current *= base
    } else {
      current = Elementary.power(base, Double(next))
    }
    exponent = next
    return current
  }
}
