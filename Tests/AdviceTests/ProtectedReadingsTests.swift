import DMN
import Support
import Testing

@testable import Advice

@Suite("Rules that read protected attributes")
struct ProtectedReadingsTests {
  private static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  /// A model whose decision `x` reads the input `who`, with more beside it.
  private static func model(
    _ logic: String, beside: String = "", typeRef: String = "Any", name: String = "extra.dmn"
  ) -> ModelFile {
    ModelFile(
      name: name,
      bytes: Array(
        """
        <definitions xmlns="\(namespace)" name="E" namespace="urn:\(name)">
        <inputData id="w" name="who"><variable name="who" typeRef="\(typeRef)"/></inputData>\(beside)
        <inputData id="l" name="product line"><variable name="product line" typeRef="string"/>
        </inputData><decision id="x" name="x"><variable name="x" typeRef="Any"/>
        <informationRequirement><requiredInput href="#w"/></informationRequirement>
        <informationRequirement><requiredInput href="#l"/></informationRequirement>
        \(logic)</decision></definitions>
        """.utf8))
  }

  private static func literal(_ text: String) -> String {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return "<literalExpression><text>\(escaped)</text></literalExpression>"
  }

  private static func findings(_ files: ModelFile...) throws -> [RuleFinding] {
    try #require(CheckedBook.protected).findings(in: try ModelOutline(files))
  }

  @Test(
    "Paths, filters, contexts and looked-up entries are seen, whatever they are called",
    arguments: [
      ("who.gender", "sex"), ("who . mother tongue", "ethnic origin"),
      ("if who.пол = 1 then 1 else 2", "sex"),
      (#"get value(who, "gender")"#, "sex"), (#"get value(who, "ge" + "nder")"#, "sex"),
      (#"get value(who, "g\u0065nder")"#, "sex"), (#"who["gender"]"#, "sex"),
      (#"who[name = "stare civilă"].value"#, "marital status"),
      ("who[naționalitate = 1]", "nationality"),
      ("{gender: who.g1}.gender", "sex"), (#"{"religia": who.r}"#, "religion"),
      (#"get entries(who)[key = "sex"].value"#, "sex"), ("(function(sex) sex)(who)", "sex"),
      ("for s in who return s.возраст", "age"), ("who instance of tGender", "sex"),
      ("sort(who, function(a, b) a.age < b.age)", "age"),
    ])
  func seen(_ text: String, id: String) throws {
    let found = try Self.findings(Self.model(Self.literal(text)))
    #expect(found.map(\.element) == ["x"], "\(found)")
    let finding = try #require(found.first)
    #expect(finding.sentence.contains("the protected attribute \(id) ("), "\(finding)")
    #expect(finding.isError && finding.code == "protected" && finding.file == "extra.dmn")
    #expect(!finding.description.contains("\n"))
  }

  @Test(
    "What reads none is let through, strings that are only values too",
    arguments: [
      "who.employment", #"get value(who, "employment")"#,
      #"get value({low: 1, high: 2}, who.level)"#,
      #"if who.kind in ["men", "women"] then "male" else "x""#, "who.general.agent",
      "budget values(who, 1)",
      #"get entries(who)[key = "income"].value"#, #""get value(who, which)""#,
    ])
  func unseen(_ text: String) throws {
    #expect(try Self.findings(Self.model(Self.literal(text))) == [])
  }

  @Test(
    "A value that is looked up by a key which only the evaluation tells is refused",
    arguments: [
      "get value(who, who.which)", "get value(who, lower case(who.which))",
      "(get value)(who, who.which)",
      "get entries(who)[2].value", "for e in get entries(who) return e.value",
    ])
  func computed(_ text: String) throws {
    let found = try Self.findings(Self.model(Self.literal(text)))
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.isError && finding.element == "x")
    #expect(finding.sentence.contains("is known only when the rule is applied"), "\(finding)")
    #expect(finding.sentence.contains("“"), "\(finding)")
  }

  @Test("The name that is read is told with the file, the decision, the rules and the column")
  func told() throws {
    let file = CheckedBook.model(
      inputs: [("dependants", "number"), ("gender_code", "string")],
      rules: ["- | \"f\" => \"no\"", "1 | - => \"yes\"", "> 1 | \"m\" => \"no\""])
    let found = try Self.findings(file).map(\.description)
    #expect(
      found.first?.hasPrefix(
        "extra.dmn, verdict, rules 1 and 3, column gender_code: error: It reads “gender_code”, "
          + "the protected attribute sex (") == true, "\(found)")
  }

  @Test("Types, components, labels and names of input data are seen through")
  func aliases() throws {
    let types = """
      <itemDefinition name="tGender"><typeRef>string</typeRef></itemDefinition>
      <itemDefinition name="tShort"><typeRef>tGender</typeRef></itemDefinition>
      <itemDefinition name="tClient"><itemComponent name="g1"><typeRef>tShort</typeRef></itemComponent>
      <itemComponent name="income"><typeRef>number</typeRef></itemComponent></itemDefinition>
      """
    let cases: [(String, String, Bool)] = [
      (types, "who.g1", true), (types, "who.income", false),
      (
        #"<inputData id="l" name="code" label="Gender"><variable name="code"/></inputData>"#,
        "code", true
      ),
      (
        #"<inputData id="g_1" name="Gender"><variable name="Gender"/></inputData>"#, "g_1 = 1",
        true
      ),
      (
        #"<inputData id="l" name="code" label="Sector"><variable name="code"/></inputData>"#,
        "code", false
      ),
      (
        #"<inputData id="l" name="Marital status"><variable name="ms"/></inputData>"#, "ms = 1",
        true
      ),
      (
        #"<inputData id="l" name="c"><variable name="c" typeRef="tSex"/></inputData>"#, "[c, who]",
        true
      ),
    ]
    for (beside, text, isRefused) in cases {
      let found = try Self.findings(
        Self.model(Self.literal(text), beside: beside, typeRef: "tClient"))
      #expect(found.map(\.element) == (isRefused ? ["x"] : []), "\(text): \(found)")
    }
  }

  @Test("An alias counts in its file and in those that import it")
  func importedAliases() throws {
    let home = Self.model(
      Self.literal("1"),
      beside: #"<inputData id="l" name="code" label="Gender"><variable name="code"/></inputData>"#,
      name: "home.dmn")
    let use = #"<import name="h" namespace="urn:home.dmn" importType="\#(Self.namespace)"/>"#
    let user = Self.model(Self.literal("h.code"), beside: use, name: "user.dmn")
    let stranger = Self.model(Self.literal("code"), name: "stranger.dmn")
    #expect(try Self.findings(home, user, stranger).map(\.file) == ["user.dmn"])
  }

  @Test("Parameters, entries and labelled columns called so are seen")
  func boxed() throws {
    let function = """
      <businessKnowledgeModel id="b" name="rate"><variable name="rate"/><encapsulatedLogic>
      <formalParameter name="is_female"/><literalExpression><text>if is_female then 1 else 2</text>
      </literalExpression></encapsulatedLogic></businessKnowledgeModel>
      """
    let found = try Self.findings(Self.model(Self.literal("rate(who)"), beside: function))
    #expect(found.map(\.element) == ["rate"])
    let invocation = """
      <invocation><literalExpression><text>rate</text></literalExpression><binding>
      <parameter name="sex"/><literalExpression><text>who.c</text></literalExpression></binding>
      </invocation>
      """
    let context = """
      <context><contextEntry><variable name="gen"/><literalExpression><text>who.c</text>
      </literalExpression></contextEntry></context>
      """
    let table = """
      <decisionTable hitPolicy="UNIQUE"><input label="Sex of the client"><inputExpression>
      <text>who.c</text></inputExpression></input><output/><rule><inputEntry><text>"f"</text>
      </inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>
      """
    for logic in [invocation, context, table] {
      #expect(try Self.findings(Self.model(logic)).map(\.element) == ["x"], "\(logic)")
    }
    let column = try Self.findings(Self.model(table)).first
    #expect(column?.column == "Sex of the client" && column?.rules == [1])
  }

  @Test("Outputs and defaults of a table are read as its conditions are")
  func outputs() throws {
    func table(
      _ line: String, output: String, standard: String = "1", asked: String = "product line"
    ) -> String {
      """
      <decisionTable hitPolicy="UNIQUE"><input label="the trade"><inputExpression>
      <text>\(asked)</text></inputExpression></input><output name="out"><defaultOutputEntry>
      <text>\(standard)</text></defaultOutputEntry></output><rule><inputEntry><text>\(line)</text>
      </inputEntry><outputEntry><text>\(output)</text></outputEntry></rule></decisionTable>
      """
    }
    let cases: [(String, String, String, Bool)] = [
      ("\"loan\"", "who.gender", "1", true), ("\"hedge\"", "who.gender", "1", false),
      ("\"hedge\"", "1", "who.gender", true), ("\"loan\"", "get value(who, who.k)", "1", true),
      ("\"hedge\"", "get value(who, who.k)", "1", false),
      ("\"deposit\", \"loan\"", "who.sex", "1", true),
      ("\"loan\"", "who.income", "1", false),
    ]
    for (line, output, standard, isRefused) in cases {
      let found = try Self.findings(Self.model(table(line, output: output, standard: standard)))
      #expect(found.isEmpty != isRefused, "\(line) \(output) \(standard): \(found)")
    }
    for asked in ["\"hedge\"", "if product line = \"loan\" then \"hedge\" else product line"] {
      let logic = table("\"hedge\"", output: "who.gender", asked: asked)
        .replacing("the trade", with: "product line")
      #expect(try !Self.findings(Self.model(logic)).isEmpty, "\(asked)")
    }
    let shadowed = """
      <context><contextEntry><variable name="product line"/><literalExpression>
      <text>"hedge"</text></literalExpression></contextEntry><contextEntry>
      \(table("\"hedge\"", output: "who.gender"))</contextEntry></context>
      """
    #expect(try !Self.findings(Self.model(shadowed)).isEmpty)
    let derived = Self.model(table("\"hedge\"", output: "who.gender"))
    let text = String(decoding: derived.bytes, as: UTF8.self)
      .replacing("<inputData id=\"l\"", with: "<decision id=\"l\"")
      .replacing(
        "</inputData><decision id=\"x\"",
        with: Self.literal("\"hedge\"") + "</decision><decision id=\"x\""
      )
      .replacing("<requiredInput href=\"#l\"/>", with: "<requiredDecision href=\"#l\"/>")
    #expect(try !Self.findings(ModelFile(name: "extra.dmn", bytes: Array(text.utf8))).isEmpty)
  }

  @Test(
    "A record written out as a text, or compared by a key that is worked out, may be any of it",
    arguments: [
      (#"contains(string(who), "f")"#, true), ("string(from: who)", true),
      ("string(who.person)", true), ("string(product line)", false), ("string(who.age + 1)", true),
      ("string(if true then who else null)", true), (#"string(1) + "a""#, false),
      ("string(floor(1.5))", false), ("string length(product line)", false),
      (#"who = context put({}, "s" + "ex", "f")"#, true),
      (#"who = context put({}, lower case("SEX"), "f")"#, true),
      (#"who = context put({}, "income", 1)"#, false),
      (#"who = context([{key: string join(["s", "ex"]), value: 1}])"#, true),
      (#"who = context([{key: "income", value: 1}])"#, false), ("context(who.entries)", true),
    ])
  func writtenOut(text: String, isRefused: Bool) throws {
    let found = try Self.findings(Self.model(Self.literal(text)))
    #expect(found.isEmpty != isRefused, "\(text): \(found)")
  }

  @Test("A legal basis counts for the attribute of the input that it names, in any language")
  func basis() throws {
    for (input, name, isLifted) in [
      ("пол", "пол", true), ("gen", "gen", true), ("пол", "naționalitate", false),
    ] {
      let inputs = [(input, "string"), ("naționalitate", "string")]
      let place = inputs.firstIndex { $0.0 == name } ?? 0
      let file = CheckedBook.model(
        inputs: inputs, rules: ["\"f\" | - => \"no\""],
        extra: "<knowledgeSource id=\"k\" name=\"Act 1\" locationURI=\"urn:act\">"
          + "<authorityRequirement><requiredInput href=\"#i\(place)\"/></authorityRequirement>"
          + "<type>law</type></knowledgeSource>",
        authorities:
          "<authorityRequirement><requiredAuthority href=\"#k\"/></authorityRequirement>")
      let found = try Self.findings(file).filter { $0.column == input }
      #expect(found.isEmpty == isLifted, "\(input) by \(name): \(found)")
    }
  }
}
