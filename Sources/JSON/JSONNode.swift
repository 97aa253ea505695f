/// A value read from a JSON text, with the place where it stood.
package struct JSONNode: Sendable, Hashable {
  /// What a JSON value can be; numbers keep their exact text.
  package enum Kind: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  /// What the value is.
  package let kind: Kind

  /// Where its first character stood.
  package let position: JSONPosition

  /// A value at a place.
  package init(_ kind: Kind, at position: JSONPosition) {
    self.kind = kind
    self.position = position
  }
}

/// One key of an object with its value.
package struct JSONMember: Sendable, Hashable {
  /// The key, unescaped.
  package let key: String

  /// Where the key's opening quote stood.
  package let keyPosition: JSONPosition

  /// The value.
  package let value: JSONNode

  /// A key with its value.
  package init(key: String, keyPosition: JSONPosition, value: JSONNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

extension JSONNode {
  /// Reads one JSON text (RFC 8259) strictly: UTF-8 is validated; lone surrogates, duplicate keys,
  /// a byte order mark and text after the value are refused.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - limits: the sizes allowed.
  ///   - firstLine: the number of the text's first line, for one line out of a longer file.
  package static func parse(
    _ bytes: [UInt8], limits: JSONLimits = .request, firstLine: Int = 1
  ) throws(JSONSyntaxError) -> JSONNode {
    var reader = JSONReader(bytes, limits: limits, firstLine: firstLine)
    return try reader.document()
  }

  /// Reads one JSON text that is held as a string.
  package static func parse(
    _ text: String, limits: JSONLimits = .request
  ) throws(JSONSyntaxError) -> JSONNode {
    try parse(Array(text.utf8), limits: limits)
  }

  /// The name of the value's type as the JSON Schema vocabulary writes it.
  package var typeName: String {
    switch kind {
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The value of an object's key; nil when this is no object or has no such key.
  package subscript(_ key: String) -> JSONNode? {
    guard case .object(let members) = kind else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text of a string value.
  package var stringValue: String? {
    guard case .string(let text) = kind else { return nil }
    return text
  }

  /// The exact text of a number value.
  package var numberText: String? {
    guard case .number(let text) = kind else { return nil }
    return text
  }

  /// The value of a boolean.
  package var booleanValue: Bool? {
    guard case .boolean(let value) = kind else { return nil }
    return value
  }

  /// The elements of an array.
  package var elements: [JSONNode]? {
    guard case .array(let elements) = kind else { return nil }
    return elements
  }

  /// The members of an object, in the order written.
  package var members: [JSONMember]? {
    guard case .object(let members) = kind else { return nil }
    return members
  }

  /// Whether the value is `null`.
  package var isNull: Bool { kind == .null }
}
