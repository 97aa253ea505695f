import DMN
import Foundation
import Support
import Testing

/// The DMN Technology Compatibility Kit, which lies beside the project.
///
/// `KitLists.passing` says for each folder of the kit how many cases pass. The figures may only
/// grow: a folder with fewer is a failure, one with more asks for its new figure.
@Suite("DMN Technology Compatibility Kit")
struct ConformanceTests {
  private static let kit = SharedFolder.find("dmn-tck")

  private static let listed: [String: Int] = {
    var counts: [String: Int] = [:]
    for line in KitLists.passing.split(separator: "\n") {
      let parts = line.split(separator: " ")
      if parts.count == 2, let count = Int(parts[1]) { counts[String(parts[0])] = count }
    }
    return counts
  }()

  @Test(
    "the list of passing cases only grows",
    .enabled(if: kit != nil, "needs ../shared/dmn-tck"))
  func passing() throws {
    let report = try KitRunner().run(try #require(Self.kit))
    var found: [String: Int] = [:]
    for line in report.lines where line.verdict == .success { found[line.folder, default: 0] += 1 }
    for (folder, count) in Self.listed {
      #expect(found[folder, default: 0] >= count, "\(folder)")
    }
    let more = found.filter { $0.value > Self.listed[$0.key, default: 0] }
    #expect(more.isEmpty, "write the new figures into KitLists.passing: \(more)")
  }

  @Test(
    "without tolerance only the cases fail whose expected numbers the kit has rounded",
    .enabled(if: kit != nil, "needs ../shared/dmn-tck"),
    arguments: ["compliance-level-2", "compliance-level-3"])
  func exact(level: String) throws {
    let folder = try #require(Self.kit).appending(path: "TestCases/\(level)")
    let report = try KitRunner(isExact: true).run(folder)
    let rounded = Set(KitLists.rounded.split(separator: "\n").map(String.init))
    for line in report.lines where line.verdict != .success {
      #expect(rounded.contains(line.key), "\(line.detail)")
    }
  }

  @Test(
    "levels 2 and 3 pass in full", .enabled(if: kit != nil, "needs ../shared/dmn-tck"),
    arguments: ["compliance-level-2", "compliance-level-3"])
  func complete(level: String) throws {
    let folder = try #require(Self.kit).appending(path: "TestCases/\(level)")
    let report = try KitRunner().run(folder)
    #expect(!report.lines.isEmpty)
    for line in report.lines where line.verdict != .success {
      Issue.record("\(line.key): \(line.detail)")
    }
  }

  @Test("the table ends with totals and the CSV has a line a case")
  func report() throws {
    let folder = try TemporaryFolder()
    let place = folder.url.appending(path: "compliance-level-2/0001-sum")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let model = """
      <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">
        <decision name="sum" id="d"><variable name="sum" typeRef="number"/>
          <literalExpression><text>1 + 2</text></literalExpression></decision>
      </definitions>
      """
    let cases = """
      <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <modelName>m.dmn</modelName>
        <testCase id="1"><resultNode name="sum"><expected>
          <value xsi:type="xsd:decimal">3.000000001</value></expected></resultNode></testCase>
        <testCase id="2"><resultNode name="sum"><expected>
          <value xsi:type="xsd:decimal">4</value></expected></resultNode></testCase>
      </testCases>
      """
    try model.write(to: place.appending(path: "m.dmn"), atomically: true, encoding: .utf8)
    try cases.write(to: place.appending(path: "m-test-01.xml"), atomically: true, encoding: .utf8)
    let report = try KitRunner().run(folder.url)
    #expect(report.passed == 1)
    #expect(!report.isComplete)
    #expect(report.table.split(separator: "\n").last?.hasPrefix("total") == true)
    #expect(report.table.contains("1/2"))
    #expect(
      report.csv.hasPrefix(
        "\"compliance-level-2/0001-sum\",\"m-test-01\",\"1\",\"SUCCESS\",\"\"\n"))
    #expect(report.csv.contains("\"ERROR\",\"sum: expected 4, found 3\""))
    #expect(try KitRunner(isExact: true).run(folder.url).passed == 0)
  }
}
