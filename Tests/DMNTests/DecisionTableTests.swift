import DMN
import FEEL
import Quantities
import Testing

@Suite("Decision table")
struct DecisionTableTests {
  private let age = [("age", "number")]
  private let score = "<output name=\"score\" typeRef=\"number\"/>"

  private func value(
    _ policy: String, _ rows: [String], _ input: Value, outputs: [String]? = nil,
    attributes: String = ""
  ) throws -> Value {
    let table = Models.table(
      policy, inputs: age, outputs: outputs ?? [score], rows: rows, attributes: attributes)
    let model = try Models.load(Models.decision(table, age))
    return model.evaluate("result", ["age": input]).value
  }

  @Test("UNIQUE gives the one hit, null for none and for two")
  func unique() throws {
    let rows = ["< 18 || 1", "[18..65] || 2", ">= 65 || 3"]
    #expect(try value("UNIQUE", rows, 17) == 1)
    #expect(try value("UNIQUE", rows, 64) == 2)
    #expect(try value("UNIQUE", rows, 65) == .null)
    #expect(try value("UNIQUE", ["1 || 1"], 2) == .null)
  }

  @Test("FIRST gives the first hit and ANY one that all hits agree on")
  func firstAndAny() throws {
    let rows = ["> 10 || 1", "> 5 || 2", "> 10 || 1"]
    #expect(try value("FIRST", rows, 11) == 1)
    #expect(try value("FIRST", rows, 6) == 2)
    #expect(try value("ANY", ["> 10 || 1", "> 11 || 1.0"], 12) == 1)
    #expect(try value("ANY", rows, 12) == .null)
  }

  @Test("RULE ORDER and COLLECT list the hits in the order of the table")
  func lists() throws {
    let rows = ["> 1 || 3", "> 2 || 1", "> 3 || 2"]
    #expect(try value("RULE ORDER", rows, 9) == [3, 1, 2])
    #expect(try value("COLLECT", rows, 3) == [3, 1])
    #expect(try value("COLLECT", rows, 0) == [])
  }

  @Test(
    "COLLECT sums, counts and finds the smallest and largest",
    arguments: [("SUM", 6, Value.null), ("COUNT", 3, 0), ("MIN", 1, .null), ("MAX", 3, .null)]
      as [(String, Value, Value)])
  func aggregations(name: String, all: Value, none: Value) throws {
    let rows = ["> 1 || 3", "> 2 || 1", "> 3 || 2"]
    let attributes = "aggregation=\"\(name)\""
    #expect(try value("COLLECT", rows, 9, attributes: attributes) == all)
    #expect(try value("COLLECT", rows, 0, attributes: attributes) == none)
  }

  @Test("PRIORITY and OUTPUT ORDER follow the order of the output values")
  func priorities() throws {
    let output =
      "<output name=\"s\" typeRef=\"string\"><outputValues><text>\"high\",\"mid\",\"low\"</text>"
      + "</outputValues></output>"
    let rows = ["> 1 || \"low\"", "> 2 || \"high\"", "> 3 || \"mid\"", "> 3 || \"low\""]
    #expect(try value("PRIORITY", rows, 9, outputs: [output]) == "high")
    #expect(try value("PRIORITY", rows, 2, outputs: [output]) == "low")
    #expect(
      try value("OUTPUT ORDER", rows, 9, outputs: [output]) == ["high", "mid", "low", "low"])
  }

  @Test("several outputs make a context, and each has its default")
  func outputs() throws {
    let outputs = [
      "<output name=\"a\" typeRef=\"number\"><defaultOutputEntry><text>age + 1</text>"
        + "</defaultOutputEntry></output>", "<output name=\"b\" typeRef=\"string\"/>",
    ]
    let rows = ["> 1 || age * 2 | \"x\""]
    #expect(
      try value("UNIQUE", rows, 4, outputs: outputs) == .context(["a": 8, "b": "x"]))
    #expect(
      try value("UNIQUE", rows, 0, outputs: outputs) == .context(["a": 1, "b": .null]))
  }

  @Test("an output that does not conform to its type is null")
  func outputType() throws {
    #expect(try value("FIRST", ["- || \"text\""], 1) == .null)
  }

  @Test(
    "null hits only cells that take it",
    arguments: [
      ("-", true), ("null", true), ("not(null)", false), ("< 5", false), ("not(< 5)", false),
      ("not(1)", true), ("1", false), ("? = null", true),
    ])
  func nullInput(cell: String, isHit: Bool) throws {
    #expect((try value("FIRST", ["\(cell) || 1"], .null) == 1) == isHit)
  }

  @Test("an input of another type than the column's is null, and a singleton list is unpacked")
  func inputTypes() throws {
    #expect(try value("FIRST", ["null || 1", "- || 2"], "text") == 1)
    #expect(try value("FIRST", ["5 || 1", "- || 2"], [5]) == 1)
  }

  @Test("cells that no index can decide are tested for the rules that remain")
  func generalCells() throws {
    let inputs = [("age", "number"), ("limit", "number")]
    let table = Models.table(
      "COLLECT", inputs: inputs, outputs: [score],
      rows: [
        "> limit | > 0 || 1", "? * 2 > limit | - || 2", "limit, limit + 1 | - || 3",
        "not(< limit) | - || 4", "[limit..limit + 10] | - || 5", "- | - || 6",
        "> limit | < 0 || 7",
      ])
    let model = try Models.load(Models.decision(table, inputs))
    let at = { (age: Int, limit: Int) in
      model.evaluate("result", ["age": .number(age), "limit": .number(limit)]).value
    }
    #expect(at(6, 5) == [1, 2, 3, 4, 5, 6])
    #expect(at(3, 5) == [2, 6])
    #expect(at(20, 5) == [1, 2, 4, 6])
    #expect(at(20, -5) == [2, 4, 6, 7])
  }

  @Test("input values that are not allowed give null with the reason")
  func inputValues() throws {
    let table = """
      <decisionTable hitPolicy="FIRST">
      <input label="grade"><inputExpression typeRef="string"><text>grade</text></inputExpression>
        <inputValues><text>"A","B"</text></inputValues></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
      </decisionTable>
      """
    let model = try Models.load(Models.decision(table, [("grade", "string")]))
    #expect(model.evaluate("result", ["grade": "A"]).value == 1)
    let outcome = model.evaluate("result", ["grade": "C"], trace: .causes)
    #expect(outcome.value == .null)
    #expect(outcome.causes.contains { $0.sentence.contains("allowed") })
  }

  @Test("a table of every kind of cell answers as its cells do one by one", arguments: 1...5)
  func indexAgrees(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cells = (0..<150).map { _ in cell(&random) }
    let table = Models.table(
      "COLLECT", inputs: [("x", "Any")], outputs: ["<output typeRef=\"number\"/>"],
      rows: cells.enumerated().map { "\($1) || \($0)" })
    let model = try Models.load(Models.decision(table, [("x", "Any")]))
    let tests = try cells.map { try UnaryTests.parse($0) }
    let values: [Value] =
      [.null, true, false, "a", "b", "zz", "", [1], .context(["a": 1])]
      + (-2...12).map { .number($0) } + [0.5, 2.25].map { decimal($0) } + temporal
    let frame = Frame(Evaluation(now: now))
    for value in values {
      let expected = tests.indices.filter { tests[$0].matches(value, frame) == true }
        .map { Value.number($0) }
      let found = model.evaluate("result", ["x": value]).value
      #expect(found == .list(expected), "\(value)")
    }
  }

  private let now = DateTime(date: .init(daysSinceEpoch: 20_000), time: .midnightUTC)

  private var temporal: [Value] {
    [
      "date(\"2024-02-29\")", "date(\"2025-01-01\")", "duration(\"P1Y\")", "duration(\"P1D\")",
      "duration(\"PT23H59M59.5S\")", "time(\"10:00:00\")",
      "date and time(\"2024-02-29T00:00:00\")",
    ].compactMap { text in
      try? Expression.parse(text).evaluate(Frame(Evaluation(now: now)))
    }
  }

  private func decimal(_ value: Double) -> Value { .number(Decimal128(value)) }

  private func cell(_ random: inout SeededRandom) -> String {
    let constants = [
      "1", "2.25", "5", "-1", "\"a\"", "\"b\"", "true", "false", "null",
      "@\"2024-02-29\"", "@\"P1Y\"", "@\"P1D\"", "@\"10:00:00\"",
    ]
    let one = constants.randomElement(using: &random) ?? "1"
    let two = constants.randomElement(using: &random) ?? "1"
    let low = Int.random(in: -2...5, using: &random)
    let open = Bool.random(using: &random) ? "[" : "("
    let close = Bool.random(using: &random) ? "]" : ")"
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return one
    case 1: return "\(one), \(two)"
    case 2: return "not(\(one), \(two))"
    case 3:
      return ["<", "<=", ">", ">="].randomElement(using: &random).map { $0 + " \(low)" } ?? "-"
    case 4: return "\(open)\(low)..\(low + 4)\(close)"
    case 5: return "not(\(open)\(low)..\(low + 4)\(close))"
    case 6: return "!= \(one)"
    case 7: return "\(low), > \(low + 3), \(one)"
    default: return "? != null"
    }
  }
}
