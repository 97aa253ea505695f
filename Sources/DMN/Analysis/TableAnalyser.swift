import FEEL

/// Searches a decision table for gaps, overlaps and rules that never decide.
///
/// Inputs at the same position of the cut points get the same answer, so the inputs of a column
/// fall into few classes, each with the set of rules whose cell it meets. All questions are
/// answered over these classes, never over single values.
struct TableAnalyser {
  let table: TableLogic
  /// For each column its classes of inputs.
  let classes: [[Class]]
  /// The rules with cells that the cut points do not decide.
  let open: BitSet
  /// For each column, the rules that take every input of it and of all columns behind.
  let free: [BitSet]
  var findings: [TableAnalysis.Finding] = []
  private(set) var steps = 0
  private(set) var isComplete = true

  /// How far a search has come: the next column and the rules met so far.
  private struct Place: Hashable {
    var column: Int
    var alive: BitSet
  }

  /// Inputs of a column that meet the same cells.
  struct Class {
    var rows: RuleRows.Spans
    var rules: BitSet
  }

  init(_ table: TableLogic) {
    self.table = table
    classes = table.columns.map { TableAnalyser.classes(of: $0.index, table.rules.count) }
    open = table.general
    var free: [BitSet] = []
    var rest = BitSet(all: table.rules.count)
    for column in table.columns.reversed() {
      rest.formAndNot(column.index.constrained)
      free.append(rest)
    }
    self.free = free.reversed()
  }

  private static func classes(of index: ColumnIndex, _ ruleCount: Int) -> [Class] {
    var list: [Class] = []
    var places: [BitSet: Int] = [:]
    for row in index.domain.joined() {
      let rules = index.rows.set(row, ruleCount: ruleCount)
      guard let place = places[rules] else {
        places[rules] = list.count
        list.append(Class(rows: [row..<row + 1], rules: rules))
        continue
      }
      let last = list[place].rows.count - 1
      if list[place].rows[last].upperBound == row {
        list[place].rows[last] = list[place].rows[last].lowerBound..<row + 1
      } else {
        list[place].rows.append(row..<row + 1)
      }
    }
    return list
  }

  mutating func run(_ element: String, _ file: String) -> TableAnalysis {
    var analysis = TableAnalysis(element: element, file: file, ruleCount: table.rules.count)
    let impossible = findImpossible()
    findIdleTests(impossible)
    findUnusedInputs()
    findOutputs()
    findGaps()
    let dead = findMasked(impossible)
    findPairs(impossible.union(dead))
    analysis.findings = findings.enumerated().sorted { one, two in
      one.element.isError != two.element.isError
        ? one.element.isError : one.offset < two.offset
    }.map(\.element)
    analysis.isComplete = isComplete
    return analysis
  }

  mutating func note(
    _ kind: TableAnalysis.Finding.Kind, isError: Bool, isCertain: Bool = true, rules: [Int] = [],
    column: String? = nil, in region: [RuleRows.Spans?] = [], _ sentence: String
  ) {
    guard findings.count(where: { $0.kind == kind }) < TableAnalysis.findingLimit else {
      isComplete = false
      return
    }
    let parts = zip(table.columns, region).map { column, spans in
      TableAnalysis.Part(
        column: column.name, cell: spans.map { column.index.describe($0) } ?? "-")
    }
    findings.append(
      TableAnalysis.Finding(
        kind: kind, isError: isError, isCertain: isCertain, rules: rules.map { $0 + 1 },
        column: column, region: parts, sentence: sentence))
  }

  /// Spends a step of the search; false at the limit.
  mutating func step() -> Bool {
    steps += 1
    if steps <= TableAnalysis.stepLimit { return true }
    isComplete = false
    return false
  }
}

// MARK: - Single rules and columns

extension TableAnalyser {
  /// The rules with a cell that no allowed input meets.
  private mutating func findImpossible() -> Set<Int> {
    var dead: Set<Int> = []
    for (place, column) in table.columns.enumerated() {
      var met = BitSet(count: table.rules.count)
      for item in classes[place] { met.formOr(item.rules) }
      for rule in met.complement where !column.index.domain.isEmpty && takesNoNull(column, rule) {
        dead.insert(rule)
        note(
          .impossible, isError: true, rules: [rule], column: column.name,
          "Rule \(rule + 1) never hits: no input of \(column.name) meets the cell "
            + "\(column.texts[rule]).")
      }
    }
    return dead
  }

  /// Whether a rule does not ask for null, which lies outside the inputs looked through.
  private func takesNoNull(_ column: TableLogic.Column, _ rule: Int) -> Bool {
    !column.index.rows.contains(rule, row: ColumnIndex.Layout.nullRow)
  }

  /// The tests of cells that no allowed input meets, beside others of the same cell.
  private mutating func findIdleTests(_ impossible: Set<Int>) {
    for column in table.columns {
      for (rule, tests) in column.index.idle.sorted(by: { $0.key < $1.key })
      where !impossible.contains(rule) {
        let texts = CellWords.list(tests.map(\.text), "and")
        note(
          .idleTest, isError: false, rules: [rule], column: column.name,
          "Rule \(rule + 1) asks whether \(column.name) meets \(texts), which no allowed input "
            + "does.")
      }
    }
  }

  private mutating func findUnusedInputs() {
    guard !table.rules.isEmpty else { return }
    for column in table.columns where column.index.constrained.isEmpty {
      note(
        .unusedInput, isError: false, column: column.name,
        "No rule asks about the input \(column.name).")
    }
  }

  private mutating func findOutputs() {
    for output in table.outputs {
      guard let form = output.values?.form else { continue }
      for (rule, constant) in output.constants.enumerated() {
        guard let constant, !constant.isNull, form.matches(constant) != true else { continue }
        note(
          .output, isError: true, rules: [rule], column: output.name,
          "Rule \(rule + 1) gives \(constant), which is no allowed value of \(output.name).")
      }
    }
  }
}

// MARK: - Gaps and masked rules

extension TableAnalyser {
  private mutating func findGaps() {
    let hasDefaults = table.outputs.allSatisfy { $0.defaultEntry != nil }
    guard table.hitPolicy != .collect, !hasDefaults, !table.columns.isEmpty else { return }
    var found: [(region: [RuleRows.Spans?], isCertain: Bool)] = []
    var seen: Set<Place> = []
    let all = BitSet(all: table.rules.count)
    uncovered(0, all, within: nil, [], &seen) { region, left in
      found.append((region, left.isEmpty))
      return found.count < TableAnalysis.findingLimit
    }
    for gap in found {
      note(
        .gap, isError: false, isCertain: gap.isCertain, in: gap.region,
        gap.isCertain
          ? "No rule hits these inputs."
          : "No rule surely hits these inputs; some rules depend on other values.")
    }
  }

  /// Calls `report` for each part of the inputs that no rule surely takes, with the rules that
  /// perhaps do; it answers whether to go on.
  private mutating func uncovered(
    _ column: Int, _ alive: BitSet, within rule: Int?, _ region: [RuleRows.Spans?],
    _ seen: inout Set<Place>, _ report: ([RuleRows.Spans?], BitSet) -> Bool
  ) {
    guard step() else { return }
    let sure = alive.andNot(open)
    if sure.isEmpty {
      _ = report(region, alive)
      return
    }
    guard column < table.columns.count, sure.and(free[column]).isEmpty else { return }
    guard seen.insert(Place(column: column, alive: alive)).inserted else { return }
    for item in classes[column] {
      if let rule, !item.rules[rule] { continue }
      let next = alive.and(item.rules)
      if next.andNot(open).isEmpty {
        guard report(region + [item.rows], next) else { return }
      } else {
        uncovered(column + 1, next, within: rule, region + [item.rows], &seen, report)
      }
      guard isComplete else { return }
    }
  }

  /// The rules whose inputs other rules take before them, under FIRST and PRIORITY.
  private mutating func findMasked(_ impossible: Set<Int>) -> Set<Int> {
    guard table.hitPolicy == .first || table.hitPolicy == .priority else { return [] }
    var dead: Set<Int> = []
    for rule in table.rules.indices where !impossible.contains(rule) {
      let before = preceding(rule, without: impossible)
      guard !before.isEmpty else { continue }
      var isReached = false
      var seen: Set<Place> = []
      uncovered(0, before, within: rule, [], &seen) { _, _ in
        isReached = true
        return false
      }
      if isReached || !isComplete { continue }
      dead.insert(rule)
      let isFirst = table.hitPolicy == .first
      note(
        isFirst ? .unreachable : .masked, isError: true, rules: [rule],
        "Rule \(rule + 1) never decides: "
          + (isFirst ? "rules before it" : "rules of a higher priority")
          + " take all its inputs.")
    }
    return dead
  }

  /// The rules that decide instead of a rule where both hit, and that surely hit.
  private func preceding(_ rule: Int, without impossible: Set<Int>) -> BitSet {
    var before = BitSet(count: table.rules.count)
    for other in table.rules.indices where !open[other] && !impossible.contains(other) {
      before[other] = table.hitPolicy == .first ? other < rule : outranks(other, rule)
    }
    return before
  }

  private func outranks(_ one: Int, _ two: Int) -> Bool {
    for output in table.outputs where !output.ranks.isEmpty {
      guard let mine = output.constants[one], let theirs = output.constants[two] else {
        return false
      }
      let first = output.ranks[mine] ?? Int.max
      let second = output.ranks[theirs] ?? Int.max
      if first != second { return first < second }
    }
    return false
  }
}

// MARK: - Pairs of rules

extension TableAnalyser {
  private mutating func findPairs(_ dead: Set<Int>) {
    let count = table.rules.count
    guard count <= TableAnalysis.pairLimit else {
      isComplete = false
      return
    }
    let surely = Set(table.rules.indices).subtracting(dead).filter { !open[$0] }
    for rule in surely.sorted() {
      var others = BitSet(all: count)
      var same = BitSet(all: count)
      for column in table.columns.indices {
        var sharing = BitSet(count: count)
        for item in classes[column] {
          if item.rules[rule] {
            sharing.formOr(item.rules)
            same.formAnd(item.rules)
          } else {
            same.formAndNot(item.rules)
          }
        }
        others.formAnd(sharing)
      }
      for other in others where other > rule && surely.contains(other) {
        notePair(rule, other, isSame: same[other])
      }
    }
  }

  private mutating func notePair(_ one: Int, _ two: Int, isSame: Bool) {
    let names = "Rules \(one + 1) and \(two + 1)"
    switch table.hitPolicy {
    case .unique:
      note(
        .overlap, isError: true, rules: [one, two], in: common(one, two),
        "\(names) both hit these inputs and the hit policy is UNIQUE.")
    case .any where outputsDiffer(one, two):
      note(
        .conflict, isError: true, rules: [one, two], in: common(one, two),
        "\(names) both hit these inputs with different outputs and the hit policy is ANY.")
    default:
      if isSame {
        note(
          .duplicate, isError: false, rules: [one, two],
          "\(names) have the same conditions.")
      }
    }
  }

  private func outputsDiffer(_ one: Int, _ two: Int) -> Bool {
    table.outputs.contains { output in
      if let mine = output.constants[one], let theirs = output.constants[two] {
        return mine != theirs
      }
      return output.texts[one] != output.texts[two]
    }
  }

  /// The inputs that two rules share.
  private func common(_ one: Int, _ two: Int) -> [RuleRows.Spans?] {
    classes.map { column in
      let rows = column.filter { $0.rules[one] && $0.rules[two] }.flatMap(\.rows)
        .sorted { $0.lowerBound < $1.lowerBound }
      var merged: RuleRows.Spans = []
      for span in rows {
        if let last = merged.last, last.upperBound == span.lowerBound {
          merged[merged.count - 1] = last.lowerBound..<span.upperBound
        } else {
          merged.append(span)
        }
      }
      return merged
    }
  }
}
