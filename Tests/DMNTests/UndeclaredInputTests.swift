import DMN
import FEEL
import Testing

/// Models as other modellers write them, where DMN 1.5, 7.3.1 wants a declaration.
@Suite("Undeclared inputs")
struct UndeclaredInputTests {
  /// A table with one string or number column and a result.
  private func decision(
    _ id: String, _ name: String, reads input: String, _ type: String, gives output: String,
    requires: String = "", rules: [(String, String)]
  ) -> String {
    let rows = rules.map {
      "<rule><inputEntry><text>\($0)</text></inputEntry>"
        + "<outputEntry><text>\($1)</text></outputEntry></rule>"
    }
    return """
      <decision id="\(id)" name="\(name)">\(requires)<decisionTable>
      <input label="Column of \(name)"><inputExpression typeRef="\(type)"><text>\(input)</text>
      </inputExpression></input><output name="\(output)" typeRef="string"/>\(rows.joined())
      </decisionTable></decision>
      """
  }

  private func requires(_ kind: String, _ id: String) -> String {
    "<informationRequirement><required\(kind) href=\"#\(id)\"/></informationRequirement>"
  }

  @Test("A variable that nothing declares is an input of its column's type, with a warning")
  func variables() throws {
    let model = try Models.load(
      decision(
        "dish", "Dish", reads: "guestCount", "integer", gives: "dish",
        rules: [("[5..15]", "\"Roastbeef\""), ("&gt; 15", "\"Stew\"")]))
    #expect(model.inputs.map(\.name) == ["guestCount"])
    #expect(model.inputs.map(\.type) == [.number])
    #expect(model.evaluate("Dish", ["guestCount": 12]).value == "Roastbeef")
    #expect(model.evaluate("Dish", ["guestCount": 16]).value == "Stew")
    #expect(model.problems.map(\.code) == ["undeclaredInput"])
  }

  @Test(
    "A required decision is read by its id and by the name of its only output",
    arguments: [
      "season", "currentSeason", "Season of year",
    ])
  func results(name: String) throws {
    let season = decision(
      "season", "Season of year", reads: "temperature", "double", gives: "currentSeason",
      rules: [("&lt; 10", "\"Winter\""), ("&gt;= 10", "\"Summer\"")])
    let dish = decision(
      "dish", "Dish", reads: name, "string", gives: "dish",
      requires: requires("Decision", "season"),
      rules: [("\"Winter\"", "\"Stew\""), ("\"Summer\"", "\"Salad\"")])
    let model = try Models.load(dish + season)
    #expect(model.evaluate("Dish", ["temperature": 4]).value == "Stew")
    #expect(model.evaluate("Dish", ["temperature": 24]).value == "Salad")
    #expect(model.inputs.map(\.name) == ["temperature"])
    #expect(!model.problems.contains { $0.code == "unusedRequirement" }, "\(model.problems)")
  }

  @Test("One variable of two decisions is one input, and a declared one is not declared again")
  func shared() throws {
    let tables = ["one", "two"].map {
      decision(
        $0, $0, reads: "guests", "long", gives: "text", rules: [("&gt; 1", "\"many \($0)\"")])
    }
    let model = try Models.load(tables.joined())
    #expect(model.inputs.map(\.name) == ["guests"])
    #expect(model.evaluate("two", ["guests": 2]).value == "many two")
    let declared =
      "<inputData id=\"c\" name=\"guests\"><variable name=\"guests\" typeRef=\"number\"/></inputData>"
    let other = try Models.load(tables.joined() + declared)
    #expect(other.inputs.map(\.name) == ["guests"])
    #expect(other.inputs.map(\.id) == ["c"])
    #expect(other.evaluate("one", ["guests": 3]).value == "many one")
    #expect(Set(other.problems.map(\.code)) == ["requirement"])
  }

  @Test(
    "A text without its quotes, a name within an expression and a misspelt one stay errors",
    arguments: [
      Models.decision(
        "<decisionTable><input><inputExpression><text>season</text></inputExpression></input>"
          + "<output name=\"r\"/><rule><inputEntry><text>Winter</text></inputEntry>"
          + "<outputEntry><text>1</text></outputEntry></rule></decisionTable>"),
      Models.decision(
        "<decisionTable><input><inputExpression><text>season</text></inputExpression></input>"
          + "<output name=\"r\"/><rule><inputEntry><text>1</text></inputEntry>"
          + "<outputEntry><text>approved</text></outputEntry></rule></decisionTable>"),
      Models.decision(
        "<decisionTable><input><inputExpression><text>count(heldKinds)</text></inputExpression>"
          + "</input><output name=\"r\"/><rule><inputEntry><text>1</text></inputEntry>"
          + "<outputEntry><text>1</text></outputEntry></rule></decisionTable>"),
      Models.literal("agee >= 18", inputs: [("age", "number")]),
    ])
  func faults(text: String) {
    let error = #expect(throws: ModelProblems.self) { try Models.load(text) }
    #expect(error?.list.contains { $0.code == "feel.name.unknown" } == true)
  }

  @Test("Where a decision reads an input that it requires, an unknown name stays an error")
  func slips() throws {
    let text = Models.literal("age + agee", inputs: [("age", "number")])
    let error = #expect(throws: ModelProblems.self) { try Models.load(text) }
    #expect(error?.list.contains { $0.code == "feel.name.unknown" } == true)
  }
}
