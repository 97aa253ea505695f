public import Quantities

/// The chances of dying by age: from a published table or from a law of mortality.
public struct MortalityTable: Sendable, Hashable {
  /// The first age of the table.
  public let firstAge: Int

  /// The chance that somebody of an age lives another year, from the first age on.
  let survival: [Decimal128]

  /// The last age of the table; nobody survives it.
  public var lastAge: Int { firstAge + survival.count - 1 }

  /// A table of yearly death rates (qx).
  ///
  /// - Throws: `deathRates` with `missing`, `tooMany` or `outOfRange`.
  public init(firstAge: Int, deathRates: [Decimal128]) throws(CalculationError) {
    try CalculationLimits.check(firstAge, in: 0...CalculationLimits.oldestAge, "firstAge")
    try CalculationLimits.check(
      deathRates, atMost: CalculationLimits.oldestAge + 1, "deathRates")
    for rate in deathRates { try CalculationLimits.check(rate, in: 0...1, "deathRates") }
    self.firstAge = firstAge
    survival = deathRates.map { 1 - $0 }
  }

  /// Makeham's law: the force of mortality at age x is A + B·c^x, so that the chance to live
  /// another year is exp(−A − B·c^x·(c − 1) ÷ ln c).
  ///
  /// - Throws: `mortality: outOfRange` for constants that are no law of mortality.
  public init(
    makehamA constant: Decimal128, b scale: Decimal128, c growth: Decimal128, firstAge: Int = 0
  ) throws(CalculationError) {
    try CalculationLimits.check(constant, in: 0...1, "mortality")
    try CalculationLimits.check(scale, in: 0...1, "mortality")
    try CalculationError.unless(
      growth > 1 && growth <= 2, .outOfRange, "mortality",
      "The growth c of Makeham's law must be above 1 and at most 2.")
    try CalculationLimits.check(firstAge, in: 0...CalculationLimits.oldestAge, "firstAge")
    self.init(constant: constant, scale: scale, growth: growth, firstAge: firstAge)
  }

  /// The law from constants that have been checked.
  init(constant: Decimal128, scale: Decimal128, growth: Decimal128, firstAge: Int) {
    var hazard = scale * growth.power(firstAge) * (growth - 1) / growth.naturalLogarithm()
    var survival: [Decimal128] = []
    for _ in firstAge...CalculationLimits.oldestAge {
      let chance = (-(constant + hazard)).exponential()
      guard chance > MortalityTable.nobody else { break }
      survival.append(chance)
      hazard *= growth
    }
    survival.append(0)
    self.firstAge = firstAge
    self.survival = survival
  }

  /// Below this chance nobody is counted as alive.
  private static let nobody = Decimal128(isNegative: false, coefficient: 1, exponent: -30)

  /// The chance to live another year at an age; zero beyond the table.
  public func survival(at age: Int) -> Decimal128 {
    survival.indices.contains(age - firstAge) ? survival[age - firstAge] : 0
  }
}
