public import Quantities

/// What paying back early is worth: the interest saved against the lender's compensation.
public struct EarlyRepayment: Sendable, Hashable {
  /// The loan as agreed.
  public let before: LoanCourse

  /// The loan with the early repayment.
  public let after: LoanCourse

  /// The interest that is not paid any more.
  public let interestSaved: Decimal128

  /// What the lender may ask for.
  public let compensation: Decimal128

  /// Interest saved less compensation.
  public var advantage: Decimal128 { interestSaved - compensation }

  /// An early repayment of a loan.
  ///
  /// - Parameter earlier: what happened to the loan before.
  public init(
    _ terms: LoanTerms, on date: CalendarDate, amount: Decimal128, mode: EarlyRepaymentMode,
    earlier: [LoanEvent] = [], compensation rule: EarlyRepaymentCompensation = .none
  ) throws(CalculationError) {
    before = try LoanCourse(terms, events: earlier)
    after = try LoanCourse(
      terms, events: earlier + [.earlyRepayment(on: date, amount: amount, mode)])
    interestSaved = before.totalInterest - after.totalInterest
    let end = before.paidOff ?? date
    compensation = rule.amount(
      repaid: amount, from: date, to: end, interestSaved: interestSaved,
      rounding: terms.rounding)
  }
}

/// What a lender may ask for when a fixed-rate credit is paid back early.
public enum EarlyRepaymentCompensation: Sendable, Hashable {
  /// Nothing.
  case none
  /// At most 1 % of what is repaid, 0.5 % in the last year, and never more than the interest
  /// saved (Directive (EU) 2023/2225, article 29; 2008/48/EC, article 16).
  case consumerCredit
  /// A part of what is repaid, 0.02 = 2 %, never more than the interest saved.
  case part(Decimal128)

  func amount(
    repaid: Decimal128, from date: CalendarDate, to end: CalendarDate,
    interestSaved: Decimal128, rounding: MoneyRounding
  ) -> Decimal128 {
    let share: Decimal128
    switch self {
    case .none: return 0
    case .part(let part): share = part
    case .consumerCredit:
      let isLastYear = end <= date.adding(months: 12)
      share = Decimal128(isNegative: false, coefficient: isLastYear ? 5 : 10, exponent: -3)
    }
    return rounding.rounded(max(min(repaid * share, interestSaved), 0))
  }
}
