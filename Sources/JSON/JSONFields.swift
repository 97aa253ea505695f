/// Reads the members of one JSON object and collects everything that is wrong with them.
///
/// Each reading returns nil after it has recorded a violation, so that a decoder reads all of its
/// fields first and gives up once at the end with the whole list. Keys that were never asked for
/// are violations too. A value lives for one decoding on one thread.
package final class JSONFields {
  /// Where this object stands in the whole value (RFC 6901).
  package let pointer: String

  /// Where this object stands in the text.
  package let position: JSONPosition

  let members: [JSONMember]
  private var isRead: [Bool]
  private var refusesUnknownKeys = true
  let found: Found

  /// The violations of a whole decoding, shared by the nested objects.
  final class Found {
    var list: [Violation] = []

    func add(_ violation: Violation) {
      if list.count < Violations.listed { list.append(violation) }
    }
  }

  init(members: [JSONMember], pointer: String, position: JSONPosition, found: Found) {
    self.members = members
    self.pointer = pointer
    self.position = position
    self.found = found
    isRead = Array(repeating: false, count: members.count)
  }

  /// The node under a key, null included; the key counts as known from now on.
  package func node(_ key: String) -> JSONNode? {
    // Most keys differ in length already, which costs less than to compare them.
    let length = key.utf8.count
    for index in members.indices
    where members[index].key.utf8.count == length && members[index].key == key {
      isRead[index] = true
      return members[index].value
    }
    return nil
  }

  /// Whether a key is there with a value other than null; the key counts as known from now on.
  package func has(_ key: String) -> Bool {
    guard let node = node(key) else { return false }
    return !node.isNull
  }

  /// The keys of the object in the order written.
  package var keys: [String] { members.map(\.key) }

  /// Lets keys pass that nobody asked for: for outside formats that grow.
  package func allowUnknownKeys() { refusesUnknownKeys = false }

  /// Whether anything in the whole value has been found wrong so far.
  package var hasViolations: Bool { !found.list.isEmpty }

  /// Records a violation that the caller found at a key.
  package func report(_ key: String, _ code: String, _ detail: String) {
    let place = members.first { $0.key == key }?.value.position
    found.add(
      Violation(
        pointer: JSONPointer.appending(key, to: pointer), code: code, detail: detail,
        position: place ?? position))
  }

  /// Records a violation that decoding found at a key.
  func report(_ key: String, _ code: Violation.Code, _ detail: String) {
    report(key, code.rawValue, detail)
  }

  /// Records a violation of the object as a whole.
  package func report(_ code: String, _ detail: String) {
    found.add(Violation(pointer: pointer, code: code, detail: detail, position: position))
  }

  /// Records the keys that were never asked for.
  func finish() {
    guard refusesUnknownKeys else { return }
    for index in members.indices where !isRead[index] {
      let member = members[index]
      found.add(
        Violation(
          pointer: JSONPointer.appending(String(member.key.prefix(64)), to: pointer),
          code: .unknownKey, detail: "This key is not known here.",
          position: member.keyPosition))
    }
  }

  /// The node of a key that must be there and not null; absence is recorded.
  func required(_ key: String) -> JSONNode? {
    guard let node = node(key), !node.isNull else {
      report(key, .required, "This value is required.")
      return nil
    }
    return node
  }

  /// The node of a key that may be absent or null.
  func optional(_ key: String) -> JSONNode? {
    guard let node = node(key), !node.isNull else { return nil }
    return node
  }

  func wrongType(_ key: String, _ node: JSONNode, expected: String) {
    report(key, .type, "This must be \(expected), not \(node.typeName).")
  }
}

extension JSONNode {
  /// Decodes this value, which must be an object, with everything that is wrong at once.
  ///
  /// - Parameters:
  ///   - pointer: where the value stands in a larger one.
  ///   - body: reads the fields; nil when it found something wrong.
  package func decode<T>(
    at pointer: String = "", _ body: (JSONFields) -> T?
  ) throws(Violations) -> T {
    guard case .object(let members) = kind else {
      throw Violations([
        Violation(
          pointer: pointer, code: .type, detail: "This must be an object, not \(typeName).",
          position: position)
      ])
    }
    let found = JSONFields.Found()
    let fields = JSONFields(members: members, pointer: pointer, position: position, found: found)
    let value = body(fields)
    fields.finish()
    guard found.list.isEmpty else { throw Violations(found.list) }
    guard let value else {
      throw Violations([
        Violation(
          pointer: pointer, code: .format, detail: "This value cannot be used.",
          position: position)
      ])
    }
    return value
  }
}

/// Reads a JSON text and decodes its object.
///
/// - Throws: `JSONSyntaxError` when the bytes are no JSON, `Violations` when they are JSON of the
///   wrong content.
package func decodeJSON<T>(
  _ bytes: [UInt8], limits: JSONLimits = .request, _ body: (JSONFields) -> T?
) throws -> T {
  try JSONNode.parse(bytes, limits: limits).decode(body)
}
