import JSON
import Quantities

/// One JSON object of a Consumer Data Right product.
///
/// Null and an empty text count as absent.
struct CDRObject {
  private let members: [JSONMember]

  init?(_ node: JSONNode) {
    guard case .object(let members) = node.kind else { return nil }
    self.members = members
  }

  private func node(_ key: String) -> JSONNode? {
    members.first { $0.key == key }?.value
  }

  /// A text without white space at its ends, as written within.
  func text(_ key: String) -> String? {
    guard let node = node(key), case .string(let text) = node.kind else { return nil }
    let trimmed = CDRText.trimmed(text)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// A text laid out for people: runs of white space and control characters become one blank.
  func words(_ key: String) -> String? {
    guard let node = node(key), case .string(let text) = node.kind else { return nil }
    let words = CDRText.words(text)
    return words.isEmpty ? nil : words
  }

  /// A text exactly as written, for words of an enumeration.
  func exact(_ key: String) -> String? {
    guard let node = node(key), case .string(let text) = node.kind, !text.isEmpty else {
      return nil
    }
    return text
  }

  /// A number, also where it is written as a string.
  func number(_ key: String) -> CDRNumber {
    guard let node = node(key) else { return .absent }
    switch node.kind {
    case .null: return .absent
    case .number(let text): return CDRNumber(text)
    case .string(let text): return text.isEmpty ? .absent : CDRNumber(Self.ungrouped(text))
    default: return .bad(node.typeName)
    }
  }

  /// A number without the commas between its thousands; the text itself where they stand
  /// elsewhere.
  private static func ungrouped(_ text: String) -> String {
    guard text.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?/) != nil else { return text }
    return text.filter { $0 != "," }
  }

  func boolean(_ key: String) -> Bool {
    guard let node = node(key), case .boolean(let value) = node.kind else { return false }
    return value
  }

  func object(_ key: String) -> CDRObject? { node(key).flatMap { CDRObject($0) } }

  /// The elements of a list; what is no object becomes nil, so that it is counted too.
  func objects(_ key: String) -> [CDRObject?] {
    guard let node = node(key), case .array(let elements) = node.kind else { return [] }
    return elements.map { CDRObject($0) }
  }
}

/// A number as it was found.
enum CDRNumber {
  case absent
  case value(Decimal128)
  /// What stood there instead.
  case bad(String)

  /// Reads a number by the grammar of JSON; the standard's amounts and rates are such.
  init(_ text: String) {
    guard Self.isNumber(text.utf8), let value = Decimal128(text), value.isFinite else {
      self = .bad(text)
      return
    }
    self = .value(value.normalized)
  }

  private static func isNumber(_ text: String.UTF8View) -> Bool {
    guard let first = text.first, let last = text.last, text.count <= 40 else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard digits.contains(last), digits.contains(first) || first == UInt8(ascii: "-") else {
      return false
    }
    return text.allSatisfy { digits.contains($0) || "+-.eE".utf8.contains($0) }
  }
}

/// Texts of banks, which come with line breaks, control characters and no-break spaces.
enum CDRText {
  /// The longest text that is kept; more of it is cut, with an ellipsis.
  static let longest = 2_000
  /// The longest summary that is kept.
  static let longestSummary = 600

  static func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }

  static func words(_ text: String) -> String {
    if isLaidOut(text.utf8) { return text }
    return text.unicodeScalars.split(whereSeparator: isBlank)
      .map { String($0) }.joined(separator: " ")
  }

  /// Whether a text is ASCII with single blanks between words already, as most are.
  private static func isLaidOut(_ bytes: String.UTF8View) -> Bool {
    var isAfterBlank = true
    for byte in bytes {
      guard (0x20..<0x7F).contains(byte) else { return false }
      if byte == 0x20, isAfterBlank { return false }
      isAfterBlank = byte == 0x20
    }
    return !isAfterBlank || bytes.isEmpty
  }

  static func cut(_ text: String, to length: Int = longest) -> String {
    guard text.utf8.count > length, text.unicodeScalars.count > length else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(length - 1))) + "…"
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x20 || (0x7F...0xA0).contains(scalar.value)
      || scalar.properties.isWhitespace || scalar.value == 0xFEFF
  }
}

/// A span of time of ISO 8601, in months or in days, never in both.
enum CDRPeriod: Equatable {
  case months(Int)
  case days(Int)

  /// The most months or days that make sense.
  static let longest = 1_200

  /// Reads `P12M`, `P1Y`, `P90D`, `P4W`; nil where it is not one of months or of days alone.
  init?(_ text: String) {
    guard let period = CalendarPeriod(iso: text) else { return nil }
    switch (period.months, period.days) {
    case (1...Self.longest, 0): self = .months(period.months)
    case (0, 1...(31 * Self.longest)): self = .days(period.days)
    default: return nil
    }
  }
}
