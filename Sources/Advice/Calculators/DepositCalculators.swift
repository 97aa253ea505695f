import Calculation
import Quantities

extension Calculators {
  /// Deposits: schedules, growth, yields, leaving early, ladders.
  static let deposits: [Calculator] =
    [depositQuote, depositCompound, depositSimple, depositContributions]
    + [depositStepped, depositTiered, yield, compositeYield, earlyWithdrawal, depositLadder]

  private static let regulationDD = "12 CFR 1030, Appendix A (Regulation DD)"

  /// The calculator that a page shows.
  package static let depositQuote = Calculator(
    "deposit quote", "deposit/quote", "What a deposit comes to, posting by posting",
    source: "\(regulationDD); ISDA 2006 Definitions 4.16",
    example: #"""
      {"amount":"10000","currency":"EUR","annualRate":"0.0325","months":24,
      "opened":"2026-01-31","interestEveryMonths":3}
      """#,
    renamed: ["principal": "amount", "start": "opened"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal(
      "annualRate", "The rate a year; 0.05 is 5 %.", in: CalculatorRanges.rates)
    let opened = inputs.dateOrToday("opened", "The day it is opened; today.")
    let months = inputs.integer("months", "The term.", in: CalculatorRanges.payments)
    let every = inputs.optionalInteger(
      "interestEveryMonths", "Months between postings of interest; 1.",
      in: CalculatorRanges.payments)
    let capitalises = inputs.boolean(
      "capitalise", "Whether interest is added to the balance; true.", or: true)
    let contribution = inputs.optionalDecimal(
      "contribution", "What is paid in with each posting; 0.", in: CalculatorRanges.amounts)
    let tax = inputs.optionalDecimal(
      "taxRate", "The part of interest withheld as tax; 0.", in: CalculatorRanges.parts)
    let dayCount = inputs.dayCount(or: .actual365)
    let rounding = inputs.rounding()
    let withRows = inputs.boolean("schedule", "Whether postings are listed; true.", or: true)
    guard let amount, let rate, let opened, let months else { return nil }
    let quote = try DepositQuote(
      DepositTerms(
        principal: amount, annualRate: rate, opened: opened, months: months,
        interestEveryMonths: every ?? 1, capitalises: capitalises,
        contribution: contribution ?? 0, taxRate: tax ?? 0, dayCount: dayCount,
        rounding: rounding))
    let schedule = quote.schedule
    return [
      .decimal("totalInterest", schedule.totalInterest, "All interest before tax."),
      .decimal("totalTax", schedule.totalTax, "All tax withheld."),
      .decimal("totalContributions", schedule.totalContributions, "All paid in on the way."),
      .decimal("finalBalance", schedule.finalBalance, "The balance at maturity."),
      .decimal(
        "effectiveRate", schedule.effectiveAnnualRate,
        "The yield a year; absent where interest is paid out, taxed or money is added."),
      .decimal("annualPercentageYield", quote.yield, "The yield of Regulation DD."),
      shown(quote.disclosures),
      withRows ? postings(schedule) : Figure("schedule", .absent, "The postings in order."),
    ]
  }

  private static func postings(_ schedule: DepositSchedule) -> Figure {
    .rows("schedule", schedule.rows, "The postings in order.") { row in
      [
        .integer("number", row.number, "From 1."), .date("date", row.date, "The day."),
        .decimal("interest", row.interest, "The interest posted."),
        .decimal("tax", row.tax, "The tax withheld from it."),
        .decimal("contribution", row.contribution, "What was paid in."),
        .decimal("paidOut", row.paidOut, "What was paid out."),
        .decimal("balance", row.balance, "The balance after it."),
      ]
    }
  }

  private static func growth(_ growth: DepositGrowth) -> [Figure] {
    [
      .decimal("finalBalance", growth.maturityValue, "The value at maturity, not rounded."),
      .decimal("interest", growth.interest, "The interest, not rounded."),
      .decimal(
        "roundedInterest", MoneyRounding.cents.rounded(growth.interest), "The interest in cents."),
      .decimal("effectiveRate", growth.effectiveAnnualRate, "The effective rate a year."),
      .decimal(
        "printedYieldPercent", growth.effectiveAnnualRate.map(EffectiveYield.printedPercent),
        "The yield in per cent to two digits."),
    ]
  }

  private static let depositCompound = Calculator(
    "deposit growth", "deposit/compound", "Compound growth of one amount",
    source: "A·(1 + r/m)^(m·t)",
    example: #"{"amount":"1000","annualRate":"0.05","perYear":12,"years":"3"}"#,
    renamed: [
      "principal": "amount", "compoundingPerYear": "perYear",
      "compoundingEveryMonths": "everyMonths",
    ]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
    let perYear = inputs.optionalInteger(
      "perYear", "Compoundings in a year, with years.", in: CalculatorRanges.perYear)
    let years = inputs.optionalDecimal("years", "The term in years.", in: 0...200)
    let months = inputs.optionalInteger("months", "The term in months.", in: 1...2_400)
    let every = inputs.optionalInteger(
      "everyMonths", "Months between compoundings, with months.", in: CalculatorRanges.payments)
    guard let amount, let rate else { return nil }
    switch (years, months) {
    case (let years?, nil):
      return growth(
        try .compound(principal: amount, annualRate: rate, perYear: perYear ?? 12, years: years))
    case (nil, let months?):
      return growth(
        try .compound(
          principal: amount, annualRate: rate, months: months, everyMonths: every ?? 1))
    case (nil, nil):
      inputs.report("years", "required", "The term is needed, in years or in months.")
    default:
      inputs.report("months", "unexpected", "The term is given in years already.")
    }
    return nil
  }

  private static let depositSimple = Calculator(
    "deposit interest", "deposit/simple", "Simple interest between two dates",
    source: "ISDA 2006 Definitions 4.16",
    example: #"{"amount":"1000","annualRate":"0.05","start":"2026-01-01","end":"2026-07-01"}"#,
    renamed: ["principal": "amount"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
    let start = inputs.date("start", "The first day.")
    let end = inputs.date("end", "The last day.")
    let dayCount = inputs.dayCount(or: .actual365)
    guard let amount, let rate, let start, let end else { return nil }
    return growth(
      try .simple(
        principal: amount, annualRate: rate, from: start, to: end, dayCount: dayCount))
  }

  private static let depositContributions = Calculator(
    "savings plan", "deposit/contributions", "A deposit that is added to each month",
    source: "FV = A·(1 + i)^n + C·((1 + i)^n − 1) ÷ i",
    example: #"{"amount":"1000","contribution":"100","annualRate":"0.03","months":60}"#,
    renamed: [
      "principal": "amount", "monthlyContribution": "contribution", "compoundingPerYear": "perYear",
      "nper": "months",
    ]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.amounts)
    let contribution = inputs.decimal(
      "contribution", "What is paid in each month.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
    let months = inputs.integer("months", "The term.", in: 1...2_400)
    let timing = inputs.timing()
    let perYear = inputs.optionalInteger(
      "perYear", "Compoundings in a year; 12.", in: CalculatorRanges.perYear)
    guard let amount, let contribution, let rate, let months else { return nil }
    return growth(
      try .withContributions(
        principal: amount, monthly: contribution, annualRate: rate, months: months,
        timing: timing, perYear: perYear ?? 12))
  }

  private static let depositStepped = Calculator(
    "stepped deposit", "deposit/stepped", "One rate after another, compounded daily",
    source: regulationDD,
    example: #"{"amount":"1000","segments":[{"annualRate":"0.03","days":365}]}"#,
    renamed: ["principal": "amount"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.positive)
    let segments = inputs.segments()
    guard let amount, let segments else { return nil }
    return growth(try .steppedDaily(principal: amount, steps: segments))
  }

  private static let depositTiered = Calculator(
    "tiered deposit", "deposit/tiered", "Rates by balance, compounded daily",
    source: regulationDD,
    example: #"""
      {"amount":"5000","days":365,"tiers":[{"upTo":"2500","annualRate":"0.02"},
      {"annualRate":"0.03"}],"method":"slices"}
      """#,
    renamed: ["balance": "amount", "principal": "amount"]
  ) { inputs in
    let amount = inputs.decimal("amount", "The balance.", in: CalculatorRanges.positive)
    let tiers = inputs.objects(
      "tiers", "The tiers from the lowest.", min: 1, max: CalculationLimits.entries
    ) { inputs -> BalanceTier? in
      let upTo = inputs.optionalDecimal(
        "upTo", "The balance up to which the tier goes; open for the last.",
        in: CalculatorRanges.positive)
      let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
      guard let rate else { return nil }
      return BalanceTier(upTo: upTo, annualRate: rate)
    }
    let method = inputs.choice(
      "method", "Method A (wholeBalance) or B (slices); slices.", or: TierMethod.slices)
    let days = inputs.integer("days", "The term in days.", in: 1...73_200)
    guard let amount, let tiers, let days else { return nil }
    return growth(try .tieredDaily(balance: amount, tiers: tiers, method: method, days: days))
  }
}

extension CalculatorInputs {
  func segments() -> [RateStep]? {
    objects(
      "segments", "The rates in order.", min: 1, max: CalculationLimits.entries
    ) { inputs in
      let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
      let days = inputs.integer("days", "For how many days.", in: 1...73_200)
      guard let rate, let days else { return nil }
      return RateStep(annualRate: rate, days: days)
    }
  }
}
