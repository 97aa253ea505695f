import DMN
import FEEL
import Foundation
import Support
import Testing

@Suite("Export")
struct ExportTests {
  private static let kit = SharedFolder.find("dmn-tck")

  /// The models of the kit, each with the files of its folder.
  private static func models() throws -> [(folder: URL, files: [ModelFile])] {
    guard let kit else { return [] }
    let root = kit.appending(path: "TestCases")
    let names = (FileManager.default.enumerator(atPath: root.path)?.allObjects ?? [])
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".dmn") }.sorted()
    var folders: [String: [String]] = [:]
    for name in names {
      folders[(name as NSString).deletingLastPathComponent, default: []].append(name)
    }
    return try folders.sorted { $0.key < $1.key }.map { folder, names in
      let files = try names.map { name in
        ModelFile(
          name: (name as NSString).lastPathComponent,
          bytes: Array(try Data(contentsOf: root.appending(path: name))))
      }
      return (root.appending(path: folder), files)
    }
  }

  @Test(
    "import, export and import again give the same file",
    .enabled(if: kit != nil, "needs ../shared/dmn-tck"))
  func stable() throws {
    for (folder, files) in try Self.models() {
      let once = try Model.load(files, strictness: .lenient).export()
      let twice = try Model.load(once, strictness: .lenient).export()
      #expect(once == twice, "\(folder.lastPathComponent)")
    }
  }

  @Test(
    "exported files give the results of the kit and are valid against the schema",
    .enabled(if: kit != nil, "needs ../shared/dmn-tck"))
  func sameResults() throws {
    let folder = try TemporaryFolder()
    let root = folder.url.appending(path: "TestCases")
    var exported: [String] = []
    for (source, files) in try Self.models() {
      let level = source.deletingLastPathComponent().lastPathComponent
      guard level.hasPrefix("compliance") else { continue }
      let target = root.appending(path: "\(level)/\(source.lastPathComponent)")
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      for file in try Model.load(files, strictness: .lenient).export() {
        let place = target.appending(path: file.name)
        try Data(file.bytes).write(to: place)
        exported.append(place.path)
      }
      for name in try FileManager.default.contentsOfDirectory(atPath: source.path)
      where name.hasSuffix(".xml") {
        try FileManager.default.copyItem(
          at: source.appending(path: name), to: target.appending(path: name))
      }
    }
    let report = try KitRunner().run(root)
    for line in report.lines where line.verdict != .success {
      Issue.record("\(line.key): \(line.detail)")
    }
    let faults = try SchemaLinter.faults(of: exported)
    #expect(faults.isEmpty, "\(faults.prefix(10).joined(separator: "\n"))")
  }

  @Test("names, ids, types, descriptions and requirements are kept")
  func kept() throws {
    let model = try Models.load(
      """
      <description>a &lt; b</description>
      <itemDefinition id="t" name="tRate" isCollection="true"><typeRef>number</typeRef>
        <allowedValues><text>[0..1]</text></allowedValues></itemDefinition>
      <inputData id="x" name="x"><variable id="vx" name="x" typeRef="tRate"/></inputData>
      <decision id="d" name="result" label="shown"><question>How much?</question>
        <variable name="result"/>
        <informationRequirement><requiredInput href="#x"/></informationRequirement>
        <authorityRequirement><requiredAuthority href="#law"/></authorityRequirement>
        <literalExpression id="e"><text>x[1] &gt; 0.5 and
      "q" = "\\"q"</text></literalExpression></decision>
      <knowledgeSource id="law" name="Act 257" locationURI="https://example.org/257"/>
      """)
    let text = String(decoding: model.export()[0].bytes, as: UTF8.self)
    for part in [
      "<description>a &lt; b</description>", "isCollection=\"true\"", "<text>[0..1]</text>",
      "id=\"vx\"", "<question>How much?</question>", "<requiredInput href=\"#x\"/>",
      "<requiredAuthority href=\"#law\"/>", "x[1] &gt; 0.5 and\n\"q\" = \"\\\"q\"",
      "locationURI=\"https://example.org/257\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }
}
