import Foundation
import JSON
import Support
import Testing

@Suite("Commands of the rules' life")
struct RuleCommandTests {
  private static func product(_ code: String, _ name: String) -> String {
    #"{"brandId":"b","product":{"productId":"\#(code)","name":"\#(name)","productCategory":"TERM_DEPOSITS"}}"#
  }

  @Test("Every command of the page on rules runs, in its order, on a store")
  func page() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["demo", "--data", data, "--clients", "5"]).code == 0)
    // The later day first: the order of the imports makes no difference.
    for (day, name) in [("2024-08-12", "New name"), ("2023-03-27", "Old name")] {
      let lines = Self.product("p", name) + "\n" + Self.product("q\(day.prefix(4))", "Q") + "\n"
      let run = try Program.run(
        ["import", "cdr", "-", "--as-of", day, "--data", data], input: lines)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("which follows") == (day == "2023-03-27"), "\(run.output)")
    }
    let page = try String(
      contentsOf: ProjectFolder.root.appending(path: "Documentation/Rules.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```sh\n").dropFirst()
    let commands = blocks.flatMap { $0.components(separatedBy: "```")[0].split(separator: "\n") }
    #expect(commands.count >= 5)
    var outputs: [String: String] = [:]
    for command in commands {
      let words = command.split(separator: " ").dropFirst().map { word -> String in
        switch word {
        case "data": data
        case "report.json": folder.url.appending(path: "report.json").path
        default: String(word)
        }
      }
      let run = try Program.run(words)
      #expect(run.code == 0, "\(command): \(run.errors)")
      outputs[words.prefix(2).joined(separator: " ")] = run.output
    }
    let report = try Data(contentsOf: folder.url.appending(path: "report.json"))
    #expect(try JSONNode.parse(Array(report))["flipped"]?.numberText == "0")
    #expect(outputs["rules gate"] == "greatest fraction flipped: 0.02\n")
    let words = try #require(outputs["catalogue diff"])
    #expect(words.contains("Name was “Old name”, is now “New name”."), "\(words)")
    #expect(words.contains("It is new.") && words.contains("It is no longer offered."))
  }

  @Test("Other rules that flip too much end with 1 and say by how much")
  func flips() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["demo", "--data", data, "--clients", "12"]).code == 0)
    let edition = folder.url.appending(path: "2027-01-01")
    let own = ProjectFolder.root.appending(path: "Rules/2024-01-01")
    try FileManager.default.copyItem(at: own.resolvingSymlinksInPath(), to: edition)
    let file = edition.appending(path: "eligibility.dmn")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("<text>&lt; 18</text>", with: "<text>&lt; 90</text>").utf8)
      .write(to: file)
    let home = ["--home", ProjectFolder.root.path]
    let run = try Program.run(["rules", "replay", edition.path, "--data", data] + home)
    #expect(run.code == 1)
    #expect(run.output.contains("More is flipped"), "\(run.output)")
    #expect(run.output.contains("lost"))
    let lax = try Program.run(
      ["rules", "replay", edition.path, "--data", data, "--greatest", "1"] + home)
    #expect(lax.code == 0, "\(lax.errors)")
    let missing = try Program.run(
      ["rules", "replay", "--data", data, "--draft", "019ab3c4-0000-7000-8000-000000000000"])
    #expect(missing.code == 1 && missing.errors.contains("no draft"))
  }

  @Test("A colleague is added with a duty, which can be taken")
  func colleagues() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["init", "--data", data]).code == 0)
    let added = try Program.run(
      [
        "colleague", "add", "Rosa", "--login", "rosa@bank.example", "--duty", "ruleOwner",
        "--data", data,
      ], input: "a long password of her own\n")
    #expect(added.code == 0, "\(added.errors)")
    let id = added.output.split(separator: "\n").first.map(String.init) ?? ""
    let taken = try Program.run(["colleague", "duty", id, "ruleOwner", "--take", "--data", data])
    #expect(taken.output.contains("no longer has"), "\(taken.errors)")
    let nobody = try Program.run(
      ["colleague", "duty", "019ab3c4-0000-7000-8000-000000000000", "ruleOwner", "--data", data])
    #expect(nobody.code == 1 && nobody.errorLines.count == 1)
  }
}
