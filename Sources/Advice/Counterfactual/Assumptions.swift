package import JSON
package import Quantities

/// What a client would change before asking again, beside the goal itself: a goal that assumes
/// something is answered as if it were so, and the stored decision says that it was assumed.
package struct Assumptions: Sendable, Hashable {
  /// Instalments a month of debts that would be repaid, in the client's home currency.
  package var instalmentsRepaid: Decimal128?
  /// Whether all that is in arrears would be paid.
  package var arrearsSettled = false
  /// Answers that would be given, by the question's id.
  package var answers: [String: String] = [:]

  /// Answers assumed at once.
  static let answerCount = 50
  /// The longest answer assumed, in characters.
  static let answerLength = 200

  /// Nothing is assumed.
  package init() {}

  /// Reads assumptions from the fields of a goal.
  package init?(reading fields: JSONFields) {
    instalmentsRepaid = fields.optionalDecimal("instalmentsRepaid", in: Goal.amounts)
    arrearsSettled = fields.optionalBoolean("arrearsSettled") ?? false
    let answers = fields.optionalDictionary("answers", max: Self.answerCount) {
      node, place -> String? in
      guard case .string(let text) = node.kind, text.count <= Self.answerLength else {
        fields.report(
          node, at: place, "type",
          "An answer must be a string of at most \(Self.answerLength) characters.")
        return nil
      }
      return text
    }
    self.answers = Dictionary(
      (answers ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether nothing is assumed.
  package var isEmpty: Bool { self == Assumptions() }

  func write(_ writer: inout JSONWriter) {
    if !answers.isEmpty {
      writer.object("answers") { writer in
        for (question, answer) in answers.sorted(by: { byteOrder($0.key, $1.key) }) {
          writer.member(question, answer)
        }
      }
    }
    if arrearsSettled { writer.member("arrearsSettled", true) }
    writer.member("instalmentsRepaid", decimal: instalmentsRepaid)
  }
}
