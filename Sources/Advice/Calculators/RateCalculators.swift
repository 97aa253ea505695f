import Calculation
import Quantities

extension Calculators {
  /// Effective rates by law, each with its proof.
  static let rates: [Calculator] = [
    Calculator(
      "aprc", "apr/eu", "The annual percentage rate of charge by EU law",
      source: "Directive (EU) 2023/2225, Annex III; 2008/48/EC, Annex I; SWD(2012) 128",
      example: #"""
        {"advances":[{"date":"2026-01-15","amount":"1000"}],
        "payments":[{"date":"2027-01-15","amount":"1100"}],"period":"month"}
        """#
    ) { inputs in
      let advances = inputs.flows("advances", "What the borrower gets.")
      let payments = inputs.flows("payments", "What the borrower pays.")
      let period = inputs.choice(
        "period", "The whole periods counted back from each flow; month.", or: LendingPeriod.month)
      guard let advances, let payments else { return nil }
      return answer(try .eu(advances: advances, payments: payments, period: period))
    },
    Calculator(
      "us apr", "apr/us", "The annual percentage rate by the actuarial method of Regulation Z",
      source: "12 CFR 1026, Appendix J",
      example: #"""
        {"advances":[{"date":"2026-01-15","amount":"1000"}],
        "payments":[{"date":"2027-01-15","amount":"1100"}],"unit":"month"}
        """#
    ) { inputs in
      let advances = inputs.flows("advances", "What the borrower gets.")
      let payments = inputs.flows("payments", "What the borrower pays.")
      let unit = inputs.choice(
        "unit", "The unit period, with its multiple; month.", or: UnitPeriod.Unit.month)
      let multiple = inputs.optionalInteger(
        "unitMultiple", "How many of the unit make a unit period; 1.",
        in: CalculatorRanges.perYear)
      let perYear = inputs.optionalInteger(
        "unitPeriodsPerYear", "Unit periods in a year; what unit and multiple make.",
        in: CalculatorRanges.perYear)
      guard let advances, let payments else { return nil }
      let count = multiple ?? 1
      let usual: Int =
        switch unit {
        case .day: 365
        case .week: 52
        case .semimonth: 24
        case .month: 12
        case .year: 1
        }
      let unitPeriod = UnitPeriod(
        unit, multiple: count, perYear: perYear ?? max(usual / count, 1))
      return answer(try .us(advances: advances, payments: payments, unitPeriod: unitPeriod))
    },
    Calculator(
      "full cost of credit", "apr/ru", "The full cost of a consumer credit by Russian law",
      source: "Federal Law 353-FZ, article 6",
      example: #"""
        {"flows":[{"date":"2026-01-15","amount":"-1000"},{"date":"2027-01-15","amount":"1100"}],
        "basePeriod":"1 calendar month","basePeriodsPerYear":12}
        """#
    ) { inputs in
      let flows = inputs.flows(
        "flows", "What the borrower pays; what the borrower gets is negative.", isSigned: true)
      let base = inputs.choice(
        "basePeriod", "The base period; 1 calendar month.", or: BasePeriod.calendarMonth)
      let perYear = inputs.optionalInteger(
        "basePeriodsPerYear", "Base periods in a year; 12.", in: CalculatorRanges.perYear)
      guard let flows else { return nil }
      let rate = try EffectiveRate.russian(
        flows: flows, basePeriod: base, perYear: perYear ?? 12)
      let money = flows.reduce(Decimal128.zero) { $0 + $1.amount }
      return answer(rate) + [
        .decimal("costMoney", money, "The full cost in money: all paid less all received.")
      ]
    },
    Calculator(
      "aprc equation", "apr/equation", "EU law's equation with times that are given in years",
      source: "Directive (EU) 2023/2225, Annex III, part I",
      example: #"""
        {"drawdowns":[{"years":"0","amount":"1000"}],"payments":[{"years":"1.5","amount":"1200"}]}
        """#
    ) { inputs in
      let drawdowns = inputs.timed("drawdowns", "What the borrower gets.")
      let payments = inputs.timed("payments", "What the borrower pays.")
      guard let drawdowns, let payments else { return nil }
      let rate = try RateEquationEU.rate(drawdowns: drawdowns, payments: payments)
      let flows =
        drawdowns.map { TimedAmount(years: $0.years, amount: -$0.amount) } + payments
      return [
        .decimal("rate", rate, "The effective rate a year; 0.05 is 5 %."),
        .decimal("percent", rate * 100, "The rate in per cent, not rounded."),
        .decimal(
          "printedPercent", (rate * 100).rounded(scale: 1, .halfUp),
          "The rate as the law prints it."),
        .proof(DiscountProof(solving: rate, flows)),
      ]
    },
  ]

  /// A rate by its law's name, with the proof.
  private static func answer(_ rate: EffectiveRate) -> [Figure] {
    [
      .text("law", rate.law.rawValue, "The law that the rate follows."),
      .decimal("rate", rate.rate, "The rate a year; 0.05 is 5 %."),
      .decimal("percent", rate.rate * 100, "The rate in per cent, not rounded."),
      .decimal("printedPercent", rate.printedPercent, "The rate as the law prints it."),
      .decimal("percentToHundredths", rate.percent(decimals: 2), "The rate to two digits."),
      .fields("proof", proof(rate), "The table by which the rate can be audited."),
    ]
  }

  static func proof(_ rate: EffectiveRate) -> [Figure] {
    let proof = rate.proof()
    return [
      .text("law", proof.law.rawValue, "The law whose formula the lines follow."),
      .decimal(
        "rate", proof.rate, "The rate of the formula: a year's in the EU, else a period's."),
      .decimal("residual", proof.residual, "What is left when all discounted values are added."),
      .rows("lines", proof.lines, "The flows in order.") { line in
        [
          .date("date", line.date, "The day of the flow."),
          .decimal("amount", line.amount, "Paid by the borrower, or received when negative."),
          .integer("wholePeriods", line.wholePeriods, "Whole periods from the first day."),
          .decimal("part", line.part, "The part of a period, in the EU of a year, that remains."),
          .decimal("divisor", line.divisor, "What the amount is divided by."),
          .decimal("discounted", line.discounted, "Its value on the first day."),
        ]
      },
    ]
  }
}

extension CalculatorInputs {
  fileprivate func flows(
    _ name: String, _ about: String, isSigned: Bool = false
  ) -> [CashFlow]? {
    objects(name, about, min: 1, max: CalculationLimits.flows) { inputs in
      let date = inputs.date("date", "The day.")
      let amount = inputs.decimal(
        "amount", "The amount.",
        in: isSigned ? CalculatorRanges.signed : CalculatorRanges.amounts)
      guard let date, let amount else { return nil }
      return CashFlow(date: date, amount: amount)
    }
  }

  fileprivate func timed(_ name: String, _ about: String) -> [TimedAmount]? {
    objects(name, about, min: 1, max: CalculationLimits.flows) { inputs in
      let years = inputs.decimal(
        "years", "Years from the first drawdown.", in: 0...Decimal128(CalculationLimits.years))
      let amount = inputs.decimal("amount", "The amount.", in: CalculatorRanges.amounts)
      guard let years, let amount else { return nil }
      return TimedAmount(years: years, amount: amount)
    }
  }
}
