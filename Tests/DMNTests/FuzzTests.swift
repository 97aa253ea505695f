import DMN
import FEEL
import Foundation
import Quantities
import Support
import Testing

@Suite("Hostile models")
struct FuzzTests {
  @Test("damaged models are refused or evaluated, and never crash", arguments: [11, 12, 13])
  func damaged(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let inputs = [("age", "number"), ("region", "string")]
    let table = Models.table(
      "PRIORITY", inputs: inputs,
      outputs: [
        "<output name=\"o\"><outputValues><text>1,2</text></outputValues></output>",
        "<output name=\"p\"><defaultOutputEntry><text>age</text></defaultOutputEntry></output>",
      ], rows: ["< 18 | not(\"CZ\") || 1 | age", "[18..65) | ? = region || 2 | \"x\""])
    let file = Models.file(Models.decision(table, inputs))
    let words = [
      "decision", "FIRST", "text", "<text>", "</text>", "&#x0;", "function(a) a(a)", "1e9999",
      "[1..1e12]", "for i in 1..1e12 return i", "-", "not(", "\"", "typeRef=\"tX\"", "#d",
    ]
    for _ in 0..<1_500 {
      var bytes = file.bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          let word = words.randomElement(using: &random) ?? ""
          bytes.insert(contentsOf: Array(word.utf8), at: place)
        default:
          let end = min(place + Int.random(in: 1...40, using: &random), bytes.count)
          bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        }
      }
      let damaged = [ModelFile(name: "x", bytes: bytes)]
      for strictness in [Model.Strictness.strict, .lenient] {
        guard let model = try? Model.load(damaged, strictness: strictness) else { continue }
        _ = model.evaluate("result", ["age": 20, "region": "CZ"], trace: .misses)
        _ = model.analyse()
        _ = model.export()
      }
    }
  }

  @Test("every input that the fuzzer saved is handled")
  func savedCorpus() throws {
    let file = ProjectFolder.root.appending(path: "Tests/Fuzz/corpus.base64")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 100)
    for line in lines {
      let data = try #require(Data(base64Encoded: String(line)))
      HostileInput.handle(Array(data))
    }
  }

  @Test(
    "runaway models end at their limits with a clear error",
    arguments: [
      "for i in 1..1000000000000 return i", "count(for i in 1..100000, j in 1..100000 return i)",
      "{f: function(n) f(n), r: f(1)}.r", "some x in 1..1000000000 satisfies x < 0",
    ])
  func runaway(text: String) throws {
    let file = Models.file(Models.literal(text))
    let model = try Model.load([file], strictness: .lenient)
    #expect(model.evaluate("result", [:]).value == .null)
  }

  @Test("deep nesting is refused: boxes, elements, parentheses, types")
  func nesting() {
    let depth = 10_000
    let boxes =
      String(repeating: "<list>", count: depth) + String(repeating: "</list>", count: depth)
    let parentheses =
      String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
    let chain = (0..<300).map { number in
      "<itemDefinition name=\"t\(number)\"><typeRef>t\(number + 1)</typeRef></itemDefinition>"
    }
    for elements in [
      Models.decision(boxes), Models.literal(parentheses),
      chain.joined() + Models.literal("1", inputs: [("x", "t0")]),
    ] {
      #expect(throws: ModelProblems.self) { try Models.load(elements) }
    }
  }

  @Test("recursive types are read, and their values checked as deep as they go")
  func recursiveTypes() throws {
    let model = try Models.load(
      """
      <itemDefinition name="tTree"><itemComponent name="value"><typeRef>number</typeRef>
        </itemComponent><itemComponent name="children" isCollection="true"><typeRef>tTree</typeRef>
        </itemComponent></itemDefinition>
      """ + Models.literal("x.value", inputs: [("x", "tTree")]))
    let leaf = Value.context(["value": 2, "children": []])
    #expect(
      model.evaluate("result", ["x": .context(["value": 1, "children": [leaf]])]).value == 1)
    #expect(
      model.evaluate("result", ["x": .context(["value": "1", "children": []])]).value == .null)
  }
}
