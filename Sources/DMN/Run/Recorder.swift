import FEEL

/// Writes the trace of a run.
final class Recorder {
  let level: TraceLevel
  // A recorder belongs to one run, which belongs to one task and never calls it from within.
  @exclusivity(unchecked) private(set) var trace = Trace()
  @exclusivity(unchecked) private(set) var causes: [Cause] = []
  @exclusivity(unchecked) private var open: [OpenStep] = []
  /// The decision tables being evaluated, innermost last.
  @exclusivity(unchecked) private var tables: [TableTrace] = []

  /// A step whose value is not ready.
  private struct OpenStep {
    var step: Trace.Step
    let start: ContinuousClock.Instant
    /// How many causes the evaluation had at the start.
    let causes: Int
  }

  init(_ level: TraceLevel) { self.level = level }

  func restart() {
    trace = Trace()
    causes = []
    open = []
    tables = []
  }

  func begin(_ node: Program.Node, _ evaluation: Evaluation) {
    guard level >= .hits else { return }
    var step = Trace.Step(
      node: node, inputs: [], tables: [], value: .null, causes: [], elapsed: .zero)
    step.inputs.reserveCapacity(node.slots.count)
    open.append(OpenStep(step: step, start: .now, causes: evaluation.causes.count))
  }

  func end(_ value: Value, _ evaluation: Evaluation) {
    guard level >= .hits, let last = open.indices.last else { return }
    open[last].step.value = value
    open[last].step.elapsed = .now - open[last].start
    let first = open[last].causes
    if evaluation.causes.count > first {
      open[last].step.causes += evaluation.causes[first...].map { Cause($0) }
    }
    trace.steps.append(open.removeLast().step)
  }

  func read(_ name: String, _ value: Value) {
    guard level >= .hits, let last = open.indices.last else { return }
    open[last].step.inputs.append(Trace.Reading(name: name, value: value))
  }

  /// Begins the record of a decision table; the tables inside come before it.
  func open(_ table: TableTrace) { tables.append(table) }

  /// Ends the record of a decision table.
  func close() {
    guard let table = tables.popLast(), let last = open.indices.last else { return }
    open[last].step.tables.append(table)
  }

  func hit(_ rule: Int) {
    guard let last = tables.indices.last else { return }
    tables[last].hit(rule)
  }

  func gave(_ rule: Int, _ values: [Value]) {
    guard let last = tables.indices.last else { return }
    tables[last].gave(rule, values)
  }

  func failed(_ cells: [Int: Int]) {
    guard let last = tables.indices.last else { return }
    tables[last].failed(cells)
  }

  /// Records that a value does not conform to the type of an element.
  func refuse(_ value: Value, _ node: Program.Node, _ program: Program) {
    note(
      "The value of \(node.title) is a \(value.kindName) that does not conform to "
        + "\(program.types[node.type].name).", code: "conformance")
  }

  /// Records that a value does not conform to a type.
  func refuse(_ value: Value, _ type: String) {
    note("A \(value.kindName) does not conform to \(type).", code: "conformance")
  }

  func refuse(_ value: Value, _ parameter: Parameter, _ type: Type) {
    note("The argument \(parameter.name) is a \(value.kindName), not \(type).", code: "conformance")
  }

  /// Records a cause of null that is not an expression's own.
  func note(_ sentence: String, code: String = "model") {
    guard causes.count < Evaluation.greatestCauses else { return }
    let cause = Cause(code: code, sentence: sentence, span: nil)
    causes.append(cause)
    if let last = open.indices.last { open[last].step.causes.append(cause) }
  }
}
