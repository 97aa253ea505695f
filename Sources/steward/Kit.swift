import ArgumentParser
import DMN
import Foundation

/// Runs the compatibility kit of the DMN standard.
struct Kit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tck",
    abstract: "Run the DMN Technology Compatibility Kit.",
    discussion: """
      The path is a checkout of the kit, its TestCases, one level or one model.
      Exits with 1 where a case fails.

      Examples:
        steward tck dmn-tck/TestCases
        steward tck dmn-tck/TestCases/compliance-level-2 --csv results.csv --exact
      """)

  @Argument(help: "The folder of the kit.")
  var path: String

  @Option(help: ArgumentHelp("Write the kit's own table of results.", valueName: "file"))
  var csv: String?

  @Flag(help: "Numbers must be equal; else they may differ by 1e-8 as in the kit's own runners.")
  var exact = false

  func run() async throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw Failure("there is no folder '\(path)'") }
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    let exact = exact
    let report = try await Progress.seconds("running the kit, seconds") {
      try KitRunner(isExact: exact).run(folder)
    }
    guard !report.lines.isEmpty else { throw Failure("there are no test cases below '\(path)'") }
    if let csv {
      var file = try OutputFile(csv)
      try file.write(report.csv.utf8)
      try file.finish()
    }
    print(report.table)
    guard report.isComplete else { throw ExitCode(Failure.failureCode) }
  }
}
