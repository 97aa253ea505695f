import DMN
import Foundation
import Support
import Testing

@Suite("The page of the documentation")
struct DocumentationTests {
  /// The modules and objects that the tests were built from.
  private static let build = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  private static let compiler =
    (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/swiftc" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private static func run(_ program: String, _ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(
    "its program compiles against the libraries alone and evaluates a model",
    .enabled(if: compiler != nil, "needs swiftc"))
  func program() throws {
    let page = ProjectFolder.root.appending(path: "Documentation/README.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let parts = text.components(separatedBy: "```swift\n")
    let code = try #require(parts.dropFirst().first?.components(separatedBy: "```").first)
    let lines = code.split(separator: "\n").filter { !$0.hasPrefix("import") }
    #expect(lines.count <= 10)
    let folder = try TemporaryFolder()
    let source = folder.url.appending(path: "main.swift")
    try Data(code.utf8).write(to: source)
    let inputs = [("age", "number"), ("region", "string")]
    let table = Models.table(
      "UNIQUE", inputs: inputs, outputs: ["<output name=\"price\"/>"],
      rows: ["< 18 | - || 1", ">= 18 | \"CZ\" || 2"])
    let model = folder.url.appending(path: "model.dmn")
    let elements = Models.decision(table, inputs).replacing("\"result\"", with: "\"price\"")
    try Data(Models.file(elements).bytes).write(to: model)
    let objects = try ["Quantities", "FEEL", "DMN"].flatMap { name in
      let place = Self.build.appending(path: "\(name).build")
      return try FileManager.default.contentsOfDirectory(atPath: place.path)
        .filter { $0.hasSuffix(".o") }.map { place.appending(path: $0).path }
    }
    let program = folder.url.appending(path: "program").path
    let (code1, said) = try Self.run(
      try #require(Self.compiler),
      ["-I", Self.build.appending(path: "Modules").path, source.path, "-o", program] + objects)
    #expect(code1 == 0, "\(said)")
    let (code2, output) = try Self.run(program, [model.path])
    #expect(code2 == 0)
    #expect(output == "2\nrule 2: age >= 18, region \"CZ\"\n")
  }
}
