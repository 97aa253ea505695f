/// Function values and invocations (10.3.2.13, Table 63).
extension Compiler {
  func compileFunction(_ lambda: Node.Lambda, _ node: Node) -> Code {
    let body = compile(lambda.body)
    let captures = lambda.captures
    let slotCount = lambda.slotCount
    let parameters = lambda.parameters
    let result = lambda.body.type
    let depth = lambda.body.depth + 1
    let size = lambda.body.size + parameters.count + 4
    let nests = lambda.body.nesting > 0
    let span = node.span
    let run: Code.Run = { frame in
      let value = body.run(frame)
      return nests ? frame.evaluation.checkNesting(value, span) : value
    }
    let make: @Sendable ([(slot: Int, value: Value)]) -> Value = { captured in
      .function(
        FunctionValue(
          parameters: parameters, result: result, depth: depth, size: size,
          closure: FunctionValue.Closure(run: run, slotCount: slotCount, captured: captured)))
    }
    if captures.isEmpty { return Code(constant: make([])) }
    return Code { frame in make(captures.map { (slot: $0.inner, value: frame[$0.outer]) }) }
  }

  func compileExternal(_ parameters: [Parameter], _ mapping: Node, _ span: Span) -> Code {
    let code = compile(mapping)
    return fold([code]) { frame in
      if let function = ExternalFunctions.function(code.run(frame), parameters) {
        return .function(function)
      }
      return frame.evaluation.null(.external, span, "the mapping names no external function")
    }
  }

  func compileCall(_ function: Node, _ arguments: Node.Arguments, _ span: Span) -> Code {
    let callee = compile(function)
    switch arguments {
    case .positional(let nodes):
      let codes = nodes.map { compile($0) }
      return Code { frame in
        let target = callee.run(frame)
        guard case .function(let function) = target else {
          return frame.evaluation.notAFunction(target, span)
        }
        return function.call(codes.map { $0.run(frame) }, frame.evaluation, span)
      }
    case .named(let pairs):
      let codes = pairs.map { (name: $0.name, code: compile($0.value)) }
      return Code { frame in
        let target = callee.run(frame)
        guard case .function(let function) = target else {
          return frame.evaluation.notAFunction(target, span)
        }
        let named = codes.map { (name: $0.name, value: $0.code.run(frame)) }
        return function.call(named: named, frame.evaluation, span)
      }
    }
  }

  func compileBuiltin(
    _ builtin: Builtin, _ arguments: Node.Arguments, _ span: Span
  ) -> Code {
    let codes = arguments.nodes.map { compile($0) }
    let run: Code.Run
    switch arguments {
    case .positional: run = Compiler.positional(builtin, codes, span)
    case .named(let pairs):
      let names = pairs.map(\.name)
      run = { frame in
        let named = zip(names, codes).map { (name: $0, value: $1.run(frame)) }
        return builtin.call(named: named, Call(frame.evaluation, span))
      }
    }
    return builtin.isPure ? fold(codes, run) : Code(run)
  }

  private static func positional(_ builtin: Builtin, _ codes: [Code], _ span: Span) -> Code.Run {
    if let specialized = builtin.specialized?(codes.map(\.constant)) {
      return { frame in
        let call = Call(frame.evaluation, span)
        return specialized(codes.map { $0.run(frame) }, call)
      }
    }
    let candidates = builtin.forms.filter { $0.takes(codes.count) }
    if candidates.count == 1, let form = candidates.first {
      switch form.body {
      case .one(let body):
        let first = codes[0].run
        let type = form.parameters[0].type
        return { frame in
          let call = Call(frame.evaluation, span)
          let value = first(frame)
          if type.admits(value) {
            let result = body(value, call)
            if call.charge(value), call.charge(result) { return result }
            return frame.evaluation.exhausted(span)
          }
          return builtin.call([value], call)
        }
      case .two(let body) where codes.count == 2:
        let first = codes[0].run
        let second = codes[1].run
        let types = form.parameters.map(\.type)
        return { frame in
          let call = Call(frame.evaluation, span)
          let left = first(frame)
          let right = second(frame)
          if types[0].admits(left), types[1].admits(right) {
            let result = body(left, right, call)
            if call.charge(left), call.charge(right), call.charge(result) { return result }
            return frame.evaluation.exhausted(span)
          }
          return builtin.call([left, right], call)
        }
      default: break
      }
    }
    return { frame in
      builtin.call(codes.map { $0.run(frame) }, Call(frame.evaluation, span))
    }
  }
}

extension Type {
  /// Whether a built-in may take the value as it is, without a look at its elements.
  @inline(__always)
  fileprivate func admits(_ value: Value) -> Bool {
    switch (self, value) {
    case (.any, _), (.number, .number), (.string, .string), (.boolean, .boolean),
      (.list(.any), .list):
      true
    default: false
    }
  }
}

extension Evaluation {
  /// The value, or null where it is nested too deep.
  func checkNesting(_ value: Value, _ span: Span) -> Value {
    if !value.isContainer || admits(nestingOf: value) { return value }
    return null(.limit, span, "the value is nested more than \(limits.valueDepth) deep")
  }

  func notAFunction(_ value: Value, _ span: Span) -> Value {
    null(.notAFunction, span, "\(value.kindName) cannot be called")
  }
}

extension FunctionValue {
  /// Calls with arguments by position; null when they do not fit (Table 63).
  public func call(
    _ arguments: [Value], _ evaluation: Evaluation, _ span: Span = Span(0, 0)
  ) -> Value {
    if let builtin { return builtin.call(arguments, Call(evaluation, span)) }
    let missing = parameters.count - arguments.count
    guard missing == 0 || (missing > 0 && parameters.suffix(missing).allSatisfy(\.isOptional))
    else {
      return evaluation.null(
        .arity, span,
        "\(shownName) takes \(parameters.count) arguments, not \(arguments.count)")
    }
    let all = missing == 0 ? arguments : arguments + Array(repeating: .null, count: missing)
    guard let converted = convert(all, evaluation, span) else { return .null }
    guard evaluation.enter(depth: depth, size: size) else {
      return evaluation.null(
        .limit, span, "calls nest too deep, or the evaluation took too many steps")
    }
    defer { evaluation.leave(depth: depth) }
    switch body {
    case .closure(let body): return body(converted, evaluation)
    case .lambda(let closure):
      let frame = closure.frame(evaluation)
      for slot in converted.indices { frame[slot] = converted[slot] }
      return closure.run(frame)
    }
  }

  /// The arguments converted to the types of the parameters; nil when one does not conform.
  private func convert(
    _ arguments: [Value], _ evaluation: Evaluation, _ span: Span
  ) -> [Value]? {
    if !isTyped { return arguments }
    var converted = arguments
    for (place, parameter) in parameters.enumerated() where parameter.type != .any {
      guard let value = parameter.type.converting(arguments[place]) else {
        _ = evaluation.null(
          .argumentType, span,
          "the argument '\(parameter.name)' of \(shownName) is \(arguments[place].kindName), "
            + "not \(parameter.type)")
        return nil
      }
      converted[place] = value
    }
    return converted
  }

  /// Calls with arguments by name; parameters left out are null.
  public func call(
    named arguments: [(name: String, value: Value)], _ evaluation: Evaluation,
    _ span: Span = Span(0, 0)
  ) -> Value {
    if let builtin { return builtin.call(named: arguments, Call(evaluation, span)) }
    var ordered = Array(repeating: Value.null, count: parameters.count)
    for argument in arguments {
      guard let place = parameters.firstIndex(where: { $0.name == argument.name }) else {
        return evaluation.null(
          .unknownParameter, span, "\(shownName) has no parameter '\(argument.name)'")
      }
      ordered[place] = argument.value
    }
    return call(ordered, evaluation, span)
  }

  fileprivate var shownName: String { name.isEmpty ? "the function" : "'\(name)'" }
}

/// Calls one function many times with two arguments, as sorting does, in one frame.
struct RepeatedCall {
  private let function: FunctionValue
  private let call: Call
  private let closure: FunctionValue.Closure?
  private let frame: Frame?

  init(_ function: FunctionValue, _ call: Call) {
    self.function = function
    self.call = call
    if case .lambda(let closure) = function.body, !function.isTyped {
      self.closure = closure
      frame = closure.frame(call.evaluation)
    } else {
      closure = nil
      frame = nil
    }
  }

  func callAsFunction(_ first: Value, _ second: Value) -> Value {
    guard let closure, let frame else {
      return function.call([first, second], call.evaluation, call.span)
    }
    guard call.evaluation.enter(depth: function.depth, size: function.size) else {
      return call.evaluation.null(
        .limit, call.span, "calls nest too deep, or the evaluation took too many steps")
    }
    defer { call.evaluation.leave(depth: function.depth) }
    frame[0] = first
    frame[1] = second
    return closure.run(frame)
  }
}
