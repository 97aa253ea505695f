/// Splits an expression text into tokens.
struct Lexer {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private var offset = 0
  private var tokens: [Token] = []

  private init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// All tokens of `text`, the last one of kind `.end`.
  static func tokens(of text: String, limits: Limits) throws(Fault) -> [Token] {
    guard text.unicodeScalars.count <= limits.textLength else {
      throw Fault(
        .lengthExceeded, "the expression is longer than \(limits.textLength) characters",
        mend: "split it into several decisions", span: Span(0, 0), text: "")
    }
    var lexer = Lexer(text)
    try lexer.run()
    return lexer.tokens
  }

  /// The tokens of a name, as they are matched against an expression text.
  static func nameTokens(_ name: String) -> [String] {
    let tokens = try? Lexer.tokens(of: name, limits: .standard)
    guard let tokens else { return [name] }
    return tokens.filter { $0.kind != .end }.map(\.text)
  }

  private mutating func run() throws(Fault) {
    while true {
      let spaced = try skipSpace()
      guard offset < scalars.count else {
        let end = Span(offset, offset)
        tokens.append(Token(kind: .end, text: "", span: end, isSpaced: spaced))
        return
      }
      let before = offset
      try readToken(spaced: spaced)
      precondition(offset > before, "a token consumes at least one character")
    }
  }

  private mutating func readToken(spaced: Bool) throws(Fault) {
    let start = offset
    let scalar = scalars[offset]
    if scalar == "\"" {
      let value = try readString()
      append(.string, value, start, spaced)
    } else if isDigit(scalar) || (scalar == "." && isDigit(peek(1)) && !followsDot) {
      append(.number, readNumber(), start, spaced)
    } else if scalar == "?" {
      offset += 1
      append(.word, "?", start, spaced)
    } else if Lexer.startsName(scalar) {
      while offset < scalars.count, Lexer.continuesName(scalars[offset]) { offset += 1 }
      append(.word, String(String.UnicodeScalarView(scalars[start..<offset])), start, spaced)
    } else {
      let symbol = readSymbol(scalar)
      append(.symbol, symbol, start, spaced)
    }
  }

  /// Whether the token before ends right here with a dot, as in `1..5`.
  private var followsDot: Bool {
    guard let last = tokens.last, last.span.end == offset else { return false }
    return last.isSymbol(".") || last.isSymbol("..")
  }

  private mutating func append(_ kind: Token.Kind, _ text: String, _ start: Int, _ spaced: Bool) {
    tokens.append(Token(kind: kind, text: text, span: Span(start, offset), isSpaced: spaced))
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  private static let pairs: Set<String> = ["**", "..", "<=", ">=", "!=", "->"]

  private mutating func readSymbol(_ scalar: Unicode.Scalar) -> String {
    if let next = peek(1) {
      let pair = String(scalar) + String(next)
      if Lexer.pairs.contains(pair) {
        offset += 2
        return pair
      }
    }
    offset += 1
    return String(scalar)
  }

  private mutating func readNumber() -> String {
    let start = offset
    while isDigit(peek(0)) { offset += 1 }
    if peek(0) == ".", isDigit(peek(1)) {
      offset += 1
      while isDigit(peek(0)) { offset += 1 }
    }
    if peek(0) == "e" || peek(0) == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if isDigit(peek(signed ? 2 : 1)) {
        offset += signed ? 2 : 1
        while isDigit(peek(0)) { offset += 1 }
      }
    }
    return String(String.UnicodeScalarView(scalars[start..<offset]))
  }

  private mutating func skipSpace() throws(Fault) -> Bool {
    let start = offset
    while offset < scalars.count {
      if Lexer.isSpace(scalars[offset]) {
        offset += 1
      } else if scalars[offset] == "/", peek(1) == "/" {
        while offset < scalars.count, !Lexer.isVertical(scalars[offset]) { offset += 1 }
      } else if scalars[offset] == "/", peek(1) == "*" {
        try skipComment()
      } else {
        break
      }
    }
    return offset > start
  }

  private mutating func skipComment() throws(Fault) {
    let start = offset
    offset += 2
    while offset < scalars.count {
      if scalars[offset] == "*", peek(1) == "/" {
        offset += 2
        return
      }
      offset += 1
    }
    throw Fault(
      .commentUnclosed, "the comment is never closed", expected: "'*/'",
      mend: "close the comment with '*/'", span: Span(start, start + 2), text: text)
  }
}

// MARK: - Strings

extension Lexer {
  private mutating func readString() throws(Fault) -> String {
    let start = offset
    offset += 1
    var value = String.UnicodeScalarView()
    while let scalar = peek(0), !Lexer.isVertical(scalar) {
      offset += 1
      if scalar == "\"" { return String(value) }
      if scalar == "\\" {
        try readEscape(into: &value)
      } else {
        value.append(scalar)
      }
    }
    throw Fault(
      .stringUnclosed, "the string is never closed", expected: "'\"' before the end of the line",
      mend: "close the string with '\"'; write a line break as \\n",
      span: Span(start, start + 1), text: text)
  }

  /// Reads what follows a backslash.
  ///
  /// A sequence that rule 64 does not name keeps its backslash,
  /// so that patterns such as `"\s"` need no doubling.
  private mutating func readEscape(into value: inout String.UnicodeScalarView)
    throws(Fault)
  {
    guard let scalar = peek(0) else { return }
    switch scalar {
    case "'", "\"", "\\": value.append(scalar)
    case "n": value.append("\n")
    case "r": value.append("\r")
    case "t": value.append("\t")
    case "u", "U":
      if let decoded = try readCodePoint(scalar == "u" ? 4 : 6) {
        value.append(decoded)
        return
      }
      value.append("\\")
      value.append(scalar)
    default:
      value.append("\\")
      guard !Lexer.isVertical(scalar) else { return }
      value.append(scalar)
    }
    offset += 1
  }

  /// The code point of `\uXXXX` or `\UXXXXXX` with the marker at the offset; nil when the digits
  /// are missing.
  ///
  /// A pair of surrogates becomes one code point; a lone one is refused.
  private mutating func readCodePoint(_ count: Int) throws(Fault) -> Unicode.Scalar? {
    guard let code = hexadecimal(at: offset + 1, count) else { return nil }
    let start = offset - 1
    offset += 1 + count
    if let scalar = Unicode.Scalar(code) { return scalar }
    if (0xD800..<0xDC00).contains(code), peek(0) == "\\", peek(1) == "u",
      let low = hexadecimal(at: offset + 2, 4), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
    {
      offset += 6
      return scalar
    }
    throw Fault(
      .escapeInvalid, "the escape sequence names no Unicode character",
      expected: "\\u with four, or \\U with six hexadecimal digits up to 10FFFF",
      span: Span(start, offset), text: text)
  }

  private func hexadecimal(at start: Int, _ count: Int) -> UInt32? {
    guard start + count <= scalars.count else { return nil }
    var value: UInt32 = 0
    for scalar in scalars[start..<start + count] {
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

// MARK: - Character classes

extension Lexer {
  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar >= "0" && scalar <= "9"
  }

  /// Grammar rule 62.
  static func isVertical(_ scalar: Unicode.Scalar) -> Bool {
    (0x0A...0x0D).contains(scalar.value)
  }

  /// Grammar rule 61.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029,
      0x202F, 0x205F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// Grammar rule 28.
  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3F, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      !isSpace(scalar)
    default: false
    }
  }

  /// Grammar rule 29.
  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    case 0x3F: false
    default: startsName(scalar)
    }
  }
}
