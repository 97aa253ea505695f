import JSON

/// The form of a JSON value as JSON Schema 2020-12 says it, for the OpenAPI document.
package indirect enum Schema: Sendable {
  /// Text, with its limit and, where there is one, its JSON Schema format.
  case text(String, maxLength: Int? = nil, format: String? = nil)
  /// One of some names.
  case choice(String, [String])
  /// An exact decimal: a string in answers; a string or a JSON number in requests.
  case decimal(String)
  /// A whole number in a range.
  case integer(String, ClosedRange<Int>? = nil)
  /// `true` or `false`.
  case boolean(String)
  /// A list of at most so many values.
  case list(String, Schema, max: Int? = nil)
  /// An object of an answer with its members in order; later versions may have more.
  case object(String, [Field])
  /// An object of a request: a member that is not named here is refused.
  case input(String, [Field])
  /// An object whose keys are names that the data chooses.
  case dictionary(String, Schema)
  /// A schema that has a name of its own in the document.
  case named(String, Schema)
  /// Any of some forms.
  case oneOf(String, [Schema])
  /// Any value.
  case any(String)

  /// A member of an object.
  package struct Field: Sendable {
    /// The member's key.
    package let name: String
    /// Whether it must be there.
    package let isRequired: Bool
    /// The form of its value.
    package let schema: Schema

    /// A member that must be there.
    package static func required(_ name: String, _ schema: Schema) -> Field {
      Field(name: name, isRequired: true, schema: schema)
    }

    /// A member that may be absent.
    package static func optional(_ name: String, _ schema: Schema) -> Field {
      Field(name: name, isRequired: false, schema: schema)
    }
  }
}

extension Schema {
  /// A calendar date.
  package static func date(_ about: String) -> Schema { .text(about, format: "date") }
  /// An instant in UTC.
  package static func instant(_ about: String) -> Schema { .text(about, format: "date-time") }
  /// An ISO 4217 currency.
  package static let currency = Schema.text("ISO 4217 currency code.", maxLength: 3)
  /// An amount with its currency.
  package static let money = Schema.named(
    "Money",
    .object(
      "An amount of money.",
      [.required("amount", .decimal("The amount.")), .required("currency", .currency)]))

  /// The sentence that says what the value is.
  package var about: String {
    switch self {
    case .text(let about, _, _), .choice(let about, _), .decimal(let about),
      .integer(let about, _), .boolean(let about), .list(let about, _, _), .object(let about, _),
      .input(let about, _), .dictionary(let about, _), .oneOf(let about, _), .any(let about):
      about
    case .named(_, let schema): schema.about
    }
  }

  /// The type in one word or two, for people.
  package var typeName: String {
    switch self {
    case .text(_, _, let format): format ?? "text"
    case .choice(_, let names):
      names.prefix(6).joined(separator: " | ") + (names.count > 6 ? " | …" : "")
    case .decimal: "decimal"
    case .integer: "integer"
    case .boolean: "boolean"
    case .list(_, let element, _): "list of \(element.typeName)"
    case .object, .input: "object"
    case .dictionary(_, let value): "object of \(value.typeName)"
    case .named(let name, _): name
    case .oneOf(_, let forms): forms.map(\.typeName).joined(separator: " or ")
    case .any: "any"
    }
  }

  /// The schema as JSON; named ones become references and are put into `components`.
  func json(into components: inout [String: JSONValue]) -> JSONValue {
    var members: [String: JSONValue] = [:]
    switch self {
    case .text(_, let maxLength, let format):
      members["type"] = .string("string")
      members["maxLength"] = maxLength.map { JSONValue($0) }
      members["format"] = format.map { .string($0) }
    case .choice(_, let names):
      members["type"] = .string("string")
      members["enum"] = .array(names.map { .string($0) })
    case .decimal:
      members["type"] = .array([.string("string"), .string("number")])
      members["pattern"] = .string(#"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"#)
    case .integer(_, let range):
      members["type"] = .string("integer")
      members["minimum"] = range.map { JSONValue($0.lowerBound) }
      members["maximum"] = range.map { JSONValue($0.upperBound) }
    case .boolean: members["type"] = .string("boolean")
    case .list(_, let element, let max):
      members["type"] = .string("array")
      members["items"] = element.json(into: &components)
      members["maxItems"] = max.map { JSONValue($0) }
    case .object(_, let fields):
      members = Self.members(fields, &components)
    case .input(_, let fields):
      members = Self.members(fields, &components)
      members["additionalProperties"] = .boolean(false)
    case .dictionary(_, let value):
      members["type"] = .string("object")
      members["additionalProperties"] = value.json(into: &components)
    case .named(let name, let schema):
      if components[name] == nil {
        components[name] = .null
        components[name] = schema.json(into: &components)
      }
      return .object(["$ref": .string("#/components/schemas/\(name)")])
    case .oneOf(_, let forms):
      members["anyOf"] = .array(forms.map { $0.json(into: &components) })
    case .any: break
    }
    if !about.isEmpty { members["description"] = .string(about) }
    return .object(members)
  }

  private static func members(
    _ fields: [Field], _ components: inout [String: JSONValue]
  ) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for field in fields { properties[field.name] = field.schema.json(into: &components) }
    var members: [String: JSONValue] = [
      "type": .string("object"), "properties": .object(properties),
    ]
    let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members["required"] = .array(required) }
    return members
  }
}
