import Quantities

extension Pricer {
  /// An insurance policy: base premium times each factor of the tariff, by the client's answers.
  ///
  /// Every factor is looked at before a premium is given up, so that all that is missing is asked
  /// at once, and nothing is asked of a risk that is not insured anyway as if an answer could help.
  mutating func insurance(_ product: Product, _ need: Need) -> Pricing {
    guard let tariff = product.tariff else {
      return refused("premium", actual: "no tariff", required: "a tariff")
    }
    guard let sum = sumInsured(product, need) else {
      return withoutRate(product.currency, from: need.amount?.currency ?? client.homeCurrency)
    }
    let months = need.months ?? 12
    let base = tariff.basePremium + tariff.baseRate * sum.amount
    var factors: [PremiumFactor] = []
    var premium = base
    var against: [Reason] = []
    for factor in tariff.factors {
      guard let answer = client.rated(factor.input) else {
        against.append(Self.missing("premium", factor.question, factor.name))
        continue
      }
      guard let multiplier = factor.factor(for: answer) else {
        against.append(
          Self.refused(
            "premium", cell: factor.cell, actual: "\(factor.name): \(answer)",
            required: factor.cell,
            source: client.source(of: factor)))
        continue
      }
      premium *= multiplier
      factors.append(PremiumFactor(name: factor.name, answer: answer, factor: multiplier))
    }
    guard against.isEmpty else { return .none(.because(against)) }
    let deductible = tariff.deductibles.first
    if let deductible, deductible.factor != 1 {
      premium *= deductible.factor
      factors.append(
        PremiumFactor(
          name: "deductible", answer: deductible.amount.plainText, factor: deductible.factor))
    }
    if let least = tariff.premiumMinimum { premium = max(premium, least) }
    let units = product.currency.minorUnits
    premium = premium.rounded(scale: units, .halfUp)
    let tax = (premium * tariff.taxRate).rounded(scale: units, .halfUp)
    let figures = PremiumFigures(
      premium: premium, tax: tax, total: premium + tax, factors: factors, base: base,
      deductible: deductible?.amount)
    let ratio = sum.amount > 0 ? figures.total / sum.amount : figures.total
    return .quote(
      Quote(
        amount: sum, months: months,
        costRatio: ratio.rounded(scale: Quote.ratioScale, .halfEven),
        basis: .insurance(figures)))
  }

  /// The sum to insure: what was asked for, else the value the client named, else the least the
  /// product insures, else the most that its covers pay.
  private mutating func sumInsured(_ product: Product, _ need: Need) -> Money? {
    if need.amount != nil { return asked(in: product.currency)?.amount }
    if let question = Self.valueQuestion(product.kind),
      let answer = client.answers[question].flatMap({ Decimal128($0) }), answer.isFinite,
      answer > 0
    {
      let named = Money(answer, client.homeCurrency)
      return catalogue.exchangeRates.convert(named, to: product.currency, on: client.date)?
        .rounded(.halfUp)
    }
    let least =
      product.terms.amount.minimum ?? product.terms.amount.maximum ?? product.greatestLimit ?? 0
    return Money(least, product.currency)
  }

  /// The question about the value of what a kind of policy insures.
  static func valueQuestion(_ kind: ProductKind) -> String? {
    switch kind {
    case .motor: "vehicle-value"
    case .property: "home-value"
    default: nil
    }
  }
}

extension TariffFactor {
  /// The question whose answer tells what the factor is looked up by.
  var question: String { input == "age" ? "birth-date" : input }
}

extension ClientInputs {
  /// Where that answer came from.
  func source(of factor: TariffFactor) -> ValueSource {
    answers[factor.question] == nil ? .profile : .answer
  }

  /// The answer that a factor is looked up by: a question's, or a fact known by that name.
  func rated(_ input: String) -> String? {
    if let answer = answers[input] { return answer }
    switch input {
    case "age": return age.map { "\($0)" }
    case "region": return region
    case "residency": return residency
    case "dependants": return dependants.map { "\($0)" }
    case "employment": return employment?.rawValue
    default: return nil
    }
  }
}

extension Product {
  /// The most that one cover pays, where the premium does not rest on a sum insured: what a
  /// liability policy is for.
  fileprivate var greatestLimit: Decimal128? {
    guard let tariff, tariff.baseRate.isZero else { return nil }
    return tariff.covers.compactMap(\.limit).max()
  }
}
