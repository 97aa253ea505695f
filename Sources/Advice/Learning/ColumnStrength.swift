/// How well one column alone tells the outcome; too well is a sign that it is known only afterwards.
package enum ColumnStrength {
  /// From this area under the curve on, a column deserves a warning.
  package static let alarm = 0.8

  /// The area under the curve of a column in at most five bins, or in the order of its numbers
  /// where that is greater.
  package static func area(_ predictor: Predictor, outcome: [Bool]) -> Double {
    let all = Array(outcome.indices)
    let rows = CodedRows([predictor], outcome, rows: all)
    let rate = Double(outcome.count { $0 }) / Double(max(1, outcome.count))
    let choice = TableChoice(rows, directions: [:], allowsPairs: false)
    let table = choice.best(
      gradient: rows.outcome.map { $0 - rate },
      curvature: Array(repeating: rate * (1 - rate), count: rows.count), without: [], room: 1)
    var area = 0.5
    if let table {
      let bins = table.bins(rows)
      var (counts, came) = ([Int8: Double](), [Int8: Double]())
      for (row, bin) in bins.enumerated() {
        counts[bin, default: 0] += 1
        came[bin, default: 0] += rows.outcome[row]
      }
      let rates = bins.map { (came[$0] ?? 0) / (counts[$0] ?? 1) }
      area = ScoreQuality(scores: rates, outcome: outcome).area
    }
    if case .numbers(let values) = predictor.values {
      let present = all.filter { !values[$0].isNaN }
      let order = ScoreQuality(
        scores: present.map { values[$0] }, outcome: present.map { outcome[$0] }
      ).area
      area = max(area, order, 1 - order)
    }
    return area
  }
}
