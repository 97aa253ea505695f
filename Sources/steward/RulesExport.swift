import ArgumentParser
import DMN
import Foundation

/// Writes models as DMN 1.5 of our own hand.
struct RulesExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model as DMN 1.5.",
    discussion: """
      Reads a model of any version, with the models that it imports, and writes
      each file as DMN 1.5, valid against the standard's schema, so that any
      modeller can take it over. Diagrams and extensions of other tools are
      left out. One model goes to the standard output, or to a folder by the
      names of the files.

      Examples:
        steward rules export Rules/2024-01-01/needs.dmn > needs.dmn
        steward rules export main.dmn imported.dmn --to exported
      """)

  @Argument(help: "The model, followed by the models that it imports.")
  var models: [String]

  @Option(help: ArgumentHelp("Where the files are written.", valueName: "folder"))
  var to: String?

  func validate() throws {
    guard !models.isEmpty else { throw ValidationError("name a model") }
    guard models.count == 1 || to != nil else {
      throw ValidationError("several models need --to")
    }
    let names = Set(models.map { URL(filePath: $0).lastPathComponent })
    guard names.count == models.count else {
      throw ValidationError("the files must have different names")
    }
  }

  func run() async throws {
    let exported = try ModelFiles.load(models).export()
    guard let to else {
      var output = try OutputFile(nil)
      for file in exported { try output.write(file.bytes) }
      return try output.finish()
    }
    let folder = URL(filePath: to, directoryHint: .isDirectory)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make '\(to)': \(Failure.reason(error))")
    }
    for file in exported {
      let name = URL(filePath: file.name).lastPathComponent
      var output = try OutputFile(folder.appending(path: name).path)
      try output.write(file.bytes)
      try output.finish()
    }
    print("\(exported.count.counted("file")) written to '\(to)'")
  }
}
