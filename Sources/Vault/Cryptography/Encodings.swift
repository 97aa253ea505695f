/// Lower-case hexadecimal text (RFC 4648 section 8).
package enum Hex {
  /// Two digits for each byte.
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of a text of whole pairs of digits in either case; nil for any other text.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var out: [UInt8] = []
    var high: UInt8?
    for character in text.utf8 {
      guard let digit = value(of: character) else { return nil }
      guard let first = high else {
        high = digit
        continue
      }
      out.append(first << 4 | digit)
      high = nil
    }
    return high == nil ? out : nil
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Base64 without padding (RFC 4648), in the alphabet for addresses or in the plain one.
package struct Base64: Sendable {
  /// The alphabet of RFC 4648 section 5, with `-` and `_`; for tokens and cursors.
  package static let url = Base64(last: "-_")
  /// The alphabet of RFC 4648 section 4, with `+` and `/`; for PHC strings.
  package static let plain = Base64(last: "+/")

  private let alphabet: [UInt8]
  private let values: [UInt8]

  private init(last: String) {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last
    alphabet = Array(letters.utf8)
    var values = [UInt8](repeating: 255, count: 256)
    for (index, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(index) }
    self.values = values
  }

  /// The text of some bytes.
  package func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 4 + 2) / 3)
    var held: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      held = (held << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        out.append(alphabet[Int(held >> bits & 63)])
      }
    }
    if bits > 0 { out.append(alphabet[Int(held << (6 - bits) & 63)]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of a text; nil for a foreign letter, padding, an impossible length, or stray bits,
  /// so that no two texts mean the same bytes.
  package func decode(_ text: some StringProtocol) -> [UInt8]? {
    var out: [UInt8] = []
    var held: UInt32 = 0
    var bits: UInt32 = 0
    for character in text.utf8 {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      held = (held << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(held >> bits & 255))
      }
    }
    guard bits < 6, held & (1 << bits - 1) == 0 else { return nil }
    return out
  }
}
