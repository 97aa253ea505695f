public import FEEL

extension Model {
  /// Prepares a decision for hot loops: inputs are then given by place, and memory is reused.
  /// - Parameters:
  ///   - decision: the name of the decision.
  ///   - inputs: the names of the inputs, in the order in which values will be given.
  /// - Throws: `PlanFault` when a name is not of this model.
  public func plan(_ decision: String, inputs: [String]) throws(PlanFault) -> Plan {
    guard let place = program.place(of: decision, .decision) else {
      throw PlanFault.decision(decision)
    }
    var places: [Int] = []
    for name in inputs {
      guard let input = program.place(of: name, .input) ?? program.place(of: name, .decision)
      else { throw PlanFault.input(name) }
      places.append(input)
    }
    return Plan(program: program, decision: place, inputs: places, names: inputs)
  }
}

/// A name that a plan was asked for and that the model lacks.
public enum PlanFault: Error, Sendable, Hashable {
  /// There is no decision of this name.
  case decision(String)
  /// There is no input or decision of this name.
  case input(String)
}

/// A decision prepared for many evaluations.
public struct Plan: Sendable {
  let program: Program
  let decision: Int
  let inputs: [Int]
  /// The names of the inputs, in the order in which values are given.
  public let names: [String]

  init(program: Program, decision: Int, inputs: [Int], names: [String]) {
    self.program = program
    self.decision = decision
    self.inputs = inputs
    self.names = names
  }

  /// The memory of one loop over records; it belongs to one task.
  /// - Parameter now: what `now()` and `today()` answer; by default the clock of the system.
  public func makeBatch(now: DateTime? = nil) -> Batch { Batch(self, now ?? .system) }
}

/// Evaluations of one plan, one after the other, in the same memory.
public final class Batch {
  private let plan: Plan
  private let run: Run
  /// What must be worked out again after an input is another, by the input's place.
  private var dependents: [Int: [Int]] = [:]

  init(_ plan: Plan, _ now: DateTime) {
    self.plan = plan
    run = Run(plan.program, Evaluation(now: now))
  }

  /// Evaluates the decision for one record.
  /// - Parameter values: the inputs, in the order of the plan; missing ones are null.
  public func evaluate(_ values: [Value]) -> Value {
    run.restart()
    run.evaluation.companion = run
    defer { run.evaluation.companion = nil }
    for (index, value) in values.enumerated() where index < plan.inputs.count {
      run.set(plan.inputs[index], value)
    }
    return run.value(of: plan.decision)
  }

  /// Evaluates the decision for the inputs of the last evaluation with another value for one of
  /// them: what does not depend on it is not worked out again.
  public func evaluate(_ value: Value, at place: Int) -> Value {
    guard plan.inputs.indices.contains(place) else { return run.value(of: plan.decision) }
    let again = dependents[place] ?? plan.nodes(dependingOn: plan.inputs[place])
    dependents[place] = again
    // Once the steps are spent every value since may be null for want of them.
    run.restart(forgetting: run.evaluation.isExhausted ? Array(plan.decisionsRead) : again)
    run.evaluation.companion = run
    defer { run.evaluation.companion = nil }
    run.set(plan.inputs[place], value)
    return run.value(of: plan.decision)
  }
}
