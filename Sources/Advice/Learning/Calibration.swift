import Foundation

/// How scores are stretched and moved so that the chances they say come true (Platt 1999).
struct Calibration: Sendable {
  /// What scores are multiplied by.
  private(set) var slope = 1.0
  /// What is then added.
  private(set) var shift = 0.0

  /// Rows up to which the fit is repeated to see scores of rows that it has not seen.
  static let smallData = 5_000
  /// How often.
  static let folds = 5
  /// The bounds of the slope.
  private static let slopes = 0.5...2.0
  private static let steps = 30

  /// Scores left as they are.
  init() {}

  /// The calibration under which the outcome is most likely.
  init(_ scores: [Double], _ outcome: [Bool]) {
    for _ in 0..<Self.steps {
      var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9)
      for (score, came) in zip(scores, outcome) {
        let p = chance(logOdds: slope * score + shift)
        let (g, h) = ((came ? 1 : 0) - p, p * (1 - p))
        g0 += g
        g1 += g * score
        h00 += h
        h01 += h * score
        h11 += h * score * score
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 1e-9 else { break }
      let next = slope + (h00 * g1 - h01 * g0) / determinant
      shift += (h11 * g0 - h01 * g1) / determinant
      let change = abs(next - slope)
      slope = next
      if change < 1e-9 { break }
    }
    if !slope.isFinite || !shift.isFinite || !Self.slopes.contains(slope) {
      slope = slope.isFinite ? min(max(slope, Self.slopes.lowerBound), Self.slopes.upperBound) : 1
      shift = Self.shift(scores, outcome, slope: slope)
    }
  }

  /// The shift that brings the mean chance to the rate of the outcome.
  private static func shift(_ scores: [Double], _ outcome: [Bool], slope: Double) -> Double {
    var (low, high) = (-20.0, 20.0)
    let rate = Double(outcome.count { $0 })
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let sum = scores.reduce(0) { $0 + chance(logOdds: slope * $1 + middle) }
      if sum < rate { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// A calibrated score.
  func apply(_ score: Double) -> Double { slope * score + shift }
}
