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
      every edition in Rules of the home folder is tested. For each model it
      says how many of the rules of its decision tables were hit and which
      never were. Exits with 1 where a case fails, or where fewer rules are
      hit than --coverage asks for.

      Examples:
        steward rules test
        steward rules test --coverage 90
        steward rules test Rules/2024-01-01/needs.cases.json
      """)

  @OptionGroup var home: HomeOptions

  @Argument(help: "An edition's folder or a .cases.json file.")
  var path: String?

  @Option(help: ArgumentHelp("The rules that must be hit, of each model.", valueName: "percent"))
  var coverage: Double?

  private static let ending = ".cases.json"

  func validate() throws {
    if let coverage, !(0...100).contains(coverage) {
      throw ValidationError("--coverage is from 0 to 100")
    }
  }

  func run() async throws {
    var passed = 0
    var failed = 0
    var uncovered = 0
    for file in try files() {
      let sheet = try CaseSheet(file)
      let model = try ModelFiles.load([sheet.modelPath])
      var covered = RuleCoverage(model)
      for item in sheet.cases {
        let (differences, trace) = item.differences(in: model)
        covered.add(trace)
        if differences.isEmpty {
          passed += 1
        } else {
          failed += 1
          print("\(file): \(item.name)")
          for difference in differences { print("  \(difference)") }
        }
      }
      report(covered, sheet.modelPath)
      if let coverage, covered.percent < coverage { uncovered += 1 }
    }
    print("\(passed + failed) cases, \(passed) passed, \(failed) failed")
    if let coverage, uncovered > 0 { print("\(uncovered) models below \(coverage) %") }
    guard failed == 0, uncovered == 0 else { throw ExitCode(Failure.failureCode) }
  }

  /// Prints how many rules of a model the cases hit, and which they never hit.
  private func report(_ covered: RuleCoverage, _ path: String) {
    let percent = String(format: "%.1f", covered.percent)
    print("\(path): \(covered.hitCount) of \(covered.ruleCount) rules hit, \(percent) %")
    for table in covered.tables where !table.missed.isEmpty {
      let names = table.missed.prefix(Self.namesLimit).map { $0.id ?? "\($0.number)" }
      let more = table.missed.count - names.count
      print(
        "  \(table.element): never hit: \(names.joined(separator: ", "))"
          + (more > 0 ? " and \(more) more" : ""))
    }
  }

  /// Rules that one line names.
  private static let namesLimit = 50

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

  /// What differs from the expectation, a line each, and what happened.
  func differences(in model: Model) -> ([String], Trace) {
    guard let found = model.decision(decision) else {
      return (["the model has no decision '\(decision)'"], Trace())
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
    return (lines, outcome.trace)
  }
}
