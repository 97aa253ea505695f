import Advice
import ArgumentParser
import DMN
import FEEL
import Foundation
import Quantities

/// Scores rows with a model.
struct LearnApply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Score the rows of a file with a learned model.",
    discussion: """
      One line a row: row_id,probability. The row_id is the data's own column of
      that name, else the number of the row, counted from 0.

      Examples:
        steward learn apply risk.dmn loans.csv --out chances.csv
        zcat loans.csv.gz | steward learn apply risk.dmn - > chances.csv
      """)

  @Argument(help: "The model.")
  var model: String

  @Argument(help: "A file of comma-separated values; - is the standard input.")
  var path: String

  @Option(help: ArgumentHelp("Write the chances.", valueName: "file"))
  var out: String?

  func run() async throws {
    let model = try LearnedModel(self.model)
    let table = try LearningFile.read(path)
    let scored = try model.rows(table, name: path == "-" ? "standard input" : path)
    let ids = table.place(of: "row_id").map { table.columns[$0] }
    let batch = try model.batch(ScorecardModel.probability)
    var output = try OutputFile(out)
    try output.write("row_id,probability\n".utf8)
    let progress = Progress("scoring rows", of: table.rowCount)
    for row in 0..<table.rowCount {
      let value = batch.evaluate(scored.values(row))
      guard let chance = value.decimal else {
        throw Failure("row \(row + 1): the model gives no chance")
      }
      let id = ids.map { Self.field($0.text(row)) } ?? "\(row)"
      try output.write("\(id),\(chance)\n".utf8)
      progress.update(row)
    }
    progress.finish(table.rowCount)
    try output.finish()
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

/// A model that was learned, with what it says of itself.
struct LearnedModel {
  let model: Model
  let record: ScorecardRecord
  private let path: String

  init(_ path: String) throws {
    self.path = path
    model = try ModelFiles.load([path])
    guard model.decision(ScorecardRecord.decision) != nil,
      let record = ScorecardRecord(
        model.evaluate(ScorecardRecord.decision, [:], trace: .none).value)
    else { throw Failure("'\(path)' is no learned scorecard: it has no record of its inputs") }
    self.record = record
  }

  /// A loop over rows for one decision.
  func batch(_ decision: String) throws -> Batch {
    do throws(PlanFault) {
      return try model.plan(decision, inputs: record.inputs.map(\.name)).makeBatch()
    } catch {
      throw Failure("'\(path)' is no learned scorecard: it has no decision '\(decision)'")
    }
  }

  /// The values that the model asks of a table.
  func rows(_ table: DataTable, name: String) throws -> ScoredRows {
    var columns: [DataColumn] = []
    var values: [[Value]] = []
    let missing = Set(record.missing).union(Predictor.missingTexts)
    for input in record.inputs {
      guard let place = table.place(of: input.column) else {
        throw Failure("\(name): there is no column '\(input.column)', which the model asks")
      }
      let column = table.columns[place]
      columns.append(column)
      values.append(
        try column.texts.enumerated().map { code, text in
          if missing.contains(text) { return .null }
          guard input.isNumber else { return .string(text) }
          guard let number = Decimal128(text) else {
            let row = (column.codes.firstIndex(of: Int32(code)) ?? 0) + 1
            throw Failure(
              "\(name): row \(row): '\(input.column)' is '\(text)', which is no number")
          }
          return .number(number)
        })
    }
    return ScoredRows(columns: columns, values: values)
  }
}

/// The inputs of a model, row by row.
struct ScoredRows {
  let columns: [DataColumn]
  let values: [[Value]]

  /// The inputs of a row.
  func values(_ row: Int) -> [Value] {
    columns.indices.map { values[$0][Int(columns[$0].codes[row])] }
  }
}
