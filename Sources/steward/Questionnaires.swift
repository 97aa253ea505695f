import Advice
import ArgumentParser
import DMN
import Foundation

/// What can be done with forms besides answering them.
struct Questionnaires: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the forms that clients answer.", subcommands: [QuestionnairesCheck.self])
}

/// Checks forms one by one and all together.
struct QuestionnairesCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check forms: every field, condition, link and score.",
    discussion: """
      Without a path, the forms of the home folder are checked. Files and
      folders may be named; all of them together must hold every form that
      another one follows and every question that a condition names. Each
      fault is one line with file, line, column and field. Exits with 1
      where there is one.

      Examples:
        steward questionnaires check
        steward questionnaires check Questionnaires
        steward questionnaires check Questionnaires/motor.json \\
          Questionnaires/demands-and-needs.json
      """)

  @OptionGroup var home: HomeOptions

  @Argument(help: "Files or folders of forms.")
  var paths: [String] = []

  func run() async throws {
    let named =
      paths.isEmpty ? [try home.folder().appending(path: "Questionnaires").path] : paths
    let files = try named.flatMap(Self.files)
    guard !files.isEmpty else { throw Failure("there is no .json file in '\(named[0])'") }
    do throws(FormFaults) {
      let forms = try FormSet(files)
      let questions = forms.forms.reduce(0) { $0 + $1.questions.count }
      print(
        "\(forms.forms.count.counted("form")), \(questions.counted("question")), 0 faults")
    } catch {
      for fault in error.list { print(fault) }
      print("\(files.count.counted("form")), \(error.list.count.counted("fault"))")
      throw ExitCode(Failure.failureCode)
    }
  }

  /// The forms of a file or of a folder, in the order of their names.
  private static func files(_ path: String) throws -> [ModelFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure("there is no '\(path)'")
    }
    guard isFolder.boolValue else {
      let name = URL(filePath: path).lastPathComponent
      return [ModelFile(name: name, bytes: try ModelFiles.read(path))]
    }
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    return try RuleFolder.names(in: folder).filter { $0.hasSuffix(".json") }.map {
      ModelFile(name: $0, bytes: try ModelFiles.read(folder.appending(path: $0).path))
    }
  }
}
