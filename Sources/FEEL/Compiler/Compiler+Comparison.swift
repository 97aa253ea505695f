import Quantities

extension Compiler {
  func compileComparison(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ span: Span
  ) -> Code {
    let mine = compile(left)
    let theirs = compile(right)
    if let constant = theirs.constant, mine.constant == nil {
      return Code(Compiler.comparing(mine, comparison, constant, span))
    }
    if let constant = mine.constant, theirs.constant == nil {
      return Code(Compiler.comparing(theirs, comparison.mirrored, constant, span))
    }
    let first = mine.run
    let second = theirs.run
    return fold([mine, theirs]) { frame in
      let left = first(frame)
      let right = second(frame)
      if case .number(let left) = left, case .number(let right) = right {
        return .boolean(Value.holds(left, comparison, right))
      }
      return frame.evaluation.compare(left, comparison, right, span)
    }
  }

  /// A comparison with a constant on the right.
  private static func comparing(
    _ code: Code, _ comparison: Comparison, _ constant: Value, _ span: Span
  ) -> Code.Run {
    let run = code.run
    switch constant {
    case .number(let number):
      return { frame in
        let value = run(frame)
        if case .number(let left) = value {
          return .boolean(Value.holds(left, comparison, number))
        }
        return frame.evaluation.compare(value, comparison, constant, span)
      }
    case .string(let text)
    where text.utf8.count < 256 && (comparison == .equal || comparison == .notEqual):
      let wanted = comparison == .equal
      if text.utf8.allSatisfy({ $0 < 0x80 }) {
        // A text that is canonically equivalent to ASCII and as long is the same text.
        let count = text.utf8.count
        return { frame in
          let value = run(frame)
          if case .string(let left) = value {
            return .boolean((left.utf8.count == count && left == text) == wanted)
          }
          return frame.evaluation.compare(value, comparison, constant, span)
        }
      }
      return { frame in
        let value = run(frame)
        if case .string(let left) = value { return .boolean(sameText(left, text) == wanted) }
        return frame.evaluation.compare(value, comparison, constant, span)
      }
    case .boolean(let truth) where comparison == .equal || comparison == .notEqual:
      let wanted = comparison == .equal ? truth : !truth
      return { frame in
        let value = run(frame)
        if case .boolean(let left) = value { return .boolean(left == wanted) }
        return frame.evaluation.compare(value, comparison, constant, span)
      }
    case .null where comparison == .equal:
      return { frame in .boolean(run(frame).isNull) }
    case .null where comparison == .notEqual:
      return { frame in .boolean(!run(frame).isNull) }
    default:
      return { frame in frame.evaluation.compare(run(frame), comparison, constant, span) }
    }
  }

  func compileBetween(_ value: Node, _ low: Node, _ high: Node, _ span: Span) -> Code {
    let codes = [value, low, high].map { compile($0) }
    return fold(codes) { frame in
      let value = codes[0].run(frame)
      let above = frame.evaluation.compare(codes[1].run(frame), .lessOrEqual, value, span)
      if case .boolean(false) = above { return above }
      let below = frame.evaluation.compare(value, .lessOrEqual, codes[2].run(frame), span)
      if case .boolean(false) = below { return below }
      return above.isNull ? above : below
    }
  }

  func compileMembership(_ value: Node, _ tests: [Test], _ input: Int, _ span: Span) -> Code {
    let code = compile(value)
    let compiled = tests.map { compile($0) }
    let usesInput = tests.contains(where: \.usesInput)
    let run: Code.Run = { frame in
      let value = code.run(frame)
      if usesInput { frame[input] = value }
      return .truth(Compiler.matches(value, compiled, frame, span))
    }
    let isConstant = !usesInput && compiled.allSatisfy { $0.code.constant != nil }
    return isConstant ? fold([code], run) : Code(run)
  }

  func compileInterval(
    _ start: Node, _ startIncluded: Bool, _ end: Node, _ endIncluded: Bool, _ span: Span
  ) -> Code {
    let low = compile(start)
    let high = compile(end)
    return fold([low, high]) { frame in
      let start = low.run(frame)
      let end = high.run(frame)
      if start.isNull || end.isNull {
        return frame.evaluation.null(.invalidRange, span, "an endpoint of the range is null")
      }
      guard let ordered = frame.evaluation.compares(start, .lessOrEqual, end) else {
        return frame.evaluation.null(
          .invalidRange, span,
          "a range cannot go from \(start.kindName) to \(end.kindName)")
      }
      guard ordered else {
        return frame.evaluation.null(
          .invalidRange, span, "the range starts above its end: \(start)..\(end)")
      }
      return .range(
        ValueRange(
          start: start, startIncluded: startIncluded, end: end, endIncluded: endIncluded))
    }
  }

  func compileComparisonRange(_ comparison: Comparison, _ endpoint: Node, _ span: Span) -> Code {
    let code = compile(endpoint)
    return fold([code]) { frame in
      let value = code.run(frame)
      if value.isNull, comparison != .equal, comparison != .notEqual {
        return frame.evaluation.null(.invalidRange, span, "the endpoint of the range is null")
      }
      return .range(ValueRange(comparison.rangeForm, value))
    }
  }
}

extension Evaluation {
  /// A comparison as a value, with the cause when it is null.
  @inline(never)
  func compare(
    _ left: Value, _ comparison: Comparison, _ right: Value, _ span: Span
  ) -> Value {
    if let result = compares(left, comparison, right) { return .boolean(result) }
    if isExhausted { return exhausted(span) }
    return null(
      .incomparable, span,
      "\(left.kindName) and \(right.kindName) cannot be compared by '\(comparison.rawValue)'")
  }
}

/// A compiled positive unary test.
struct CompiledTest: Sendable {
  /// Endpoints that are known at run time only.
  struct Interval: Sendable {
    let start: Code
    let startIncluded: Bool
    let end: Code
    let endIncluded: Bool
  }

  let comparison: Comparison?
  let code: Code
  let usesInput: Bool
  let interval: Interval?
  /// Whether a boolean that the test gives may be its answer, and not a value to compare with:
  /// so of an expression that neither names a value nor mentions `?`, such as a call.
  let mayDecide: Bool
}

extension Compiler {
  func compile(_ test: Test) -> CompiledTest {
    let code = compile(test.node)
    var interval: CompiledTest.Interval?
    if case .interval(let start, let startIncluded, let end, let endIncluded) = test.node.kind,
      code.constant == nil, test.comparison == nil
    {
      interval = CompiledTest.Interval(
        start: compile(start), startIncluded: startIncluded, end: compile(end),
        endIncluded: endIncluded)
    }
    var isLiteral = false
    if case .literal = test.node.kind { isLiteral = true }
    return CompiledTest(
      comparison: test.comparison, code: code, usesInput: test.usesInput, interval: interval,
      mayDecide: test.comparison == nil && !test.usesInput && interval == nil && !isLiteral)
  }

  /// `value in [start..end]` as the conjunction of two comparisons (Table 55), so that a null
  /// endpoint makes it null or false.
  private static func matches(
    _ value: Value, _ interval: CompiledTest.Interval, _ frame: Frame
  ) -> Bool? {
    let above = frame.evaluation.compares(
      value, interval.startIncluded ? .greaterOrEqual : .greater, interval.start.run(frame))
    if above == false { return false }
    let below = frame.evaluation.compares(
      value, interval.endIncluded ? .lessOrEqual : .less, interval.end.run(frame))
    if below == false { return false }
    return above == nil || below == nil ? nil : true
  }

  /// Whether `value` satisfies one of the tests: ternary disjunction (Table 55).
  static func matches(
    _ value: Value, _ tests: [CompiledTest], _ frame: Frame, _ span: Span
  ) -> Bool? {
    var result: Bool? = false
    for test in tests {
      switch matches(value, test, frame) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    if result == nil, frame.evaluation.isRecording {
      _ = frame.evaluation.null(
        .incomparable, span, "\(value.kindName) cannot be tested against this")
    }
    return result
  }

  private static func matches(_ value: Value, _ test: CompiledTest, _ frame: Frame) -> Bool? {
    if let interval = test.interval { return matches(value, interval, frame) }
    let operand = test.code.run(frame)
    if let comparison = test.comparison {
      return frame.evaluation.compares(value, comparison, operand)
    }
    if test.usesInput { return operand.truth }
    return belongs(value, to: operand, frame.evaluation)
  }

  /// `value in test` for a test that is a value: a range contains it, a list has it as element
  /// or has a range that contains it, any other value equals it (Table 55).
  static func belongs(
    _ value: Value, to test: Value, _ evaluation: Evaluation
  ) -> Bool? {
    switch test {
    case .range(let range):
      if case .range = value { return evaluation.equals(value, test) }
      return evaluation.contains(range, value)
    case .list(let elements):
      if case .list = value, evaluation.equals(value, test) == true { return true }
      guard evaluation.spend(elements.count) else { return nil }
      var result: Bool? = false
      for element in elements {
        if evaluation.equals(value, element) == true { return true }
        guard case .range(let range) = element else { continue }
        switch evaluation.contains(range, value) {
        case true: return true
        case nil: result = nil
        default: break
        }
      }
      return result
    default:
      return evaluation.equals(value, test)
    }
  }
}
