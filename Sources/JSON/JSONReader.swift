/// The strict reader behind `JSONNode.parse`: one pass over the bytes, recursive by value.
struct JSONReader {
  let bytes: [UInt8]
  let limits: JSONLimits
  var index = 0

  private var depth = 0
  private var line: Int
  private var lineStart = 0
  /// UTF-8 continuation bytes since the line began: they are no columns.
  var continuations = 0

  init(_ bytes: [UInt8], limits: JSONLimits, firstLine: Int) {
    self.bytes = bytes
    self.limits = limits
    line = firstLine
  }

  /// The place of the next byte.
  var here: JSONPosition {
    JSONPosition(line: line, column: index - lineStart - continuations + 1, offset: index)
  }

  func failure(
    _ code: JSONSyntaxError.Code, _ detail: String, at position: JSONPosition? = nil
  ) -> JSONSyntaxError {
    JSONSyntaxError(code: code, position: position ?? here, detail: detail)
  }

  /// The value, and nothing after it.
  mutating func document() throws(JSONSyntaxError) -> JSONNode {
    guard bytes.count <= limits.bytes else {
      throw failure(.tooLarge, "The text is larger than \(limits.bytes) bytes.")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw failure(.byteOrderMark, "A byte order mark must not stand before JSON.")
    }
    skipSpace()
    let node = try value()
    skipSpace()
    guard index == bytes.count else {
      throw failure(.trailingText, "Nothing may follow the JSON value.")
    }
    return node
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONNode {
    guard index < bytes.count else {
      throw failure(.unexpectedEnd, "The text ends where a value should be.")
    }
    let position = here
    switch bytes[index] {
    case UInt8(ascii: "{"): return JSONNode(try object(), at: position)
    case UInt8(ascii: "["): return JSONNode(try array(), at: position)
    case UInt8(ascii: "\""): return JSONNode(.string(try string()), at: position)
    case UInt8(ascii: "t"): return JSONNode(try literal("true", .boolean(true)), at: position)
    case UInt8(ascii: "f"): return JSONNode(try literal("false", .boolean(false)), at: position)
    case UInt8(ascii: "n"): return JSONNode(try literal("null", .null), at: position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(.number(try number()), at: position)
    default:
      throw failure(.unexpectedCharacter, "A value should stand here, not \(drawnByte).")
    }
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONNode.Kind {
    try enter()
    index += 1
    skipSpace()
    var members: [JSONMember] = []
    var seen = JSONKeys()
    if take(UInt8(ascii: "}")) {
      depth -= 1
      return .object(members)
    }
    while true {
      let keyPosition = here
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw missing("a key in double quotes")
      }
      guard members.count < limits.members else {
        throw failure(.tooManyMembers, "An object has more than \(limits.members) members.")
      }
      let key = try string()
      guard seen.insert(key, into: members) else {
        throw failure(
          .duplicateKey, "The key \(quoted(key)) stands twice in one object.", at: keyPosition)
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw missing("a colon after the key") }
      skipSpace()
      members.append(JSONMember(key: key, keyPosition: keyPosition, value: try value()))
      skipSpace()
      if take(UInt8(ascii: ",")) {
        skipSpace()
        continue
      }
      guard take(UInt8(ascii: "}")) else { throw missing("a comma or a closing brace") }
      depth -= 1
      return .object(members)
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONNode.Kind {
    try enter()
    index += 1
    skipSpace()
    var elements: [JSONNode] = []
    if take(UInt8(ascii: "]")) {
      depth -= 1
      return .array(elements)
    }
    while true {
      guard elements.count < limits.elements else {
        throw failure(.tooManyElements, "An array has more than \(limits.elements) elements.")
      }
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: ",")) {
        skipSpace()
        continue
      }
      guard take(UInt8(ascii: "]")) else { throw missing("a comma or a closing bracket") }
      depth -= 1
      return .array(elements)
    }
  }

  private mutating func enter() throws(JSONSyntaxError) {
    depth += 1
    guard depth <= limits.depth else {
      throw failure(.tooDeep, "Arrays and objects are nested deeper than \(limits.depth).")
    }
  }

  private mutating func literal(
    _ word: StaticString, _ kind: JSONNode.Kind
  ) throws(JSONSyntaxError) -> JSONNode.Kind {
    let start = here
    let count = word.utf8CodeUnitCount
    let matches =
      index + count <= bytes.count
      && word.withUTF8Buffer { bytes[index..<index + count].elementsEqual($0) }
    guard matches else {
      throw failure(.invalidLiteral, "Only true, false and null may stand bare.", at: start)
    }
    index += count
    return kind
  }

  /// RFC 8259 section 6: no leading zero, no plus sign, digits on both sides of the point.
  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = index
    let position = here
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits("a digit", from: position) }
    if take(UInt8(ascii: ".")) { try digits("a digit after the decimal point", from: position) }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits("a digit in the exponent", from: position)
    }
    if index < bytes.count, isNumberLike(bytes[index]) {
      throw failure(.invalidNumber, "\(drawnByte) does not belong in a JSON number.")
    }
    guard index - start <= limits.numberLength else {
      throw failure(
        .numberTooLong, "A number has more than \(limits.numberLength) characters.", at: position)
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits(
    _ what: String, from position: JSONPosition
  ) throws(JSONSyntaxError) {
    let start = index
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") <= 9 { index += 1 }
    guard index > start else {
      throw failure(.invalidNumber, "A JSON number needs \(what) here.")
    }
  }

  private func isNumberLike(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      case UInt8(ascii: "\n"):
        index += 1
        line += 1
        lineStart = index
        continuations = 0
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private func missing(_ what: String) -> JSONSyntaxError {
    index < bytes.count
      ? failure(.unexpectedCharacter, "Here should stand \(what), not \(drawnByte).")
      : failure(.unexpectedEnd, "The text ends where \(what) should be.")
  }

  /// The next byte as people would name it.
  var drawnByte: String {
    guard index < bytes.count else { return "the end" }
    let byte = bytes[index]
    guard byte >= 0x20, byte < 0x7F else { return "byte 0x" + String(byte, radix: 16) }
    return "'" + String(UnicodeScalar(byte)) + "'"
  }

  /// A key as a message shows it, cut so that no message repeats a long input.
  private func quoted(_ key: String) -> String {
    let shown = String(key.unicodeScalars.prefix(64))
    return "\"\(shown)\(shown.utf8.count < key.utf8.count ? "…" : "")\""
  }
}

/// The keys already seen in one object: a scan while they are few, a set when they are many.
private struct JSONKeys {
  private static let scanned = 12
  private var set: Set<String> = []

  /// Adds a key; false when it was there.
  ///
  /// Keys compare as Swift strings, so two spellings of one text by Unicode equivalence are one
  /// key: a dictionary would hold only one of them.
  mutating func insert(_ key: String, into members: [JSONMember]) -> Bool {
    if members.count < JSONKeys.scanned {
      for member in members where member.key == key { return false }
      return true
    }
    if set.isEmpty { set = Set(members.lazy.map(\.key)) }
    return set.insert(key).inserted
  }
}
