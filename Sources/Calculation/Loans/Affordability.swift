public import Quantities

/// What a household has and owes each month.
public struct HouseholdBudget: Sendable, Hashable {
  /// Regular income after tax.
  public var income: Decimal128

  /// Instalments of loans that are running.
  public var instalments: Decimal128

  /// Living costs and rent.
  public var expenses: Decimal128

  /// A budget for one month.
  public init(income: Decimal128, instalments: Decimal128 = 0, expenses: Decimal128 = 0) {
    self.income = income
    self.instalments = instalments
    self.expenses = expenses
  }
}

/// The limits that a lender sets.
public struct AffordabilityLimits: Sendable, Hashable {
  /// The part of income that all instalments may take, 0.4 = 40 %.
  public var debtToIncome: Decimal128

  /// What must be left of income after instalments and expenses.
  public var leastLeft: Decimal128

  /// What is added to the rate to see whether the loan still fits.
  public var stressMargin: Decimal128

  /// The part of the security's value that may be lent; nil without security.
  public var loanToValue: Decimal128?

  /// Limits of a lender.
  public init(
    debtToIncome: Decimal128, leastLeft: Decimal128 = 0, stressMargin: Decimal128 = 0,
    loanToValue: Decimal128? = nil
  ) {
    self.debtToIncome = debtToIncome
    self.leastLeft = leastLeft
    self.stressMargin = stressMargin
    self.loanToValue = loanToValue
  }
}

/// How much a household can borrow.
public struct Affordability: Sendable, Hashable {
  /// The largest monthly instalment that fits the limits; zero when none does.
  public let greatestInstalment: Decimal128

  /// The largest amount at the stressed rate.
  public let greatestAmount: Decimal128

  /// The instalments as a part of income before a new loan.
  public let debtToIncomeBefore: Decimal128

  /// Which limit decides.
  public let bindingLimit: Limit

  /// The limits that can decide.
  public enum Limit: String, Sendable, Hashable, CaseIterable {
    case debtToIncome, leastLeft, loanToValue
  }

  /// What a household can borrow over so many months at a rate.
  ///
  /// - Parameter securityValue: the value that `loanToValue` is a part of.
  public init(
    _ budget: HouseholdBudget, limits: AffordabilityLimits, annualRate: Decimal128, months: Int,
    securityValue: Decimal128? = nil, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try Affordability.check(budget, limits)
    let byIncome = budget.income * limits.debtToIncome - budget.instalments
    let byRest =
      budget.income - budget.instalments - budget.expenses - limits.leastLeft
    let least = max(min(byIncome, byRest), 0)
    greatestInstalment = least.rounded(scale: rounding.decimals, .down)
    debtToIncomeBefore = budget.instalments / budget.income
    let stressed = annualRate + limits.stressMargin
    try LoanPayment.check(stressed, months, 12)
    var amount = Decimal128.zero
    if greatestInstalment > 0 {
      let value = try TimeValue.presentValue(
        rate: stressed / 12, periods: Decimal128(months), payment: -greatestInstalment)
      amount = value.rounded(scale: rounding.decimals, .down)
    }
    var limit: Limit = byIncome <= byRest ? .debtToIncome : .leastLeft
    if let part = limits.loanToValue, let securityValue {
      try CalculationLimits.check(securityValue, in: 0...CashFlow.greatest, "securityValue")
      let bySecurity = (securityValue * part).rounded(scale: rounding.decimals, .down)
      if bySecurity < amount {
        amount = bySecurity
        limit = .loanToValue
      }
    }
    greatestAmount = amount
    bindingLimit = limit
  }

  /// The part of income that instalments take once a new one is added.
  public static func debtToIncome(
    _ budget: HouseholdBudget, newInstalment: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try check(budget, AffordabilityLimits(debtToIncome: 1))
    try CalculationLimits.check(newInstalment, in: 0...CashFlow.greatest, "instalment")
    return (budget.instalments + newInstalment) / budget.income
  }

  private static func check(
    _ budget: HouseholdBudget, _ limits: AffordabilityLimits
  ) throws(CalculationError) {
    try CalculationError.unless(
      budget.income.isFinite && budget.income > 0 && budget.income <= CashFlow.greatest,
      .outOfRange, "income", "The income must be above zero.")
    for (amount, field) in [
      (budget.instalments, "instalments"), (budget.expenses, "expenses"),
      (limits.leastLeft, "leastLeft"),
    ] {
      try CalculationLimits.check(amount, in: 0...CashFlow.greatest, field)
    }
    try CalculationLimits.check(limits.debtToIncome, in: 0...1, "debtToIncome")
    try CalculationLimits.check(limits.stressMargin, in: 0...1, "stressMargin")
    if let part = limits.loanToValue {
      try CalculationLimits.check(part, in: 0...10, "loanToValue")
    }
  }
}
