import Advice
import DMN
import FEEL
import JSON

/// Reads the inputs of a model from JSON, by the types that the model declares.
struct InputReader {
  private let types: [String: Type]
  private let decisions: Set<String>
  /// The inputs that the decision reads, itself or through what it requires.
  private let read: [String]

  /// A reader for the inputs of a model; the name of a decision gives its value.
  ///
  /// - Parameter decision: what is to be decided; nil for a decision service, whose parameters may
  ///   be left out.
  init(_ model: Model, deciding decision: String?) throws {
    let names = model.inputs.map(\.name)
    if let decision {
      let plan = try model.plan(decision, inputs: names)
      read = plan.placesRead.map { names[$0] }
    } else {
      read = []
    }
    decisions = Set(model.decisions.map(\.name))
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
    var faults: [String] = []
    for member in members {
      guard let type = types[member.key] else {
        let known = types.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        faults.append(
          "\(name): \(member.keyPosition): the model has no input '\(member.key)'; it has \(known)")
        continue
      }
      if let number = member.value.unheldNumber {
        faults.append(
          "\(name): \(number.position): '\(member.key)' holds a number beyond what rules can "
            + "reckon with")
        continue
      }
      let value = Value(fromJSON: member.value, as: type)
      guard let value = type.converting(value) else {
        faults.append(
          "\(name): \(member.value.position): '\(member.key)' must be of the type \(type)")
        continue
      }
      entries.append((member.key, value))
    }
    guard faults.isEmpty else { throw Failure(lines: faults) }
    return Context(entries)
  }

  /// Tells each input that the decision reads and that was not given: it is null then.
  ///
  /// Only what a person types is told so. Where the value of a decision is given, what that one
  /// reads need not be.
  func tellMissing(_ context: Context, name: String) {
    guard !decisions.contains(where: { context[$0] != nil }) else { return }
    for input in read where context[input] == nil {
      let type = types[input].map { " of the type \($0)" } ?? ""
      Failure.report(
        "steward: note: \(name): the input '\(input)'\(type) is missing; null is taken")
    }
  }
}
