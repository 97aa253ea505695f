import Calculation
import JSON
import Quantities

/// What a visitor wants to know of a deposit: nothing personal, and nothing kept.
struct DepositQuery: Sendable {
  /// What happens to the interest.
  enum Interest: String, Sendable, CaseIterable { case compound, paidOut }

  var amount: Decimal128
  var currency: Currency
  /// The rate a year; 0.05 is 5 %.
  var rate: Decimal128
  var months: Int
  /// Months between two postings of interest.
  var everyMonths = 12
  var interest = Interest.compound
  var contribution: Decimal128 = 0
  var taxRate: Decimal128 = 0
  var opened: CalendarDate

  init(
    amount: Decimal128, currency: Currency, rate: Decimal128, months: Int, opened: CalendarDate
  ) {
    self.amount = amount
    self.currency = currency
    self.rate = rate
    self.months = months
    self.opened = opened
  }

  /// Reads a query from a request; nil after what is wrong was recorded.
  init?(reading fields: JSONFields, today: CalendarDate) {
    let amount = fields.decimal("amount", in: LoanQuery.amounts)
    let currency = fields.currency("currency")
    let rate = fields.decimal("rate", in: LoanQuery.rates)
    let months = fields.integer("termMonths", in: 1...CalculationLimits.rows)
    everyMonths =
      fields.optionalInteger("interestEveryMonths", in: 1...CalculationLimits.rows) ?? 12
    interest = fields.optionalChoice("interest", Interest.self) ?? .compound
    contribution = fields.optionalDecimal("contribution", in: 0...1_000_000_000_000) ?? 0
    taxRate = fields.optionalDecimal("taxRate", in: 0...1) ?? 0
    opened = fields.optionalDate("opened") ?? today
    guard let amount, let currency, let rate, let months else { return nil }
    self.amount = amount
    self.currency = currency
    self.rate = rate
    self.months = months
    for (key, value) in [("amount", amount), ("contribution", contribution)]
    where value.rounded(scale: currency.minorUnits) != value {
      fields.report(
        key, "scale", "\(currency.code) has \(currency.minorUnits) digits after the point.")
    }
  }

  static let schema = Schema.input(
    "What is asked about a deposit.",
    [
      .required("amount", .decimal("The amount deposited.")),
      .required("currency", .currency),
      .required("rate", .decimal("The rate a year; 0.05 is 5 %.")),
      .required("termMonths", .integer("The term in months.", 1...1_200)),
      .optional(
        "interestEveryMonths", .integer("Months between postings of interest; 12.", 1...1_200)),
      .optional(
        "interest",
        .choice("Whether interest is added or paid out.", Interest.allCases.map(\.rawValue))),
      .optional("contribution", .decimal("What is paid in with each posting; 0.")),
      .optional("taxRate", .decimal("The part of the interest withheld as tax; 0.")),
      .optional("opened", .date("The day it is opened; today.")),
    ])
}

/// What a deposit comes to.
struct DepositAnswer: Sendable {
  let query: DepositQuery
  let schedule: DepositSchedule
  /// The yearly yield; nil where interest is paid out, taxed or money is added on the way.
  let effectiveRate: Decimal128?

  /// - Throws: `Problem` naming the field at fault.
  init(_ query: DepositQuery) throws(Problem) {
    self.query = query
    do {
      schedule = try DepositSchedule(
        DepositTerms(
          principal: query.amount, annualRate: query.rate, opened: query.opened,
          months: query.months, interestEveryMonths: query.everyMonths,
          capitalises: query.interest == .compound, contribution: query.contribution,
          taxRate: query.taxRate, rounding: MoneyRounding(query.currency)))
    } catch {
      throw Problem(
        calculation: error,
        fields: ["annualRate": "rate", "principal": "amount", "months": "termMonths"])
    }
    effectiveRate = schedule.effectiveAnnualRate?.rounded(scale: 12)
  }
}

extension DepositAnswer {
  func write(_ json: inout JSONWriter) {
    json.member("currency", query.currency.code)
    json.member("totalInterest", decimal: schedule.totalInterest)
    json.member("totalTax", decimal: schedule.totalTax)
    json.member("totalContributions", decimal: schedule.totalContributions)
    json.member("finalBalance", decimal: schedule.finalBalance)
    json.member("effectiveRate", decimal: effectiveRate)
    json.array("schedule") { json in
      for row in schedule.rows {
        json.object { json in
          json.member("number", row.number)
          json.member("date", row.date.description)
          json.member("interest", decimal: row.interest)
          json.member("tax", decimal: row.tax)
          json.member("contribution", decimal: row.contribution)
          json.member("paidOut", decimal: row.paidOut)
          json.member("balance", decimal: row.balance)
        }
      }
    }
  }

  static let schema = Schema.object(
    "What a deposit comes to.",
    [
      .required("currency", .currency),
      .required("totalInterest", .decimal("All interest before tax.")),
      .required("totalTax", .decimal("All tax withheld.")),
      .required("totalContributions", .decimal("All that was paid in after the opening.")),
      .required("finalBalance", .decimal("The balance at maturity.")),
      .optional(
        "effectiveRate",
        .decimal("The yearly yield; absent where interest is paid out, taxed or money is added.")),
      .required(
        "schedule",
        .list(
          "The postings of interest in order.",
          .object(
            "",
            [
              .required("number", .integer("From 1.")), .required("date", .date("The day.")),
              .required("interest", .decimal("The interest posted.")),
              .required("tax", .decimal("The tax withheld from it.")),
              .required("contribution", .decimal("What was paid in.")),
              .required("paidOut", .decimal("What was paid out.")),
              .required("balance", .decimal("The balance after it.")),
            ]), max: CalculationLimits.rows)),
    ])
}
