import Calculation
import JSON
import Quantities

/// What a visitor wants to know of a loan: nothing personal, and nothing kept.
struct LoanQuery: Sendable {
  /// How the loan is paid back, by name.
  enum Method: String, Sendable, CaseIterable { case annuity, linear, bullet, balloon }

  /// How interest is measured, by name.
  enum Basis: String, Sendable, CaseIterable {
    case months = "MONTHS"
    case thirtyE360 = "30E/360"
    case thirty360 = "30/360"
    case actual360 = "ACT/360"
    case actual365 = "ACT/365"
    case actualActual = "ACT/ACT"
  }

  var amount: Decimal128
  var currency: Currency
  /// The borrowing rate a year; 0.05 is 5 %.
  var rate: Decimal128
  var months: Int
  var method = Method.annuity
  var balloon: Decimal128?
  var interestOnlyMonths = 0
  var basis = Basis.months
  var disbursed: CalendarDate
  var firstDue: CalendarDate?
  var upFrontFee: Decimal128 = 0
  var monthlyFee: Decimal128 = 0

  /// The amounts that can be asked about.
  static let amounts: ClosedRange<Decimal128> = 1...1_000_000_000_000
  /// The rates that can be asked about.
  static let rates: ClosedRange<Decimal128> = 0...10

  init(
    amount: Decimal128, currency: Currency, rate: Decimal128, months: Int,
    disbursed: CalendarDate
  ) {
    self.amount = amount
    self.currency = currency
    self.rate = rate
    self.months = months
    self.disbursed = disbursed
  }

  /// Reads a query from a request; nil after what is wrong was recorded.
  init?(reading fields: JSONFields, today: CalendarDate) {
    let amount = fields.decimal("amount", in: Self.amounts)
    let currency = fields.currency("currency")
    let rate = fields.decimal("rate", in: Self.rates)
    let months = fields.integer("termMonths", in: 1...CalculationLimits.rows)
    method = fields.optionalChoice("repayment", Method.self) ?? .annuity
    balloon = fields.optionalDecimal("balloon", in: 0...1_000_000_000_000)
    interestOnlyMonths =
      fields.optionalInteger("interestOnlyMonths", in: 0...CalculationLimits.rows) ?? 0
    basis = fields.optionalChoice("dayCount", Basis.self) ?? .months
    disbursed = fields.optionalDate("disbursed") ?? today
    firstDue = fields.optionalDate("firstDue")
    upFrontFee = fields.optionalDecimal("upFrontFee", in: 0...1_000_000_000_000) ?? 0
    monthlyFee = fields.optionalDecimal("monthlyFee", in: 0...1_000_000_000_000) ?? 0
    if method == .balloon, balloon == nil {
      fields.report("balloon", "required", "A balloon loan needs the amount left at the end.")
    }
    if method != .balloon, balloon != nil {
      fields.report("balloon", "unexpected", "Only a balloon loan has a balloon.")
    }
    guard let amount, let currency, let rate, let months else { return nil }
    self.amount = amount
    self.currency = currency
    self.rate = rate
    self.months = months
    for (key, value) in [
      ("amount", amount), ("balloon", balloon ?? 0), ("upFrontFee", upFrontFee),
      ("monthlyFee", monthlyFee),
    ] where value.rounded(scale: currency.minorUnits) != value {
      fields.report(
        key, "scale", "\(currency.code) has \(currency.minorUnits) digits after the point.")
    }
  }

  static let schema = Schema.input(
    "What is asked about a loan.",
    [
      .required("amount", .decimal("The amount lent.")),
      .required("currency", .currency),
      .required("rate", .decimal("The borrowing rate a year; 0.05 is 5 %.")),
      .required("termMonths", .integer("The number of monthly payments.", 1...1_200)),
      .optional(
        "repayment", .choice("How it is paid back; annuity.", Method.allCases.map(\.rawValue))),
      .optional("balloon", .decimal("What a balloon loan leaves to the last payment.")),
      .optional(
        "interestOnlyMonths", .integer("Leading payments of interest only; 0.", 0...1_200)),
      .optional(
        "dayCount", .choice("How interest is measured; MONTHS.", Basis.allCases.map(\.rawValue))),
      .optional("disbursed", .date("The day it is paid out; today.")),
      .optional("firstDue", .date("The first due date; a month after it is paid out.")),
      .optional("upFrontFee", .decimal("A fee paid on the first day; 0.")),
      .optional("monthlyFee", .decimal("A fee paid with each payment; 0.")),
    ])
}

/// What a loan comes to.
struct LoanAnswer: Sendable {
  let query: LoanQuery
  let schedule: LoanSchedule
  /// The yearly cost by EU law; nil where no rate makes the flows balance.
  let effectiveRate: Decimal128?
  let totalFees: Decimal128

  /// Everything paid: principal, interest, fees.
  var totalPaid: Decimal128 { schedule.totalPaid + totalFees }

  /// - Throws: `Problem` naming the field at fault.
  init(_ query: LoanQuery) throws(Problem) {
    self.query = query
    let schedule: LoanSchedule
    do {
      schedule = try LoanSchedule(query.terms)
    } catch {
      throw Problem(calculation: error, fields: Self.fields)
    }
    self.schedule = schedule
    totalFees = query.upFrontFee + query.monthlyFee * Decimal128(schedule.rows.count)
    guard query.upFrontFee < query.amount else {
      throw .invalid([
        Violation(
          pointer: "/upFrontFee", code: "range", detail: "The fee must be below the amount.")
      ])
    }
    let received = [
      CashFlow(date: query.disbursed, amount: query.amount - query.upFrontFee)
    ]
    let paid = schedule.rows.map {
      CashFlow(date: $0.due, amount: $0.payment + query.monthlyFee)
    }
    effectiveRate = try? EffectiveRate.eu(advances: received, payments: paid, period: .month).rate
  }

  /// The names of the schedule's terms in a request.
  private static let fields = [
    "annualRate": "rate", "dueDates": "termMonths", "firstDueDate": "firstDue",
    "interestOnlyPayments": "interestOnlyMonths", "start": "disbursed",
  ]
}

extension LoanQuery {
  /// The terms of the schedule.
  var terms: LoanTerms {
    let dates: DueDates =
      if let firstDue {
        .regular(first: firstDue, every: .months(1), count: months, anchorDay: firstDue.day)
      } else {
        .monthly(after: disbursed, count: months)
      }
    let repayment: Repayment =
      switch method {
      case .annuity: .annuity
      case .linear: .equalPrincipal
      case .bullet: .bullet
      case .balloon: .balloon(balloon ?? 0)
      }
    let basis: InterestBasis =
      switch basis {
      case .months: .equalPeriods(perYear: 12)
      case .thirtyE360: .dayCount(.thirtyE360)
      case .thirty360: .dayCount(.thirty360US)
      case .actual360: .dayCount(.actual360)
      case .actual365: .dayCount(.actual365)
      case .actualActual: .dayCount(.actualActualISDA)
      }
    return LoanTerms(
      amount: amount, annualRate: rate, disbursed: disbursed, dueDates: dates,
      repayment: repayment, interestOnlyPayments: interestOnlyMonths, basis: basis,
      rounding: MoneyRounding(currency))
  }
}

extension LoanAnswer {
  func write(_ json: inout JSONWriter) {
    json.member("currency", query.currency.code)
    json.member("instalment", decimal: schedule.instalment ?? schedule.rows.first?.payment)
    json.member("lastPayment", decimal: schedule.lastPayment)
    json.member("payments", schedule.rows.count)
    json.member("totalInterest", decimal: schedule.totalInterest)
    json.member("totalFees", decimal: totalFees)
    json.member("totalPaid", decimal: totalPaid)
    json.member("effectiveRate", decimal: effectiveRate)
    json.array("schedule") { json in
      for row in schedule.rows {
        json.object { json in
          json.member("number", row.number)
          json.member("due", row.due.description)
          json.member("payment", decimal: row.payment)
          json.member("interest", decimal: row.interest)
          json.member("principal", decimal: row.principal)
          json.member("balance", decimal: row.balance)
        }
      }
    }
  }

  static let schema = Schema.object(
    "What a loan comes to.",
    [
      .required("currency", .currency),
      .required("instalment", .decimal("The level payment, or the first where none is level.")),
      .required("lastPayment", .decimal("The last payment, which clears what rounding left.")),
      .required("payments", .integer("How many payments there are.")),
      .required("totalInterest", .decimal("The sum of all interest.")),
      .required("totalFees", .decimal("The sum of all fees.")),
      .required("totalPaid", .decimal("Principal, interest and fees.")),
      .optional(
        "effectiveRate",
        .decimal("Annual percentage rate of charge, Directive (EU) 2023/2225, Annex III.")),
      .required(
        "schedule",
        .list(
          "The payments in order.",
          .object(
            "",
            [
              .required("number", .integer("From 1.")), .required("due", .date("When it is due.")),
              .required("payment", .decimal("Interest and principal.")),
              .required("interest", .decimal("The interest in it.")),
              .required("principal", .decimal("The principal in it.")),
              .required("balance", .decimal("What is owed after it.")),
            ]), max: CalculationLimits.rows)),
    ])
}
