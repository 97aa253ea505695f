import FEEL
import Quantities

extension CutPoints {
  /// The cut points as numbers.
  var numbers: [Decimal128] {
    decimals.isEmpty
      ? points.map {
        Decimal128(isNegative: $0 < 0, coefficient: UInt128($0.magnitude), exponent: -scale)
      } : decimals
  }

  /// A span of positions in the words of a cell, such as `[18..65)` or `> 3`.
  /// - Parameter text: how a cut point is written, by its place.
  func describe(_ positions: Range<Int>, _ text: (Int) -> String) -> String {
    let first = positions.lowerBound
    let last = positions.upperBound - 1
    if first == last, first.isMultiple(of: 2) == false { return text(first / 2) }
    let isOpenBelow = first == 0
    let isOpenAbove = last == positionCount - 1
    let includesLower = !first.isMultiple(of: 2)
    let includesUpper = !last.isMultiple(of: 2)
    let lower = includesLower ? first / 2 : first / 2 - 1
    let upper = last / 2
    if isOpenBelow && isOpenAbove { return "any" }
    if isOpenBelow { return (includesUpper ? "<= " : "< ") + text(upper) }
    if isOpenAbove { return (includesLower ? ">= " : "> ") + text(lower) }
    return (includesLower ? "[" : "(") + text(lower) + ".." + text(upper)
      + (includesUpper ? "]" : ")")
  }
}

extension ColumnIndex {
  /// Rows in the words of a cell; spans of rows do not cross the kinds of inputs.
  func describe(_ spans: RuleRows.Spans) -> String {
    if spans == domain { return "-" }
    var parts: [String] = []
    for span in spans {
      for family in Layout.Family.allCases {
        let rows = layout.rows(of: family)
        let part = span.clamped(to: rows)
        if !part.isEmpty { parts += layout.describe(part, in: family, from: rows.lowerBound) }
      }
      if span.contains(Layout.otherRow) { parts.append("another kind of value") }
    }
    return parts.joined(separator: ", ")
  }
}

extension ColumnIndex.Layout {
  fileprivate func describe(_ rows: Range<Int>, in family: Family, from base: Int) -> [String] {
    let positions = rows.lowerBound - base..<rows.upperBound - base
    switch family {
    case .null: return ["null"]
    case .boolean: return positions.map { $0 == 0 ? "false" : "true" }
    case .string:
      if positions.count == strings.count + 1 { return ["any string"] }
      return positions.map { $0 == 0 ? "another string" : "\"\(strings.text($0 - 1))\"" }
    case .number:
      let points = numbers.numbers
      return [numbers.describe(positions) { points[$0].plainText }]
    case .date:
      return [
        dates.describe(positions) {
          CalendarDate(daysSinceEpoch: Int(dates.integer($0))).description
        }
      ]
    case .months:
      return [
        months.describe(positions) {
          YearsMonthsDuration(months: months.integer($0)).description
        }
      ]
    case .seconds:
      return [
        seconds.describe(positions) {
          DaysTimeDuration(seconds: seconds.integer($0)).description
        }
      ]
    }
  }
}
