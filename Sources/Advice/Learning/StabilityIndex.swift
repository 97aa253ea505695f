import Foundation

/// How far the rows of today are spread from those that a model was fitted on: the population
/// stability index, Σ (actual − expected)·ln(actual / expected) over the bins.
package enum StabilityIndex {
  /// Above this the spread has changed so much that the model should not be relied on.
  package static let alarm = 0.25
  /// Bands of points that hold about the same share of the rows.
  private static let bandCount = 10
  /// The share that an empty bin counts for.
  private static let leastShare = 0.0001

  /// The index for shares in the same order.
  package static func value(expected: [Double], actual: [Double]) -> Double {
    zip(expected, actual).reduce(0) { sum, pair in
      let (expected, actual) = (max(pair.0, leastShare), max(pair.1, leastShare))
      return sum + (actual - expected) * log(actual / expected)
    }
  }

  /// The share of rows by points of one table; rows that no bin fits have none.
  static func shares(_ bins: [Scorecard.Bin]) -> [ScorecardRecord.Share] {
    var shares: [Int: Double] = [:]
    for bin in bins { shares[bin.points, default: 0] += bin.share }
    let rest = 1 - shares.values.reduce(0, +)
    if rest > 1e-9 { shares[0, default: 0] += rest }
    return shares.keys.sorted().map { .init(points: $0, share: shares[$0] ?? 0) }
  }

  /// Bands of points, each with its highest points and its share of the rows.
  static func bands(_ points: [Int]) -> [ScorecardRecord.Share] {
    let sorted = points.sorted()
    var bands: [ScorecardRecord.Share] = []
    var start = 0
    for band in 1...bandCount {
      var end = band * sorted.count / bandCount
      guard end > start else { continue }
      while end < sorted.count, sorted[end] == sorted[end - 1] { end += 1 }
      let share = Double(end - start) / Double(sorted.count)
      bands.append(.init(points: sorted[end - 1], share: share))
      start = end
    }
    return bands
  }

  /// The index of tables: how often each number of points came, against the shares of the fit.
  package static func ofTable(_ shares: [ScorecardRecord.Share], points: [Int]) -> Double {
    var counts: [Int: Double] = [:]
    for value in points { counts[value, default: 0] += 1 }
    let known = Set(shares.map(\.points))
    let other = counts.filter { !known.contains($0.key) }.values.reduce(0, +)
    let total = Double(max(1, points.count))
    return value(
      expected: shares.map(\.share) + (other > 0 ? [0] : []),
      actual: shares.map { (counts[$0.points] ?? 0) / total } + (other > 0 ? [other / total] : []))
  }

  /// The index of the sum of all tables: how many rows fell into each band.
  package static func ofScore(_ bands: [ScorecardRecord.Share], points: [Int]) -> Double {
    guard !bands.isEmpty else { return 0 }
    var counts = Array(repeating: 0.0, count: bands.count)
    for value in points {
      let band = bands.firstIndex { value <= $0.points } ?? bands.count - 1
      counts[band] += 1
    }
    let total = Double(max(1, points.count))
    return value(expected: bands.map(\.share), actual: counts.map { $0 / total })
  }
}
