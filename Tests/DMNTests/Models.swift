import DMN
import FEEL
import Quantities

/// Small models written in tests.
enum Models {
  static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  /// The bytes of a model with these elements.
  static func file(
    _ elements: String, name: String = "test.dmn", model: String = "urn:test",
    version: String = namespace
  ) -> ModelFile {
    let text = """
      <definitions xmlns="\(version)" xmlns:feel="http://www.omg.org/spec/FEEL/20140401" \
      name="test" namespace="\(model)">
      \(elements)
      </definitions>
      """
    return ModelFile(name: name, bytes: Array(text.utf8))
  }

  static func load(_ elements: String) throws -> Model { try Model.load([file(elements)]) }

  /// A decision "result" of FEEL text over inputs of the types given.
  static func literal(_ text: String, inputs: [(String, String)] = []) -> String {
    decision("<literalExpression><text>\(escaped(text))</text></literalExpression>", inputs)
  }

  /// A decision "result" with some logic over inputs of the types given.
  static func decision(
    _ logic: String, _ inputs: [(String, String)] = [], type: String = "Any"
  ) -> String {
    let data = inputs.map { name, type in
      """
      <inputData id="i_\(name)" name="\(name)"><variable name="\(name)" typeRef="\(type)"/></inputData>
      """
    }
    let requirements = inputs.map { name, _ in
      "<informationRequirement><requiredInput href=\"#i_\(name)\"/></informationRequirement>"
    }
    return """
      <decision id="d" name="result"><variable name="result" typeRef="\(type)"/>
      \(requirements.joined())\(logic)</decision>\(data.joined())
      """
  }

  /// A decision table of rows `cell | cell || output | output`.
  static func table(
    _ policy: String, inputs: [(String, String)], outputs: [String], rows: [String],
    attributes: String = ""
  ) -> String {
    let columns = inputs.map { name, type in
      "<input label=\"\(name)\"><inputExpression typeRef=\"\(type)\"><text>\(name)</text>"
        + "</inputExpression></input>"
    }
    let rules = rows.enumerated().map { number, row in
      let parts = row.components(separatedBy: "||")
      let cells = parts[0].components(separatedBy: "|").map {
        "<inputEntry>\(cell($0))</inputEntry>"
      }
      let results = (parts.last ?? "").components(separatedBy: "|")
        .map { "<outputEntry>\(cell($0))</outputEntry>" }
      return "<rule id=\"r\(number + 1)\">\((cells + results).joined())"
        + "<annotationEntry><text>note \(number + 1)</text></annotationEntry></rule>"
    }
    return """
      <decisionTable hitPolicy="\(policy)" \(attributes)>\(columns.joined())\(outputs.joined())
      <annotation name="why"/>\(rules.joined())</decisionTable>
      """
  }

  private static func cell(_ text: String) -> String {
    "<text>\(escaped(text.trimmed))</text>"
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension String {
  /// The parts between a separator.
  func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
