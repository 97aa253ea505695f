import Advice
import DMN
import FEEL
import JSON

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
      let value = Value(fromJSON: member.value, as: type)
      guard let value = type.converting(value) else {
        throw Failure(
          "\(name): \(member.value.position): '\(member.key)' must be of the type \(type)")
      }
      entries.append((member.key, value))
    }
    return Context(entries)
  }
}
