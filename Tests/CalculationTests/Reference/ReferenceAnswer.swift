import JSON
import Quantities

/// What the library answered to a case, in the shape of the case's expectation.
enum ReferenceAnswer {
  case number(Decimal128)
  case text(String)
  case none
  case list([ReferenceAnswer])
  case fields([String: ReferenceAnswer])

  static func number(_ value: Double) -> ReferenceAnswer { .number(Decimal128(value)) }
  static func number(_ value: Int) -> ReferenceAnswer { .number(Decimal128(value)) }
}

/// |got − expected| ≤ max(abs, rel·|expected|), with a field's own bounds where it has some.
struct ReferenceTolerance {
  let node: JSONNode?

  private func bounds(_ field: String) -> (absolute: Decimal128, relative: Decimal128) {
    func read(_ node: JSONNode?, _ key: String) -> Decimal128? {
      node?[key].flatMap(ReferenceInputs.decimal)
    }
    let own = node?["fields"]?[field]
    if own != nil { return (read(own, "abs") ?? 0, read(own, "rel") ?? 0) }
    return (read(node, "abs") ?? 0, read(node, "rel") ?? 0)
  }

  /// A figure printed to nine digits or more after the point is known to half a unit of its last
  /// one: some published year fractions have nine digits and a narrower tolerance.
  private func printed(_ expected: JSONNode) -> Decimal128 {
    guard let text = expected.numberText, let value = Decimal128(text), value.scale >= 9 else {
      return 0
    }
    return Decimal128(isNegative: false, coefficient: 5, exponent: value.exponent - 1)
  }

  /// The differences between an expectation and an answer; fields that nobody expects are free.
  func differences(
    _ expected: JSONNode, _ answer: ReferenceAnswer?, _ field: String
  ) -> [String] {
    switch (expected.kind, answer) {
    case (.null, nil), (.null, .some(.none)):
      return []
    case (.number, .number(let got)):
      guard let value = ReferenceInputs.decimal(expected) else { return ["\(field): unreadable"] }
      let (absolute, relative) = bounds(field)
      let allowed = max(absolute, relative * value.magnitude, printed(expected))
      if got.isFinite, (got - value).magnitude <= allowed { return [] }
      return ["\(field): expected \(value), got \(got)"]
    case (.string(let text), .text(let got)):
      return text == got ? [] : ["\(field): expected \(text), got \(got)"]
    case (.array(let nodes), .list(let answers)):
      return listDifferences(nodes, answers, field)
    case (.object(let members), .fields(let answers)):
      return members.flatMap { differences($0.value, answers[$0.key], $0.key) }
    default:
      return ["\(field): expected \(expected.typeName), got \(answer.map { "\($0)" } ?? "nothing")"]
    }
  }

  /// Schedule rows may be a part of the schedule: those match by `n`, other lists by position.
  private func listDifferences(
    _ nodes: [JSONNode], _ answers: [ReferenceAnswer], _ field: String
  ) -> [String] {
    if nodes.contains(where: { $0["n"] != nil }) {
      return nodes.flatMap { node -> [String] in
        let number = node["n"].flatMap(ReferenceInputs.decimal)?.integerValue ?? 0
        guard answers.indices.contains(number - 1) else { return ["\(field): no row \(number)"] }
        return differences(node, answers[number - 1], field).map { "row \(number) \($0)" }
      }
    }
    guard nodes.count == answers.count else {
      return ["\(field): expected \(nodes.count) elements, got \(answers.count)"]
    }
    return zip(nodes, answers).flatMap { differences($0, $1, field) }
  }
}
