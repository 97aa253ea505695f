import DMN
import FEEL
import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

/// One case of a rule author: inputs, what is expected, and the rules that should hit.
struct RuleCase: CustomTestStringConvertible, Sendable {
  let model: String
  let name: String
  let decision: String
  let inputs: Context
  let expected: Value
  let rules: [String]?

  var testDescription: String { "\(model): \(name)" }

  /// The cases of all models of all editions.
  static let all: [RuleCase] = {
    let folder = ProjectFolder.root.appending(path: "Rules").resolvingSymlinksInPath()
    guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    else { return [] }
    var cases: [RuleCase] = []
    for case let url as URL in walk where url.path.hasSuffix(".cases.json") {
      cases += (try? read(url)) ?? []
    }
    return cases.sorted { $0.testDescription < $1.testDescription }
  }()

  static func read(_ url: URL) throws -> [RuleCase] {
    let bytes = Array(try Data(contentsOf: url))
    return try decodeJSON(bytes, limits: .file) { fields -> [RuleCase]? in
      let model = fields.string("model")
      return fields.objects("cases") { fields -> RuleCase? in
        let name = fields.string("name")
        let decision = fields.string("decision")
        let inputs = fields.node("inputs").map { Value(json: $0) }
        let expected = fields.node("expect").map { Value(json: $0) }
        let rules = fields.optionalStrings("rules")
        guard let model, let name, let decision, case .context(let inputs)? = inputs,
          let expected
        else { return nil }
        return RuleCase(
          model: url.deletingLastPathComponent().appending(path: model).path, name: name,
          decision: decision, inputs: inputs, expected: expected, rules: rules)
      }
    }
  }
}

extension Value {
  init(json node: JSONNode) {
    switch node.kind {
    case .null: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .number(let text): self = .number(Decimal128(text) ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map { Value(json: $0) })
    case .object(let members):
      self = .context(Context(members.map { (key: $0.key, value: Value(json: $0.value)) }))
    }
  }
}

@Suite("The rules' own cases")
struct RuleCasesTests {
  /// The models that have cases, loaded once.
  static let models: [String: Model] = {
    var models: [String: Model] = [:]
    for path in Set(RuleCase.all.map(\.model)) {
      guard let data = try? Data(contentsOf: URL(filePath: path)) else { continue }
      models[path] = try? Model.load([ModelFile(name: path, bytes: Array(data))])
    }
    return models
  }()

  @Test("There are cases for every model")
  func everyModelHasCases() throws {
    let folder = ProjectFolder.root.appending(path: "Rules").resolvingSymlinksInPath()
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]
    for file in (files ?? []) where file.hasSuffix(".dmn") {
      let path = folder.appending(path: file).path
      #expect(RuleCase.all.contains { $0.model == path }, "\(file) has no cases")
    }
    #expect(RuleCase.all.count > 50)
  }

  @Test("A case gives what its author expects", arguments: RuleCase.all)
  func caseHolds(_ example: RuleCase) throws {
    let model = try #require(Self.models[example.model])
    let outcome = model.evaluate(example.decision, example.inputs, trace: .hits)
    #expect(outcome.value == example.expected)
    guard let rules = example.rules else { return }
    let step = outcome.trace.steps.last { $0.name == example.decision }
    #expect(step?.tables.last?.hits.map { $0.id ?? "" } ?? [] == rules)
  }
}
