import DMN
import FEEL
import Foundation
import Quantities
import Support
import Testing

@Suite("A model edited in place")
struct ModelTextTests {
  private static let file = ModelFile(
    name: "m.dmn",
    bytes: Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:x="urn:x" name="M" namespace="urn:m">
        <!-- a comment of the author -->
        <dmn:inputData id="a" name="a"><dmn:variable name="a" typeRef="number"/></dmn:inputData>
        <dmn:decision id="d" name="d"><dmn:variable name="d" typeRef="string"/>
          <dmn:informationRequirement><dmn:requiredInput href="#a"/></dmn:informationRequirement>
          <dmn:decisionTable hitPolicy="FIRST">
            <dmn:input><dmn:inputExpression typeRef="number"><dmn:text>a</dmn:text></dmn:inputExpression></dmn:input>
            <dmn:output name="grade"/>
            <dmn:rule id="R1" x:colour="red"><dmn:inputEntry id="c1"><dmn:text>&lt; 10</dmn:text></dmn:inputEntry><dmn:outputEntry><dmn:text>"low"</dmn:text></dmn:outputEntry></dmn:rule>
            <!-- between -->
            <dmn:rule id="R2"><dmn:inputEntry/><dmn:outputEntry><dmn:text>"high"</dmn:text></dmn:outputEntry></dmn:rule>
          </dmn:decisionTable>
        </dmn:decision>
        <x:diagram><x:shape at="1 2"/></x:diagram>
      </dmn:definitions>
      """.utf8))

  private static func value(_ file: ModelFile, _ a: Int) throws -> String {
    let model = try Model.load([file])
    return "\(model.evaluate("d", ["a": .number(Decimal128(a))]).value)"
  }

  @Test("A changed cell changes its own bytes and no others")
  func oneCell() throws {
    let text = try ModelText(Self.file)
    let table = try #require(text.tables.first)
    #expect(table.inputs.map(\.name) == ["a"])
    #expect(table.rules.map(\.id) == ["R1", "R2"])
    var rules = table.rules
    rules[0].inputs[0] = "<= 10 & more"
    let edited = try text.replacingRules(ofTable: 0, with: rules)
    let before = String(decoding: Self.file.bytes, as: UTF8.self)
    let after = String(decoding: edited.bytes, as: UTF8.self)
    #expect(
      after == before.replacing("<dmn:text>&lt; 10<", with: "<dmn:text>&lt;= 10 &amp; more<"))
    let same = try text.replacingRules(ofTable: 0, with: table.rules)
    #expect(same.bytes == Self.file.bytes)
  }

  @Test("An empty cell can be filled, rules be added, moved and taken out")
  func rows() throws {
    let text = try ModelText(Self.file)
    var rules = try #require(text.tables.first).rules
    rules[1].inputs[0] = ">= 100"
    rules.append(.init(id: "R<3>", inputs: ["-"], outputs: ["\"middle\""]))
    let edited = try text.replacingRules(ofTable: 0, with: rules)
    #expect(try Self.value(edited, 5) == "\"low\"")
    #expect(try Self.value(edited, 50) == "\"middle\"")
    #expect(try Self.value(edited, 100) == "\"high\"")
    let content = String(decoding: edited.bytes, as: UTF8.self)
    for kept in ["x:colour=\"red\"", "a comment of the author", "<x:shape at=\"1 2\"/>"] {
      #expect(content.contains(kept), "\(kept)")
    }
    let again = try ModelText(edited)
    #expect(again.tables[0].rules.map(\.id) == ["R1", "R2", "R<3>"])
    let one = try again.replacingRules(ofTable: 0, with: [again.tables[0].rules[2]])
    #expect(try Self.value(one, 5) == "\"middle\"")
    let none = try ModelText(one).replacingRules(ofTable: 0, with: [])
    #expect(try ModelText(none).tables[0].rules.isEmpty)
  }

  @Test("A place that is not there and a character that XML lacks are refused")
  func refusals() throws {
    let text = try ModelText(Self.file)
    let rules = try #require(text.tables.first).rules
    #expect(throws: ModelText.Fault.noSuchPlace) {
      try text.replacingRules(ofTable: 1, with: rules)
    }
    var strange = rules
    strange[0].origin = 7
    #expect(throws: ModelText.Fault.noSuchPlace) {
      try text.replacingRules(ofTable: 0, with: strange)
    }
    strange = rules
    strange[0].inputs[0] = "\u{1}"
    #expect(throws: ModelText.Fault.unwritable) {
      try text.replacingRules(ofTable: 0, with: strange)
    }
    #expect(throws: ModelProblems.self) {
      try ModelText(ModelFile(name: "x", bytes: Array("<a/>".utf8)))
    }
  }

  @Test("An outline follows requirements into an imported file")
  func outline() throws {
    let other = ModelFile(
      name: "n.dmn",
      bytes: Array(
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="N" namespace="urn:n">
        <import name="m" namespace="urn:m" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        <decision id="e" name="e"><variable name="e"/>
        <informationRequirement><requiredDecision href="urn:m#d"/></informationRequirement>
        <authorityRequirement><requiredAuthority href="#k"/></authorityRequirement>
        <literalExpression><text>m.d</text></literalExpression></decision>
        <knowledgeSource id="k" name="K" locationURI="urn:law"><authorityRequirement><requiredInput href="urn:m#a"/></authorityRequirement><type>law</type></knowledgeSource>
        </definitions>
        """.utf8))
    let outline = try ModelOutline([Self.file, other])
    #expect(outline.files.map(\.imports) == [[], ["urn:m"]])
    let element = try #require(outline.elements.first { $0.name == "e" })
    #expect(element.required.map { outline.elements[$0].name } == ["d"])
    #expect(element.authorities.map(\.inputs) == [["a"]])
    #expect(element.authorities.first?.kind == "law")
  }
}
