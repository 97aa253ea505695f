import Advice
import ArgumentParser
import CRM
import DMN
import Foundation
import Quantities

/// Checks rule books and models.
struct RulesCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check every cell of a rule book or of one model.",
    discussion: """
      Without a path, every edition in Rules of the home folder is checked.
      Every problem is drawn with its place. Decision tables are searched for
      gaps, overlaps, rules that never decide or stand twice, inputs that no
      rule asks about, and values that are not allowed. A value that can never
      be of its declared type is an error; so is, in an edition, a rule that
      reads a protected attribute for credit or insurance without a legal basis.
      Exits with 1 where there is an error.

      Examples:
        steward rules check
        steward rules check Rules/2024-01-01
        steward rules check Rules/2024-01-01/needs.dmn
      """)

  @OptionGroup var home: HomeOptions

  @Argument(help: "An edition's folder or a .dmn file.")
  var path: String?

  func run() async throws {
    var check = RuleCheck()
    if let path {
      let url = URL(filePath: path)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure("there is no '\(path)'")
      }
      if isFolder.boolValue {
        try check.edition(url, home: try? home.folder(holding: url))
      } else {
        let file = ModelFile(name: path, bytes: try ModelFiles.read(path))
        let folder = url.deletingLastPathComponent()
        let others = file.mayImport ? try RuleFolder.models(in: folder, besides: file) : []
        check.model(file, among: others)
        // A model outside of an edition may be for any trade.
        if CalendarDate(iso: folder.lastPathComponent) != nil,
          let home = try? home.folder(holding: url)
        {
          try check.protected(file.withImports(from: others), told: file.name, home: home)
        }
      }
    } else {
      let home = try home.folder()
      let editions = try RuleFolder.editions(in: home)
      guard !editions.isEmpty else { throw Failure("'\(home.path)/Rules' holds no edition") }
      for edition in editions { try check.edition(edition, home: home) }
    }
    for problem in check.problems { print(problem) }
    print(
      [
        check.models.counted("model"), check.forms.counted("form"), check.errors.counted("error"),
        check.warnings.counted("warning"),
      ].joined(separator: ", "))
    guard check.errors == 0 else { throw ExitCode(Failure.failureCode) }
  }
}

/// Folders with the files of rule books.
enum RuleFolder {
  /// The editions of a home folder, the oldest first.
  static func editions(in home: URL) throws -> [URL] {
    let folder = home.appending(path: "Rules", directoryHint: .isDirectory)
    return try EditionFolder(home).ruleDates()
      .map { folder.appending(path: $0.description, directoryHint: .isDirectory) }
  }

  /// The models of a folder, one of which was read already.
  static func models(in folder: URL, besides known: ModelFile) throws -> [ModelFile] {
    try names(in: folder).filter { $0.hasSuffix(".dmn") }.map { name in
      let path = folder.appending(path: name).path
      let isKnown = URL(filePath: known.name).lastPathComponent == name
      return isKnown ? known : ModelFile(name: path, bytes: try ModelFiles.read(path))
    }
  }

  /// The names in a folder in the order of their bytes.
  static func names(in folder: URL) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    } catch {
      throw Failure("cannot read '\(folder.path)': \(Failure.reason(error))")
    }
  }
}

/// What checking found so far.
struct RuleCheck {
  private(set) var models = 0
  private(set) var forms = 0
  private(set) var errors = 0
  private(set) var problems: [String] = []

  /// How many of the problems are no errors.
  var warnings: Int { problems.count - errors }

  /// Checks one model with what it imports from the models beside it.
  mutating func model(_ file: ModelFile, among others: [ModelFile]) {
    models += 1
    do throws(ModelProblems) {
      let files = file.withImports(from: others)
      let model = try Model.load(files, functions: Calculators.functions)
      add(model.problems.filter { files.count == 1 || $0.file == file.name })
      for analysis in model.analyse() where analysis.file == file.name { add(analysis) }
    } catch {
      add(error.list)
    }
  }

  private mutating func add(_ analysis: TableAnalysis) {
    for finding in analysis.findings {
      if finding.isError { errors += 1 }
      problems.append("\(analysis.file): \(analysis.element): \(finding)")
    }
    if !analysis.isComplete {
      problems.append(
        "\(analysis.file): \(analysis.element): warning: The table is too large to be searched "
          + "in full; there may be more.")
    }
  }

  /// Checks the models of a folder one by one, and as a rule book where its texts and forms are
  /// at hand.
  mutating func edition(_ folder: URL, home: URL?) throws {
    let names = try RuleFolder.names(in: folder).filter { $0.hasSuffix(".dmn") }
    guard !names.isEmpty else { throw Failure("'\(folder.path)' holds no .dmn file") }
    let before = errors
    let files = try names.map { name in
      let path = folder.appending(path: name).path
      return ModelFile(name: path, bytes: try ModelFiles.read(path))
    }
    for file in files { model(file, among: files) }
    guard errors == before, let home,
      let effective = CalendarDate(iso: folder.lastPathComponent)
    else { return }
    try protected(files, home: home)
    let source = try EditionFolder(home).rules(in: folder, effective: effective)
    forms += source.questionnaires.count
    do throws(RuleBook.Fault) {
      _ = try RuleBook(source)
    } catch {
      errors += error.problems.count
      problems += error.problems
    }
  }

  /// Looks for protected attributes in the rules of some models, or of one that is told of.
  mutating func protected(_ files: [ModelFile], told name: String? = nil, home: URL) throws {
    let list = try EditionFolder(home).protectedAttributes()
    guard let outline = try? ModelOutline(files) else { return }
    let found = list.findings(in: outline).filter { name == nil || $0.file == name }
    errors += found.count
    problems += found.map(\.description)
  }

  private mutating func add(_ found: [ModelProblem]) {
    errors += found.count { $0.severity == .error }
    problems += found.map(\.description)
  }
}
