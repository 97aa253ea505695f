public import FEEL

/// What a decision table answered.
///
/// While the table is evaluated only the inputs and the numbers of the rules are kept; texts and
/// cells are looked up when someone reads them.
public struct TableTrace: Sendable {
  let table: TableLogic
  private let inputs: [Value]
  /// The rules that hit, from 0.
  private(set) var rules: [Int32] = []
  /// The outputs that were computed, not constants.
  private var computed: [Int: [Value]] = [:]
  private var failed: [Int: Int] = [:]
  private var hasMisses = false

  /// - Parameter hitCount: how many rules may hit.
  init(_ table: TableLogic, _ inputs: [Value], hitCount: Int) {
    self.table = table
    self.inputs = inputs
    rules.reserveCapacity(table.hitPolicy == .first ? 1 : hitCount)
  }

  mutating func hit(_ rule: Int) { rules.append(Int32(truncatingIfNeeded: rule)) }

  mutating func gave(_ rule: Int, _ values: [Value]) {
    if table.constants[rule] == nil { computed[rule] = values }
  }

  mutating func failed(_ cells: [Int: Int]) {
    failed = cells
    hasMisses = true
  }

  /// How the hits made the result.
  public var hitPolicy: HitPolicy { table.hitPolicy }

  /// The input columns with the values that were looked up.
  public var columns: [Trace.Reading] {
    zip(table.columns, inputs).map { Trace.Reading(name: $0.name, value: $1) }
  }

  /// The rules that hit, in the order of the table; FIRST looks no further than its first hit.
  public var hits: [RuleHit] {
    rules.map { rule in
      let rule = Int(rule)
      let values = computed[rule] ?? table.outputs.map { $0.constants[rule] ?? .null }
      return RuleHit(
        number: rule + 1, id: table.rules[rule].id,
        annotations: table.rules[rule].annotations,
        cells: table.columns.indices.filter { table.columns[$0].index.constrained[rule] }
          .map { cell(rule, $0) },
        outputs: zip(table.outputs, values).map { Trace.Reading(name: $0.name, value: $1) },
        reads: Dictionary(
          table.outputs.compactMap { output in output.reads[rule].map { (output.name, $0) } },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Every rule that missed with the first cell that failed; only at `TraceLevel.misses`.
  public var misses: [RuleMiss] {
    guard hasMisses else { return [] }
    let rows = zip(table.columns, inputs).map { $0.index.row(of: $1) }
    return table.rules.indices.compactMap { rule in
      let column =
        table.general[rule]
        ? failed[rule]
        : table.columns.indices.first {
          !table.columns[$0].index.rows.contains(rule, row: rows[$0])
        }
      return column.map {
        RuleMiss(number: rule + 1, id: table.rules[rule].id, cell: cell(rule, $0))
      }
    }
  }

  private func cell(_ rule: Int, _ place: Int) -> Cell {
    let column = table.columns[place]
    return Cell(
      column: place, name: column.name, input: column.reads, text: column.texts[rule],
      value: inputs[place])
  }

  /// A rule that hit.
  public struct RuleHit: Sendable, Hashable {
    /// The number of the rule, from 1.
    public var number: Int
    /// The id of the rule in the file.
    public var id: String?
    /// The annotations of the rule, by the names of their columns.
    public var annotations: [Annotation]
    /// The cells that decided: those that do not take every input.
    public var cells: [Cell]
    /// The outputs of the rule.
    public var outputs: [Trace.Reading]
    /// The names that the entries read which are not constants, by the outputs.
    public var reads: [String: [String]]
  }

  /// A rule that missed, and the first cell that failed.
  public struct RuleMiss: Sendable, Hashable {
    /// The number of the rule, from 1.
    public var number: Int
    /// The id of the rule in the file.
    public var id: String?
    /// The cell that failed.
    public var cell: Cell
  }

  /// A note beside a rule.
  public struct Annotation: Sendable, Hashable {
    /// The name of the annotation column; empty for one without a name.
    public var name: String
    /// The note.
    public var text: String
  }

  /// A cell of a rule, with the value that it was tested with.
  public struct Cell: Sendable, Hashable {
    /// The place of the column, from 0.
    public var column: Int
    /// The name of the column: its label, or the text of its expression.
    public var name: String
    /// The text of the column's expression.
    public var input: String
    /// The text of the cell.
    public var text: String
    /// The input.
    public var value: Value
  }
}
