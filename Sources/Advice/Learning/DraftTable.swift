/// A table while it is fitted: its columns, their ranks, and the boxes that are its bins.
struct DraftTable: Sendable {
  /// One or two columns.
  let columns: [Int]
  /// For each column the rank of each code of a value that is present.
  let ranks: [[Int]]
  /// The bins of values that are present.
  var boxes: [GainGrid.Box]
  /// Whether the last bin is that of a missing value.
  let hasMissing: Bool
  /// Whether points must rise or fall with the first column.
  let isRising: Bool?
  /// What choosing it gained.
  let gain: Double

  /// How many bins there are.
  var binCount: Int { boxes.count + (hasMissing ? 1 : 0) }

  /// The bin of each combination of codes, or -1; see ``place(_:_:widths:)``.
  func lookup(_ codings: [Coding]) -> [Int8] {
    let widths = columns.map { codings[$0].width + 1 }
    let second = widths.count > 1 ? widths[1] : 1
    var result = Array(repeating: Int8(-1), count: widths[0] * second)
    for one in 0..<widths[0] {
      for two in 0..<second {
        if let bin = bin([one, two], codings) { result[one * second + two] = Int8(bin) }
      }
    }
    return result
  }

  /// The bin of codes: a missing or unseen value fits only a bin that does not ask for it.
  private func bin(_ codes: [Int], _ codings: [Coding]) -> Int? {
    if hasMissing, codes[0] == ranks[0].count { return boxes.count }
    return boxes.firstIndex { box in
      columns.indices.allSatisfy { index in
        let range = index == 0 ? box.first : box.second
        if range.count == ranks[index].count {
          return !hasMissing || codes[index] < ranks[index].count
        }
        if codings[columns[index]].isUnseen(codes[index]) { return false }
        return codes[index] < ranks[index].count && range.contains(ranks[index][codes[index]])
      }
    }
  }

  /// The bin of each row, or -1.
  func bins(_ rows: CodedRows) -> [Int8] {
    let lookup = lookup(rows.codings)
    let first = rows.codes[columns[0]]
    guard columns.count > 1 else { return first.map { lookup[Int($0)] } }
    let second = rows.codes[columns[1]]
    let width = rows.codings[columns[1]].width + 1
    return zip(first, second).map { lookup[Int($0) * width + Int($1)] }
  }
}
