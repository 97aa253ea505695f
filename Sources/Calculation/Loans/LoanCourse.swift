public import Quantities

/// What happens to a loan after it was agreed.
public enum LoanEvent: Sendable, Hashable {
  /// More is paid out.
  case drawdown(on: CalendarDate, amount: Decimal128)
  /// The borrowing rate changes; the instalment is solved again unless it was agreed.
  case rateChange(on: CalendarDate, annualRate: Decimal128)
  /// The borrower pays back before it is due; interest up to that day stays due with the next
  /// instalment.
  case earlyRepayment(on: CalendarDate, amount: Decimal128, EarlyRepaymentMode)

  /// The day of the event.
  public var date: CalendarDate {
    switch self {
    case .drawdown(let date, _), .rateChange(let date, _), .earlyRepayment(let date, _, _): date
    }
  }
}

/// What an early repayment shortens.
public enum EarlyRepaymentMode: String, Sendable, Hashable, CaseIterable {
  /// The instalment stays and the loan ends sooner.
  case shorterTerm
  /// The term stays and the instalment falls.
  case lowerInstalment
}

/// One line of a loan's course: an instalment, or an event.
public struct LoanCourseRow: Sendable, Hashable {
  /// What the line is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case instalment, drawdown, rateChange, earlyRepayment
  }

  /// What the line is.
  public let kind: Kind

  /// The day.
  public let date: CalendarDate

  /// What the borrower pays; zero for a drawdown or a change of rate.
  public let payment: Decimal128

  /// The interest in the payment.
  public let interest: Decimal128

  /// The part that reduces the debt; negative for a drawdown.
  public let principal: Decimal128

  /// What is owed after the line.
  public let balance: Decimal128

  /// The rate from this day on.
  public let annualRate: Decimal128
}

/// A loan's repayment with everything that happens to it: drawdowns, changes of rate, early
/// repayments.
///
/// Without events its instalments are those of `LoanSchedule`.
public struct LoanCourse: Sendable, Hashable {
  /// The lines in order.
  public let rows: [LoanCourseRow]

  /// The level instalments in the order in which they came into force; empty where the method has
  /// none.
  public let instalments: [Decimal128]

  /// The sum of all interest.
  public let totalInterest: Decimal128

  /// The sum of everything paid.
  public let totalPaid: Decimal128

  /// The day of the last payment.
  public var paidOff: CalendarDate? { rows.last?.date }

  /// The most events of one loan.
  public static let greatestEvents = 1_000

  /// The course of a loan.
  ///
  /// - Parameters:
  ///   - terms: what was agreed.
  ///   - events: what happened, in any order; each after the disbursement and not after the last
  ///     due date.
  public init(_ terms: LoanTerms, events: [LoanEvent]) throws(CalculationError) {
    try CalculationError.unless(
      events.count <= LoanCourse.greatestEvents, .tooMany, "events",
      "A loan has at most \(LoanCourse.greatestEvents) events.")
    let plan = try LoanPlan(terms)
    var walk = try CourseWalk(plan)
    let sorted = events.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element)
    if let first = sorted.first, let last = sorted.last, let end = plan.dates.last {
      try CalculationError.unless(
        terms.disbursed < first.date && last.date <= end, .outOfRange, "events",
        "Events must lie after the disbursement and not after the last due date.")
    }
    var pending = sorted[...]
    for number in 1...plan.dates.count {
      let due = plan.dates[number - 1]
      while let event = pending.first, event.date < due, !walk.isPaidOff {
        try walk.apply(event, before: number)
        pending.removeFirst()
      }
      if walk.isPaidOff { break }
      try walk.payInstalment(number)
      // What happens on a due date happens after its payment.
      while let event = pending.first, event.date == due, !walk.isPaidOff {
        try walk.apply(event, before: number + 1)
        pending.removeFirst()
      }
      if walk.isPaidOff { break }
    }
    rows = walk.rows
    instalments = walk.instalments.map(terms.rounding.amount)
    totalInterest = terms.rounding.amount(walk.interestPaid)
    totalPaid = rows.reduce(.zero) { $0 + $1.payment }
  }
}
