import Foundation

/// Tables and their weights before they become points.
struct ScorecardDraft {
  let rows: CodedRows
  let trueOutcome: [Double]
  let tables: [DraftTable]
  let bins: [[Int8]]
  let points: PointsFit.Points

  /// The scores of the rows.
  var logOdds: [Double] { points.logOdds }

  /// Turns logarithms of odds into whole points, of which the rows' mean is nought in each table.
  func scorecard(calibrated calibration: Calibration) -> Scorecard {
    var base = points.intercept
    var finished: [Scorecard.Table] = []
    for (index, table) in tables.enumerated() {
      var counts = Array(repeating: 0, count: table.binCount)
      var outcomes = Array(repeating: 0.0, count: table.binCount)
      for (row, bin) in bins[index].enumerated() where bin >= 0 {
        counts[Int(bin)] += 1
        outcomes[Int(bin)] += trueOutcome[row]
      }
      let weights = points.tables[index]
      let binned = Double(max(1, counts.reduce(0, +)))
      let mean = zip(weights, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / binned
      base += mean
      let parts = (0..<table.binCount).map { bin in
        Scorecard.Bin(
          box: bin < table.boxes.count ? table.boxes[bin] : nil,
          points: Scorecard.points(logOdds: calibration.slope * (weights[bin] - mean)),
          rows: counts[bin],
          share: Double(counts[bin]) / Double(rows.count),
          rate: counts[bin] > 0 ? outcomes[bin] / Double(counts[bin]) : 0)
      }
      finished.append(
        Scorecard.Table(
          codings: table.columns.map { rows.codings[$0] }, columns: table.columns,
          ranks: table.ranks, bins: parts, lookup: table.lookup(rows.codings)))
    }
    let start = Scorecard.points(logOdds: calibration.apply(base))
    return Scorecard(base: Scorecard.evenOdds + start, tables: finished)
  }
}
