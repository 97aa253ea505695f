import Foundation

/// Fits the points of all bins together: a logistic regression with one weight a bin, the weights
/// held small, and with the difference between two groups' mean scores held small where asked.
///
/// Maximises Σ (y·s − ln(1 + eˢ)) − ½·penalty·Σ w² − ½·fairness·(s̄₁ − s̄₂)² by Newton steps.
struct PointsFit {
  /// The bin of each row in each table, or -1.
  let bins: [[Int8]]
  let binCounts: [Int]
  let outcome: [Double]
  let fairness: FairnessPressure?

  /// Weights of the bins in logarithms of odds.
  struct Points {
    var intercept: Double
    var tables: [[Double]]
    /// The scores of the rows.
    var logOdds: [Double]
  }

  private static let penalty = 15.0
  private static let steps = 30
  private static let tolerance = 1e-7

  private var count: Int { outcome.count }
  private var size: Int { binCounts.reduce(1, +) }
  private var starts: [Int] {
    var starts: [Int] = []
    var next = 1
    for count in binCounts {
      starts.append(next)
      next += count
    }
    return starts
  }

  /// The best points.
  func points() -> Points {
    let share = outcome.reduce(0, +) / Double(count)
    var weights = Array(repeating: 0.0, count: size)
    weights[0] = log(share / (1 - share))
    var scores = self.scores(weights)
    var value = objective(scores, weights)
    for _ in 0..<Self.steps {
      guard let step = newton(scores, weights) else { break }
      var length = 1.0
      var isBetter = false
      while length > 1e-4 {
        let moved = zip(weights, step).map { $0 + length * $1 }
        let reached = self.scores(moved)
        let found = objective(reached, moved)
        if found >= value {
          isBetter = found - value > Self.tolerance * Double(count)
          (weights, scores, value) = (moved, reached, found)
          break
        }
        length /= 2
      }
      if !isBetter { break }
    }
    let places = starts
    let tables = binCounts.indices.map { Array(weights[places[$0]..<(places[$0] + binCounts[$0])]) }
    return Points(intercept: weights[0], tables: tables, logOdds: scores)
  }

  private func scores(_ weights: [Double]) -> [Double] {
    var result = Array(repeating: weights[0], count: count)
    for (table, start) in starts.enumerated() {
      let bins = bins[table]
      for row in 0..<count where bins[row] >= 0 { result[row] += weights[start + Int(bins[row])] }
    }
    return result
  }

  private func objective(_ scores: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for (score, outcome) in zip(scores, outcome) {
      sum += logLikelihood(of: outcome, logOdds: score)
    }
    for weight in weights.dropFirst() { sum -= Self.penalty / 2 * weight * weight }
    if let fairness {
      let difference = fairness.difference(scores)
      sum -= fairness.weight / 2 * difference * difference
    }
    return sum
  }

  private func newton(_ scores: [Double], _ weights: [Double]) -> [Double]? {
    let size = size
    let starts = starts
    var gradient = Array(repeating: 0.0, count: size)
    var hessian = Array(repeating: 0.0, count: size * size)
    var contrast = gradient
    var places = Array(repeating: 0, count: binCounts.count + 1)
    for row in 0..<count {
      let p = chance(logOdds: scores[row])
      let (g, h) = (outcome[row] - p, p * (1 - p))
      var used = 1
      for table in binCounts.indices where bins[table][row] >= 0 {
        places[used] = starts[table] + Int(bins[table][row])
        used += 1
      }
      let lean = fairness?.contrast[row] ?? 0
      for one in 0..<used {
        gradient[places[one]] += g
        contrast[places[one]] += lean
        for two in 0...one { hessian[places[one] * size + places[two]] += h }
      }
    }
    if let fairness {
      let pull = fairness.weight * fairness.difference(scores)
      for one in 0..<size {
        gradient[one] -= pull * contrast[one]
        for two in 0...one {
          hessian[one * size + two] += fairness.weight * contrast[one] * contrast[two]
        }
      }
    }
    for place in 1..<size {
      gradient[place] -= Self.penalty * weights[place]
      hessian[place * size + place] += Self.penalty
    }
    return Self.solve(&hessian, gradient)
  }

  /// Solves a symmetric positive definite system, of which the lower half is given, by Cholesky's
  /// factors.
  private static func solve(_ matrix: inout [Double], _ right: [Double]) -> [Double]? {
    let size = right.count
    for row in 0..<size {
      for column in 0...row {
        var sum = matrix[row * size + column]
        for inner in 0..<column {
          sum -= matrix[row * size + inner] * matrix[column * size + inner]
        }
        if row == column {
          guard sum > 1e-12 else { return nil }
          matrix[row * size + row] = sum.squareRoot()
        } else {
          matrix[row * size + column] = sum / matrix[column * size + column]
        }
      }
    }
    var result = right
    for row in 0..<size {
      for inner in 0..<row { result[row] -= matrix[row * size + inner] * result[inner] }
      result[row] /= matrix[row * size + row]
    }
    for row in (0..<size).reversed() {
      for inner in (row + 1)..<size { result[row] -= matrix[inner * size + row] * result[inner] }
      result[row] /= matrix[row * size + row]
    }
    return result
  }
}

/// How strongly the mean scores of two groups are held together while a scorecard is fitted.
struct FairnessPressure: Sendable {
  /// For each row one over the size of its group, negative for the second group, else zero.
  let contrast: [Double]
  /// The strength, in rows.
  let weight: Double

  /// The difference of the groups' mean scores.
  func difference(_ scores: [Double]) -> Double {
    var sum = 0.0
    for (score, lean) in zip(scores, contrast) { sum += score * lean }
    return sum
  }

  /// What a row's score would change in the objective.
  func gradient(_ scores: [Double]) -> [Double] {
    let pull = weight * difference(scores)
    return contrast.map { -pull * $0 }
  }
}
