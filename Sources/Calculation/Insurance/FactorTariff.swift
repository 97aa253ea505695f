public import Quantities

/// One factor of a tariff: what it stands for, which value was chosen, and what it multiplies by.
public struct TariffFactor: Sendable, Hashable {
  /// What the factor stands for, in the tariff's words: "territory".
  public let name: String

  /// The rated value it was looked up for: "Prague"; empty where the tariff gives a number.
  public let value: String

  /// What the premium is multiplied by.
  public let factor: Decimal128

  /// A factor.
  public init(_ name: String, value: String = "", factor: Decimal128) {
    self.name = name
    self.value = value
    self.factor = factor
  }
}

/// A premium with the factors that make it, from which it can be computed again to the cent.
public struct FactorPremium: Sendable, Hashable {
  /// One step of the breakdown.
  public struct Step: Sendable, Hashable {
    /// The factor.
    public let factor: TariffFactor

    /// The premium after it, not rounded.
    public let after: Decimal128
  }

  /// The base rate.
  public let base: Decimal128

  /// The factors in the order applied, each with the running premium.
  public let steps: [Step]

  /// The premium for a year, rounded once at the end and held within the tariff's bounds.
  public let premium: Decimal128

  /// The premium before rounding and bounds.
  public var unrounded: Decimal128 { steps.last?.after ?? base }

  /// A base rate times its factors.
  ///
  /// - Parameters:
  ///   - base: the base rate, or sum insured × rate.
  ///   - factors: multiplied in order.
  ///   - least: the smallest premium charged, if the tariff has one.
  ///   - greatest: the largest premium charged, if the tariff has one.
  /// - Throws: `base` or `factors: outOfRange`.
  public init(
    base: Decimal128, factors: [TariffFactor], least: Decimal128? = nil,
    greatest: Decimal128? = nil, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(base, in: 0...CashFlow.greatest, "base")
    try CalculationError.unless(
      factors.count <= CalculationLimits.entries, .tooMany, "factors",
      "A tariff has at most \(CalculationLimits.entries) factors.")
    self.base = base
    var running = base
    var steps: [Step] = []
    steps.reserveCapacity(factors.count)
    for factor in factors {
      try CalculationLimits.check(factor.factor, in: 0...1_000_000, factor.name)
      running *= factor.factor
      steps.append(Step(factor: factor, after: running))
    }
    self.steps = steps
    var premium = rounding.rounded(running)
    if let least { premium = max(premium, rounding.rounded(least)) }
    if let greatest { premium = min(premium, rounding.rounded(greatest)) }
    self.premium = try TimeValueLimits.finite(premium, "factors")
  }

  /// The base for a tariff by sum insured: sum × rate.
  public static func base(
    sumInsured: Decimal128, rate: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.check(sumInsured, in: 0...CashFlow.greatest, "sumInsured")
    try CalculationLimits.check(rate, in: 0...1, "rate")
    return sumInsured * rate
  }
}

/// A premium split into instalments that sum to it.
public struct PremiumInstalments: Sendable, Hashable {
  /// The instalments in order; the first takes what rounding left.
  public let amounts: [Decimal128]

  /// What is paid in all: the premium with its surcharge.
  public let total: Decimal128

  /// A premium paid in equal parts.
  ///
  /// - Parameter surcharge: added for paying in parts, 0.03 = 3 % of the premium.
  public init(
    premium: Decimal128, count: Int, surcharge: Decimal128 = 0,
    rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(premium, in: 0...CashFlow.greatest, "premium")
    try CalculationLimits.check(count, in: 1...366, "instalments")
    try CalculationLimits.check(surcharge, in: 0...1, "surcharge")
    let total = rounding.rounded(premium * (1 + surcharge))
    let part = (total / Decimal128(count)).rounded(scale: rounding.decimals, .down)
    let first = total - part * Decimal128(count - 1)
    self.total = total
    amounts = [first] + Array(repeating: part, count: count - 1)
  }
}
