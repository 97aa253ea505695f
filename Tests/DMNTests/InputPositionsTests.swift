import FEEL
import Quantities
import Testing

@testable import DMN

@Suite("Positions of inputs")
struct InputPositionsTests {
  private static let output = "<output name=\"out\" typeRef=\"string\"/>"
  private static let inputs = [("age", "number"), ("job", "string"), ("sum", "number")]

  private static func plan(_ logic: String) throws -> Plan {
    let model = try Models.load(Models.decision(logic, inputs))
    return try model.plan("result", inputs: inputs.map(\.0))
  }

  private static func table(_ rows: [String], _ names: [String] = ["age", "job"]) -> String {
    Models.table(
      "FIRST", inputs: names.map { ($0, $0 == "job" ? "string" : "number") }, outputs: [output],
      rows: rows)
  }

  @Test("Values at one position are answered alike, over ages, jobs and what is not known")
  func alike() throws {
    let plan = try Self.plan(
      Self.table([
        "[18..30] | \"nurse\", \"clerk\" || \"a\"", "> 64.5 | - || \"b\"",
        "< 18 | not(\"clerk\") || \"c\"", "40 | \"clerk\" || \"d\"", "- | - || \"e\"",
      ]))
    let ages = try #require(plan.positions(of: 0))
    let jobs = try #require(plan.positions(of: 1))
    let batch = plan.makeBatch()
    var seen: [[Int]: Value] = [:]
    var shared = 0
    for tenths in stride(from: -20, through: 1_200, by: 5) {
      let age = Value.number(Decimal128(tenths) / 10)
      for job in [.null, "nurse", "clerk", "smith", "cook"] as [Value] {
        for age in [age, .null] {
          let place = [ages.position(of: age), jobs.position(of: job)]
          let said = batch.evaluate([age, job, .null])
          if let known = seen[place] {
            shared += 1
            #expect(known == said)
          }
          seen[place] = said
        }
      }
    }
    #expect(Set(seen.values).count == 5, "every rule is hit")
    #expect(shared > seen.count, "most values share a position with others")
  }

  @Test(
    "An input whose value may be read has no positions",
    arguments: [
      table(["[18..30] | - || job"]),
      table(["> sum | - || \"a\""]),
      table(["? > 3 and sum > 4 | - || \"a\""]),
      "<literalExpression><text>if sum > 3 then age else 0</text></literalExpression>",
      "<context><contextEntry><variable name=\"x\"/>\(table(["> 3 | - || \"a\""]))</contextEntry>"
        + "<contextEntry><literalExpression><text>age + sum</text></literalExpression>"
        + "</contextEntry></context>",
    ])
  func read(_ logic: String) throws {
    let plan = try Self.plan(logic)
    let open = Self.inputs.indices.filter { plan.positions(of: $0) == nil }
    let batch = plan.makeBatch()
    // Some pair of values tells the input apart though no cell names a number between them.
    #expect(!open.isEmpty)
    for place in Self.inputs.indices where !open.contains(place) && place != 1 {
      let all = try #require(plan.positions(of: place))
      for value in 0..<100 {
        var one: [Value] = [20, "nurse", 5]
        var other = one
        one[place] = .number(Decimal128(value))
        other[place] = .number(Decimal128(value) + Decimal128(1) / 2)
        guard all.position(of: one[place]) == all.position(of: other[place]) else { continue }
        #expect(batch.evaluate(one) == batch.evaluate(other))
      }
    }
  }

  @Test("An input with allowed values is told by its value")
  func allowed() throws {
    let type =
      "<itemDefinition name=\"tGrade\"><typeRef>number</typeRef><allowedValues>"
      + "<text>[1..5]</text></allowedValues></itemDefinition>"
    let model = try Models.load(
      type
        + Models.decision(
          Models.table(
            "FIRST", inputs: [("grade", "number")], outputs: [Self.output],
            rows: ["> 2 || \"a\"", "- || \"b\""]), [("grade", "tGrade")]))
    #expect(try model.plan("result", inputs: ["grade"]).positions(of: 0) == nil)
  }
}

@Suite("Batches")
struct BatchTests {
  @Test("Another value of one input gives what a fresh evaluation gives, whatever depends on it")
  func oneInput() throws {
    let model = try Models.load(
      """
      <inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
      <inputData id="b" name="b"><variable name="b" typeRef="number"/></inputData>
      <inputData id="c" name="c"><variable name="c" typeRef="number"/></inputData>
      <decision id="inner" name="inner"><variable name="inner" typeRef="number"/>
      <informationRequirement><requiredInput href="#a"/></informationRequirement>
      <informationRequirement><requiredInput href="#b"/></informationRequirement>
      <literalExpression><text>a * 10 + b</text></literalExpression></decision>
      <decision id="result" name="result"><variable name="result"/>
      <informationRequirement><requiredInput href="#c"/></informationRequirement>
      <informationRequirement><requiredDecision href="#inner"/></informationRequirement>
      <context><contextEntry><variable name="x"/><literalExpression><text>inner + 1</text>
      </literalExpression></contextEntry><contextEntry><variable name="y"/><literalExpression>
      <text>if c > 3 then x else x + c</text></literalExpression></contextEntry></context></decision>
      """)
    let plan = try model.plan("result", inputs: ["a", "b", "c"])
    let kept = plan.makeBatch()
    var values: [Value] = [1, 2, 3]
    #expect(kept.evaluate(values) == plan.makeBatch().evaluate(values))
    for step in 0..<500 {
      let place = step * 7 % 11 % 3
      values[place] = .number(Decimal128(step * step % 10))
      let said = kept.evaluate(values[place], at: place)
      #expect(said == plan.makeBatch().evaluate(values))
    }
  }
}
