import Foundation
import JSON
import Support
import Testing

@Suite("The README and the pages of the documentation", .serialized)
struct ReadmeTests {
  private static let shell = "/bin/bash"
  private static let readme = ProjectFolder.root.appending(path: "README.md")

  private static var pages: [URL] {
    get throws {
      let folder = ProjectFolder.root.appending(path: "Documentation")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      return [readme] + names.filter { $0.hasSuffix(".md") }.map { folder.appending(path: $0) }
    }
  }

  private static func text(_ page: URL) throws -> String {
    try String(contentsOf: page, encoding: .utf8)
  }

  /// The blocks of a page in a language, such as `sh`.
  private static func blocks(_ page: URL, _ language: String) throws -> [String] {
    try text(page).components(separatedBy: "```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  /// Runs a block in bash, as a reader pastes it.
  static func run(_ script: String, in folder: URL) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: shell)
    process.arguments = ["-euo", "pipefail", "-c", script]
    process.currentDirectoryURL = folder
    let file = folder.appending(path: "output-\(UUID().uuidString)")
    try Data().write(to: file)
    let output = try FileHandle(forWritingTo: file)
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  /// The program and its folders, where a block has them.
  private static func runnable(_ block: String) -> String {
    let program = "'\(Program.executable.path)'"
    return block.replacing(".build/release/steward", with: program)
      .replacing("\nsteward ", with: "\n\(program) ")
      .replacing(" Rules/", with: " '\(ProjectFolder.root.path)'/Rules/")
  }

  @Test("Every command of the program that a page names is one, with its help")
  func commands() throws {
    var named: Set<String> = []
    for page in try Self.pages {
      for match in try Self.text(page).matches(of: /[`\n\/ ]steward ((?:[a-z]+ ?){1,2})/) {
        let isCode = match.0.first == "`" || match.0.first == "\n" || match.0.first == "/"
        if isCode { named.insert(match.1.trimmingCharacters(in: [" "])) }
      }
    }
    #expect(named.count > 10, "\(named)")
    for name in named.sorted() {
      let words = name.split(separator: " ").map(String.init)
      let whole = try Program.run(words + ["--help"])
      let first = whole.code == 0 ? whole : try Program.run([words[0], "--help"])
      #expect(first.code == 0, "\(name): \(first.errors)")
      #expect(first.output.contains("USAGE: steward \(words[0])"), "\(name)")
    }
  }

  @Test("Every script that a page names is there to be run")
  func scripts() throws {
    for page in try Self.pages {
      for match in try Self.text(page).matches(of: /Scripts\/([a-z-]+)/) {
        let path = ProjectFolder.root.appending(path: "Scripts/\(match.1)").path
        #expect(FileManager.default.isExecutableFile(atPath: path), "\(match.0)")
      }
    }
  }

  @Test(
    "The first request and the calculator answer as the README shows",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "needs curl"))
  func requests() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["demo", "--data", data, "--clients", "0"]).code == 0)
    let server = try RunningServer(data: data)
    let address = server.address.trimmingCharacters(in: ["/"]).dropFirst("http://".count)
    let blocks = try Self.blocks(Self.readme, "sh").filter { $0.contains("curl") }
    #expect(blocks.count == 2)
    var answers: [JSONNode] = []
    for block in blocks {
      let lines = block.split(separator: "\n").filter { !$0.contains("Scripts/") }
      let script = lines.joined(separator: "\n").replacing("localhost:8080", with: address)
      let run = try Self.run(script, in: folder.url)
      #expect(run.code == 0, "\(run.output)")
      answers.append(try JSONNode.parse(run.output, limits: .file))
    }
    let shown = try #require(try Self.blocks(Self.readme, "json").first)
    Self.compare(try JSONNode.parse(shown, limits: .file), answers[0], "")
    #expect(answers[1]["instalment"]?.stringValue == "531.31")
    #expect(server.stop() == 0)
  }

  /// Holds what the README shows, without what it leaves out, against the answer.
  private static func compare(_ shown: JSONNode, _ seen: JSONNode?, _ path: String) {
    if let members = shown.members {
      for member in members where member.key != "…" {
        compare(member.value, seen?[member.key], "\(path)/\(member.key)")
      }
    } else if let elements = shown.elements {
      for element in elements where element.stringValue != "…" {
        let isThere =
          seen?.elements?.contains { found in
            element.members?.allSatisfy { member in
              found[member.key].map(text) == text(member.value)
            } ?? (text(found) == text(element))
          } ?? false
        let isFirst = element.members != nil && elements.count == 1
        if isFirst {
          compare(element, seen?.elements?.first, "\(path)/0")
        } else {
          #expect(isThere, "\(path): \(text(element))")
        }
      }
    } else if text(shown) != "\"…\"" {
      #expect(seen.map(text) == text(shown), "\(path)")
    }
  }

  private static func text(_ node: JSONNode) -> String {
    switch node.kind {
    case .object(let members):
      members.map { "\($0.key)=\(text($0.value))" }.sorted().joined(separator: " ")
    case .array(let items): items.map { text($0) }.joined(separator: " ")
    case .string(let text): "\"\(text)\""
    case .number(let text): text
    case .boolean(let flag): "\(flag)"
    case .null: "null"
    }
  }

  @Test("The commands for rules, catalogues and clients run as they stand")
  func pasted() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    let client =
      #"{"record":"client","id":"c1","name":"T","homeCurrency":"AUD","customerKind":"person"}"#
    let product =
      #"{"brandId":"b","brand":"B","product":{"productId":"p","name":"P","lastUpdated":"#
      + #""2024-08-01T00:00:00Z","productCategory":"PERS_LOANS","description":"d","brand":"B"}}"#
    for (name, text) in [("clients.jsonl", client), ("products.jsonl", product)] {
      try Data((text + "\n").utf8).write(to: folder.url.appending(path: name))
    }
    let blocks = try Self.blocks(Self.readme, "sh").filter {
      $0.contains("steward ") && !$0.contains("curl")
    }
    #expect(blocks.count == 2)
    for block in blocks {
      let script = Self.runnable("\n" + block).replacing("/var/lib/steward", with: data)
      let run = try Self.run(script, in: folder.url)
      #expect(run.code == 0, "\(script)\n\(run.output.suffix(2_000))")
    }
    let out = try Data(contentsOf: folder.url.appending(path: "out.jsonl"))
    #expect(!out.isEmpty)
  }
}
