import Advice
import Quantities
import Testing

/// Invented clients whose outcome follows a rule that a scorecard should find again.
struct LearningSample {
  var header: [String]
  var rows: [[String]]

  /// Clients with an income, a kind of work and two columns that say nothing.
  ///
  /// The chance is 0.1 for incomes of at least 30 and 0.5 below, and its odds are three times as
  /// high for those without work; every tenth income is missing, with a chance of 0.3.
  static func clients(_ count: Int, seed: UInt64) -> LearningSample {
    var random = SeededRandom(seed: seed)
    var sample = LearningSample(header: ["income", "work", "noise", "shape", "bad"], rows: [])
    for _ in 0..<count {
      let income = Int.random(in: 0..<100, using: &random)
      let isMissing = Int.random(in: 0..<10, using: &random) == 0
      let work = ["employed", "own", "none"].randomElement(using: &random) ?? ""
      var odds = isMissing ? 3.0 / 7 : income < 30 ? 1 : 1.0 / 9
      if work == "none" { odds *= 3 }
      let came = Double.random(in: 0..<1, using: &random) < odds / (1 + odds)
      let noise = Double.random(in: 0..<1, using: &random)
      let shape = Int.random(in: 0..<20, using: &random)
      sample.rows.append([
        isMissing ? "" : "\(income)", work, "\(noise)", "\(shape)", came ? "1" : "0",
      ])
    }
    return sample
  }

  /// Adds a column.
  func adding(_ name: String, _ value: (_ row: [String], _ place: Int) -> String) -> Self {
    LearningSample(
      header: header + [name],
      rows: rows.enumerated().map { $0.element + [value($0.element, $0.offset)] })
  }

  /// The lines of the file.
  var lines: [String] { [header.joined(separator: ",")] + rows.map { $0.joined(separator: ",") } }

  /// The table.
  func table() throws -> DataTable {
    var reader = try DataTableReader(header: Array(lines[0].utf8))
    for (place, line) in lines.dropFirst().enumerated() {
      try reader.take(Array(line.utf8), number: place + 2)
    }
    return try reader.table
  }

  /// What is to be learned, without some columns.
  func task(without excluded: Set<String> = []) throws -> ScorecardTask {
    let table = try table()
    let place = try #require(table.place(of: "bad"))
    let outcome = try OutcomeColumn(table.columns[place], positive: nil, missing: [])
    let predictors = table.columns.filter { $0.name != "bad" && !excluded.contains($0.name) }
      .map { Predictor($0, missing: [], asCategories: false) }
    return ScorecardTask(predictors: predictors, outcome: outcome.came)
  }
}
