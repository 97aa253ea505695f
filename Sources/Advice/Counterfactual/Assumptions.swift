package import JSON
package import Quantities

/// What a client would change before asking again, beside the goal itself: a goal that assumes
/// something is answered as if it were so, and the stored decision says that it was assumed.
package struct Assumptions: Sendable, Hashable {
  /// Instalments a month of debts that would be repaid, in the client's home currency.
  package var instalmentsRepaid: Decimal128?
  /// Whether all that is in arrears would be paid.
  package var arrearsSettled = false
  /// Answers that would be given, by the question's id: taken as recorded ones are.
  package var answers: [String: String] = [:]

  /// Nothing is assumed.
  package init() {}

  /// Reads assumptions from the fields of a goal.
  package init?(reading fields: JSONFields) {
    instalmentsRepaid = fields.optionalDecimal("instalmentsRepaid", in: Goal.amounts)
    arrearsSettled = fields.optionalBoolean("arrearsSettled") ?? false
    let answers = fields.optionalDictionary("answers", max: Questionnaire.Limit.questions) {
      node, place in fields.answer(node, at: place)
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

extension JSONFields {
  /// An answer as programs send it: a text, a number, true or false; nil after it was recorded that
  /// it is none of these.
  package func answer(_ node: JSONNode, at place: String) -> String? {
    switch node.kind {
    case .string(let text) where text.utf8.count <= Questionnaire.Limit.answer: return text
    case .number(let text) where text.utf8.count <= Questionnaire.Limit.answer: return text
    case .boolean(let value): return value ? "true" : "false"
    default:
      report(
        node, at: place, "type",
        "An answer must be a text of at most \(Questionnaire.Limit.answer) bytes, a number, "
          + "true or false.")
      return nil
    }
  }
}
