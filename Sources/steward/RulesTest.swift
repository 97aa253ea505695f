import ArgumentParser
import DMN
import FEEL
import Foundation
import JSON

/// Runs the cases that rule authors write beside their models.
struct RulesTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the cases that stand beside the models.",
    discussion: """
      Runs each *.cases.json of a folder or one such file: the inputs of a case
      must give what it expects, by the rules that it names. Without a path,
      every edition in Rules of the home folder is tested. Exits with 1 where a
      case fails.

      Examples:
        steward rules test
        steward rules test Rules/2024-01-01/needs.cases.json
      """)

  @OptionGroup var home: HomeOptions

  @Argument(help: "An edition's folder or a .cases.json file.")
  var path: String?

  private static let ending = ".cases.json"

  func run() async throws {
    var passed = 0
    var failed = 0
    for file in try files() {
      let sheet = try CaseSheet(file)
      let model = try ModelFiles.load([sheet.modelPath])
      for item in sheet.cases {
        let differences = item.differences(in: model)
        if differences.isEmpty {
          passed += 1
        } else {
          failed += 1
          print("\(file): \(item.name)")
          for difference in differences { print("  \(difference)") }
        }
      }
    }
    print("\(passed + failed) cases, \(passed) passed, \(failed) failed")
    guard failed == 0 else { throw ExitCode(Failure.failureCode) }
  }

  private func files() throws -> [String] {
    guard let path else {
      let editions = try RuleFolder.editions(in: home.folder())
      return try editions.flatMap { try cases(in: $0) }
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure("there is no '\(path)'")
    }
    guard isFolder.boolValue else { return [path] }
    let found = try cases(in: URL(filePath: path, directoryHint: .isDirectory))
    guard !found.isEmpty else { throw Failure("'\(path)' holds no \(Self.ending) file") }
    return found
  }

  private func cases(in folder: URL) throws -> [String] {
    try RuleFolder.names(in: folder).filter { $0.hasSuffix(Self.ending) }
      .map { folder.appending(path: $0).path }
  }
}

/// A file of cases for one model.
struct CaseSheet {
  /// The model, beside the file.
  let modelPath: String
  let cases: [RuleCase]

  /// Cases of one file at most.
  static let casesLimit = 100_000

  init(_ path: String) throws {
    do {
      self = try decodeJSON(try ModelFiles.read(path), limits: .file) {
        CaseSheet(reading: $0, beside: path)
      }
    } catch let error as JSONSyntaxError {
      throw Failure("\(path): \(error)")
    } catch let error as Violations {
      throw Failure(error.list.map { "\(path): \($0)" }.joined(separator: "\n"))
    }
  }

  private init?(reading fields: JSONFields, beside path: String) {
    let model = fields.string("model", maxLength: 200, pattern: .notBlank)
    let cases = fields.objects("cases", min: 1, max: Self.casesLimit) { RuleCase(reading: $0) }
    guard let model, let cases else { return nil }
    modelPath =
      URL(filePath: path).deletingLastPathComponent().appending(path: model).relativePath
    self.cases = cases
  }
}

/// One case: inputs, what is expected, and the rules that must hit.
struct RuleCase {
  let name: String
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
    if inputs?.members == nil { fields.report("inputs", "type", "The inputs must be an object.") }
    if expected == nil { fields.report("expect", "required", "A case says what it expects.") }
    guard let name, let decision, let inputs = inputs?.members, let expected else { return nil }
    self.name = name
    self.decision = decision
    self.inputs = inputs
    self.expected = expected
  }

  /// What differs from the expectation, a line each.
  func differences(in model: Model) -> [String] {
    guard let found = model.decision(decision) else {
      return ["the model has no decision '\(decision)'"]
    }
    let types = Dictionary(
      model.inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let context = Context(
      inputs.map { ($0.key, Value(json: $0.value, as: types[$0.key] ?? .any)) })
    let outcome = model.evaluate(decision, context, trace: .hits)
    var lines: [String] = []
    let wanted = Value(json: expected, as: found.type)
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
    return lines
  }
}
