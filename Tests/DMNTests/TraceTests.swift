import FEEL
import Testing

@testable import DMN

@Suite("Trace")
struct TraceTests {
  private func model() throws -> Model {
    let inputs = [("age", "number"), ("region", "string")]
    let table = Models.table(
      "FIRST", inputs: inputs, outputs: ["<output name=\"verdict\" typeRef=\"string\"/>"],
      rows: [
        "< 18 | - || \"minor\"", "> age - 1 | \"CZ\" || \"home \" + region",
        ">= 18 | not(\"XX\") || \"ok\"",
      ])
    return try Models.load(Models.decision(table, inputs))
  }

  @Test("a hit names its rule, its note and the cells that decided")
  func hits() throws {
    let outcome = try model().evaluate("result", ["age": 20, "region": "PL"], trace: .hits)
    let table = try #require(outcome.trace.steps.first?.tables.first)
    #expect(outcome.value == "ok")
    #expect(table.columns.map(\.value) == [20, "PL"])
    #expect(table.hits.map(\.number) == [3])
    #expect(table.hits[0].id == "r3")
    #expect(table.hits[0].annotations == [.init(name: "why", text: "note 3")])
    #expect(table.hits[0].cells.map(\.text) == [">= 18", "not(\"XX\")"])
    #expect(table.hits[0].cells.map(\.value) == [20, "PL"])
    #expect(table.hits[0].outputs == [.init(name: "verdict", value: "ok")])
    #expect(table.misses.isEmpty)
  }

  @Test("a miss names the first cell that failed, also one that no index decides")
  func misses() throws {
    let outcome = try model().evaluate("result", ["age": 20, "region": "PL"], trace: .misses)
    let table = try #require(outcome.trace.steps.first?.tables.first)
    #expect(table.misses.map(\.number) == [1, 2])
    #expect(table.misses.map(\.cell.name) == ["age", "region"])
    #expect(table.misses.map(\.cell.text) == ["< 18", "\"CZ\""])
  }

  @Test("computed outputs are recorded as they were computed")
  func computed() throws {
    let outcome = try model().evaluate("result", ["age": 20, "region": "CZ"], trace: .hits)
    #expect(outcome.value == "home CZ")
    let hit = outcome.trace.steps.first?.tables.first?.hits.first
    #expect(hit?.outputs == [.init(name: "verdict", value: "home CZ")])
  }

  @Test("a null tells its cause with the decision in which it arose")
  func causes() throws {
    let model = try Models.load(Models.literal("1 + \"a\""))
    #expect(model.evaluate("result", [:]).causes.isEmpty)
    let outcome = model.evaluate("result", [:], trace: .hits)
    #expect(outcome.value == .null)
    #expect(!outcome.causes.isEmpty)
    #expect(outcome.trace.steps.first?.causes == outcome.causes)
    let table = Models.table(
      "UNIQUE", inputs: [("x", "number")], outputs: ["<output/>"], rows: ["> 1 || 1", "> 2 || 2"])
    let two = try Models.load(Models.decision(table, [("x", "number")]))
      .evaluate("result", ["x": 3], trace: .causes)
    #expect(two.causes.first?.sentence.contains("rules 1 and 2") == true)
    #expect(two.trace.steps.isEmpty)
  }
}
