package import DMN
import FEEL
import Quantities

extension ProtectedAttributes {
  /// The rules of some files that read a protected attribute for credit or insurance without a
  /// legal basis.
  ///
  /// A basis is a knowledge source of the type `law` with the place where it can be read, that
  /// says by an authority requirement of its own which input it speaks of, and that the decision
  /// names as an authority: all of it DMN 1.5, 6.3.12 and 6.3.15. A decision that reads the input
  /// through other decisions is covered by the basis of the one that reads it first.
  ///
  /// A decision that looks a value up by a key which only the evaluation tells may read any of
  /// them, and no basis covers that.
  package func findings(in outline: ModelOutline) -> [RuleFinding] {
    var readings = ProtectedReadings(self, in: outline)
    return outline.elements.flatMap { element in readings.findings(of: element) }
  }
}

/// What the elements of some models read of protected attributes; each text and each name is
/// looked at once.
private struct ProtectedReadings {
  private let list: ProtectedAttributes
  /// By file, the names that stand for an attribute without saying so.
  private let aliases: AttributeAliases
  private let plain: PlainNames
  private var texts: [String: Names] = [:]
  private var known: [String: [Int]] = [:]

  /// The names in a text that speak of an attribute, and what cannot be told.
  private struct Names {
    var protected: [(name: String, attributes: [Int])] = []
    /// The other names, which may be aliases.
    var others: [String] = []
    var unclear: [String] = []
    /// The names that are written out as a text.
    var written: [String] = []
  }

  /// How an element reads something.
  private struct Reading: Hashable {
    /// The name by which it is read, or the call that reads it.
    let name: String
    /// The column of a table; nil where it is read elsewhere.
    var column: String?
    /// The rule, from 1; nil where it is the column's expression.
    var rule: Int?
    /// Whether it is what the table gives where no rule hits.
    var isDefault = false
  }

  init(_ list: ProtectedAttributes, in outline: ModelOutline) {
    self.list = list
    aliases = AttributeAliases(list.names, outline.files)
    plain = PlainNames(outline.files)
  }

  mutating func findings(of element: ModelOutline.Element) -> [RuleFinding] {
    let (readings, unclear) = readings(of: element)
    guard !readings.isEmpty || !unclear.isEmpty else { return [] }
    let trades = tradeColumns(of: element)
    var found: [RuleFinding] = []
    for (attribute, places) in readings.sorted(by: { $0.key < $1.key }) {
      let attribute = list.attributes[attribute]
      let isExempt = places.allSatisfy { exempts($0, element, trades, from: attribute.lines) }
      guard !isExempt, !hasBasis(element, for: attribute) else { continue }
      found.append(finding(element, attribute, places))
    }
    let lines = list.attributes.reduce(into: Set<ProductLine>()) { $0.formUnion($1.lines) }
    let unknown = unclear.filter { !exempts($0, element, trades, from: lines) }
    if !unknown.isEmpty { found.append(finding(element, unclear: unknown)) }
    return found
  }

  // MARK: - What is read

  private mutating func readings(
    of element: ModelOutline.Element
  ) -> (attributes: [Int: [Reading]], unclear: [Reading]) {
    var found: [Int: [Reading]] = [:]
    var unclear: [Reading] = []
    func note(_ attributes: [Int], _ reading: Reading) {
      for attribute in attributes where found[attribute]?.contains(reading) != true {
        found[attribute, default: []].append(reading)
      }
    }
    for expression in element.expressions {
      let names = names(in: expression.text)
      let place = { name in
        Reading(
          name: name, column: expression.column, rule: expression.rule,
          isDefault: expression.isDefault)
      }
      for (name, attributes) in names.protected { note(attributes, place(name)) }
      for name in names.others where aliases.holds(element.file) {
        note(aliases.attributes(of: name, in: element.file), place(name))
      }
      unclear += names.unclear.map(place)
      for name in names.written where !plain.holds(name, in: element.file) {
        unclear.append(place("string(\(name))"))
      }
    }
    for label in element.labels { note(attributes(of: label), Reading(name: label, column: label)) }
    for name in element.namesGiven {
      note(
        attributes(of: name) + aliases.attributes(of: name, in: element.file), Reading(name: name))
    }
    return (found, unclear)
  }

  private mutating func names(in text: String) -> Names {
    if let names = texts[text] { return names }
    let read = NamesRead(text)
    var names = Names(unclear: read.unclear, written: read.written)
    for name in read.names {
      let attributes = attributes(of: name)
      if attributes.isEmpty {
        names.others.append(name)
      } else {
        names.protected.append((name, attributes))
      }
    }
    texts[text] = names
    return names
  }

  private mutating func attributes(of name: String) -> [Int] {
    if let attributes = known[name] { return attributes }
    let attributes = list.names.attributes(in: name)
    known[name] = attributes
    return attributes
  }

  // MARK: - What lifts the refusal

  /// Whether a table reads something only in rules for other trades than the protected ones.
  private func exempts(
    _ reading: Reading, _ element: ModelOutline.Element, _ tradeColumns: Set<String>,
    from lines: Set<ProductLine>
  ) -> Bool {
    guard let column = reading.column, !reading.isDefault else { return false }
    let tables = element.tables.filter { table in
      (table.inputs + table.outputs).contains { $0.name == column }
    }
    return !tables.isEmpty
      && tables.allSatisfy { table in
        let trades = table.inputs.indices.filter { tradeColumns.contains(table.inputs[$0].name) }
        return Self.rules(of: table, reading).allSatisfy { rule in
          trades.contains { $0 < rule.inputs.count && Self.isOther(rule.inputs[$0], than: lines) }
        }
      }
  }

  private static let trades = [["product", "line"], ["product", "kind"]]

  /// The columns by which the tables of a decision tell the trade.
  ///
  /// They ask the input data of that name and nothing else: a label proves nothing, nor does a
  /// decision, an entry or a parameter of the same name.
  private func tradeColumns(of element: ModelOutline.Element) -> Set<String> {
    guard element.isDecision else { return [] }
    let given = element.namesGiven.map { ProtectedAttributes.words($0) }
    let data = element.inputs.map { ProtectedAttributes.words($0.name) }
    var (asking, others): (Set<String>, Set<String>) = ([], [])
    for expression in element.expressions where expression.rule == nil && !expression.isDefault {
      guard let column = expression.column else { continue }
      let words = ProtectedAttributes.words(expression.text)
      if Self.trades.contains(words), data.contains(words), !given.contains(words) {
        asking.insert(column)
      } else {
        others.insert(column)
      }
    }
    return asking.subtracting(others)
  }

  /// The rules of a table for which a reading matters: one, or all that ask about the column.
  private static func rules(of table: TableGrid, _ reading: Reading) -> [TableGrid.Rule] {
    if let number = reading.rule {
      return table.rules.indices.contains(number - 1) ? [table.rules[number - 1]] : []
    }
    guard let place = table.inputs.firstIndex(where: { $0.name == reading.column }) else {
      return table.rules
    }
    return table.rules.filter { $0.asks(place) }
  }

  /// Whether a cell of the product line or kind names other trades only.
  private static func isOther(_ cell: String, than lines: Set<ProductLine>) -> Bool {
    let names = cell.split(separator: ",").map { part in
      part.filter { !$0.isWhitespace }
    }
    return !names.isEmpty
      && names.allSatisfy { name in
        guard name.hasPrefix("\""), name.hasSuffix("\""), name.count > 2,
          let line = line(String(name.dropFirst().dropLast()))
        else { return false }
        return !lines.contains(line)
      }
  }

  private static func line(_ name: String) -> ProductLine? {
    ProductLine(rawValue: name) ?? ProductKind(rawValue: name)?.line
  }

  private func hasBasis(
    _ element: ModelOutline.Element, for attribute: ProtectedAttributes.Attribute
  ) -> Bool {
    element.authorities.contains { authority in
      authority.kind?.lowercased() == "law"
        && (authority.location ?? "").wholeMatch(of: /[A-Za-z][A-Za-z0-9+.\-]*:\S+/) != nil
        && authority.inputs.contains { input in
          let found =
            list.names.attributes(in: input) + aliases.attributes(of: input, in: element.file)
          return found.contains { list.attributes[$0].id == attribute.id }
        }
    }
  }

  // MARK: - What is told

  /// Names that a finding tells at most, and characters of each.
  private static let (namesLimit, nameLength) = (5, 80)

  private func finding(
    _ element: ModelOutline.Element, _ attribute: ProtectedAttributes.Attribute,
    _ readings: [Reading]
  ) -> RuleFinding {
    let law = attribute.sources.first?.law ?? ""
    return finding(
      element, readings,
      "It reads \(Self.names(readings)), the protected attribute \(attribute.id) (\(law)), "
        + "without a legal basis. Record one: a knowledge source of the type law with its "
        + "locationURI, which requires that input, and which the decision requires as an "
        + "authority.")
  }

  private func finding(
    _ element: ModelOutline.Element, unclear readings: [Reading]
  ) -> RuleFinding {
    finding(
      element, readings,
      "What \(Self.names(readings)) reads is known only when the rule is applied, and may be a "
        + "protected attribute. Write the key as a string in quotation marks, or read the value "
        + "by its name.")
  }

  private func finding(
    _ element: ModelOutline.Element, _ readings: [Reading], _ sentence: String
  ) -> RuleFinding {
    let column = readings.first { $0.column != nil }?.column
    var rules: Set<Int> = []
    for reading in readings where reading.column != nil {
      if let rule = reading.rule {
        rules.insert(rule)
      } else if !reading.isDefault {
        rules.formUnion(Self.rulesAsking(reading.column, element))
      }
    }
    return RuleFinding(
      code: "protected", file: element.file, element: element.name, rules: rules.sorted(),
      column: column, sentence: sentence)
  }

  private static func rulesAsking(_ column: String?, _ element: ModelOutline.Element) -> [Int] {
    element.tables.flatMap { table -> [Int] in
      guard let place = table.inputs.firstIndex(where: { $0.name == column }) else { return [] }
      return table.rules.indices.filter { table.rules[$0].asks(place) }.map { $0 + 1 }
    }
  }

  /// The names in the order in which they are read, each once and on one line.
  private static func names(_ readings: [Reading]) -> String {
    var names: [String] = []
    for reading in readings {
      let words = reading.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let name = words.count > nameLength ? String(words.prefix(nameLength)) + "…" : words
      if !names.contains(name) { names.append(name) }
    }
    let rest = names.count - namesLimit
    return names.prefix(namesLimit).map { "“\($0)”" }.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension TableGrid.Rule {
  /// Whether the rule has a condition on a column.
  fileprivate func asks(_ column: Int) -> Bool {
    guard column < inputs.count else { return true }
    return inputs[column].contains { !$0.isWhitespace && $0 != "-" }
  }
}
