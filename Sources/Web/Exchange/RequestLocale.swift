import Advice
import HTTPTypes
import JSON

/// The language that a request wants its wording in.
enum RequestLocale {
  /// The cookie that keeps the choice made on a page.
  static let cookie = "steward-language"
  /// Languages that are read of an Accept-Language field.
  private static let ranges = 20

  /// The language of a request: the one named, else the one chosen on a page, else the best of
  /// Accept-Language that there is, else the usual one.
  ///
  /// - Parameters:
  ///   - named: what the request names; it must be one that there is.
  ///   - field: where the request names it, for the refusal.
  ///   - usual: the language where the request says nothing of languages.
  static func of(
    _ fields: HTTPFields, named: String?, field: String = "?locale", _ rules: RuleBook,
    or usual: String = RuleBook.usualLocale
  ) throws(Problem) -> String {
    if let named {
      if let locale = rules.locale(named) { return locale }
      throw .invalid([
        Violation(
          pointer: field, code: .choice,
          detail: "There is wording in \(rules.locales.joined(separator: ", ")).")
      ])
    }
    return wanted(fields).lazy.compactMap { rules.locale($0) }.first ?? usual
  }

  /// The language of a page.
  static func language(_ fields: HTTPFields) -> Language {
    for wanted in wanted(fields) {
      let name = wanted.prefix { $0 != "-" && $0 != "_" }.lowercased()
      if let language = Language(rawValue: name) { return language }
    }
    return .english
  }

  /// The locales that a request would take, the most wanted first.
  private static func wanted(_ fields: HTTPFields) -> [String] {
    [chosen(fields)].compactMap(\.self) + accepted(fields[.acceptLanguage] ?? "")
  }

  private static func chosen(_ fields: HTTPFields) -> String? {
    for field in fields[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0] == cookie, parts[1].utf8.count <= 12 else { continue }
        return String(parts[1])
      }
    }
    return nil
  }

  /// The ranges of an Accept-Language field (RFC 9110, 12.5.4), the best first; those of weight 0
  /// are not wanted.
  static func accepted(_ field: String) -> [String] {
    var found: [(name: String, weight: Double)] = []
    for part in field.split(separator: ",").prefix(ranges) {
      let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let name = pieces.first, !name.isEmpty, name != "*", name.utf8.count <= 35 else {
        continue
      }
      var weight = 1.0
      for piece in pieces.dropFirst() where piece.lowercased().hasPrefix("q=") {
        weight = Double(piece.dropFirst(2)) ?? 0
      }
      if weight > 0 { found.append((name, weight)) }
    }
    return found.enumerated().sorted {
      $0.element.weight != $1.element.weight
        ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
    }.map(\.element.name)
  }
}

extension Call {
  /// The language that the request wants, by its query, its cookie or Accept-Language.
  ///
  /// - Parameter usual: the language where it says nothing of languages.
  func locale(_ rules: RuleBook, or usual: String = RuleBook.usualLocale) throws(Problem) -> String
  {
    try RequestLocale.of(head.headerFields, named: query["locale"], rules, or: usual)
  }
}

extension Route.Parameter {
  /// The language of the wording.
  static let locale = Route.Parameter(
    "locale",
    .text(
      "The language of the wording: one that there is, else 422; by Accept-Language without it.",
      maxLength: 12))
}
