public import Quantities

/// Whether replacing a running loan by a new one pays, and when.
public struct Refinancing: Sendable, Hashable {
  /// What is still paid on the running loan.
  public let remainingPayments: Decimal128

  /// What is paid on the new loan, its fees included.
  public let newPayments: Decimal128

  /// What is saved in all; negative when the new loan costs more.
  public var saving: Decimal128 { remainingPayments - newPayments }

  /// The monthly instalment before, less the one after.
  public let monthlySaving: Decimal128

  /// After how many months the lower instalments have paid for the fees; nil when they never do.
  public let breakEvenMonths: Int?

  /// The new loan.
  public let replacement: LoanCost

  /// A running loan replaced on a due date.
  ///
  /// - Parameters:
  ///   - balance: what is owed.
  ///   - instalment: what is paid each month.
  ///   - monthsLeft: for how long.
  ///   - settlement: what leaving the running loan costs.
  ///   - annualRate: the new rate.
  ///   - months: the new term.
  ///   - fees: the new loan's charges; those of the first day are paid in cash.
  public init(
    balance: Decimal128, instalment: Decimal128, monthsLeft: Int, settlement: Decimal128 = 0,
    annualRate: Decimal128, months: Int, fees: LoanFees = .none, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(monthsLeft, in: 1...CalculationLimits.rows, "monthsLeft")
    try CalculationLimits.check(instalment, in: 0...CashFlow.greatest, "instalment")
    try CalculationLimits.check(settlement, in: 0...CashFlow.greatest, "settlement")
    replacement = try LoanCost.annuity(
      amount: balance, annualRate: annualRate, months: months, fees: fees, rounding: rounding)
    remainingPayments = instalment * Decimal128(monthsLeft)
    newPayments = replacement.totalPayable + settlement
    let lower = instalment - (replacement.instalment + fees.eachPayment)
    monthlySaving = lower
    let outlay = settlement + fees.upFront
    if lower > 0, let count = (outlay / lower).rounded(scale: 0, .ceiling).integerValue,
      count <= min(months, monthsLeft)
    {
      breakEvenMonths = count
    } else {
      breakEvenMonths = nil
    }
  }
}
