public import Quantities

/// One deposit of a ladder.
public struct LadderRung: Sendable, Hashable {
  /// The term in years.
  public let years: Decimal128

  /// The rate a year, compounded yearly.
  public let annualRate: Decimal128

  /// A rung to be filled.
  public init(years: Decimal128, annualRate: Decimal128) {
    self.years = years
    self.annualRate = annualRate
  }
}

/// An amount split over deposits that mature one after another.
public struct DepositLadder: Sendable, Hashable {
  /// A filled rung.
  public struct Filled: Sendable, Hashable {
    /// The rung.
    public let rung: LadderRung

    /// What it holds.
    public let amount: Decimal128

    /// What it becomes.
    public let maturityValue: Decimal128
  }

  /// The rungs in the order given.
  public let rungs: [Filled]

  /// All interest.
  public let totalInterest: Decimal128

  /// The rate at which the whole ladder grows, to 12 digits; nil where there is none.
  public let blendedRate: Decimal128?

  /// A ladder of equal amounts, rounded; the last rung takes what rounding left.
  public init(
    principal: Decimal128, rungs: [LadderRung], rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try DepositGrowth.check(principal, 0)
    try CalculationLimits.check(rungs, atMost: CalculationLimits.entries, "rungs")
    let share = rounding.rounded(principal / Decimal128(rungs.count))
    var filled: [Filled] = []
    var rest = principal
    for (index, rung) in rungs.enumerated() {
      let amount = index == rungs.count - 1 ? rest : share
      try CalculationError.unless(
        amount >= 0, .outOfRange, "principal", "The principal is too small for so many rungs.")
      let growth = try DepositGrowth.compound(
        principal: amount, annualRate: rung.annualRate, perYear: 1, years: rung.years)
      filled.append(
        Filled(
          rung: rung, amount: amount, maturityValue: rounding.rounded(growth.maturityValue)))
      rest -= share
    }
    self.rungs = filled
    totalInterest = filled.reduce(.zero) { $0 + $1.maturityValue } - principal
    blendedRate = try? RateEquationEU.rate(
      drawdowns: [TimedAmount(years: 0, amount: principal)],
      payments: filled.map { TimedAmount(years: $0.rung.years, amount: $0.maturityValue) })
  }
}
