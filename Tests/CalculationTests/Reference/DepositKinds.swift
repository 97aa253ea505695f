import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let depositKinds: [String: Run] = [
    "apy": { inputs in
      let yield = try EffectiveYield.annual(
        interest: try inputs.decimal("interest"), principal: try inputs.decimal("principal"),
        days: try inputs.integer("days_in_term"))
      return yieldAnswer(yield)
    },
    "apy_composite": { inputs in
      yieldAnswer(try EffectiveYield.composite(try steps(inputs)))
    },
    "deposit_compound": { inputs in
      let principal = try inputs.decimal("principal")
      let rate = try inputs.decimal("annual_rate")
      if inputs.has("tenure_months") {
        return growthAnswer(
          try DepositGrowth.compound(
            principal: principal, annualRate: rate, months: try inputs.integer("tenure_months"),
            everyMonths: try inputs.integer("compounding_every_months")))
      }
      return growthAnswer(
        try DepositGrowth.compound(
          principal: principal, annualRate: rate,
          perYear: try inputs.integer("compounding_per_year"),
          years: try inputs.decimal("years")))
    },
    "deposit_with_contributions": { inputs in
      let isAtBeginning = try inputs.text("contribution_due") == "begin"
      return growthAnswer(
        try DepositGrowth.withContributions(
          principal: try inputs.decimal("principal"),
          monthly: try inputs.decimal("monthly_contribution"),
          annualRate: try inputs.decimal("annual_rate"), months: try inputs.integer("months"),
          timing: isAtBeginning ? .beginning : .end,
          perYear: try inputs.integer("compounding_per_year")))
    },
    "deposit_stepped_daily": { inputs in
      growthAnswer(
        try DepositGrowth.steppedDaily(
          principal: try inputs.decimal("principal"), steps: try steps(inputs)))
    },
    "deposit_tiered_daily": { inputs in
      let tiers = try inputs.list("tiers").map {
        BalanceTier(
          upTo: $0.has("up_to") ? try $0.decimal("up_to") : nil,
          annualRate: try $0.decimal("annual_rate"))
      }
      let method: TierMethod = try inputs.text("method").hasPrefix("B") ? .slices : .wholeBalance
      return growthAnswer(
        try DepositGrowth.tieredDaily(
          balance: try inputs.decimal("balance"), tiers: tiers, method: method,
          days: try inputs.integer("days")))
    },
    "deposit_schedule": { inputs in
      let schedule = try DepositSchedule(
        DepositTerms(
          principal: try inputs.decimal("principal"),
          annualRate: try inputs.decimal("annual_rate"), opened: try inputs.date("open_date"),
          months: try inputs.integer("term_months"),
          interestEveryMonths: try inputs.integer("interest_every_months"),
          capitalises: inputs.node["capitalise"]?.booleanValue ?? true,
          dayCount: try inputs.dayCount(), rounding: try inputs.rounding()))
      return .fields([
        "total_interest": .number(schedule.totalInterest),
        "final_balance": .number(schedule.finalBalance),
        "effective_annual_rate": schedule.effectiveAnnualRate.map(ReferenceAnswer.number)
          ?? .none,
      ])
    },
    "deposit_early_withdrawal": { inputs in
      let rule: EarlyWithdrawalRule =
        try inputs.text("rule") == "recalculate_at_demand_rate"
        ? .demandRate(try inputs.decimal("demand_rate"), try inputs.dayCount())
        : .penaltyDays(try inputs.integer("penalty_days"))
      let settled = try EarlyWithdrawal(
        principal: try inputs.decimal("principal"), annualRate: try inputs.decimal("annual_rate"),
        termDays: try inputs.integer("term_days"), daysHeld: try inputs.integer("days_held"),
        rule: rule, rounding: try inputs.rounding())
      return .fields([
        "payout": .number(settled.payout), "penalty": .number(settled.penalty),
        "interest": .number(settled.interest),
      ])
    },
    "deposit_ladder": { inputs in
      let ladder = try DepositLadder(
        principal: try inputs.decimal("principal"),
        rungs: try inputs.list("rungs").map {
          LadderRung(
            years: try $0.decimal("years"), annualRate: try $0.decimal("annual_rate"))
        })
      return .fields([
        "rungs": .list(
          ladder.rungs.map {
            .fields([
              "amount": .number($0.amount), "maturity_value": .number($0.maturityValue),
            ])
          }),
        "total_interest": .number(ladder.totalInterest),
      ])
    },
  ]

  private static func steps(_ inputs: ReferenceInputs) throws -> [RateStep] {
    try inputs.list("segments").map {
      RateStep(annualRate: try $0.decimal("annual_rate"), days: try $0.integer("days"))
    }
  }

  private static func yieldAnswer(_ yield: Decimal128) -> ReferenceAnswer {
    .fields([
      "apy_percent": .number(yield * 100),
      "apy_percent_rounded2": .number(EffectiveYield.printedPercent(yield)),
    ])
  }

  private static func growthAnswer(_ growth: DepositGrowth) -> ReferenceAnswer {
    .fields([
      "maturity_value": .number(growth.maturityValue),
      "final_balance": .number(growth.maturityValue),
      "interest": .number(growth.interest),
      "interest_rounded2": .number(MoneyRounding.cents.rounded(growth.interest)),
      "effective_annual_rate": growth.effectiveAnnualRate.map(ReferenceAnswer.number) ?? .none,
      "apy_percent_rounded2": growth.effectiveAnnualRate.map {
        .number(EffectiveYield.printedPercent($0))
      } ?? .none,
    ])
  }
}
