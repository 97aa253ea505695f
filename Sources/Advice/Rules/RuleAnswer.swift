import DMN
import FEEL
package import JSON
package import Quantities

extension RuleBook.Source {
  /// The longest answer, in bytes.
  private static let longestAnswer = 4 << 20

  /// Makes a decision of one of the models and says why: one JSON object with the result, the
  /// causes of nulls and the trace; nil where there is no such model.
  ///
  /// - Throws: `Violations` for an unknown decision or input or with what is wrong in the model,
  ///   ``TraceWriter/Fault`` for an answer that is too long.
  package func answer(
    _ decision: String, of model: String, inputs: [JSONMember], on day: CalendarDate
  ) throws -> [UInt8]? {
    guard let file = models.first(where: { $0.name == model }) else { return nil }
    let loaded: Model
    do throws(ModelProblems) {
      loaded = try load(file)
    } catch {
      throw Violations(
        error.list.filter { $0.severity == .error }.map { RuleFinding(problem: $0).violation })
    }
    let isDecision = loaded.decision(decision) != nil
    guard isDecision || loaded.services.contains(decision) else {
      let names = (loaded.decisions.map(\.name) + loaded.services).joined(separator: ", ")
      throw Violations([
        Violation(
          pointer: "/decision", code: "unknown",
          detail: "It has no such decision; it has \(names).")
      ])
    }
    let context = try Self.context(inputs, of: loaded)
    let now = DateTime(date: day, time: .midnightUTC)
    let outcome =
      isDecision
      ? loaded.evaluate(decision, context, now: now, trace: .hits)
      : loaded.evaluate(service: decision, context, now: now, trace: .hits)
    var writer = TraceWriter(longest: Self.longestAnswer)
    try writer.write(outcome, of: decision, .hits)
    return writer.bytes
  }

  private static func context(
    _ inputs: [JSONMember], of model: Model
  ) throws(Violations) -> Context {
    var types: [String: FEEL.`Type`] = [:]
    for decision in model.decisions { types[decision.name] = decision.type }
    for input in model.inputs { types[input.name] = input.type }
    var violations: [Violation] = []
    var entries: [(key: String, value: Value)] = []
    for member in inputs {
      let pointer = "/inputs/\(member.key)"
      guard let type = types[member.key] else {
        let names = model.inputs.map(\.name).joined(separator: ", ")
        violations.append(
          Violation(
            pointer: pointer, code: "unknown",
            detail: "The model has no such input; it has \(names)."))
        continue
      }
      if let number = member.value.unheldNumber {
        violations.append(
          Violation(
            pointer: pointer, code: "precision",
            detail: "The number at \(number.position) is beyond what rules can reckon with."))
        continue
      }
      guard let value = type.converting(Value(fromJSON: member.value, as: type)) else {
        violations.append(
          Violation(pointer: pointer, code: "type", detail: "This must be of the type \(type)."))
        continue
      }
      entries.append((member.key, value))
    }
    guard violations.isEmpty else { throw Violations(violations) }
    return Context(entries)
  }
}
