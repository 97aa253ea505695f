extension JSONReader {
  /// The string whose opening quote is the next byte, unescaped.
  mutating func string() throws(JSONSyntaxError) -> String {
    index += 1
    let start = index
    var hasHighBytes = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        try checkLength(from: start)
        if hasHighBytes { try validate(start..<index) }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if hasHighBytes { countContinuations(start..<index) }
        index += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start, hasHighBytes) }
      guard byte >= 0x20 else { throw controlCharacter }
      if byte >= 0x80 { hasHighBytes = true }
      index += 1
    }
    throw failure(.unexpectedEnd, "The text ends inside a string.")
  }

  /// Goes on with a string from its first backslash.
  private mutating func escapedString(
    from start: Int, _ highBytesBefore: Bool
  ) throws(JSONSyntaxError) -> String {
    var unescaped = Array(bytes[start..<index])
    var hasHighBytes = highBytesBefore
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        try checkLength(from: start)
        if hasHighBytes {
          try validate(start..<index)
          countContinuations(start..<index)
        }
        index += 1
        return String(decoding: unescaped, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &unescaped)
      case 0..<0x20:
        throw controlCharacter
      default:
        if byte >= 0x80 { hasHighBytes = true }
        unescaped.append(byte)
        index += 1
      }
    }
    throw failure(.unexpectedEnd, "The text ends inside a string.")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    guard index + 1 < bytes.count else {
      throw failure(.unexpectedEnd, "The text ends inside a string.")
    }
    let simple: UInt8
    switch bytes[index + 1] {
    case UInt8(ascii: "\""): simple = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): simple = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): simple = UInt8(ascii: "/")
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "f"): simple = 0x0C
    case UInt8(ascii: "n"): simple = 0x0A
    case UInt8(ascii: "r"): simple = 0x0D
    case UInt8(ascii: "t"): simple = 0x09
    case UInt8(ascii: "u"):
      let scalar = try unicodeEscape()
      text.append(contentsOf: String(scalar).utf8)
      return
    default:
      throw failure(
        .invalidEscape, "A backslash must begin one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u.")
    }
    text.append(simple)
    index += 2
  }

  /// `\uXXXX`, or a high and a low surrogate that make one scalar.
  private mutating func unicodeEscape() throws(JSONSyntaxError) -> UnicodeScalar {
    let start = here
    let first = try hexadecimalUnit()
    if let scalar = UnicodeScalar(first) { return scalar }
    let isHigh = first < 0xDC00
    let hasNext =
      index + 1 < bytes.count && bytes[index] == UInt8(ascii: "\\")
      && bytes[index + 1] == UInt8(ascii: "u")
    guard isHigh, hasNext else { throw loneSurrogate(at: start) }
    let second = try hexadecimalUnit()
    guard (0xDC00...0xDFFF).contains(second) else { throw loneSurrogate(at: start) }
    let value = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00)
    guard let scalar = UnicodeScalar(value) else { throw loneSurrogate(at: start) }
    return scalar
  }

  private mutating func hexadecimalUnit() throws(JSONSyntaxError) -> UInt16 {
    let start = here
    guard index + 6 <= bytes.count else {
      throw failure(.invalidEscape, "\\u needs four hexadecimal digits.", at: start)
    }
    var unit: UInt16 = 0
    for digit in bytes[index + 2..<index + 6] {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      default: throw failure(.invalidEscape, "\\u needs four hexadecimal digits.", at: start)
      }
      unit = unit << 4 | UInt16(value)
    }
    index += 6
    return unit
  }

  private func loneSurrogate(at position: JSONPosition) -> JSONSyntaxError {
    failure(.loneSurrogate, "A surrogate stands without its other half.", at: position)
  }

  private var controlCharacter: JSONSyntaxError {
    failure(.controlCharacter, "A control character must be escaped inside a string.")
  }

  private func checkLength(from start: Int) throws(JSONSyntaxError) {
    guard index - start <= limits.stringLength else {
      throw failure(.stringTooLong, "A string has more than \(limits.stringLength) bytes.")
    }
  }

  private mutating func countContinuations(_ range: Range<Int>) {
    for byte in bytes[range] where byte & 0xC0 == 0x80 { continuations += 1 }
  }

  /// Unicode 15, table 3-7: well-formed UTF-8 byte sequences.
  private mutating func validate(_ range: Range<Int>) throws(JSONSyntaxError) {
    var at = range.lowerBound
    while at < range.upperBound {
      let lead = bytes[at]
      if lead < 0x80 {
        at += 1
        continue
      }
      let length: Int
      let second: ClosedRange<UInt8>
      switch lead {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: throw invalidUTF8(range.lowerBound, at)
      }
      guard at + length <= range.upperBound, second.contains(bytes[at + 1]) else {
        throw invalidUTF8(range.lowerBound, at)
      }
      for next in bytes[at + 2..<max(at + 2, at + length)] where next & 0xC0 != 0x80 {
        throw invalidUTF8(range.lowerBound, at)
      }
      at += length
    }
  }

  private mutating func invalidUTF8(_ start: Int, _ at: Int) -> JSONSyntaxError {
    countContinuations(start..<at)
    index = at
    return failure(.invalidUTF8, "The bytes from here are not valid UTF-8.")
  }
}
