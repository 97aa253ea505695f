import Foundation

/// What a scorecard is learned from, and how.
package struct ScorecardTask: Sendable {
  /// The columns that it may ask.
  package var predictors: [Predictor]
  /// For each row whether the outcome came.
  package var outcome: [Bool]
  /// Columns whose points must rise (true) or fall (false) with the value.
  package var directions: [String: Bool] = [:]
  /// Whether tables may ask two columns at once.
  package var allowsPairs = false
  /// The most columns that all tables together may ask.
  package var columnLimit = 2 * BinningLimits.tables
  /// For each row its group, 0 or 1, or -1 where it is neither; never an input.
  package var groups: [Int8]?
  /// The least ratio of the groups' shares of good outcomes that is aimed at.
  package var leastRatio = 0.8
  /// Whether the good outcome is the positive one.
  package var isPositiveGood = false
  /// What all random choices begin from.
  package var seed: UInt64 = 1

  /// A task.
  package init(predictors: [Predictor], outcome: [Bool]) {
    self.predictors = predictors
    self.outcome = outcome
  }

  /// The scorecard for some rows.
  package func scorecard(rows: [Int]) -> Scorecard {
    let fit = ScorecardFit(self, rows: rows)
    var draft = fit.draft(fairness: 0)
    var weight = 0.0
    if let groups {
      let chosen = rows.map { groups[$0] }
      let positives = rows.count { outcome[$0] }
      // The weakest pressure that leaves the groups near enough, with room for rows not seen.
      for next in FairnessSearch.weights {
        let shares = GroupShares(
          scores: draft.logOdds, groups: chosen, positives: positives,
          isPositiveGood: isPositiveGood)
        if shares.isAtLeast(leastRatio) { break }
        weight = next
        draft = fit.draft(fairness: weight)
      }
    }
    return draft.scorecard(
      calibrated: calibration(rows, draft, fairness: weight, trees: fit.treeCount))
  }

  /// How far scores must be stretched and moved so that chances come true.
  ///
  /// Holding points small makes scores timid, choosing tables makes them bold; which of the two
  /// prevails is seen on rows that a fit did not see. Of many rows it is seen on these themselves.
  private func calibration(
    _ rows: [Int], _ draft: ScorecardDraft, fairness: Double, trees: Int
  ) -> Calibration {
    var scores = draft.logOdds
    let outcome = rows.map { self.outcome[$0] }
    if rows.count <= Calibration.smallData {
      let folds = Folds(outcome, count: Calibration.folds, seed: seed)
      for part in folds.parts.indices {
        let fit = ScorecardFit(self, rows: folds.others(than: part).map { rows[$0] }, trees: trees)
        let card = fit.draft(fairness: fairness).scorecard(calibrated: Calibration())
        let tested = folds.parts[part]
        let points = card.points(predictors, rows: tested.map { rows[$0] })
        for (place, points) in zip(tested, points) { scores[place] = Scorecard.logOdds(points) }
      }
    }
    return Calibration(scores, outcome)
  }
}

/// The strengths of pressure towards equal groups, in rows for each row, from weak to strong.
enum FairnessSearch {
  static let weights = [0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10]
}

/// Chooses tables one by one and then fits the points of all together.
struct ScorecardFit {
  private let task: ScorecardTask
  private let rows: CodedRows
  private let trueOutcome: [Double]
  private let directions: [Int: Bool]
  private let choice: TableChoice
  private let groups: [Int8]?

  /// How many trees the freer model has.
  let treeCount: Int

  /// - Parameter trees: how many trees the freer model has; by default as many as help.
  init(_ task: ScorecardTask, rows places: [Int], trees: Int? = nil) {
    self.task = task
    var rows = CodedRows(task.predictors, task.outcome, rows: places)
    trueOutcome = rows.outcome
    let smoothed = SmoothedOutcome(rows: rows, seed: task.seed)
    treeCount = trees ?? smoothed.treeCount()
    rows.outcome = smoothed.values(trees: treeCount)
    self.rows = rows
    var directions: [Int: Bool] = [:]
    for (column, predictor) in task.predictors.enumerated() {
      directions[column] = task.directions[predictor.name]
    }
    self.directions = directions
    choice = TableChoice(rows, directions: directions, allowsPairs: task.allowsPairs)
    groups = task.groups.map { groups in places.map { groups[$0] } }
  }

  /// The tables and points under some pressure towards equal groups.
  func draft(fairness weight: Double) -> ScorecardDraft {
    let fairness = pressure(weight)
    var tables: [DraftTable] = []
    var bins: [[Int8]] = []
    var points = fit(tables, bins, fairness)
    while tables.count < BinningLimits.tables {
      var gradient = fairness?.gradient(points.logOdds) ?? Array(repeating: 0, count: rows.count)
      var curvature = gradient
      for row in 0..<rows.count {
        let p = chance(logOdds: points.logOdds[row])
        gradient[row] += rows.outcome[row] - p
        curvature[row] = p * (1 - p)
      }
      let used = Set(tables.flatMap(\.columns))
      let next = choice.best(
        gradient: gradient, curvature: curvature, without: used,
        room: task.columnLimit - used.count)
      guard let next else { break }
      tables.append(next)
      bins.append(next.bins(rows))
      points = fit(tables, bins, fairness)
    }
    order(&tables, &bins, &points, fairness)
    return ScorecardDraft(
      rows: rows, trueOutcome: trueOutcome, tables: tables, bins: bins, points: points)
  }

  private func pressure(_ weight: Double) -> FairnessPressure? {
    guard let groups, weight > 0 else { return nil }
    let sizes = (0..<2).map { group in Double(max(1, groups.count { $0 == Int8(group) })) }
    let contrast = groups.map { $0 == 0 ? 1 / sizes[0] : $0 == 1 ? -1 / sizes[1] : 0 }
    return FairnessPressure(contrast: contrast, weight: weight * Double(rows.count))
  }

  private func fit(
    _ tables: [DraftTable], _ bins: [[Int8]], _ fairness: FairnessPressure?
  ) -> PointsFit.Points {
    PointsFit(
      bins: bins, binCounts: tables.map(\.binCount), outcome: rows.outcome, fairness: fairness
    ).points()
  }

  /// Joins neighbouring bins until points stand in the order that is asked for.
  private func order(
    _ tables: inout [DraftTable], _ bins: inout [[Int8]], _ points: inout PointsFit.Points,
    _ fairness: FairnessPressure?
  ) {
    while true {
      var place: (table: Int, bin: Int)?
      for (index, table) in tables.enumerated() {
        guard let isRising = table.isRising else { continue }
        let line = points.tables[index].prefix(table.boxes.count)
        let wrong = zip(line, line.dropFirst()).enumerated().first {
          isRising ? $0.element.0 > $0.element.1 : $0.element.0 < $0.element.1
        }
        if let wrong { place = (index, wrong.offset) }
      }
      guard let place else { break }
      let next = tables[place.table].boxes.remove(at: place.bin + 1)
      let low = tables[place.table].boxes[place.bin].first.lowerBound
      tables[place.table].boxes[place.bin].first = low..<next.first.upperBound
      bins[place.table] = tables[place.table].bins(rows)
      points = fit(tables, bins, fairness)
    }
    for index in tables.indices.reversed() where tables[index].binCount < 2 {
      tables.remove(at: index)
      bins.remove(at: index)
      points = fit(tables, bins, fairness)
    }
  }
}
