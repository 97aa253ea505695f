import Foundation

/// A logistic regression on every column at once, its weights held small: the smooth first guess of
/// ``SmoothedOutcome``.
///
/// Numbers enter as straight lines, categories and missing values as one weight each, all scaled to
/// a standard deviation of one. The objective is the log-likelihood less half the penalty times the
/// sum of squared weights; it is maximised by Newton steps, each solved by conjugate gradients.
struct RidgeLogistic {
  private let rows: CodedRows
  /// For each column where its weights begin; that of its numbers, if any, comes first.
  private let starts: [Int]
  /// One over the standard deviation of each weight's input.
  private let scales: [Double]
  private let weightCount: Int

  /// The weight of keeping weights small, in rows.
  private static let penalty = 33.0
  private static let newtonSteps = 20
  private static let gradientSteps = 40
  /// The rise of the objective for each row that ends the search.
  private static let tolerance = 1e-6
  /// The least variance that an input is scaled by, so that rare categories weigh little.
  private static let leastVariance = 0.01

  init(_ rows: CodedRows) {
    self.rows = rows
    var starts: [Int] = []
    var scales: [Double] = []
    for (column, coding) in rows.codings.enumerated() {
      starts.append(scales.count)
      var counts = Array(repeating: 0.0, count: coding.width + 1)
      for code in rows.codes[column] { counts[Int(code)] += 1 }
      let inputs = coding.isOrdered ? [counts[coding.missing]] : counts
      if coding.isOrdered { scales.append(1) }
      for count in inputs {
        let share = count / Double(max(1, rows.count))
        scales.append(
          share > 0 ? 1 / max(share * (1 - share), Self.leastVariance).squareRoot() : 0)
      }
    }
    self.starts = starts
    self.scales = scales
    weightCount = scales.count + 1
  }

  /// The logarithms of odds of the rows after the fit.
  func logOdds() -> [Double] {
    var weights = Array(repeating: 0.0, count: weightCount)
    weights[weightCount - 1] = startingPoint
    var scores = product(weights)
    var value = objective(scores, weights)
    for _ in 0..<Self.newtonSteps {
      var residuals = Array(repeating: 0.0, count: rows.count)
      var curvature = residuals
      for row in 0..<rows.count {
        if rows.isHeldBack(row) { continue }
        let p = chance(logOdds: scores[row])
        residuals[row] = rows.outcome[row] - p
        curvature[row] = p * (1 - p)
      }
      var gradient = transposed(residuals)
      for place in 0..<(weightCount - 1) { gradient[place] -= Self.penalty * weights[place] }
      let step = solve(gradient, curvature)
      let (moved, reached, isBetter) = search(weights, step, value)
      guard isBetter else { break }
      let rise = reached.value - value
      (weights, scores, value) = (moved, reached.scores, reached.value)
      if rise < Self.tolerance * Double(rows.count) { break }
    }
    return scores
  }

  private var startingPoint: Double {
    var (sum, count) = (0.5, 1.0)
    for row in 0..<rows.count where !rows.isHeldBack(row) {
      sum += rows.outcome[row]
      count += 1
    }
    return log(sum / (count - sum))
  }

  private func search(
    _ weights: [Double], _ step: [Double], _ value: Double
  ) -> (weights: [Double], reached: (scores: [Double], value: Double), isBetter: Bool) {
    var length = 1.0
    while length > 1e-4 {
      let moved = zip(weights, step).map { $0 + length * $1 }
      let scores = product(moved)
      let reached = objective(scores, moved)
      if reached >= value { return (moved, (scores, reached), true) }
      length /= 2
    }
    return (weights, ([], value), false)
  }

  /// The step that solves (Xᵀ·curvature·X + penalty)·step = gradient, nearly.
  private func solve(_ gradient: [Double], _ curvature: [Double]) -> [Double] {
    var step = Array(repeating: 0.0, count: weightCount)
    var residual = gradient
    var direction = gradient
    var norm = dot(residual, residual)
    let enough = norm * 1e-4
    for _ in 0..<Self.gradientSteps where norm > enough {
      var image = transposed(zip(product(direction), curvature).map { $0 * $1 })
      for place in 0..<(weightCount - 1) { image[place] += Self.penalty * direction[place] }
      let length = norm / dot(direction, image)
      guard length.isFinite else { break }
      for place in 0..<weightCount {
        step[place] += length * direction[place]
        residual[place] -= length * image[place]
      }
      let next = dot(residual, residual)
      for place in 0..<weightCount {
        direction[place] = residual[place] + next / norm * direction[place]
      }
      norm = next
    }
    return step
  }

  private func objective(_ scores: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<rows.count where !rows.isHeldBack(row) {
      sum += logLikelihood(of: rows.outcome[row], logOdds: scores[row])
    }
    for weight in weights.dropLast() { sum -= Self.penalty / 2 * weight * weight }
    return sum
  }

  /// The inputs of all rows times some weights.
  private func product(_ weights: [Double]) -> [Double] {
    var result = Array(repeating: weights[weightCount - 1], count: rows.count)
    for (column, coding) in rows.codings.enumerated() {
      let table = (0...coding.width).map { code in
        input(code, of: column).map { weights[$0] * scales[$0] } ?? 0
      }
      let slope = coding.isOrdered ? weights[starts[column]] : 0
      Self.add(&result, table, rows.codes[column], slope, rows.numbers[column])
    }
    return result
  }

  /// For each weight the sum of some values of the rows times its input.
  private func transposed(_ values: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: weightCount)
    result[weightCount - 1] = values.reduce(0, +)
    for (column, coding) in rows.codings.enumerated() {
      let sums = Self.sums(values, rows.codes[column], width: coding.width + 1)
      for code in 0...coding.width {
        if let place = input(code, of: column) { result[place] = sums[code] * scales[place] }
      }
      if coding.isOrdered { result[starts[column]] = dot(values, rows.numbers[column]) }
    }
    return result
  }

  /// The place of the weight that a code has of its own.
  private func input(_ code: Int, of column: Int) -> Int? {
    let coding = rows.codings[column]
    guard coding.isOrdered else { return starts[column] + code }
    return code == coding.missing ? starts[column] + 1 : nil
  }

  // The three loops over all rows go through buffers, since each index would else be checked.

  private static func add(
    _ result: inout [Double], _ table: [Double], _ codes: [UInt8], _ slope: Double,
    _ numbers: [Double]
  ) {
    result.withUnsafeMutableBufferPointer { result in
      table.withUnsafeBufferPointer { table in
        for row in codes.indices { result[row] += table[Int(codes[row])] }
      }
      guard !numbers.isEmpty else { return }
      for row in numbers.indices { result[row] += slope * numbers[row] }
    }
  }

  private static func sums(_ values: [Double], _ codes: [UInt8], width: Int) -> [Double] {
    var sums = Array(repeating: 0.0, count: width)
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        for row in codes.indices { sums[Int(codes[row])] += values[row] }
      }
    }
    return sums
  }

  private func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    second.withUnsafeBufferPointer { second in
      for place in first.indices { sum += first[place] * second[place] }
    }
    return sum
  }
}
