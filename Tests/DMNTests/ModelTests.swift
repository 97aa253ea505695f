import DMN
import FEEL
import Testing

@Suite("Model")
struct ModelTests {
  private func result(_ elements: String, _ inputs: Context = [:]) throws -> Value {
    try Models.load(elements).evaluate("result", inputs).value
  }

  @Test("required decisions are evaluated when asked for, and once")
  func requiredDecisions() throws {
    let model = try Models.load(
      """
      <inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>
      <decision id="twice" name="twice of x"><variable name="twice of x" typeRef="number"/>
        <informationRequirement><requiredInput href="#x"/></informationRequirement>
        <literalExpression><text>x * 2</text></literalExpression></decision>
      <decision id="unused" name="unused"><variable name="unused"/>
        <literalExpression><text>1 / 0</text></literalExpression></decision>
      <decision id="d" name="result"><variable name="result"/>
        <informationRequirement><requiredInput href="#x"/></informationRequirement>
        <informationRequirement><requiredDecision href="#twice"/></informationRequirement>
        <informationRequirement><requiredDecision href="#unused"/></informationRequirement>
        <literalExpression><text>if x > 0 then twice of x + twice of x else unused</text>
        </literalExpression></decision>
      """)
    let outcome = model.evaluate("result", ["x": 3], trace: .hits)
    #expect(outcome.value == 12)
    #expect(outcome.trace.steps.map(\.name) == ["twice of x", "result"])
    #expect(outcome.trace.steps[1].inputs.map(\.name) == ["x", "twice of x"])
    #expect(outcome.trace.steps[1].inputs.map(\.value) == [3, 6])
    #expect(model.evaluate("result", ["x": 3, "twice of x": 10]).value == 20)
    #expect(model.decisions.map(\.name) == ["twice of x", "unused", "result"])
    #expect(model.inputs.map(\.name) == ["x"])
    #expect(model.evaluate("nothing", [:]).causes.first?.code == "unknownName")
  }

  @Test("business knowledge models are called by position, by name and from boxes")
  func knowledge() throws {
    let knowledge = """
      <businessKnowledgeModel id="k" name="area of"><variable name="area of" typeRef="number"/>
        <encapsulatedLogic><formalParameter name="width" typeRef="number"/>
        <formalParameter name="height" typeRef="number"/>
        <literalExpression><text>width * height</text></literalExpression>
        </encapsulatedLogic></businessKnowledgeModel>
      """
    let requirement =
      "<knowledgeRequirement><requiredKnowledge href=\"#k\"/></knowledgeRequirement>"
    let decide = { (logic: String) in
      knowledge + "<decision id=\"d\" name=\"result\"><variable name=\"result\"/>" + requirement
        + logic + "</decision>"
    }
    let text = { (text: String) in "<literalExpression><text>\(text)</text></literalExpression>" }
    #expect(try result(decide(text("area of(2, 3)"))) == 6)
    #expect(try result(decide(text("area of(height: 2, width: 4)"))) == 8)
    #expect(try result(decide(text("area of(2)"))) == .null)
    #expect(try result(decide(text("area of(2, \"3\")"))) == .null)
    let box = """
      <invocation>\(text("area of"))
      <binding><parameter name="height"/>\(text("5"))</binding>
      <binding><parameter name="width"/>\(text("3"))</binding></invocation>
      """
    #expect(try result(decide(box)) == 15)
    let model = try Models.load(decide(box))
    #expect(model.evaluate(knowledge: "area of", ["width": 2, "height": 2]).value == 4)
  }

  @Test("a business knowledge model may call itself, within the limit of recursion")
  func recursion() throws {
    let model = try Models.load(
      """
      <businessKnowledgeModel id="k" name="sum to"><variable name="sum to"/><encapsulatedLogic>
        <formalParameter name="n" typeRef="number"/>
        <literalExpression><text>if n = 0 then 0 else n + sum to(n - 1)</text></literalExpression>
      </encapsulatedLogic></businessKnowledgeModel>
      """)
    #expect(model.evaluate(knowledge: "sum to", ["n": 20]).value == 210)
    #expect(model.evaluate(knowledge: "sum to", ["n": -1]).value == .null)
  }

  @Test("decision services see their inputs only: input data first, then input decisions")
  func services() throws {
    let model = try Models.load(
      """
      <inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
      <decision id="b" name="b"><variable name="b" typeRef="number"/>
        <literalExpression><text>100</text></literalExpression></decision>
      <decision id="sum" name="sum"><variable name="sum" typeRef="number"/>
        <informationRequirement><requiredInput href="#a"/></informationRequirement>
        <informationRequirement><requiredDecision href="#b"/></informationRequirement>
        <literalExpression><text>a - b</text></literalExpression></decision>
      <decisionService id="s" name="service"><variable name="service" typeRef="number"/>
        <outputDecision href="#sum"/><inputDecision href="#b"/><inputData href="#a"/>
      </decisionService>
      <decisionService id="t" name="both"><variable name="both"/>
        <outputDecision href="#sum"/><outputDecision href="#b"/><inputData href="#a"/>
      </decisionService>
      <decision id="d" name="result"><variable name="result"/>
        <informationRequirement><requiredDecision href="#b"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>
        <knowledgeRequirement><requiredKnowledge href="#t"/></knowledgeRequirement>
        <literalExpression>
          <text>[service(10, 3), service(b: 1, a: 5), service(1), service("x", 1), b, both(1)]</text>
        </literalExpression></decision>
      """)
    #expect(
      model.evaluate("result", [:]).value
        == [7, 4, .null, .null, 100, .context(["sum": -99, "b": 100])])
    #expect(model.evaluate(service: "service", ["a": 4, "b": 1]).value == 3)
    #expect(model.services == ["service", "both"])
  }

  @Test("imports are used by their names; types and functions come along")
  func imports() throws {
    let main = Models.file(
      """
      <import name="lib" namespace="urn:lib" importType="\(Models.namespace)"/>
      <inputData id="p" name="p"><variable name="p" typeRef="lib.tPoint"/></inputData>
      <decision id="d" name="result"><variable name="result"/>
        <informationRequirement><requiredInput href="#p"/></informationRequirement>
        <informationRequirement><requiredDecision href="urn:lib#one"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="urn:lib#f"/></knowledgeRequirement>
        <literalExpression><text>lib.grow(p.x) + lib.One</text></literalExpression></decision>
      """)
    let library = Models.file(
      """
      <itemDefinition name="tPoint"><itemComponent name="x"><typeRef>number</typeRef>
        </itemComponent></itemDefinition>
      <decision id="one" name="One"><variable name="One"/>
        <literalExpression><text>1</text></literalExpression></decision>
      <businessKnowledgeModel id="f" name="grow"><variable name="grow"/><encapsulatedLogic>
        <formalParameter name="n" typeRef="number"/>
        <literalExpression><text>n * 10</text></literalExpression></encapsulatedLogic>
      </businessKnowledgeModel>
      """, name: "lib.dmn", model: "urn:lib")
    let model = try Model.load([main, library])
    #expect(model.evaluate("result", ["p": .context(["x": 4])]).value == 41)
    #expect(model.evaluate("result", ["p": .context(["x": "4"])]).value == .null)
    #expect(throws: ModelProblems.self) { try Model.load([main]) }
  }

  @Test("item definitions check values: components, collections, allowed values, constraints")
  func types() throws {
    let items = """
      <itemDefinition name="tGrade"><typeRef>string</typeRef>
        <allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
      <itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef>
        <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
      <itemDefinition name="tPupil"><itemComponent name="name"><typeRef>string</typeRef>
        </itemComponent><itemComponent name="grades"><typeRef>tGrades</typeRef></itemComponent>
      </itemDefinition>
      """
    let check = { (type: String, value: Value) in
      try Models.load(
        items
          + Models.decision(
            "<literalExpression><text>x</text></literalExpression>", [("x", type)])
      ).evaluate("result", ["x": value]).value
    }
    #expect(try check("tGrade", "A") == "A")
    #expect(try check("tGrade", "C") == .null)
    #expect(try check("tGrade", ["B"]) == "B")
    #expect(try check("tGrades", ["A", "B"]) == ["A", "B"])
    #expect(try check("tGrades", ["A", "C"]) == .null)
    #expect(try check("tGrades", ["A", "B", "A"]) == .null)
    let pupil = Value.context(["name": "Eva", "grades": ["A"]])
    #expect(try check("tPupil", pupil) == pupil)
    #expect(try check("tPupil", .context(["name": "Eva", "grades": ["X"]])) == .null)
    #expect(try check("tPupil", .context(["name": "Eva"])) == .null)
  }

  @Test(
    "every boxed expression has its value",
    arguments: [
      (
        "<context><contextEntry><variable name=\"a b\"/><literalExpression><text>2</text>"
          + "</literalExpression></contextEntry><contextEntry><variable name=\"c\"/>"
          + "<literalExpression><text>a b + 1</text></literalExpression></contextEntry></context>",
        .context(["a b": 2, "c": 3])
      ),
      ("<list><literalExpression><text>1</text></literalExpression><list/></list>", [1, []]),
      (
        "<relation><column name=\"a\"/><column name=\"b\" typeRef=\"number\"/><row>"
          + "<literalExpression><text>1</text></literalExpression><literalExpression>"
          + "<text>\"x\"</text></literalExpression></row></relation>",
        [.context(["a": 1, "b": .null])]
      ),
      (
        "<conditional><if><literalExpression><text>1 = 1</text></literalExpression></if><then>"
          + "<literalExpression><text>\"yes\"</text></literalExpression></then><else>"
          + "<literalExpression><text>\"no\"</text></literalExpression></else></conditional>", "yes"
      ),
      (
        "<filter><in><literalExpression><text>[{a: 1}, {a: 2}]</text></literalExpression></in>"
          + "<match><literalExpression><text>a > 1</text></literalExpression></match></filter>",
        [.context(["a": 2])]
      ),
      (
        "<filter><in><literalExpression><text>[{a: 1}, {a: 2}]</text></literalExpression></in>"
          + "<match><conditional><if><literalExpression><text>a = 1</text></literalExpression></if>"
          + "<then><literalExpression><text>true</text></literalExpression></then><else>"
          + "<literalExpression><text>item.a > 5</text></literalExpression></else></conditional>"
          + "</match></filter>", [.context(["a": 1])]
      ),
      (
        "<for iteratorVariable=\"i\"><in><literalExpression><text>1..3</text></literalExpression>"
          + "</in><return><literalExpression><text>i + count(partial)</text></literalExpression>"
          + "</return></for>", [1, 3, 5]
      ),
      (
        "<for iteratorVariable=\"i\"><in><literalExpression><text>[1, 2]</text></literalExpression>"
          + "</in><return><list><literalExpression><text>i</text></literalExpression></list></return>"
          + "</for>", [[1], [2]]
      ),
      (
        "<some iteratorVariable=\"i\"><in><list><literalExpression><text>1</text>"
          + "</literalExpression></list></in><satisfies><literalExpression><text>i = 1</text>"
          + "</literalExpression></satisfies></some>", true
      ),
      (
        "<every iteratorVariable=\"i\"><in><literalExpression><text>[1, 2]</text>"
          + "</literalExpression></in><satisfies><conditional><if><literalExpression>"
          + "<text>i = 1</text></literalExpression></if><then><literalExpression><text>true</text>"
          + "</literalExpression></then><else><literalExpression><text>false</text>"
          + "</literalExpression></else></conditional></satisfies></every>", false
      ),
    ] as [(String, Value)])
  func boxes(box: String, expected: Value) throws {
    #expect(try result(Models.decision(box)) == expected)
  }

  @Test("a boxed function keeps the values around it")
  func closures() throws {
    let box = """
      <context><contextEntry><variable name="k"/><literalExpression><text>10</text>
      </literalExpression></contextEntry><contextEntry><variable name="f"/><functionDefinition>
      <formalParameter name="n" typeRef="number"/><context><contextEntry><variable name="m"/>
      <literalExpression><text>n * k</text></literalExpression></contextEntry><contextEntry>
      <literalExpression><text>m + x</text></literalExpression></contextEntry></context>
      </functionDefinition></contextEntry><contextEntry><literalExpression>
      <text>[f(1), f(n: 2), f("no")]</text></literalExpression></contextEntry></context>
      """
    #expect(
      try result(Models.decision(box, [("x", "number")]), ["x": 5]) == [15, 25, .null])
  }

  @Test("host functions are called like FEEL's own")
  func hostFunctions() throws {
    let double = HostFunction(
      name: "loan payment", parameters: [Parameter("amount", .number)], result: .number
    ) { arguments in
      arguments[0].decimal.map { .number($0 + $0) } ?? .null
    }
    let model = try Model.load(
      [Models.file(Models.literal("loan payment(2) + loan payment(amount: 3)"))],
      functions: [double])
    #expect(model.evaluate("result", [:]).value == 10)
  }

  @Test(
    "every version's namespace is read, with the type names of 1.1",
    arguments: [
      "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
      "https://www.omg.org/spec/DMN/20191111/MODEL/",
      "https://www.omg.org/spec/DMN/20211108/MODEL/",
      "https://www.omg.org/spec/DMN/20230324/MODEL/",
      "https://www.omg.org/spec/DMN/20240513/MODEL/",
    ])
  func versions(namespace: String) throws {
    let elements = Models.literal("x + 1", inputs: [("x", "feel:number")])
    let model = try Model.load([Models.file(elements, version: namespace)])
    #expect(model.evaluate("result", ["x": 1]).value == 2)
    #expect(model.evaluate("result", ["x": "1"]).value == .null)
  }

  @Test("a batch gives what single evaluations give, with its memory reused")
  func batches() throws {
    let model = try Models.load(
      Models.literal("x * 2 + y", inputs: [("x", "number"), ("y", "number")]))
    let batch = try model.plan("result", inputs: ["y", "x"]).makeBatch()
    for number in 0..<50 {
      let expected = model.evaluate("result", ["x": .number(number), "y": 1]).value
      #expect(batch.evaluate([1, .number(number)]) == expected)
    }
    #expect(batch.evaluate([1]) == .null)
    #expect(throws: PlanFault.input("z")) { try model.plan("result", inputs: ["z"]) }
    #expect(throws: PlanFault.decision("z")) { try model.plan("z", inputs: []) }
  }
}
