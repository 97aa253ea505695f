import FEEL

extension ColumnCell {
  /// A cell in the form that FEEL gives it; nil when it must be tested after.
  init?(_ form: CellForm) {
    switch form {
    case .any, .boolean(true): self = .any
    case .boolean(false): self = .tests([], negated: false)
    case .negation(let inner):
      guard case .tests(let tests, negated: false)? = ColumnCell(inner) else { return nil }
      self = .tests(tests, negated: true)
    case .compare(.notEqual, let value):
      guard ColumnIndex.canIndex(value) else { return nil }
      self = .tests([.equal(value)], negated: true)
    case .compare, .range:
      guard let test = ColumnTest(form) else { return nil }
      self = .tests([test], negated: false)
    case .set(let forms):
      var tests: [ColumnTest] = []
      for form in forms {
        guard let test = ColumnTest(form) else { return nil }
        tests.append(test)
      }
      self = .tests(tests, negated: false)
    }
  }
}

extension ColumnTest {
  fileprivate init?(_ form: CellForm) {
    switch form {
    case .compare(.equal, let value):
      guard ColumnIndex.canIndex(value) else { return nil }
      self = .equal(value)
    case .compare(let comparison, let value):
      guard ColumnIndex.isOrdered(value) else { return nil }
      switch comparison {
      case .less: self = .span(lower: nil, includesLower: false, upper: value, includesUpper: false)
      case .lessOrEqual:
        self = .span(lower: nil, includesLower: false, upper: value, includesUpper: true)
      case .greater:
        self = .span(lower: value, includesLower: false, upper: nil, includesUpper: false)
      case .greaterOrEqual:
        self = .span(lower: value, includesLower: true, upper: nil, includesUpper: false)
      case .equal, .notEqual: return nil
      }
    case .range(let range):
      guard ColumnIndex.isOrdered(range.start), ColumnIndex.isOrdered(range.end),
        ColumnIndex.haveOneOrder(range.start, range.end)
      else { return nil }
      self = .span(
        lower: range.start, includesLower: range.startIncluded, upper: range.end,
        includesUpper: range.endIncluded)
    default: return nil
    }
  }

  /// The test in the words of a cell.
  var text: String {
    switch self {
    case .equal(let value): return "\(value)"
    case .span(let lower?, let includesLower, let upper?, let includesUpper):
      return (includesLower ? "[" : "(") + "\(lower)..\(upper)" + (includesUpper ? "]" : ")")
    case .span(let lower, let includesLower, let upper, let includesUpper):
      if let lower { return (includesLower ? ">= " : "> ") + "\(lower)" }
      return upper.map { (includesUpper ? "<= " : "< ") + "\($0)" } ?? "-"
    }
  }

  /// The constants that the test names.
  var constants: [Value] {
    switch self {
    case .equal(let value): [value]
    case .span(let lower, _, let upper, _): [lower, upper].compactMap { $0 }
    }
  }
}

extension ColumnIndex.Layout {
  /// The rows in which a cell is met, in rising order and apart.
  func spans(of cell: ColumnCell) -> RuleRows.Spans {
    switch cell {
    case .any, .general: return [0..<rowCount]
    case .tests(let tests, let negated):
      guard negated else { return merged(tests.map(met)) }
      let notFailed = merged(tests.flatMap { [met($0)] + undecided($0) })
      return gaps(in: notFailed)
    }
  }

  /// The rows of the inputs that can occur, without null: a table need not answer it.
  func domain(of type: Type, allowed: [ColumnCell], _ cells: [ColumnCell]) -> RuleRows.Spans {
    var families: [Family]
    switch type {
    case .number: families = [.number]
    case .string: families = [.string]
    case .boolean: families = [.boolean]
    case .date: families = [.date]
    case .yearsMonths: families = [.months]
    case .daysTime: families = [.seconds]
    default:
      // Of an unknown type, the kinds that the cells test.
      var named: Set<Family> = []
      for case .tests(let tests, _) in cells {
        named.formUnion(tests.flatMap(\.constants).compactMap { Self.family(of: $0) })
      }
      families = Family.allCases.filter { $0 != .null && named.contains($0) }
    }
    if families.isEmpty { families = [.boolean] }
    var spans = merged(families.map { rows(of: $0) })
    for cell in allowed where cell != .general {
      let met = self.spans(of: cell)
      spans = spans.flatMap { span in met.map { span.clamped(to: $0) } }.filter { !$0.isEmpty }
    }
    return spans
  }

  /// For each rule the tests of its cell that no input of a domain meets.
  func idle(_ cells: [ColumnCell], in domain: RuleRows.Spans) -> [Int: [ColumnTest]] {
    var found: [Int: [ColumnTest]] = [:]
    for (rule, cell) in cells.enumerated() {
      guard case .tests(let tests, _) = cell else { continue }
      let idle = tests.filter { test in
        let rows = met(test)
        return test != .equal(.null) && !domain.contains { $0.overlaps(rows) }
      }
      if !idle.isEmpty { found[rule] = idle }
    }
    return found
  }

  /// The rows in which a test is true.
  private func met(_ test: ColumnTest) -> Range<Int> {
    switch test {
    case .equal(let value):
      let row = self.row(of: value)
      return row..<row + 1
    case .span(let lower, let includesLower, let upper, let includesUpper):
      guard let family = (lower ?? upper).flatMap(Self.family) else { return 0..<0 }
      let all = rows(of: family)
      let start = lower.map { row(of: $0) + (includesLower ? 0 : 1) } ?? all.lowerBound
      let end = upper.map { row(of: $0) + (includesUpper ? 1 : 0) } ?? all.upperBound
      return start < end ? start..<end : 0..<0
    }
  }

  /// The rows in which a test is neither true nor false: inputs of another kind than its constant,
  /// and null where it compares (DMN 1.5, 10.3.2.13).
  private func undecided(_ test: ColumnTest) -> [Range<Int>] {
    guard let constant = test.constants.first, let family = Self.family(of: constant) else {
      return [0..<rowCount]
    }
    if family == .null { return [] }
    let own = rows(of: family)
    if case .equal = test { return [Self.otherRow..<own.lowerBound, own.upperBound..<rowCount] }
    return [0..<own.lowerBound, own.upperBound..<rowCount]
  }

  private func merged(_ list: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in list.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private func gaps(in list: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    for range in list {
      if start < range.lowerBound { result.append(start..<range.lowerBound) }
      start = range.upperBound
    }
    if start < rowCount { result.append(start..<rowCount) }
    return result
  }
}
