import DMN
import FEEL
import Quantities

/// The written rules held against one client: each decision is asked with the client's values, and
/// what it says is brought into the terms of advice.
///
/// It belongs to one consultation.
final class RuleEvaluation {
  private let book: RuleBook
  private let client: ClientInputs
  private let inputs: [String: Value]
  private let now: DateTime
  private var batches: [String: Batch] = [:]
  private var factors: [ProductKind: (propensity: Value, context: Value, lever: Value)] = [:]

  init(_ book: RuleBook, _ client: ClientInputs) {
    self.book = book
    self.client = client
    now = DateTime(date: client.date, time: .midnightUTC)
    inputs = Self.inputs(of: client)
  }

  /// The client's values under the names that the models use.
  private static func inputs(of client: ClientInputs) -> [String: Value] {
    let number = { (value: Int?) in value.map { Value.number(Decimal128($0)) } ?? .null }
    let decimal = { (value: Decimal128?) in value.map { Value.number($0) } ?? .null }
    let text = { (value: String?) in value.map { Value.string($0) } ?? .null }
    let flag = { (value: Bool?) in value.map { Value.boolean($0) } ?? .null }
    let held = client.heldKinds.map(\.rawValue).sorted(by: byteOrder)
    return [
      "customer kind": .string(client.customerKind.rawValue),
      "age": number(client.age),
      "employment": text(client.employment?.rawValue),
      "dependants": number(client.dependants),
      "months as customer": number(client.monthsAsCustomer),
      "months in arrears": number(client.monthsInArrears),
      "monthly income": decimal(client.income?.value),
      "monthly spending": decimal(client.spending),
      "monthly instalments": decimal(client.instalments),
      "average balance": decimal(client.averageBalance),
      "portfolio value": decimal(client.portfolioValue),
      "largest position share": decimal(client.largestShare),
      "declared risk class": number(client.risk.riskClass),
      "capacity for loss": text(client.risk.capacityForLoss?.rawValue),
      "knowledge": text(client.risk.knowledge?.rawValue),
      "horizon months": number(client.risk.horizonMonths),
      "held kinds": .list(held.map { .string($0) }),
      "owns vehicle": flag(client.answered("owns-vehicle")),
      "owns home": flag(client.answered("owns-home")),
      "travels abroad": flag(client.answered("travels-abroad")),
    ]
  }

  /// The value of a decision for the client, with more inputs of this one question.
  private func value(
    _ rules: RuleModel, _ decision: String, _ more: [String: Value] = [:]
  ) -> Value {
    let plan = rules.plan(decision)
    let batch = batches[decision] ?? plan.makeBatch(now: now)
    batches[decision] = batch
    return batch.evaluate(plan.names.map { more[$0] ?? inputs[$0] ?? .null })
  }

  /// The same with the rules that hit.
  private func traced(
    _ rules: RuleModel, _ decision: String, _ more: [String: Value] = [:]
  ) -> (value: Value, hits: [TableTrace.RuleHit]) {
    let names = rules.plan(decision).names
    let context = Context(
      names.map { (key: $0, value: more[$0] ?? inputs[$0] ?? .null) })
    let outcome = rules.model.evaluate(decision, context, now: now, trace: .hits)
    let step = outcome.trace.steps.last { $0.name == decision }
    return (outcome.value, step?.tables.last?.hits ?? [])
  }

  /// What suits the client at most.
  func limits(rates: ExchangeRates) -> SuitabilityLimits {
    SuitabilityLimits(
      riskClass: value(book.suitability, "risk limit").number,
      knowledge: value(book.suitability, "knowledge level").number,
      maximumInstalment: value(book.affordability, "maximum instalment").number,
      rates: rates, date: client.date)
  }

  /// The kinds of products that answer a goal or a need, and the rule that says so.
  func kinds(
    for goal: String, purpose: LoanPurpose?
  ) -> (rule: String, kinds: Set<ProductKind>) {
    let outcome = traced(
      book.needs, "kinds asked for",
      ["goal": .string(goal), "purpose": purpose.map { .string($0.rawValue) } ?? .null])
    let names = outcome.value.items.compactMap(\.text)
    return (
      Self.rule(book.needs, outcome.hits.first?.id),
      Set(names.compactMap(ProductKind.init(rawValue:)))
    )
  }

  /// The needs that the rules find, the most pressing first.
  ///
  /// Amounts are brought into the client's home currency; one that cannot be is left open.
  func needs(rates: ExchangeRates) -> [Need] {
    let outcome = traced(book.needs, "needs")
    let reference = Currency(ClientInputs.referenceCurrency)
    let hits = outcome.hits
    return outcome.value.items.enumerated().compactMap { index, item in
      guard let name = item.member("need").text, let code = item.member("code").text else {
        return nil
      }
      let hit = index < hits.count ? hits[index] : nil
      let amount = item.member("amount").number.flatMap { amount in
        reference.flatMap {
          rates.convert(Money(amount, $0), to: client.homeCurrency, on: client.date)?
            .rounded(.down)
        }
      }
      let cell = hit?.cells.first { $0.value != .null }
      return Need(
        code: code, rule: Self.rule(book.needs, hit?.id),
        kinds: kinds(for: name, purpose: nil).kinds, currency: client.homeCurrency,
        amount: amount.flatMap { $0.amount > 0 ? $0 : nil },
        months: item.member("months").number?.integerValue, actual: cell?.value.display)
    }
  }

  /// How much of a finding is worked out.
  enum Detail {
    /// What it says: enough to screen.
    case verdict
    /// Also the rule that said so and the cell that decided, for whoever reads the reason.
    case rule
  }

  /// What eligibility and applicability say of a kind of product.
  func findings(
    on kind: ProductKind, needed: Set<ProductKind>, _ detail: Detail
  ) -> [Reason] {
    let asked: [String: Value] = [
      "product line": .string(kind.line.rawValue), "product kind": .string(kind.rawValue),
      "needed kinds": .list(
        needed.map(\.rawValue).sorted(by: byteOrder).map { .string($0) }),
    ]
    return findings(book.eligibility, "sales policy", asked, .eligibility, detail)
      + findings(book.applicability, "sense now", asked, .applicability, detail)
  }

  private func findings(
    _ rules: RuleModel, _ decision: String, _ asked: [String: Value], _ tier: Tier,
    _ detail: Detail
  ) -> [Reason] {
    let found = value(rules, decision, asked).items
    guard !found.isEmpty else { return [] }
    if detail == .verdict {
      return found.compactMap { item in
        guard let code = item.member("code").text else { return nil }
        return Reason(
          tier: tier, code: code,
          state: item.member("effect").text == "ask" ? .unknown : .failed,
          rule: rules.part.file, question: item.member("question").text)
      }
    }
    let outcome = traced(rules, decision, asked)
    return zip(outcome.value.items, outcome.hits).compactMap { item, hit in
      guard let code = item.member("code").text else { return nil }
      let isAsking = item.member("effect").text == "ask"
      let cell = hit.cells.last
      return Reason(
        tier: tier, code: code, state: isAsking ? .unknown : .failed,
        rule: Self.rule(rules, hit.id), actual: isAsking ? nil : cell?.value.display,
        required: cell?.text, source: .profile, question: item.member("question").text)
    }
  }

  /// The factors of the open formula and the priority they give.
  func rank(
    _ kind: ProductKind, needRank: Int, isNamed: Bool, costRatio: Decimal128
  ) -> (factors: RankFactors, priority: Decimal128) {
    let known = factors[kind] ?? kindFactors(kind, needRank: needRank, isNamed: isNamed)
    factors[kind] = known
    let ranked = value(
      book.ranking, "rank",
      [
        "product line": .string(kind.line.rawValue), "cost ratio": .number(costRatio),
        "propensity": known.propensity, "context": known.context, "lever": known.lever,
      ])
    return (
      RankFactors(
        propensity: known.propensity.number ?? 0, context: known.context.number ?? 0,
        value: ranked.member("value").number ?? 0, lever: known.lever.number ?? 0),
      ranked.member("priority").number ?? 0
    )
  }

  private func kindFactors(
    _ kind: ProductKind, needRank: Int, isNamed: Bool
  ) -> (propensity: Value, context: Value, lever: Value) {
    let asked: [String: Value] = [
      "product line": .string(kind.line.rawValue), "product kind": .string(kind.rawValue),
      "need rank": .number(Decimal128(needRank)), "goal named": .boolean(isNamed),
    ]
    return (
      value(book.arbitration, "propensity", asked),
      value(book.arbitration, "context", asked), value(book.arbitration, "lever", asked)
    )
  }

  private static func rule(_ rules: RuleModel, _ id: String?) -> String {
    "\(rules.part.file)#\(id ?? "?")"
  }
}

extension Value {
  /// The number, if it is one.
  var number: Decimal128? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  /// The text, if it is one.
  var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The items of a list; none of another value.
  var items: [Value] {
    guard case .list(let items) = self else { return [] }
    return Array(items)
  }

  /// The entry of a context; null of another value.
  func member(_ name: String) -> Value {
    guard case .context(let context) = self else { return .null }
    return context[name] ?? .null
  }

  /// The value as people read it in a reason.
  var display: String? {
    switch self {
    case .number(let number): number.plainText
    case .string(let text): text
    case .boolean(let flag): "\(flag)"
    default: nil
    }
  }
}
