/// What a scorecard does on rows that it was not fitted on: each part of the rows is scored by a
/// scorecard fitted on the others.
package struct CrossValidation: Sendable {
  /// One part.
  package struct Part: Sendable {
    /// The division of the rows and the part of it, both counted from 1.
    package let round: Int
    package let number: Int
    /// The rows that were scored.
    package let rows: [Int]
    /// Their chances.
    package let chances: [Double]
  }

  /// The parts in their order.
  package private(set) var parts: [Part] = []

  /// An empty validation.
  package init() {}

  /// Small data is divided more than once, since the parts of one division differ by chance.
  package static func rounds(rows: Int) -> Int { min(5, max(1, 5_000 / max(1, rows))) }

  /// Fits one scorecard and scores the part.
  package static func part(
    _ task: ScorecardTask, _ folds: Folds, round: Int, number: Int
  ) -> Part {
    let card = task.scorecard(rows: folds.others(than: number - 1))
    let rows = folds.parts[number - 1]
    let points = card.points(task.predictors, rows: rows)
    return Part(
      round: round, number: number, rows: rows, chances: points.map { Scorecard.chance(points: $0) }
    )
  }

  /// Adds a part.
  package mutating func add(_ part: Part) {
    parts.append(part)
    parts.sort { ($0.round, $0.number) < ($1.round, $1.number) }
  }

  /// The rounds, each with the chance of every row that was scored in it.
  package var rounds: [(rows: [Int], chances: [Double])] {
    Set(parts.map(\.round)).sorted().map { round in
      let own = parts.filter { $0.round == round }
      return (own.flatMap(\.rows), own.flatMap(\.chances))
    }
  }
}
