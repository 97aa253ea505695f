public import FEEL

/// A table of rules made by code, not by a model: say, the terms of every product of a catalogue.
///
/// Each rule has one condition a column. `match` tells at once which rules all their conditions
/// hold for, and which would still depend on inputs that are not known (null). It runs on the
/// same column index as decision tables, so thousands of rules are answered in microseconds.
public struct RuleTable: Sendable {
  /// What a rule asks of one input.
  public enum Condition: Sendable, Hashable {
    /// Nothing: the rule takes every input.
    case any
    /// The input is one of these. A list input holds when one of its items is.
    case oneOf([Value])
    /// The input is known and none of these. A list input holds when no item is one of these.
    case noneOf([Value])
    /// The input lies between the ends; a missing end is open.
    case within(Interval)
    /// The input lies in one of these intervals.
    case withinAny([Interval])
  }

  /// A part of an ordered kind: numbers, dates, durations.
  public struct Interval: Sendable, Hashable {
    /// The lower end, or nil for none.
    public var lower: Value?
    /// Whether the lower end itself is inside.
    public var includesLower: Bool
    /// The upper end, or nil for none.
    public var upper: Value?
    /// Whether the upper end itself is inside.
    public var includesUpper: Bool

    /// An interval; by default both ends are inside.
    public init(
      from lower: Value?, to upper: Value?, includesLower: Bool = true, includesUpper: Bool = true
    ) {
      self.lower = lower
      self.includesLower = includesLower
      self.upper = upper
      self.includesUpper = includesUpper
    }
  }

  /// Why a table cannot be made.
  public enum Fault: Error, Sendable, Hashable {
    /// A rule has more or fewer conditions than there are columns.
    case conditionCount(rule: Int, expected: Int, found: Int)
    /// A condition names a value that cannot be looked up, such as a list or an unordered end.
    case constant(rule: Int, column: Int)
    /// There are more rules than a table may have.
    case tooManyRules(limit: Int)
  }

  /// The names of the columns.
  public let columns: [String]
  /// How many rules there are.
  public let ruleCount: Int

  let indexes: [ColumnIndex]
  /// For each column the rules that refuse some list items; a list is asked of them as a whole.
  let negated: [BitSet]

  /// The most rules that a table may have.
  public static let ruleLimit = 1_000_000

  /// Makes a table.
  /// - Parameters:
  ///   - columns: the names of the inputs.
  ///   - rules: for each rule, one condition a column.
  public init(columns: [String], rules: [[Condition]]) throws(Fault) {
    guard rules.count <= RuleTable.ruleLimit else {
      throw .tooManyRules(limit: RuleTable.ruleLimit)
    }
    for (rule, conditions) in rules.enumerated() where conditions.count != columns.count {
      throw .conditionCount(rule: rule, expected: columns.count, found: conditions.count)
    }
    var indexes: [ColumnIndex] = []
    var negated: [BitSet] = []
    for column in columns.indices {
      var cells: [ColumnCell] = []
      var refusing = BitSet(count: rules.count)
      cells.reserveCapacity(rules.count)
      for (rule, conditions) in rules.enumerated() {
        guard let cell = conditions[column].cell else {
          throw .constant(rule: rule, column: column)
        }
        cells.append(cell)
        if case .tests(_, negated: true) = cell { refusing[rule] = true }
      }
      indexes.append(ColumnIndex(cells))
      negated.append(refusing)
    }
    self.columns = columns
    self.ruleCount = rules.count
    self.indexes = indexes
    self.negated = negated
  }

  /// The bytes that the index takes.
  public var byteCount: Int { indexes.reduce(0) { $0 + $1.byteCount } }
}

extension RuleTable.Condition {
  /// The condition in the form of the index; nil when a constant cannot be looked up.
  fileprivate var cell: ColumnCell? {
    switch self {
    case .any: return .any
    case .oneOf(let values): return RuleTable.Condition.equals(values, negated: false)
    case .noneOf(let values): return RuleTable.Condition.equals(values, negated: true)
    case .within(let interval): return RuleTable.Condition.spans([interval])
    case .withinAny(let intervals): return RuleTable.Condition.spans(intervals)
    }
  }

  private static func equals(_ values: [Value], negated: Bool) -> ColumnCell? {
    guard values.allSatisfy({ ColumnIndex.canIndex($0) && $0 != .null }) else { return nil }
    return .tests(values.map { .equal($0) }, negated: negated)
  }

  private static func spans(_ intervals: [RuleTable.Interval]) -> ColumnCell? {
    var tests: [ColumnTest] = []
    for interval in intervals {
      let ends = [interval.lower, interval.upper].compactMap { $0 }
      if ends.isEmpty { return .any }
      guard ends.allSatisfy(ColumnIndex.isOrdered) else { return nil }
      tests.append(
        .span(
          lower: interval.lower, includesLower: interval.includesLower,
          upper: interval.upper, includesUpper: interval.includesUpper))
    }
    return .tests(tests, negated: false)
  }
}
