import Calculation
import Quantities

extension Calculators {
  /// Non-life insurance: tariffs, bonus-malus, claims, cancellation.
  static let insurance: [Calculator] = [
    premium, bonusMalus, bonusMalusPath, claim, coinsuranceClaim, cancellation,
  ]

  /// The calculator that a page shows.
  package static let premium = Calculator(
    "insurance premium", "insurance/premium", "A tariff's premium with each factor, tax and parts",
    source: "Directive (EU) 2016/97, articles 18 to 20; Regulation (EU) 2017/1469",
    example: #"""
      {"line":"motor","base":"400","currency":"EUR",
      "factors":[{"name":"territory","value":"Prague","factor":"1.2"}],
      "bonusMalus":{"scale":"XK","class":"8"},"taxRate":"0.08","instalments":4,"surcharge":"0.03"}
      """#,
    renamed: ["rate": "baseRate"]
  ) { inputs in
    let line = inputs.choice("line", "What is insured; other.", or: InsuranceLine.other)
    let base = inputs.optionalDecimal("base", "The base premium.", in: CalculatorRanges.amounts)
    let sum = inputs.optionalDecimal(
      "sumInsured", "The sum insured, in place of a base premium.", in: CalculatorRanges.amounts)
    let rate = inputs.optionalDecimal(
      "baseRate", "The premium of a unit of the sum insured.", in: CalculatorRanges.parts)
    let factors = inputs.objects(
      "factors", "The tariff's factors in order.", max: CalculationLimits.entries,
      isRequired: false
    ) { inputs -> Calculation.TariffFactor? in
      let name = inputs.text("name", "What the factor stands for.")
      let value = inputs.optionalText("value", "The value it was looked up for.")
      let factor = inputs.decimal("factor", "What it multiplies by.", in: 0...1_000_000)
      guard let name, let factor else { return nil }
      return Calculation.TariffFactor(name, value: value ?? "", factor: factor)
    }
    let scale = inputs.bonusMalusClass()
    let least = inputs.optionalDecimal(
      "least", "The smallest premium charged.", in: CalculatorRanges.amounts)
    let greatest = inputs.optionalDecimal(
      "greatest", "The largest premium charged.", in: CalculatorRanges.amounts)
    let tax = inputs.optionalDecimal(
      "taxRate", "The insurance premium tax; 0.", in: CalculatorRanges.parts)
    let fees = inputs.optionalDecimal("fees", "Fees beside it; 0.", in: CalculatorRanges.amounts)
    let count = inputs.optionalInteger(
      "instalments", "Parts in which the year is paid; 1.", in: CalculatorRanges.perYear)
    let surcharge = inputs.optionalDecimal(
      "surcharge", "Added for paying in parts; 0.", in: CalculatorRanges.parts)
    let rounding = inputs.rounding()
    guard var factors else { return nil }
    let amount: Decimal128
    switch (base, sum, rate) {
    case (let base?, nil, nil): amount = base
    case (nil, let sum?, let rate?): amount = try FactorPremium.base(sumInsured: sum, rate: rate)
    default:
      inputs.report(
        "base", "required", "Either a base premium or a sum insured with its rate is needed.")
      return nil
    }
    if let scale {
      factors.append(
        Calculation.TariffFactor(
          "bonusMalus", value: scale.name,
          factor: try scale.table.coefficient(of: scale.name)))
    }
    let tariff = try FactorPremium(
      base: amount, factors: factors, least: least, greatest: greatest, rounding: rounding)
    return figures(
      try PremiumQuote(
        tariff, line: line, taxRate: tax ?? 0, fees: fees ?? 0, instalments: count ?? 1,
        surcharge: surcharge ?? 0, rounding: rounding))
  }

  private static func figures(_ quote: PremiumQuote) -> [Figure] {
    [
      .decimal("premium", quote.tariff.premium, "The insurer's premium for a year."),
      .decimal("tax", quote.tax, "The tax on it."), .decimal("fees", quote.fees, "Fees."),
      .decimal("total", quote.total, "What a year costs."),
      .decimal("base", quote.tariff.base, "The premium before any factor."),
      .rows("breakdown", quote.tariff.steps, "Each factor with the premium after it.") { step in
        [
          .text("name", step.factor.name, "What the factor stands for."),
          .text("value", step.factor.value, "The value it was looked up for."),
          .decimal("factor", step.factor.factor, "What it multiplies by."),
          .decimal("after", step.after, "The premium after it, not rounded."),
        ]
      },
      .decimals("instalments", quote.instalments.amounts, "The parts; the first takes the rest."),
      .decimal("instalmentTotal", quote.instalments.total, "What the parts sum to."),
      shown(quote.disclosures),
    ]
  }

  private static let bonusMalus = Calculator(
    "bonus malus", "insurance/bonus-malus", "The coefficient of a class of a bonus-malus scale",
    source: "The scale's own source, in the answer",
    example: #"{"scale":"XK","class":"8"}"#
  ) { inputs in
    let table = inputs.bonusMalusScale("scale")
    let name = inputs.text("class", "The class.")
    guard let table, let name else { return nil }
    return [
      .decimal("coefficient", try table.coefficient(of: name), "What the premium multiplies by."),
      .text("source", table.source, "Where the scale is laid down."),
    ]
  }

  private static let bonusMalusPath = Calculator(
    "bonus malus path", "insurance/bonus-malus-path", "How claims move a driver through classes",
    source: "J. Lemaire, Bonus-Malus Systems in Automobile Insurance (1995)",
    example: #"""
      {"entryClass":11,"bonusStep":-1,"malusPerClaim":3,"lowestClass":1,"highestClass":19,
      "claimsByYear":[0,1,0],"scale":"XK"}
      """#,
    renamed: ["minClass": "lowestClass", "maxClass": "highestClass", "class": "classes"]
  ) { inputs in
    let entry = inputs.integer("entryClass", "The class of a new driver.", in: -1_000...2_000)
    let bonus = inputs.integer(
      "bonusStep", "The move after a year without a claim.", in: -1_000...1_000)
    let malus = inputs.integer("malusPerClaim", "The move for each claim.", in: -1_000...1_000)
    let lowest = inputs.integer("lowestClass", "The lowest class.", in: -1_000...1_000)
    let highest = inputs.integer("highestClass", "The highest class.", in: -1_000...2_000)
    let claims = inputs.integers(
      "claimsByYear", "Claims in each year.", in: 0...1_000, max: CalculationLimits.entries)
    let known = inputs.optionalBonusMalusScale("scale")
    let given = inputs.optionalDictionary(
      "classes", "Coefficients by class, in place of a known scale.",
      max: CalculationLimits.entries)
    guard let entry, let bonus, let malus, let lowest, let highest, let claims else { return nil }
    let path = try BonusMalusPath(
      rules: BonusMalusPath.Rules(
        entryClass: entry, bonusStep: bonus, malusPerClaim: malus, lowest: lowest,
        highest: highest), claimsByYear: claims)
    var table = known
    if let given {
      table = try BonusMalusScale(
        name: "given", source: "the request",
        classes: given.map { BonusMalusScale.Class($0.0, coefficient: $0.1) })
    }
    return [
      Figure("classes", .list(path.classes.map { .integer($0) }), "The class after each year."),
      .integer("finalClass", path.final, "The class at the end."),
      .decimal(
        "coefficient", try table?.coefficient(of: "\(path.final)"),
        "The coefficient of the final class, where a scale is given."),
    ]
  }

  private enum DeductibleName: String, CaseIterable { case ordinary, percent, franchise }

  private static let claim = Calculator(
    "claim payment", "insurance/claim", "What a policy pays on a loss, step by step",
    source: "The stated order: deductible, insurer's share, limit, what is left of the year",
    example: #"""
      {"loss":"12000","deductible":"500","insurerShare":"0.9","limit":"10000",
      "aggregateLeft":"8000"}
      """#
  ) { inputs in
    let loss = inputs.decimal("loss", "The loss.", in: CalculatorRanges.amounts)
    let kind = inputs.choice(
      "deductibleKind", "Off each loss, a per cent of it, or a franchise; ordinary.",
      or: DeductibleName.ordinary)
    let amount = inputs.optionalDecimal(
      "deductible", "The amount, or the per cent; 0.", in: CalculatorRanges.amounts)
    let share = inputs.optionalDecimal(
      "insurerShare", "The part that the insurer bears; 1.", in: CalculatorRanges.parts)
    let limit = inputs.optionalDecimal(
      "limit", "The most on one claim; none.", in: CalculatorRanges.amounts)
    let left = inputs.optionalDecimal(
      "aggregateLeft", "What is left of the year's limit; none.", in: CalculatorRanges.amounts)
    let rounding = inputs.rounding()
    guard let loss else { return nil }
    let deductible: Calculation.Deductible =
      switch kind {
      case .ordinary: .ordinary(amount ?? 0)
      case .percent: .percent(amount ?? 0)
      case .franchise: .franchise(amount ?? 0)
      }
    let payment = try ClaimPayment(
      loss: loss,
      terms: ClaimTerms(
        deductible: deductible, insurerShare: share ?? 1, limit: limit, aggregateLeft: left),
      rounding: rounding)
    return [
      .decimal("payment", payment.payment, "What the insurer pays."),
      .decimal("retained", payment.retained, "What the insured bears."),
      .rows("steps", payment.stages, "The amount after each step, not rounded.") { stage in
        [
          .text("step", stage.step.rawValue, "The step."),
          .decimal("after", stage.after, "The amount after it."),
        ]
      },
    ]
  }

  private static let coinsuranceClaim = Calculator(
    "coinsurance claim", "insurance/coinsurance-claim",
    "What property insurance pays under a coinsurance condition",
    source: "ISO form CP 00 10, F.1",
    example: #"""
      {"propertyValue":"250000","coinsurance":"0.8","limit":"100000","loss":"40000",
      "deductible":"250"}
      """#
  ) { inputs in
    let value = inputs.decimal(
      "propertyValue", "What the property is worth.", in: CalculatorRanges.positive)
    let share = inputs.decimal(
      "coinsurance", "The part of the value that must be insured.", in: 0...10)
    let limit = inputs.decimal("limit", "The limit of insurance.", in: CalculatorRanges.amounts)
    let loss = inputs.decimal("loss", "The loss.", in: CalculatorRanges.amounts)
    let deductible = inputs.decimal(
      "deductible", "Taken off at the end.", in: CalculatorRanges.amounts)
    let rounding = inputs.rounding()
    guard let value, let share, let limit, let loss, let deductible else { return nil }
    let claim = try CoinsuranceClaim(
      propertyValue: value, coinsurance: share, limit: limit, loss: loss, deductible: deductible,
      rounding: rounding)
    return [
      .decimal("payment", claim.payment, "What the insurer pays."),
      .decimal("requiredLimit", claim.requiredLimit, "The limit that the condition asks for."),
      .decimal("paidPart", claim.paidPart, "The part of the loss that counts."),
      .boolean("isUnderinsured", claim.isUnderinsured, "Whether the limit is below it."),
    ]
  }

  private enum RefundName: String, CaseIterable {
    case proRata, shortRate, proRataLessFee, startedMonths
  }

  private static let cancellation = Calculator(
    "cancellation refund", "insurance/refund", "What is paid back when a policy is cancelled",
    source: "Pro rata temporis; the day of cancellation is not charged",
    example: #"""
      {"premium":"365","start":"2026-01-01","end":"2027-01-01","cancelled":"2026-03-01",
      "method":"shortRate","penalty":"0.1"}
      """#,
    renamed: ["cancelDate": "cancelled"]
  ) { inputs in
    let premium = inputs.decimal("premium", "The premium paid.", in: CalculatorRanges.amounts)
    let start = inputs.optionalDate("start", "The first day of cover.")
    let end = inputs.optionalDate("end", "The day cover ends.")
    let cancelled = inputs.optionalDate("cancelled", "The day of cancellation.")
    let inForce = inputs.optionalInteger(
      "daysInForce", "Days of cover used, in place of dates.", in: 0...73_200)
    let term = inputs.optionalInteger(
      "termDays", "Days of the term, in place of dates.", in: 1...73_200)
    let method = inputs.choice(
      "method", "How the refund is found; proRata.", or: RefundName.proRata)
    let penalty = inputs.optionalDecimal(
      "penalty", "The part of the unearned premium kept, for shortRate; 0.",
      in: CalculatorRanges.parts)
    let fee = inputs.optionalDecimal(
      "fee", "The fee, for proRataLessFee; 0.", in: CalculatorRanges.amounts)
    let rounding = inputs.rounding()
    guard let premium else { return nil }
    let rule: RefundMethod =
      switch method {
      case .proRata: .proRata
      case .shortRate: .shortRate(penalty: penalty ?? 0)
      case .proRataLessFee: .proRataLessFee(fee ?? 0)
      case .startedMonths: .startedMonths
      }
    let refund: CancellationRefund
    switch (start, end, cancelled, inForce, term) {
    case (let start?, let end?, let cancelled?, nil, nil):
      refund = try CancellationRefund(
        premium: premium, start: start, end: end, cancelled: cancelled, method: rule,
        rounding: rounding)
    case (nil, nil, nil, let inForce?, let term?):
      refund = try CancellationRefund(
        premium: premium, daysInForce: inForce, termDays: term, method: rule, rounding: rounding)
    default:
      inputs.report(
        "start", "required", "Either start, end and cancelled, or daysInForce and termDays.")
      return nil
    }
    return [
      .decimal("refund", refund.refund, "What is paid back."),
      .decimal("earned", refund.earned, "What the insurer keeps."),
    ]
  }
}

extension CalculatorInputs {
  /// A scale that is known by name.
  fileprivate func bonusMalusScale(_ key: String) -> BonusMalusScale? {
    text(key, scaleNames).flatMap { scale($0, key) }
  }

  fileprivate func optionalBonusMalusScale(_ key: String) -> BonusMalusScale? {
    optionalText(key, scaleNames).flatMap { scale($0, key) }
  }

  private var scaleNames: String {
    "The scale: \(BonusMalusScale.known.map(\.name).joined(separator: ", "))."
  }

  private func scale(_ name: String, _ key: String) -> BonusMalusScale? {
    if let known = BonusMalusScale.known.first(where: { $0.name == name }) { return known }
    report(key, "choice", "This must be one of: \(scaleNames)")
    return nil
  }

  /// The driver's class as a factor of the tariff.
  fileprivate func bonusMalusClass() -> (table: BonusMalusScale, name: String)? {
    object("bonusMalus", "The driver's class.", isRequired: false) { inputs in
      let table = inputs.bonusMalusScale("scale")
      let name = inputs.text("class", "The class.")
      guard let table, let name else { return nil }
      return (table, name)
    }
  }
}
