import Advice
import Foundation

/// What is printed of a fit.
struct ScorecardReport {
  let data: LearningRows
  let outcome: String
  let costs: GuessCosts?
  let validation: CrossValidation
  /// Whether the last rows were tested, not parts.
  let isByOrder: Bool
  /// How many rows the model is fitted on.
  let fitted: Int

  private struct Line {
    var area = 0.0
    var lift = 0.0
    var captured = 0.0
    var cost = 0.0

    static func mean(_ lines: [Line]) -> Line {
      var sum = Line()
      for line in lines {
        sum.area += line.area
        sum.lift += line.lift
        sum.captured += line.captured
        sum.cost += line.cost
      }
      let count = Double(max(1, lines.count))
      return Line(
        area: sum.area / count, lift: sum.lift / count, captured: sum.captured / count,
        cost: sum.cost / count)
    }
  }

  private func line(_ rows: [Int], _ chances: [Double]) -> Line {
    let came = rows.map { data.came[$0] }
    let quality = ScoreQuality(scores: chances, outcome: came)
    return Line(
      area: quality.area, lift: quality.lift, captured: quality.captured,
      cost: costs?.mean(chances: chances, outcome: came) ?? 0)
  }

  private var parts: [Line] { validation.parts.map { line($0.rows, $0.chances) } }

  private var shares: [GroupShares] {
    guard let groups = data.groups else { return [] }
    return validation.rounds.map { rows, chances in
      GroupShares(
        scores: chances, groups: rows.map { groups[$0] },
        positives: rows.count { data.came[$0] }, isPositiveGood: data.task.isPositiveGood)
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }

  /// The measures that the model records.
  var measures: [(name: String, value: Double)] {
    if validation.parts.isEmpty { return [] }
    let mean = Line.mean(parts)
    var result = [("auc", mean.area), ("lift", mean.lift), ("fifth", mean.captured)]
    if costs != nil { result.append(("cost", mean.cost)) }
    if !shares.isEmpty { result.append(("ratio", self.mean(shares.map(\.ratio)))) }
    return result.map { (name: $0.0, value: $0.1) }
  }

  /// All lines.
  func text(_ card: Scorecard) -> String {
    var lines = [head]
    if !validation.parts.isEmpty { lines.append(quality) }
    lines += fairness
    lines.append("")
    lines.append(tables(card))
    return lines.joined(separator: "\n")
  }

  private var head: String {
    let count = data.came.count { $0 }
    var text = "\(data.came.count) rows, \(count) with \(outcome) = \(data.positive)"
    if data.dropped > 0 { text += "; \(data.dropped) rows without an outcome left out" }
    text += "; \(data.task.predictors.count) columns"
    if !data.excluded.isEmpty { text += ", excluded: " + data.excluded.joined(separator: ", ") }
    if isByOrder { text += "; fitted on the first \(fitted) rows, tested on the others" }
    return text
  }

  private var quality: String {
    var table = TextTable(
      ["tested", "AUC", "lift at 10 %", "in best fifth"] + (costs == nil ? [] : ["cost"]))
    let parts = parts
    let isRepeated = validation.rounds.count > 1
    if !isByOrder {
      for (part, line) in zip(validation.parts, parts) {
        let name = isRepeated ? "fold \(part.round).\(part.number)" : "fold \(part.number)"
        table.add([name] + cells(line))
      }
    }
    let name = isByOrder ? "last rows" : "mean of folds"
    table.add([name] + cells(Line.mean(parts)))
    if !isByOrder {
      let whole = validation.rounds.map { line($0.rows, $0.chances) }
      table.add(["all folds together"] + cells(Line.mean(whole)))
    }
    return table.text
  }

  private func cells(_ line: Line) -> [String] {
    [
      String(format: "%.4f", line.area), String(format: "%.3f", line.lift),
      String(format: "%.1f %%", 100 * line.captured),
    ] + (costs == nil ? [] : [String(format: "%.4f", line.cost)])
  }

  private var fairness: [String] {
    guard let name = data.groupName, !shares.isEmpty else { return [] }
    let one = mean(shares.map { $0.shares[0] })
    let two = mean(shares.map { $0.shares[1] })
    let ratio = mean(shares.map(\.ratio))
    return [
      String(
        format: "good outcomes at the true rate: %@ %.1f %%, others %.1f %%, ratio %.3f", name,
        100 * one, 100 * two, ratio)
    ]
  }

  private func tables(_ card: Scorecard) -> String {
    var table = TextTable(["table", "points", "rows", outcome])
    table.add(["every row", "\(card.base)", "", ""])
    for part in card.tables {
      for bin in part.bins {
        let tests = part.names.indices.map { index in
          "\(part.names[index]) \(part.test(bin, index))"
        }
        let points = bin.points > 0 ? "+\(bin.points)" : "\(bin.points)"
        table.add([
          Self.short(tests.joined(separator: " and ")), points,
          String(format: "%.1f %%", 100 * bin.share), String(format: "%.1f %%", 100 * bin.rate),
        ])
      }
    }
    return table.text
  }

  /// A cell that fits the terminal.
  private static func short(_ text: String) -> String {
    let limit = 70
    return text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
