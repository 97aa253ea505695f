/// A model file that is edited in place: what is not touched stays as it was, with its comments,
/// its diagrams and the extensions of other tools.
public struct ModelText: Sendable {
  /// The file, in UTF-8.
  public let file: ModelFile
  /// The decision tables in the order of the file, whether or not the model can be used.
  public let tables: [TableGrid]
  private let places: [TablePlace]

  /// Where the parts of a table stand in the file.
  private struct TablePlace: Sendable {
    var table: XMLElement
    var rules: [XMLElement] { table.children("rule") }
  }

  /// Reads a file.
  ///
  /// - Throws: `ModelProblems` when the file is no DMN model at all; faults of its expressions do
  ///   not matter here.
  public init(_ file: ModelFile) throws(ModelProblems) {
    let bytes: [UInt8]
    let root: XMLElement
    do throws(XMLFault) {
      guard file.bytes.count <= XMLLimits().bytes else {
        throw XMLFault(message: "The file is larger than \(XMLLimits().bytes) bytes.", offset: 0)
      }
      bytes = Self.inUTF8(try XMLEncoding.decode(file.bytes), of: file.bytes)
      root = try XMLReader.read(SourceFile(name: file.name, bytes: bytes))
    } catch {
      let place = SourceFile(name: file.name, bytes: file.bytes).place(at: error.offset)
      throw ModelProblems([
        ModelProblem(
          code: "xml", file: file.name, line: place.line, column: place.column,
          message: error.message)
      ])
    }
    var reader = ModelReader(file: 0, source: SourceFile(name: file.name, bytes: bytes))
    guard reader.definitions(root) != nil else { throw ModelProblems(reader.problems) }
    self.file = ModelFile(name: file.name, bytes: bytes)
    var tables: [TableGrid] = []
    var places: [TablePlace] = []
    for element in root.children
    where element.name == "decision" || element.name == "businessKnowledgeModel" {
      for table in Self.tables(in: element) {
        tables.append(TableGrid(table, of: element.attribute("name") ?? ""))
        places.append(TablePlace(table: table))
      }
    }
    self.tables = tables
    self.places = places
  }

  private static func tables(in element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child in
      child.name == "decisionTable" ? [child] : tables(in: child)
    }
  }

  /// The text as UTF-8, with a declaration that says so where the file was in another encoding.
  private static func inUTF8(_ decoded: [UInt8], of original: [UInt8]) -> [UInt8] {
    guard decoded != original, decoded.starts(with: Array("<?xml".utf8)),
      let end = decoded.firstIndex(of: UInt8(ascii: ">"))
    else { return decoded }
    return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8) + decoded[(end + 1)...]
  }

  /// Why an edit is not done.
  public enum Fault: Error, Sendable, Hashable {
    /// There is no such table, rule or column.
    case noSuchPlace
    /// A text has characters that XML cannot hold.
    case unwritable
  }

  /// The file with other rules in one of its tables.
  ///
  /// A rule with an origin keeps its place in the file, its id and whatever else it has; only the
  /// cells whose text differs are written anew.
  /// - Parameters:
  ///   - table: the number of the table in ``tables``.
  ///   - rules: the rules as they shall be.
  public func replacingRules(
    ofTable table: Int, with rules: [TableGrid.Rule]
  ) throws(Fault) -> ModelFile {
    guard tables.indices.contains(table) else { throw .noSuchPlace }
    let (grid, place) = (tables[table], places[table])
    var blocks: [[UInt8]] = []
    for rule in rules {
      guard rule.inputs.count == grid.inputs.count, rule.outputs.count == grid.outputs.count,
        rule.annotations.count <= max(grid.annotations.count, rule.annotations.count)
      else { throw .noSuchPlace }
      guard (rule.inputs + rule.outputs + rule.annotations).allSatisfy(Self.isWritable) else {
        throw .unwritable
      }
      if let origin = rule.origin {
        guard grid.rules.indices.contains(origin) else { throw .noSuchPlace }
        blocks.append(patched(place.rules[origin], from: grid.rules[origin], to: rule))
      } else {
        blocks.append(block(rule, prefix: prefix(of: place.table)))
      }
    }
    return ModelFile(name: file.name, bytes: assembled(blocks, rules, place))
  }

  /// The file with the blocks of the rules in the place of the old ones.
  private func assembled(
    _ blocks: [[UInt8]], _ rules: [TableGrid.Rule], _ place: TablePlace
  ) -> [UInt8] {
    let old = place.rules
    var bytes = file.bytes
    if rules.compactMap(\.origin) == Array(old.indices), rules.count == old.count {
      // The same rules in the same order: what stands between them stays too.
      for (element, block) in zip(old, blocks).reversed() {
        bytes.replaceSubrange(element.offset..<element.end, with: block)
      }
      return bytes
    }
    let indent = [UInt8(ascii: "\n")] + Array(repeating: UInt8(ascii: " "), count: 6)
    let joined = Array(blocks.joined(separator: indent))
    if let first = old.first, let last = old.last {
      bytes.replaceSubrange(first.offset..<last.end, with: joined)
    } else if let last = place.table.children.last {
      bytes.insert(contentsOf: indent + joined, at: last.end)
    }
    return bytes
  }

  /// A rule's text with the cells that differ written anew.
  private func patched(
    _ element: XMLElement, from old: TableGrid.Rule, to new: TableGrid.Rule
  ) -> [UInt8] {
    var changes: [(range: Range<Int>, text: [UInt8])] = []
    func change(_ name: String, _ before: [String], _ after: [String]) {
      let cells = element.children(name)
      for (index, text) in after.enumerated() {
        guard index >= before.count || before[index] != text else { continue }
        if index < cells.count {
          let cell = cells[index]
          let target = cell.child("text") ?? cell
          let isWhole = cell.child("text") == nil
          let name = isWhole ? "<\(prefix(of: cell))\(cell.name)>" : ""
          let close = isWhole ? "</\(prefix(of: cell))\(cell.name)>" : ""
          let inner = self.text(text, prefix: prefix(of: cell))
          changes.append(
            (target.offset..<target.end, Array(name.utf8) + inner + Array(close.utf8)))
        } else if !text.isEmpty, let last = element.children.last {
          changes.append((last.end..<last.end, entry(name, text, prefix: prefix(of: element))))
        }
      }
    }
    change("inputEntry", old.inputs, new.inputs)
    change("outputEntry", old.outputs, new.outputs)
    change("annotationEntry", old.annotations, new.annotations)
    var bytes = Array(file.bytes[element.offset..<element.end])
    let ordered = changes.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) > ($1.element.range.lowerBound, $1.offset)
    }
    for (_, change) in ordered {
      let start = change.range.lowerBound - element.offset
      bytes.replaceSubrange(start..<start + change.range.count, with: change.text)
    }
    return bytes
  }

  private func block(_ rule: TableGrid.Rule, prefix: String) -> [UInt8] {
    let id = rule.id.map { id in
      " id=\"" + String(decoding: XMLWriter.escaped(id, inAttribute: true), as: UTF8.self) + "\""
    }
    var bytes = Array("<\(prefix)rule\(id ?? "")>".utf8)
    for cell in rule.inputs { bytes += entry("inputEntry", cell, prefix: prefix) }
    for cell in rule.outputs { bytes += entry("outputEntry", cell, prefix: prefix) }
    for cell in rule.annotations { bytes += entry("annotationEntry", cell, prefix: prefix) }
    return bytes + Array("\n      </\(prefix)rule>".utf8)
  }

  private func entry(_ name: String, _ text: String, prefix: String) -> [UInt8] {
    Array("\n        <\(prefix)\(name)>".utf8) + self.text(text, prefix: prefix)
      + Array("</\(prefix)\(name)>".utf8)
  }

  private func text(_ text: String, prefix: String) -> [UInt8] {
    Array("<\(prefix)text>".utf8) + XMLWriter.escaped(text, inAttribute: false)
      + Array("</\(prefix)text>".utf8)
  }

  /// The prefix of an element's name in the file with its colon; empty for none.
  private func prefix(of element: XMLElement) -> String {
    let name = file.bytes[(element.offset + 1)...].prefix { byte in
      ![UInt8(ascii: ">"), UInt8(ascii: "/"), 0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(decoding: name[name.startIndex...colon], as: UTF8.self)
  }

  /// Whether XML 1.0 can hold a text.
  private static func isWritable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        || [0x09, 0x0A, 0x0D].contains(scalar.value)
    }
  }
}

extension TableGrid {
  /// The table of an element as it stands in its file.
  init(_ table: XMLElement, of element: String) {
    func text(_ element: XMLElement?) -> String { element?.child("text")?.text ?? "" }
    func values(_ element: XMLElement?) -> String? {
      element.map { CellWords.oneLine(text($0)) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    self.element = element
    hitPolicy = table.attribute("hitPolicy").flatMap(HitPolicy.init(rawValue:)) ?? .unique
    aggregation = table.attribute("aggregation").flatMap(Aggregation.init(rawValue:))
    inputs = table.children("input").map { input in
      let expression = input.child("inputExpression")
      let label = input.attribute("label") ?? ""
      return Column(
        name: label.isEmpty ? CellWords.oneLine(text(expression)) : label,
        type: expression?.attribute("typeRef"), values: values(input.child("inputValues")))
    }
    let outputs = table.children("output")
    self.outputs = outputs.enumerated().map { place, output in
      let name = output.attribute("name") ?? output.attribute("label")
      return Column(
        name: name ?? (outputs.count == 1 ? element : "output \(place + 1)"),
        type: output.attribute("typeRef"), values: values(output.child("outputValues")))
    }
    annotations = table.children("annotation").enumerated().map { place, note in
      note.attribute("name") ?? "note \(place + 1)"
    }
    rules = table.children("rule").enumerated().map { place, rule in
      Rule(
        origin: place, id: rule.attribute("id"),
        inputs: rule.children("inputEntry").map { text($0) },
        outputs: rule.children("outputEntry").map { text($0) },
        annotations: rule.children("annotationEntry").map { text($0) })
    }
  }
}
