import DMN
import FEEL
package import Quantities

/// A value that an offer rests on.
package struct ReadValue: Sendable {
  /// The name of the rules' input, or of the product's term.
  package let name: String
  /// The value as text; nil where it is not known.
  package let value: String?
  /// Where it came from.
  package let source: ValueSource
  /// How much of the offer's priority rests on it, from 0 to 1; 0 for a value that only decides
  /// whether the product may be offered.
  ///
  /// It is the change of the logarithm of P · C · V · L when the value is taken away, as a part of
  /// the changes of all values of the offer.
  package let share: Decimal128
}

extension Consultation {
  /// Every value that an offer rests on: another value of the client or the request can change
  /// neither its price, nor its reasons, nor its priority.
  package func basis(of ranked: RankedProduct) -> [ReadValue] {
    let product = adviser.products[ranked.place]
    let evaluation = RuleEvaluation(adviser.rules, client, arbitration)
    let need = screening.needOfKind[product.kind] ?? 0
    var values: [String: (value: String?, source: ValueSource)] = [:]
    for name in evaluation.namesRead(of: product.kind, isAny: goal.kind == .any) {
      values[name.rawValue] = (
        evaluation.inputs[name].shown, name.source(client)
      )
    }
    for reason in screening.reasons(for: ranked.place) {
      let name = TermColumn.ruleNames[reason.code] ?? reason.code
      if values[name] == nil { values[name] = (reason.actual, reason.source ?? .request) }
    }
    values["home currency"] = (client.homeCurrency.code, .profile)
    for (name, known) in premiumValues(product) where values[name] == nil { values[name] = known }
    let quote = ranked.quote
    values["amount"] = (
      "\(quote.amount.amount.plainText) \(quote.amount.currency.code)", amountSource(product, need)
    )
    values["term"] = ("\(quote.months)", screening.needs[need].termSource)
    values[RuleEvaluation.costRatio] = (quote.rankedRatio.plainText, .catalogue)
    let isNamed = screening.needs[need].code == Need.asked
    let weights = evaluation.weights(
      product.kind, needRank: need + 1, isNamed: isNamed, costRatio: quote.rankedRatio)
    let asked = evaluation.factorInputs(product.kind, needRank: need + 1, isNamed: isNamed)
    for (name, value) in asked where name == "need rank" || weights[name] != nil {
      values[name] = (value.shown, Self.source(ofFactorInput: name, isNamed))
    }
    let total = weights.values.reduce(0, +)
    return values.sorted { byteOrder($0.key, $1.key) }.map { name, known in
      let weight = weights[name] ?? 0
      return ReadValue(
        name: name, value: known.value, source: known.source,
        share: total.isZero ? 0 : (weight / total).rounded(scale: 6, .halfEven))
    }
  }
}

extension Consultation {
  /// The rule that sets the order of the offers: a formula, which every offer is put through.
  static let rankRule = "ranking.dmn#rank"

  /// The rules that were hit for an offer: those of its need, its limits and its rank, and the
  /// formulas that say what a client can carry and where the offer stands.
  package func rulesHit(for ranked: RankedProduct) -> [String] {
    let kind = adviser.table.listings[ranked.place].kind
    let evaluation = RuleEvaluation(adviser.rules, client, arbitration)
    let need = screening.needOfKind[kind] ?? 0
    let asked = evaluation.factorInputs(
      kind, needRank: need + 1, isNamed: screening.needs[need].code == Need.asked)
    let more = Dictionary(asked.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let book = adviser.rules
    var rules: Set<String> = [screening.needs[need].rule]
    for factor in ["propensity", "context", "lever"] {
      rules.formUnion(evaluation.rulesHit(book.arbitration, factor, more))
    }
    for limit in ["risk limit", "knowledge level"] {
      rules.formUnion(evaluation.rulesHit(book.suitability, limit))
    }
    if kind.line == .loan {
      rules.formUnion(evaluation.rulesHit(book.affordability, "maximum instalment"))
      rules.insert(NoPrice.rule)
    }
    let ranking: [String: Value] = [
      RuleEvaluation.costRatio: .number(ranked.quote.rankedRatio),
      "propensity": .number(ranked.factors.propensity),
      "context": .number(ranked.factors.context), "lever": .number(ranked.factors.lever),
    ]
    rules.formUnion(evaluation.rulesHit(book.ranking, "rank", more.merging(ranking) { $1 }))
    rules.insert(Self.rankRule)
    return rules.sorted(by: byteOrder)
  }

  /// The values that an insurance premium is worked out from: what is insured, and what its
  /// factors are looked up by.
  private func premiumValues(
    _ product: Product
  ) -> [String: (value: String?, source: ValueSource)] {
    var values: [String: (value: String?, source: ValueSource)] = [:]
    for factor in product.tariff?.factors ?? [] {
      values[factor.input] = (client.rated(factor.input), client.source(of: factor))
    }
    if goal.amount == nil, let question = Pricer.valueQuestion(product.kind) {
      values[question] = (client.answers[question], .answer)
    }
    return values
  }

  /// Where the amount of an offer comes from: what was asked, what is insured, or the need.
  private func amountSource(_ product: Product, _ need: Int) -> ValueSource {
    if screening.needs[need].amount != nil { return screening.needs[need].amountSource }
    let isAnswered = Pricer.valueQuestion(product.kind).map { client.answers[$0] != nil }
    return isAnswered == true ? .answer : .catalogue
  }

  private static func source(ofFactorInput name: String, _ isNamed: Bool) -> ValueSource {
    switch name {
    case "product line", "product kind", "factors off": .catalogue
    case "acceptances", "responses": .history
    default: isNamed ? .request : .history
    }
  }
}

extension RuleEvaluation {
  static let costRatio = "cost ratio"

  /// The client's values that rules may read for a kind of product.
  func namesRead(of kind: ProductKind, isAny: Bool) -> [ClientValues.Name] {
    var asked: [(RuleModel, [String])] = [
      (book.eligibility, ["sales policy"]), (book.applicability, ["sense now"]),
      (book.arbitration, ["propensity", "context", "lever"]), (book.ranking, ["rank"]),
      (book.suitability, ["risk limit", "knowledge level"]),
    ]
    if kind.line == .loan { asked.append((book.affordability, ["maximum instalment"])) }
    if isAny { asked.append((book.needs, ["needs"])) }
    let names = asked.flatMap { model, decisions in
      decisions.flatMap { decision in
        model.placesRead(by: decision).compactMap { model.inputs[$0] }
      }
    }
    return ClientValues.Name.allCases.filter(Set(names).contains)
  }

  /// How much the logarithm of the priority changes when each value is taken away.
  func weights(
    _ kind: ProductKind, needRank: Int, isNamed: Bool, costRatio: Decimal128
  ) -> [String: Decimal128] {
    var weights: [String: Decimal128] = [:]
    let ranked = ranks(kind, needRank: needRank, isNamed: isNamed, costRatios: [costRatio])
    guard let asked = ranked.first else { return weights }
    for (decision, known) in [
      ("propensity", asked.factors.propensity), ("context", asked.factors.context),
      ("lever", asked.factors.lever),
    ] {
      let prepared = prepareFactor(decision, kind, needRank: needRank, isNamed: isNamed)
      for place in book.arbitration.placesRead(by: decision) {
        let name = book.arbitration.model.inputs[place].name
        let value = prepared[name]
        guard value != .null else { continue }
        prepared[name] = .null
        weights[name, default: 0] += Self.change(known, prepared.value().number)
        prepared[name] = value
      }
    }
    weights[Self.costRatio] = Self.change(asked.factors.value, 1)
    return weights
  }

  /// The distance of two factors' logarithms; a factor that cannot be told counts as 1.
  private static func change(_ factor: Decimal128, _ without: Decimal128?) -> Decimal128 {
    guard factor > 0 else { return 0 }
    let left = factor.naturalLogarithm()
    let right = (without.flatMap { $0 > 0 ? $0 : nil } ?? 1).naturalLogarithm()
    return (left - right).magnitude.rounded(scale: 12, .halfEven)
  }
}

extension ClientValues.Name {
  /// Where a value of a client comes from.
  func source(_ client: ClientInputs) -> ValueSource {
    switch self {
    case .monthlyIncome: client.income?.source ?? .history
    case .monthsInArrears, .monthlySpending, .monthlyInstalments, .averageBalance: .history
    case .monthsAsCustomer: client.isSinceRecorded ? .profile : .history
    case .portfolioValue, .largestPositionShare: client.isPortfolioDeclared ? .answer : .positions
    case .heldKinds, .maturedDeposits: .holdings
    case .declaredRiskClass, .capacityForLoss, .knowledge, .horizonMonths, .travelsAbroad,
      .keepsPet, .ownsVehicle, .ownsHome:
      .answer
    case .age: client.answers["birth-date"] == nil ? .profile : .answer
    case .employment, .dependants: client.answers[rawValue] == nil ? .profile : .answer
    case .customerKind, .sex, .nationality, .religion, .disability, .pregnancy, .ethnicOrigin,
      .maritalStatus:
      .profile
    }
  }
}

extension Value {
  /// A value as a trace shows it; nil for one that is not known.
  fileprivate var shown: String? {
    switch self {
    case .null: nil
    case .number(let number): number.plainText
    case .string(let text): text
    case .boolean(let flag): "\(flag)"
    case .list(let items): items.compactMap(\.shown).joined(separator: ", ")
    default: display
    }
  }
}
