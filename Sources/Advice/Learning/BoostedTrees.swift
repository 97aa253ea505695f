import Foundation
import Quantities

/// Small trees added one after the other, each on what those before leave unexplained: what
/// ``SmoothedOutcome`` adds to straight lines.
struct BoostedTrees {
  /// The most trees.
  static let limit = 160
  /// Trees between two looks at how well the rows that are held back are met.
  static let pace = 20
  private static let leaves = 6
  /// The part of each tree's answer that is taken.
  private static let rate = 0.05
  /// Parts of the rows and of the columns that one tree sees.
  private static let rowShare = 0.6
  private static let columnShare = 0.5
  private static let leastRows = 30
  /// How much a leaf's answer is held small, in rows' curvature.
  private static let penalty = 10.0

  private let rows: CodedRows
  private var random: SeededRandom
  private var gradient: [Double]
  private var curvature: [Double]

  /// A leaf: some of the tree's rows, and its best cut.
  private struct Leaf {
    var range: Range<Int>
    var cut: Cut?
  }

  /// Rows whose rank in a column is at most a bound go left.
  private struct Cut {
    let column: Int
    let bound: Int
    let gain: Double
  }

  private struct Node {
    let cut: Cut
    var left: Int
    var right: Int
  }

  init(_ rows: CodedRows, seed: UInt64) {
    self.rows = rows
    random = SeededRandom(seed: seed)
    gradient = Array(repeating: 0, count: rows.count)
    curvature = gradient
  }

  /// Adds the answers of some trees to logarithms of odds, also of the rows that are held back.
  mutating func correct(_ logOdds: inout [Double], trees: Int) {
    for _ in 0..<trees {
      for row in 0..<rows.count {
        let p = chance(logOdds: logOdds[row])
        gradient[row] = rows.outcome[row] - p
        curvature[row] = p * (1 - p)
      }
      addTree(&logOdds)
    }
  }

  private mutating func addTree(_ logOdds: inout [Double]) {
    var sample: [Int32] = []
    for row in 0..<rows.count {
      let isDrawn = random.unit() < Self.rowShare
      if isDrawn, !rows.isHeldBack(row) { sample.append(Int32(row)) }
    }
    var columns = rows.codings.indices.filter { _ in random.unit() < Self.columnShare }
    if columns.isEmpty { columns = Array(rows.codings.indices) }
    let ranks = columns.map { self.ranks(of: $0, sample) }
    var leaves = [Leaf(range: 0..<sample.count)]
    leaves[0].cut = bestCut(leaves[0], sample, columns, ranks)
    // Node 0 is the root; a negative place is a leaf's, counted from -1.
    var nodes: [Node] = []
    var parents: [(node: Int, isLeft: Bool)?] = [nil]
    while leaves.count < Self.leaves {
      let gains = leaves.map { $0.cut?.gain ?? 0 }
      guard let best = gains.indices.max(by: { gains[$0] < gains[$1] }),
        let cut = leaves[best].cut
      else { break }
      let middle = partition(&sample, leaves[best].range, cut, columns, ranks)
      let whole = leaves[best].range
      let right = leaves.count
      nodes.append(Node(cut: cut, left: -1 - best, right: -1 - right))
      if let parent = parents[best] {
        if parent.isLeft {
          nodes[parent.node].left = nodes.count - 1
        } else {
          nodes[parent.node].right = nodes.count - 1
        }
      }
      parents[best] = (nodes.count - 1, true)
      parents.append((nodes.count - 1, false))
      leaves[best] = Leaf(range: whole.lowerBound..<middle)
      leaves.append(Leaf(range: middle..<whole.upperBound))
      for place in [best, right] {
        leaves[place].cut = bestCut(leaves[place], sample, columns, ranks)
      }
    }
    guard !nodes.isEmpty else { return }
    answer(nodes, leaves.map { answer($0, sample) }, columns, ranks, &logOdds)
  }

  private func answer(
    _ nodes: [Node], _ answers: [Double], _ columns: [Int], _ ranks: [[UInt8]],
    _ logOdds: inout [Double]
  ) {
    for row in 0..<rows.count {
      var place = 0
      while place >= 0 {
        let node = nodes[place]
        let code = rows.codes[columns[node.cut.column]][row]
        let isLeft = Int(ranks[node.cut.column][Int(code)]) <= node.cut.bound
        place = isLeft ? node.left : node.right
      }
      logOdds[row] += answers[-1 - place]
    }
  }

  private func answer(_ leaf: Leaf, _ sample: [Int32]) -> Double {
    var (g, h) = (0.0, 0.0)
    for row in sample[leaf.range] {
      g += gradient[Int(row)]
      h += curvature[Int(row)]
    }
    return Self.rate * g / (h + Self.penalty)
  }

  /// The rank of each code: that of numbers is their order, that of categories their answer alone.
  private func ranks(of column: Int, _ sample: [Int32]) -> [UInt8] {
    let coding = rows.codings[column]
    guard !coding.isOrdered else { return (0...coding.width).map { UInt8($0) } }
    var (g, h) = (Array(repeating: 0.0, count: coding.width + 1), [Double]())
    h = g
    let codes = rows.codes[column]
    for row in sample {
      g[Int(codes[Int(row)])] += gradient[Int(row)]
      h[Int(codes[Int(row)])] += curvature[Int(row)]
    }
    let answers = zip(g, h).map { $0 / ($1 + Self.penalty) }
    let order = answers.indices.sorted {
      answers[$0] != answers[$1] ? answers[$0] < answers[$1] : $0 < $1
    }
    var ranks = Array(repeating: UInt8(0), count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt8(rank) }
    return ranks
  }

  private func bestCut(
    _ leaf: Leaf, _ sample: [Int32], _ columns: [Int], _ ranks: [[UInt8]]
  ) -> Cut? {
    guard leaf.range.count >= 2 * Self.leastRows else { return nil }
    let members = Array(sample[leaf.range])
    let slopes = members.map { gradient[Int($0)] }
    let curves = members.map { curvature[Int($0)] }
    var best: Cut?
    for place in columns.indices {
      var sums = RankSums(width: ranks[place].count)
      sums.add(members, rows.codes[columns[place]], slopes, curves)
      let found = sums.best(ranks[place], penalty: Self.penalty, least: Self.leastRows)
      if let found, found.gain > best?.gain ?? 1e-9 {
        best = Cut(column: place, bound: found.bound, gain: found.gain)
      }
    }
    return best
  }

  /// Puts the rows of a leaf that go left before the others; the place where these begin.
  private func partition(
    _ sample: inout [Int32], _ range: Range<Int>, _ cut: Cut, _ columns: [Int], _ ranks: [[UInt8]]
  ) -> Int {
    let codes = rows.codes[columns[cut.column]]
    var left: [Int32] = []
    var right: [Int32] = []
    for row in sample[range] {
      let rank = Int(ranks[cut.column][Int(codes[Int(row)])])
      if rank <= cut.bound { left.append(row) } else { right.append(row) }
    }
    sample.replaceSubrange(range, with: left + right)
    return range.lowerBound + left.count
  }
}

/// Sums of gradient and curvature by code, of which the best cut of ranks is sought.
private struct RankSums {
  private var sums: [Sum]

  private struct Sum {
    var g = 0.0
    var h = 0.0
    var count = 0.0
  }

  init(width: Int) { sums = Array(repeating: Sum(), count: width) }

  /// Adds rows; the innermost loop of all learning, so without checks of each index.
  mutating func add(_ rows: [Int32], _ codes: [UInt8], _ g: [Double], _ h: [Double]) {
    precondition(g.count == rows.count && h.count == rows.count)
    sums.withUnsafeMutableBufferPointer { sums in
      codes.withUnsafeBufferPointer { codes in
        for place in rows.indices {
          let code = Int(codes[Int(rows[place])])
          sums[code].g += g[place]
          sums[code].h += h[place]
          sums[code].count += 1
        }
      }
    }
  }

  func best(_ ranks: [UInt8], penalty: Double, least: Int) -> (bound: Int, gain: Double)? {
    var line = Array(repeating: Sum(), count: sums.count)
    for (code, rank) in ranks.enumerated() { line[Int(rank)] = sums[code] }
    var all = Sum()
    for sum in line {
      all.g += sum.g
      all.h += sum.h
      all.count += sum.count
    }
    var (g, h, count) = (0.0, 0.0, 0.0)
    var best: (bound: Int, gain: Double)?
    for (rank, sum) in line.enumerated() where sum.count > 0 {
      g += sum.g
      h += sum.h
      count += sum.count
      guard count >= Double(least) else { continue }
      guard all.count - count >= Double(least) else { break }
      let gain =
        g * g / (h + penalty) + (all.g - g) * (all.g - g) / (all.h - h + penalty)
        - all.g * all.g / (all.h + penalty)
      if gain > best?.gain ?? 0 { best = (rank, gain) }
    }
    return best
  }
}

extension SeededRandom {
  /// A number from 0 up to but not including 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
