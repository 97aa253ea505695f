import Advice
import ArgumentParser
import Foundation

/// Which columns are learned from, and how they are read.
struct LearningColumns: ParsableArguments {
  @Option(help: ArgumentHelp("Columns that the model may not ask.", valueName: "columns"))
  var exclude: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "Texts that stand for a missing value, beside an empty field and NA.", valueName: "texts"))
  var missing: [NameList] = []

  @Option(
    help: ArgumentHelp("Columns of numbers that are names, not amounts.", valueName: "columns"))
  var categories: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "Columns of whole numbers that are measures, though each row has its own.",
      valueName: "columns"))
  var measures: [NameList] = []

  @Option(help: ArgumentHelp("Columns whose points may only rise.", valueName: "columns"))
  var increasing: [NameList] = []

  @Option(help: ArgumentHelp("Columns whose points may only fall.", valueName: "columns"))
  var decreasing: [NameList] = []

  @Option(
    name: .customLong("inputs"),
    help: ArgumentHelp("The most columns that all tables may ask.", valueName: "count"))
  var inputLimit = 16

  @Flag(help: "Let a table ask two columns at once.")
  var pairs = false

  func validate() throws {
    guard (1...16).contains(inputLimit) else { throw ValidationError("--inputs is from 1 to 16") }
    let both = Set(increasing.names).intersection(decreasing.names)
    if let name = both.sorted().first {
      throw ValidationError("'\(name)' cannot be both increasing and decreasing")
    }
  }
}

/// Groups of people who should fare alike.
struct FairnessOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report how often each group of this column gets the good outcome; never an input.",
      valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp(
      "Also keep the groups of this column near each other while fitting; never an input.",
      valueName: "column"))
  var fair: String?

  @Option(
    name: .customLong("fair-ratio"),
    help: ArgumentHelp("How near: the least ratio of the shares.", valueName: "ratio"))
  var fairRatio = 0.8

  @Option(
    name: .customLong("group-value"),
    help: ArgumentHelp(
      "The group that is compared with all others; by default the smaller.", valueName: "value"))
  var groupValue: String?

  @Flag(help: "The outcome is what a client wants, such as an offer, not what it fears.")
  var wanted = false

  func validate() throws {
    guard fairRatio > 0, fairRatio <= 1 else {
      throw ValidationError("--fair-ratio is above 0 and at most 1")
    }
    if let group, let fair, group != fair {
      throw ValidationError("--group and --fair name two columns; one can be looked at")
    }
  }

  var column: String? { fair ?? group }
}

/// The rows that a scorecard is learned from.
struct LearningRows {
  let task: ScorecardTask
  let came: [Bool]
  let positive: String
  let excluded: [String]
  let warnings: [String]
  /// Rows without an outcome.
  let dropped: Int
  let groups: [Int8]?
  let groupName: String?

  init(
    _ whole: DataTable, outcome: String, positive: String?, columns: LearningColumns,
    fairness: FairnessOptions
  ) throws(DataFault) {
    let missing = Set(columns.missing.names)
    var excluded = columns.exclude.names
    if let group = fairness.column, !excluded.contains(group) { excluded.append(group) }
    let named =
      [outcome] + excluded + columns.categories.names + columns.measures.names
      + columns.increasing.names + columns.decreasing.names
    for name in named where whole.place(of: name) == nil {
      throw DataFault("there is no column '\(name)'")
    }
    guard let place = whole.place(of: outcome) else {
      throw DataFault("there is no column '\(outcome)'")
    }
    let target = try OutcomeColumn(whole.columns[place], positive: positive, missing: missing)
    let table = whole.taking(target.rows)
    let out = Set(excluded + [outcome])
    let predictors = table.columns.filter { !out.contains($0.name) }.map {
      Predictor($0, missing: missing, asCategories: columns.categories.names.contains($0.name))
    }
    let measures = Set(columns.measures.names)
    let unique = predictors.filter { $0.isUnique && !measures.contains($0.name) }
    guard unique.isEmpty else {
      let names = unique.map { "'\($0.name)'" }.joined(separator: ", ")
      throw DataFault(
        "unique by row: \(names); leave such columns out with --exclude, or name them with "
          + "--measures where they are amounts")
    }
    guard !predictors.isEmpty else { throw DataFault("no column is left to learn from") }
    var task = ScorecardTask(predictors: predictors, outcome: target.came)
    task.allowsPairs = columns.pairs
    task.columnLimit = columns.inputLimit
    for (names, isRising) in [(columns.increasing.names, true), (columns.decreasing.names, false)] {
      for name in names {
        task.directions[name] = isRising
        guard let predictor = predictors.first(where: { $0.name == name }),
          case .numbers = predictor.values
        else { throw DataFault("'\(name)' is no column of numbers to learn from") }
      }
    }
    came = target.came
    self.positive = target.positive
    self.excluded = excluded
    dropped = whole.rowCount - table.rowCount
    let odd = predictors.compactMap { predictor in
      predictor.oddText.map {
        "'\(predictor.name)' is read as names, since '\($0)' is no number; name what stands for a "
          + "missing value with --missing"
      }
    }
    warnings =
      odd
      + predictors.compactMap { predictor in
        let area = ColumnStrength.area(predictor, outcome: target.came)
        guard area >= ColumnStrength.alarm else { return nil }
        let shown = String(format: "%.2f", area)
        return "'\(predictor.name)' alone reaches an AUC of \(shown): is it known only afterwards?"
      }
    (groups, groupName) = try Self.groups(table, fairness, missing)
    if fairness.fair != nil { task.groups = groups }
    task.leastRatio = fairness.fairRatio
    task.isPositiveGood = fairness.wanted
    self.task = task
  }

  private static func groups(
    _ table: DataTable, _ fairness: FairnessOptions, _ missing: Set<String>
  ) throws(DataFault) -> ([Int8]?, String?) {
    guard let name = fairness.column, let place = table.place(of: name) else { return (nil, nil) }
    let column = table.columns[place]
    var counts = Array(repeating: 0, count: column.texts.count)
    for code in column.codes { counts[Int(code)] += 1 }
    let present = column.texts.indices.filter {
      counts[$0] > 0 && !Predictor.missingTexts.contains(column.texts[$0])
        && !missing.contains(column.texts[$0])
    }
    guard present.count > 1 else { throw DataFault("'\(name)' does not tell two groups apart") }
    let smallest = present.min { counts[$0] < counts[$1] }.map { column.texts[$0] }
    guard let value = fairness.groupValue ?? smallest,
      present.contains(where: { column.texts[$0] == value })
    else { throw DataFault("'\(name)' is never '\(fairness.groupValue ?? "")'") }
    let known = Set(present)
    let groups = column.codes.map { code -> Int8 in
      known.contains(Int(code)) ? (column.texts[Int(code)] == value ? 0 : 1) : -1
    }
    return (groups, "\(name) = \(value)")
  }
}
