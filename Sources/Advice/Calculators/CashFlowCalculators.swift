import Calculation
import Quantities

extension Calculators {
  /// Spreadsheet functions of time value, and rates and values of flows.
  static let cashFlows: [Calculator] = [
    timeValue,
    Calculator(
      "internal rate", "cash-flow/irr", "The rate of a period at which amounts are worth nothing",
      source: "OASIS OpenFormula 1.2, IRR", example: #"{"amounts":["-100","60","60"]}"#
    ) { inputs in
      let amounts = inputs.amounts()
      let guess = inputs.guess()
      guard let amounts else { return nil }
      let solved = try InternalRate.periodic(amounts: amounts, guess: guess ?? tenPercent)
      return solution(solved, TimedAmount.periodic(amounts))
    },
    Calculator(
      "dated internal rate", "cash-flow/xirr",
      "The yearly rate at which dated amounts are worth nothing",
      source: "OASIS OpenFormula 1.2, XIRR",
      example: #"{"dates":["2025-01-01","2026-01-01"],"amounts":["-100","110"]}"#,
      renamed: ["flows": "amounts"]
    ) { inputs in
      let dates = inputs.flowDates()
      let amounts = inputs.amounts()
      let dayCount = inputs.dayCount(or: .actual365)
      let guess = inputs.guess()
      guard let amounts, let dates else { return nil }
      let flows = try CashFlow.list(dates: dates, amounts: amounts)
      let solved = try InternalRate.annual(
        flows: flows, dayCount: dayCount, guess: guess ?? tenPercent)
      let first = dates.min() ?? flows[0].date
      return solution(solved, TimedAmount.dated(flows, from: first, dayCount))
    },
    Calculator(
      "present value", "cash-flow/npv", "What amounts one period apart are worth today",
      source: "OASIS OpenFormula 1.2, NPV",
      example: #"{"rate":"0.05","amounts":["60","60"]}"#
    ) { inputs in
      let rate = inputs.decimal("rate", "The rate of a period.")
      let amounts = inputs.amounts()
      let first = inputs.optionalInteger(
        "firstPeriod", "Periods until the first amount; 1, as in spreadsheets.", in: 0...10_000)
      guard let rate, let amounts else { return nil }
      let value = try InternalRate.presentValue(
        rate: rate, amounts: amounts, firstPeriod: first ?? 1)
      let flows = TimedAmount.periodic(amounts, first: first ?? 1)
      return [
        .decimal("value", value, "The value today."), .proof(DiscountProof(rate: rate, flows)),
      ]
    },
    Calculator(
      "dated present value", "cash-flow/xnpv", "What dated amounts are worth on the first date",
      source: "OASIS OpenFormula 1.2, XNPV",
      example: #"{"rate":"0.05","dates":["2025-01-01","2026-01-01"],"amounts":["-100","110"]}"#,
      renamed: ["flows": "amounts"]
    ) { inputs in
      let rate = inputs.decimal("rate", "The effective rate a year.")
      let dates = inputs.flowDates()
      let amounts = inputs.amounts()
      let dayCount = inputs.dayCount(or: .actual365)
      guard let rate, let amounts, let dates else { return nil }
      let flows = try CashFlow.list(dates: dates, amounts: amounts)
      let value = try InternalRate.presentValue(rate: rate, flows: flows, dayCount: dayCount)
      let timed = TimedAmount.dated(flows, from: flows[0].date, dayCount)
      return [
        .decimal("value", value, "The value on the first date."),
        .proof(DiscountProof(rate: rate, timed)),
      ]
    },
    Calculator(
      "modified internal rate", "cash-flow/mirr",
      "The rate from what amounts paid cost to what amounts received become",
      source: "OASIS OpenFormula 1.2, MIRR",
      example: #"{"amounts":["-100","60","60"],"financeRate":"0.05","reinvestmentRate":"0.04"}"#,
      renamed: ["rate": "financeRate"]
    ) { inputs in
      let amounts = inputs.amounts()
      let finance = inputs.decimal("financeRate", "What money paid costs a period.")
      let reinvestment = inputs.decimal("reinvestmentRate", "What money received earns a period.")
      guard let amounts, let finance, let reinvestment else { return nil }
      let rate = try InternalRate.modified(
        amounts: amounts, financeRate: finance, reinvestmentRate: reinvestment)
      return [.decimal("rate", rate, "The rate of a period.")]
    },
    Calculator(
      "future value by rates", "cash-flow/future-value",
      "What a principal becomes under one rate after another",
      source: "OASIS OpenFormula 1.2, FVSCHEDULE",
      example: #"{"principal":"1000","rates":["0.03","0.04"]}"#
    ) { inputs in
      let principal = inputs.decimal(
        "principal", "The principal.", in: CalculatorRanges.signed)
      let rates = inputs.decimals(
        "rates", "The rates, a period each.", max: CalculationLimits.flows)
      guard let principal, let rates else { return nil }
      return [
        .decimal(
          "value", try TimeValue.futureValue(of: principal, rates: rates), "What it becomes.")
      ]
    },
  ]

  private static let tenPercent = Decimal128(isNegative: false, coefficient: 1, exponent: -1)

  private static func solution(
    _ solution: InternalRate.Solution, _ flows: [TimedAmount]
  ) -> [Figure] {
    [
      .decimal("rate", solution.rate, "The rate."),
      .boolean("isUnique", solution.isUnique, "Whether no other rate can exist."),
      .proof(DiscountProof(solving: solution.rate, flows)),
    ]
  }
}

extension Figure {
  /// The table by which a value or a rate can be audited.
  static func proof(_ proof: DiscountProof?) -> Figure {
    .fields(
      "proof",
      proof.map { proof in
        [
          .decimal("rate", proof.rate, "The rate of the formula."),
          .decimal("sum", proof.sum, "The values added; of an internal rate what is left."),
          .rows("lines", proof.lines, "The flows in order.") { line in
            [
              .decimal("time", line.flow.years, "Periods or years from the first."),
              .decimal("amount", line.flow.amount, "The amount; paid is negative."),
              .decimal("divisor", line.divisor, "What the amount is divided by."),
              .decimal("discounted", line.discounted, "Its value."),
            ]
          },
        ]
      },
      "The table by which it can be audited; for up to \(DiscountProof.greatestFlows) flows.")
  }
}

extension CalculatorInputs {
  fileprivate func amounts() -> [Decimal128]? {
    decimals("amounts", "The amounts in order; paid is negative.", max: CalculationLimits.flows)
  }

  fileprivate func flowDates() -> [CalendarDate]? {
    dates("dates", "The day of each amount.", max: CalculationLimits.flows)
  }

  fileprivate func guess() -> Decimal128? {
    optionalDecimal("guess", "A rate near the one looked for; 0.1.", in: CalculatorRanges.rates)
  }
}
