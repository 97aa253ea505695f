public import Quantities

/// One line of a proof: a flow, its time, and its value on the first day at the proved rate.
public struct RateProofLine: Sendable, Hashable {
  /// The day of the flow.
  public let date: CalendarDate

  /// Positive what the borrower pays, negative what the borrower gets.
  public let amount: Decimal128

  /// Whole periods from the first day.
  public let wholePeriods: Int

  /// The part of a period (of a year under EU law) that remains.
  public let part: Decimal128

  /// What the amount is divided by.
  public let divisor: Decimal128

  /// The amount's value on the first day.
  public let discounted: Decimal128
}

/// The table by which a client can audit an effective rate: the discounted values sum to nothing.
public struct RateProof: Sendable, Hashable {
  /// The law whose formula the lines follow.
  public let law: RateLaw

  /// The rate of the formula to 30 digits: a year's under EU law, otherwise one period's.
  public let rate: Decimal128

  /// The flows.
  public let lines: [RateProofLine]

  /// What is left when all discounted values are added: below 1e-9.
  public let residual: Decimal128
}

extension EffectiveRate {
  /// The proof table, computed in decimal; the rate is refined there until the residual vanishes.
  public func proof() -> RateProof {
    var rate = periodRate
    var lines: [RateProofLine] = []
    var residual = Decimal128.infinity
    for _ in 0..<EffectiveRate.refinements {
      let (candidate, sum, slope) = discount(rate)
      guard sum.magnitude < residual.magnitude else { break }
      (lines, residual) = (candidate, sum)
      let next = rate - sum / slope
      guard next.isFinite, !sum.isZero else { break }
      if sum.magnitude < EffectiveRate.enough { break }
      rate = next.rounded(scale: 30)
    }
    return RateProof(law: law, rate: rate, lines: lines, residual: residual)
  }

  private static let refinements = 6
  private static let enough = Decimal128(isNegative: false, coefficient: 1, exponent: -12)

  /// The lines at a rate, their sum, and the sum's derivative.
  private func discount(
    _ rate: Decimal128
  ) -> (lines: [RateProofLine], sum: Decimal128, slope: Decimal128) {
    var lines: [RateProofLine] = []
    var sum = Decimal128.zero
    var slope = Decimal128.zero
    let base = 1 + rate
    let perYear = Decimal128(measure.perYear)
    let first = CivilDate(start)
    let flows = advances.map { CashFlow(date: $0.date, amount: -$0.amount) } + payments.flows
    // One period's growth: a year's under EU law is taken apart once.
    let step = law == .euAPRC ? base.power(1 / perYear) : base
    var power = (exponent: 0, value: Decimal128.one)
    var parts: [YearFraction: Decimal128] = [:]
    for flow in flows {
      let interval = measure.interval(from: first, to: CivilDate(flow.date))
      let whole = interval.whole
      if whole != power.exponent {
        power = (whole, whole == power.exponent + 1 ? power.value * step : step.power(whole))
      }
      let part = YearFraction(Int64(interval.part), Int64(interval.partOf))
      let time = part.decimal
      let divisor: Decimal128
      let weight: Decimal128
      if law == .euAPRC {
        let factor = parts[part] ?? base.power(time)
        parts[part] = factor
        divisor = power.value * factor
        weight = (Decimal128(whole) / perYear + time) / base
      } else {
        let simple = 1 + time * rate
        divisor = simple * power.value
        weight = Decimal128(whole) / base + time / simple
      }
      let discounted = flow.amount / divisor
      sum += discounted
      slope -= discounted * weight
      lines.append(
        RateProofLine(
          date: flow.date, amount: flow.amount, wholePeriods: whole, part: time,
          divisor: divisor, discounted: discounted))
    }
    return (lines, sum, slope)
  }
}
