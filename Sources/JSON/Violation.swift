/// One thing wrong with a JSON value that is well-formed but not what was asked for.
package struct Violation: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where in the value, as an RFC 6901 pointer; `""` is the whole value.
  package let pointer: String

  /// The kind of violation, a stable name for programs: one of `Violation.Code`, or a name of the
  /// trade that the caller chose.
  package let code: String

  /// What is wrong, as a sentence for people.
  package let detail: String

  /// Where in the text, when the value came from one.
  package let position: JSONPosition?

  /// The violations that decoding itself finds.
  package enum Code: String, Sendable, CaseIterable {
    case required, type, unknownKey, range, precision, format, choice
    case tooLong, tooShort, tooMany, tooFew
  }

  /// A violation of a name of one's own.
  package init(pointer: String, code: String, detail: String, position: JSONPosition? = nil) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
    self.position = position
  }

  /// A violation that decoding found.
  package init(pointer: String, code: Code, detail: String, position: JSONPosition? = nil) {
    self.init(pointer: pointer, code: code.rawValue, detail: detail, position: position)
  }

  /// `/goal/amount: required: …`.
  package var description: String {
    "\(pointer.isEmpty ? "/" : pointer): \(code): \(detail)\(position.map { " (\($0))" } ?? "")"
  }
}

/// All that is wrong with one JSON value.
package struct Violations: Error, Sendable, Hashable, CustomStringConvertible {
  /// The violations in the order in which they were found.
  package let list: [Violation]

  /// The most violations that one answer lists.
  package static let listed = 100

  /// Violations as a list.
  package init(_ list: [Violation]) {
    self.list = list
  }

  /// One violation in each line.
  package var description: String { list.map(\.description).joined(separator: "\n") }
}

/// An RFC 6901 pointer's writing.
package enum JSONPointer {
  /// A pointer one key deeper.
  package static func appending(_ key: String, to pointer: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return "\(pointer)/\(key)"
    }
    var escaped = ""
    for character in key.unicodeScalars {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return "\(pointer)/\(escaped)"
  }
}
