import JSON
package import Quantities

/// What the law protects people by: attributes that a rule for credit or insurance may read only on
/// a legal basis.
///
/// The list is data (`Rules/protected-attributes.json`), with the law behind each attribute.
package struct ProtectedAttributes: Sendable {
  /// The attributes in the order of the list.
  package let attributes: [Attribute]
  /// The words of all of them.
  let names: AttributeNames

  /// One protected attribute.
  package struct Attribute: Sendable, Hashable {
    /// Its name; a client's value of it is known by the same name.
    package let id: String
    /// The words by which an input or a field is known to be it, as the list writes them.
    package let names: [String]
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
  /// Phrases that mean something else at most.
  private static let otherMeaningsLimit = 500

  /// Reads a list.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations`.
  package init(json bytes: [UInt8]) throws {
    (attributes, names) = try decodeJSON(bytes, limits: .file) { fields in
      let attributes = fields.objects("attributes", min: 1, max: Self.limit) {
        Attribute(reading: $0)
      }
      let others = fields.optionalStrings(
        "otherMeanings", max: Self.otherMeaningsLimit, maxLength: 60)
      guard let attributes else { return nil }
      let names = AttributeNames(attributes.map(\.names), otherMeanings: others ?? [])
      return (attributes, names)
    }
  }

  /// The attributes that a name speaks of.
  package func attributes(named name: String) -> [Attribute] {
    names.attributes(in: name).map { attributes[$0] }
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
}

extension ProtectedAttributes.Attribute {
  /// Names of one attribute at most.
  private static let namesLimit = 300

  fileprivate init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .notBlank)
    let names = fields.strings("names", min: 1, max: Self.namesLimit, maxLength: 60)
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
    self.names = names
    self.lines = Set(lines.compactMap(ProductLine.init(rawValue:)))
    self.bands = (bands ?? []).sorted()
    self.sources = sources
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
