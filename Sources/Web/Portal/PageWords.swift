import Advice
import JSON

/// The portal's own words in the languages of its readers.
///
/// Pages are written in English. One that leaves in another language has each run of text between
/// its tags, and each label in a tag, looked up in `Words/<language>.json`; `{}` in a key stands
/// for a figure or a name, which is looked up in turn. A test holds that every run of text of every
/// template is there.
struct PageWords: Sendable {
  private let exact: [String: String]
  private let patterns: [Pattern]

  /// Text with `{}` in the places of its values, and its translation.
  fileprivate struct Pattern: Sendable {
    let parts: [String]
    let translation: [String]
  }

  /// The words of a language; nil for the one that pages are written in.
  static func of(_ language: Language) -> PageWords? { all[language] }

  /// A sentence in the language of the page, with its values in place of each `{}`.
  static func say(_ text: String, _ values: String...) -> String {
    let pattern = of(PageLanguage.current)?.exact[text] ?? text
    return filled(pattern.components(), values)
  }

  private static let all: [Language: PageWords] = [
    .romanian: PageWords(PackageResources.ro_json),
    .russian: PageWords(PackageResources.ru_json),
  ]

  init(_ json: [UInt8]) {
    var exact: [String: String] = [:]
    if case .object(let members)? = (try? JSONNode.parse(json, limits: .file))?.kind {
      for member in members { exact[member.key] = member.value.stringValue }
    }
    self.exact = exact
    patterns = exact.filter { $0.key.contains("{}") }
      .map { Pattern(parts: $0.key.components(), translation: $0.value.components()) }
      .sorted { left, right in
        let (first, second) = (left.parts.joined(), right.parts.joined())
        return first.utf8.count != second.utf8.count
          ? first.utf8.count > second.utf8.count : first < second
      }
  }

  /// The keys, sorted.
  var keys: [String] { exact.keys.sorted() }

  /// The translation of a whole run of text; nil where there is none.
  func translation(_ text: String) -> String? {
    if let whole = exact[text] { return whole }
    for pattern in patterns {
      guard let values = pattern.values(in: text) else { continue }
      return Self.filled(pattern.translation, values.map { exact[$0] ?? $0 })
    }
    return nil
  }

  private static func filled(_ parts: [String], _ values: [String]) -> String {
    var text = parts.first ?? ""
    for (index, part) in parts.dropFirst().enumerated() {
      text += (index < values.count ? values[index] : "") + part
    }
    return text
  }

  /// A page with its words in the language.
  func page(_ html: String) -> String {
    var result = ""
    result.reserveCapacity(html.utf8.count + html.utf8.count / 4)
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      result += run(rest[..<open])
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      result += tag(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A run of text between two tags, white space around it kept.
  private func run(_ text: Substring) -> String {
    guard let first = text.firstIndex(where: { !Self.isSpace($0) }),
      let last = text.lastIndex(where: { !Self.isSpace($0) })
    else { return String(text) }
    let inside = String(text[first...last])
    guard inside.utf8.contains(where: { $0 > 0x40 }) else { return String(text) }
    guard let translated = translation(HTMLText.plain(inside)) else { return String(text) }
    return text[..<first] + HTMLText.escaped(translated) + text[text.index(after: last)...]
  }

  /// No-break spaces belong to figures.
  private static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\n" || character == "\t"
  }

  private static let label = "aria-label=\""

  /// A tag with its label in the language.
  private func tag(_ text: Substring) -> String {
    guard text.utf8.count > Self.label.utf8.count + 4, let start = text.firstRange(of: Self.label),
      let end = text[start.upperBound...].firstIndex(of: "\""),
      let translated = translation(HTMLText.plain(String(text[start.upperBound..<end])))
    else { return String(text) }
    return text[..<start.upperBound] + HTMLText.escaped(translated) + text[end...]
  }
}

extension PageWords.Pattern {
  /// What stands in the places of the values; nil where the text is another one.
  fileprivate func values(in text: String) -> [String]? {
    guard let first = parts.first, let last = parts.last, text.hasPrefix(first),
      text.hasSuffix(last), text.count >= first.count + last.count
    else { return nil }
    var values: [String] = []
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard !part.isEmpty, let range = rest.firstRange(of: part) else { return nil }
      values.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    values.append(String(rest))
    return values.contains(where: \.isEmpty) ? nil : values
  }
}

extension String {
  /// The parts around each `{}`.
  fileprivate func components() -> [String] {
    split(separator: "{}", omittingEmptySubsequences: false).map(String.init)
  }
}

/// Text as it stands in a page.
enum HTMLText {
  private static let names = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
  ]

  /// Without the escapes of HTML.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return names.reversed().reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// With them.
  static func escaped(_ text: String) -> String {
    names.reduce(text) { $0.replacing($1.1, with: $1.0) }
  }
}
