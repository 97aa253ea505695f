import Foundation
import Support
import Testing

/// Programs below `Tests/Refused` that the compiler must refuse, each with the message that its
/// first line gives after `// error: `.
struct RefusedProgram: CustomTestStringConvertible, Sendable {
  let file: URL
  let message: String
  /// The modules of this project that the program imports.
  let imports: [String]

  var testDescription: String { file.lastPathComponent }

  static let all: [RefusedProgram] = {
    let folder = ProjectFolder.root.appending(path: "Tests/Refused")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      let file = folder.appending(path: name)
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
      let lines = text.split(separator: "\n")
      guard let first = lines.first, first.hasPrefix("// error: ") else { return nil }
      let imports = lines.filter { $0.hasPrefix("import ") }.map { String($0.dropFirst(7)) }
      return RefusedProgram(
        file: file, message: String(first.dropFirst("// error: ".count)), imports: imports)
    }
  }()
}

/// The Swift compiler, run against the modules that this test was built with.
struct Compiler: Sendable {
  let path: String
  let modules: URL

  /// Nil where there is no compiler or the modules are not where the package manager puts them.
  static let found: Compiler? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let files = FileManager.default
    guard let path = folders.map({ "\($0)/swiftc" }).first(where: files.isExecutableFile(atPath:)),
      let program = try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return nil }
    let build = URL(filePath: program).deletingLastPathComponent()
    let places =
      [build]
      + CommandLine.arguments.dropFirst().filter { $0.hasPrefix("/") }.map {
        URL(filePath: $0).deletingLastPathComponent()
      }
    for place in places {
      let modules = place.appending(path: "Modules")
      if files.fileExists(atPath: modules.appending(path: "Vault.swiftmodule").path) {
        return Compiler(path: path, modules: modules)
      }
    }
    return nil
  }()

  /// Folders with the maps of the C libraries that the modules stand on.
  private var libraries: [String] {
    let build = modules.deletingLastPathComponent().deletingLastPathComponent()
    let checkouts = build.deletingLastPathComponent().appending(path: "checkouts")
    let packages = (try? FileManager.default.contentsOfDirectory(atPath: checkouts.path)) ?? []
    let roots = [ProjectFolder.root] + packages.map { checkouts.appending(path: $0) }
    return roots.flatMap { root in
      let sources = root.appending(path: "Sources").path
      let targets = (try? FileManager.default.contentsOfDirectory(atPath: sources)) ?? []
      return targets.map { "\(sources)/\($0)" }.filter {
        FileManager.default.fileExists(atPath: "\($0)/module.modulemap")
      }
    }
  }

  func has(_ module: String) -> Bool {
    let own = modules.appending(path: "\(module).swiftmodule").path
    return FileManager.default.fileExists(atPath: own) || ["Foundation"].contains(module)
  }

  /// What the compiler says of a file, and whether it accepts it.
  ///
  /// The file counts as one of this package, whose name the package manager makes of the name of
  /// its folder.
  func check(_ file: URL) throws -> (accepted: Bool, output: String) {
    let folder = ProjectFolder.root.lastPathComponent.lowercased()
    let package = String(folder.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments =
      [
        "-typecheck", "-warnings-as-errors", "-parse-as-library", "-swift-version", "6",
        "-package-name", package,
        "-I", modules.path,
      ] + libraries.flatMap { ["-I", $0] } + [file.path]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus == 0, String(decoding: output, as: UTF8.self))
  }
}

@Suite("Programs that must not compile", .enabled(if: Compiler.found != nil, "needs swiftc"))
struct RefusedTests {
  @Test("A sound program of the same kind compiles, so the others are refused for their fault")
  func control() throws {
    let compiler = try #require(Compiler.found)
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "sound.swift")
    let text = """
      import Vault
      func greet(_ name: Personal<String>) -> String { "Dear \\(name.expose())" }
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    let (accepted, output) = try compiler.check(file)
    #expect(accepted, "\(output)")
  }

  @Test("There are programs to refuse")
  func programs() {
    #expect(RefusedProgram.all.count >= 6)
  }

  @Test("The compiler says why", arguments: RefusedProgram.all)
  func refused(program: RefusedProgram) throws {
    let compiler = try #require(Compiler.found)
    for module in program.imports where !compiler.has(module) {
      try Test.cancel("needs the module \(module)")
    }
    let (accepted, output) = try compiler.check(program.file)
    #expect(!accepted, "\(program.file.lastPathComponent) compiles")
    let errors = output.split(separator: "\n").filter { $0.contains("error:") }
    #expect(errors.contains { $0.contains(program.message) }, "\(output)")
  }
}
