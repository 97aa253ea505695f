public import FEEL

/// Where values of an input lie among the cells that a decision holds them against.
///
/// All values at one position meet the same cells: the decision gives the same for each of them.
public struct InputPositions: Sendable {
  private let columns: [ColumnIndex]

  /// The positions of an input that stands in these columns and nowhere else; nil where there are
  /// too many to be numbered.
  fileprivate init?(_ columns: [ColumnIndex]) {
    var count = 1
    for column in columns {
      let (product, overflow) = count.multipliedReportingOverflow(by: column.layout.rowCount)
      guard !overflow else { return nil }
      count = product
    }
    self.columns = columns
  }

  /// The position of a value.
  public func position(of value: Value) -> Int {
    columns.reduce(0) { $0 &* $1.layout.rowCount &+ $1.row(of: value) }
  }
}

extension Plan {
  /// For an input by its place, the positions that are all the decision can tell of its values;
  /// nil where the decision may read the value itself.
  ///
  /// An input has positions when every use of it is a column of a decision table whose input
  /// expression is its name and whose cells the column index decides.
  public func positions(of place: Int) -> InputPositions? {
    let input = inputs[place]
    guard !program.types[program.nodes[input].type].isConstrained else { return nil }
    var columns: [ColumnIndex] = []
    for node in nodesRead {
      let place = program.nodes[node]
      let slots = place.slots.indices.filter { slot in
        switch place.slots[slot] {
        case .node(let source): source == input
        case .imported(let members): members.contains { $0.node == input }
        case .local: false
        }
      }
      guard !slots.isEmpty, let logic = place.logic else { continue }
      let use = InputReading(of: logic)
      guard use.slots.isDisjoint(with: slots) else { return nil }
      columns += use.columns.filter { $0.node == input }.map(\.index)
    }
    return InputPositions(columns)
  }
}

/// How an expression of a model reads the slots of its frame.
private struct InputReading {
  /// The slots whose values are read.
  var slots: Set<Int> = []
  /// The columns that look up the value of a node, and whose index decides.
  var columns: [TableLogic.Column] = []

  init(of logic: Logic) { read(logic) }

  private mutating func read(_ logic: Logic) {
    switch logic {
    case .constant, .unreadable: break
    case .expression(let expression): slots.formUnion(expression.slotsRead)
    case .typed(let inner, _): read(inner)
    case .context(let context):
      for entry in context.entries { read(entry.logic) }
      if let result = context.result { read(result) }
    case .list(let items): for item in items { read(item) }
    case .prepared(let parts, let expression):
      for part in parts { read(part.logic) }
      slots.formUnion(expression.slotsRead)
    case .function(let function): read(function.body)
    case .conditional(let condition, let then, let otherwise):
      for part in [condition, then, otherwise] { read(part) }
    case .iterator(let iterator):
      read(iterator.list)
      read(iterator.body)
    case .table(let table): read(table)
    }
  }

  private mutating func read(_ table: TableLogic) {
    for column in table.columns {
      if column.node != nil, column.type == nil, column.values == nil, column.tests.isEmpty {
        columns.append(column)
      } else {
        read(column.expression)
        for test in column.tests.values { slots.formUnion(test.slotsRead) }
        slots.formUnion(column.values?.slotsRead ?? [])
      }
    }
    for output in table.outputs {
      for entry in output.entries.values { read(entry) }
      if let entry = output.defaultEntry { read(entry) }
      slots.formUnion(output.values?.slotsRead ?? [])
    }
    if case .function(let expression, _) = table.aggregation {
      slots.formUnion(expression.slotsRead)
    }
  }
}
