public import Quantities

/// The yearly yield of a deposit.
public enum EffectiveYield {
  /// The annual percentage yield: (1 + interest/principal)^(365/days) − 1, as a part of one
  /// (12 CFR 1030, Regulation DD, Appendix A, part I.A).
  public static func annual(
    interest: Decimal128, principal: Decimal128, days: Int
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.check(interest, in: -CashFlow.greatest...CashFlow.greatest, "interest")
    try CalculationError.unless(
      principal > 0 && principal <= CashFlow.greatest, .outOfRange, "principal",
      "The principal must be above zero.")
    try CalculationLimits.check(days, in: 1...CalculationLimits.years * 366, "days")
    return try annual(growth: 1 + interest / principal, days: Decimal128(days))
  }

  /// The yield in per cent to two digits, half up, as Regulation DD has it printed
  /// (12 CFR 1030.3(f)).
  public static func printedPercent(_ yield: Decimal128) -> Decimal128 {
    (yield * 100).rounded(scale: 2, .halfUp)
  }

  /// The yield of an account that steps from one rate to another and pays its interest out every
  /// year: the rates weighted by their days (Regulation DD, Appendix A, part I.E).
  public static func composite(
    _ steps: [RateStep]
  ) throws(CalculationError) -> Decimal128 {
    try RateStep.check(steps)
    var weighted = Decimal128.zero
    var days = 0
    for step in steps {
      weighted += step.annualRate * Decimal128(step.days)
      days += step.days
    }
    return weighted / Decimal128(days)
  }

  static func annual(
    growth: Decimal128, days: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try CalculationError.unless(
      growth > 0, .noSolution, "interest", "The whole principal is lost; there is no yield.")
    if days == 365 { return growth - 1 }
    return try TimeValueLimits.finite(growth.power(365 / days) - 1, "days")
  }
}

/// A rate that holds for a number of days.
public struct RateStep: Sendable, Hashable {
  /// The rate a year.
  public let annualRate: Decimal128

  /// For how many days it holds.
  public let days: Int

  /// A rate for a number of days.
  public init(annualRate: Decimal128, days: Int) {
    self.annualRate = annualRate
    self.days = days
  }

  static func check(_ steps: [RateStep]) throws(CalculationError) {
    try CalculationLimits.check(steps, atMost: CalculationLimits.entries, "segments")
    for step in steps {
      try CalculationLimits.checkRate(step.annualRate, "segments")
      try CalculationLimits.check(step.days, in: 1...CalculationLimits.years * 366, "segments")
    }
  }
}

/// A part of a balance and its rate.
public struct BalanceTier: Sendable, Hashable {
  /// The balance up to which the tier goes; nil for the last.
  public let upTo: Decimal128?

  /// The rate a year.
  public let annualRate: Decimal128

  /// A tier.
  public init(upTo: Decimal128?, annualRate: Decimal128) {
    self.upTo = upTo
    self.annualRate = annualRate
  }
}

/// How tiers meet a balance (Regulation DD, Appendix A, part I.D).
public enum TierMethod: String, Sendable, Hashable, CaseIterable {
  /// Method A: the whole balance earns the rate of the tier it falls into.
  case wholeBalance
  /// Method B: each slice of the balance earns the rate of its own tier.
  case slices
}

/// Interest compounded daily at a 365th of the annual rate.
extension DepositGrowth {
  /// One rate after another on the same deposit.
  public static func steppedDaily(
    principal: Decimal128, steps: [RateStep]
  ) throws(CalculationError) -> DepositGrowth {
    try check(principal, 0)
    try RateStep.check(steps)
    var growth = Decimal128.one
    var days = 0
    for step in steps {
      growth *= (1 + step.annualRate / 365).power(step.days)
      days += step.days
    }
    return try daily(principal, growth, days)
  }

  /// Rates by balance; the tiers are those of the opening balance.
  public static func tieredDaily(
    balance: Decimal128, tiers: [BalanceTier], method: TierMethod, days: Int
  ) throws(CalculationError) -> DepositGrowth {
    try check(balance, 0)
    try CalculationLimits.check(days, in: 1...CalculationLimits.years * 366, "days")
    try checkTiers(tiers)
    try CalculationError.unless(
      balance > 0, .outOfRange, "balance", "The balance must be above zero.")
    var final = Decimal128.zero
    var lower = Decimal128.zero
    for tier in tiers {
      let upper = tier.upTo.map { min($0, balance) } ?? balance
      let growth = (1 + tier.annualRate / 365).power(days)
      switch method {
      case .slices:
        if upper > lower { final += (upper - lower) * growth }
      case .wholeBalance:
        if balance > lower || lower.isZero, balance <= upper { final = balance * growth }
      }
      lower = max(lower, upper)
    }
    try CalculationError.unless(
      !final.isZero && (method == .wholeBalance || lower >= balance), .missing, "tiers",
      "The tiers end below the balance.")
    return try daily(balance, final / balance, days)
  }

  private static func checkTiers(_ tiers: [BalanceTier]) throws(CalculationError) {
    try CalculationLimits.check(tiers, atMost: CalculationLimits.entries, "tiers")
    var previous = Decimal128.zero
    for (index, tier) in tiers.enumerated() {
      try CalculationLimits.checkRate(tier.annualRate, "tiers")
      guard let upTo = tier.upTo else {
        try CalculationError.unless(
          index == tiers.count - 1, .order, "tiers", "Only the last tier may be open.")
        continue
      }
      try CalculationError.unless(
        upTo.isFinite && upTo > previous, .order, "tiers", "Each tier must end above the last.")
      previous = upTo
    }
  }

  private static func daily(
    _ principal: Decimal128, _ growth: Decimal128, _ days: Int
  ) throws(CalculationError) -> DepositGrowth {
    let value = try TimeValueLimits.finite(principal * growth, "annualRate")
    return DepositGrowth(
      maturityValue: value, interest: value - principal,
      effectiveAnnualRate: try EffectiveYield.annual(growth: growth, days: Decimal128(days)))
  }
}
