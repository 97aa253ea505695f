import Advice
import ArgumentParser
import DMN
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
      let sheet = try CaseSheet(path: file)
      let path = sheet.modelPath(beside: file)
      let model = try ModelFiles.load([path])
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
      report(covered, path)
      if let coverage, covered.percent < coverage { uncovered += 1 }
    }
    print("\((passed + failed).counted("case")), \(passed) passed, \(failed) failed")
    if let coverage, uncovered > 0 { print("\(uncovered.counted("model")) below \(coverage) %") }
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
    guard !found.isEmpty else { throw Failure("'\(path)' holds no \(CaseSheet.ending) file") }
    return found
  }

  private func cases(in folder: URL) throws -> [String] {
    try RuleFolder.names(in: folder).filter { $0.hasSuffix(CaseSheet.ending) }
      .map { folder.appending(path: $0).path }
  }
}

extension CaseSheet {
  /// Reads a file of cases; every fault is named with the file.
  fileprivate init(path: String) throws {
    do {
      try self.init(json: ModelFiles.read(path))
    } catch let error as JSONSyntaxError {
      throw Failure("\(path): \(error)")
    } catch let error as Violations {
      throw Failure(error.list.map { "\(path): \($0)" }.joined(separator: "\n"))
    }
  }

  /// The model's path, beside the file of cases.
  fileprivate func modelPath(beside path: String) -> String {
    URL(filePath: path).deletingLastPathComponent().appending(path: model).relativePath
  }
}
