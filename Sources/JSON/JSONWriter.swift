package import Quantities

/// Writes one JSON text, or several one after another, straight into bytes.
///
/// Commas put themselves. The caller pairs the braces; keys are written as given, so a caller that
/// wants canonical bytes writes a `JSONValue`.
package struct JSONWriter: Sendable {
  /// What has been written so far.
  package var bytes: [UInt8] = []

  /// An empty text, with room for so many bytes.
  package init(capacity: Int = 256) {
    bytes.reserveCapacity(capacity)
  }

  /// What has been written so far as a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `{`.
  package mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
  }

  /// `}`.
  package mutating func endObject() { bytes.append(UInt8(ascii: "}")) }

  /// `[`.
  package mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
  }

  /// `]`.
  package mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

  /// A line end after a whole text: JSON Lines.
  package mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  /// A key with its colon.
  package mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A text.
  package mutating func string(_ value: String) {
    separate()
    quote(value)
  }

  /// A whole number.
  package mutating func integer(_ value: Int) {
    separate()
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    let magnitude = value.magnitude
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    withUnsafeMutableBytes(of: &digits) { buffer in
      var rest = magnitude
      var start = buffer.count
      repeat {
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: buffer[start...])
    }
  }

  /// A JSON number with the decimal's digits; `null` for infinities and not-a-number, which JSON
  /// has not.
  package mutating func number(_ value: Decimal128) {
    separate()
    bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
  }

  /// A JSON number from its text, which the caller knows to be one.
  package mutating func number(text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// A decimal as a string with plain digits, `"1234.50"`: how money and rates travel.
  package mutating func decimal(_ value: Decimal128) {
    guard value.isFinite else { return null() }
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: value.plainText.utf8)
    bytes.append(UInt8(ascii: "\""))
  }

  /// `true` or `false`.
  package mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// `null`.
  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// A JSON text that is known to be one, as it stands.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// A part of a JSON text that is known to be one, as it stands.
  package mutating func raw(_ json: ArraySlice<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// An object around what `body` writes.
  package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    beginObject()
    try body(&self)
    endObject()
  }

  /// An array around what `body` writes.
  package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    beginArray()
    try body(&self)
    endArray()
  }

  /// A value read before, with its exact numbers.
  package mutating func node(_ node: JSONNode) {
    switch node.kind {
    case .null: null()
    case .boolean(let value): boolean(value)
    case .number(let text): number(text: text)
    case .string(let value): string(value)
    case .array(let elements): array { for element in elements { $0.node(element) } }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.key)
          writer.node(member.value)
        }
      }
    }
  }

  /// Writes the comma when something stands before in the same array or object.
  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\n"): break
    default: bytes.append(UInt8(ascii: ","))
    }
  }

  /// The shortest escapes: only quotes, backslashes and control characters.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if Self.isPlain(utf8) {
        bytes.append(contentsOf: utf8)
      } else {
        for byte in utf8 { escape(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a text has nothing to escape: eight bytes are looked at in one word, where a byte
  /// below a bound, or one that a difference made zero, leaves its top bit set.
  private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let bytes = UnsafeRawBufferPointer(utf8)
    var index = 0
    while index &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quote = word ^ (ones &* 0x22)
      let slash = word ^ (ones &* 0x5C)
      let control = (word &- ones &* 0x20) & ~word
      if (control | ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash)) & tops != 0 {
        return false
      }
      index &+= 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return false }
      index &+= 1
    }
    return true
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
    case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0..<0x20:
      bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    default: bytes.append(byte)
    }
  }
}

/// Members in one call: a key and its value; nil is left out.
extension JSONWriter {
  /// A member that is a text.
  package mutating func member(_ key: String, _ value: String?) {
    guard let value else { return }
    self.key(key)
    string(value)
  }

  /// A member that is a whole number.
  package mutating func member(_ key: String, _ value: Int?) {
    guard let value else { return }
    self.key(key)
    integer(value)
  }

  /// A member that is `true` or `false`.
  package mutating func member(_ key: String, _ value: Bool?) {
    guard let value else { return }
    self.key(key)
    boolean(value)
  }

  /// A member that is a decimal string.
  package mutating func member(_ key: String, decimal value: Decimal128?) {
    guard let value else { return }
    self.key(key)
    decimal(value)
  }

  /// A member that is an array of texts.
  package mutating func member(_ key: String, _ values: [String]) {
    self.key(key)
    array { for value in values { $0.string(value) } }
  }

  /// A member that is an object around what `body` writes.
  package mutating func object(
    _ key: String, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    self.key(key)
    try object(body)
  }

  /// A member that is an array around what `body` writes.
  package mutating func array(
    _ key: String, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    self.key(key)
    try array(body)
  }
}
