import Quantities

/// A loan on its way through events and due dates.
struct CourseWalk {
  private let plan: LoanPlan
  private let terms: LoanTerms
  private(set) var rows: [LoanCourseRow] = []
  private(set) var instalments: [Int64] = []
  private(set) var interestPaid: Int64 = 0
  private var balance: Int64
  private var rate: PeriodicInterest
  /// Where interest has been counted up to, and what has come together since the last due date.
  private var accruedTo: CalendarDate
  private var accrued = Decimal128.zero
  private var isSplit = false
  /// The equal part of principal, for that method.
  private var part: Int64

  init(_ plan: LoanPlan) throws(CalculationError) {
    self.plan = plan
    terms = plan.terms
    balance = plan.principal
    rate = plan.interest
    accruedTo = plan.terms.disbursed
    let payments = plan.dates.count - plan.terms.interestOnlyPayments
    part = RoundedQuotient.of(plan.principal, Int64(payments), plan.terms.rounding.rule)
    if let instalment = plan.instalment { instalments = [instalment] }
  }

  /// Whether nothing is owed any more and nothing can come.
  var isPaidOff: Bool { balance == 0 && !rows.isEmpty && accrued.isZero }

  /// The interest of one stretch, not rounded, as parts of a minor unit.
  private func interest(
    from start: CalendarDate, to end: CalendarDate
  ) throws(CalculationError) -> Decimal128 {
    guard case .dayCount(let dayCount) = terms.basis else {
      throw CalculationError(
        .unsupported, "basis", "Events between due dates need a day count.")
    }
    let fraction = dayCount.fraction(from: start, to: end, termination: plan.dates.last)
    return Decimal128(Int(balance)) * rate.decimal * fraction.decimal
  }

  /// Brings interest up to the day of an event and applies it; `number` is the next payment's.
  mutating func apply(_ event: LoanEvent, before number: Int) throws(CalculationError) {
    if event.date > accruedTo {
      accrued += try interest(from: accruedTo, to: event.date)
      accruedTo = event.date
      isSplit = true
    }
    switch event {
    case .drawdown(let date, let amount):
      let units = try terms.rounding.minorUnits(amount, "events")
      try CalculationError.unless(
        units > 0 && balance + units <= CalculationLimits.greatestMinorUnits, .outOfRange,
        "events", "A drawdown must be above zero and within the largest amount.")
      balance += units
      try solveAgain(from: number)
      append(.drawdown, date, interest: 0, principal: -units)
    case .rateChange(let date, let annualRate):
      rate = try PeriodicInterest(
        annualRate: annualRate, rounding: terms.rounding.rule, field: "events")
      try solveAgain(from: number)
      append(.rateChange, date, interest: 0, principal: 0)
    case .earlyRepayment(let date, let amount, let mode):
      let units = try terms.rounding.minorUnits(amount, "events")
      try CalculationError.unless(
        units > 0 && units <= balance, .outOfRange, "events",
        "An early repayment must be above zero and at most what is owed.")
      balance -= units
      if balance == 0 {
        // The whole debt is settled with the interest up to this day.
        let interest = try rounded(accrued)
        accrued = 0
        append(.earlyRepayment, date, interest: interest, principal: units)
      } else {
        if mode == .lowerInstalment { try solveAgain(from: number) }
        append(.earlyRepayment, date, interest: 0, principal: units)
      }
    }
  }

  /// Pays one instalment on its due date.
  mutating func payInstalment(_ number: Int) throws(CalculationError) {
    let due = plan.dates[number - 1]
    let interest: Int64
    if isSplit {
      interest = try rounded(accrued + self.interest(from: accruedTo, to: due))
    } else {
      interest = try rate.interest(on: balance, over: plan.periods[number - 1])
    }
    var reduction: Int64
    if number == plan.dates.count {
      reduction = balance
    } else if number <= terms.interestOnlyPayments {
      reduction = 0
    } else if let instalment = instalments.last {
      reduction = instalment - interest
    } else {
      reduction = terms.repayment == .bullet ? 0 : part
    }
    reduction = min(reduction, balance)
    balance -= reduction
    try CalculationError.unless(
      balance <= CalculationLimits.greatestMinorUnits, .notAmortising, "instalment",
      "The payments do not cover the interest, and the debt grows without end.")
    accrued = 0
    accruedTo = due
    isSplit = false
    append(.instalment, due, interest: interest, principal: reduction)
  }

  /// Solves for the instalment that pays off by the last due date, from payment `number` on.
  private mutating func solveAgain(from number: Int) throws(CalculationError) {
    guard number <= plan.dates.count, balance > 0 else { return }
    let first = max(number, terms.interestOnlyPayments + 1)
    let left = plan.dates.count - first + 1
    part = RoundedQuotient.of(balance, Int64(max(left, 1)), terms.rounding.rule)
    guard !instalments.isEmpty, terms.instalment.fixed == nil else { return }
    // Growth over each remaining period; the one that has begun keeps the interest it has.
    var growth = Decimal128.one
    var sum = Decimal128.zero
    var owed = Decimal128(Int(balance))
    for index in (first - 1)..<plan.dates.count {
      var factor = 1 + rate.decimal * plan.periods[index].decimal
      if index == number - 1, isSplit {
        let rest = try interest(from: accruedTo, to: plan.dates[index])
        factor = 1 + (accrued + rest) / owed
      }
      growth *= factor
      sum = sum * factor + 1
    }
    // Interest-only payments before the first instalment leave the debt as it is.
    owed *= growth
    let payment = (owed - Decimal128(Int(plan.balloon))) / sum
    let rule = terms.instalment.rounding ?? terms.rounding.rule
    guard payment.isFinite, let units = payment.rounded(scale: 0, rule).integerValue,
      units.magnitude <= UInt(CalculationLimits.greatestMinorUnits)
    else {
      throw CalculationError(
        .noSolution, "events", "No level payment pays this loan back after the event.")
    }
    var instalment = Int64(units)
    if let multiple = terms.instalment.multiple {
      instalment = LevelPayment.multiple(
        instalment, of: try terms.rounding.minorUnits(multiple, "instalmentMultiple"), rule)
    }
    instalments.append(instalment)
  }

  private func rounded(_ units: Decimal128) throws(CalculationError) -> Int64 {
    guard let whole = units.rounded(scale: 0, terms.rounding.rule).integerValue,
      whole.magnitude <= UInt(CalculationLimits.greatestMinorUnits)
    else {
      throw CalculationError(
        .outOfRange, "amount", "The interest is larger than this calculation keeps exactly.")
    }
    return Int64(whole)
  }

  private mutating func append(
    _ kind: LoanCourseRow.Kind, _ date: CalendarDate, interest: Int64, principal: Int64
  ) {
    interestPaid += interest
    let isPayment = kind == .instalment || kind == .earlyRepayment
    let rounding = terms.rounding
    rows.append(
      LoanCourseRow(
        kind: kind, date: date, payment: rounding.amount(isPayment ? interest + principal : 0),
        interest: rounding.amount(interest), principal: rounding.amount(principal),
        balance: rounding.amount(balance), annualRate: rate.decimal))
  }
}
