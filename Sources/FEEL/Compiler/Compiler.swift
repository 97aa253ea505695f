import Quantities

/// Turns nodes into closures over a frame: names are slots, constants are folded, and the
/// comparisons of tables and rules are specialised for numbers and strings.
struct Compiler {
  /// Evaluates what is constant; its small budget keeps compiling short.
  let folding: Frame

  init() {
    var limits = Limits.standard
    limits.steps = 20_000
    limits.listLength = 1_000
    limits.stringLength = 100_000
    let epoch = DateTime(date: CalendarDate(daysSinceEpoch: 0), time: .midnightUTC)
    folding = Frame(Evaluation(now: epoch, limits: limits), capacity: 4)
  }

  func compile(_ node: Node) -> Code {
    switch node.kind {
    case .literal(let value): return Code(constant: value)
    case .slot(let slot, _): return Code(slot: slot)
    case .unknown(let name):
      let span = node.span
      return Code { $0.evaluation.null(.unknownName, span, "nothing is called '\(name)'") }
    case .itemEntry(let slot, let name, let otherwise):
      return compileItemEntry(slot, name, otherwise, node.span)
    case .negate(let operand):
      let code = compile(operand)
      let span = node.span
      return fold([code]) { frame in frame.evaluation.negative(code.run(frame), span) }
    case .arithmetic(let first, let rest): return compileArithmetic(first, rest, node.span)
    case .compare(let comparison, let left, let right):
      return compileComparison(comparison, left, right, node.span)
    case .between(let value, let low, let high):
      return compileBetween(value, low, high, node.span)
    case .membership(let value, let tests, let input):
      return compileMembership(value, tests, input, node.span)
    case .all(let operands): return compileLogic(operands, decisive: false)
    case .any(let operands): return compileLogic(operands, decisive: true)
    case .condition(let condition, let yes, let no): return compileCondition(condition, yes, no)
    case .loop(let iterations, let body, let partial):
      return compileLoop(iterations, body, partial, node.span)
    case .quantified(let every, let iterations, let body):
      return compileQuantified(every, iterations, body, node.span)
    case .instance(let value, let type): return compileInstance(value, type, node.span)
    case .path(let value, let name): return compilePath(value, name, node.span)
    case .filter(let list, let condition, let item, let usesItem):
      return compileFilter(list, condition, item, usesItem, node.span)
    case .list(let items): return compileList(items, node.span)
    case .context(let entries, let duplicate):
      return compileContext(entries, duplicate, node.span)
    case .interval(let start, let startIncluded, let end, let endIncluded):
      return compileInterval(start, startIncluded, end, endIncluded, node.span)
    case .comparisonRange(let comparison, let endpoint):
      return compileComparisonRange(comparison, endpoint, node.span)
    case .call(let function, let arguments): return compileCall(function, arguments, node.span)
    case .callBuiltin(let builtin, let arguments):
      return compileBuiltin(builtin, arguments, node.span)
    case .function(let lambda): return compileFunction(lambda, node)
    case .external(let parameters, let mapping):
      return compileExternal(parameters, mapping, node.span)
    }
  }

  /// A construct over `operands`: evaluated now where all are constant and the result is not
  /// null, since a null must record its cause each time.
  func fold(_ operands: [Code], _ run: @escaping Code.Run) -> Code {
    guard operands.allSatisfy({ $0.constant != nil }) else { return Code(run) }
    folding.evaluation.restart()
    let value = run(folding)
    return value.isNull || folding.evaluation.isExhausted ? Code(run) : Code(constant: value)
  }
}

// MARK: - Arithmetic

extension Compiler {
  private func compileArithmetic(
    _ first: Node, _ rest: [(operation: Arithmetic, operand: Node)], _ span: Span
  ) -> Code {
    let start = compile(first)
    let steps = rest.map { (operation: $0.operation, code: compile($0.operand)) }
    let operands = [start] + steps.map(\.code)
    if steps.count == 1, let step = steps.first {
      return fold(operands, Compiler.binary(start, step.operation, step.code, span))
    }
    return fold(operands) { frame in
      var value = start.run(frame)
      for step in steps {
        value = frame.evaluation.arithmetic(value, step.operation, step.code.run(frame), span)
      }
      return value
    }
  }

  private static func binary(
    _ left: Code, _ operation: Arithmetic, _ right: Code, _ span: Span
  ) -> Code.Run {
    let mine = left.run
    let theirs = right.run
    if case .number(let constant) = right.constant {
      return { frame in
        let value = mine(frame)
        if case .number(let number) = value {
          return frame.evaluation.numeric(number, operation, constant, span)
        }
        return frame.evaluation.mixed(value, operation, .number(constant), span)
      }
    }
    return { frame in
      frame.evaluation.arithmetic(mine(frame), operation, theirs(frame), span)
    }
  }
}

// MARK: - Logic

extension Compiler {
  /// Ternary conjunction (`decisive` false) or disjunction (true), Table 50: operands are
  /// evaluated until one decides.
  private func compileLogic(_ operands: [Node], decisive: Bool) -> Code {
    let codes = operands.map { compile($0) }
    if codes.count == 2 {
      let first = codes[0].run
      let second = codes[1].run
      return fold(codes) { frame in
        let left = first(frame)
        if case .boolean(decisive) = left { return left }
        let right = second(frame)
        if case .boolean(decisive) = right { return right }
        if case .boolean = left, case .boolean = right { return .boolean(!decisive) }
        return .null
      }
    }
    return fold(codes) { frame in
      var known = true
      for code in codes {
        guard case .boolean(let value) = code.run(frame) else {
          known = false
          continue
        }
        if value == decisive { return .boolean(decisive) }
      }
      return known ? .boolean(!decisive) : .null
    }
  }

  /// Anything but true takes the `else` branch.
  private func compileCondition(_ condition: Node, _ yes: Node, _ no: Node) -> Code {
    let test = compile(condition)
    let first = compile(yes)
    let second = compile(no)
    if let constant = test.constant {
      if case .boolean(true) = constant { return first }
      return second
    }
    return Code { frame in
      if case .boolean(true) = test.run(frame) { return first.run(frame) }
      return second.run(frame)
    }
  }

  private func compileInstance(_ value: Node, _ type: Type?, _ span: Span) -> Code {
    let code = compile(value)
    return fold([code]) { frame in
      let value = code.run(frame)
      guard let type else {
        return frame.evaluation.null(.unknownType, span, "the type is not known")
      }
      if value.isNull { return .boolean(type == .null) }
      return .boolean(type.accepts(value))
    }
  }
}
