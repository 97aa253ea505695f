import Foundation
import JSON
import Support
import Testing

@Suite("Evaluating a model from the command line")
struct EvaluateTests {
  /// A model with a table, exact numbers and dates.
  private static let model = """
    <?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m"
      namespace="https://steward.example/tests/evaluate">
      <inputData id="i1" name="amount"><variable name="amount" typeRef="number"/></inputData>
      <inputData id="i2" name="start"><variable name="start" typeRef="date"/></inputData>
      <decision id="d1" name="offer">
        <variable name="offer" typeRef="Any"/>
        <informationRequirement><requiredInput href="#i1"/></informationRequirement>
        <informationRequirement><requiredInput href="#i2"/></informationRequirement>
        <informationRequirement><requiredDecision href="#d2"/></informationRequirement>
        <literalExpression><text>{ total: amount + 0.2, band: band,
          end: start + duration("P1M") }</text></literalExpression>
      </decision>
      <decision id="d2" name="band">
        <variable name="band" typeRef="string"/>
        <informationRequirement><requiredInput href="#i1"/></informationRequirement>
        <decisionTable id="t" hitPolicy="UNIQUE">
          <input id="c"><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
          <output id="o" name="band" typeRef="string"/>
          <rule id="small"><inputEntry><text>&lt; 100</text></inputEntry>
            <outputEntry><text>"small"</text></outputEntry></rule>
          <rule id="large"><inputEntry><text>&gt;= 100</text></inputEntry>
            <outputEntry><text>"large"</text></outputEntry></rule>
        </decisionTable>
      </decision>
    </definitions>
    """

  private static func withModel<T>(
    _ text: String = model, _ body: (_ path: String, _ folder: URL) throws -> T
  ) throws -> T {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "model.dmn")
    try Data(text.utf8).write(to: url)
    return try body(url.path, folder.url)
  }

  @Test("Numbers stay exact, dates are strings, and the trace names the rule that hit")
  func result() throws {
    let run = try Self.withModel { path, _ in
      try Program.run([
        "evaluate", path, "--decision", "offer", "--input",
        #"{"amount": 0.1, "start": "2026-01-31"}"#,
      ])
    }
    #expect(run.code == 0, "\(run.errors)")
    let node = try JSONNode.parse(run.output)
    #expect(node["result"]?["total"]?.numberText == "0.3")
    #expect(node["result"]?["end"]?.stringValue == "2026-02-28")
    #expect(node["result"]?["band"]?.stringValue == "small")
    let step = node["trace"]?.elements?.first { $0["name"]?.stringValue == "band" }
    let hit = step?["tables"]?.elements?.first?["hits"]?.elements?.first
    #expect(hit?["id"]?.stringValue == "small")
    #expect(hit?["cells"]?.elements?.first?["test"]?.stringValue == "< 100")
  }

  @Test("A file of inputs gives a line for each, in order")
  func manyInputs() throws {
    let run = try Self.withModel { path, _ in
      try Program.run(
        ["evaluate", path, "--decision", "band", "--inputs", "-", "--trace", "none"],
        input: "{\"amount\": 99.99}\n\n{\"amount\": 100}\n{}\n")
    }
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      run.output == """
        {"decision":"band","result":"small"}
        {"decision":"band","result":"large"}
        {"decision":"band","result":null}

        """)
  }

  @Test(
    "An input that the model does not take is named with its place",
    arguments: [
      (#"{"colour": 1}"#, "colour"), (#"{"amount": "many"}"#, "amount"),
      (#"{"start": "yesterday"}"#, "start"), (#"{"amount": 1"#, "column"), ("[1]", "object"),
      (#"{"amount": 1e999999}"#, "'amount' holds a number beyond"),
    ])
  func faultyInput(_ input: String, _ named: String) throws {
    let run = try Self.withModel { path, _ in
      try Program.run(["evaluate", path, "--decision", "offer", "--input", input])
    }
    #expect(run.code == 1)
    #expect(run.errorLines.count == 1)
    #expect(run.errors.contains(named), "\(run.errors)")
  }

  @Test("Every fault of the inputs has a line; what a decision does not read need not be given")
  func allFaults() throws {
    try Self.withModel { path, _ in
      let many = try Program.run([
        "evaluate", path, "--decision", "offer", "--input", #"{"colour": 1, "amount": "many"}"#,
      ])
      #expect(many.code == 1 && many.errorLines.count == 2, "\(many.errors)")
      let none = try Program.run(["evaluate", path, "--decision", "offer"])
      #expect(none.code == 0 && none.errorLines.count == 2, "\(none.errors)")
      #expect(none.errors.contains("'start' of the type date is missing"), "\(none.errors)")
      let inner = try Program.run([
        "evaluate", path, "--decision", "band", "--input", #"{"amount": 5}"#,
      ])
      #expect(inner.code == 0 && inner.errors.isEmpty, "\(inner.errors)")
      let unknown = try Program.run([
        "evaluate", path, "--decision", "offer", "--input",
        #"{"amount": null, "start": "2026-01-31"}"#,
      ])
      #expect(unknown.code == 0 && unknown.errors.isEmpty, "\(unknown.errors)")
      let given = try Program.run([
        "evaluate", path, "--decision", "offer", "--input", #"{"band": "small"}"#,
      ])
      #expect(given.code == 0, "\(given.errors)")
    }
  }

  @Test("A decision that is not there is told apart from those that are")
  func unknownDecision() throws {
    let run = try Self.withModel { path, _ in
      try Program.run(["evaluate", path, "--decision", "price"])
    }
    #expect(run.code == 1)
    #expect(run.errors.contains("'offer', 'band'"))
  }

  @Test("A broken model is drawn with its place, by evaluate and by rules check alike")
  func brokenModel() throws {
    let broken = Self.model.replacing("&lt; 100", with: "&lt; (100")
    try Self.withModel(broken) { path, folder in
      let run = try Program.run(["evaluate", path, "--decision", "offer"])
      #expect(run.code == 1)
      #expect(run.errors.contains("model.dmn:") && run.errors.contains("^"), "\(run.errors)")
      for target in [path, folder.path] {
        let check = try Program.run(["rules", "check", target])
        #expect(check.code == 1)
        #expect(check.output.contains("^") && check.output.contains("1 error,"))
      }
    }
  }

  @Test("The rules of the project are without errors and their cases pass")
  func projectRules() throws {
    let check = try Program.run(["rules", "check"])
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    let cases = try Program.run(["rules", "test"])
    #expect(cases.code == 0, "\(cases.output)\(cases.errors)")
    #expect(cases.output.contains(" 0 failed"))
  }

  @Test("A case that fails is shown with what was expected and found")
  func failingCase() throws {
    try Self.withModel { _, folder in
      let sheet = #"""
        {"model": "model.dmn", "cases": [
          {"name": "right", "decision": "band", "inputs": {"amount": 5}, "expect": "small",
           "rules": ["small"]},
          {"name": "wrong", "decision": "band", "inputs": {"amount": 500}, "expect": "small"}]}
        """#
      try Data(sheet.utf8).write(to: folder.appending(path: "model.cases.json"))
      let run = try Program.run(["rules", "test", folder.path])
      #expect(run.code == 1)
      #expect(run.output.contains(#"expected "small", found "large""#), "\(run.output)")
      #expect(run.output.contains("2 cases, 1 passed, 1 failed"))
    }
  }
}
