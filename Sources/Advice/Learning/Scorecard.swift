import Foundation

/// A scorecard: tables of points whose sum says how likely the outcome is.
///
/// 500 points are even odds, and 20 points double them.
package struct Scorecard: Sendable {
  /// What every row begins with.
  package let base: Int
  /// The tables, the most telling first.
  package let tables: [Table]

  /// Points at which the outcome is as likely as not.
  package static let evenOdds = 500
  /// Points that double the odds.
  package static let doubling = 20

  /// Points for one or two columns.
  package struct Table: Sendable {
    let codings: [Coding]
    /// The places of the columns among the predictors.
    let columns: [Int]
    let ranks: [[Int]]
    /// The bins.
    package let bins: [Bin]
    let lookup: [Int8]

    /// The columns that are asked.
    package var names: [String] { codings.map(\.name) }

    /// The bin of a row's codes, or nil where none fits.
    func bin(_ first: UInt8, _ second: UInt8) -> Int? {
      let width = codings.count > 1 ? codings[1].width + 1 : 1
      let place = Int(lookup[Int(first) * width + Int(second)])
      return place < 0 ? nil : place
    }
  }

  /// One bin of a table.
  package struct Bin: Sendable {
    /// The ranks that it covers; nil for missing values.
    let box: GainGrid.Box?
    /// Its points.
    package let points: Int
    /// The rows it was fitted on.
    package let rows: Int
    /// Their share of all rows.
    package let share: Double
    /// How many of its rows had the outcome, as a fraction.
    package let rate: Double
  }

  /// Whole points for a logarithm of odds.
  static func points(logOdds: Double) -> Int {
    Int((logOdds * Double(doubling) / log(2)).rounded())
  }

  /// The logarithm of odds for some points.
  static func logOdds(_ points: Int) -> Double {
    Double(points - evenOdds) * log(2) / Double(doubling)
  }

  /// The chance of the outcome for some points.
  package static func chance(points: Int) -> Double {
    1 / (1 + exp2(Double(evenOdds - points) / Double(doubling)))
  }

  /// The points of some rows.
  package func points(_ predictors: [Predictor], rows: [Int]) -> [Int] {
    var result = Array(repeating: base, count: rows.count)
    for table in tables {
      let codes = zip(table.codings, table.columns).map {
        $0.codes(predictors[$1], rows: rows)
      }
      for row in rows.indices {
        let second = codes.count > 1 ? codes[1][row] : 0
        if let bin = table.bin(codes[0][row], second) { result[row] += table.bins[bin].points }
      }
    }
    return result
  }
}
