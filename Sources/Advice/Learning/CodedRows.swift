import Foundation

/// Some rows of the data in codes, column by column, with what is to be learned.
struct CodedRows: Sendable {
  let codings: [Coding]
  /// For each column the code of each row.
  let codes: [[UInt8]]
  /// For each column of numbers the standardised values, zero where missing; empty for categories.
  let numbers: [[Double]]
  /// For each row how much of the outcome it is: 0, 1 or between.
  var outcome: [Double]
  /// For each row whether a first fit may not see it; empty where it may see all.
  var heldBack: [Bool] = []

  /// Whether a first fit may not see a row.
  func isHeldBack(_ row: Int) -> Bool { !heldBack.isEmpty && heldBack[row] }

  var count: Int { outcome.count }

  /// Standard deviations from the mean at which a number stops to count for more.
  private static let reach = 5.0

  init(_ predictors: [Predictor], _ outcome: [Bool], rows: [Int]) {
    codings = predictors.map { Coding($0, rows: rows) }
    codes = zip(codings, predictors).map { $0.codes($1, rows: rows) }
    numbers = predictors.map { predictor in
      guard case .numbers(let values) = predictor.values else { return [] }
      return CodedRows.standardised(rows.map { values[$0] })
    }
    self.outcome = rows.map { outcome[$0] ? 1 : 0 }
  }

  private static func standardised(_ values: [Double]) -> [Double] {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for value in values where !value.isNaN {
      count += 1
      let step = value - mean
      mean += step / count
      squares += step * (value - mean)
    }
    let deviation = count > 0 ? (squares / count).squareRoot() : 0
    guard deviation > 0, deviation.isFinite else { return values.map { _ in 0 } }
    return values.map {
      $0.isNaN ? 0 : max(-reach, min(reach, ($0 - mean) / deviation))
    }
  }

  /// Whether a column lacks enough values for these to stand for something.
  func hasMissing(_ column: Int) -> Bool {
    let missing = UInt8(codings[column].missing)
    var count = 0
    for code in codes[column] where code == missing { count += 1 }
    return count >= BinningLimits.rows(count: self.count)
  }
}

/// The bounds of a scorecard and of its bins, the same for all data.
package enum BinningLimits {
  /// Tables of a scorecard.
  package static let tables = 8
  /// Bins of a table, the one for missing values with them.
  package static let bins = 5

  /// The fewest rows that may make a bin.
  static func rows(count: Int) -> Int { max(10, count / 400) }
}

/// The chance for a logarithm of odds.
func chance(logOdds: Double) -> Double {
  logOdds >= 0 ? 1 / (1 + exp(-logOdds)) : 1 - 1 / (1 + exp(logOdds))
}

/// The logarithm of how likely an outcome is.
func logLikelihood(of outcome: Double, logOdds: Double) -> Double {
  let tail = log1p(exp(-abs(logOdds)))
  return outcome * logOdds - (logOdds > 0 ? logOdds + tail : tail)
}
