import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let loanKinds: [String: Run] = [
    "loan_schedule": { inputs in
      let schedule = try LoanSchedule(try loanTerms(inputs))
      return .fields([
        "level_payment": schedule.instalment.map(ReferenceAnswer.number) ?? .none,
        "total_interest": .number(schedule.totalInterest),
        "total_paid": .number(schedule.totalPaid),
        "last_payment": .number(schedule.lastPayment),
        "rows": .list(schedule.rows.map(row)),
      ])
    },
    "loan_payment": { inputs in
      let perYear =
        inputs.has("periods_per_year")
        ? try inputs.integer("periods_per_year") : 12 / (try inputs.integer("frequency_months"))
      let isAtBeginning = try inputs.has("due") && inputs.text("due") == "begin"
      let exact = try LoanPayment.level(
        principal: try inputs.decimal("principal"), annualRate: try inputs.decimal("annual_rate"),
        payments: try inputs.integer("n"), perYear: perYear,
        timing: isAtBeginning ? .beginning : .end, balloon: try inputs.decimal("balloon", or: 0))
      let rounded = try inputs.rounding().rounded(exact)
      return .fields([
        "payment_exact": .number(exact), "payment_rounded2": .number(rounded),
        "payment": .number(rounded),
      ])
    },
    "loan_max_amount": { inputs in
      let amount = try LoanPayment.greatestPrincipal(
        payment: try inputs.decimal("payment"), annualRate: try inputs.decimal("annual_rate"),
        payments: try inputs.integer("n"), perYear: 12 / (try inputs.integer("frequency_months")),
        rounding: try inputs.rounding())
      return .fields(["principal": .number(amount)])
    },
    "interest_amount": { inputs in
      let interest = try LoanPayment.interest(
        principal: try inputs.decimal("principal"), annualRate: try inputs.decimal("annual_rate"),
        from: try inputs.date("start"), to: try inputs.date("end"),
        dayCount: try inputs.dayCount(), rounding: try inputs.rounding())
      return .fields(["interest": .number(interest)])
    },
  ]

  private static func row(_ row: LoanRow) -> ReferenceAnswer {
    .fields([
      "n": .number(row.number), "due": .text(row.due.description),
      "payment": .number(row.payment), "interest": .number(row.interest),
      "principal": .number(row.principal), "balance": .number(row.balance),
    ])
  }

  private static func loanTerms(_ inputs: ReferenceInputs) throws -> LoanTerms {
    let dueDates: DueDates =
      inputs.has("due_dates")
      ? .listed(try inputs.dates("due_dates"))
      : .regular(
        first: try inputs.date("first_due_date"),
        every: .months(try inputs.integer("frequency_months")), count: try inputs.integer("n"),
        anchorDay: try inputs.integer("due_day_anchor"))
    var terms = LoanTerms(
      amount: try inputs.decimal("principal"), annualRate: try inputs.decimal("annual_rate"),
      disbursed: try inputs.date("disbursement_date"), dueDates: dueDates,
      repayment: try repayment(inputs),
      interestOnlyPayments: try inputs.integer("grace_principal_periods", or: 0),
      basis: .dayCount(try inputs.dayCount()), rounding: try inputs.rounding())
    if inputs.has("payment_multiple") {
      terms.instalment.multiple = try inputs.decimal("payment_multiple")
    }
    if inputs.has("level_payment") { terms.instalment.fixed = try inputs.decimal("level_payment") }
    return terms
  }

  private static func repayment(_ inputs: ReferenceInputs) throws -> Repayment {
    switch try inputs.text("method") {
    case "annuity": return .annuity
    case "equal_principal": return .equalPrincipal
    case "bullet": return .bullet
    case "balloon": return .balloon(try inputs.decimal("balloon"))
    case let other: throw ReferenceInputs.Missing(description: "unknown method \(other)")
    }
  }
}
