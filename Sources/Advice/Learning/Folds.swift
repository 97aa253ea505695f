import Quantities

/// Rows divided into parts of nearly the same size and rate of the outcome, each to be tested by a
/// model that was fitted on the others.
package struct Folds: Sendable {
  /// The rows of each part, in their order.
  package let parts: [[Int]]

  /// The most parts.
  package static let limit = 20

  /// Divides the rows.
  package init(_ outcome: [Bool], count: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var parts = Array(repeating: [Int](), count: count)
    var next = 0
    for came in [true, false] {
      for row in outcome.indices.filter({ outcome[$0] == came }).shuffled(using: &random) {
        parts[next % count].append(row)
        next += 1
      }
    }
    self.parts = parts.map { $0.sorted() }
  }

  /// One part, the rows after those that are fitted.
  package init(fitting fitted: Int, of count: Int) {
    parts = [Array(fitted..<count), Array(0..<fitted)]
  }

  /// The rows outside a part, in their order.
  package func others(than part: Int) -> [Int] {
    parts.indices.filter { $0 != part }.flatMap { parts[$0] }.sorted()
  }
}
