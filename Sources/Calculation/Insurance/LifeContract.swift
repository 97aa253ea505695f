public import Quantities

/// What a life insurance pays.
public enum LifeProduct: String, Sendable, Hashable, CaseIterable {
  /// On death within the term.
  case term
  /// On death whenever it comes.
  case wholeLife = "whole_life"
  /// On death within the term or on surviving it.
  case endowment
  /// On surviving the term.
  case pureEndowment = "pure_endowment"
}

/// The insurer's expenses in a gross premium.
public struct LifeExpenses: Sendable, Hashable {
  /// The part of the first premium, 0.5 = 50 %.
  public var firstYear: Decimal128

  /// The part of each later premium.
  public var renewal: Decimal128

  /// An amount each year a premium is paid.
  public var fixedEachYear: Decimal128

  /// An amount with the benefit.
  public var claim: Decimal128

  /// The expenses of a contract.
  public init(
    firstYear: Decimal128 = 0, renewal: Decimal128 = 0, fixedEachYear: Decimal128 = 0,
    claim: Decimal128 = 0
  ) {
    self.firstYear = firstYear
    self.renewal = renewal
    self.fixedEachYear = fixedEachYear
    self.claim = claim
  }
}

/// A life insurance with level premiums yearly in advance and the death benefit at the end of the
/// year of death.
///
/// All values are expected present values by a mortality table and one rate of interest
/// (N. Bowers et al., Actuarial Mathematics, chapters 4 to 6); premiums follow the equivalence
/// principle.
public struct LifeContract: Sendable, Hashable {
  /// The present value of a benefit of one.
  public let unitValue: Decimal128

  /// The present value of one a year in advance while premiums are paid.
  public let annuityDue: Decimal128

  /// The benefit.
  public let benefit: Decimal128

  /// The single premium without expenses.
  public var netSinglePremium: Decimal128 { benefit * unitValue }

  /// The level yearly premium without expenses.
  public var netAnnualPremium: Decimal128 { netSinglePremium / annuityDue }

  /// The values of a contract.
  ///
  /// - Parameters:
  ///   - mortality: the table.
  ///   - age: the insured's age in whole years.
  ///   - term: the years of cover and of premiums; nil for whole life.
  ///   - interest: the effective rate a year.
  public init(
    mortality: MortalityTable, age: Int, term: Int?, interest: Decimal128,
    product: LifeProduct, benefit: Decimal128
  ) throws(CalculationError) {
    try CalculationLimits.check(benefit, in: 0...CashFlow.greatest, "benefit")
    try CalculationError.unless(
      (term == nil) == (product == .wholeLife), term == nil ? .missing : .unsupported, "term",
      "Whole life has no term, and every other product needs one.")
    let values = try LifeValues(mortality, age: age, term: term, interest: interest)
    switch product {
    case .term, .wholeLife: unitValue = values.onDeath
    case .endowment: unitValue = values.onDeath + values.onSurvival
    case .pureEndowment: unitValue = values.onSurvival
    }
    annuityDue = values.annuityDue
    self.benefit = benefit
  }

  /// The level yearly premium with expenses: G·(ä − (first − renewal) − renewal·ä) =
  /// (benefit + claim expense)·A + fixed·ä.
  ///
  /// - Throws: `expenses: noSolution` when the expenses eat every premium.
  public func grossAnnualPremium(_ expenses: LifeExpenses) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.check(expenses.firstYear, in: 0...100, "expenses")
    try CalculationLimits.check(expenses.renewal, in: 0...1, "expenses")
    try CalculationLimits.check(expenses.fixedEachYear, in: 0...CashFlow.greatest, "expenses")
    try CalculationLimits.check(expenses.claim, in: 0...CashFlow.greatest, "expenses")
    let kept =
      annuityDue - (expenses.firstYear - expenses.renewal) - expenses.renewal * annuityDue
    try CalculationError.unless(
      kept > 0, .noSolution, "expenses", "The expenses are larger than every premium.")
    return ((benefit + expenses.claim) * unitValue + expenses.fixedEachYear * annuityDue) / kept
  }

  /// The reserve at the end of each year, before the premium then due: what the benefits are
  /// worth beyond the net premiums still to come.
  public static func reserves(
    mortality: MortalityTable, age: Int, term: Int?, interest: Decimal128,
    product: LifeProduct, benefit: Decimal128
  ) throws(CalculationError) -> [Decimal128] {
    let contract = try LifeContract(
      mortality: mortality, age: age, term: term, interest: interest, product: product,
      benefit: benefit)
    let premium = contract.netAnnualPremium
    let years = term ?? max(mortality.lastAge - age, 0)
    var reserves: [Decimal128] = []
    for year in 0..<years {
      let later = try LifeContract(
        mortality: mortality, age: age + year, term: term.map { $0 - year }, interest: interest,
        product: product, benefit: benefit)
      reserves.append(later.netSinglePremium - premium * later.annuityDue)
    }
    if let last = term, last > 0 {
      reserves.append(product == .term ? 0 : benefit)
    }
    return reserves
  }
}

/// The present values that life products are made of.
public struct LifeValues: Sendable, Hashable {
  /// One paid at the end of the year of death within the term.
  public let onDeath: Decimal128

  /// One paid on surviving the term; zero without a term.
  public let onSurvival: Decimal128

  /// One paid at the beginning of each year of the term while alive.
  public let annuityDue: Decimal128

  /// The values for a life of an age.
  public init(
    _ mortality: MortalityTable, age: Int, term: Int?, interest: Decimal128
  ) throws(CalculationError) {
    try CalculationLimits.check(age, in: mortality.firstAge...mortality.lastAge, "age")
    try CalculationLimits.checkRate(interest, "interest")
    if let term { try CalculationLimits.check(term, in: 1...CalculationLimits.oldestAge, "term") }
    let discount = 1 / (1 + interest)
    var alive = Decimal128.one
    var onDeath = Decimal128.zero
    var annuity = Decimal128.zero
    let years = term ?? CalculationLimits.oldestAge
    for year in 0..<years {
      if alive.isZero { break }
      annuity += alive
      let surviving = alive * mortality.survival(at: age + year)
      onDeath += (alive - surviving) * discount
      // Chances and discount in one: both shrink together.
      alive = surviving * discount
    }
    self.onDeath = try TimeValueLimits.finite(onDeath, "interest")
    onSurvival = term == nil ? 0 : alive
    annuityDue = try TimeValueLimits.finite(annuity, "interest")
  }
}
