import Advice
import JSON

extension CalculatorField {
  /// The field as a member of a schema.
  var schemaField: Schema.Field {
    isRequired ? .required(name, schema) : .optional(name, schema)
  }

  private var schema: Schema { CalculatorField.schema(kind, about) }

  private static func schema(_ kind: Kind, _ about: String) -> Schema {
    switch kind {
    case .decimal: .decimal(about)
    case .integer(let range): .integer(about, range)
    case .date: .date(about)
    case .boolean: .boolean(about)
    case .text: .text(about)
    case .currency: .text(about, maxLength: 3)
    case .choice(let names): .choice(about, names)
    case .list(let element, let max):
      .list(about, schema(element, ""), max: max == Int.max ? nil : max)
    case .fields(let fields): .object(about, fields.map(\.schemaField))
    case .dictionary(let value): .dictionary(about, schema(value, ""))
    case .either(let kinds): .oneOf(about, kinds.map { schema($0, "") })
    }
  }

  /// The form in one word or two.
  private static func name(_ kind: Kind) -> String {
    switch kind {
    case .decimal: "decimal"
    case .integer: "integer"
    case .date: "date"
    case .boolean: "boolean"
    case .text: "text"
    case .currency: "currency"
    case .choice: "choice"
    case .list(let element, _): "list of \(name(element))"
    case .fields: "object"
    case .dictionary(let value): "object of \(name(value))"
    case .either(let kinds): kinds.map(name).joined(separator: " or ")
    }
  }

  private static func choices(_ kind: Kind) -> [String] {
    switch kind {
    case .choice(let names): names
    case .list(let element, _): choices(element)
    default: []
    }
  }

  private static func members(_ kind: Kind) -> [CalculatorField] {
    switch kind {
    case .fields(let fields): fields
    case .list(let element, _): members(element)
    default: []
    }
  }

  /// The field for the list of calculators.
  var described: JSONValue {
    var object: [String: JSONValue] = [
      "name": .string(name), "about": .string(about), "required": .boolean(isRequired),
      "type": .string(CalculatorField.name(kind)),
    ]
    let choices = CalculatorField.choices(kind)
    if !choices.isEmpty { object["choices"] = .array(choices.map { .string($0) }) }
    let members = CalculatorField.members(kind)
    if !members.isEmpty { object["members"] = .array(members.map(\.described)) }
    return .object(object)
  }
}
