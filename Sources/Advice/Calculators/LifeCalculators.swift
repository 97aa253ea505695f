import Calculation
import Quantities

extension Calculators {
  /// Life insurance by the principle of equivalence.
  static let lives: [Calculator] = [lifePremium, lifeAnnuity, lifeReserves]

  private static let bowers = "N. Bowers et al., Actuarial Mathematics, chapters 4 to 7"

  private static let lifePremium = Calculator(
    "life premium", "insurance/life", "Net and gross premiums of a life insurance",
    source: bowers,
    example: #"""
      {"mortality":{"table":"standardUltimate"},"age":40,"term":20,"interest":"0.02",
      "product":"term","benefit":"100000","expenses":{"firstYear":"0.5","renewal":"0.05",
      "fixedEachYear":"20","claim":"100"}}
      """#
  ) { inputs in
    let contract = inputs.lifeContract()
    let expenses = inputs.object(
      "expenses", "The insurer's expenses, for the gross premium.", isRequired: false
    ) { inputs -> LifeExpenses? in
      let first = inputs.optionalDecimal(
        "firstYear", "The part of the first premium; 0.", in: 0...100)
      let renewal = inputs.optionalDecimal(
        "renewal", "The part of each later premium; 0.", in: CalculatorRanges.parts)
      let fixed = inputs.optionalDecimal(
        "fixedEachYear", "An amount each year a premium is paid; 0.",
        in: CalculatorRanges.amounts)
      let claim = inputs.optionalDecimal(
        "claim", "An amount with the benefit; 0.", in: CalculatorRanges.amounts)
      return LifeExpenses(
        firstYear: first ?? 0, renewal: renewal ?? 0, fixedEachYear: fixed ?? 0,
        claim: claim ?? 0)
    }
    guard let contract else { return nil }
    let values = try LifeContract(
      mortality: contract.mortality, age: contract.age, term: contract.term,
      interest: contract.interest, product: contract.product, benefit: contract.benefit)
    return [
      .decimal("netSinglePremium", values.netSinglePremium, "Paid at once, without expenses."),
      .decimal("annuityDue", values.annuityDue, "One a year in advance while premiums are paid."),
      .decimal("netAnnualPremium", values.netAnnualPremium, "Paid yearly, without expenses."),
      .decimal(
        "grossAnnualPremium", try expenses.map { try values.grossAnnualPremium($0) },
        "Paid yearly, with expenses; absent where none are given."),
    ]
  }

  private static let lifeAnnuity = Calculator(
    "life annuity", "insurance/life-annuity", "The value of one a year in advance while alive",
    source: bowers,
    example: #"{"mortality":{"table":"illustrative"},"age":65,"interest":"0.06"}"#
  ) { inputs in
    let mortality = inputs.mortality()
    let age = inputs.integer("age", "The age in whole years.", in: 0...CalculationLimits.oldestAge)
    let term = inputs.optionalInteger(
      "term", "For how many years at most; for life.", in: 1...CalculationLimits.oldestAge)
    let interest = inputs.decimal("interest", "The rate a year.", in: CalculatorRanges.rates)
    guard let mortality, let age, let interest else { return nil }
    let values = try LifeValues(mortality, age: age, term: term, interest: interest)
    return [
      .decimal("annuityDue", values.annuityDue, "The present value."),
      .decimal("onDeath", values.onDeath, "The value of one at the end of the year of death."),
      .decimal("onSurvival", values.onSurvival, "The value of one on surviving the term."),
    ]
  }

  private static let lifeReserves = Calculator(
    "life reserves", "insurance/life-reserves", "The net reserve at the end of each year",
    source: bowers,
    example: #"""
      {"mortality":{"table":"standardUltimate"},"age":40,"term":3,"interest":"0.02",
      "product":"endowment","benefit":"1000"}
      """#
  ) { inputs in
    guard let contract = inputs.lifeContract() else { return nil }
    let reserves = try LifeContract.reserves(
      mortality: contract.mortality, age: contract.age, term: contract.term,
      interest: contract.interest, product: contract.product, benefit: contract.benefit)
    return [.decimals("reserves", reserves, "At the end of each year from the start on.")]
  }
}

/// What is insured on a life.
struct LifeContractInputs {
  let mortality: MortalityTable
  let age: Int
  let term: Int?
  let interest: Decimal128
  let product: LifeProduct
  let benefit: Decimal128
}

private enum MortalityName: String, CaseIterable { case standardUltimate, illustrative }

extension CalculatorInputs {
  fileprivate func lifeContract() -> LifeContractInputs? {
    let mortality = mortality()
    let age = integer("age", "The age in whole years.", in: 0...CalculationLimits.oldestAge)
    let term = optionalInteger(
      "term", "Years of cover and of premiums; none for whole life.",
      in: 1...CalculationLimits.oldestAge)
    let interest = decimal("interest", "The rate a year.", in: CalculatorRanges.rates)
    let product = choice("product", "What is insured.", LifeProduct.self)
    let benefit = decimal("benefit", "The sum insured.", in: CalculatorRanges.amounts)
    guard let mortality, let age, let interest, let product, let benefit else { return nil }
    return LifeContractInputs(
      mortality: mortality, age: age, term: term, interest: interest, product: product,
      benefit: benefit)
  }

  /// A mortality table: known by name, by Makeham's law, or as yearly death rates.
  fileprivate func mortality() -> MortalityTable? {
    object("mortality", "The table: by name, by Makeham's law, or as death rates.") { inputs in
      let table = inputs.optionalText("table", "A known table: standardUltimate, illustrative.")
      let law = [
        inputs.optionalDecimal("a", "Makeham's A.", in: CalculatorRanges.parts),
        inputs.optionalDecimal("b", "Makeham's B.", in: CalculatorRanges.parts),
        inputs.optionalDecimal("c", "Makeham's c.", in: 1...2),
      ].compactMap { $0 }
      let rates = inputs.optionalDecimals(
        "deathRates", "Chances of dying in a year, from the first age on.",
        max: CalculationLimits.oldestAge + 1)
      let first = inputs.optionalInteger(
        "firstAge", "The first age of the death rates; 0.", in: 0...CalculationLimits.oldestAge)
      do throws(CalculationError) {
        switch (table, law.count, rates) {
        case (let table?, 0, nil):
          switch MortalityName(rawValue: table) {
          case .standardUltimate: return .standardUltimate
          case .illustrative: return .illustrative
          case nil:
            inputs.report("table", "choice", "This must be standardUltimate or illustrative.")
          }
        case (nil, 3, nil):
          return try MortalityTable(makehamA: law[0], b: law[1], c: law[2])
        case (nil, 0, let rates?):
          return try MortalityTable(firstAge: first ?? 0, deathRates: rates)
        default:
          inputs.report(
            "table", "required", "Give a table's name, or a, b and c, or death rates.")
        }
      } catch {
        inputs.report(
          error.field == "mortality" ? "c" : error.field, error.code.rawValue, error.sentence)
      }
      return nil
    }
  }
}
