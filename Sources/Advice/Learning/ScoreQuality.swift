/// How well scores tell rows with the outcome from those without.
package struct ScoreQuality: Sendable {
  /// The chance that a row with the outcome scores above one without (area under the curve).
  package let area: Double
  /// How many times more often the outcome comes in the best-scored tenth than in all rows.
  package let lift: Double
  /// The part of all outcomes that lies in the best-scored fifth.
  package let captured: Double

  /// Measures scores; rows of equal scores count as in any order.
  package init(scores: [Double], outcome: [Bool]) {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    let (count, positives) = (outcome.count, outcome.count { $0 })
    let depths = [Double(count) / 10, Double(count) / 5]
    var found = [0.0, 0.0]
    var (above, seen, pairs) = (0.0, 0.0, 0.0)
    var place = 0
    while place < count {
      var end = place
      var hits = 0.0
      while end < count, scores[order[end]] == scores[order[place]] {
        if outcome[order[end]] { hits += 1 }
        end += 1
      }
      let size = Double(end - place)
      for index in depths.indices where seen < depths[index] {
        found[index] += hits * min(1, (depths[index] - seen) / size)
      }
      pairs += (size - hits) * (above + hits / 2)
      above += hits
      seen += size
      place = end
    }
    let (all, negatives) = (Double(positives), Double(count - positives))
    area = positives > 0 && negatives > 0 ? pairs / (all * negatives) : 0.5
    lift = positives > 0 && count > 0 ? found[0] / depths[0] / (all / Double(count)) : 1
    captured = positives > 0 ? found[1] / all : 0
  }
}

/// What wrong guesses cost.
package struct GuessCosts: Sendable, Hashable {
  /// What it costs to take a row with the outcome for one without.
  package let missed: Double
  /// What it costs to take a row without the outcome for one with it.
  package let falseAlarm: Double

  /// Costs of both kinds of wrong guess.
  package init(missed: Double, falseAlarm: Double) {
    self.missed = missed
    self.falseAlarm = falseAlarm
  }

  /// The chance above which a row is taken as having the outcome: the one at which both cost the
  /// same.
  package var threshold: Double { falseAlarm / (falseAlarm + missed) }

  /// The mean cost of a row when chances above the threshold are taken as the outcome.
  package func mean(chances: [Double], outcome: [Bool]) -> Double {
    var sum = 0.0
    for (chance, came) in zip(chances, outcome) {
      if came, chance <= threshold { sum += missed }
      if !came, chance > threshold { sum += falseAlarm }
    }
    return sum / Double(max(1, outcome.count))
  }
}

/// How often two groups get the good outcome when as many rows are taken as positive as there are.
package struct GroupShares: Sendable {
  /// The share of good outcomes in each group.
  package let shares: [Double]
  /// The rows of each group.
  package let sizes: [Int]

  /// Takes the highest scores as positive, as many as there are positives.
  package init(scores: [Double], groups: [Int8], positives: Int, isPositiveGood: Bool) {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (taken, sizes) = ([0.0, 0.0], [0, 0])
    for row in groups.indices where groups[row] >= 0 { sizes[Int(groups[row])] += 1 }
    // Rows of the score at the cut are taken in equal parts.
    var place = 0
    while place < order.count, place < positives {
      var end = place
      while end < order.count, scores[order[end]] == scores[order[place]] { end += 1 }
      let part = min(1, Double(positives - place) / Double(end - place))
      for row in order[place..<end] where groups[row] >= 0 { taken[Int(groups[row])] += part }
      place = end
    }
    self.sizes = sizes
    shares = zip(taken, sizes).map { taken, size in
      let share = taken / Double(max(1, size))
      return isPositiveGood ? share : 1 - share
    }
  }

  /// The first group's share over the other's.
  package var ratio: Double { shares[1] > 0 ? shares[0] / shares[1] : 1 }

  /// Whether the lesser share is at least a part of the greater, with a standard error to spare.
  func isAtLeast(_ least: Double) -> Bool {
    let variance = zip(shares, sizes).reduce(0.0) { sum, part in
      let (share, size) = part
      return sum + (share > 0 ? (1 - share) / share / Double(max(1, size)) : 1)
    }
    let lesser = min(ratio, 1 / max(ratio, 1e-9))
    return lesser * (1 - variance.squareRoot()) >= least
  }
}
