/// Seeks the table that explains most of what the tables so far leave unexplained.
struct TableChoice {
  let rows: CodedRows
  /// Columns whose points must rise (true) or fall (false).
  let directions: [Int: Bool]
  /// Whether tables may ask two columns at once.
  let allowsPairs: Bool
  /// Columns with enough missing values for a bin of their own.
  private let missing: [Bool]
  private let leastRows: Double

  /// Columns, the best ones alone, that are tried in pairs.
  private static let paired = 12
  /// What a second column must gain over the best table of one.
  private static let pairPrice = 0.05
  /// The least gain of a table.
  private static let leastGain = 0.01
  /// How much the order of categories is held to the mean, in rows' curvature.
  private static let categoryPenalty = 10.0

  init(_ rows: CodedRows, directions: [Int: Bool], allowsPairs: Bool) {
    self.rows = rows
    self.directions = directions
    self.allowsPairs = allowsPairs
    missing = rows.codings.indices.map { rows.hasMissing($0) }
    leastRows = Double(BinningLimits.rows(count: rows.count))
  }

  /// The best table without some columns, or nil where nothing is to be gained.
  /// - Parameter room: how many columns it may ask.
  func best(
    gradient: [Double], curvature: [Double], without used: Set<Int>, room: Int
  ) -> DraftTable? {
    let open = rows.codings.indices.filter { !used.contains($0) }
    guard room > 0 else { return nil }
    var ranks: [Int: [Int]] = [:]
    var singles: [DraftTable] = []
    for column in open {
      ranks[column] = self.ranks(of: column, gradient, curvature)
      singles.append(single(column, ranks[column] ?? [], gradient, curvature))
    }
    singles.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.columns[0] < $1.columns[0] }
    guard var best = singles.first else { return nil }
    if allowsPairs, room > 1 {
      let partners = singles.map { $0.columns[0] }
        .filter { !missing[$0] && directions[$0] == nil }.prefix(Self.paired)
      for (index, one) in partners.enumerated() {
        for two in partners.prefix(index) {
          let pair = self.pair([one, two], ranks, gradient, curvature)
          if pair.gain > best.gain { best = pair }
        }
      }
    }
    return best.binCount > 1 && best.gain > Self.leastGain ? best : nil
  }

  /// The rank of each code: numbers by size, categories by how much they answer alone.
  private func ranks(of column: Int, _ gradient: [Double], _ curvature: [Double]) -> [Int] {
    let coding = rows.codings[column]
    guard !coding.isOrdered else { return Array(0..<coding.width) }
    var g = Array(repeating: 0.0, count: coding.width + 1)
    var h = g
    for (row, code) in rows.codes[column].enumerated() {
      g[Int(code)] += gradient[row]
      h[Int(code)] += curvature[row]
    }
    let answers = (0..<coding.width).map { g[$0] / (h[$0] + Self.categoryPenalty) }
    let order = answers.indices.sorted {
      answers[$0] != answers[$1] ? answers[$0] < answers[$1] : $0 < $1
    }
    var ranks = Array(repeating: 0, count: coding.width)
    for (rank, code) in order.enumerated() { ranks[code] = rank }
    return ranks
  }

  private func single(
    _ column: Int, _ ranks: [Int], _ gradient: [Double], _ curvature: [Double]
  ) -> DraftTable {
    let codes = rows.codes[column]
    let place = codes.map { Int($0) < ranks.count ? Int32(ranks[Int($0)]) : -1 }
    let grid = GainGrid(
      rows: ranks.count, columns: 1, gradient: gradient, curvature: curvature, place: place)
    let hasMissing = missing[column]
    var (boxes, gain) = grid.boxes(
      bins: BinningLimits.bins - (hasMissing ? 1 : 0), leastRows: leastRows,
      isRising: directions[column])
    if hasMissing {
      var (g, h) = (0.0, 0.0)
      for row in codes.indices where place[row] < 0 {
        g += gradient[row]
        h += curvature[row]
      }
      gain += GainGrid.gain(gradient: g, curvature: h)
    }
    return DraftTable(
      columns: [column], ranks: [ranks], boxes: boxes, hasMissing: hasMissing,
      isRising: directions[column], gain: gain)
  }

  private func pair(
    _ columns: [Int], _ ranks: [Int: [Int]], _ gradient: [Double], _ curvature: [Double]
  ) -> DraftTable {
    let (one, two) = (ranks[columns[0]] ?? [], ranks[columns[1]] ?? [])
    let (first, second) = (rows.codes[columns[0]], rows.codes[columns[1]])
    var place = Array(repeating: Int32(-1), count: rows.count)
    for row in 0..<rows.count {
      let (a, b) = (Int(first[row]), Int(second[row]))
      if a < one.count, b < two.count { place[row] = Int32(one[a] * two.count + two[b]) }
    }
    let grid = GainGrid(
      rows: one.count, columns: two.count, gradient: gradient, curvature: curvature, place: place)
    let (boxes, gain) = grid.boxes(
      bins: BinningLimits.bins, leastRows: leastRows, isRising: nil)
    return DraftTable(
      columns: columns, ranks: [one, two], boxes: boxes, hasMissing: false, isRising: nil,
      gain: gain - Self.pairPrice)
  }
}
