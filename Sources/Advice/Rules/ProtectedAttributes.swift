package import DMN
import JSON
package import Quantities

/// What the law protects people by: attributes that a rule for credit or insurance may read only on
/// a legal basis.
///
/// The list is data (`Rules/protected-attributes.json`), with the law behind each attribute.
package struct ProtectedAttributes: Sendable {
  /// The attributes in the order of the list.
  package let attributes: [Attribute]

  /// One protected attribute.
  package struct Attribute: Sendable, Hashable {
    /// Its name; a client's value of it is known by the same name.
    package let id: String
    /// The words by which an input or a field is known to be it.
    package let names: [[String]]
    /// The trades for which the law protects it.
    package let lines: Set<ProductLine>
    /// The lower bounds of groups where it is a number, such as years of age.
    package let bands: [Int]
    /// The law.
    package let sources: [Source]
  }

  /// A law that protects an attribute.
  package struct Source: Sendable, Hashable {
    package let law: String
    package let uri: String
  }

  /// Attributes of a list at most.
  private static let limit = 100

  /// Reads a list.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations`.
  package init(json bytes: [UInt8]) throws {
    attributes = try decodeJSON(bytes, limits: .file) { fields in
      fields.objects("attributes", min: 1, max: Self.limit) { Attribute(reading: $0) }
    }
  }

  /// The attribute that some words name; nil where they name none.
  package func attribute(named text: String) -> Attribute? {
    let words = Self.words(text)
    return attributes.first { attribute in
      attribute.names.contains { name in Self.contains(words, name) }
    }
  }

  /// A text's words in lower case: `birthDate`, `birth_date` and `Birth date` are the same.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in text {
      let isPart = character.isLetter || character.isNumber
      if !isPart || (character.isUppercase && wasLower) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isPart { word += character.lowercased() }
      wasLower = isPart && !character.isUppercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func contains(_ words: [String], _ name: [String]) -> Bool {
    guard !name.isEmpty, words.count >= name.count else { return false }
    return (0...(words.count - name.count)).contains { start in
      words[start..<start + name.count].elementsEqual(name)
    }
  }
}

extension ProtectedAttributes.Attribute {
  fileprivate init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .notBlank)
    let names = fields.strings("names", max: 60, maxLength: 60)
    let lines = fields.strings("lines", max: ProductLine.allCases.count, maxLength: 20)
    let bands = fields.optionalArray("bands", max: 20) { node, place -> Int? in
      guard let text = node.numberText, let bound = Int(text), (0...1_000).contains(bound) else {
        fields.report(node, at: place, "type", "A bound is a whole number.")
        return nil
      }
      return bound
    }
    let sources = fields.objects("sources", min: 1, max: 20) { fields in
      let law = fields.string("law", maxLength: 400, pattern: .notBlank)
      let uri = fields.string("uri", maxLength: 400, pattern: .notBlank)
      return law.flatMap { law in uri.map { ProtectedAttributes.Source(law: law, uri: $0) } }
    }
    guard let id, let names, let lines, let sources else { return nil }
    self.id = id
    self.names = names.map(ProtectedAttributes.words)
    self.lines = Set(lines.compactMap(ProductLine.init(rawValue:)))
    self.bands = (bands ?? []).sorted()
    self.sources = sources
  }
}

// MARK: - Rules that read one

extension ProtectedAttributes {
  /// The rules of some files that read a protected attribute for credit or insurance without a
  /// legal basis.
  ///
  /// A basis is a knowledge source of the type `law` with the place where it can be read, that
  /// says by an authority requirement of its own which input it speaks of, and that the decision
  /// names as an authority: all of it DMN 1.5, 6.3.12 and 6.3.15. A decision that reads the input
  /// through other decisions is covered by the basis of the one that reads it first.
  package func findings(in outline: ModelOutline) -> [RuleFinding] {
    outline.elements.flatMap { element -> [RuleFinding] in
      var found: [RuleFinding] = []
      for attribute in attributes {
        let readings = readings(of: attribute, in: element)
        guard !readings.isEmpty else { continue }
        let isExempt =
          !element.tables.isEmpty
          && readings.allSatisfy { reading in
            exempts(attribute, element, reading)
          }
        guard !isExempt, !hasBasis(element, for: attribute) else { continue }
        found.append(finding(element, attribute, readings))
      }
      return found
    }
  }

  /// How an element reads an attribute.
  private struct Reading: Hashable {
    /// The name by which it is read.
    let name: String
    /// The column of a table; nil where it is read elsewhere.
    let column: String?
  }

  private func readings(
    of attribute: Attribute, in element: ModelOutline.Element
  ) -> [Reading] {
    var found: [Reading] = []
    for expression in element.expressions {
      for name in Self.names(in: expression.text) {
        guard self.attribute(named: name)?.id == attribute.id else { continue }
        let reading = Reading(name: name, column: expression.column)
        if !found.contains(reading) { found.append(reading) }
      }
    }
    // An input that is required but used in no expression is read by nobody.
    return found
  }

  /// The names in an expression: runs of words, fields after a dot, and texts that look a field up.
  ///
  /// Names of FEEL may have spaces, so every run of letters, digits and spaces counts as one text.
  static func names(in text: String) -> [String] {
    var names: [String] = []
    var name = ""
    var string: String?
    let looksUp = text.contains("get value") || text.contains("[")
    for character in text {
      if let open = string {
        if character == "\"" {
          if looksUp { names.append(open) }
          string = nil
        } else {
          string = open + String(character)
        }
        continue
      }
      if character == "\"" {
        if !name.isEmpty { names.append(name) }
        name = ""
        string = ""
      } else if character.isLetter || character.isNumber || character == " "
        || character == "_" || character == "-" || character == "'"
      {
        name.append(character)
      } else {
        if !name.isEmpty { names.append(name) }
        name = ""
      }
    }
    if !name.isEmpty { names.append(name) }
    return names
  }

  /// Whether a table reads an attribute only in rules for other trades than the protected ones.
  private func exempts(
    _ attribute: Attribute, _ element: ModelOutline.Element, _ reading: Reading
  ) -> Bool {
    guard let column = reading.column else { return false }
    let columns = [["product", "line"], ["product", "kind"]]
    return element.tables.allSatisfy { table in
      guard let place = table.inputs.firstIndex(where: { $0.name == column }) else { return true }
      let trades = table.inputs.indices.filter { index in
        columns.contains(Self.words(table.inputs[index].name))
      }
      return table.rules.allSatisfy { rule in
        guard place < rule.inputs.count else { return false }
        let cell = rule.inputs[place].filter { !$0.isWhitespace }
        return cell == "-" || cell.isEmpty
          || trades.contains { $0 < rule.inputs.count && isOther(rule.inputs[$0], attribute) }
      }
    }
  }

  /// Whether a cell of the product line or kind names other trades only.
  private func isOther(_ cell: String, _ attribute: Attribute) -> Bool {
    let names = cell.split(separator: ",").map { part in
      part.filter { !$0.isWhitespace }
    }
    return !names.isEmpty
      && names.allSatisfy { name in
        guard name.hasPrefix("\""), name.hasSuffix("\""), name.count > 2,
          let line = Self.line(String(name.dropFirst().dropLast()))
        else { return false }
        return !attribute.lines.contains(line)
      }
  }

  private static func line(_ name: String) -> ProductLine? {
    ProductLine(rawValue: name) ?? ProductKind(rawValue: name)?.line
  }

  private func hasBasis(_ element: ModelOutline.Element, for attribute: Attribute) -> Bool {
    element.authorities.contains { authority in
      authority.kind?.lowercased() == "law" && authority.location?.isEmpty == false
        && authority.inputs.contains { self.attribute(named: $0)?.id == attribute.id }
    }
  }

  private func finding(
    _ element: ModelOutline.Element, _ attribute: Attribute, _ readings: [Reading]
  ) -> RuleFinding {
    let column = readings.first { $0.column != nil }?.column
    let rules = element.tables.flatMap { table -> [Int] in
      guard let place = table.inputs.firstIndex(where: { $0.name == column }) else { return [] }
      return table.rules.indices.filter { index in
        let cell = table.rules[index].inputs.dropFirst(place).first ?? "-"
        return cell.contains { !$0.isWhitespace && $0 != "-" }
      }.map { $0 + 1 }
    }
    let law = attribute.sources.first?.law ?? ""
    return RuleFinding(
      code: "protected", file: element.file, element: element.name, rules: rules, column: column,
      sentence:
        "It reads the protected attribute \(attribute.id) (\(law)) without a legal basis. Record "
        + "one: a knowledge source of the type law with its locationURI, which requires that "
        + "input, and which the decision requires as an authority.")
  }
}

// MARK: - Groups of clients

extension ProtectedAttributes.Attribute {
  /// The group that a client is in; nil where it is not known.
  package func group(of facts: Facts, on date: CalendarDate) -> String? {
    if !bands.isEmpty {
      guard let age = facts.profile.age(on: date) else { return nil }
      guard let band = bands.lastIndex(where: { $0 <= age }) else {
        return "under \(bands[0])"
      }
      let isLast = band == bands.count - 1
      return isLast ? "\(bands[band]) and over" : "\(bands[band]) to \(bands[band + 1] - 1)"
    }
    return facts.profile.protected[id]
  }
}
