import Quantities

/// Whether an iteration goes on, is decided, or failed.
private enum IterationFlow {
  case next
  case stop
  case failed
}

/// `for`, `some` and `every` (10.3.2.14).
extension Compiler {
  /// A compiled iteration context.
  private struct Domain: Sendable {
    let slot: Int
    let code: Code
    let end: Code?
  }

  func compileLoop(
    _ iterations: [Node.Iteration], _ body: Node, _ partial: Int?, _ span: Span
  ) -> Code {
    let domains = compile(iterations)
    let result = compile(body).run
    let size = body.size + 1
    let chains = partial != nil && body.nesting > 0
    return Code { frame in
      var values: [Value] = []
      let limit = frame.evaluation.limits.listLength
      let flow = Compiler.iterate(domains, frame, span) { frame in
        if values.count >= limit {
          _ = frame.evaluation.null(.limit, span, "the list is longer than \(limit)")
          return .failed
        }
        if let partial { frame[partial] = .list(values) }
        guard frame.evaluation.spend(size) else {
          _ = frame.evaluation.exhausted(span)
          return .failed
        }
        var value = result(frame)
        if chains { value = frame.evaluation.checkNesting(value, span) }
        // Without this the slot would share the list, and each append would copy it.
        if let partial { frame[partial] = .null }
        let count = values.count
        let place = partial == nil ? nil : values.withUnsafeBufferPointer(\.baseAddress)
        values.append(value)
        if partial != nil, place != values.withUnsafeBufferPointer(\.baseAddress),
          !frame.evaluation.spend(2 * count)
        {
          // The body kept `partial`, so that appending copied it.
          _ = frame.evaluation.exhausted(span)
          return .failed
        }
        return .next
      }
      return flow == .failed ? .null : .list(values)
    }
  }

  func compileQuantified(
    _ every: Bool, _ iterations: [Node.Iteration], _ body: Node, _ span: Span
  ) -> Code {
    let domains = compile(iterations)
    let condition = compile(body).run
    let size = body.size + 1
    return Code { frame in
      var known = true
      let flow = Compiler.iterate(domains, frame, span) { frame in
        guard frame.evaluation.spend(size) else {
          _ = frame.evaluation.exhausted(span)
          return .failed
        }
        guard case .boolean(let value) = condition(frame) else {
          known = false
          return .next
        }
        return value == every ? .next : .stop
      }
      switch flow {
      case .failed: return .null
      case .stop: return .boolean(!every)
      case .next: return known ? .boolean(every) : .null
      }
    }
  }

  private func compile(_ iterations: [Node.Iteration]) -> [Domain] {
    iterations.map { iteration in
      Domain(
        slot: iteration.slot, code: compile(iteration.domain),
        end: iteration.end.map { compile($0) })
    }
  }

  /// Runs `visit` for each element of the cross product, the last domain fastest.
  @inline(__always)
  private static func iterate(
    _ domains: [Domain], _ frame: Frame, _ span: Span, _ visit: (Frame) -> IterationFlow
  ) -> IterationFlow {
    if domains.count > 1 { return iterate(domains, from: 0, frame, span, visit) }
    let slot = domains[0].slot
    return walk(domains[0], frame, span) { value in
      frame[slot] = value
      return visit(frame)
    }
  }

  private static func iterate(
    _ domains: [Domain], from place: Int, _ frame: Frame, _ span: Span,
    _ visit: (Frame) -> IterationFlow
  ) -> IterationFlow {
    if place == domains.count { return visit(frame) }
    let slot = domains[place].slot
    return walk(domains[place], frame, span) { value in
      guard frame.evaluation.spend() else {
        _ = frame.evaluation.exhausted(span)
        return .failed
      }
      frame[slot] = value
      return iterate(domains, from: place + 1, frame, span, visit)
    }
  }

  @inline(__always)
  private static func walk(
    _ domain: Domain, _ frame: Frame, _ span: Span, _ step: (Value) -> IterationFlow
  ) -> IterationFlow {
    let first = domain.code.run(frame)
    if let end = domain.end {
      return frame.evaluation.walk(from: first, to: end.run(frame), span, step)
    }
    switch first {
    case .list(let elements):
      for element in elements {
        let flow = step(element)
        if flow != .next { return flow }
      }
      return .next
    case .range(let range): return frame.evaluation.walk(range, span, step)
    default:
      _ = frame.evaluation.null(
        .operandType, span, "an iteration runs over a list or a range, not \(first.kindName)")
      return .failed
    }
  }
}

extension Evaluation {
  /// Visits the whole numbers or dates from one end to the other, upwards or downwards.
  fileprivate func walk(
    from first: Value, to last: Value, _ span: Span, _ visit: (Value) -> IterationFlow
  ) -> IterationFlow {
    switch (first, last) {
    case (.number(let first), .number(let last)):
      guard first.isInteger, last.isInteger, let first = first.integerValue,
        let last = last.integerValue
      else { break }
      return walk(first, last, span) { visit(.number($0)) }
    case (.date(let first), .date(let last)):
      return walk(first.daysSinceEpoch, last.daysSinceEpoch, span) {
        visit(.date(CalendarDate(daysSinceEpoch: $0)))
      }
    default: break
    }
    _ = null(
      .operandType, span,
      "an iteration runs over whole numbers or dates, not from \(first) to \(last)")
    return .failed
  }

  /// Visits the whole numbers or dates of a closed or open interval.
  fileprivate func walk(
    _ range: ValueRange, _ span: Span, _ visit: (Value) -> IterationFlow
  ) -> IterationFlow {
    guard range.form == .interval else {
      _ = null(.operandType, span, "an iteration needs a range with both endpoints")
      return .failed
    }
    switch (range.start, range.end) {
    case (.number(let start), .number(let end)):
      guard start.isInteger, end.isInteger, let low = start.integerValue,
        let high = end.integerValue, low < Int.max, high > Int.min
      else { break }
      let first = range.startIncluded ? low : low + 1
      let last = range.endIncluded ? high : high - 1
      return first > last ? .next : walk(first, last, span) { visit(.number($0)) }
    case (.date(let start), .date(let end)):
      let first = start.daysSinceEpoch + (range.startIncluded ? 0 : 1)
      let last = end.daysSinceEpoch - (range.endIncluded ? 0 : 1)
      if first > last { return .next }
      return walk(first, last, span) { visit(.date(CalendarDate(daysSinceEpoch: $0))) }
    default: break
    }
    _ = null(
      .operandType, span, "an iteration runs over whole numbers or dates, not over \(range)")
    return .failed
  }

  private func walk(
    _ first: Int, _ last: Int, _ span: Span, _ visit: (Int) -> IterationFlow
  ) -> IterationFlow {
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, distance.magnitude < UInt(limits.iterationRange) else {
      _ = null(
        .limit, span,
        "the range \(first)..\(last) runs through more than "
          + "\(limits.iterationRange) values")
      return .failed
    }
    let step = distance < 0 ? -1 : 1
    var value = first
    while true {
      let flow = visit(value)
      if flow != .next || value == last { return flow }
      value += step
    }
  }
}
