import Quantities

/// Walking through a plan's payments.
extension LoanPlan {
  /// What a walk gathered.
  struct Progress {
    var rows: [LoanRow] = []
    var balance: Int64
    var interest: Int64 = 0
    var lastPayment: Int64 = 0
    var payments = 0
  }

  /// Every row of the plan.
  func run() throws(CalculationError) -> Progress {
    var progress = Progress(balance: principal)
    progress.rows.reserveCapacity(dates.count)
    let decimals = Int8(truncatingIfNeeded: terms.rounding.decimals)
    try walk(&progress) { number, interest, principal, progress in
      progress.rows.append(
        LoanRow(
          due: dates[number - 1], interestUnits: interest, principalUnits: principal,
          balanceUnits: progress.balance, shortNumber: Int16(truncatingIfNeeded: number),
          decimals: decimals))
    }
    return progress
  }

  /// The totals without the rows.
  func totals() throws(CalculationError) -> Progress {
    var progress = Progress(balance: principal)
    try walk(&progress) { _, _, _, _ in }
    return progress
  }

  /// Goes through the payments; `visit` sees each after the balance was reduced.
  @inline(__always)
  private func walk(
    _ progress: inout Progress,
    _ visit: (_ number: Int, _ interest: Int64, _ principal: Int64, inout Progress) -> Void
  ) throws(CalculationError) {
    let count = periods.count
    let grace = terms.interestOnlyPayments
    let part = RoundedQuotient.of(principal, Int64(count - grace), terms.rounding.rule)
    for index in 0..<count {
      let interest = try interest.interest(on: progress.balance, over: periods[index])
      var reduction: Int64
      if index == count - 1 {
        reduction = progress.balance
      } else if index < grace {
        reduction = 0
      } else if let instalment {
        reduction = instalment - interest
      } else {
        reduction = terms.repayment == .bullet ? 0 : part
      }
      let isPaidOff = reduction >= progress.balance
      if isPaidOff { reduction = progress.balance }
      progress.balance -= reduction
      progress.interest += interest
      progress.lastPayment = interest + reduction
      progress.payments = index + 1
      visit(index + 1, interest, reduction, &progress)
      if isPaidOff { break }
      try CalculationError.unless(
        progress.balance <= CalculationLimits.greatestMinorUnits, .notAmortising, "instalment",
        "The payments do not cover the interest, and the debt grows without end.")
    }
    try checkAmortises(progress)
  }

  /// An agreed instalment must bring the debt down before the last payment clears it.
  private func checkAmortises(_ progress: Progress) throws(CalculationError) {
    guard terms.instalment.fixed != nil, let instalment, progress.payments == periods.count,
      periods.count > 1
    else { return }
    let cleared = progress.lastPayment
    try CalculationError.unless(
      cleared - instalment < principal, .notAmortising, "instalment",
      "This instalment does not cover the interest; the loan would not be paid back.")
  }
}
