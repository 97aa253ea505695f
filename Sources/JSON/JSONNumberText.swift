/// The text of a JSON number, without a value: what can be said about its digits.
package enum JSONNumberText {
  /// Whether a text is a number by the grammar of RFC 8259 section 6.
  package static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 128 else { return false }
    var place = Place.start
    for byte in text.utf8 {
      guard let next = place.after(byte) else { return false }
      place = next
    }
    return place.isEnd
  }

  /// Where in a number one is: what was read last.
  private enum Place {
    case start, minus, zero, whole, point, fraction, mark, sign, exponent

    /// Whether a number may end here.
    var isEnd: Bool {
      switch self {
      case .zero, .whole, .fraction, .exponent: true
      case .start, .minus, .point, .mark, .sign: false
      }
    }

    /// Where one is after a byte; nil when no number has it here.
    func after(_ byte: UInt8) -> Place? {
      switch (self, byte) {
      case (.start, UInt8(ascii: "-")): .minus
      case (.start, UInt8(ascii: "0")), (.minus, UInt8(ascii: "0")): .zero
      case (.zero, UInt8(ascii: ".")), (.whole, UInt8(ascii: ".")): .point
      case (.zero, UInt8(ascii: "e")), (.whole, UInt8(ascii: "e")),
        (.fraction, UInt8(ascii: "e")), (.zero, UInt8(ascii: "E")),
        (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "E")):
        .mark
      case (.mark, UInt8(ascii: "+")), (.mark, UInt8(ascii: "-")): .sign
      case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): afterDigit
      default: nil
      }
    }

    private var afterDigit: Place? {
      switch self {
      case .start, .minus, .whole: .whole
      case .point, .fraction: .fraction
      case .mark, .sign, .exponent: .exponent
      case .zero: nil
      }
    }
  }

  /// The digits of a number from its first to its last that is not zero.
  package static func significantDigits(_ text: String) -> Int {
    var count = 0
    var zeros = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0"):
        if count > 0 { zeros += 1 }
      case UInt8(ascii: "1")...UInt8(ascii: "9"):
        count += zeros + 1
        zeros = 0
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        return count
      default: break
      }
    }
    return count
  }

  /// The one writing of a number's value: `1.50`, `15e-1` and `1.5` all become `1.5`.
  ///
  /// Plain from 1e-7 up to 1e21, otherwise scientific, as RFC 8785 writes; all digits are kept.
  static func canonical(_ text: String) -> String {
    if isPlainInteger(text) { return text }
    guard isNumber(text) else { return text }
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let parts = text.utf8.split { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    guard let mantissa = parts.first else { return text }
    let written = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "0"
    guard let exponent = Int(written), abs(exponent) < 1_000_000_000 else { return text }

    var digits: [UInt8] = []
    var pointShift = 0
    var isAfterPoint = false
    for byte in mantissa {
      if byte == UInt8(ascii: ".") { isAfterPoint = true }
      guard byte &- UInt8(ascii: "0") <= 9 else { continue }
      if isAfterPoint { pointShift -= 1 }
      if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
    }
    var scale = exponent + pointShift
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      scale += 1
    }
    if digits.isEmpty { return "0" }
    let shown = place(digits, scale)
    return isNegative ? "-" + shown : shown
  }

  /// Whether a text is already the one writing of a whole number.
  private static func isPlainInteger(_ text: String) -> Bool {
    let digits = text.utf8
    guard (1...21).contains(digits.count), let first = digits.first,
      first != UInt8(ascii: "0") || digits.count == 1
    else { return false }
    return digits.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
  }

  /// Puts the point: the value is `digits × 10^scale`.
  private static func place(_ digits: [UInt8], _ scale: Int) -> String {
    let point = digits.count + scale
    let text = String(decoding: digits, as: UTF8.self)
    if scale >= 0, point <= 21 { return text + String(repeating: "0", count: scale) }
    switch point {
    case 1...21 where point < digits.count:
      return text.prefix(point) + "." + text.dropFirst(point)
    case -5...0:
      return "0." + String(repeating: "0", count: -point) + text
    default:
      let tail = digits.count > 1 ? "." + text.dropFirst() : ""
      return text.prefix(1) + tail + (point > 0 ? "e+" : "e-") + String(abs(point - 1))
    }
  }
}
