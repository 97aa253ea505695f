import DMN
import FEEL
import Quantities
import Testing

@Suite("Table analysis")
struct AnalysisTests {
  private func findings(
    _ policy: String, _ inputs: [(String, String)], _ rows: [String],
    output: String = "<output name=\"o\" typeRef=\"string\"/>", items: String = ""
  ) throws -> [TableAnalysis.Finding] {
    let table = Models.table(policy, inputs: inputs, outputs: [output], rows: rows)
    let model = try Models.load(items + Models.decision(table, inputs))
    let analysis = try #require(model.analyse().first)
    #expect(analysis.isComplete)
    return analysis.findings
  }

  private let age = [("age", "number")]
  private let both = [("age", "number"), ("region", "string")]

  @Test("a complete table without overlaps has no findings")
  func clean() throws {
    let found = try findings(
      "UNIQUE", both,
      ["< 18 | - || \"a\"", ">= 18 | \"CZ\" || \"b\"", ">= 18 | not(\"CZ\") || \"c\""])
    #expect(found.isEmpty, "\(found)")
  }

  @Test("gaps are told in the words of cells")
  func gaps() throws {
    let found = try findings(
      "UNIQUE", age, ["< 18 || \"a\"", "(18..65) || \"b\"", "> 70 || \"c\""])
    #expect(found.map(\.kind) == [.gap])
    #expect(found.flatMap(\.region).map(\.cell) == ["18, [65..70]"])
    let two = try findings(
      "FIRST", both, ["< 18 | - || \"a\"", ">= 18 | \"CZ\", \"SK\" || \"b\""])
    #expect(
      two.map(\.description) == [
        "warning: No rule hits these inputs. [age: >= 18; region: another string]"
      ])
  }

  @Test("a default output closes all gaps, and COLLECT has none")
  func noGaps() throws {
    let output =
      "<output name=\"o\"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>"
    #expect(try findings("UNIQUE", age, ["< 18 || 2"], output: output).isEmpty)
    #expect(try findings("COLLECT", age, ["< 18 || \"2\""]).isEmpty)
  }

  @Test("overlaps are errors of UNIQUE, and of ANY where the outputs differ")
  func overlaps() throws {
    let rows = ["<= 18 || \"a\"", ">= 18 || \"b\""]
    let unique = try findings("UNIQUE", age, rows)
    #expect(unique.map(\.kind) == [.overlap])
    #expect(unique[0].isError)
    #expect(unique[0].rules == [1, 2])
    #expect(unique[0].region.map(\.cell) == ["18"])
    #expect(try findings("ANY", age, rows).map(\.kind) == [.conflict])
    #expect(try findings("ANY", age, ["<= 18 || \"a\"", ">= 18 || \"a\""]).isEmpty)
  }

  @Test("rules that never decide are found")
  func dead() throws {
    let first = try findings(
      "FIRST", age, ["< 10 || \"a\"", ">= 5 || \"b\"", "[3..20] || \"c\"", "- || \"d\""])
    #expect(first.filter { $0.kind == .unreachable }.map(\.rules) == [[3], [4]])
    let output =
      "<output name=\"o\" typeRef=\"string\"><outputValues><text>\"x\",\"y\"</text></outputValues>"
      + "</output>"
    let masked = try findings(
      "PRIORITY", age, ["> 5 || \"y\"", "- || \"x\""], output: output)
    #expect(masked.map(\.kind) == [.masked])
    #expect(masked[0].rules == [1])
  }

  @Test("cells that no allowed input meets make a rule impossible")
  func impossible() throws {
    let items = """
      <itemDefinition name="tGrade"><typeRef>string</typeRef>
        <allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
      """
    let found = try findings(
      "UNIQUE", [("grade", "tGrade")], ["\"A\" || \"1\"", "\"B\" || \"2\"", "\"C\" || \"3\""],
      items: items)
    #expect(found.map(\.kind) == [.impossible])
    #expect(found[0].rules == [3])
  }

  @Test("values and ranges of a cell that no allowed input meets are told beside the others")
  func idleTests() throws {
    let items = """
      <itemDefinition name="tScore"><typeRef>number</typeRef>
        <allowedValues><text>[300..850]</text></allowedValues></itemDefinition>
      """
    let found = try findings(
      "UNIQUE", [("score", "tScore")],
      ["< 200, [300..500) || \"1\"", "[500..850], 900 || \"2\""], items: items)
    #expect(found.map(\.kind) == [.idleTest, .idleTest])
    #expect(found.map(\.rules) == [[1], [2]])
    #expect(found[0].sentence.contains("< 200") && found[1].sentence.contains("900"))
    #expect(!found.contains { $0.isError })
  }

  @Test("a range that starts above its end makes a rule impossible")
  func reversed() throws {
    let found = try findings("FIRST", age, ["[10..5] || \"1\"", "- || \"2\""])
    #expect(found.map(\.kind) == [.impossible])
    #expect(found.map(\.rules) == [[1]])
  }

  @Test("duplicates, unused inputs and outputs that are not allowed are found")
  func others() throws {
    let output =
      "<output name=\"o\" typeRef=\"string\"><outputValues><text>\"x\",\"y\"</text></outputValues>"
      + "</output>"
    let found = try findings(
      "COLLECT", both, ["< 5 | - || \"x\"", "< 5.0 | - || \"z\"", "> 5 | - || \"y\""],
      output: output)
    #expect(Set(found.map(\.kind)) == [.output, .duplicate, .unusedInput])
    #expect(found.first?.rules == [2])
  }

  @Test("cells over other values are neither trusted to hit nor blamed to overlap")
  func openCells() throws {
    let found = try findings(
      "UNIQUE", both, ["< string length(region) | - || \"a\"", ">= 18 | - || \"b\""])
    #expect(!found.contains { $0.kind == .overlap })
    #expect(found.contains { $0.kind == .gap && $0.sentence.contains("depend") })
  }

  @Test("what the analysis says of a table is true of every input", arguments: 1...6)
  func agreesWithEvaluation(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = (0..<5).map { number in
      let cell = { () -> String in
        let low = Int.random(in: 0...4, using: &random)
        return ["-", "< \(low)", ">= \(low)", "[\(low)..\(low + 2)]", "\(low)"]
          .randomElement(using: &random) ?? "-"
      }
      return "\(cell()) | \(cell()) || \"\(number)\""
    }
    let inputs = [("x", "number"), ("y", "number")]
    let found = try findings("UNIQUE", inputs, rows)
    let collect = Models.table(
      "COLLECT", inputs: inputs, outputs: ["<output typeRef=\"string\"/>"], rows: rows)
    let model = try Models.load(Models.decision(collect, inputs))
    var hasGap = false
    var pairs: Set<[Int]> = []
    for x in stride(from: -1.0, through: 8, by: 0.5) {
      for y in stride(from: -1.0, through: 8, by: 0.5) {
        let value = model.evaluate(
          "result", ["x": .number(Decimal128(x)), "y": .number(Decimal128(y))]
        ).value
        let hits = (value.elements ?? []).compactMap { $0.text.flatMap { Int($0) } }
        hasGap = hasGap || hits.isEmpty
        for one in hits { for two in hits where one < two { pairs.insert([one + 1, two + 1]) } }
      }
    }
    #expect(found.contains { $0.kind == .gap } == hasGap)
    #expect(Set(found.filter { $0.kind == .overlap }.map(\.rules)) == pairs)
  }
}
