import DMN
import FEEL
import Testing

@Suite("Problems of models")
struct ProblemTests {
  private func problems(_ elements: String) -> [ModelProblem] {
    do throws(ModelProblems) {
      return try Model.load([Models.file(elements)]).problems
    } catch {
      return error.list
    }
  }

  @Test("a fault in a cell is drawn with file, decision, rule, column and place")
  func cell() {
    let table = Models.table(
      "UNIQUE", inputs: [("age", "number")], outputs: ["<output name=\"o\"/>"],
      rows: ["< 18 || 1", "< && 3 || 2"])
    let found = problems(Models.decision(table, [("age", "number")]))
    #expect(found.count == 1)
    let drawn = found.first?.description ?? ""
    #expect(drawn.hasPrefix("test.dmn:"))
    #expect(drawn.contains("in result, rule 2, column age"))
    #expect(drawn.contains("    < && 3\n"))
    #expect(drawn.contains("      ^"))
  }

  @Test("the place in the file counts references as one sign")
  func place() {
    let found = problems(
      "<decision id=\"d\" name=\"result\"><literalExpression><text>1 &lt; 2 and\n unknown thing"
        + "</text></literalExpression></decision>")
    #expect(found.first?.line == 3)
    #expect(found.first?.column == 2)
  }

  @Test("problems come once each, in the order of the file, also of what is empty")
  func order() throws {
    let table = Models.table(
      "UNIQUE", inputs: [("age", "tNone")], outputs: ["<output name=\"o\"/>"],
      rows: [" || 1", "< || nothing"])
    let found = problems(Models.decision(table, [("age", "tNone")]))
    let places = found.map { [$0.line, $0.column] }
    #expect(places == places.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(Set(found).count == found.count)
    #expect(found.contains { $0.code == "emptyCell" && $0.column > 1 })
  }

  @Test("all problems are reported at once, in files, graph, types and expressions")
  func several() {
    let found = problems(
      Models.literal("1 +")
        + "<decision id=\"e\" name=\"other\"><variable name=\"other\" typeRef=\"tNothing\"/>"
        + "<literalExpression><text>foo(1)</text></literalExpression></decision>")
    #expect(found.count == 3)
    #expect(found.contains { $0.message.contains("tNothing") })
    #expect(found.contains { $0.message.contains("foo") })
  }

  @Test(
    "what cannot be run is refused when the model is loaded",
    arguments: [
      (
        "<decision id=\"d\" name=\"d\"><informationRequirement><requiredInput href=\"#x\"/>"
          + "</informationRequirement></decision>", "no element x"
      ),
      (
        "<decision id=\"a\" name=\"a\"><informationRequirement><requiredDecision href=\"#b\"/>"
          + "</informationRequirement></decision><decision id=\"b\" name=\"b\">"
          + "<informationRequirement><requiredDecision href=\"#a\"/></informationRequirement>"
          + "</decision>", "circle: a → b → a"
      ),
      (
        "<decision id=\"d\" name=\"d\"><literalExpression expressionLanguage=\"urn:js\"><text>1"
          + "</text></literalExpression></decision>", "language"
      ),
      (
        "<businessKnowledgeModel name=\"k\"><encapsulatedLogic kind=\"PMML\"><context/>"
          + "</encapsulatedLogic></businessKnowledgeModel>", "PMML"
      ),
      (
        "<decision id=\"d\" name=\"d\"><decisionTable hitPolicy=\"BEST\"><output/>"
          + "</decisionTable></decision>", "BEST"
      ),
      (
        "<decision id=\"d\" name=\"d\"><decisionTable><input><inputExpression><text>1</text>"
          + "</inputExpression></input><output/><rule><outputEntry><text>1</text></outputEntry>"
          + "</rule></decisionTable></decision>", "0 input entries"
      ),
      (
        "<decision id=\"d\" name=\"d\"><literalExpression><importedValues/></literalExpression>"
          + "</decision>", "Imported values"
      ),
      (
        "<decision id=\"d\"><literalExpression><text>1</text></literalExpression></decision>",
        "no name"
      ),
      (
        "<decision id=\"d\" name=\"d\"><literalExpression><text> </text></literalExpression>"
          + "</decision>", "empty"
      ),
      (
        "<import name=\"i\" namespace=\"urn:none\" importType=\"\(Models.namespace)\"/>",
        "urn:none"
      ),
    ])
  func refused(elements: String, part: String) {
    #expect(throws: ModelProblems.self) { try Models.load(elements) }
    #expect(problems(elements).contains { $0.description.contains(part) }, "\(problems(elements))")
  }

  @Test("loaded leniently, a faulty expression is null and the others work")
  func lenient() throws {
    let file = Models.file(
      Models.literal("1 +")
        + "<decision id=\"e\" name=\"good\"><literalExpression><text>2</text></literalExpression>"
        + "</decision>")
    let model = try Model.load([file], strictness: .lenient)
    #expect(model.evaluate("result", [:]).value == .null)
    #expect(model.evaluate("good", [:]).value == 2)
    #expect(!model.problems.isEmpty)
    #expect(!model.evaluate("result", [:], trace: .causes).causes.isEmpty)
  }

  @Test(
    "files that are no models are refused with a sentence",
    arguments: [
      "", "no xml", "<html/>", "<definitions xmlns=\"urn:x\"/>",
      "<!DOCTYPE definitions><definitions xmlns=\"\(Models.namespace)\"/>",
      "<definitions xmlns=\"\(Models.namespace)\" name=\"x\"/>",
    ])
  func noModels(text: String) {
    #expect(throws: ModelProblems.self) {
      try Model.load([ModelFile(name: "x.dmn", bytes: Array(text.utf8))])
    }
  }
}
