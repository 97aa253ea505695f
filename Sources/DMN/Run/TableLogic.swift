import FEEL

/// A compiled decision table: DMN 1.5, chapter 8 and 10.3.2.13.
final class TableLogic: Sendable {
  let hitPolicy: HitPolicy
  let aggregation: Aggregating
  let columns: [Column]
  let outputs: [Output]
  let rules: [Rule]
  /// For each rule, its outputs as one value, if all are known while loading.
  let constants: [Value?]
  /// The rules with cells that the index cannot decide.
  let general: BitSet
  /// Whether there are such rules.
  let hasGeneral: Bool
  /// The shape of a result with several outputs.
  let shape: ContextShape

  /// An input column.
  final class Column: Sendable {
    /// The label, or the text of the expression.
    let name: String
    /// The text of the expression.
    let reads: String
    let expression: Logic
    /// The node whose value the column looks up, if it does nothing else.
    let node: Int?
    /// The slot of the value, for cells that are tested after.
    let input: Int
    /// The declared type of the expression; nil when the value has been checked already.
    let type: TypeTable.Index?
    /// What is known of the type of the value.
    let feelType: Type
    /// The values that are allowed.
    let values: UnaryTests?
    let index: ColumnIndex
    /// For each rule, the test of a cell that the index cannot decide.
    let tests: [Int: UnaryTests]
    /// The texts of the cells, for traces.
    let texts: [String]

    init(
      name: String, reads: String, expression: Logic, node: Int?, input: Int,
      type: TypeTable.Index?,
      feelType: Type, values: UnaryTests?, index: ColumnIndex, tests: [Int: UnaryTests],
      texts: [String]
    ) {
      self.name = name
      self.reads = reads
      self.expression = expression
      self.node = node
      self.input = input
      self.type = type
      self.feelType = feelType
      self.values = values
      self.index = index
      self.tests = tests
      self.texts = texts
    }
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
    /// The texts of the entries, where they are not constants.
    var texts: [Int: String]
    /// The names that those entries read.
    var reads: [Int: [String]] = [:]
    /// The allowed values.
    var values: UnaryTests?
  }

  /// What a COLLECT table makes of its hits.
  enum Aggregating: Sendable {
    case list
    case count
    /// A built-in function over the outputs in a slot.
    case function(Expression, slot: Int)

    var isList: Bool {
      if case .list = self { return true }
      return false
    }
  }

  /// What is said of a rule.
  struct Rule: Sendable {
    var id: String?
    var annotations: [TableTrace.Annotation]
  }

  init(
    hitPolicy: HitPolicy, aggregation: Aggregating, columns: [Column], outputs: [Output],
    rules: [Rule]
  ) {
    self.hitPolicy = hitPolicy
    self.aggregation = aggregation
    self.columns = columns
    self.outputs = outputs
    self.rules = rules
    let shape = ContextShape(outputs.map(\.name))
    self.shape = shape
    var general = BitSet(count: rules.count)
    for column in columns { general.formOr(column.index.general) }
    self.general = general
    hasGeneral = !general.isEmpty
    constants = rules.indices.map { rule in
      let values = outputs.map { $0.constants[rule] }
      if values.count == 1 { return values[0] }
      if values.contains(where: { $0 == nil }) { return nil }
      return .context(Context(shape, values.compactMap { $0 }))
    }
  }
}

// MARK: - Inputs

extension TableLogic {
  func evaluate(_ frame: Frame, _ run: Run) -> Value {
    let isTraced = run.recorder?.level ?? .none >= .hits
    let words = BitSet.wordCount(rules.count)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * words + 1) { memory in
      let hits = UnsafeMutableBufferPointer(rebasing: memory[0..<words])
      let scratch = UnsafeMutableBufferPointer(rebasing: memory[words..<2 * words])
      hits.initialize(repeating: .max)
      scratch.initialize(repeating: 0)
      if words > 0, rules.count & 63 != 0 {
        hits[words - 1] = (1 << UInt64(rules.count & 63)) - 1
      }
      var inputs: [Value] = []
      if isTraced { inputs.reserveCapacity(columns.count) }
      for column in columns {
        guard let value = input(column, frame, run) else { return .null }
        if isTraced { inputs.append(value) }
        if !column.tests.isEmpty { frame[column.input] = value }
        column.index.keep(value, in: hits, scratch: scratch)
      }
      let open = Hits(words: hits, table: self)
      guard isTraced, let recorder = run.recorder else { return result(open, frame, run) }
      recorder.open(TableTrace(self, inputs, hitCount: open.count))
      let value = result(open, frame, run)
      if recorder.level >= .misses { recorder.failed(misses(inputs, frame)) }
      recorder.close()
      return value
    }
  }

  /// The value of a column; nil when it is not one of those allowed.
  private func input(_ column: Column, _ frame: Frame, _ run: Run) -> Value? {
    var value: Value
    if let node = column.node {
      value = run.read(node)
    } else {
      value = column.expression.evaluate(frame, run)
    }
    if let type = column.type {
      value = run.program.types.convert(value, to: type, run.evaluation) ?? .null
    }
    if let values = column.values, !value.isNull, values.matches(value, frame) != true {
      run.recorder?.note("The input \(column.name) has the value \(value), not an allowed one.")
      return nil
    }
    return value
  }

  /// For rules with cells that the index cannot decide, the first column that fails.
  private func misses(_ inputs: [Value], _ frame: Frame) -> [Int: Int] {
    var failed: [Int: Int] = [:]
    for rule in general {
      failed[rule] = columns.indices.first { place in
        let column = columns[place]
        if let test = column.tests[rule] { return test.matches(inputs[place], frame) != true }
        return !column.index.rows.contains(rule, row: column.index.row(of: inputs[place]))
      }
    }
    return failed
  }

  /// Whether the cells of a rule that the index cannot decide are met.
  func passes(_ rule: Int, _ frame: Frame) -> Bool {
    for column in columns {
      if let test = column.tests[rule], test.matches(frame[column.input], frame) != true {
        return false
      }
    }
    return true
  }
}
