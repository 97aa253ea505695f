import FEEL
import Quantities

/// A cell of a column in the form that the index understands.
enum ColumnCell: Sendable, Hashable {
  /// The cell is met by every input.
  case any
  /// The cell cannot be indexed: it counts as met, and is tested after.
  case general
  /// The cell is met when a test is, or, negated, when every test definitely fails.
  case tests([ColumnTest], negated: Bool)
}

/// A test of a cell against constants.
enum ColumnTest: Sendable, Hashable {
  /// Equal to a constant.
  case equal(Value)
  /// Between two ends; a missing end is open to infinity.
  case span(lower: Value?, includesLower: Bool, upper: Value?, includesUpper: Bool)
}

/// The index of one input column of a table: input → row of rules whose cell it meets.
final class ColumnIndex: Sendable {
  /// The rows in which the rules stand.
  let rows: RuleRows
  /// The rules whose cell must be tested after.
  let general: BitSet
  /// The rules whose cell does not take every input.
  let constrained: BitSet
  /// The rows of the inputs that can occur, by the type of the column and its allowed values.
  let domain: RuleRows.Spans
  /// For each rule the tests of its cell that no allowed input meets.
  let idle: [Int: [ColumnTest]]
  let layout: Layout

  /// Builds the index of a column.
  /// - Parameters:
  ///   - cells: the cells of all rules.
  ///   - type: what is known of the type of the inputs.
  ///   - allowed: the allowed values, all of which an input meets.
  init(_ cells: [ColumnCell], type: Type = .any, allowed: [ColumnCell] = []) {
    let layout = Layout(cells + allowed)
    self.layout = layout
    domain = layout.domain(of: type, allowed: allowed, cells)
    idle = allowed.isEmpty ? [:] : layout.idle(cells, in: domain)
    var general = BitSet(count: cells.count)
    var constrained = BitSet(count: cells.count)
    var spans: [RuleRows.Spans] = []
    spans.reserveCapacity(cells.count)
    for (rule, cell) in cells.enumerated() {
      if cell == .general { general[rule] = true }
      if cell != .any { constrained[rule] = true }
      spans.append(layout.spans(of: cell))
    }
    self.general = general
    self.constrained = constrained
    rows = RuleRows(count: layout.rowCount, resembling: layout.namedRows, rules: spans)
  }

  /// The row of an input.
  func row(of value: Value) -> Int { layout.row(of: value) }

  /// Keeps in `hits` the rules whose cell an input meets; both have a word for 64 rules.
  func keep(
    _ value: Value, in hits: UnsafeMutableBufferPointer<UInt64>,
    scratch: UnsafeMutableBufferPointer<UInt64>
  ) {
    rows.and(layout.row(of: value), into: hits, scratch: scratch)
  }

  /// Whether constants of this kind can be indexed.
  static func canIndex(_ value: Value) -> Bool {
    Layout.family(of: value) != nil && Layout.key(of: value)?.isBetween != true
  }

  /// Whether constants of this kind have an order that the index knows.
  static func isOrdered(_ value: Value) -> Bool {
    switch Layout.family(of: value) {
    case .number?, .date?, .months?, .seconds?: canIndex(value)
    default: false
    }
  }

  /// Whether two constants are of the same ordered kind.
  static func haveOneOrder(_ one: Value, _ two: Value) -> Bool {
    Layout.family(of: one) == Layout.family(of: two)
  }

  /// The bytes that the index takes.
  var byteCount: Int { rows.byteCount }
}

// MARK: - Rows

extension ColumnIndex {
  /// Which row belongs to which inputs: first null, then inputs of kinds that no cell tests,
  /// then the booleans, the texts, and the positions of numbers, dates and durations.
  final class Layout: Sendable {
    enum Family: CaseIterable { case null, boolean, string, number, date, months, seconds }

    static let nullRow = 0
    static let otherRow = 1
    static let falseRow = 2
    static let unnamedRow = 4

    let strings: StringSlots
    let numbers: CutPoints
    let dates: CutPoints
    let months: CutPoints
    let seconds: CutPoints
    let numberBase: Int
    let dateBase: Int
    let monthBase: Int
    let secondBase: Int
    let rowCount: Int

    init(_ cells: [ColumnCell]) {
      var texts: [String] = []
      var numberPoints: [Decimal128] = []
      var points: [Family: [Int64]] = [:]
      for case .tests(let tests, _) in cells {
        for constant in tests.flatMap(\.constants) {
          switch constant {
          case .string(let text): texts.append(text)
          case .number(let number): numberPoints.append(number)
          default:
            if let family = Layout.family(of: constant), let key = Layout.key(of: constant) {
              points[family, default: []].append(key.value)
            }
          }
        }
      }
      strings = StringSlots(texts)
      numbers = CutPoints(numbers: numberPoints)
      dates = CutPoints(integers: points[.date] ?? [])
      months = CutPoints(integers: points[.months] ?? [])
      seconds = CutPoints(integers: points[.seconds] ?? [])
      numberBase = Layout.unnamedRow + 1 + strings.count
      dateBase = numberBase + numbers.positionCount
      monthBase = dateBase + dates.positionCount
      secondBase = monthBase + months.positionCount
      rowCount = secondBase + seconds.positionCount
    }

    /// The rows of the texts that cells name, which follow the row of all other texts.
    var namedRows: Range<Int> { Layout.unnamedRow + 1..<numberBase }

    func row(of value: Value) -> Int {
      switch value {
      case .null: return Layout.nullRow
      case .boolean(let flag): return Layout.falseRow + (flag ? 1 : 0)
      case .string(let text):
        return Layout.unnamedRow + (strings.slot(of: text).map { $0 + 1 } ?? 0)
      case .number(let number): return numberBase + numbers.position(of: number)
      default:
        guard let family = Layout.family(of: value), let key = Layout.key(of: value) else {
          return Layout.otherRow
        }
        switch family {
        case .date: return dateBase + dates.position(of: key.value, isBetween: key.isBetween)
        case .months: return monthBase + months.position(of: key.value, isBetween: key.isBetween)
        default: return secondBase + seconds.position(of: key.value, isBetween: key.isBetween)
        }
      }
    }

    /// The rows of a family of inputs.
    func rows(of family: Family) -> Range<Int> {
      switch family {
      case .null: Layout.nullRow..<Layout.otherRow
      case .boolean: Layout.falseRow..<Layout.unnamedRow
      case .string: Layout.unnamedRow..<numberBase
      case .number: numberBase..<dateBase
      case .date: dateBase..<monthBase
      case .months: monthBase..<secondBase
      case .seconds: secondBase..<rowCount
      }
    }

    static func family(of value: Value) -> Family? {
      switch value {
      case .null: .null
      case .boolean: .boolean
      case .string: .string
      case .number: .number
      case .date: .date
      case .yearsMonths: .months
      case .daysTime: .seconds
      default: nil
      }
    }

    /// The whole number by which dates and durations are ordered, and whether the value lies
    /// between it and the next.
    static func key(of value: Value) -> (value: Int64, isBetween: Bool)? {
      switch value {
      case .date(let date): (Int64(date.daysSinceEpoch), false)
      case .yearsMonths(let duration): (duration.months, false)
      case .daysTime(let duration): (duration.seconds, duration.nanosecond != 0)
      default: nil
      }
    }
  }
}
