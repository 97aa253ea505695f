import FEEL

/// One evaluation of a model: the inputs, the values made so far, the frames of the decisions.
///
/// A required decision is evaluated when an expression first asks for it, and once. A run belongs
/// to one task; it can be used again, so that a batch over many records takes no new memory.
final class Run {
  let program: Program
  let evaluation: Evaluation
  /// The values of the nodes that are known.
  @exclusivity(unchecked) private var values: [Value?]
  /// The nodes whose value or frame must be forgotten before the next use.
  @exclusivity(unchecked) private var touched: [Int] = []
  @exclusivity(unchecked) private var isTouched: [Bool]
  @exclusivity(unchecked) private var frames: [Frame?]
  let recorder: Recorder?

  init(_ program: Program, _ evaluation: Evaluation, _ recorder: Recorder? = nil) {
    self.program = program
    self.evaluation = evaluation
    self.recorder = recorder
    values = Array(repeating: nil, count: program.nodes.count)
    frames = Array(repeating: nil, count: program.nodes.count)
    isTouched = Array(repeating: false, count: program.nodes.count)
  }

  /// Forgets inputs and values; keeps the memory.
  func restart() {
    for node in touched {
      forget(node)
      isTouched[node] = false
    }
    touched.removeAll(keepingCapacity: true)
    evaluation.restart()
    recorder?.restart()
  }

  /// Begins anew with the values that it has, those of some nodes aside.
  func restart(forgetting nodes: [Int]) {
    for node in nodes { forget(node) }
    evaluation.restart()
    recorder?.restart()
  }

  private func forget(_ node: Int) {
    values[node] = nil
    guard let frame = frames[node] else { return }
    for slot in program.nodes[node].slots.indices { frame.unset(slot) }
  }

  private func touch(_ node: Int) {
    guard !isTouched[node] else { return }
    isTouched[node] = true
    touched.append(node)
  }

  /// Gives the value of an input or of a decision, which is then not evaluated.
  /// - Returns: false when the value does not conform to the type of the input, which is then null.
  @discardableResult
  func set(_ node: Int, _ value: Value) -> Bool {
    if let converted = program.types.convert(value, to: program.nodes[node].type, evaluation) {
      note(node, converted)
      return true
    }
    recorder?.refuse(value, program.nodes[node], program)
    note(node, .null)
    return false
  }

  private func note(_ node: Int, _ value: Value) {
    touch(node)
    values[node] = value
  }

  /// The value of a node that an expression asks for.
  func read(_ node: Int) -> Value {
    let value = value(of: node)
    recorder?.read(program.nodes[node].name, value)
    return value
  }

  /// The value of a node.
  func value(of node: Int) -> Value {
    if let known = values[node] { return known }
    let value: Value
    switch program.nodes[node].kind {
    case .input: value = .null
    case .decision: value = decide(node)
    case .knowledge: value = .function(function(node))
    case .service: value = .function(serviceFunction(node))
    }
    note(node, value)
    return value
  }
}

// MARK: - Decisions

extension Run {
  private func decide(_ node: Int) -> Value {
    let place = program.nodes[node]
    guard let logic = place.logic else { return .null }
    let frame = frame(of: node)
    if let recorder {
      recorder.begin(place, evaluation)
      let value = conform(logic.evaluate(frame, self), place)
      recorder.end(value, evaluation)
      return value
    }
    return conform(logic.evaluate(frame, self), place)
  }

  private func conform(_ value: Value, _ place: Program.Node) -> Value {
    if place.type == TypeTable.any { return value }
    if let converted = program.types.convert(value, to: place.type, evaluation) {
      return converted
    }
    recorder?.refuse(value, place, program)
    return .null
  }

  private func frame(of node: Int) -> Frame {
    touch(node)
    if let frame = frames[node] { return frame }
    let frame = newFrame(of: node)
    frames[node] = frame
    return frame
  }

  /// A frame whose slots are filled when they are first read.
  private func newFrame(of node: Int) -> Frame {
    let slots = program.nodes[node].slots
    let frame = Frame(evaluation, capacity: slots.count + 8)
    if !slots.isEmpty {
      // The frame lives no longer than the run, or is dropped at the end of a call.
      frame.supplier = { [unowned self] slot, _ in
        slot < slots.count ? supply(slots[slot]) : .null
      }
    }
    return frame
  }

  private func supply(_ source: Program.Source) -> Value {
    switch source {
    case .node(let node): return read(node)
    case .imported(let members):
      return .context(
        Context(members.map { member in (key: member.name, value: value(of: member.node)) }))
    case .local: return .null
    }
  }
}

// MARK: - Functions

extension Run {
  /// The run that an evaluation belongs to, if it is one of this program.
  static func current(_ evaluation: Evaluation, _ program: Program) -> Run {
    if let run = evaluation.companion as? Run, run.program === program { return run }
    return Run(program, evaluation)
  }

  /// A business knowledge model as a function value.
  private func function(_ node: Int) -> FunctionValue {
    let place = program.nodes[node]
    let program = self.program
    let function = place.function
    return FunctionValue(
      name: place.name, parameters: function?.parameters ?? [], result: place.known
    ) { arguments, evaluation in
      Run.current(evaluation, program).call(node, arguments)
    }
  }

  /// Evaluates the body of a business knowledge model.
  func call(_ node: Int, _ arguments: [Value]) -> Value {
    let place = program.nodes[node]
    guard let function = place.function, let logic = place.logic else { return .null }
    let frame = newFrame(of: node)
    recorder?.begin(place, evaluation)
    for (index, argument) in arguments.enumerated() {
      let type = function.types[index]
      guard let value = program.types.convert(argument, to: type, evaluation) else {
        recorder?.refuse(argument, function.parameters[index], program.types.feel(type))
        recorder?.end(.null, evaluation)
        return .null
      }
      recorder?.read(function.parameters[index].name, value)
      frame[function.firstSlot + index] = value
    }
    var value = logic.evaluate(frame, self)
    if function.result != TypeTable.any {
      if let converted = program.types.convert(value, to: function.result, evaluation) {
        value = converted
      } else {
        recorder?.refuse(value, place, program)
        value = .null
      }
    }
    recorder?.end(value, evaluation)
    return value
  }

  /// A decision service as a function value: its decisions see only its arguments.
  private func serviceFunction(_ node: Int) -> FunctionValue {
    let place = program.nodes[node]
    let program = self.program
    let service = place.service
    let parameters = (service?.inputs ?? []).map { input in
      Parameter(program.nodes[input].name, program.nodes[input].feelType)
    }
    return FunctionValue(name: place.name, parameters: parameters, result: place.known) {
      arguments, evaluation in
      guard let service else { return .null }
      let run = Run(program, evaluation, Run.current(evaluation, program).recorder)
      let outer = evaluation.companion
      evaluation.companion = run
      defer { evaluation.companion = outer }
      for (input, argument) in zip(service.inputs, arguments) {
        guard run.set(input, argument) else { return .null }
      }
      return run.result(of: node)
    }
  }

  /// The result of a decision service whose inputs are set: the value of its one output
  /// decision, or a context of them.
  func result(of node: Int) -> Value {
    let place = program.nodes[node]
    guard let service = place.service else { return .null }
    if service.outputs.count == 1 { return conform(value(of: service.outputs[0]), place) }
    let entries = service.outputs.map { output in
      (key: program.nodes[output].name, value: value(of: output))
    }
    return conform(.context(Context(entries)), place)
  }
}
