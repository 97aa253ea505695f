import FEEL

/// A compiled decision table: DMN 1.5, chapter 8 and 10.3.2.13.
final class TableLogic: Sendable {
  let hitPolicy: HitPolicy
  let aggregation: Aggregating
  let columns: [Column]
  let outputs: [Output]
  let rules: [Rule]
  /// The rules with cells that the index cannot decide.
  let general: BitSet
  /// The shape of a result with several outputs.
  let shape: ContextShape

  /// An input column.
  struct Column: Sendable {
    /// The label, or the text of the expression.
    var name: String
    var expression: Logic
    /// The slot that the expression only reads.
    var slot: Int?
    /// The slot of `?` for cells that are tested after.
    var input: Int
    /// The declared type of the expression; nil when the value has been checked already.
    var type: TypeTable.Index?
    /// The values that are allowed.
    var values: UnaryTests?
    var index: ColumnIndex
    /// For each rule, the test of a cell that the index cannot decide.
    var tests: [Int: UnaryTests]
    /// The texts of the cells, for traces.
    var texts: [String]
  }

  /// An output column.
  struct Output: Sendable {
    var name: String
    var type: TypeTable.Index
    /// The allowed values in the order of priority, each with its rank.
    var ranks: [Value: Int]
    var defaultEntry: Logic?
    /// For each rule, the output, if it is known while loading.
    var constants: [Value?]
    var entries: [Int: Logic]
  }

  /// What a COLLECT table makes of its hits.
  enum Aggregating: Sendable {
    case list
    case count
    /// A built-in function over the outputs in a slot.
    case function(Expression, slot: Int)
  }

  /// What is said of a rule.
  struct Rule: Sendable {
    var id: String?
    var annotations: [TableTrace.Annotation]
    /// The outputs as one value, if all are known while loading.
    var constant: Value?
  }

  init(
    hitPolicy: HitPolicy, aggregation: Aggregating, columns: [Column], outputs: [Output],
    rules: [Rule]
  ) {
    self.hitPolicy = hitPolicy
    self.aggregation = aggregation
    self.columns = columns
    self.outputs = outputs
    shape = ContextShape(outputs.map(\.name))
    var general = BitSet(count: rules.count)
    for column in columns { general.formOr(column.index.general) }
    self.general = general
    var rules = rules
    for index in rules.indices {
      let constants = outputs.map { $0.constants[index] }
      if constants.count == 1 {
        rules[index].constant = constants[0]
      } else if !constants.contains(where: { $0 == nil }) {
        rules[index].constant = .context(Context(shape, constants.compactMap { $0 }))
      }
    }
    self.rules = rules
  }
}

// MARK: - Evaluation

extension TableLogic {
  func evaluate(_ frame: Frame, _ run: Run) -> Value {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(columns.count, 1)) { rows in
      for (place, column) in columns.enumerated() {
        var value: Value
        if let slot = column.slot {
          value = frame[slot]
        } else {
          value = column.expression.evaluate(frame, run)
        }
        if let type = column.type {
          value = run.program.types.convert(value, to: type, run.evaluation) ?? .null
        }
        if let values = column.values, !value.isNull,
          values.matches(value, frame) != true
        {
          run.recorder?.note("The input \(column.name) has the value \(value), not an allowed one.")
          return .null
        }
        if !column.tests.isEmpty || run.recorder != nil { frame[column.input] = value }
        rows[place] = Int32(truncatingIfNeeded: column.index.row(of: value))
      }
      return answer(rows, frame, run)
    }
  }

  private func answer(
    _ rows: UnsafeMutableBufferPointer<Int32>, _ frame: Frame, _ run: Run
  ) -> Value {
    let words = BitSet.wordCount(rules.count)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * words + 1) { memory in
      let hits = UnsafeMutableBufferPointer(rebasing: memory[0..<words])
      let scratch = UnsafeMutableBufferPointer(rebasing: memory[words..<2 * words])
      hits.initialize(repeating: .max)
      scratch.initialize(repeating: 0)
      if words > 0, rules.count & 63 != 0 {
        hits[words - 1] = (1 << UInt64(rules.count & 63)) - 1
      }
      for (place, column) in columns.enumerated() {
        column.index.rows.and(Int(rows[place]), into: hits, scratch: scratch)
      }
      if run.recorder?.level ?? .none >= .hits {
        return traced(hits, frame, run)
      }
      return result(Hits(words: hits, table: self, frame: frame), frame, run)
    }
  }

  /// The rules that hit, in the order of the table; cells that the index cannot decide are
  /// tested when their rule is asked for.
  struct Hits {
    let words: UnsafeMutableBufferPointer<UInt64>
    let table: TableLogic
    let frame: Frame
    var index = 0

    mutating func next() -> Int? {
      while index < words.count {
        let word = words[index]
        guard word != 0 else {
          index += 1
          continue
        }
        words[index] = word & (word &- 1)
        let rule = index &<< 6 &+ word.trailingZeroBitCount
        if table.general.isEmpty || !table.general[rule] || table.passes(rule, frame) {
          return rule
        }
      }
      return nil
    }
  }

  /// Whether the cells of a rule that the index cannot decide are met.
  func passes(_ rule: Int, _ frame: Frame) -> Bool {
    for column in columns {
      if let test = column.tests[rule],
        test.matches(frame[column.input], frame) != true
      {
        return false
      }
    }
    return true
  }
}

// MARK: - Results

extension TableLogic {
  private func result(_ hits: consuming Hits, _ frame: Frame, _ run: Run) -> Value {
    guard let first = hits.next() else { return noHit(frame, run) }
    switch hitPolicy {
    case .first: return output(first, frame, run)
    case .unique:
      if let second = hits.next() {
        run.recorder?.note(
          "The rules \(first + 1) and \(second + 1) both hit and the hit policy is UNIQUE.")
        return .null
      }
      return output(first, frame, run)
    case .any:
      let value = output(first, frame, run)
      while let next = hits.next() {
        guard output(next, frame, run) == value else {
          run.recorder?.note(
            "The rules \(first + 1) and \(next + 1) hit with different outputs and the hit "
              + "policy is ANY.")
          return .null
        }
      }
      return value
    case .collect where aggregation.isList, .ruleOrder:
      var values = [output(first, frame, run)]
      while let next = hits.next() { values.append(output(next, frame, run)) }
      return .list(values)
    case .collect, .priority, .outputOrder:
      var all = [first]
      while let next = hits.next() { all.append(next) }
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

  private func noHit(_ frame: Frame, _ run: Run) -> Value {
    if outputs.contains(where: { $0.defaultEntry != nil }) {
      return combined(outputs.map { $0.defaultEntry?.evaluate(frame, run) ?? .null })
    }
    guard hitPolicy == .collect else {
      run.recorder?.note("No rule hits and the table has no default output.")
      return .null
    }
    switch aggregation {
    case .list: return .list([])
    case .count: return 0
    case .function: return .null
    }
  }

  /// The outputs of a rule as one value.
  func output(_ rule: Int, _ frame: Frame, _ run: Run) -> Value {
    if let constant = rules[rule].constant { return constant }
    return combined(outputs(of: rule, frame, run))
  }

  func outputs(of rule: Int, _ frame: Frame, _ run: Run) -> [Value] {
    outputs.map { output in
      if let constant = output.constants[rule] { return constant }
      guard let value = output.entries[rule]?.evaluate(frame, run) else { return .null }
      if output.type == TypeTable.any { return value }
      if let converted = run.program.types.convert(value, to: output.type, run.evaluation) {
        return converted
      }
      run.recorder?.refuse(value, run.program.types[output.type].name)
      return .null
    }
  }

  private func combined(_ values: [Value]) -> Value {
    values.count == 1 ? values[0] : .context(Context(shape, values))
  }
}

// MARK: - Trace

extension TableLogic {
  private func traced(
    _ hits: UnsafeMutableBufferPointer<UInt64>, _ frame: Frame, _ run: Run
  ) -> Value {
    var trace = TableTrace(
      hitPolicy: hitPolicy,
      columns: columns.map { Trace.Reading(name: $0.name, value: frame[$0.input]) },
      hits: [], misses: [])
    let saved = Array(hits)
    var list = Hits(words: hits, table: self, frame: frame)
    var hit = BitSet(count: rules.count)
    while let rule = list.next() {
      hit[rule] = true
      trace.hits.append(ruleHit(rule, frame, run))
      if hitPolicy == .first { break }
    }
    if run.recorder?.level ?? .none >= .misses {
      for rule in rules.indices where !hit[rule] {
        if let miss = ruleMiss(rule, frame) { trace.misses.append(miss) }
      }
    }
    run.recorder?.note(trace)
    for (index, word) in saved.enumerated() { hits[index] = word }
    return result(Hits(words: hits, table: self, frame: frame), frame, run)
  }

  private func ruleHit(_ rule: Int, _ frame: Frame, _ run: Run) -> TableTrace.RuleHit {
    TableTrace.RuleHit(
      number: rule + 1, id: rules[rule].id, annotations: rules[rule].annotations,
      cells: columns.indices.filter { columns[$0].index.constrained[rule] }
        .map { cell(rule, $0, frame) },
      outputs: zip(outputs, outputs(of: rule, frame, run)).map {
        Trace.Reading(name: $0.name, value: $1)
      })
  }

  private func ruleMiss(_ rule: Int, _ frame: Frame) -> TableTrace.RuleMiss? {
    let failed = columns.indices.first { place in
      let column = columns[place]
      let value = frame[column.input]
      if let test = column.tests[rule] { return test.matches(value, frame) != true }
      return !column.index.rows.contains(rule, row: column.index.row(of: value))
    }
    return failed.map { place in
      TableTrace.RuleMiss(
        number: rule + 1, id: rules[rule].id, cell: cell(rule, place, frame))
    }
  }

  private func cell(_ rule: Int, _ place: Int, _ frame: Frame) -> TableTrace.Cell {
    let column = columns[place]
    return TableTrace.Cell(
      column: place, name: column.name, text: column.texts[rule], value: frame[column.input])
  }
}

extension TableLogic.Aggregating {
  fileprivate var isList: Bool {
    if case .list = self { return true }
    return false
  }
}
