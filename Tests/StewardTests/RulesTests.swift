import Foundation
import JSON
import Support
import Testing

@Suite("Written rules on the command line")
struct RulesTests {
  /// A table of prices by age; the cells and outputs of its two rules are given.
  private static func model(_ cells: [(String, String)], policy: String = "UNIQUE") -> String {
    let rules = cells.enumerated().map { number, rule in
      "<rule id=\"p\(number + 1)\"><inputEntry><text>\(rule.0)</text></inputEntry>"
        + "<outputEntry><text>\(rule.1)</text></outputEntry></rule>"
    }
    return """
      <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m"
        namespace="https://steward.example/tests/rules">
        <inputData id="i1" name="age"><variable name="age" typeRef="number"/></inputData>
        <decision id="d1" name="price"><variable name="price" typeRef="number"/>
          <informationRequirement><requiredInput href="#i1"/></informationRequirement>
          <decisionTable id="t" hitPolicy="\(policy)">
            <input id="c"><inputExpression typeRef="number"><text>age</text></inputExpression></input>
            <output id="o" name="price" typeRef="number"/>
            \(rules.joined())
          </decisionTable></decision>
      </definitions>
      """
  }

  private static let old = model([("&lt; 18", "10"), ("&gt;= 18", "20")])
  private static let new = model([("&lt; 21", "10"), ("&gt;= 21", "25")])

  /// Writes files into a folder of its own and hands over their paths.
  private static func withFiles(
    _ texts: [String: String], _ body: (_ path: (String) -> String) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let url = folder.url
    for (name, text) in texts {
      try Data(text.utf8).write(to: url.appending(path: name))
    }
    try body { url.appending(path: $0).path }
  }

  @Test("check reads what a model imports from the folder beside it, alone or as a folder")
  func checkImports() throws {
    let user = """
      <dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20230324/MODEL/" id="u" name="u"
        namespace="urn:user">
        <dmn:import
          name="x" namespace="https://steward.example/tests/rules"
          importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        <dmn:decision id="d2" name="double"><dmn:variable name="double" typeRef="number"/>
          <dmn:informationRequirement>
            <dmn:requiredDecision href="https://steward.example/tests/rules#d1"/>
          </dmn:informationRequirement>
          <dmn:literalExpression><dmn:text>2 * x.price</dmn:text></dmn:literalExpression>
        </dmn:decision>
      </dmn:definitions>
      """
    try Self.withFiles(["base.dmn": Self.old, "user.dmn": user]) { path in
      let one = try Program.run(["rules", "check", path("user.dmn")])
      #expect(one.code == 0, "\(one.output)")
      #expect(one.output.contains("1 model, 0 forms, 0 errors, 0 warnings"))
      let folder = try Program.run(["rules", "check", path("")])
      #expect(folder.code == 0 && folder.output.contains("2 models"), "\(folder.output)")
    }
    try Self.withFiles(["user.dmn": user]) { path in
      let alone = try Program.run(["rules", "check", path("user.dmn")])
      #expect(alone.code == 1)
      #expect(alone.output.contains("No file has the namespace"), "\(alone.output)")
    }
  }

  @Test("check finds gaps, overlaps and rules that never decide, and errors end with 1")
  func check() throws {
    let overlapping = Self.model([("&lt;= 18", "10"), ("&gt;= 18", "20")])
    let gap = Self.model([("&lt; 18", "10"), ("&gt; 18", "20")])
    let masked = Self.model([("-", "10"), ("&gt; 18", "20")], policy: "FIRST")
    try Self.withFiles(["o.dmn": overlapping, "g.dmn": gap, "m.dmn": masked]) { path in
      let first = try Program.run(["rules", "check", path("o.dmn")])
      #expect(first.code == 1)
      #expect(first.output.contains("price: error: Rules 1 and 2 both hit"), "\(first.output)")
      #expect(first.output.contains("[age: 18]"))
      let second = try Program.run(["rules", "check", path("g.dmn")])
      #expect(second.code == 0)
      #expect(second.output.contains("price: warning: No rule hits these inputs. [age: 18]"))
      let third = try Program.run(["rules", "check", path("m.dmn")])
      #expect(third.code == 1)
      #expect(third.output.contains("Rule 2 never decides"), "\(third.output)")
    }
  }

  @Test("check refuses a rule of an edition that reads a protected attribute, alone or with all")
  func checkProtected() throws {
    let rules = ProjectFolder.root.appending(path: "Rules/2024-01-01")
    let folder = try TemporaryFolder()
    let edition = folder.url.appending(path: "2027-01-01")
    try FileManager.default.copyItem(at: rules, to: edition)
    let file = edition.appending(path: "eligibility.dmn")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(try Program.run(["rules", "check", file.path]).code == 0)
    try Data(text.replacing("employment", with: "is_female").utf8).write(to: file)
    for target in [file.path, edition.path] {
      let check = try Program.run(["rules", "check", target])
      #expect(check.code == 1, "\(check.output)\(check.errors)")
      let line = try #require(check.output.split(separator: "\n").first { $0.contains("female") })
      #expect(
        line.contains("eligibility.dmn, ") && line.contains("column is_female: error: It reads"))
      #expect(line.contains("“is_female”, the protected attribute sex ("), "\(line)")
    }
  }

  @Test("An edition's folder that is called by no day is refused instead of never being in force")
  func strayEdition() throws {
    let home = try TemporaryFolder()
    for name in ["Products", "Rules", "Questionnaires"] {
      try FileManager.default.copyItem(
        at: ProjectFolder.root.appending(path: name), to: home.url.appending(path: name))
    }
    let stray = home.url.appending(path: "Rules/2025-02-30")
    try FileManager.default.createDirectory(at: stray, withIntermediateDirectories: true)
    let run = try Program.run(["rules", "check", "--home", home.url.path])
    #expect(run.code == 1 && run.errorLines.count == 1)
    #expect(run.errors.contains("2025-02-30 is called by no day"), "\(run.errors)")
  }

  @Test("test says how many rules the cases hit, which they never hit, and can ask for more")
  func coverage() throws {
    let sheet = """
      {"model": "a.dmn", "cases": [
        {"name": "young", "decision": "price", "inputs": {"age": 5}, "expect": 10}]}
      """
    try Self.withFiles(["a.dmn": Self.old, "a.cases.json": sheet]) { path in
      let run = try Program.run(["rules", "test", path("a.cases.json")])
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("1 of 2 rules hit, 50.0 %"), "\(run.output)")
      #expect(run.output.contains("price: never hit: p2"))
      let enough = try Program.run(["rules", "test", path("a.cases.json"), "--coverage", "50"])
      #expect(enough.code == 0)
      let more = try Program.run(["rules", "test", path("a.cases.json"), "--coverage", "51"])
      #expect(more.code == 1)
    }
  }

  @Test("explain tells the rules in words, and a decision step by step")
  func explain() throws {
    try Self.withFiles(["a.dmn": Self.old]) { path in
      let rules = try Program.run(["rules", "explain", path("a.dmn")])
      #expect(rules.code == 0, "\(rules.errors)")
      #expect(rules.output.contains("1 (p1): If age is less than 18, then price is 10."))
      let why = try Program.run([
        "rules", "explain", path("a.dmn"), "--decision", "price", "--input", #"{"age": 30}"#,
      ])
      #expect(why.output.contains("price is 20\n"), "\(why.output)")
      #expect(why.output.contains("rule 2 (p2) hit since age is 30 (asked: >= 18): price = 20"))
      #expect(why.output.contains("rule 1 (p1) missed: age is 30 (asked: < 18)"))
      let unknown = try Program.run(["rules", "explain", path("a.dmn"), "--decision", "prize"])
      #expect(unknown.code == 1 && unknown.errors.contains("'price'"))
    }
  }

  @Test("diff says in words which rules changed")
  func diff() throws {
    try Self.withFiles(["old.dmn": Self.old, "new.dmn": Self.new]) { path in
      let run = try Program.run(["rules", "diff", path("old.dmn"), path("new.dmn")])
      #expect(run.code == 0, "\(run.errors)")
      #expect(
        run.output == """
          decision price, rule 1 (p1): age was less than 18, now is less than 21.
          decision price, rule 2 (p2): age was at least 18, now is at least 21 and price was 20, \
          is now 25.
          2 changes

          """)
      let same = try Program.run(["rules", "diff", path("old.dmn"), path("old.dmn")])
      #expect(same.output == "0 changes\n")
    }
  }

  @Test("export writes DMN 1.5 that gives the same results")
  func export() throws {
    let older = Self.old.replacing(
      "https://www.omg.org/spec/DMN/20230324/MODEL/",
      with: "http://www.omg.org/spec/DMN/20180521/MODEL/")
    try Self.withFiles(["a.dmn": older]) { path in
      let run = try Program.run(["rules", "export", path("a.dmn")])
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\""))
      try Data(run.output.utf8).write(to: URL(filePath: path("b.dmn")))
      for age in [5, 18, 90] {
        let results = try ["a.dmn", "b.dmn"].map { name in
          try Program.run([
            "evaluate", path(name), "--decision", "price", "--input", "{\"age\": \(age)}",
            "--trace", "none",
          ]).output
        }
        #expect(results[0] == results[1] && results[0].contains("\"result\""))
      }
      let folder = try Program.run(["rules", "export", path("a.dmn"), "--to", path("out")])
      #expect(folder.code == 0, "\(folder.errors)")
      #expect(try String(contentsOfFile: path("out/a.dmn"), encoding: .utf8) == run.output)
    }
  }

  @Test("measure checks every result before it measures")
  func measure() throws {
    let inputs = #"[{"age": 5}, {"age": 18}, {"age": null}]"#
    let files = ["price_table.dmn": Self.old, "inputs.json": inputs]
    try Self.withFiles(files.merging(["expected.json": #"{"price": [10, 20, null]}"#]) { $1 }) {
      path in
      let folder = URL(filePath: path("inputs.json")).deletingLastPathComponent().path
      let run = try Program.run([
        "rules", "measure", folder, "--json", "--seconds", "0.01", "--rounds", "3",
      ])
      #expect(run.code == 0, "\(run.errors)")
      let node = try JSONNode.parse(run.output)
      #expect(node["model"]?.stringValue == "price_table")
      #expect(node["rules"]?.numberText == "2")
      #expect((Double(node["perProcessorSecond"]?.numberText ?? "") ?? 0) > 100)
    }
    try Self.withFiles(files.merging(["expected.json": #"{"price": [10, 21, null]}"#]) { $1 }) {
      path in
      let folder = URL(filePath: path("inputs.json")).deletingLastPathComponent().path
      let run = try Program.run(["rules", "measure", folder])
      #expect(run.code == 1)
      #expect(run.errors.contains("record 2: expected 21, found 20"), "\(run.errors)")
    }
  }
}
