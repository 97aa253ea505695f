public import Quantities

/// The table by which a client can audit a present value or an internal rate: each amount, its
/// time, and what it is worth at the rate.
public struct DiscountProof: Sendable, Hashable {
  /// One line of the table.
  public struct Line: Sendable, Hashable {
    /// The flow.
    public let flow: TimedAmount
    /// What the amount is divided by: (1 + rate)^time.
    public let divisor: Decimal128
    /// The amount's value.
    public let discounted: Decimal128
  }

  /// The rate of the formula; of an internal rate to 30 digits.
  public let rate: Decimal128

  /// The flows in order.
  public let lines: [Line]

  /// The sum of the values: a present value, or what an internal rate leaves.
  public let sum: Decimal128

  /// Flows of one table; longer series have none.
  public static let greatestFlows = 1_200

  /// The table of a present value; nil for more flows than a table has.
  public init?(rate: Decimal128, _ flows: [TimedAmount]) {
    guard flows.count <= DiscountProof.greatestFlows else { return nil }
    self.rate = rate
    (lines, sum, _) = DiscountProof.discount(rate, flows)
  }

  /// The table of an internal rate, which is refined until nothing is left; nil for more flows
  /// than a table has.
  public init?(solving rate: Decimal128, _ flows: [TimedAmount]) {
    guard flows.count <= DiscountProof.greatestFlows else { return nil }
    var best = (rate: rate, lines: [Line](), sum: Decimal128.infinity)
    var candidate = rate
    for _ in 0..<DiscountProof.refinements {
      let (lines, sum, slope) = DiscountProof.discount(candidate, flows)
      guard sum.magnitude < best.sum.magnitude else { break }
      best = (candidate, lines, sum)
      let next = candidate - sum / slope
      guard next.isFinite, next > -1, sum.magnitude >= DiscountProof.enough else { break }
      candidate = next.rounded(scale: 30)
    }
    self.rate = best.rate
    lines = best.lines
    sum = best.sum
  }

  private static let refinements = 6
  private static let enough = Decimal128(isNegative: false, coefficient: 1, exponent: -12)

  /// The lines at a rate, their sum, and the sum's derivative.
  private static func discount(
    _ rate: Decimal128, _ flows: [TimedAmount]
  ) -> (lines: [Line], sum: Decimal128, slope: Decimal128) {
    let base = 1 + rate
    let growth = base.naturalLogarithm()
    var lines: [Line] = []
    lines.reserveCapacity(flows.count)
    var (sum, slope) = (Decimal128.zero, Decimal128.zero)
    for flow in flows {
      let divisor =
        flow.years.integerValue.map { base.power($0) } ?? (growth * flow.years).exponential()
      let discounted = flow.amount / divisor
      sum += discounted
      slope -= flow.years * discounted / base
      lines.append(Line(flow: flow, divisor: divisor, discounted: discounted))
    }
    return (lines, sum, slope)
  }
}

extension TimedAmount {
  /// Amounts one period apart; their times are periods.
  public static func periodic(_ amounts: [Decimal128], first: Int = 0) -> [TimedAmount] {
    amounts.enumerated().map {
      TimedAmount(years: Decimal128(first + $0.offset), amount: $0.element)
    }
  }

  /// Dated amounts, their years counted from a day.
  public static func dated(
    _ flows: [CashFlow], from start: CalendarDate, _ dayCount: DayCount
  ) -> [TimedAmount] {
    flows.map {
      TimedAmount(
        years: dayCount.fraction(from: start, to: $0.date).decimal, amount: $0.amount)
    }
  }
}
