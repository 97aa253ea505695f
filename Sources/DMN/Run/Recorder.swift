import FEEL

/// Writes the trace of a run.
final class Recorder {
  let level: TraceLevel
  private(set) var trace = Trace()
  private(set) var causes: [Cause] = []
  private var open: [(step: Trace.Step, start: ContinuousClock.Instant, causes: Int)] = []
  /// The decision tables being evaluated, innermost last.
  private var tables: [TableTrace] = []

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
    open.append((step, .now, evaluation.causes.count))
  }

  func end(_ value: Value, _ evaluation: Evaluation) {
    guard level >= .hits, let (begun, start, first) = open.popLast() else { return }
    var step = begun
    step.value = value
    step.elapsed = .now - start
    if evaluation.causes.count > first {
      step.causes += evaluation.causes[first...].map { Cause($0) }
    }
    trace.steps.append(step)
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
