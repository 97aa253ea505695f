import Calculation
import Quantities

extension Calculators {
  /// Loans on their way, and beside one another.
  static let loanChanges: [Calculator] = [
    loanCourse, earlyRepayment, affordability, refinancing, comparison,
  ]

  /// A loan's lines with everything that happens to it.
  static func courseRows(_ course: LoanCourse) -> Figure {
    .rows("schedule", course.rows, "The lines in order.") { row in
      [
        .text("kind", row.kind.rawValue, "An instalment, or what happened."),
        .date("due", row.date, "The day."),
        .decimal("payment", row.payment, "What the borrower pays."),
        .decimal("interest", row.interest, "The interest in it."),
        .decimal("principal", row.principal, "The principal in it; a drawdown is negative."),
        .decimal("balance", row.balance, "What is owed after it."),
        .decimal("annualRate", row.annualRate, "The rate from then on."),
      ]
    }
  }

  private static func figures(_ course: LoanCourse) -> [Figure] {
    [
      .decimals(
        "instalments", course.instalments, "The level payments in the order they came in force."),
      .decimal("totalInterest", course.totalInterest, "The sum of all interest."),
      .decimal("totalPaid", course.totalPaid, "The sum of everything paid."),
      .date("paidOff", course.paidOff, "The day of the last payment."),
      courseRows(course),
    ]
  }

  private static let exampleTerms = #"""
    "amount":"12000","currency":"EUR","annualRate":"0.059","payments":24,
    "disbursed":"2026-01-15","dayCount":"30E/360"
    """#

  private static let loanCourse = Calculator(
    "loan course", "loan/course", "A loan with drawdowns, changes of rate and early repayments",
    source: "ISDA 2006 Definitions 4.16",
    example: "{\(exampleTerms),"
      + #""events":[{"kind":"rateChange","date":"2026-07-01","annualRate":"0.065"}]}"#,
    renamed: loanNames
  ) { inputs in
    let terms = inputs.loanTerms()
    let events = inputs.loanEvents()
    guard let terms, let events else { return nil }
    return figures(try LoanCourse(terms, events: events))
  }

  private enum CompensationName: String, CaseIterable { case none, consumerCredit, part }

  private static let earlyRepayment = Calculator(
    "early repayment", "loan/early-repayment", "What paying back early saves and costs",
    source: "Directive (EU) 2023/2225, article 29; 2008/48/EC, article 16",
    example: "{\(exampleTerms),"
      + #""repayOn":"2026-09-15","repay":"3000","compensation":"consumerCredit"}"#,
    renamed: loanNames.merging(["events": "repay"]) { first, _ in first }
  ) { inputs in
    let terms = inputs.loanTerms()
    let earlier = inputs.loanEvents()
    let date = inputs.date("repayOn", "The day of the early repayment.")
    let amount = inputs.decimal("repay", "What is paid back.", in: CalculatorRanges.positive)
    let mode = inputs.choice(
      "mode", "What is shortened; shorterTerm.", or: EarlyRepaymentMode.shorterTerm)
    let rule = inputs.choice(
      "compensation", "What the lender may ask for; none.", or: CompensationName.none)
    let part = inputs.optionalDecimal(
      "compensationPart", "The part of what is repaid, for the rule `part`.",
      in: CalculatorRanges.parts)
    guard let terms, let earlier, let date, let amount else { return nil }
    let compensation: EarlyRepaymentCompensation
    switch (rule, part) {
    case (.none, nil): compensation = .none
    case (.consumerCredit, nil): compensation = .consumerCredit
    case (.part, let part?): compensation = .part(part)
    case (.part, nil):
      inputs.report("compensationPart", "required", "The rule `part` needs its part.")
      return nil
    default:
      inputs.report("compensationPart", "unexpected", "Only the rule `part` has a part.")
      return nil
    }
    let result = try EarlyRepayment(
      terms, on: date, amount: amount, mode: mode, earlier: earlier, compensation: compensation)
    return [
      .decimal("interestSaved", result.interestSaved, "Interest that is not paid any more."),
      .decimal("compensation", result.compensation, "What the lender may ask for."),
      .decimal("advantage", result.advantage, "Interest saved less compensation."),
      .date("paidOffBefore", result.before.paidOff, "The last payment as agreed."),
      .date("paidOff", result.after.paidOff, "The last payment now."),
      .decimals("instalments", result.after.instalments, "The level payments in order."),
      .decimal("totalPaid", result.after.totalPaid, "The sum of everything paid."),
      courseRows(result.after),
    ]
  }

  private static let affordability = Calculator(
    "affordability", "loan/affordability", "How much a household can borrow",
    source: "EBA/GL/2020/06, section 5.2.5",
    example: #"""
      {"income":"3000","expenses":"900","debtToIncome":"0.4","stressMargin":"0.03",
      "annualRate":"0.05","months":240}
      """#
  ) { inputs in
    let income = inputs.decimal(
      "income", "Regular income a month after tax.", in: CalculatorRanges.positive)
    let instalments = inputs.optionalDecimal(
      "instalments", "Instalments of running loans a month; 0.", in: CalculatorRanges.amounts)
    let expenses = inputs.optionalDecimal(
      "expenses", "Living costs and rent a month; 0.", in: CalculatorRanges.amounts)
    let limit = inputs.decimal(
      "debtToIncome", "The part of income that instalments may take.", in: CalculatorRanges.parts)
    let left = inputs.optionalDecimal(
      "leastLeft", "What must be left a month; 0.", in: CalculatorRanges.amounts)
    let margin = inputs.optionalDecimal(
      "stressMargin", "What is added to the rate; 0.", in: CalculatorRanges.parts)
    let toValue = inputs.optionalDecimal(
      "loanToValue", "The part of the security that may be lent.", in: 0...10)
    let value = inputs.optionalDecimal(
      "securityValue", "What the security is worth.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal(
      "annualRate", "The borrowing rate a year.", in: CalculatorRanges.chargedRates)
    let months = inputs.integer("months", "The term.", in: CalculatorRanges.payments)
    let rounding = inputs.rounding()
    guard let income, let limit, let rate, let months else { return nil }
    let budget = HouseholdBudget(
      income: income, instalments: instalments ?? 0, expenses: expenses ?? 0)
    let result = try Affordability(
      budget,
      limits: AffordabilityLimits(
        debtToIncome: limit, leastLeft: left ?? 0, stressMargin: margin ?? 0,
        loanToValue: toValue), annualRate: rate, months: months, securityValue: value,
      rounding: rounding)
    let after = try Affordability.debtToIncome(
      budget, newInstalment: result.greatestInstalment)
    return [
      .decimal("greatestInstalment", result.greatestInstalment, "The largest instalment."),
      .decimal("greatestAmount", result.greatestAmount, "The largest amount, stressed."),
      .decimal("stressedRate", rate + (margin ?? 0), "The rate that the amount is found at."),
      .decimal("debtToIncomeBefore", result.debtToIncomeBefore, "Instalments by income before."),
      .decimal("debtToIncomeAfter", after, "Instalments by income with the largest instalment."),
      .text("bindingLimit", result.bindingLimit.rawValue, "The limit that decides."),
    ]
  }

  private static let refinancing = Calculator(
    "refinancing", "loan/refinance", "Whether a new loan in place of a running one pays, and when",
    source: "Break-even: outlay ÷ monthly saving",
    example: #"""
      {"balance":"80000","instalment":"620","monthsLeft":180,"annualRate":"0.035","months":180,
      "upFrontFee":"500","settlement":"300"}
      """#,
    renamed: ["amount": "balance"]
  ) { inputs in
    let balance = inputs.decimal("balance", "What is owed.", in: CalculatorRanges.positive)
    let instalment = inputs.decimal(
      "instalment", "What is paid a month now.", in: CalculatorRanges.positive)
    let left = inputs.integer("monthsLeft", "For how long.", in: CalculatorRanges.payments)
    let settlement = inputs.optionalDecimal(
      "settlement", "What leaving the running loan costs; 0.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal(
      "annualRate", "The new rate a year.", in: CalculatorRanges.chargedRates)
    let months = inputs.integer("months", "The new term.", in: CalculatorRanges.payments)
    let upFront = inputs.optionalDecimal(
      "upFrontFee", "Paid in cash on the first day; 0.", in: CalculatorRanges.amounts)
    let each = inputs.optionalDecimal(
      "paymentFee", "Paid with each instalment; 0.", in: CalculatorRanges.amounts)
    let rounding = inputs.rounding()
    guard let balance, let instalment, let left, let rate, let months else { return nil }
    let result = try Refinancing(
      balance: balance, instalment: instalment, monthsLeft: left, settlement: settlement ?? 0,
      annualRate: rate, months: months,
      fees: LoanFees(upFront: upFront ?? 0, eachPayment: each ?? 0), rounding: rounding)
    return [
      .decimal("remainingPayments", result.remainingPayments, "Still to pay on the old loan."),
      .decimal("newPayments", result.newPayments, "To pay on the new one, fees included."),
      .decimal("saving", result.saving, "What is saved; negative when it costs more."),
      .decimal("instalment", result.replacement.instalment, "The new instalment."),
      .decimal("monthlySaving", result.monthlySaving, "The instalment before less after."),
      .integer("breakEvenMonths", result.breakEvenMonths, "When the outlay is earned back."),
      .decimal("effectiveRate", result.replacement.effectiveRate, "The new loan's EU APRC."),
    ]
  }

  /// The calculator that a page shows.
  package static let comparison = Calculator(
    "loan comparison", "loan/compare", "Loans side by side, the cheapest by yearly cost first",
    source: "Directive (EU) 2023/2225, Annex III",
    example: #"""
      {"amount":"10000","currency":"EUR","offers":[{"name":"A","annualRate":"0.05","months":36},
      {"name":"B","annualRate":"0.045","months":36,"upFrontFee":"200"}]}
      """#,
    renamed: ["annualRate": "offers", "months": "offers", "fees": "offers"]
  ) { inputs in
    let amount = inputs.decimal("amount", "The amount lent.", in: CalculatorRanges.positive)
    let rounding = inputs.rounding()
    let offers = inputs.objects(
      "offers", "The offers, two to twenty.", min: 2, max: 20
    ) { inputs -> LoanOffer? in
      let name = inputs.text("name", "The offer's name.")
      let rate = inputs.decimal(
        "annualRate", "The rate a year.", in: CalculatorRanges.chargedRates)
      let months = inputs.integer("months", "The term.", in: CalculatorRanges.payments)
      let upFront = inputs.optionalDecimal(
        "upFrontFee", "Paid on the first day; 0.", in: CalculatorRanges.amounts)
      let each = inputs.optionalDecimal(
        "paymentFee", "Paid with each instalment; 0.", in: CalculatorRanges.amounts)
      guard let name, let rate, let months else { return nil }
      return LoanOffer(
        name: name, rate: rate, months: months,
        fees: LoanFees(upFront: upFront ?? 0, eachPayment: each ?? 0))
    }
    guard let amount, let offers else { return nil }
    var costs: [(offer: LoanOffer, cost: LoanCost)] = []
    for offer in offers {
      costs.append(
        (
          offer,
          try LoanCost.annuity(
            amount: amount, annualRate: offer.rate, months: offer.months, fees: offer.fees,
            rounding: rounding)
        ))
    }
    costs.sort {
      ($0.cost.effectiveRate, $0.cost.totalPayable, $0.offer.name)
        < ($1.cost.effectiveRate, $1.cost.totalPayable, $1.offer.name)
    }
    return [
      .rows("ranking", costs, "The offers, the cheapest first.") { entry in
        [
          .text("name", entry.offer.name, "The offer."),
          .decimal("instalment", entry.cost.instalment, "The instalment, without fees."),
          .decimal("totalInterest", entry.cost.totalInterest, "All interest."),
          .decimal("totalFees", entry.cost.totalFees, "All charges."),
          .decimal("totalPayable", entry.cost.totalPayable, "Everything paid."),
          .text("law", RateLaw.euAPRC.rawValue, "The law that the rate follows."),
          .decimal("effectiveRate", entry.cost.effectiveRate, "The yearly cost."),
        ]
      }
    ]
  }
}

private struct LoanOffer {
  let name: String
  let rate: Decimal128
  let months: Int
  let fees: LoanFees
}
