import Calculation
import Quantities

/// Yields, leaving early, and ladders.
extension Calculators {
  static let yield = Calculator(
    "annual percentage yield", "deposit/apy", "The yield a year of interest on a principal",
    source: "12 CFR 1030, Appendix A, part I.A",
    example: #"{"interest":"30.37","amount":"1000","days":182}"#,
    renamed: ["principal": "amount"]
  ) { inputs in
    let interest = inputs.decimal("interest", "The interest earned.", in: CalculatorRanges.signed)
    let amount = inputs.decimal("amount", "The principal.", in: CalculatorRanges.positive)
    let days = inputs.integer("days", "The term in days.", in: 1...73_200)
    guard let interest, let amount, let days else { return nil }
    let yield = try EffectiveYield.annual(interest: interest, principal: amount, days: days)
    let flows = [
      TimedAmount(years: 0, amount: -amount),
      TimedAmount(years: Decimal128(days) / 365, amount: amount + interest),
    ]
    return figures(yield) + [.proof(DiscountProof(solving: yield, flows))]
  }

  static let compositeYield = Calculator(
    "composite yield", "deposit/composite-apy", "One yield for rates that follow one another",
    source: "12 CFR 1030, Appendix A, part I.B",
    example: #"{"segments":[{"annualRate":"0.05","days":365},{"annualRate":"0.06","days":365}]}"#
  ) { inputs in
    guard let segments = inputs.segments() else { return nil }
    return figures(try EffectiveYield.composite(segments))
  }

  private static func figures(_ yield: Decimal128) -> [Figure] {
    [
      .decimal("yield", yield, "The yield a year; 0.05 is 5 %."),
      .decimal("percent", yield * 100, "In per cent, not rounded."),
      .decimal("printedPercent", EffectiveYield.printedPercent(yield), "As the law prints it."),
    ]
  }

  private enum WithdrawalRuleName: String, CaseIterable { case penaltyDays, demandRate }

  static let earlyWithdrawal = Calculator(
    "early withdrawal", "deposit/early-withdrawal", "What is paid when a deposit is left early",
    source: "12 CFR 1030.4(b)(6); Civil Code of Russia, article 837",
    example: #"""
      {"amount":"10000","annualRate":"0.04","termDays":365,"daysHeld":200,"rule":"penaltyDays",
      "penaltyDays":90}
      """#,
    renamed: ["principal": "amount"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What was deposited.", in: CalculatorRanges.amounts)
    let rate = inputs.decimal("annualRate", "The rate agreed.", in: CalculatorRanges.rates)
    let term = inputs.integer("termDays", "The term agreed.", in: 1...73_200)
    let held = inputs.integer("daysHeld", "The days it was held.", in: 0...73_200)
    let rule = inputs.choice(
      "rule", "Interest of some days is lost, or all is reckoned again at the demand rate.",
      WithdrawalRuleName.self)
    let days = inputs.optionalInteger(
      "penaltyDays", "The days of simple interest lost.", in: 0...73_200)
    let demand = inputs.optionalDecimal(
      "demandRate", "The rate of a demand deposit.", in: CalculatorRanges.rates)
    let dayCount = inputs.dayCount(or: .actual365)
    let rounding = inputs.rounding()
    guard let amount, let rate, let term, let held, let rule else { return nil }
    let withdrawal: EarlyWithdrawalRule
    switch (rule, days, demand) {
    case (.penaltyDays, let days?, nil): withdrawal = .penaltyDays(days)
    case (.demandRate, nil, let demand?): withdrawal = .demandRate(demand, dayCount)
    case (.penaltyDays, nil, _):
      inputs.report("penaltyDays", "required", "This rule needs its days.")
      return nil
    case (.demandRate, _, nil):
      inputs.report("demandRate", "required", "This rule needs its rate.")
      return nil
    case (.penaltyDays, _, _):
      inputs.report("demandRate", "unexpected", "Only the other rule has this rate.")
      return nil
    case (.demandRate, _, _):
      inputs.report("penaltyDays", "unexpected", "Only the other rule has these days.")
      return nil
    }
    let result = try EarlyWithdrawal(
      principal: amount, annualRate: rate, termDays: term, daysHeld: held, rule: withdrawal,
      rounding: rounding)
    return [
      .decimal("payout", result.payout, "What is paid."),
      .decimal("interest", result.interest, "The interest kept; negative when principal is lost."),
      .decimal("penalty", result.penalty, "What is taken off."),
    ]
  }

  static let depositLadder = Calculator(
    "deposit ladder", "deposit/ladder", "One amount over deposits of several terms",
    source: "Equal parts, the rest in the last rung; interest compounded yearly",
    example: #"""
      {"amount":"10000","rungs":[{"years":"1","annualRate":"0.03"},
      {"years":"2","annualRate":"0.032"}]}
      """#,
    renamed: ["principal": "amount", "years": "rungs", "annualRate": "rungs"]
  ) { inputs in
    let amount = inputs.decimal("amount", "What is deposited.", in: CalculatorRanges.positive)
    let rungs = inputs.objects(
      "rungs", "The deposits.", min: 1, max: CalculationLimits.entries
    ) { inputs -> LadderRung? in
      let years = inputs.decimal("years", "The term in years.", in: 0...200)
      let rate = inputs.decimal("annualRate", "The rate a year.", in: CalculatorRanges.rates)
      guard let years, let rate else { return nil }
      return LadderRung(years: years, annualRate: rate)
    }
    let rounding = inputs.rounding()
    guard let amount, let rungs else { return nil }
    let ladder = try DepositLadder(principal: amount, rungs: rungs, rounding: rounding)
    return [
      .rows("rungs", ladder.rungs, "The deposits.") { rung in
        [
          .decimal("years", rung.rung.years, "The term in years."),
          .decimal("amount", rung.amount, "What is deposited for it."),
          .decimal("maturityValue", rung.maturityValue, "What is paid at its end."),
        ]
      },
      .decimal("totalInterest", ladder.totalInterest, "All interest."),
      .decimal("blendedRate", ladder.blendedRate, "The effective rate a year of all together."),
    ]
  }
}
