import FEEL

extension TableLogic {
  /// The rules that hit, in the order of the table; cells that the index cannot decide are
  /// tested when their rule is asked for.
  struct Hits {
    let words: UnsafeMutableBufferPointer<UInt64>
    unowned(unsafe) let table: TableLogic  // the table is evaluating and outlives its hits
    private var index = 0

    init(words: UnsafeMutableBufferPointer<UInt64>, table: TableLogic) {
      self.words = words
      self.table = table
    }

    /// How many rules may still hit.
    var count: Int { words[index...].reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func next(_ frame: Frame, _ run: Run) -> Int? {
      while index < words.count {
        let word = words[index]
        guard word != 0 else {
          index += 1
          continue
        }
        words[index] = word & (word &- 1)
        let rule = index &<< 6 &+ word.trailingZeroBitCount
        if table.hasGeneral, table.general[rule], !table.passes(rule, frame) { continue }
        run.recorder?.hit(rule)
        return rule
      }
      return nil
    }
  }

  /// The result of the rules that hit, by the hit policy (DMN 1.5, 8.2.11).
  func result(_ open: consuming Hits, _ frame: Frame, _ run: Run) -> Value {
    var hits = open
    guard let first = hits.next(frame, run) else { return noHit(frame, run) }
    switch hitPolicy {
    case .first: return output(first, frame, run)
    case .unique:
      if let second = hits.next(frame, run) {
        run.recorder?.note(
          "The rules \(first + 1) and \(second + 1) both hit and the hit policy is UNIQUE.",
          code: "unique")
        return .null
      }
      return output(first, frame, run)
    case .any:
      let value = output(first, frame, run)
      while let next = hits.next(frame, run) {
        guard output(next, frame, run) == value else {
          run.recorder?.note(
            "The rules \(first + 1) and \(next + 1) hit with different outputs and the hit "
              + "policy is ANY.", code: "any")
          return .null
        }
      }
      return value
    case .collect where aggregation.isList, .ruleOrder:
      var values: [Value] = []
      values.reserveCapacity(1 + hits.count)
      values.append(output(first, frame, run))
      while let next = hits.next(frame, run) { values.append(output(next, frame, run)) }
      return .list(values)
    case .collect, .priority, .outputOrder:
      var all = [first]
      while let next = hits.next(frame, run) { all.append(next) }
      return several(all, frame, run)
    }
  }

  private func several(_ hits: [Int], _ frame: Frame, _ run: Run) -> Value {
    let rows = hits.map { outputs(of: $0, frame, run) }
    guard hitPolicy == .collect else {
      let ordered = rows.enumerated().sorted { one, two in
        precedes(one.element, two.element) ?? (one.offset < two.offset)
      }
      if hitPolicy == .priority { return combined(ordered[0].element) }
      return .list(ordered.map { combined($0.element) })
    }
    switch aggregation {
    case .list: return .list(rows.map { combined($0) })
    case .count: return .number(hits.count)
    case .function(let expression, let slot):
      guard outputs.count == 1 else {
        run.recorder?.note("Only a table with one output can be aggregated.")
        return .null
      }
      frame[slot] = .list(rows.map { $0[0] })
      return expression.evaluate(frame)
    }
  }

  /// Whether outputs stand before others in the order of the output values; nil for equal ones.
  private func precedes(_ one: [Value], _ two: [Value]) -> Bool? {
    for (place, output) in outputs.enumerated() where !output.ranks.isEmpty {
      let first = output.ranks[one[place]] ?? Int.max
      let second = output.ranks[two[place]] ?? Int.max
      if first != second { return first < second }
    }
    return nil
  }

  /// The result when no rule hits: the default outputs, else nothing.
  ///
  /// A list of nothing is empty and its count 0; all else is null.
  private func noHit(_ frame: Frame, _ run: Run) -> Value {
    if outputs.contains(where: { $0.defaultEntry != nil }) {
      return combined(
        outputs.map { output in
          conform(output.defaultEntry?.evaluate(frame, run) ?? .null, output, run)
        })
    }
    guard hitPolicy == .collect else {
      run.recorder?.note("No rule hits and the table has no default output.", code: "noRule")
      return .null
    }
    switch aggregation {
    case .list: return .list([])
    case .count: return 0
    case .function: return .null
    }
  }

  /// The outputs of a rule as one value.
  private func output(_ rule: Int, _ frame: Frame, _ run: Run) -> Value {
    if let constant = constants[rule] { return constant }
    return combined(outputs(of: rule, frame, run))
  }

  private func outputs(of rule: Int, _ frame: Frame, _ run: Run) -> [Value] {
    let values = outputs.map { output in
      if let constant = output.constants[rule] { return constant }
      return conform(output.entries[rule]?.evaluate(frame, run) ?? .null, output, run)
    }
    run.recorder?.gave(rule, values)
    return values
  }

  private func conform(_ value: Value, _ output: Output, _ run: Run) -> Value {
    if output.type == TypeTable.any { return value }
    if let converted = run.program.types.convert(value, to: output.type, run.evaluation) {
      return converted
    }
    run.recorder?.refuse(value, run.program.types[output.type].name)
    return .null
  }

  private func combined(_ values: [Value]) -> Value {
    values.count == 1 ? values[0] : .context(Context(shape, values))
  }
}
