import Quantities

/// Lists, contexts, paths and filters.
extension Compiler {
  func compileList(_ items: [Node], _ span: Span) -> Code {
    let codes = items.map { compile($0) }
    return fold(codes) { frame in
      guard frame.evaluation.spend(codes.count + 4) else { return frame.evaluation.exhausted(span) }
      return .list(codes.map { $0.run(frame) })
    }
  }

  func compileContext(_ entries: [Node.Entry], _ duplicate: Bool, _ span: Span) -> Code {
    if duplicate {
      return Code { $0.evaluation.null(.duplicateKey, span, "two entries have the same key") }
    }
    let shape = ContextShape(entries.map(\.key))
    let codes = entries.map { entry in
      (slot: entry.slot, code: compile(entry.value), nests: entry.value.nesting > 0)
    }
    let run: Code.Run = { frame in
      guard frame.evaluation.spend(codes.count * 2 + 4) else {
        return frame.evaluation.exhausted(span)
      }
      var values: [Value] = []
      values.reserveCapacity(codes.count)
      for entry in codes {
        var value = entry.code.run(frame)
        if entry.nests { value = frame.evaluation.checkNesting(value, span) }
        frame[entry.slot] = value
        values.append(value)
      }
      return .context(Context(shape, values))
    }
    return fold(codes.map(\.code), run)
  }

  // MARK: Paths

  func compilePath(_ value: Node, _ name: String, _ span: Span) -> Code {
    let code = compile(value)
    if let slot = code.slot {
      return Code { frame in
        if let entry = frame.entry(name, of: slot) { return entry }
        return frame.evaluation.property(name, of: frame[slot], span)
      }
    }
    let run = code.run
    return fold([code]) { frame in
      let value = run(frame)
      if case .context(let context) = value, let entry = context[name] { return entry }
      return frame.evaluation.property(name, of: value, span)
    }
  }

  /// A name in a filter: the entry of the element where it has one, else the name outside.
  func compileItemEntry(_ slot: Int, _ name: String, _ otherwise: Node?, _ span: Span) -> Code {
    let outside = otherwise.map { compile($0) }
    return Code { frame in
      if let value = frame.entry(name, of: slot) { return value }
      if let outside { return outside.run(frame) }
      return frame.evaluation.null(.missingEntry, span, "the element has no entry '\(name)'")
    }
  }

  // MARK: Filters

  func compileFilter(
    _ list: Node, _ condition: Node, _ item: Int, _ usesItem: Bool, _ span: Span
  ) -> Code {
    let source = compile(list)
    let test = compile(condition)
    if case .number(let position) = test.constant {
      let run: Code.Run = { frame in
        frame.evaluation.element(position, of: source.run(frame), span)
      }
      return fold([source], run)
    }
    let size = condition.size + 1
    let match = test.run
    return Code { frame in
      let value = source.run(frame)
      if value.isNull {
        return frame.evaluation.null(.operandType, span, "null cannot be filtered")
      }
      if !usesItem {
        // The condition is the same for every element: a position, or all or nothing.
        return frame.evaluation.select(value, by: test.run(frame), span)
      }
      var elements = [value]
      if case .list(let list) = value { elements = list }
      return Compiler.filter(elements, of: value, match, size, item, frame, span)
    }
  }

  private static func filter(
    _ elements: [Value], of value: Value, _ test: Code.Run, _ size: Int, _ item: Int,
    _ frame: Frame, _ span: Span
  ) -> Value {
    var kept: [Value] = []
    for element in elements {
      guard frame.evaluation.spend(size) else { return frame.evaluation.exhausted(span) }
      frame[item] = element
      switch test(frame) {
      case .boolean(true): kept.append(element)
      case .boolean(false), .null: break
      case .number(let position): return frame.evaluation.element(position, of: value, span)
      case let other:
        return frame.evaluation.null(
          .operandType, span, "a filter gives a boolean or a number, not \(other.kindName)")
      }
    }
    return .list(kept)
  }
}

extension Evaluation {
  /// The end of a budget.
  @inline(never)
  func exhausted(_ span: Span) -> Value {
    null(.limit, span, "the evaluation took more than \(limits.steps) steps")
  }

  /// `value.name` where the value is no context with that entry.
  @inline(never)
  func property(_ name: String, of value: Value, _ span: Span) -> Value {
    switch value {
    case .null: return null(.operandType, span, "null has no entry '\(name)'")
    case .context: return null(.missingEntry, span, "the context has no entry '\(name)'")
    case .list(let elements):
      guard spend(elements.count) else { return exhausted(span) }
      return .list(
        elements.map { element in
          if case .context(let context) = element, let entry = context[name] { return entry }
          return property(name, of: element, span)
        })
    default:
      return Properties.value(of: name, in: value)
        ?? null(.missingEntry, span, "a \(value.kindName) has no property '\(name)'")
    }
  }

  /// `value[position]`, counted from 1, or from the end where negative; a value that is no list
  /// is its own first element.
  func element(_ position: Decimal128, of value: Value, _ span: Span) -> Value {
    guard position.isInteger, let place = position.integerValue, place != 0 else {
      return null(.argumentDomain, span, "\(position) is no position in a list")
    }
    guard case .list(let elements) = value else {
      if value.isNull { return null(.operandType, span, "null has no elements") }
      if place == 1 || place == -1 { return value }
      return null(.missingElement, span, "a single value has no element \(place)")
    }
    let index = place > 0 ? place - 1 : elements.count + place
    guard index >= 0, index < elements.count else {
      return null(
        .missingElement, span, "a list of \(elements.count) has no element \(place)")
    }
    return elements[index]
  }

  /// A filter whose condition does not depend on the element.
  func select(_ value: Value, by condition: Value, _ span: Span) -> Value {
    switch condition {
    case .number(let position): return element(position, of: value, span)
    case .boolean(true):
      if case .list = value { return value }
      return .list([value])
    case .boolean(false), .null: return .list([])
    default:
      return null(
        .operandType, span, "a filter gives a boolean or a number, not \(condition.kindName)")
    }
  }
}
