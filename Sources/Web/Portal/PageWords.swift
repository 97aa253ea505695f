import Advice
import JSON

/// The portal's own words in the languages of its readers.
///
/// Pages are written in English. One that leaves in another language has each run of text between
/// its tags, and each label in a tag, looked up in `Words/<language>.json`; `{}` in a key stands
/// for a value. Only the text of templates and the values that they mark as words are looked up,
/// never what a client, a product or a colleague is called. A test holds that every run of text of
/// every template is there.
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

  /// A sentence that the program made of words and values, in the language of the page.
  ///
  /// A value that is a list of our own terms, such as `fixed rate, months 1 to 12`, is said term by
  /// term; one that quotes what somebody wrote stays as it is.
  static func tell(_ sentence: String) -> String {
    guard let words = of(PageLanguage.current) else { return sentence }
    return words.translation(sentence, saying: words.terms) ?? sentence
  }

  private func terms(in value: String) -> String {
    var said: [String] = []
    var open = ""
    for part in value.split(separator: ", ", omittingEmptySubsequences: false) {
      open += open.isEmpty ? part : ", " + part
      let quotes = open.filter { $0 == "“" || $0 == "”" }.count
      guard quotes.isMultiple(of: 2) else { continue }
      said.append(quotes > 0 ? open : term(open))
      open = ""
    }
    return (open.isEmpty ? said : said + [open]).joined(separator: ", ")
  }

  private func term(_ text: String) -> String {
    if let known = translation(text) { return known }
    guard let first = text.first, first.isUppercase,
      let known = translation(first.lowercased() + text.dropFirst())
    else { return text }
    return known.prefix(1).uppercased() + known.dropFirst()
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
  ///
  /// - Parameter saying: how the values in it are said; as they are when nothing else is asked.
  func translation(
    _ text: String, saying: (String) -> String = { $0 }
  ) -> String? {
    if let whole = exact[text] { return whole }
    for pattern in patterns {
      guard let values = pattern.values(in: text) else { continue }
      return Self.filled(pattern.translation, values.map(saying))
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

  /// A page, made from a marked template, with its words in the language.
  func page(_ html: String) -> String {
    var result = ""
    result.reserveCapacity(html.utf8.count + html.utf8.count / 4)
    var run = Run()
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      run.add(rest[..<open])
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let tag = rest[open...close]
      rest = rest[rest.index(after: close)...]
      if run.take(mark: tag) { continue }
      result += said(run) + self.tag(tag)
      run = Run()
    }
    return result + said(run) + rest
  }

  /// What stands between two tags: text of the template, values, and words.
  private struct Run {
    enum Kind { case text, value, words }

    var pieces: [(kind: Kind, html: Substring)] = []
    private var kind = Kind.text

    mutating func add(_ html: Substring) {
      if !html.isEmpty { pieces.append((kind, html)) }
    }

    /// Whether a tag is one of the marks around values and words.
    mutating func take(mark tag: Substring) -> Bool {
      switch tag {
      case PageTemplate.value.open: kind = .value
      case PageTemplate.words.open: kind = .words
      case PageTemplate.value.close, PageTemplate.words.close: kind = .text
      default: return false
      }
      return true
    }
  }

  /// A run in the language: as a whole where its text is known, else piece by piece.
  private func said(_ run: Run) -> String {
    guard run.pieces.count > 1 else {
      return run.pieces.first.map { $0.kind == .value ? String($0.html) : said($0.html) } ?? ""
    }
    var key = ""
    var values: [String] = []
    for piece in run.pieces {
      switch piece.kind {
      case .text: key += HTMLText.plain(String(piece.html))
      case .value:
        key += "{}"
        values.append(String(piece.html))
      case .words:
        key += "{}"
        values.append(said(piece.html))
      }
    }
    let (before, inside, after) = Self.trimmed(key[...])
    if let translated = exact[String(inside)] {
      let parts = HTMLText.escaped(translated).components()
      return before + Self.filled(parts, values) + after
    }
    return run.pieces.map { $0.kind == .value ? String($0.html) : said($0.html) }.joined()
  }

  /// Text of ours in the language, white space around it kept.
  private func said(_ text: Substring) -> String {
    let (before, inside, after) = Self.trimmed(text)
    guard inside.utf8.contains(where: { $0 > 0x40 }),
      let translated = translation(HTMLText.plain(String(inside)))
    else { return String(text) }
    return before + HTMLText.escaped(translated) + after
  }

  private static func trimmed(
    _ text: Substring
  ) -> (before: Substring, inside: Substring, after: Substring) {
    guard let first = text.firstIndex(where: { !isSpace($0) }),
      let last = text.lastIndex(where: { !isSpace($0) })
    else { return (text, "", "") }
    let end = text.index(after: last)
    return (text[..<first], text[first..<end], text[end...])
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
