package import JSON

/// The three tiers a product must pass, in their order: the first that fails is the one named.
package enum Tier: String, Sendable, CaseIterable, Comparable {
  /// Law, policy and the product's own terms.
  case eligibility
  /// Whether it makes sense for this client now.
  case applicability
  /// Risk, knowledge, capacity for loss and affordability.
  case suitability
  /// Fits, but others that fit were ranked before it.
  case arbitration

  package static func < (left: Tier, right: Tier) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .eligibility: 0
    case .applicability: 1
    case .suitability: 2
    case .arbitration: 3
    }
  }
}

/// One reason for or against a product: which condition, what it was held against, and the rule
/// that said so.
///
/// Wording is looked up last, by ``code``.
package struct Reason: Sendable, Hashable {
  /// The tier the condition belongs to.
  package let tier: Tier
  /// The condition's name, which is also the key of its wording, such as `age`.
  package let code: String
  /// Whether the condition is met, failed or cannot be told.
  package let state: State
  /// Where the rule stands: `eligibility.dmn#E03`, or `product` for a term of the product itself.
  package let rule: String
  /// The cell of the rule that decided, as the rule's owner wrote it.
  package let cell: String?
  /// The value of the client or the request that was read, as text.
  package let actual: String?
  /// What the condition asks, as text.
  package let required: String?
  /// Where the value came from: the profile, the history, an answer or the request.
  package let source: ValueSource?
  /// The question whose answer would decide it, where the value is missing.
  package let question: String?

  /// How a condition stands.
  package enum State: String, Sendable {
    case met, failed, unknown
  }

  /// The rule of a term that the product itself sets.
  static let ofProduct = "product"

  /// A condition held against a value.
  package init(
    tier: Tier, code: String, state: State, rule: String = "product", cell: String? = nil,
    actual: String? = nil, required: String? = nil, source: ValueSource? = nil,
    question: String? = nil
  ) {
    self.cell = cell
    self.tier = tier
    self.code = code
    self.state = state
    self.rule = rule
    self.actual = actual
    self.required = required
    self.source = source
    self.question = question
  }

  /// The same with another question to ask.
  func asking(_ other: String) -> Reason {
    guard other != question else { return self }
    return Reason(
      tier: tier, code: code, state: state, rule: rule, cell: cell, actual: actual,
      required: required, source: source, question: other)
  }

  /// The same in another tier.
  func moved(to other: Tier) -> Reason {
    guard other != tier else { return self }
    return Reason(
      tier: other, code: code, state: state, rule: rule, cell: cell, actual: actual,
      required: required, source: source, question: question)
  }

  /// The key of the wording: the code and how the condition stands.
  package var textKey: String { "\(code).\(state.rawValue)" }

  /// Writes the reason as an object with its sentence; most are said of many products and to many
  /// clients, so that the last ones are kept as they were written.
  ///
  /// - Parameter stated: whether it says how the condition stands, which in an outcome is met.
  package func write(_ writer: inout JSONWriter, _ texts: Texts, stated: Bool = false) {
    writer.raw(
      texts.written.answer(
        to: WrittenReason(reason: self, isStated: stated, isOfClient: texts.isOfClient)
      ) {
        var apart = JSONWriter(capacity: 320)
        apart.object { stated ? writeStated(&$0, texts) : writeMet(&$0, texts) }
        return apart.bytes
      })
  }

  private func writeMet(_ writer: inout JSONWriter, _ texts: Texts) {
    writer.member("actual", actual)
    writer.member("code", code)
    writer.member("question", question)
    writer.member("required", required)
    writer.member("rule", rule)
    writer.member("source", source?.rawValue)
    writer.member("text", texts.sentence(for: self))
    writer.member("tier", tier.rawValue)
  }

  private func writeStated(_ writer: inout JSONWriter, _ texts: Texts) {
    writer.member("tier", tier.rawValue)
    writer.member("code", code)
    writer.member("state", state.rawValue)
    writer.member("text", texts.sentence(for: self))
    writer.member("actual", actual)
    writer.member("required", required)
    writer.member("rule", rule)
    writer.member("cell", cell)
    writer.member("source", source?.rawValue)
    writer.member("question", question)
  }
}

/// A reason in one of the forms it is written in.
struct WrittenReason: Hashable, Sendable {
  let reason: Reason
  let isStated: Bool
  let isOfClient: Bool

  /// By what differs most from one reason to the next.
  func hash(into hasher: inout Hasher) {
    hasher.combine(reason.code)
    hasher.combine(reason.actual)
    hasher.combine(reason.required)
  }
}

/// Where a value that a decision read came from.
package enum ValueSource: String, Sendable {
  case profile, history, holdings, positions, answer, request, catalogue
}
