import Advice
import ArgumentParser
import DMN
import FEEL
import Foundation
import Quantities

/// Watches whether rows are still spread as those that a model was fitted on.
struct LearnMonitor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Compare how rows are spread with those that a model was fitted on.",
    discussion: """
      The population stability index of the score and of every table; above
      0.25 there is a warning, long before outcomes are known. Where the data
      has the outcome, the AUC stands beside it.

      Examples:
        steward learn monitor risk.dmn loans-of-may.csv
        steward learn monitor risk.dmn loans.csv --windows 12
      """)

  @Argument(help: "The model.")
  var model: String

  @Argument(help: "A file of comma-separated values; - is the standard input.")
  var path: String

  @Option(
    help: ArgumentHelp(
      "Into how many windows the rows are cut, in their order.", valueName: "count"))
  var windows = 1

  @Option(
    name: .customLong("skip"),
    help: ArgumentHelp(
      "Rows at the beginning to leave out, such as those of the fit.",
      valueName: "count"))
  var skipped = 0

  func validate() throws {
    guard (1...1_000).contains(windows) else {
      throw ValidationError("--windows is from 1 to 1000")
    }
    guard skipped >= 0 else { throw ValidationError("--skip is 0 or more") }
  }

  func run() async throws {
    let model = try LearnedModel(self.model)
    let name = path == "-" ? "standard input" : path
    let table = try LearningFile.read(path)
    guard skipped + windows <= table.rowCount else {
      throw Failure("\(name): \(table.rowCount) rows are too few")
    }
    let points = try Self.points(model, table, name: name)
    var shown = TextTable(["rows", "score", "highest table", "", "AUC"])
    var warnings: [String] = []
    let count = table.rowCount - skipped
    for window in 0..<windows {
      let rows =
        (skipped + window * count / windows)..<(skipped + (window + 1) * count / windows)
      let total = StabilityIndex.ofScore(model.record.scores, points: Array(points.total[rows]))
      let tables = model.record.tables.enumerated().map { index, table in
        (
          table.decision,
          StabilityIndex.ofTable(table.shares, points: Array(points.tables[index][rows]))
        )
      }
      let highest = tables.max { $0.1 < $1.1 } ?? ("", 0)
      let label = "\(rows.lowerBound + 1)–\(rows.upperBound)"
      shown.add([
        label, String(format: "%.3f", total), String(format: "%.3f", highest.1), highest.0,
        area(table, model.record, rows, points.total),
      ])
      for (part, value) in [(ScorecardModel.points, total)] + tables
      where value > StabilityIndex.alarm {
        warnings.append(
          String(
            format: "rows %@: '%@' is spread otherwise than at the fit, index %.3f", label, part,
            value))
      }
    }
    print(shown.text)
    for warning in warnings { Failure.report("steward: warning: \(warning)") }
  }

  private func area(
    _ table: DataTable, _ record: ScorecardRecord, _ rows: Range<Int>, _ points: [Int]
  ) -> String {
    guard let place = table.place(of: record.outcome) else { return "" }
    let column = table.columns[place]
    let known = rows.filter { !Predictor.missingTexts.contains(column.text($0)) }
    let came = known.map { column.text($0) == record.positive }
    guard came.contains(true), came.contains(false) else { return "" }
    let quality = ScoreQuality(scores: known.map { Double(points[$0]) }, outcome: came)
    return String(format: "%.4f", quality.area)
  }

  /// The points of every row in every table, by the model itself.
  private static func points(
    _ model: LearnedModel, _ table: DataTable, name: String
  ) throws -> (total: [Int], tables: [[Int]]) {
    let scored = try model.rows(table, name: name)
    let decisions = [ScorecardModel.points] + model.record.tables.map(\.decision)
    let progress = Progress("scoring rows", of: table.rowCount * decisions.count)
    var columns: [[Int]] = []
    for decision in decisions {
      let batch = try model.batch(decision)
      var column: [Int] = []
      for row in 0..<table.rowCount {
        let value = batch.evaluate(scored.values(row))
        guard let points = value.decimal?.integerValue else {
          throw Failure("\(name): row \(row + 1): '\(decision)' gives no points")
        }
        column.append(points)
        progress.update(columns.count * table.rowCount + row)
      }
      columns.append(column)
    }
    progress.finish(table.rowCount * decisions.count)
    return (columns[0], Array(columns.dropFirst()))
  }
}
