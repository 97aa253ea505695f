import Foundation
import Support
import Testing

@Suite("Use of the command line")
struct UsageTests {
  @Test(
    "Wrong usage ends with 2 and one line that names what is wrong",
    arguments: [
      (["fly"], "fly"),
      (["serve", "--port", "99999"], "--port"),
      (["serve", "--clock", "yesterday"], "yesterday"),
      (["serve", "--tls-key", "key.pem"], "--tls-certificate"),
      (["evaluate", "--decision", "x"], "models"),
      (["evaluate", "a.dmn", "--decision", "x", "--trace", "all"], "all"),
      (["rules", "explain", "a.dmn", "--input", "{}"], "--decision"),
      (["rules", "export", "a.dmn", "b.dmn"], "--to"),
      (["rules", "measure", "tables", "--rounds", "0"], "--rounds"),
      (["rules", "test", "--coverage", "101"], "--coverage"),
      (["rules", "diff", "a.dmn"], "new"),
      (["recommend", "--goal", "any"], "--all"),
      (["recommend", "--all", "--goal", "borrow", "--currency", "EUR"], "--amount"),
      (["recommend", "--all", "--goal", "fly"], "--goal"),
      (["import", "cdr", "-"], "as-of"),
      (["import", "cdr", "-", "--as-of", "12.8.2024"], "12.8.2024"),
      (["demo", "--clients", "-1"], "--clients"),
      (["replay", "--decision", "1"], "id of a decision"),
      (["decisions", "replay", "--all", "--decision", "1"], "--all"),
      (["rules", "replay"], "--draft"),
      (["rules", "replay", "x", "--greatest", "2"], "--greatest"),
      (["rules", "gate", "--greatest", "-1"], "--greatest"),
      (["catalogue", "diff", "2024-01-01"], "later"),
      (["catalogue", "diff", "2024-01-01", "soon"], "soon"),
      (["colleague", "add", "A", "--login", "a@b.example", "--duty", "king"], "king"),
      (["colleague", "duty", "1", "ruleOwner"], "id of a colleague"),
    ])
  func wrongUsage(_ arguments: [String], _ named: String) throws {
    let run = try Program.run(arguments)
    #expect(run.code == 2)
    #expect(run.errorLines.count == 1)
    #expect(run.errors.contains(named), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "Help and version end with 0", arguments: [["--version"], ["--help"], ["import", "--help"]])
  func help(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.code == 0)
    #expect(!run.output.isEmpty && run.errors.isEmpty)
  }

  @Test(
    "Each command's help shows an example",
    arguments: [
      "serve", "init", "demo", "import clients", "import cdr", "recommend", "evaluate",
      "rules check", "rules test", "rules explain", "rules diff", "rules export",
      "rules measure", "rules replay", "rules gate", "catalogue list", "catalogue diff", "replay",
      "decisions replay", "colleague add", "colleague duty", "tck",
    ])
  func examples(_ command: String) throws {
    let run = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(run.code == 0)
    #expect(
      run.output.contains("steward \(command) ") || run.output.contains("  steward \(command)"))
  }

  @Test(
    "What is not there ends with 1 and one line",
    arguments: [
      ["evaluate", "missing.dmn", "--decision", "x"],
      ["rules", "check", "missing.dmn"],
      ["rules", "test", "missing"],
      ["rules", "explain", "missing.dmn"],
      ["rules", "diff", "missing.dmn", "missing.dmn"],
      ["rules", "export", "missing.dmn"],
      ["rules", "measure", "missing"],
      ["tck", "missing"],
      ["import", "clients", "missing.jsonl"],
      ["import", "cdr", "missing.jsonl", "--as-of", "2024-08-12"],
      ["serve", "--data", "missing"],
      ["replay", "--data", "missing"],
      ["recommend", "--data", "missing", "--all", "--goal", "any"],
    ])
  func missing(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.code == 1)
    #expect(run.errorLines.count == 1)
    #expect(run.errors.contains("missing"), "\(run.errors)")
  }
}
