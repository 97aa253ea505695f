import Quantities

/// Values as a sentence of a language shows them: numbers and dates as it writes them, and names of
/// the rules' choices as words.
///
/// Rules and products give values in one form: `12500.00 EUR`, `18 to 70`, `at least 6 months`,
/// `selfEmployed, retired`, `2026-03-01`.
struct Readable: Sendable {
  let language: Language
  /// The words of the language, by the name or phrase that they stand for.
  private let words: [String: String]
  /// How phrases with values inside are put, by the words that stay in English.
  private let patterns: [String: String]

  /// What the keys of words begin with.
  static let prefix = "word."
  /// How deep phrases stand within phrases.
  private static let depth = 4

  /// A language with its sentences; those whose keys have the ``prefix`` are words.
  init(language: Language, sentences: [String: String]) {
    self.language = language
    var words: [String: String] = [:]
    var patterns: [String: String] = [:]
    for (key, text) in sentences where key.hasPrefix(Self.prefix) {
      let name = String(key.dropFirst(Self.prefix.count))
      if text.contains("{") { patterns[name] = text } else { words[name] = text }
    }
    self.words = words
    self.patterns = patterns
  }

  /// A value in the language.
  func text(_ value: String) -> String { amount(value) ?? phrase(value, Self.depth) }

  /// A number with at most a currency or a per cent sign after it, the most common value; nil for
  /// any other.
  private func amount(_ value: String) -> String? {
    let bytes = value.utf8
    guard let first = bytes.first, Self.isDigit(first) else { return nil }
    let number = bytes.prefix { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
    let unit = bytes[number.endIndex...]
    let isUnit = unit.dropFirst().allSatisfy { Self.isUpper($0) || $0 == UInt8(ascii: "%") }
    guard unit.isEmpty || (unit.first == UInt8(ascii: " ") && unit.count > 1 && isUnit),
      Self.isNumber(value[..<number.endIndex])
    else { return nil }
    let isMoney = unit.last.map(Self.isUpper) ?? false
    let digits = value[..<number.endIndex]
    return language.number(
      String(isMoney ? Self.withoutNoCents(digits) : digits), groupsAll: isMoney)
      + value[number.endIndex...]
  }

  /// A sum without a fraction of noughts: nobody says 2,200.00.
  private static func withoutNoCents(_ sum: Substring) -> Substring {
    guard let point = sum.utf8.firstIndex(of: UInt8(ascii: ".")),
      sum.utf8[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return sum }
    return sum[..<point]
  }

  private func phrase(_ value: String, _ depth: Int) -> String {
    if let word = words[value] { return word }
    guard depth > 0, value.utf8.contains(UInt8(ascii: " ")) else { return token(value) }
    if let colon = value.firstRange(of: ": "),
      let name = words[String(value[..<colon.lowerBound])]
    {
      return name + value[colon.lowerBound...]
    }
    if value.utf8.contains(UInt8(ascii: ",")) {
      let parts = value.split(separator: ",", omittingEmptySubsequences: false)
        .map { String($0.drop { $0 == " " }) }
      let said = parts.map { phrase($0, depth - 1) }
      // Names of the rules in a row are choices of which one is enough.
      guard let word = words["or"], let last = said.last, parts.allSatisfy({ words[$0] != nil })
      else { return said.joined(separator: ", ") }
      return said.dropLast().joined(separator: ", ") + " \(word) " + last
    }
    let parts = value.split(separator: " ")[...]
    return phrase(parts, depth, sums: isMoney(parts))
  }

  /// Whether a phrase ends with a currency's code, so that all its numbers are sums: their
  /// thousands stand apart, however few they are.
  private func isMoney(_ parts: ArraySlice<Substring>) -> Bool {
    guard let last = parts.last else { return false }
    return last.utf8.count == 3 && last.utf8.allSatisfy(Self.isUpper)
  }

  private func phrase(
    _ parts: ArraySlice<Substring>, _ depth: Int, sums: Bool
  ) -> String {
    let sums = sums || isMoney(parts)
    guard depth > 0, let first = parts.first, let last = parts.last, parts.count > 1 else {
      return parts.map { token(String($0), sums: sums) }.joined(separator: " ")
    }
    // After a word such as "at least" some languages put the counted word in another case.
    let isOf = last == "months" && parts.count > 2
    if last == "months" || last == "years",
      let pattern = (isOf ? patterns["months of"] : nil) ?? patterns[String(last)]
    {
      return filled(pattern, parts.dropLast(), depth, sums)
    }
    if last == "year", parts.dropLast().last == "a", let pattern = patterns["a year"] {
      return filled(pattern, parts.dropLast(2), depth, sums)
    }
    if parts.count > 2, first == "at" || first == "up",
      let pattern = patterns["\(first) \(parts[parts.startIndex + 1])"]
    {
      return filled(pattern, parts.dropFirst(2), depth, sums)
    }
    let inner = first == "from" ? parts.dropFirst() : parts
    if let middle = inner.dropFirst().firstIndex(of: "to"), middle < inner.endIndex - 1 {
      let pattern = first == "from" ? patterns["period"] : patterns["range"]
      return between(
        inner[..<middle], inner[(middle + 1)...],
        pattern ?? (first == "from" ? "from {low} to {high}" : "{low} to {high}"), depth, sums)
    }
    if first == "from" || first == "until", let pattern = patterns[String(first)] {
      return filled(pattern, parts.dropFirst(), depth, sums)
    }
    return parts.map { token(String($0), sums: sums) }.joined(separator: " ")
  }

  private func between(
    _ low: ArraySlice<Substring>, _ high: ArraySlice<Substring>, _ pattern: String, _ depth: Int,
    _ sums: Bool
  ) -> String {
    pattern.replacing("{low}", with: phrase(low, depth - 1, sums: sums))
      .replacing("{high}", with: phrase(high, depth - 1, sums: sums))
  }

  /// A pattern with its value, and the form of the word that the value counts.
  private func filled(
    _ pattern: String, _ value: ArraySlice<Substring>, _ depth: Int, _ sums: Bool
  ) -> String {
    let text = phrase(value, depth - 1, sums: sums)
    guard let open = pattern.firstIndex(of: "{"), let close = pattern.firstIndex(of: "}"),
      open < close
    else { return pattern }
    let forms = pattern[open..<close].split(separator: "#").dropFirst().first?
      .split(separator: "|").map(String.init)
    let counted = forms.map {
      "\(text)\u{A0}\(language.form($0, for: String(value.last ?? "")))"
    }
    return pattern[..<open] + (counted ?? text) + pattern[pattern.index(after: close)...]
  }

  /// `12500.00` with its thousands apart, a date, a known word, or `selfEmployed` as two words.
  private func token(_ word: String, sums: Bool = false) -> String {
    guard let first = word.utf8.first else { return word }
    if let known = words[word] { return known }
    let digits = first == UInt8(ascii: "-") ? word.dropFirst() : word[...]
    if let start = digits.utf8.first, Self.isDigit(start) {
      if let date = CalendarDate(iso: word) { return language.date(date) }
      guard Self.isNumber(digits) else { return word }
      let number = sums ? String(Self.withoutNoCents(word[...])) : word
      return language.number(number, groupsAll: sums)
    }
    let bytes = Array(word.utf8)
    guard !Self.isUpper(first), bytes.contains(where: Self.isUpper),
      bytes.allSatisfy(Self.isLetter)
    else { return word }
    return bytes.reduce(into: "") { text, byte in
      if Self.isUpper(byte) {
        text += " " + String(UnicodeScalar(byte | 0x20))
      } else {
        text.unicodeScalars.append(UnicodeScalar(byte))
      }
    }
  }

  /// Digits, with a point and more digits where there are decimals.
  private static func isNumber(_ text: Substring) -> Bool {
    var points = 0
    var last: UInt8?
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") {
        guard points == 0, last != nil else { return false }
        points += 1
      } else if !isDigit(byte) {
        return false
      }
      last = byte
    }
    return last.map(isDigit) ?? false
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    isUpper(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
