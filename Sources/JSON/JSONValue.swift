package import Quantities

/// A JSON value without places, whose bytes are always the same: for digests and stored outcomes.
package enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// A number by its text; equal values in other writings are equal only in canonical bytes.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A number from a decimal; `null` for what JSON has no number for.
  package init(_ value: Decimal128) {
    self = value.isFinite ? .number(JSONNumberText.canonical(value.description)) : .null
  }

  /// A whole number.
  package init(_ value: Int) {
    self = .number(String(value))
  }

  /// A decimal as a string with plain digits, its scale kept.
  package static func decimal(_ value: Decimal128) -> JSONValue {
    value.isFinite ? .string(value.plainText) : .null
  }

  /// What was read from a text, without its places.
  package init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .number(let text): self = .number(text)
    case .string(let value): self = .string(value)
    case .array(let elements): self = .array(elements.map(JSONValue.init))
    case .object(let members):
      self = .object(
        Dictionary(
          members.map { ($0.key, JSONValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The one writing of this value: keys sorted by code point, shortest escapes, numbers in one
  /// form, no spaces.
  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}

extension JSONNode {
  /// The canonical writing of what was read, as of ``JSONValue/canonicalBytes``.
  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter()
    writer.canonical(self)
    return writer.bytes
  }
}

extension JSONWriter {
  /// What was read in its canonical writing.
  fileprivate mutating func canonical(_ node: JSONNode) {
    switch node.kind {
    case .null: null()
    case .boolean(let value): boolean(value)
    case .number(let text): number(text: JSONNumberText.canonical(text))
    case .string(let value): string(value)
    case .array(let elements): array { for element in elements { $0.canonical(element) } }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      object { writer in
        for member in sorted {
          writer.key(member.key)
          writer.canonical(member.value)
        }
      }
    }
  }

  /// A value in its canonical writing.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .boolean(let value): boolean(value)
    case .number(let text): number(text: JSONNumberText.canonical(text))
    case .string(let text): string(text)
    case .array(let elements): array { for element in elements { $0.value(element) } }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      object { writer in
        for (key, member) in sorted {
          writer.key(key)
          writer.value(member)
        }
      }
    }
  }
}
