import JSON

/// A text in several languages, the usual one always among them.
package struct LocalText: Sendable, Hashable {
  /// The text in the usual language.
  package let usual: String
  private let others: [String: String]

  /// The most languages that one text stands in.
  package static let localeLimit = 20

  /// A text in the usual language alone.
  package init(_ usual: String) {
    self.init(usual, others: [:])
  }

  /// The text in a language; in the usual one where that language has none.
  package func callAsFunction(_ locale: String) -> String { others[locale] ?? usual }

  /// The languages that the text stands in.
  package var locales: Set<String> { Set(others.keys).union([RuleBook.usualLocale]) }

  /// Reads a text under a key: a string, or an object from language to string.
  init?(_ fields: JSONFields, _ key: String, maxLength: Int) {
    guard case .object? = fields.node(key)?.kind else {
      guard let text = fields.string(key, maxLength: maxLength, pattern: .notBlank) else {
        return nil
      }
      self.init(text)
      return
    }
    let list = fields.dictionary(key, max: Self.localeLimit) { node, place -> String? in
      guard case .string(let text) = node.kind, text.unicodeScalars.count <= maxLength,
        !text.allSatisfy(\.isWhitespace)
      else {
        fields.report(
          node, at: place, "type",
          "A wording must be a string of 1 to \(maxLength) characters.")
        return nil
      }
      return text
    }
    guard let list else { return nil }
    var texts = Dictionary(
      list.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard let usual = texts.removeValue(forKey: RuleBook.usualLocale) else {
      fields.report(key, "required", "A wording must stand in '\(RuleBook.usualLocale)'.")
      return nil
    }
    self.init(usual, others: texts)
  }

  private init(_ usual: String, others: [String: String]) {
    self.usual = usual
    self.others = others
  }
}
