import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let insuranceKinds: [String: Run] = [
    "claim_payment": { inputs in
      let amount = try inputs.decimal("deductible")
      let deductible: Deductible
      switch try inputs.text("deductible_type") {
      case "ordinary": deductible = .ordinary(amount)
      case "percent": deductible = .percent(amount)
      case "franchise": deductible = .franchise(amount)
      case let other: throw ReferenceInputs.Missing(description: "unknown deductible \(other)")
      }
      let claim = try ClaimPayment(
        loss: try inputs.decimal("loss"),
        terms: ClaimTerms(
          deductible: deductible, insurerShare: try inputs.decimal("insurer_share"),
          limit: try inputs.decimal("limit")))
      return .fields([
        "payment": .number(claim.payment), "retained_by_insured": .number(claim.retained),
      ])
    },
    "claim_coinsurance": { inputs in
      let claim = try CoinsuranceClaim(
        propertyValue: try inputs.decimal("property_value"),
        coinsurance: try inputs.decimal("coinsurance"), limit: try inputs.decimal("limit"),
        loss: try inputs.decimal("loss"), deductible: try inputs.decimal("deductible"))
      return .fields(["payment": .number(claim.payment)])
    },
    "cancellation_refund": { inputs in
      let refund = try cancellation(inputs)
      return .fields(["refund": .number(refund.refund), "earned": .number(refund.earned)])
    },
    "motor_premium_factors": { inputs in
      let names = [
        "territory", "bonus_malus", "age_experience", "power", "driver_limit", "season",
      ]
      let premium = try FactorPremium(
        base: try inputs.decimal("base_rate"),
        factors: try names.map { TariffFactor($0, factor: try inputs.decimal($0)) })
      return .fields(["premium": .number(premium.premium)])
    },
    "motor_bonus_malus_lookup": { inputs in
      let name = try inputs.text("system")
      guard let scale = BonusMalusScale.known.first(where: { $0.name == name }) else {
        throw ReferenceInputs.Missing(description: "unknown scale \(name)")
      }
      return .fields([
        "coefficient": .number(try scale.coefficient(of: try inputs.text("class")))
      ])
    },
    "motor_bonus_malus_path": { inputs in
      let rules = try BonusMalusPath.Rules(
        entryClass: try inputs.integer("entry_class"), bonusStep: try inputs.integer("bonus_step"),
        malusPerClaim: try inputs.integer("malus_per_claim"),
        lowest: try inputs.integer("min_class"), highest: try inputs.integer("max_class"))
      let claims = try inputs.decimals("claims_by_year").map { $0.integerValue ?? -1 }
      let path = try BonusMalusPath(rules: rules, claimsByYear: claims)
      let scale = try BonusMalusScale(
        name: "given", source: "the case",
        classes: (inputs.node["scale"]?.members ?? []).map {
          BonusMalusScale.Class(
            $0.key, coefficient: ReferenceInputs.decimal($0.value) ?? .nan)
        })
      return .fields([
        "classes": .list(path.classes.map { .number($0) }),
        "final_percent": .number(try scale.coefficient(of: "\(path.final)")),
      ])
    },
    "life_premium": { inputs in
      let contract = try life(inputs)
      var answer: [String: ReferenceAnswer] = [
        "net_single_premium": .number(contract.netSinglePremium),
        "annuity_due": .number(contract.annuityDue),
        "net_annual_premium": .number(contract.netAnnualPremium),
      ]
      if let node = inputs.node["expenses"] {
        let given = ReferenceInputs(node: node)
        answer["gross_annual_premium"] = .number(
          try contract.grossAnnualPremium(
            LifeExpenses(
              firstYear: try given.decimal("first_year_percent_premium"),
              renewal: try given.decimal("renewal_percent_premium"),
              fixedEachYear: try given.decimal("fixed_each_year"),
              claim: try given.decimal("claim_expense"))))
      }
      return .fields(answer)
    },
    "life_net_single_premium": { inputs in
      .fields(["nsp": .number(try life(inputs).netSinglePremium)])
    },
    "life_level_premium": { inputs in
      .fields(["premium": .number(try life(inputs).netAnnualPremium)])
    },
    "life_annuity_due": { inputs in
      let term = inputs.has("term") ? try inputs.integer("term") : nil
      let values = try LifeValues(
        try mortality(inputs), age: try inputs.integer("age"), term: term,
        interest: try inputs.decimal("interest"))
      return .fields(["value": .number(values.annuityDue)])
    },
  ]

  private static func cancellation(_ inputs: ReferenceInputs) throws -> CancellationRefund {
    let method: RefundMethod
    switch try inputs.text("method") {
    case "pro_rata": method = .proRata
    case "pro_rata_with_fee": method = .proRataLessFee(try inputs.decimal("fee"))
    case "by_month_started": method = .startedMonths
    default: method = .shortRate(penalty: try inputs.decimal("penalty_of_unearned"))
    }
    guard inputs.has("start") else {
      return try CancellationRefund(
        premium: try inputs.decimal("premium"), daysInForce: try inputs.integer("days_in_force"),
        termDays: try inputs.integer("term_days"), method: method)
    }
    return try CancellationRefund(
      premium: try inputs.decimal("premium"), start: try inputs.date("start"),
      end: try inputs.date("end"), cancelled: try inputs.date("cancel_date"), method: method)
  }

  private static func life(_ inputs: ReferenceInputs) throws -> LifeContract {
    guard let product = LifeProduct(rawValue: try inputs.text("product")) else {
      throw ReferenceInputs.Missing(description: "unknown product")
    }
    return try LifeContract(
      mortality: try mortality(inputs), age: try inputs.integer("age"),
      term: inputs.has("term") ? try inputs.integer("term") : nil,
      interest: try inputs.decimal("interest"), product: product,
      benefit: try inputs.decimal("benefit"))
  }

  private static func mortality(_ inputs: ReferenceInputs) throws -> MortalityTable {
    guard let node = inputs.node["mortality"] else {
      throw ReferenceInputs.Missing(description: "no mortality")
    }
    let law = ReferenceInputs(node: node)
    let growth: Decimal128
    if let text = node["c"]?.stringValue {
      // "10^0.04": a base and an exponent.
      let parts = text.split(separator: "^").compactMap { Decimal128($0) }
      guard parts.count == 2 else { throw ReferenceInputs.Missing(description: "no c") }
      growth = parts[0].power(parts[1])
    } else {
      growth = try law.decimal("c")
    }
    return try MortalityTable(
      makehamA: try law.decimal("A"), b: try law.decimal("B"), c: growth)
  }
}
