import Foundation
import Support
import Testing

@Suite("Forms on the command line")
struct QuestionnairesTests {
  private static let page = ProjectFolder.root.appending(path: "Documentation/Questionnaires.md")

  /// The parts of the page that are set as code of a kind.
  private static func blocks(_ kind: String) throws -> [String] {
    try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```\(kind)\n")
      .dropFirst().compactMap { $0.components(separatedBy: "```").first }
  }

  @Test("The commands of the page run and find no fault")
  func commands() throws {
    let lines = try #require(Self.blocks("sh").first).split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      #expect(words.first == "steward")
      let run = try Program.run(Array(words.dropFirst()))
      #expect(run.code == 0, "\(line): \(run.output)\(run.errors)")
      #expect(run.output.contains("10 forms"), "\(run.output)")
    }
  }

  @Test("The form of the page is taken beside our own")
  func example() throws {
    let form = try #require(Self.blocks("json").first)
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "boat.json")
    try Data(form.utf8).write(to: file)
    let own = ProjectFolder.root.appending(path: "Questionnaires").path
    let run = try Program.run(["questionnaires", "check", own, file.path])
    #expect(run.code == 0 && run.output.hasPrefix("11 forms"), "\(run.output)\(run.errors)")
    let alone = try Program.run(["questionnaires", "check", file.path])
    #expect(alone.code == 1)
    #expect(alone.output.contains("/follows: unknownForm"), "\(alone.output)")
    #expect(alone.output.contains("/when: unknownQuestion"))
  }

  @Test("A fault is one line with its place, a wrong path a failure, a wrong option wrong usage")
  func faults() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "bad.json")
    let text =
      #"{"id": "x", "version": 1, "title": "T", "purpose": "P", "questions": ["#
      + #"{"id": "q", "text": "?", "type": "colour"}]}"#
    try Data(text.utf8).write(to: file)
    let bad = try Program.run(["questionnaires", "check", file.path])
    #expect(bad.code == 1)
    #expect(bad.output.hasPrefix("bad.json:1:104: /questions/0/type: choice:"), "\(bad.output)")
    #expect(try Program.run(["questionnaires", "check", "/nowhere"]).code == 1)
    #expect(try Program.run(["questionnaires", "check", folder.url.path + "/none"]).code == 1)
    #expect(try Program.run(["questionnaires", "check", "--colour"]).code == 2)
  }
}
