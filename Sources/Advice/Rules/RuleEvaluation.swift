import DMN
import FEEL
import Quantities

/// The written rules held against one client: each decision is asked with the client's values, and
/// what it says is brought into the terms of advice.
///
/// It belongs to one consultation.
final class RuleEvaluation {
  let book: RuleBook
  let client: ClientInputs
  private let arbitration: Arbitration
  private let factorsOff: Value
  let inputs: ClientValues
  private let now: DateTime
  private var prepared: [String: PreparedDecision] = [:]
  private var ranking: [ProductKind: KindRanking] = [:]

  /// Priorities of one kind that are kept: more than a catalogue has products of a kind.
  static let ranksKept = 16_384

  init(_ book: RuleBook, _ client: ClientInputs, _ arbitration: Arbitration = Arbitration()) {
    self.arbitration = arbitration
    factorsOff =
      arbitration.off.isEmpty ? .null : .list(arbitration.offNames.map { .string($0) })
    self.book = book
    self.client = client
    now = DateTime(date: client.date, time: .midnightUTC)
    inputs = ClientValues(client)
  }

  /// A decision ready to be asked for the client.
  private func prepare(_ rules: RuleModel, _ decision: String) -> PreparedDecision {
    if let known = prepared[decision] { return known }
    let new = PreparedDecision(rules, decision, inputs, now: now)
    prepared[decision] = new
    return new
  }

  /// The value of a decision for the client, with more inputs of this one question.
  private func value(
    _ rules: RuleModel, _ decision: String, _ more: KeyValuePairs<String, Value> = [:]
  ) -> Value {
    let asked = prepare(rules, decision)
    for (name, value) in more { asked[name] = value }
    return asked.value()
  }

  /// The same with the rules that hit.
  private func traced(
    _ rules: RuleModel, _ decision: String, _ more: [String: Value] = [:]
  ) -> (value: Value, hits: [TableTrace.RuleHit]) {
    let names = rules.plan(decision).names
    let context = Context(
      names.map { (key: $0, value: more[$0] ?? inputs[$0]) })
    let outcome = rules.model.evaluate(decision, context, now: now, trace: .hits)
    let step = outcome.trace.steps.last { $0.name == decision }
    return (outcome.value, step?.tables.last?.hits ?? [])
  }

  /// The rules of every table that were hit on the way to a decision, each once.
  func rulesHit(
    _ rules: RuleModel, _ decision: String, _ more: [String: Value] = [:]
  ) -> [String] {
    let context = Context(
      rules.plan(decision).names.map { (key: $0, value: more[$0] ?? inputs[$0]) })
    let trace = rules.model.evaluate(decision, context, now: now, trace: .hits).trace
    let hits = trace.steps.flatMap { step in step.tables.flatMap { $0.hits.compactMap(\.id) } }
    return Set(hits).map { Self.rule(rules, $0) }
  }

  /// What suits the client at most.
  func limits(rates: ExchangeRates) -> SuitabilityLimits {
    SuitabilityLimits(
      riskClass: value(book.suitability, "risk limit").number,
      knowledge: value(book.suitability, "knowledge level").number,
      maximumInstalment: value(book.affordability, "maximum instalment").number,
      rates: rates, date: client.date)
  }

  /// What a decision is asked, as a key to what it said.
  private func question(_ decision: PreparedDecision) -> RuleQuestion {
    decision.question(on: client.date)
  }

  /// The kinds of products that answer a goal or a need, and the rule that says so.
  func kinds(for goal: String, purpose: LoanPurpose?) -> AskedKinds {
    let asked = prepare(book.needs, "kinds asked for")
    asked["goal"] = .string(goal)
    asked["purpose"] = purpose.map { .string($0.rawValue) } ?? .null
    return book.memory.kinds.answer(to: question(asked)) {
      let outcome = traced(
        book.needs, "kinds asked for", ["goal": asked["goal"], "purpose": asked["purpose"]])
      let names = outcome.value.items.compactMap(\.text)
      return AskedKinds(
        rule: Self.rule(book.needs, outcome.hits.first?.id),
        kinds: Set(names.compactMap(ProductKind.init(rawValue:))))
    }
  }

  /// The needs that the rules find, the most pressing first.
  ///
  /// Amounts are brought into the client's home currency; one that cannot be is left open.
  func needs(rates: ExchangeRates) -> [Need] {
    needs(from: traced(book.needs, "needs"), rates)
  }

  /// The needs that what has just happened brings; none where the rules do not speak of events.
  ///
  /// - Parameter amount: what the request names beside the event.
  func needs(after event: ClientEvent, amount: Money?, rates: ExchangeRates) -> [Need] {
    let decision = RuleModel.needsAfterEvent
    guard book.needs.has(decision) else { return [] }
    let reference = Currency(ClientInputs.referenceCurrency)
    let value = amount.flatMap { amount in
      reference.flatMap { rates.convert(amount, to: $0, on: client.date)?.amount }
    }
    let said = traced(
      book.needs, decision,
      ["event": .string(event.rawValue), "amount named": value.map { .number($0) } ?? .null])
    return needs(from: said, rates, isOfEvent: true) { amount != nil && $0 == value ? amount : nil }
  }

  /// - Parameter named: the sum of the request that an amount of the rules is; it is taken as it
  ///   stands there, not to the rules' currency and back.
  private func needs(
    from outcome: (value: Value, hits: [TableTrace.RuleHit]), _ rates: ExchangeRates,
    isOfEvent: Bool = false, named: (Decimal128) -> Money? = { _ in nil }
  ) -> [Need] {
    let reference = Currency(ClientInputs.referenceCurrency)
    let hits = outcome.hits
    return outcome.value.items.enumerated().compactMap { index, item in
      guard let name = item.member("need").text, let code = item.member("code").text else {
        return nil
      }
      let hit = index < hits.count ? hits[index] : nil
      let found = item.member("amount").number
      let sum = found.flatMap(named)
      let amount = found.flatMap { value in
        sum
          ?? reference.flatMap {
            rates.convert(Money(value, $0), to: client.homeCurrency, on: client.date)?
              .rounded(.down)
          }
      }
      // The value that found the need is a sum of money where it is the amount needed.
      let cells = (hit?.cells ?? []).filter { $0.value != .null }
      // What kind of customer somebody is makes no need where anything else does.
      let cell =
        cells.first { $0.input != ClientValues.Name.customerKind.rawValue } ?? cells.first
      let isSum = found != nil && cell?.value.number == found
      return Need(
        code: code, rule: Self.rule(book.needs, hit?.id),
        kinds: kinds(for: name, purpose: nil).kinds,
        currency: amount?.currency ?? client.homeCurrency, isCurrencyNamed: sum != nil,
        amount: amount.flatMap { $0.amount > 0 ? $0 : nil },
        months: item.member("months").number?.integerValue,
        actual: isSum ? amount.map(Self.sum) : cell?.value.display,
        source: cell.flatMap { source(of: $0, in: book.needs) } ?? .request,
        amountSource: amountSource(hit, isNamed: sum != nil), isOfEvent: isOfEvent,
        question: item.member("question").text)
    }
  }

  private static func sum(_ money: Money) -> String {
    "\(money.amount.plainText) \(money.currency.code)"
  }

  /// What eligibility and applicability say of kinds of products: enough to screen them.
  ///
  /// Whether a kind makes sense now is not asked where policy has refused it. Kinds that nothing
  /// is said of are left out.
  func verdicts(needed: Set<ProductKind>) -> KindVerdicts {
    let names = Self.names(needed)
    let policy = verdicts(
      of: prepare(book.eligibility, "sales policy"), names, .eligibility, book.eligibility,
      book.memory.policy)
    let sense = verdicts(
      of: prepare(book.applicability, "sense now"), names, .applicability, book.applicability,
      book.memory.sense)
    return policy.merging(sense) { refused, senseless in
      refused.contains { $0.state == .failed } ? refused : refused + senseless
    }
  }

  private func verdicts(
    of decision: PreparedDecision, _ needed: Value, _ tier: Tier, _ rules: RuleModel,
    _ known: KnownAnswers<RuleQuestion, KindVerdicts>
  ) -> KindVerdicts {
    decision["needed kinds"] = needed
    decision["product line"] = .null
    decision["product kind"] = .null
    return known.answer(to: question(decision)) {
      var verdicts: KindVerdicts = [:]
      for kind in ProductKind.allCases {
        let said = Self.verdicts(of: decision, on: kind, tier, rules)
        if !said.isEmpty { verdicts[kind] = said }
      }
      return verdicts
    }
  }

  private static func verdicts(
    of decision: PreparedDecision, on kind: ProductKind, _ tier: Tier, _ rules: RuleModel
  ) -> [Reason] {
    decision["product line"] = .string(kind.line.rawValue)
    decision["product kind"] = .string(kind.rawValue)
    guard case .list(let found) = decision.value(), !found.isEmpty else { return [] }
    return found.compactMap { item in
      guard let code = item.member("code").text else { return nil }
      return Reason(
        tier: tier, code: code,
        state: item.member("effect").text == "ask" ? .unknown : .failed,
        rule: rules.part.file, question: item.member("question").text)
    }
  }

  /// What eligibility and applicability say of a kind of product, each with the rule that says so
  /// and the cell that decided.
  func findings(on kind: ProductKind, needed: Set<ProductKind>) -> [Reason] {
    let asked: [String: Value] = [
      "product line": .string(kind.line.rawValue), "product kind": .string(kind.rawValue),
      "needed kinds": Self.names(needed),
    ]
    let policy = findings(book.eligibility, "sales policy", asked, .eligibility)
    let sense = findings(book.applicability, "sense now", asked, .applicability)
    // What policy has refused waits for no answer.
    let isRefused = policy.contains { $0.state == .failed }
    return policy + (isRefused ? sense.filter { $0.state == .failed } : sense)
  }

  /// The same for every kind of product, in the order of the kinds.
  func findings(needed: Set<ProductKind>) -> [[Reason]] {
    let names = Self.names(needed)
    let asked = [(book.eligibility, "sales policy"), (book.applicability, "sense now")].map {
      rules, decision in
      let prepared = prepare(rules, decision)
      prepared["product line"] = .null
      prepared["product kind"] = .null
      prepared["needed kinds"] = names
      return TracedQuestion(
        decision: decision, asked: prepared.valuesRead(on: client.date),
        sources: sources(readBy: decision, of: rules))
    }
    return book.memory.kindFindings.answer(to: asked) {
      ProductKind.allCases.map { findings(on: $0, needed: needed) }
    }
  }

  private static func names(_ kinds: Set<ProductKind>) -> Value {
    .list(kinds.map(\.rawValue).sorted(by: byteOrder).map { .string($0) })
  }

  private func findings(
    _ rules: RuleModel, _ decision: String, _ asked: [String: Value], _ tier: Tier
  ) -> [Reason] {
    let prepared = prepare(rules, decision)
    for (name, value) in asked { prepared[name] = value }
    let question = TracedQuestion(
      decision: decision, asked: prepared.valuesRead(on: client.date),
      sources: sources(readBy: decision, of: rules))
    return book.memory.findings.answer(to: question) {
      let outcome = traced(rules, decision, asked)
      return zip(outcome.value.items, outcome.hits).compactMap { item, hit in
        guard let code = item.member("code").text else { return nil }
        let isAsking = item.member("effect").text == "ask"
        let cell = hit.cells.last
        return Reason(
          tier: tier, code: code, state: isAsking ? .unknown : .failed,
          rule: Self.rule(rules, hit.id), cell: cell?.text,
          actual: isAsking ? nil : cell?.value.display,
          required: cell.map { Self.opposite(of: $0.text) },
          source: cell.flatMap { source(of: $0, in: rules) } ?? .request,
          question: item.member("question").text)
      }
    }
  }

  /// What a value must be for a rule not to be hit by it, as a cell.
  private static func opposite(of cell: String) -> String {
    switch cell {
    case "true": "false"
    case "false": "true"
    default: "not(\(cell))"
    }
  }

  /// The factors of the open formula, and the priorities they give products of one kind, by what
  /// each costs.
  func ranks(
    _ kind: ProductKind, needRank: Int, isNamed: Bool, costRatios: [Decimal128]
  ) -> [(factors: RankFactors, priority: Decimal128)] {
    let known = ranking[kind] ?? ranking(of: kind, needRank: needRank, isNamed: isNamed)
    var asked: PreparedDecision?
    let ranks = known.ranks.answers(to: costRatios) { costRatio in
      let decision = asked ?? prepareRank(kind, known.factors)
      asked = decision
      decision[Self.costRatio] = .number(costRatio)
      let said = decision.value()
      return Priority(
        value: said.member("value").number ?? 0, priority: said.member("priority").number ?? 0)
    }
    return ranks.map { (known.factors($0.value), $0.priority) }
  }

  /// What ranks the products of a kind, all but what each of them costs.
  private func ranking(
    of kind: ProductKind, needRank: Int, isNamed: Bool
  ) -> KindRanking {
    let factors = kindFactors(kind, needRank: needRank, isNamed: isNamed)
    let asked = prepareRank(kind, factors)
    asked[Self.costRatio] = .null
    let ranks = book.memory.ranks.answer(to: question(asked)) {
      KnownRanks(limit: Self.ranksKept)
    }
    let new = KindRanking(factors: factors, ranks: ranks)
    ranking[kind] = new
    return new
  }

  private func prepareRank(_ kind: ProductKind, _ factors: KindFactors) -> PreparedDecision {
    let asked = prepare(book.ranking, "rank")
    asked["product line"] = .string(kind.line.rawValue)
    asked["propensity"] = factors.propensity
    asked["context"] = factors.context
    asked["lever"] = factors.lever
    asked["factors off"] = factorsOff
    return asked
  }

  private func kindFactors(_ kind: ProductKind, needRank: Int, isNamed: Bool) -> KindFactors {
    func factor(_ name: String) -> Value {
      let asked = prepareFactor(name, kind, needRank: needRank, isNamed: isNamed)
      return book.memory.factors[name]?.answer(to: question(asked)) { asked.value() }
        ?? asked.value()
    }
    return KindFactors(
      propensity: factor("propensity"), context: factor("context"), lever: factor("lever"))
  }

  /// A factor of the formula that belongs to a kind, ready to be asked.
  func prepareFactor(
    _ name: String, _ kind: ProductKind, needRank: Int, isNamed: Bool
  ) -> PreparedDecision {
    let decision = prepare(book.arbitration, name)
    for (name, value) in factorInputs(kind, needRank: needRank, isNamed: isNamed) {
      decision[name] = value
    }
    return decision
  }

  /// What the factors of a kind are asked beside what is known of the client.
  func factorInputs(
    _ kind: ProductKind, needRank: Int, isNamed: Bool
  ) -> KeyValuePairs<String, Value> {
    let responses = arbitration.responses[.init(kind: kind, isNamed: isNamed)]
    return [
      "product line": .string(kind.line.rawValue), "product kind": .string(kind.rawValue),
      "acceptances": .number(Decimal128(responses?.accepted ?? 0)),
      "responses": .number(Decimal128(responses?.answered ?? 0)), "factors off": factorsOff,
      "need rank": .number(Decimal128(needRank)), "goal named": .boolean(isNamed),
    ]
  }

  private static func rule(_ rules: RuleModel, _ id: String?) -> String {
    "\(rules.part.file)#\(id ?? "?")"
  }
}

/// What ranks the products of one kind in one consultation.
private struct KindRanking {
  let factors: KindFactors
  let ranks: KnownRanks

  /// The factors of a product of the kind with its own value.
  func factors(_ value: Decimal128) -> RankFactors {
    RankFactors(
      propensity: factors.propensity.number ?? 0, context: factors.context.number ?? 0,
      value: value, lever: factors.lever.number ?? 0)
  }
}
