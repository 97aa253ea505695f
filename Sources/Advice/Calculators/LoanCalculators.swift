import Calculation
import Quantities

extension Calculators {
  /// Loans as they are agreed.
  static let loans: [Calculator] = [
    loanQuote, loanSchedule, loanPayment, loanAmount, loanTerm, loanRate, loanInterest,
  ]

  /// The names of the library's terms where inputs call them otherwise.
  static let loanNames = [
    "firstDueDate": "firstDue", "start": "disbursed", "frequency": "everyMonths",
    "fees": "charges", "upFrontFee": "charges", "flows": "charges", "advances": "amount",
    "periodsPerYear": "perYear", "principal": "amount", "rate": "annualRate",
    "basis": "dayCount", "instalmentMultiple": "instalmentMultiple",
  ]

  private static let loanPublication =
    "ISDA 2006 Definitions 4.16; P = Σ A·Π 1/(1 + r·τ); ISO 4217 minor units"

  /// The calculator that a page shows.
  package static let loanQuote = Calculator(
    "loan quote", "loan/quote", "A credit offer with the figures that its law wants beside it",
    source: "Directive (EU) 2023/2225 and 2014/17/EU; 12 CFR 1026.18; Federal Law 353-FZ",
    example: #"""
      {"amount":"12000","currency":"EUR","annualRate":"0.059","payments":24,
      "disbursed":"2026-01-15","jurisdiction":"EU","schedule":true,
      "charges":[{"name":"Fee","amount":"120","moment":"upFront"}]}
      """#,
    renamed: loanNames
  ) { inputs in
    let terms = inputs.loanTerms()
    let events = inputs.loanEvents()
    let charges = inputs.charges()
    let jurisdiction = inputs.choice(
      "jurisdiction", "Whose law says what must be shown; EU.",
      or: CreditJurisdiction.europeanUnion)
    let isMortgage = inputs.boolean(
      "mortgage", "Whether the credit is secured on a home; false.", or: false)
    let highest = inputs.optionalDecimal(
      "highestRate", "The highest rate foreseen, for a mortgage with a variable rate.",
      in: CalculatorRanges.chargedRates)
    let withRows = inputs.boolean(
      "schedule", "Whether the payments are listed; false.", or: false)
    let withProof = inputs.boolean(
      "proof", "Whether the proof of the rate is listed; false.", or: false)
    guard let terms, let events, let charges else { return nil }
    if highest != nil, !isMortgage {
      inputs.report("highestRate", "unexpected", "Only a mortgage shows a second rate.")
      return nil
    }
    let quote = try CreditQuote(
      terms, charges: charges, events: events, jurisdiction: jurisdiction,
      security: isMortgage ? .mortgage(highestRate: highest) : .none)
    return quoteFigures(quote)
      + [
        .fields(
          "proof", withProof ? proof(quote.rate) : nil,
          "The table by which the rate can be audited; listed where `proof` asks for it."),
        withRows
          ? scheduleRows(quote) : Figure("schedule", .absent, "The payments in order."),
      ]
  }

  private static func quoteFigures(_ quote: CreditQuote) -> [Figure] {
    let schedule = quote.schedule
    return [
      .text("jurisdiction", quote.jurisdiction.rawValue, "Whose law is followed."),
      .decimal(
        "instalment", schedule.instalment ?? quote.firstPayment?.amount,
        "The level payment, or the first where none is level."),
      .decimal("lastPayment", quote.lastPayment?.amount, "The last payment."),
      .integer("payments", quote.paymentCount, "How many payments there are."),
      .decimal("amount", quote.amount, "What the borrower gets."),
      .decimal(
        "totalInterest", quote.course?.totalInterest ?? schedule.totalInterest,
        "The sum of all interest."),
      .decimal("totalCharges", quote.totalCharges, "All charges that are a condition."),
      .decimal("totalCost", quote.totalCost, "Interest and charges that are a condition."),
      .decimal("totalPayable", quote.totalPayable, "Everything the borrower pays."),
      .fields(
        "rate",
        [
          .text("law", quote.rate.law.rawValue, "The law that the rate follows."),
          .decimal("rate", quote.rate.rate, "The rate a year; 0.05 is 5 %."),
          .decimal("printedPercent", quote.rate.printedPercent, "As the law prints it."),
        ], "The yearly cost by the law of the jurisdiction."),
      shown(quote.disclosures),
    ]
  }

  /// What must be shown beside an offer.
  static func shown(_ disclosures: [Disclosure]) -> Figure {
    .rows(Calculator.disclosures.name, disclosures, Calculator.disclosures.about) { disclosure in
      let (kind, value): (String, Figure.Value) =
        switch disclosure.value {
        case .money(let amount): ("money", .decimal(amount))
        case .percent(let percent): ("percent", .decimal(percent))
        case .count(let count): ("count", .integer(count))
        case .date(let date): ("date", .date(date))
        case .text(let text): ("text", .text(text))
        }
      return [
        .text("name", disclosure.key.rawValue, "What the figure is."),
        .text("kind", kind, "Its form: money, percent, count, date or text."),
        Figure("value", value, "The figure."),
      ]
    }
  }

  private static func scheduleRows(_ quote: CreditQuote) -> Figure {
    if let course = quote.course { return courseRows(course) }
    return rows(quote.schedule)
  }

  private static func rows(_ schedule: LoanSchedule) -> Figure {
    .rows("schedule", schedule.rows, "The payments in order.") { row in
      [
        .integer("number", row.number, "From 1."),
        .date("due", row.due, "When it is due."),
        .decimal("payment", row.payment, "Interest and principal."),
        .decimal("interest", row.interest, "The interest in it."),
        .decimal("principal", row.principal, "The principal in it."),
        .decimal("balance", row.balance, "What is owed after it."),
      ]
    }
  }

  private static let loanSchedule = Calculator(
    "loan schedule", "loan/schedule", "The repayment plan of a loan, row by row",
    source: loanPublication,
    example: #"""
      {"amount":"12000","currency":"EUR","annualRate":"0.059","payments":12,
      "disbursed":"2026-01-31","dayCount":"30E/360"}
      """#,
    renamed: loanNames
  ) { inputs in
    guard let terms = inputs.loanTerms() else { return nil }
    let schedule = try LoanSchedule(terms)
    return [
      .decimal("instalment", schedule.instalment, "The level payment; absent where none is."),
      .decimal("lastPayment", schedule.lastPayment, "The last payment, which clears the rest."),
      .integer("payments", schedule.rows.count, "How many payments there are."),
      .decimal("totalInterest", schedule.totalInterest, "The sum of all interest."),
      .decimal("totalPaid", schedule.totalPaid, "The sum of all payments."),
      rows(schedule),
    ]
  }

  private static let loanInterest = Calculator(
    "loan interest", "loan/interest", "The interest of one stretch of time",
    source: "ISDA 2006 Definitions 4.16",
    example: #"""
      {"amount":"1000","annualRate":"0.05","start":"2026-01-10","end":"2026-02-10",
      "dayCount":"ACT/365F"}
      """#,
    renamed: ["principal": "amount"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is owed.", in: CalculatorRanges.positive)
    let rate = inputs.decimal(
      "annualRate", "The rate a year.", in: CalculatorRanges.rates)
    let start = inputs.date("start", "The first day.")
    let end = inputs.date("end", "The last day.")
    let dayCount = inputs.dayCount(or: .actual365)
    let rounding = inputs.rounding()
    guard let amount, let rate, let start, let end else { return nil }
    let interest = try LoanPayment.interest(
      principal: amount, annualRate: rate, from: start, to: end, dayCount: dayCount,
      rounding: rounding)
    return [.decimal("interest", interest, "The interest, rounded.")]
  }
}

extension CalculatorInputs {
  /// The charges of a credit beside its interest.
  func charges() -> [CreditCharge]? {
    objects("charges", "Charges beside interest.", max: 100, isRequired: false) { inputs in
      let name = inputs.text("name", "What the charge is for.")
      let amount = inputs.decimal(
        "amount", "The amount, each time.", in: CalculatorRanges.amounts)
      let moment = inputs.choice(
        "moment", "When it is paid; upFront.", or: CreditCharge.Moment.upFront)
      let isCondition = inputs.boolean(
        "condition", "Whether the credit is not granted without it; true.", or: true)
      let isFinanced = inputs.boolean(
        "financed", "Whether it is lent too; false.", or: false)
      guard let name, let amount else { return nil }
      return CreditCharge(
        name: name, amount: amount, moment: moment, isCondition: isCondition,
        isFinanced: isFinanced)
    }
  }
}
