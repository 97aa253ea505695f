import DMN
import FEEL
import Quantities
import Testing

@Suite("Values that are not of their type")
struct TypeConflictTests {
  private static let items = """
    <itemDefinition name="tGrade"><typeRef>string</typeRef>
      <allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
    <itemDefinition name="tQuote">
      <itemComponent name="rate"><typeRef>number</typeRef></itemComponent>
      <itemComponent name="why"><typeRef>string</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
    """

  /// What is found in a decision of a type over inputs, each as `rule column message`.
  private func conflicts(
    _ logic: String, type: String = "Any", inputs: [(String, String)] = []
  ) throws -> [String] {
    let data = inputs.map { name, type in
      "<inputData id=\"i_\(name)\" name=\"\(name)\"><variable name=\"\(name)\" "
        + "typeRef=\"\(type)\"/></inputData>"
    }
    let required = inputs.map {
      "<informationRequirement><requiredInput href=\"#i_\($0.0)\"/></informationRequirement>"
    }
    let model = try Models.load(
      Self.items + data.joined()
        + "<decision id=\"d\" name=\"result\"><variable name=\"result\" typeRef=\"\(type)\"/>"
        + required.joined() + logic + "</decision>")
    return model.problems.filter { $0.severity == .error }.map { problem in
      let place = problem.rule.map { "\($0) \(problem.tableColumn ?? "") " } ?? ""
      return place + problem.message
    }
  }

  private func literal(_ text: String) -> String {
    "<literalExpression><text>\(Models.escaped(text))</text></literalExpression>"
  }

  private func entry(_ name: String, _ type: String?, _ text: String) -> String {
    let typed = type.map { " typeRef=\"\($0)\"" } ?? ""
    return "<contextEntry><variable name=\"\(name)\"\(typed)/>\(literal(text))</contextEntry>"
  }

  @Test(
    "An output that can never be of its column's type is told with its rule and column",
    arguments: [
      ("\"a third\"", "1 share The output 'share' is a number, but \"a third\" is a string."),
      (
        "date(\"2020-01-01\")",
        "1 share The output 'share' is a number, but date(\"2020-01-01\") is a date."
      ),
      ("region", "1 share The output 'share' is a number, but region is a string."),
      (
        "if age > 3 then \"a\" else \"b\"",
        "1 share The output 'share' is a number, but if age > 3 then \"a\" else \"b\" is a string."
      ),
      ("0.35", nil), ("null", nil), ("age * 2", nil), ("[1]", nil), ("unsure", nil),
      ("if age > 3 then 1 else \"b\"", nil), ("get value({a: 1}, \"a\")", nil),
    ] as [(String, String?)])
  func outputs(_ text: String, wanted: String?) throws {
    let inputs = [("age", "number"), ("region", "string"), ("unsure", "Any")]
    let table = Models.table(
      "FIRST", inputs: [("age", "number")],
      outputs: ["<output name=\"share\" typeRef=\"number\"/>"], rows: ["> 1 || \(text)", "- || 1"])
    #expect(try conflicts(table, inputs: inputs) == (wanted.map { [$0] } ?? []))
  }

  @Test("The same wrong text in two rules is told twice, and both are null at run time")
  func twice() throws {
    let table = Models.table(
      "FIRST", inputs: [("age", "number")],
      outputs: ["<output name=\"share\" typeRef=\"number\"/>"],
      rows: ["> 5 || \"x\"", "> 1 || \"x\"", "\"y\" || 1", "\"y\" || 2", "- || 3"])
    let model = try Models.load(
      Models.decision(table, [("age", "number")]))
    let rules = model.problems.filter { $0.severity == .error }.map(\.rule)
    #expect(Set(rules) == [1, 2, 3, 4] && rules.count == 4)
    #expect(model.evaluate("result", ["age": 7]).value == .null)
    // What follows from such a cell is not told again.
    #expect(!model.analyse().flatMap(\.findings).contains { $0.kind == .impossible })
  }

  @Test("An output without a type of its own has that of what the table is used for")
  func untyped() throws {
    let inputs = [("age", "number")]
    let one = Models.table(
      "FIRST", inputs: inputs, outputs: ["<output/>"], rows: ["> 1 || \"x\"", "- || 1"])
    #expect(
      try conflicts(one, type: "number", inputs: inputs) == [
        "1 result The output is a number, but \"x\" is a string."
      ])
    let both = Models.table(
      "FIRST", inputs: inputs, outputs: ["<output name=\"rate\"/>", "<output name=\"why\"/>"],
      rows: ["> 1 || 2 | 3", "- || 1 | \"x\""])
    #expect(
      try conflicts(both, type: "tQuote", inputs: inputs) == [
        "1 why The output 'why' is a string, but 3 is a number."
      ])
    let all = Models.table(
      "COLLECT", inputs: inputs, outputs: ["<output name=\"o\"/>"], rows: ["> 1 || \"x\""])
    #expect(try conflicts(all, type: "tNumbers", inputs: inputs).count == 1)
    #expect(try conflicts(all, type: "string", inputs: inputs) == [])
    let count = Models.table(
      "COLLECT", inputs: inputs, outputs: ["<output name=\"o\"/>"], rows: ["> 1 || \"x\""],
      attributes: "aggregation=\"COUNT\"")
    #expect(try conflicts(count, type: "number", inputs: inputs) == [])
    #expect(try conflicts(count, type: "string", inputs: inputs).count == 1)
  }

  @Test("A constant output that its type does not allow is told")
  func allowed() throws {
    let inputs = [("age", "number")]
    for (output, type, subject) in [
      ("tGrade", "Any", "output 'g'"), ("string", "tGrade", "decision 'result'"),
    ] {
      let table = Models.table(
        "FIRST", inputs: inputs, outputs: ["<output name=\"g\" typeRef=\"\(output)\"/>"],
        rows: ["> 1 || \"C\"", "- || \"A\""])
      #expect(
        try conflicts(table, type: type, inputs: inputs) == [
          "1 g The \(subject) takes \"A\",\"B\", and \"C\" is none of them."
        ])
    }
  }

  @Test(
    "A tested value of another type is told with its rule and column",
    arguments: [
      ("[800..2500), \"x\"", true), ("\"x\"", true), ("< \"x\"", true), ("true", true),
      ("date(\"2020-01-01\")", true), ("[\"a\"..\"b\"]", true), ("not(\"x\")", true),
      ("region", true), ("null", false), ("1, 2", false), ("age", false), ("? > 3", false),
      ("unsure", false), ("even(?)", false), ("-", false),
    ] as [(String, Bool)])
  func inputs(_ cell: String, isConflict: Bool) throws {
    let inputs = [("age", "number"), ("region", "string"), ("unsure", "Any")]
    let table = Models.table(
      "FIRST", inputs: [("age", "number")], outputs: ["<output name=\"o\"/>"],
      rows: ["\(cell) || 1", "- || 2"])
    let found = try conflicts(table, inputs: inputs)
    #expect(found.count == (isConflict ? 1 : 0), "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("1 age ") })
  }

  @Test("An input whose expression is of another type is told")
  func inputExpression() throws {
    let table = Models.table(
      "FIRST", inputs: [("age", "number")], outputs: ["<output name=\"o\"/>"], rows: ["- || 2"])
    #expect(
      try conflicts(table, inputs: [("age", "string")]) == [
        "The input 'age' is a number, but age is a string."
      ])
  }

  @Test(
    "Literal expressions are held against the type of their decision",
    arguments: [
      ("\"x\"", "number", "The decision 'result' is a number, but \"x\" is a string."),
      ("age", "string", "The decision 'result' is a string, but age is a number."),
      (
        "[1, \"a\"]", "tNumbers",
        "The decision 'result' is a list of numbers, but [1, \"a\"] is a list."
      ),
      ("{rate: 1}", "tQuote", "The decision 'result' has the entry 'why', which {rate: 1} lacks."),
      (
        "{rate: age, why: age}", "tQuote",
        "The decision 'result' has the entry 'why', a string, but in {rate: age, why: age} it is "
          + "a number."
      ),
      ("\"C\"", "tGrade", "The decision 'result' takes \"A\",\"B\", and \"C\" is none of them."),
      ("[]", "tNumbers", nil), ("[1]", "number", nil), ("1", "tNumbers", nil),
      ("date(\"2020-01-01\")", "dateTime", nil), ("null", "number", nil), ("age", "Any", nil),
      ("{rate: 1, why: null, more: 2}", "tQuote", nil),
      ("for x in [1, 2] return x", "tNumbers", nil),
    ] as [(String, String, String?)])
  func literals(_ text: String, type: String, wanted: String?) throws {
    let found = try conflicts(literal(text), type: type, inputs: [("age", "number")])
    #expect(found == (wanted.map { [$0] } ?? []))
  }

  @Test("Entries, branches, items and results of boxed expressions are held against their types")
  func boxed() throws {
    let context =
      "<context>" + entry("rate", "number", "\"x\"") + entry("why", nil, "2") + "</context>"
    #expect(
      try conflicts(context, type: "tQuote") == [
        "The entry 'rate' is a number, but \"x\" is a string.",
        "The entry 'why' is a string, but 2 is a number.",
      ])
    let short = "<context>" + entry("rate", nil, "1") + "</context>"
    #expect(
      try conflicts(short, type: "tQuote") == [
        "The decision 'result' has the entry 'why', which is missing here."
      ])
    #expect(try conflicts(short, type: "number").count == 1)
    #expect(try conflicts(short) == [])
    let branches =
      "<conditional><if>\(literal("true"))</if><then>\(literal("1"))</then>"
      + "<else>\(literal("\"x\""))</else></conditional>"
    #expect(try conflicts(branches, type: "number").count == 1)
    #expect(try conflicts(branches) == [])
    let items = "<list>\(literal("1"))\(literal("\"x\""))</list>"
    #expect(try conflicts(items, type: "tNumbers").count == 1)
    #expect(try conflicts(items, type: "string").count == 1)
    #expect(try conflicts(items) == [])
  }

  @Test("A model with such values is loaded, and is as null as the standard wants it")
  func loads() throws {
    let model = try Models.load(Models.decision(literal("\"x\""), type: "number"))
    #expect(model.evaluate("result", [:]).value == .null)
    let lenient = try Model.load(
      [Models.file(Models.decision(literal("\"x\""), type: "number"))], strictness: .lenient)
    #expect(!lenient.problems.contains { $0.severity == .error })
  }
}
