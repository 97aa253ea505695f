package import FEEL
import JSON
import Quantities

extension Calculator {
  /// The calculator as a function that rules call, its inputs as parameters by position or by
  /// name: `loan payment(amount: 10000, annualRate: 0.05, payments: 36).payment`.
  ///
  /// Inputs that cannot be used make the result null, as FEEL's own functions do.
  package var function: HostFunction {
    let names = inputs.map(\.name)
    let parameters = inputs.map { FEEL.Parameter($0.name, .any, isOptional: !$0.isRequired) }
    return HostFunction(name: name, parameters: parameters) { arguments in
      var members: [JSONMember] = []
      for (name, value) in zip(names, arguments) where !value.isNull {
        members.append(JSONMember(key: name, keyPosition: nowhere, value: jsonNode(value)))
      }
      let object = JSONNode(.object(members), at: nowhere)
      guard let figures = try? self.figures(for: object, today: nil) else { return .null }
      return figures.feel
    }
  }
}

extension Calculators {
  /// Every calculator as a function of rules.
  package static let functions: [HostFunction] = all.map(\.function)
}

private let nowhere = JSONPosition(line: 1, column: 1, offset: 0)

/// A FEEL value as the JSON value that calculators read.
private func jsonNode(_ value: Value) -> JSONNode {
  let kind: JSONNode.Kind
  switch value {
  case .boolean(let truth): kind = .boolean(truth)
  case .number(let number): kind = .number(number.description)
  case .string(let text): kind = .string(text)
  case .date(let date): kind = .string(date.description)
  case .list(let values): kind = .array(values.map(jsonNode))
  case .context(let context):
    kind = .object(
      context.map { JSONMember(key: $0.0, keyPosition: nowhere, value: jsonNode($0.1)) })
  default: kind = .null
  }
  return JSONNode(kind, at: nowhere)
}

extension [Figure] {
  /// The figures as a FEEL context.
  fileprivate var feel: Value {
    .context(Context(map { (key: $0.name, value: $0.value.feel) }))
  }
}

extension Figure.Value {
  fileprivate var feel: Value {
    switch self {
    case .decimal(let value): value.isFinite ? .number(value) : .null
    case .integer(let value): .number(value)
    case .text(let value): .string(value)
    case .date(let value): .date(value)
    case .boolean(let value): .boolean(value)
    case .absent: .null
    case .list(let values): .list(values.map(\.feel))
    case .fields(let figures): figures.feel
    }
  }
}
