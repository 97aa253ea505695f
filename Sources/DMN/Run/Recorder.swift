import FEEL

/// Writes the trace of a run.
final class Recorder {
  let level: TraceLevel
  private(set) var trace = Trace()
  private(set) var causes: [Cause] = []
  private var open: [(step: Trace.Step, start: ContinuousClock.Instant, causes: Int)] = []

  init(_ level: TraceLevel) { self.level = level }

  func restart() {
    trace = Trace()
    causes = []
    open = []
  }

  func begin(_ node: Program.Node, _ evaluation: Evaluation) {
    guard level >= .hits else { return }
    let step = Trace.Step(
      name: node.title, file: node.file, inputs: [], tables: [], value: .null, causes: [],
      elapsed: .zero)
    open.append((step, .now, evaluation.causes.count))
  }

  func end(_ value: Value, _ evaluation: Evaluation) {
    guard level >= .hits, let (begun, start, first) = open.popLast() else { return }
    var step = begun
    step.value = value
    step.elapsed = .now - start
    step.causes += evaluation.causes.dropFirst(first).map { Cause($0) }
    trace.steps.append(step)
  }

  func read(_ name: String, _ value: Value) {
    guard level >= .hits, let last = open.indices.last else { return }
    open[last].step.inputs.append(Trace.Reading(name: name, value: value))
  }

  func note(_ table: TableTrace) {
    guard level >= .hits, let last = open.indices.last else { return }
    open[last].step.tables.append(table)
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
