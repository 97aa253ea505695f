/// The fields of a query or of a form that a page sent (`application/x-www-form-urlencoded`).
///
/// Strict where the usual readers are not: a name given twice, a broken escape or bytes that are
/// no UTF-8 are refused, so that no two readers can see two values.
struct FormFields: Sendable {
  private var values: [String: String] = [:]

  /// Fields that one form or query may have.
  static let count = 64

  init() {}

  /// Reads the text of a query or body of so many fields at most.
  init(_ text: some Sequence<UInt8>, count: Int = FormFields.count) throws(Problem) {
    for pair in Array(text).split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
      guard values.count < count else { throw .malformed("There are too many fields.") }
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]),
        let value = Self.decoded(parts.dropFirst().first ?? [])
      else { throw .malformed("A field is not well-formed.") }
      guard values.updateValue(value, forKey: name) == nil else {
        throw .malformed("A field is given twice.")
      }
    }
  }

  /// The value of a field; nil when it is absent.
  subscript(_ name: String) -> String? { values[name] }

  /// The value of a field without white space around it; nil when nothing is left.
  func text(_ name: String) -> String? {
    guard let value = values[name] else { return nil }
    let trimmed = value.drop { $0.isWhitespace }
    guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(trimmed[...last])
  }

  /// The names of the fields, sorted.
  var names: [String] { values.keys.sorted() }

  /// A text written so that it can stand as a value in a query.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += byte < 0x10 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return result
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    guard !result.contains(0) else { return nil }
    return String(validating: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
