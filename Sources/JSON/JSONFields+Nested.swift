/// Objects and arrays.
extension JSONFields {
  /// Elements that a list may have unless another limit is given.
  package static let listLength = 1_000

  /// A required object, read by its own fields.
  package func object<T>(_ key: String, _ body: (JSONFields) -> T?) -> T? {
    required(key).flatMap { nested($0, JSONPointer.appending(key, to: pointer), body) }
  }

  /// The optional twin of `object`.
  package func optionalObject<T>(_ key: String, _ body: (JSONFields) -> T?) -> T? {
    optional(key).flatMap { nested($0, JSONPointer.appending(key, to: pointer), body) }
  }

  /// A required array of at most so many elements; `body` reads one node at its pointer and nil
  /// from it, after it recorded why, makes the whole array nil.
  package func array<T>(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength,
    _ body: (JSONNode, String) -> T?
  ) -> [T]? {
    required(key).flatMap { list($0, key, min, max, body) }
  }

  /// The optional twin of `array`.
  package func optionalArray<T>(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength,
    _ body: (JSONNode, String) -> T?
  ) -> [T]? {
    optional(key).flatMap { list($0, key, min, max, body) }
  }

  /// A required array of objects, each read by its own fields.
  package func objects<T>(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength, _ body: (JSONFields) -> T?
  ) -> [T]? {
    required(key).flatMap { list($0, key, min, max) { nested($0, $1, body) } }
  }

  /// The optional twin of `objects`.
  package func optionalObjects<T>(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength, _ body: (JSONFields) -> T?
  ) -> [T]? {
    optional(key).flatMap { list($0, key, min, max) { nested($0, $1, body) } }
  }

  /// A required array of texts.
  package func strings(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength,
    maxLength: Int = JSONFields.textLength
  ) -> [String]? {
    required(key).flatMap { list($0, key, min, max) { text($0, $1, maxLength) } }
  }

  /// The optional twin of `strings`.
  package func optionalStrings(
    _ key: String, min: Int = 0, max: Int = JSONFields.listLength,
    maxLength: Int = JSONFields.textLength
  ) -> [String]? {
    optional(key).flatMap { list($0, key, min, max) { text($0, $1, maxLength) } }
  }

  /// A required object whose keys are names that the writer chose: each key with what `body`
  /// reads from its node.
  package func dictionary<T>(
    _ key: String, max: Int = JSONFields.listLength, _ body: (JSONNode, String) -> T?
  ) -> [(key: String, value: T)]? {
    required(key).flatMap { entries($0, key, max, body) }
  }

  /// The optional twin of `dictionary`.
  package func optionalDictionary<T>(
    _ key: String, max: Int = JSONFields.listLength, _ body: (JSONNode, String) -> T?
  ) -> [(key: String, value: T)]? {
    optional(key).flatMap { entries($0, key, max, body) }
  }

  /// Reads a node, which must be an object, by its fields; for the bodies of `array`.
  package func nested<T>(_ node: JSONNode, _ place: String, _ body: (JSONFields) -> T?) -> T? {
    guard case .object(let members) = node.kind else {
      reportType(node, place, expected: "an object")
      return nil
    }
    let fields = JSONFields(
      members: members, pointer: place, position: node.position, found: found)
    let value = body(fields)
    fields.finish()
    return value
  }

  /// Records a violation at a node that `array` or `dictionary` handed out.
  package func report(_ node: JSONNode, at place: String, _ code: String, _ detail: String) {
    found.add(Violation(pointer: place, code: code, detail: detail, position: node.position))
  }

  private func reportType(_ node: JSONNode, _ place: String, expected: String) {
    report(
      node, at: place, Violation.Code.type.rawValue,
      "This must be \(expected), not \(node.typeName).")
  }

  private func text(_ node: JSONNode, _ place: String, _ maxLength: Int) -> String? {
    guard case .string(let text) = node.kind else {
      reportType(node, place, expected: "a string")
      return nil
    }
    guard text.utf8.count <= maxLength || text.unicodeScalars.count <= maxLength else {
      report(
        node, at: place, Violation.Code.tooLong.rawValue,
        "This must have at most \(maxLength) characters.")
      return nil
    }
    return text
  }

  private func list<T>(
    _ node: JSONNode, _ key: String, _ min: Int, _ max: Int, _ body: (JSONNode, String) -> T?
  ) -> [T]? {
    guard case .array(let nodes) = node.kind else {
      wrongType(key, node, expected: "an array")
      return nil
    }
    guard nodes.count <= max else {
      report(key, .tooMany, "This must have at most \(max) elements.")
      return nil
    }
    guard nodes.count >= min else {
      report(key, .tooFew, "This must have at least \(min) elements.")
      return nil
    }
    let place = JSONPointer.appending(key, to: pointer)
    var values: [T] = []
    values.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      if let value = body(node, "\(place)/\(index)") { values.append(value) }
    }
    return values.count == nodes.count ? values : nil
  }

  private func entries<T>(
    _ node: JSONNode, _ key: String, _ max: Int, _ body: (JSONNode, String) -> T?
  ) -> [(key: String, value: T)]? {
    guard case .object(let members) = node.kind else {
      wrongType(key, node, expected: "an object")
      return nil
    }
    guard members.count <= max else {
      report(key, .tooMany, "This must have at most \(max) members.")
      return nil
    }
    let place = JSONPointer.appending(key, to: pointer)
    var values: [(key: String, value: T)] = []
    for member in members {
      if let value = body(member.value, JSONPointer.appending(member.key, to: place)) {
        values.append((member.key, value))
      }
    }
    return values.count == members.count ? values : nil
  }
}
