import Quantities

/// Reads the plainest texts without a parser: numbers, strings without escapes and booleans, and
/// unary tests made of them.
///
/// Most cells of decision tables are such texts; whatever is not falls
/// back on the parser, so this need not know more of the grammar than it accepts.
enum LiteralText {
  /// The value of a text that is a single literal, else nil.
  static func value(of text: String) -> Value? {
    var cursor = LiteralCursor(text)
    cursor.skipSpace()
    guard let value = cursor.literal() else { return nil }
    cursor.skipSpace()
    return cursor.isAtEnd ? value : nil
  }

  /// The form of a text that is `-`, or a list of literals, comparisons with literals and
  /// intervals between literals, else nil.
  static func form(of text: String) -> CellForm? {
    var cursor = LiteralCursor(text)
    cursor.skipSpace()
    guard var form = cursor.test() else { return nil }
    cursor.skipSpace()
    if !cursor.isAtEnd {
      var forms = [form]
      while cursor.take(UInt8(ascii: ",")) {
        cursor.skipSpace()
        guard let next = cursor.test(), next != .any else { return nil }
        forms.append(next)
        cursor.skipSpace()
      }
      if form == .any { return nil }
      form = .set(forms)
    }
    return cursor.isAtEnd ? form : nil
  }
}

/// A cursor over the bytes of a plain text.
private struct LiteralCursor {
  private let text: String.UTF8View
  private var place: String.UTF8View.Index

  init(_ text: String) {
    self.text = text.utf8
    place = self.text.startIndex
  }

  var isAtEnd: Bool { place == text.endIndex }

  private var byte: UInt8? { place < text.endIndex ? text[place] : nil }

  private mutating func advance() { place = text.index(after: place) }

  mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    advance()
    return true
  }

  mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { advance() }
  }

  mutating func literal() -> Value? {
    guard let first = byte else { return nil }
    switch first {
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return number()
    case UInt8(ascii: "t"): return word("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .boolean(false) : nil
    default: return nil
    }
  }

  /// A word that ends where no further name character follows.
  private mutating func word(_ word: String) -> Bool {
    for wanted in word.utf8 where !take(wanted) { return false }
    guard let byte else { return true }
    return byte == 0x20 || byte == UInt8(ascii: ",")
  }

  private mutating func string() -> Value? {
    advance()
    let start = place
    while let byte, byte != UInt8(ascii: "\"") {
      // Escapes and line breaks are the lexer's.
      guard byte != UInt8(ascii: "\\"), byte >= 0x20 else { return nil }
      advance()
    }
    guard byte != nil else { return nil }
    let value = String(Substring(text[start..<place]))
    advance()
    return .string(value)
  }

  private mutating func digits() -> Bool {
    let start = place
    while let byte, (0x30...0x39).contains(byte) { advance() }
    return place > start
  }

  private mutating func number() -> Value? {
    let start = place
    _ = take(UInt8(ascii: "-"))
    guard digits() else { return nil }
    let whole = place
    if take(UInt8(ascii: ".")) {
      // `1..5` is an interval, whose first number ends before the dots.
      if byte == UInt8(ascii: ".") { place = whole } else if !digits() { return nil }
    }
    if let byte, byte | 0x20 == UInt8(ascii: "e") { return nil }
    guard let number = Decimal128(Substring(text[start..<place])), number.isFinite else {
      return nil
    }
    return .number(number)
  }

  mutating func test() -> CellForm? {
    guard let first = byte else { return nil }
    switch first {
    case UInt8(ascii: "-"):
      let start = place
      if let value = number() { return .compare(.equal, value) }
      place = start
      advance()
      skipSpace()
      return isAtEnd ? .any : nil
    case UInt8(ascii: "<"):
      advance()
      return comparison(take(UInt8(ascii: "=")) ? .lessOrEqual : .less)
    case UInt8(ascii: ">"):
      advance()
      return comparison(take(UInt8(ascii: "=")) ? .greaterOrEqual : .greater)
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("): return interval()
    default: return literal().map { .compare(.equal, $0) }
    }
  }

  private mutating func comparison(_ comparison: Comparison) -> CellForm? {
    skipSpace()
    return literal().map { .compare(comparison, $0) }
  }

  private mutating func interval() -> CellForm? {
    let startIncluded = byte == UInt8(ascii: "[")
    advance()
    skipSpace()
    guard let start = literal() else { return nil }
    skipSpace()
    guard take(UInt8(ascii: ".")), take(UInt8(ascii: ".")) else { return nil }
    skipSpace()
    guard let end = literal() else { return nil }
    skipSpace()
    guard let close = byte else { return nil }
    advance()
    guard [UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "[")].contains(close),
      Value.compares(start, .lessOrEqual, end) == true
    else { return nil }
    return .range(
      ValueRange(
        start: start, startIncluded: startIncluded, end: end,
        endIncluded: close == UInt8(ascii: "]")))
  }
}
