import JSON
import Quantities

/// Writes the JSON Schema (draft 2020-12) of a record from the declaration that the reader walks,
/// so that the two cannot differ.
///
/// What no schema can say stays with the reader: the order of two bounds, rules between fields, a
/// day that is in no calendar.
struct SchemaWalk: FieldWalk {
  /// The members of "properties", in the order of declaration.
  private var properties = JSONWriter()
  private var required: [String] = []
  private let definitions: Definitions

  /// The schemas of nested records by name, each written once, in the order first met.
  final class Definitions {
    var schemas: [(name: String, schema: [UInt8])] = []
  }

  private init(_ definitions: Definitions) {
    self.definitions = definitions
    properties.beginObject()
  }

  /// The whole schema of a record's files, laid out for reading.
  static func schema<T: Fielded>(of type: T.Type, id: String, title: String) -> [UInt8] {
    let definitions = Definitions()
    var json = JSONWriter()
    json.beginObject()
    json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
    json.member("$id", id)
    json.member("title", title)
    var walk = SchemaWalk(definitions)
    walk.schemaReference()
    var blank = T()
    blank.fields(&walk)
    walk.finish(into: &json)
    json.key("$defs")
    json.beginObject()
    for definition in definitions.schemas {
      json.key(definition.name)
      json.raw(definition.schema)
    }
    json.endObject()
    json.endObject()
    return PrettyJSON.layOut(json.bytes)
  }

  private func finish(into json: inout JSONWriter) {
    var properties = properties
    properties.endObject()
    json.member("type", "object")
    json.member("additionalProperties", false)
    if !required.isEmpty { json.member("required", required) }
    json.key("properties")
    json.raw(properties.bytes)
  }

  private mutating func property(
    _ key: String, isRequired: Bool = false, _ says: String, _ body: (inout JSONWriter) -> Void
  ) {
    if isRequired { required.append(key) }
    properties.key(key)
    properties.beginObject()
    body(&properties)
    properties.member("description", says)
    properties.endObject()
  }

  private mutating func list(
    _ key: String, max: Int, min: Int = 0, isSet: Bool, _ says: String,
    _ items: (inout JSONWriter) -> Void
  ) {
    property(key, isRequired: min > 0, says) { json in
      json.member("type", "array")
      if min > 0 { json.member("minItems", min) }
      json.member("maxItems", max)
      if isSet { json.member("uniqueItems", true) }
      json.key("items")
      json.beginObject()
      items(&json)
      json.endObject()
    }
  }

  /// Writes the schema of a nested record, unless it was, and gives the reference to it.
  private func reference<T: Fielded>(to type: T.Type) -> String {
    let type = String(describing: type)
    let name = type.prefix(1).lowercased() + type.dropFirst()
    if !definitions.schemas.contains(where: { $0.name == name }) {
      let place = definitions.schemas.count
      definitions.schemas.append((name, []))
      var walk = SchemaWalk(definitions)
      var blank = T()
      blank.fields(&walk)
      var json = JSONWriter()
      json.beginObject()
      walk.finish(into: &json)
      json.endObject()
      definitions.schemas[place].schema = json.bytes
    }
    return "#/$defs/\(name)"
  }

  private static func text(_ rule: TextRule, _ json: inout JSONWriter) {
    json.member("type", "string")
    json.member("maxLength", rule.maxLength)
    json.member("pattern", rule.pattern)
  }

  private static func integer(_ range: ClosedRange<Int>, _ json: inout JSONWriter) {
    json.member("type", "integer")
    json.member("minimum", range.lowerBound)
    json.member("maximum", range.upperBound)
  }

  private static func number(_ range: ClosedRange<Decimal128>, _ json: inout JSONWriter) {
    json.member("type", "number")
    json.key("minimum")
    json.number(text: range.lowerBound.plainText)
    json.key("maximum")
    json.number(text: range.upperBound.plainText)
  }

  private static func date(_ json: inout JSONWriter) {
    json.member("type", "string")
    json.member("format", "date")
    json.member("pattern", "^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$")
  }

  private static func currency(_ json: inout JSONWriter) {
    json.member("enum", Currency.all.map(\.code).sorted())
  }

  private static func choice<E: FieldChoice>(_ type: E.Type, _ json: inout JSONWriter) {
    json.member("enum", E.allCases.map(\.rawValue))
  }

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String) {
    property(key, isRequired: true, says) { Self.text(rule, &$0) }
  }

  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String
  ) {
    property(key, says) { Self.text(rule, &$0) }
  }

  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String
  ) {
    list(key, max: max, isSet: true, says) { Self.text(rule, &$0) }
  }

  mutating func flag(_ key: String, _ value: inout Bool, _ says: String) {
    property(key, says) { $0.member("type", "boolean") }
  }

  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String
  ) {
    property(key, isRequired: true, says) { Self.integer(range, &$0) }
  }

  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String
  ) {
    property(key, says) { Self.integer(range, &$0) }
  }

  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String
  ) {
    list(key, max: max, isSet: true, says) { Self.integer(range, &$0) }
  }

  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    property(key, isRequired: true, says) { Self.number(range, &$0) }
  }

  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    property(key, says) { Self.number(range, &$0) }
  }

  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String
  ) {
    list(key, max: max, isSet: true, says) { Self.number(range, &$0) }
  }

  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String) {
    property(key, isRequired: true, says) { Self.date(&$0) }
  }

  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String) {
    property(key, says) { Self.date(&$0) }
  }

  mutating func currency(_ key: String, _ value: inout Currency, _ says: String) {
    property(key, isRequired: true, says) { Self.currency(&$0) }
  }

  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String) {
    property(key, says) { Self.currency(&$0) }
  }

  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String) {
    property(key, isRequired: true, says) { Self.choice(E.self, &$0) }
  }

  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String
  ) {
    property(key, says) { Self.choice(E.self, &$0) }
  }

  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String
  ) {
    list(key, max: E.allCases.count, isSet: true, says) { Self.choice(E.self, &$0) }
  }

  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String) {
    let reference = reference(to: T.self)
    property(key, isRequired: true, says) { $0.member("$ref", reference) }
  }

  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String) {
    let reference = reference(to: T.self)
    property(key, says) { $0.member("$ref", reference) }
  }

  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String
  ) {
    let reference = reference(to: T.self)
    list(key, max: count.upperBound, min: count.lowerBound, isSet: false, says) {
      $0.member("$ref", reference)
    }
  }

  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String) {}
}
