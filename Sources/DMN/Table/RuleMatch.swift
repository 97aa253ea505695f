public import FEEL

extension RuleTable {
  /// The answer of a table to one set of inputs.
  ///
  /// Made once, it can be filled again and again without new memory.
  public struct Match: Sendable {
    /// The rules all of whose conditions hold.
    public fileprivate(set) var matched: BitSet
    /// The rules none of whose conditions fails and some of whose inputs are null.
    public fileprivate(set) var unknown: BitSet
    /// For each column the rules whose condition holds, one column after the other.
    fileprivate var held: [UInt64]
    /// Whether the input of a column is null.
    fileprivate var isNull: [Bool]
    fileprivate var scratch: [UInt64]

    /// An empty answer of a table.
    public init(for table: RuleTable) {
      matched = BitSet(count: table.ruleCount)
      unknown = matched
      held = Array(repeating: 0, count: matched.words.count * table.columns.count)
      isNull = Array(repeating: false, count: table.columns.count)
      scratch = matched.words
    }

    /// The rules whose condition in a column holds.
    public func held(column: Int) -> BitSet {
      var set = BitSet(count: matched.count)
      let start = column * set.words.count
      for index in set.words.indices { set.words[index] = held[start + index] }
      return set
    }

    /// Whether the input of a column is null.
    public func isNull(column: Int) -> Bool { isNull[column] }
  }

  /// Asks the table about one input a column, in the order of the columns; null is "not known".
  /// - Precondition: there are as many values as columns.
  public func match(_ values: [Value]) -> Match {
    var match = Match(for: self)
    self.match(values, into: &match)
    return match
  }

  /// Asks the table and reuses the memory of an earlier answer of the same table.
  public func match(_ values: [Value], into match: inout Match) {
    precondition(values.count == columns.count, "One value a column is expected.")
    let words = match.matched.words.count
    for column in columns.indices {
      let start = column * words
      match.isNull[column] = values[column] == .null
      if case .list(let items) = values[column] {
        hold(anyOf: items, column, &match, at: start)
      } else {
        let index = indexes[column]
        index.rows.copy(
          index.row(of: values[column]), into: &match.held, at: start)
        if match.isNull[column] { removeConstrained(column, &match, at: start) }
      }
    }
    var matched = exchange(&match.matched)
    var unknown = exchange(&match.unknown)
    combine(columns.indices, &matched, &unknown, match)
    match.matched = matched
    match.unknown = unknown
  }

  /// The rules that match, and those that are unknown, by some of the columns only: a tier.
  public func tier(_ columns: [Int], of match: Match) -> (matched: BitSet, unknown: BitSet) {
    var matched = BitSet(count: ruleCount)
    var unknown = matched
    combine(columns, &matched, &unknown, match)
    return (matched, unknown)
  }

  /// The columns whose condition a rule fails: the reasons why it does not match.
  public func missed(rule: Int, in match: Match) -> [Int] {
    columns.indices.filter { column in
      !holds(rule: rule, column: column, in: match)
        && !(match.isNull[column] && indexes[column].constrained[rule])
    }
  }

  /// The columns that a rule asks about and whose input is null.
  public func unknown(rule: Int, in match: Match) -> [Int] {
    columns.indices.filter { match.isNull[$0] && indexes[$0].constrained[rule] }
  }

  /// The columns whose condition a rule fails for some inputs.
  public func missed(rule: Int, _ values: [Value]) -> [Int] {
    missed(rule: rule, in: match(values))
  }

  /// Whether the condition of a rule in a column holds; one that is set is not told by null.
  public func holds(rule: Int, column: Int, in match: Match) -> Bool {
    let word = match.held[column * match.matched.words.count + rule >> 6]
    return word >> UInt64(rule & 63) & 1 == 1
  }

  /// The rules that ask something of a column.
  public func constrained(column: Int) -> BitSet { indexes[column].constrained }
}

extension RuleTable {
  /// Takes a set out of an answer, so that it is filled in place and not copied.
  private func exchange(_ set: inout BitSet) -> BitSet {
    let taken = set
    set = BitSet(count: 0)
    return taken
  }

  private func removeConstrained(_ column: Int, _ match: inout Match, at start: Int) {
    let constrained = indexes[column].constrained.words
    for index in constrained.indices { match.held[start + index] &= ~constrained[index] }
  }

  /// Holds for a list: a condition that asks for something needs one item; one that refuses
  /// something needs that no item is refused.
  private func hold(
    anyOf items: [Value], _ column: Int, _ match: inout Match, at start: Int
  ) {
    let index = indexes[column]
    let refusing = negated[column].words
    for word in refusing.indices {
      match.held[start + word] = refusing[word] | ~index.constrained.words[word]
    }
    if let last = refusing.indices.last, ruleCount & 63 != 0 {
      match.held[start + last] &= (1 << UInt64(ruleCount & 63)) - 1
    }
    for item in items where item != .null {
      index.rows.copy(index.row(of: item), into: &match.scratch, at: 0)
      for word in refusing.indices {
        let row = match.scratch[word]
        match.held[start + word] |= row & ~refusing[word]
        match.held[start + word] &= row | ~refusing[word]
      }
    }
  }

  private func combine(
    _ columns: some Sequence<Int>, _ matched: inout BitSet, _ unknown: inout BitSet,
    _ match: borrowing Match
  ) {
    matched.fill()
    unknown.fill()
    let words = matched.words.count
    matched.words.withUnsafeMutableBufferPointer { all in
      unknown.words.withUnsafeMutableBufferPointer { possible in
        match.held.withUnsafeBufferPointer { held in
          for column in columns {
            let start = column &* words
            if match.isNull[column] {
              indexes[column].constrained.words.withUnsafeBufferPointer { constrained in
                for index in 0..<words {
                  all[index] &= held[start &+ index]
                  possible[index] &= held[start &+ index] | constrained[index]
                }
              }
            } else {
              for index in 0..<words {
                all[index] &= held[start &+ index]
                possible[index] &= held[start &+ index]
              }
            }
          }
        }
        for index in 0..<words { possible[index] &= ~all[index] }
      }
    }
  }
}
