package import DMN
import FEEL
import JSON

/// The cases that a rule author writes beside a model: what some inputs must give, and by which
/// rules.
package struct CaseSheet: Sendable {
  /// The name of the model's file, beside the sheet.
  package let model: String
  /// The cases in the order of the sheet.
  package let cases: [Case]

  /// How the names of such files end.
  package static let ending = ".cases.json"
  /// Cases of one sheet at most.
  package static let casesLimit = 100_000

  /// Reads a sheet.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations`.
  package init(json bytes: [UInt8]) throws {
    self = try decodeJSON(bytes, limits: .file) { CaseSheet(reading: $0) }
  }

  private init?(reading fields: JSONFields) {
    let model = fields.string("model", maxLength: 200, pattern: .notBlank)
    let cases = fields.objects("cases", min: 1, max: Self.casesLimit) { Case(reading: $0) }
    guard let model, let cases else { return nil }
    self.model = model
    self.cases = cases
  }

  /// One case: inputs, what is expected, and the rules that must hit.
  package struct Case: Sendable {
    /// What the author calls it.
    package let name: String
    private let decision: String
    private let inputs: [JSONMember]
    private let expected: JSONNode
    private let rules: [String]?

    init?(reading fields: JSONFields) {
      let name = fields.string("name")
      let decision = fields.string("decision")
      let inputs = fields.node("inputs")
      let expected = fields.node("expect")
      rules = fields.optionalStrings("rules")
      if inputs?.members == nil {
        fields.report("inputs", "type", "The inputs must be an object.")
      }
      if expected == nil { fields.report("expect", "required", "A case says what it expects.") }
      guard let name, let decision, let inputs = inputs?.members, let expected else { return nil }
      self.name = name
      self.decision = decision
      self.inputs = inputs
      self.expected = expected
    }

    /// What differs from the expectation, a line each, and what happened.
    package func differences(in model: Model) -> ([String], Trace) {
      guard let found = model.decision(decision) else {
        return (["the model has no decision '\(decision)'"], Trace())
      }
      let types = Dictionary(
        model.inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
      let context = Context(
        inputs.map { ($0.key, Value(fromJSON: $0.value, as: types[$0.key] ?? .any)) })
      let outcome = model.evaluate(decision, context, trace: .hits)
      var lines: [String] = []
      let wanted = Value(fromJSON: expected, as: found.type)
      if outcome.value != wanted { lines.append("expected \(wanted), found \(outcome.value)") }
      if let rules {
        let step = outcome.trace.steps.last { $0.name == decision }
        let hits = (step?.tables.last?.hits ?? []).map { $0.id ?? "\($0.number)" }
        if hits != rules {
          lines.append(
            "expected the rules [\(rules.joined(separator: ", "))], "
              + "found [\(hits.joined(separator: ", "))]")
        }
      }
      if !lines.isEmpty { lines += outcome.causes.map { "because: \($0.sentence)" } }
      return (lines, outcome.trace)
    }
  }
}
