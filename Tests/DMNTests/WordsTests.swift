import DMN
import FEEL
import Testing

@Suite("Rules in words")
struct WordsTests {
  private static let inputs = [("age", "number"), ("region", "string")]

  private func model(
    _ policy: String, _ rows: [String],
    outputs: [String] = ["<output name=\"price\" typeRef=\"number\"/>"],
    inputs: [(String, String)] = inputs
  ) throws -> Model {
    try Models.load(
      Models.decision(
        Models.table(policy, inputs: inputs, outputs: outputs, rows: rows), inputs))
  }

  @Test(
    "cells are told as people would say them",
    arguments: [
      ("< 18", "age is less than 18"), (">= 18", "age is at least 18"),
      ("[18..65]", "age is from 18 to 65"), ("[18..65)", "age is at least 18 and less than 65"),
      ("(18..65]", "age is more than 18 and at most 65"), ("18", "age is 18"),
      ("18, 21, 25", "age is 18, 21 or 25"), ("not(18)", "age is not 18"),
      ("not(18, 21)", "age is neither 18 nor 21"), ("null", "age is null"),
      ("< 18, > 65", "age is less than 18 or is more than 65"),
      ("> @\"2024-01-31\"", "age is after 2024-01-31"),
      ("odd(?)", "age meets odd(?)"),
    ])
  func cell(text: String, expected: String) throws {
    let words = try model("UNIQUE", ["\(text) | - || 1"]).words
    #expect(words.first?.rules.first?.sentence == "If \(expected), then price is 1. (note 1)")
  }

  @Test("a rule that asks nothing always holds, and the hit policy is said")
  func always() throws {
    let words = try #require(try model("FIRST", ["- | \"CZ\" || 1", "- | - || 2"]).words.first)
    #expect(words.kind == "Decision")
    #expect(words.sentences.contains("The first rule that hits decides."))
    #expect(words.sentences.contains("It looks at age and region."))
    #expect(words.rules.map(\.id) == ["r1", "r2"])
    #expect(words.rules[1].sentence == "Always price is 2. (note 2)")
    #expect(words.description.contains("\n  1 (r1): If region is \"CZ\", then price is 1."))
  }

  @Test("other logic is told as FEEL")
  func literal() throws {
    let words = try #require(try Models.load(Models.literal("1 +\n 2")).words.first)
    #expect(words.sentences.last == "It is 1 + 2.")
  }

  // MARK: - Changes

  private func changes(_ policy: String, _ old: [String], _ new: [String]) throws -> [String] {
    try model(policy, new).changes(since: model(policy, old)).map(\.description)
  }

  @Test("the same rules have no changes, whatever the white space")
  func noChanges() throws {
    #expect(try changes("FIRST", ["< 18 | - || 1"], ["<  18 | - || 1"]).isEmpty)
  }

  @Test("changed cells and outputs are told with before and after")
  func changedCell() throws {
    let found = try changes("UNIQUE", ["< 18 | - || 1"], ["< 21 | \"CZ\" || 2"])
    #expect(
      found == [
        "decision result, rule 1 (r1): age was less than 18, now is less than 21, region took "
          + "everything, now is \"CZ\" and price was 1, is now 2."
      ])
  }

  @Test("rules that come and go are told whole")
  func addedAndRemoved() throws {
    let grown = try changes("UNIQUE", ["< 18 | - || 1"], ["< 18 | - || 1", ">= 18 | - || 2"])
    #expect(
      grown == [
        "decision result, rule 2 (r2): it is new: If age is at least 18, then price is 2. (note 2)"
      ])
    let shrunk = try changes("UNIQUE", ["< 18 | - || 1", ">= 18 | - || 2"], ["< 18 | - || 1"])
    #expect(
      shrunk == [
        "decision result, rule 2 (r2): it is gone: If age is at least 18, then price is 2. (note 2)"
      ])
  }

  @Test("rules without ids are told apart by what they say, and moves count where order decides")
  func moved() throws {
    let plain = { (policy: String, rows: [String]) in
      let table = Models.table(
        policy, inputs: Self.inputs, outputs: ["<output name=\"price\"/>"], rows: rows
      ).replacing(#/ id="r\d+"/#, with: "").replacing(
        #/<annotationEntry>.*?</annotationEntry>/#, with: "")
      return try Models.load(Models.decision(table, Self.inputs))
    }
    let rows = ["< 18 | - || 1", "< 65 | - || 2", "- | - || 3"]
    let turned = [rows[1], rows[0], rows[2]]
    let first = try plain("FIRST", turned).changes(since: plain("FIRST", rows))
    #expect(first.map(\.kind) == [.moved])
    #expect(try plain("COLLECT", turned).changes(since: plain("COLLECT", rows)).isEmpty)
    let changed = try plain("FIRST", [rows[0], "< 70 | - || 2", rows[2]])
      .changes(since: plain("FIRST", rows))
    #expect(
      changed.map(\.description) == [
        "decision result, rule 2: age was less than 65, now is less than 70."
      ])
  }

  @Test("decisions, inputs and types that come, go or change are told")
  func elements() throws {
    let item = { (values: String) in
      "<itemDefinition name=\"tGrade\"><typeRef>string</typeRef><allowedValues><text>\(values)</text>"
        + "</allowedValues></itemDefinition>"
    }
    let old = try Models.load(item("\"A\"") + Models.literal("x + 1", inputs: [("x", "number")]))
    let new = try Models.load(
      item("\"A\",\"B\"") + Models.literal("x + 2", inputs: [("x", "Any"), ("y", "number")]))
    let found = new.changes(since: old).map(\.description)
    #expect(
      found == [
        "type tGrade: the definition was string with the values \"A\", is now string with the "
          + "values \"A\",\"B\".",
        "input y: It is new.", "input x: the type was number, is now Any.",
        "decision result: the expression was x + 1, is now x + 2.",
      ])
    #expect(old.changes(since: new).contains { $0.description == "input y: It is gone." })
  }

  @Test("what changed and what is told is the same for a model and its export")
  func exported() throws {
    let model = try model("PRIORITY", ["< 18 | \"CZ\", \"SK\" || 1", "- | not(\"CZ\") || 2"])
    let again = try Model.load(model.export())
    #expect(again.words == model.words)
    #expect(again.changes(since: model).isEmpty)
  }

  // MARK: - Coverage

  @Test("coverage counts each rule once and names those never hit")
  func coverage() throws {
    let model = try model("COLLECT", ["< 18 | - || 1", ">= 18 | - || 2", "> 90 | - || 3"])
    var covered = RuleCoverage(model)
    #expect(covered.percent == 0)
    for age in [5, 6, 40] as [Value] {
      covered.add(model.evaluate("result", ["age": age], trace: .hits).trace)
    }
    #expect(covered.hitCount == 2)
    #expect(covered.ruleCount == 3)
    #expect(covered.tables.first?.missed.map(\.id) == ["r3"])
  }
}
