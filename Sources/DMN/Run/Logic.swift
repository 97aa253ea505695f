import FEEL

/// A compiled boxed expression: DMN 1.5, 10.2.2.
indirect enum Logic: Sendable {
  /// FEEL text.
  case expression(Expression)
  /// A value known while loading.
  case constant(Value)
  /// A value that must conform to a declared type, or be null (10.3.2.9.4).
  case typed(Logic, TypeTable.Index)
  case context(ContextLogic)
  case list([Logic])
  /// Parts that are put into slots, then FEEL that uses them: boxed invocations and filters.
  case prepared([(slot: Int, logic: Logic)], Expression)
  case function(FunctionLogic)
  case conditional(Logic, then: Logic, otherwise: Logic)
  case iterator(IteratorLogic)
  case table(TableLogic)
  /// FEEL that could not be read: null with the reason. Only in models loaded leniently.
  case unreadable(String)

  func evaluate(_ frame: Frame, _ run: Run) -> Value {
    switch self {
    case .expression(let expression): return expression.evaluate(frame)
    case .constant(let value): return value
    case .typed(let logic, let type):
      let value = logic.evaluate(frame, run)
      if let converted = run.program.types.convert(value, to: type, run.evaluation) {
        return converted
      }
      run.recorder?.refuse(value, run.program.types[type].name)
      return .null
    case .context(let context): return context.evaluate(frame, run)
    case .list(let items): return .list(items.map { $0.evaluate(frame, run) })
    case .prepared(let parts, let expression):
      for part in parts { frame[part.slot] = part.logic.evaluate(frame, run) }
      return expression.evaluate(frame)
    case .function(let function): return .function(function.value(frame, run))
    case .conditional(let condition, let then, let otherwise):
      if case .boolean(true) = condition.evaluate(frame, run) { return then.evaluate(frame, run) }
      return otherwise.evaluate(frame, run)
    case .iterator(let iterator): return iterator.evaluate(frame, run)
    case .table(let table): return table.evaluate(frame, run)
    case .unreadable(let reason):
      run.recorder?.note(reason)
      return .null
    }
  }
}

/// A boxed context: entries that later ones can use, and perhaps a result.
final class ContextLogic: Sendable {
  let entries: [(slot: Int, logic: Logic)]
  let shape: ContextShape
  let result: Logic?

  init(entries: [(slot: Int, logic: Logic)], shape: ContextShape, result: Logic?) {
    self.entries = entries
    self.shape = shape
    self.result = result
  }

  func evaluate(_ frame: Frame, _ run: Run) -> Value {
    var values: [Value] = []
    values.reserveCapacity(entries.count)
    for entry in entries {
      let value = entry.logic.evaluate(frame, run)
      frame[entry.slot] = value
      values.append(value)
    }
    if let result { return result.evaluate(frame, run) }
    return .context(Context(shape, values))
  }
}

/// A boxed function definition: a closure over the slots of its surroundings.
final class FunctionLogic: Sendable {
  let parameters: [Parameter]
  let types: [TypeTable.Index]
  /// The slots of the surroundings, which the body sees in the same places.
  let captured: Int
  let result: TypeTable.Index
  let body: Logic

  init(
    parameters: [Parameter], types: [TypeTable.Index], captured: Int, result: TypeTable.Index,
    body: Logic
  ) {
    self.parameters = parameters
    self.types = types
    self.captured = captured
    self.result = result
    self.body = body
  }

  func value(_ frame: Frame, _ run: Run) -> FunctionValue {
    let surroundings = (0..<captured).map { frame[$0] }
    let program = run.program
    return FunctionValue(parameters: parameters, result: program.types.feel(result)) {
      [self] arguments, evaluation in
      let run = Run.current(evaluation, program)
      let frame = Frame(evaluation, capacity: captured + arguments.count + 8)
      for (slot, value) in surroundings.enumerated() { frame[slot] = value }
      for (index, argument) in arguments.enumerated() {
        let type = types[index]
        guard let value = program.types.convert(argument, to: type, evaluation) else {
          run.recorder?.refuse(argument, parameters[index], program.types.feel(type))
          return .null
        }
        frame[captured + index] = value
      }
      let value = body.evaluate(frame, run)
      return program.types.convert(value, to: result, evaluation) ?? .null
    }
  }
}

/// A boxed iterator: for, some, every.
final class IteratorLogic: Sendable {
  let kind: IteratorElement.Kind
  let list: Logic
  let slot: Int
  /// The slot of the results so far, which `for` offers as `partial`.
  let partial: Int
  let body: Logic

  init(kind: IteratorElement.Kind, list: Logic, slot: Int, partial: Int, body: Logic) {
    self.kind = kind
    self.list = list
    self.slot = slot
    self.partial = partial
    self.body = body
  }

  func evaluate(_ frame: Frame, _ run: Run) -> Value {
    guard let items = items(list.evaluate(frame, run)) else {
      run.recorder?.note("The list of a \(kind.rawValue) is null or cannot be run through.")
      return .null
    }
    var results: [Value] = []
    var isUndecided = false
    for item in items {
      guard !run.evaluation.isExhausted else { return .null }
      frame[slot] = item
      if kind == .for { frame[partial] = .list(results) }
      let value = body.evaluate(frame, run)
      switch (kind, value) {
      case (.for, _): results.append(value)
      case (.some, .boolean(true)): return true
      case (.every, .boolean(false)): return false
      case (_, .boolean): break
      default: isUndecided = true
      }
    }
    if kind == .for { return .list(results) }
    return isUndecided ? .null : .boolean(kind == .every)
  }

  /// What is run through: the items of a list, or the whole numbers of a range.
  private func items(_ value: Value) -> [Value]? {
    switch value {
    case .list(let items): items
    case .null: nil
    default: [value]
    }
  }
}
