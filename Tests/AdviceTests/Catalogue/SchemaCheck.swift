import Foundation
import JSON
import Quantities
import Testing

/// A check of a value against a JSON Schema, as far as our own schemas go.
///
/// An unknown keyword stops the test, so that no rule is passed over.
final class SchemaCheck {
  /// A keyword that the check does not know.
  struct UnknownKeyword: Error { let name: String }

  private let root: JSONNode
  private var expressions: [String: NSRegularExpression] = [:]

  init(_ schema: [UInt8]) throws { root = try JSONNode.parse(schema, limits: .file) }

  /// Whether a value keeps the schema.
  func accepts(_ value: JSONNode) throws -> Bool { try accepts(value, root) }

  private func member(_ name: String, of node: JSONNode) -> JSONNode? {
    guard case .object(let members) = node.kind else { return nil }
    return members.first { $0.key == name }?.value
  }

  private func resolve(_ schema: JSONNode) -> JSONNode {
    guard let reference = member("$ref", of: schema), case .string(let path) = reference.kind else {
      return schema
    }
    let names = path.split(separator: "/").dropFirst()
    return names.reduce(root) { node, name in member(String(name), of: node) ?? node }
  }

  private func accepts(_ value: JSONNode, _ given: JSONNode) throws -> Bool {
    let schema = resolve(given)
    guard case .object(let keywords) = schema.kind else { return true }
    for keyword in keywords {
      guard try keeps(value, keyword.key, keyword.value, schema) else { return false }
    }
    return true
  }

  private func keeps(
    _ value: JSONNode, _ name: String, _ rule: JSONNode, _ schema: JSONNode
  ) throws -> Bool {
    switch (name, value.kind, rule.kind) {
    case ("type", _, .string(let type)): return has(value, type)
    case ("enum", .string(let text), .array(let choices)):
      return choices.contains { if case .string(text) = $0.kind { true } else { false } }
    case ("enum", _, _): return false
    case ("required", .object(let members), .array(let names)):
      return names.allSatisfy { name in
        guard case .string(let key) = name.kind else { return false }
        return members.contains { $0.key == key }
      }
    case ("properties", .object(let members), _):
      return try members.allSatisfy { entry in
        guard let schema = member(entry.key, of: rule) else { return true }
        return try accepts(entry.value, schema)
      }
    case ("additionalProperties", .object(let members), .boolean(false)):
      let known = member("properties", of: schema)
      return members.allSatisfy { entry in
        known.flatMap { member(entry.key, of: $0) } != nil
      }
    case ("items", .array(let elements), _):
      return try elements.allSatisfy { try accepts($0, rule) }
    case ("uniqueItems", .array(let elements), .boolean(true)):
      return Set(elements.map(Self.text)).count == elements.count
    case ("minItems", .array(let elements), .number(let least)):
      return elements.count >= Int(least) ?? 0
    case ("maxItems", .array(let elements), .number(let most)):
      return elements.count <= Int(most) ?? 0
    case ("maxLength", .string(let text), .number(let most)):
      return text.unicodeScalars.count <= Int(most) ?? 0
    case ("pattern", .string(let text), .string(let pattern)):
      return try matches(text, pattern)
    case ("format", .string(let text), .string("date")): return CalendarDate(iso: text) != nil
    case ("minimum", .number(let number), .number(let least)):
      return try #require(Decimal128(number)) >= #require(Decimal128(least))
    case ("maximum", .number(let number), .number(let most)):
      return try #require(Decimal128(number)) <= #require(Decimal128(most))
    case ("$schema", _, _), ("$id", _, _), ("title", _, _), ("description", _, _),
      ("$defs", _, _):
      return true
    case ("required", _, _), ("properties", _, _), ("additionalProperties", _, _),
      ("items", _, _), ("uniqueItems", _, _), ("minItems", _, _), ("maxItems", _, _),
      ("maxLength", _, _), ("pattern", _, _), ("format", _, _), ("minimum", _, _),
      ("maximum", _, _):
      return true
    default: throw UnknownKeyword(name: name)
    }
  }

  private func has(_ value: JSONNode, _ type: String) -> Bool {
    switch (type, value.kind) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .boolean),
      ("number", .number):
      true
    case ("integer", .number(let text)): Decimal128(text)?.isInteger ?? false
    default: false
    }
  }

  /// Whether a whole text matches a regular expression.
  func matches(_ text: String, _ pattern: String) throws -> Bool {
    let expression = try expressions[pattern] ?? NSRegularExpression(pattern: pattern)
    expressions[pattern] = expression
    let whole = NSRange(text.startIndex..., in: text)
    return expression.firstMatch(in: text, range: whole)?.range == whole
  }

  static func text(_ node: JSONNode) -> String {
    var writer = JSONWriter()
    writer.node(node)
    return writer.text
  }
}
