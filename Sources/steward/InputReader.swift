import DMN
import FEEL
import JSON
import Quantities

/// Reads the inputs of a model from JSON, by the types that the model declares.
struct InputReader {
  private let types: [String: Type]

  /// A reader for the inputs of a model; the name of a decision gives its value.
  init(_ model: Model) {
    var types: [String: Type] = [:]
    for decision in model.decisions { types[decision.name] = decision.type }
    for input in model.inputs { types[input.name] = input.type }
    self.types = types
  }

  /// The inputs in a JSON object.
  ///
  /// - Throws: ``Failure`` that names the line and the input at fault.
  func context(_ bytes: [UInt8], name: String, line: Int) throws -> Context {
    let node: JSONNode
    do {
      node = try JSONNode.parse(bytes, limits: .file, firstLine: line)
    } catch {
      throw Failure("\(name): \(error)")
    }
    guard case .object(let members) = node.kind else {
      throw Failure("\(name): line \(line): the inputs must be a JSON object")
    }
    var entries: [(key: String, value: Value)] = []
    for member in members {
      guard let type = types[member.key] else {
        let known = types.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        throw Failure(
          "\(name): \(member.keyPosition): the model has no input '\(member.key)'; it has \(known)")
      }
      let value = Value(json: member.value, as: type)
      guard let value = type.converting(value) else {
        throw Failure(
          "\(name): \(member.value.position): '\(member.key)' must be of the type \(type)")
      }
      entries.append((member.key, value))
    }
    return Context(entries)
  }
}

extension Value {
  /// A JSON value of a type: strings become dates, times and durations where the type says so.
  ///
  /// What does not fit the type stays as JSON has it.
  init(json node: JSONNode, as type: Type = .any) {
    switch node.kind {
    case .null: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .number(let text): self = Decimal128(text).map { .number($0) } ?? .null
    case .string(let text): self = Value.temporal(text, as: type) ?? .string(text)
    case .array(let items):
      var element = Type.any
      if case .list(let declared) = type { element = declared }
      self = .list(items.map { Value(json: $0, as: element) })
    case .object(let members):
      self = .context(
        Context(
          members.map { ($0.key, Value(json: $0.value, as: type.member($0.key) ?? .any)) }))
    }
  }

  /// A date, time or duration from its text, where the type is one of these.
  private static func temporal(_ text: String, as type: Type) -> Value? {
    switch type {
    case .date, .time, .dateTime, .daysTime, .yearsMonths: break
    default: return nil
    }
    guard !text.contains("\""), !text.contains("\\"),
      let value = (try? Expression.parse("@\"\(text)\""))?.constant, !value.isNull
    else { return nil }
    return value
  }
}
