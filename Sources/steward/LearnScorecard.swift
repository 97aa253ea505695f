import Advice
import ArgumentParser
import DMN
import FEEL
import Foundation

/// Fits a scorecard and writes it as a DMN model.
struct LearnScorecard: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "Fit an explainable scorecard and write it as a DMN model.",
    discussion: """
      At most eight tables of at most five bins; the points of all are added,
      and the sum says how likely the outcome is. What is printed was measured
      on rows that the fit had not seen.

      Examples:
        steward learn scorecard loans.csv --outcome default --exclude id --out risk.dmn
        steward learn scorecard loans.csv --outcome class --positive 2 --exclude id \\
          --costs 5,1 --increasing debt --decreasing income
        steward learn scorecard loans.csv --outcome denied --exclude id --fair sex
        zcat calls.csv.gz | steward learn scorecard - --outcome y --test-last 30
      """)

  @Argument(help: "A file of comma-separated values; - is the standard input.")
  var path: String

  @Option(help: ArgumentHelp("The column to be learned, of two values.", valueName: "column"))
  var outcome: String

  @Option(help: ArgumentHelp("The value of it that is meant.", valueName: "value"))
  var positive: String?

  @OptionGroup var columns: LearningColumns

  @Option(help: ArgumentHelp("Write the model.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Into how many parts the rows are divided for the test; 0 tests nothing.",
      valueName: "count"))
  var folds = 5

  @Option(help: ArgumentHelp("What all random choices begin from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    name: .customLong("test-last"),
    help: ArgumentHelp(
      "Fit the first rows only and test on this part of them, the last, instead of on parts.",
      valueName: "percent"))
  var testLast: Int?

  @Option(
    help: ArgumentHelp(
      "What a missed outcome and a false alarm cost; the model then says where to act.",
      valueName: "missed,alarm"))
  var costs: CostPair?

  @OptionGroup var fairness: FairnessOptions

  func validate() throws {
    guard folds == 0 || (2...Folds.limit).contains(folds) else {
      throw ValidationError("--folds is 0 or from 2 to \(Folds.limit)")
    }
    if let testLast, !(1...90).contains(testLast) {
      throw ValidationError("--test-last is from 1 to 90")
    }
  }

  func run() async throws {
    let whole = try LearningFile.read(path)
    let data: LearningRows
    do {
      data = try LearningRows(
        whole, outcome: outcome, positive: positive, columns: columns, fairness: fairness)
    } catch {
      throw Failure("\(path == "-" ? "standard input" : path): \(error)")
    }
    for warning in data.warnings { Failure.report("steward: warning: \(warning)") }
    var task = data.task
    task.seed = seed
    let count = data.came.count
    let fitted = testLast.map { count - count * $0 / 100 } ?? count
    try check(data.came.prefix(fitted))
    let validation = try await validate(task, fitted: fitted)
    let rows = Array(0..<fitted)
    let card = try await Progress.seconds("fitting all rows, seconds") { [task] in
      task.scorecard(rows: rows)
    }
    guard !card.tables.isEmpty else {
      throw Failure("no column says anything of '\(outcome)'; there is no scorecard to write")
    }
    let report = ScorecardReport(
      data: data, outcome: outcome, costs: costs?.costs, validation: validation,
      isByOrder: testLast != nil, fitted: fitted)
    print(report.text(card))
    guard let out else { return }
    try write(card, report, task, rows, to: out)
  }

  private func check(_ came: ArraySlice<Bool>) throws {
    let count = came.count { $0 }
    guard min(count, came.count - count) >= OutcomeColumn.leastRows else {
      throw Failure("the rows to be fitted have too few of one outcome")
    }
  }

  private func validate(_ task: ScorecardTask, fitted: Int) async throws -> CrossValidation {
    var validation = CrossValidation()
    guard folds > 0 else { return validation }
    if fitted < task.outcome.count {
      let folds = Folds(fitting: fitted, of: task.outcome.count)
      validation.add(CrossValidation.part(task, folds, round: 1, number: 1))
      return validation
    }
    let rounds = CrossValidation.rounds(rows: task.outcome.count)
    let progress = Progress("testing on parts", of: rounds * folds)
    let (count, seed) = (folds, seed)
    await withTaskGroup(of: CrossValidation.Part.self) { group in
      for round in 1...rounds {
        let folds = Folds(task.outcome, count: count, seed: seed &+ UInt64(round - 1))
        for number in 1...count {
          group.addTask { CrossValidation.part(task, folds, round: round, number: number) }
        }
      }
      for await part in group {
        validation.add(part)
        progress.update(validation.parts.count)
      }
    }
    progress.finish(validation.parts.count)
    return validation
  }

  private func write(
    _ card: Scorecard, _ report: ScorecardReport, _ task: ScorecardTask, _ rows: [Int],
    to path: String
  ) throws {
    var record = ScorecardRecord()
    record.program = "steward \(Steward.version)"
    record.outcome = outcome
    record.positive = report.data.positive
    record.rows = rows.count
    record.positives = rows.count { task.outcome[$0] }
    record.excluded = report.data.excluded
    record.missing = columns.missing.names
    record.seed = seed
    record.folds = testLast == nil ? folds : 0
    record.measures = report.measures
    record.fairColumn = fairness.fair
    let model = ScorecardModel(
      card, predictors: task.predictors, record: record, costs: costs?.costs,
      points: card.points(task.predictors, rows: rows))
    let bytes = model.bytes
    // What cannot be read again is not written.
    do throws(ModelProblems) {
      _ = try Model.load([ModelFile(name: path, bytes: bytes)])
    } catch {
      throw Failure("the scorecard makes no valid model\n\(error)")
    }
    var file = try OutputFile(path)
    try file.write(bytes)
    try file.finish()
  }
}

/// Two costs in one argument.
struct CostPair: ExpressibleByArgument {
  let costs: GuessCosts

  /// Two numbers above nought, separated by a comma.
  init?(argument: String) {
    let parts = argument.split(separator: ",").map { Double($0) }
    guard parts.count == 2, let missed = parts[0], let alarm = parts[1],
      missed > 0, alarm > 0, missed.isFinite, alarm.isFinite
    else { return nil }
    costs = GuessCosts(missed: missed, falseAlarm: alarm)
  }
}
