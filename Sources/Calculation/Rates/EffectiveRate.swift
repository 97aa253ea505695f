public import Quantities

/// The laws that define a yearly cost of credit; their figures are never mixed.
public enum RateLaw: String, Sendable, Hashable, CaseIterable {
  /// Annual percentage rate of charge, Directive (EU) 2023/2225 Annex III (2008/48/EC Annex I).
  case euAPRC = "EU APRC"
  /// Annual percentage rate, 12 CFR 1026 (Regulation Z) Appendix J.
  case usAPR = "US APR"
  /// Full cost of credit (ПСК), Federal Law 353-FZ, article 6.
  case ruPSK = "RU PSK"

  /// The digits after the point that the law prints, of the rate in per cent.
  public var printedDigits: Int {
    switch self {
    case .euAPRC: 1
    case .usAPR: 3
    case .ruPSK: 3
    }
  }
}

/// The yearly cost of a credit by one law, with what proves it.
///
/// The rate is solved in binary floating point to 12 digits after the point; the proof discounts
/// the same flows in decimal.
public struct EffectiveRate: Sendable, Hashable {
  /// The law that defines the figure.
  public let law: RateLaw

  /// The rate a year, 0.05 = 5 %, to 12 digits after the point.
  public let rate: Decimal128

  /// The rate of one period that `rate` follows from; equal to `rate` under EU law.
  public let periodRate: Decimal128

  let flows: [TimedFlow]
  let periodsPerYear: Int

  /// The rate in per cent to a number of digits, half up.
  public func percent(decimals: Int) -> Decimal128 {
    (rate * 100).rounded(scale: min(max(decimals, 0), 10), .halfUp)
  }

  /// The rate in per cent as the law prints it.
  public var printedPercent: Decimal128 { percent(decimals: law.printedDigits) }
}

/// A flow with its time in a law's measure.
struct TimedFlow: Sendable, Hashable {
  let date: CalendarDate
  /// Positive for what the borrower pays, negative for what the borrower gets.
  let amount: Decimal128
  let interval: LegalInterval
}

extension EffectiveRate {
  /// The continuous and periodic rates that are searched.
  private static let continuousRange = -25.0...25.0
  private static let periodicRange = -0.999_999...1e6

  init(
    _ law: RateLaw, _ flows: [TimedFlow], _ partial: PartialPeriod, periodsPerYear: Int
  ) throws(CalculationError) {
    var discounted = DiscountedFlows(partial, capacity: flows.count)
    var received = 0.0
    var paid = 0.0
    var weighted = 0.0
    for flow in flows {
      let amount = flow.amount.doubleValue
      discounted.append(amount, flow.interval)
      if amount < 0 { received -= amount } else { paid += amount }
      weighted += amount * (Double(flow.interval.whole) + 0.5)
    }
    guard received > 0, paid > 0 else {
      throw CalculationError(
        .noSolution, "flows", "A rate needs money received and money paid back.")
    }
    // The rate that would hold if all were paid at the average time.
    let duration = max(weighted / max(paid, received), 1e-3)
    let average = Elementary.logarithm(paid / received) / duration
    let solved: Double?
    switch partial {
    case .compound(let perYear):
      solved = RootFinder.root(
        near: average * Double(perYear), in: EffectiveRate.continuousRange, discounted.value
      ).map { Elementary.exponentialMinusOne($0) }
    case .simple:
      solved = RootFinder.root(
        near: Elementary.exponentialMinusOne(average), in: EffectiveRate.periodicRange,
        reach: 0.005, discounted.value)
    }
    guard let solved, solved.isFinite else {
      throw CalculationError(.noSolution, "flows", "No rate makes these flows balance.")
    }
    self.law = law
    self.flows = flows
    self.periodsPerYear = periodsPerYear
    let exact = Decimal128(solved)
    switch partial {
    case .compound:
      rate = exact.rounded(scale: CalculationLimits.rateDigits)
      periodRate = rate
    case .simple:
      rate = (exact * Decimal128(periodsPerYear)).rounded(scale: CalculationLimits.rateDigits)
      periodRate = exact
    }
  }
}
