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

  /// From 0.
  var order: Int {
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
package struct Reason: Sendable {
  /// Copies of a reason share what it says: the same is said of many products.
  private let said: Said

  /// How a condition stands.
  package enum State: String, Sendable {
    case met, failed, unknown
  }

  /// The rule of a term that the product itself sets.
  static let ofProduct = "product"

  /// A condition held against a value.
  package init(
    tier: Tier, code: String, state: State, rule: String = "product", cell: String? = nil,
    actual: String? = nil, isNamed: Bool = true, required: String? = nil,
    source: ValueSource? = nil, question: String? = nil
  ) {
    said = Said(
      .init(
        tier: tier, code: code, state: state, rule: rule, cell: cell, actual: actual,
        isNamed: isNamed, required: required, source: source, question: question))
  }

  private init(_ words: Said.Words) { said = Said(words) }

  /// The same with another question to ask.
  func asking(_ other: String) -> Reason {
    guard other != question else { return self }
    var words = said.words
    words.question = other
    return Reason(words)
  }

  /// The same in another tier.
  func moved(to other: Tier) -> Reason {
    guard other != tier else { return self }
    var words = said.words
    words.tier = other
    return Reason(words)
  }

  /// The key of the wording: the code and how the condition stands.
  package var textKey: String { "\(code).\(state.rawValue)" }

  /// Writes the reason as an object with its sentence; most are said of many products and to many
  /// clients, so that the last ones are kept as they were written.
  ///
  /// - Parameter stated: whether it says how the condition stands, which in an outcome is met.
  package func write(_ writer: inout JSONWriter, _ texts: Texts, stated: Bool = false) {
    writer.raw(written(texts, stated: stated))
  }

  func written(_ texts: Texts, stated: Bool) -> [UInt8] {
    texts.written.answer(
      to: WrittenReason(reason: self, isStated: stated, isOfClient: texts.isOfClient)
    ) { writtenAnew(texts, stated: stated) }
  }

  fileprivate func writtenAnew(
    _ texts: Texts, stated: Bool, actual read: String? = nil
  ) -> [UInt8] {
    var apart = JSONWriter(capacity: 512)
    apart.object { stated ? writeStated(&$0, texts, read) : writeMet(&$0, texts) }
    return apart.bytes
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

  private func writeStated(_ writer: inout JSONWriter, _ texts: Texts, _ read: String?) {
    writer.member("tier", tier.rawValue)
    writer.member("code", code)
    writer.member("state", state.rawValue)
    writer.member("text", texts.sentence(for: self, actual: read))
    writer.member("actual", actual)
    writer.member("required", required)
    writer.member("rule", rule)
    writer.member("cell", cell)
    writer.member("source", source?.rawValue)
    writer.member("question", question)
  }
}

/// What a reason says.
extension Reason {
  /// The tier the condition belongs to.
  package var tier: Tier { said.words.tier }
  /// The condition's name, which is also the key of its wording, such as `age`.
  package var code: String { said.words.code }
  /// Whether the condition is met, failed or cannot be told.
  package var state: State { said.words.state }
  /// Where the rule stands: `eligibility.dmn#E03`, or `product` for a term of the product itself.
  package var rule: String { said.words.rule }
  /// The cell of the rule that decided, as the rule's owner wrote it.
  package var cell: String? { said.words.cell }
  /// The value of the client or the request that was read, as text.
  package var actual: String? { said.words.actual }
  /// Whether somebody named that value; one that is taken for want of any is not said to be theirs.
  var isNamed: Bool { said.words.isNamed && actual != nil }
  /// What the condition asks, as text.
  package var required: String? { said.words.required }
  /// Where the value came from: the profile, the history, an answer or the request.
  package var source: ValueSource? { said.words.source }
  /// The question whose answer would decide it, where the value is missing.
  package var question: String? { said.words.question }
  /// Whether a price depends on what is asked.
  var isPriced: Bool { TermColumn.isPriced(code) }
  /// Whether the instalment depends on it too.
  var isOfInstalment: Bool { TermColumn.isOfInstalment(code) }

  private final class Said: Sendable {
    struct Words: Hashable, Sendable {
      var tier: Tier
      let code: String
      let state: State
      let rule: String
      let cell: String?
      let actual: String?
      let isNamed: Bool
      let required: String?
      let source: ValueSource?
      var question: String?
    }

    let words: Words

    init(_ words: Words) { self.words = words }
  }
}

extension Reason: Hashable {
  package static func == (left: Reason, right: Reason) -> Bool {
    left.said === right.said || left.said.words == right.said.words
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(said.words) }
}

/// The writing of reasons in one list: what is said of many products is written once.
struct ReasonWriting {
  private let texts: Texts
  /// What was written, one after another, and by a reason's number where it stands in it.
  private var bytes: [UInt8] = []
  private var places: [Range<Int>] = []
  /// The values of this request as its language writes them: few, and held against every product.
  private var read: [String: String] = [:]

  /// A writing in a language.
  init(_ texts: Texts) { self.texts = texts }

  /// Writes a reason with how its condition stands.
  mutating func write(_ number: Int, of known: TermReasons, _ writer: inout JSONWriter) {
    while places.count <= number { places.append(0..<0) }
    if places[number].isEmpty {
      let anew = written(known[number])
      places[number] = bytes.count..<bytes.count + anew.count
      bytes += anew
    }
    writer.raw(bytes[places[number]])
  }

  private mutating func written(_ reason: Reason) -> [UInt8] {
    guard reason.source == .request, let actual = reason.actual else {
      return reason.written(texts, stated: true)
    }
    // What names a value of this request is not said again to another.
    return reason.writtenAnew(texts, stated: true, actual: value(actual))
  }

  private mutating func value(_ actual: String) -> String {
    if let known = read[actual] { return known }
    let text = texts.value(actual)
    read[actual] = text
    return text
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

/// Where a value that a decision read came from: of the client, of what is asked, or, as
/// `catalogue`, of the products and the rules.
package enum ValueSource: String, Sendable {
  case profile, history, holdings, positions, answer, request, catalogue
}
