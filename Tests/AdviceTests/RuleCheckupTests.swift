import DMN
import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

/// A rule book of the project with one model put in beside or instead of its own.
enum CheckedBook {
  static let protected: ProtectedAttributes? = {
    let url = ProjectFolder.root.appending(path: "Rules/protected-attributes.json")
    return (try? Data(contentsOf: url)).flatMap { try? ProtectedAttributes(json: Array($0)) }
  }()

  /// The project's own rules.
  static func own() throws -> RuleBook.Source { try Sample.source() }

  /// What is found in the project's rules with another file put in.
  static func findings(with file: ModelFile) throws -> [RuleFinding] {
    var source = try own()
    source.models.removeAll { $0.name == file.name }
    source.models.append(file)
    let protected = try #require(Self.protected)
    return RuleCheckup(source, cases: [], protected: protected).findings
  }

  /// A model with one decision table over the inputs of the client.
  static func model(
    policy: String = "UNIQUE", inputs: [(name: String, type: String)], rules: [String],
    extra: String = "", authorities: String = ""
  ) -> ModelFile {
    let data = inputs.enumerated().map { place, input in
      "<inputData id=\"i\(place)\" name=\"\(input.name)\">"
        + "<variable name=\"\(input.name)\" typeRef=\"\(input.type)\"/></inputData>"
    }
    let required = inputs.indices.map {
      "<informationRequirement><requiredInput href=\"#i\($0)\"/></informationRequirement>"
    }
    let columns = inputs.map {
      "<input><inputExpression typeRef=\"\($0.type)\"><text>\($0.name)</text></inputExpression>"
        + "</input>"
    }
    let rows = rules.map { rule in
      let parts = rule.components(separatedBy: " => ")
      let cells = parts[0].components(separatedBy: " | ").map {
        "<inputEntry><text>\(escaped($0))</text></inputEntry>"
      }
      return "<rule>\(cells.joined())<outputEntry><text>\(escaped(parts[1]))</text></outputEntry>"
        + "</rule>"
    }
    return ModelFile(
      name: "extra.dmn",
      bytes: Array(
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="Extra" namespace="urn:extra">
        \(data.joined())<decision id="d" name="verdict"><variable name="verdict" typeRef="string"/>
        \(required.joined())\(authorities)<decisionTable hitPolicy="\(policy)">\(columns.joined())
        <output name="verdict" typeRef="string"/>\(rows.joined())</decisionTable></decision>\(extra)
        </definitions>
        """.utf8))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

@Suite("What keeps rules from being published")
struct RuleCheckupTests {
  @Test("Nothing grave is found in our own rules, and all their cases hold")
  func ownRules() throws {
    let folder = ProjectFolder.root.appending(path: "Rules/2024-01-01")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(CaseSheet.ending) }
    let cases = try names.map { name in
      ModelFile(name: name, bytes: Array(try Data(contentsOf: folder.appending(path: name))))
    }
    let protected = try #require(CheckedBook.protected)
    let checkup = RuleCheckup(try CheckedBook.own(), cases: cases, protected: protected)
    #expect(checkup.findings.filter(\.isError).map(\.description) == [])
    #expect(checkup.failedCases == 0)
    #expect(checkup.findings.map(\.description) == [])
    #expect(checkup.models.reduce(0) { $0 + $1.cases.count } > 50)
    for model in checkup.models {
      #expect(model.hitCount * 10 >= model.ruleCount * 9, "\(model.file): \(model.missed)")
    }
  }

  @Test(
    "A fault of a table is told with its rules and its column",
    arguments: [
      ("UNIQUE", ["< 10 => \"a\"", "> 20 => \"b\""], "gap", [], "dependants"),
      ("UNIQUE", ["< 10 => \"a\"", ">= 9 => \"b\""], "overlap", [1, 2], "dependants"),
      ("FIRST", ["- => \"a\"", "> 20 => \"b\""], "unreachable", [2], nil),
      ("ANY", ["> 5 => \"a\"", "- => \"b\""], "conflict", [1, 2], "dependants"),
      ("UNIQUE", ["\"x\" => \"a\"", ">= 0 => \"b\""], "feel.type.conflict", [1], "dependants"),
      (
        "FIRST", ["[8..25), \"x\" => \"a\"", "- => \"b\""], "feel.type.conflict", [1], "dependants"
      ),
      ("FIRST", ["true => \"a\"", "- => \"b\""], "feel.type.conflict", [1], "dependants"),
      ("FIRST", ["> 1 => 0.35", "- => \"b\""], "feel.type.conflict", [1], "verdict"),
      ("FIRST", ["> 1 => dependants + 1", "- => \"b\""], "feel.type.conflict", [1], "verdict"),
      ("FIRST", ["> 1 => \"a\" * 2", "- => \"b\""], "feel.type.conflict", [1], "verdict"),
      ("UNIQUE", ["< limitt => \"a\"", ">= 9 => \"b\""], "type", [1], "dependants"),
    ] as [(String, [String], String, [Int], String?)])
  func faults(
    policy: String, rules: [String], code: String, numbers: [Int], column: String?
  ) throws {
    let file = CheckedBook.model(
      policy: policy, inputs: [("dependants", "number")], rules: rules)
    let found = try CheckedBook.findings(with: file).filter { $0.isError }
    let finding = try #require(
      found.first { $0.code == code || (code == "type" && $0.position != nil) },
      "\(found.map(\.description))")
    #expect(finding.file == "extra.dmn" && finding.element == "verdict")
    #expect(finding.rules == numbers, "\(finding)")
    if let column { #expect(finding.column == column, "\(finding)") }
    #expect(!finding.violation.pointer.isEmpty)
  }

  @Test("A cell of the wrong type is one error, in one clear sentence")
  func misfits() throws {
    let file = CheckedBook.model(
      policy: "FIRST", inputs: [("dependants", "number")],
      rules: ["\"x\" => 0.35", "- => null"])
    let found = try CheckedBook.findings(with: file).filter { $0.file == "extra.dmn" }
    #expect(
      found.filter(\.isError).map(\.sentence) == [
        "The value tested is a number, but \"x\" is a string.",
        "The output 'verdict' is a string, but 0.35 is a number.",
      ])
    let detail = try #require(found.first { $0.isError }?.violation.detail)
    #expect(detail.contains("rule 1, column dependants: error: The value tested"), "\(detail)")
  }

  @Test("A rule book of a folder is refused for such a cell, unless decisions were made under it")
  func misfitsInForce() throws {
    let file = CheckedBook.model(
      policy: "FIRST", inputs: [("dependants", "number")], rules: ["> 1 => 0.35", "- => \"a\""])
    var source = try CheckedBook.own()
    source.models.append(file)
    #expect(throws: RuleBook.Fault.self) { try RuleBook(source) }
    _ = try RuleBook(source, wasInForce: true)
  }

  @Test("A missing model is told with its name alone")
  func missing() throws {
    let protected = try #require(CheckedBook.protected)
    var source = try CheckedBook.own()
    source.models.removeAll { $0.name == "suitability.dmn" }
    let found = RuleCheckup(source, cases: [], protected: protected).findings.filter(\.isError)
    #expect(found.map(\.violation.pointer) == ["/files/suitability.dmn"])
    #expect(found.map(\.violation.detail) == ["The file suitability.dmn is missing."])
  }

  @Test("A circle of questions is told under the name that the draft gives the form")
  func questionCircle() throws {
    let protected = try #require(CheckedBook.protected)
    let form = Array(
      """
      {"id": "loop", "version": 1, "title": "T", "purpose": "P", "questions": [
        {"id": "loop-one", "text": "A?", "type": "yesNo", "when": "loop two = true"},
        {"id": "loop-two", "text": "B?", "type": "yesNo", "when": "loop one = true"}]}
      """.utf8)
    var source = try CheckedBook.own()
    source.questionnaires.append(ModelFile(name: "loop.json", bytes: form))
    let checkup = RuleCheckup(
      source, cases: [], protected: protected,
      formName: { $0.replacing(".json", with: ".form.json") })
    let found = checkup.findings.filter(\.isError)
    let cycle = try #require(found.first { $0.code == "cycle" }, "\(found)")
    #expect(cycle.violation.pointer == "/files/loop.form.json")
    #expect(cycle.sentence.hasSuffix("in a circle: loop-one → loop-two → loop-one."))
  }

  @Test("What is wrong and how to mend it are two sentences")
  func sentences() throws {
    let file = CheckedBook.model(
      policy: "FIRST", inputs: [("dependants", "number")], rules: ["> 1 => foo", "- => \"a\""])
    let found = try CheckedBook.findings(with: file).filter(\.isError)
    #expect(
      found.map(\.sentence).contains(
        "Nothing here is called 'foo'. Declare it, or put text in quotes."), "\(found)")
  }

  @Test("A gap that depends on other values is told, and keeps nothing from being published")
  func uncertainGap() throws {
    let file = CheckedBook.model(
      inputs: [("dependants", "number"), ("monthly income", "number")],
      rules: ["< monthly income | - => \"a\"", ">= monthly income | - => \"b\""])
    let found = try CheckedBook.findings(with: file).filter { $0.file == "extra.dmn" }
    #expect(found.contains { $0.code == "gap" }, "\(found.map(\.description))")
    #expect(found.filter(\.isError).map(\.description) == [])
  }

  @Test("A model that imports another of the book is compiled with it, and not without")
  func imports() throws {
    let base = CheckedBook.model(
      inputs: [("dependants", "number")], rules: ["< 3 => \"few\"", ">= 3 => \"many\""])
    let user = ModelFile(
      name: "user.dmn",
      bytes: Array(
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="U" namespace="urn:user">
        <import name="x" namespace="urn:extra" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        <decision id="u" name="use"><variable name="use" typeRef="boolean"/>
        <informationRequirement><requiredDecision href="urn:extra#d"/></informationRequirement>
        <literalExpression><text>x.verdict = "many"</text></literalExpression></decision></definitions>
        """.utf8))
    var source = try CheckedBook.own()
    let protected = try #require(CheckedBook.protected)
    source.models.append(user)
    let alone = RuleCheckup(source, cases: [], protected: protected)
    #expect(alone.findings.contains { $0.isError && $0.code == "import" })
    source.models.append(base)
    let both = RuleCheckup(source, cases: [], protected: protected)
    #expect(both.findings.filter(\.isError).map(\.description) == [])
  }
}
