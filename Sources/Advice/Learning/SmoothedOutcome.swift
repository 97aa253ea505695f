/// What a scorecard is fitted to: the outcome, most of its noise taken away.
///
/// Few tables chosen directly from outcomes follow chance, above all in small data. So a freer model
/// of all columns is fitted first, a penalised logistic regression corrected by small trees, and the
/// scorecard learns mostly from that model's chances for its rows. Nothing of the freer model remains
/// in the scorecard (Hinton, Vinyals and Dean 2015 call this distillation).
struct SmoothedOutcome {
  let rows: CodedRows
  let seed: UInt64

  /// How much of what is learned comes from the freer model; the rest is the outcome itself.
  private static let share = 0.9
  /// Rows up to which the number of trees is sought on rows held back.
  private static let smallData = 5_000
  /// Trees for more rows than that.
  private static let usualTrees = 120
  private static let folds = 3
  /// A difference of log-likelihoods that chance may make.
  ///
  /// It is half the 5 % point of a chi-squared value of two degrees of freedom; of numbers of trees
  /// so near each other the least is taken.
  private static let doubt = 3.0

  /// The chances that a scorecard learns from, one for each row.
  func values(trees count: Int) -> [Double] {
    var logOdds = RidgeLogistic(rows).logOdds()
    var trees = BoostedTrees(rows, seed: seed)
    trees.correct(&logOdds, trees: count)
    return zip(logOdds, rows.outcome).map {
      Self.share * chance(logOdds: $0) + (1 - Self.share) * $1
    }
  }

  /// How many trees meet rows best that are held back.
  func treeCount() -> Int {
    guard rows.count <= Self.smallData else { return Self.usualTrees }
    let steps = BoostedTrees.limit / BoostedTrees.pace
    var likelihoods = Array(repeating: 0.0, count: steps + 1)
    let folds = Folds(rows.outcome.map { $0 > 0.5 }, count: Self.folds, seed: seed)
    for part in folds.parts {
      var rows = rows
      rows.heldBack = Array(repeating: false, count: rows.count)
      for row in part { rows.heldBack[row] = true }
      var logOdds = RidgeLogistic(rows).logOdds()
      var trees = BoostedTrees(rows, seed: seed)
      for step in 0...steps {
        if step > 0 { trees.correct(&logOdds, trees: BoostedTrees.pace) }
        for row in part {
          likelihoods[step] += logLikelihood(of: rows.outcome[row], logOdds: logOdds[row])
        }
      }
    }
    let enough = (likelihoods.max() ?? 0) - Self.doubt
    let first = likelihoods.firstIndex { $0 >= enough } ?? 0
    return first * BoostedTrees.pace
  }
}
