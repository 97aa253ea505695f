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

  /// What the borrower gets; empty where signs tell it.
  let advances: [CashFlow]
  /// What the borrower pays.
  let payments: Repayments
  /// The day that time is counted from.
  let start: CalendarDate
  let measure: LegalMeasure

  /// The rate in per cent to a number of digits, half up.
  public func percent(decimals: Int) -> Decimal128 {
    (rate * 100).rounded(scale: min(max(decimals, 0), 10), .halfUp)
  }

  /// The rate in per cent as the law prints it.
  public var printedPercent: Decimal128 { percent(decimals: law.printedDigits) }
}

/// How a law measures the time between two flows.
enum LegalMeasure: Sendable, Hashable {
  case lending(LendingPeriod)
  case unit(UnitPeriod)
  case base(BasePeriod, perYear: Int)

  /// Periods in a year.
  var perYear: Int {
    switch self {
    case .lending(let period): period.perYear
    case .unit(let unit): unit.perYear
    case .base(_, let perYear): perYear
    }
  }

  /// How the part of a period is discounted.
  var partial: PartialPeriod {
    if case .lending(let period) = self { return .compound(perYear: period.perYear) }
    return .simple
  }

  @inline(__always)
  func interval(from start: CivilDate, to end: CivilDate) -> LegalInterval {
    switch self {
    case .lending(let period): period.interval(from: start, to: end)
    case .unit(let unit): unit.interval(from: start, to: end)
    case .base(let base, _): base.interval(from: start, to: end)
    }
  }
}

extension EffectiveRate {
  /// The continuous and periodic rates that are searched.
  private static let continuousRange = -25.0...25.0
  private static let periodicRange = -0.999_999...1e6

  /// Solves for the rate.
  ///
  /// - Parameters:
  ///   - advances: received, written without sign; where there are none, negative payments are.
  ///   - payments: paid.
  ///   - guess: a continuous rate that is not far from it; what the flows' average time tells when
  ///     nil.
  init(
    _ law: RateLaw, advances: [CashFlow], payments: Repayments, from start: CalendarDate,
    _ measure: LegalMeasure, near guess: Double? = nil
  ) throws(CalculationError) {
    var flows = DiscountedFlows(measure.partial, capacity: advances.count + payments.count)
    if !advances.isEmpty {
      try flows.append(advances, in: .init(from: start, measure, "advances", sign: -1))
      try flows.append(payments, in: .init(from: start, measure, "payments", sign: 1))
    } else {
      try flows.append(payments, in: .init(from: start, measure, "flows", sign: 0))
    }
    let solved = try EffectiveRate.solve(flows, measure.partial, near: guess)
    self.law = law
    self.advances = advances
    self.payments = payments
    self.start = start
    self.measure = measure
    let exact = Decimal128(solved)
    switch measure.partial {
    case .compound:
      rate = exact.rounded(scale: CalculationLimits.rateDigits)
      periodRate = rate
    case .simple:
      rate = (exact * Decimal128(measure.perYear)).rounded(scale: CalculationLimits.rateDigits)
      periodRate = exact
    }
  }

  /// The annual rate under EU law, otherwise the rate of one period.
  private static func solve(
    _ flows: DiscountedFlows, _ partial: PartialPeriod, near guess: Double?
  ) throws(CalculationError) -> Double {
    guard flows.received > 0, flows.paid > 0 else {
      throw CalculationError(
        .noSolution, "flows", "A rate needs money received and money paid back.")
    }
    // The rate that would hold if all were paid at the average time.
    let duration = max(flows.weighted / max(flows.paid, flows.received), 1e-3)
    let average = Elementary.logarithm(flows.paid / flows.received) / duration
    let solved: Double?
    switch partial {
    case .compound(let perYear):
      solved = RootFinder.root(
        near: guess ?? average * Double(perYear), in: continuousRange, flows.value
      ).map { Elementary.exponentialMinusOne($0) }
    case .simple:
      solved = RootFinder.root(
        near: Elementary.exponentialMinusOne(average), in: periodicRange, reach: 0.005,
        flows.value)
    }
    guard let solved, solved.isFinite else {
      throw CalculationError(.noSolution, "flows", "No rate makes these flows balance.")
    }
    return solved
  }
}
