/// The column of what is to be learned, with the value that is meant.
package struct OutcomeColumn: Sendable {
  /// The value that is meant.
  package let positive: String
  /// The rows whose outcome is known.
  package let rows: [Int]
  /// For each of these whether it is the value that is meant.
  package let came: [Bool]

  /// The fewest rows of each outcome that can be learned from.
  package static let leastRows = 20

  /// Values that are meant where nothing else is said.
  private static let usual: [Set<String>: String] = [
    ["0", "1"]: "1", ["0.0", "1.0"]: "1.0", ["no", "yes"]: "yes", ["No", "Yes"]: "Yes",
    ["false", "true"]: "true", ["False", "True"]: "True", ["N", "Y"]: "Y",
  ]

  /// Reads a column of two values; rows without one are left out.
  package init(_ column: DataColumn, positive: String?, missing: Set<String>) throws(DataFault) {
    let isPresent = column.texts.map {
      !Predictor.missingTexts.contains($0) && !missing.contains($0)
    }
    let values = zip(column.texts, isPresent).filter(\.1).map(\.0)
    guard values.count == 2 else {
      throw DataFault(
        "the outcome '\(column.name)' has \(values.count) different values; a scorecard needs two")
    }
    guard let meant = positive ?? Self.usual[Set(values)] else {
      throw DataFault(
        "the outcome '\(column.name)' is '\(values[0])' or '\(values[1])'; say with --positive "
          + "which of them is meant")
    }
    guard values.contains(meant) else {
      throw DataFault(
        "the outcome '\(column.name)' is never '\(meant)', but '\(values[0])' or '\(values[1])'")
    }
    self.positive = meant
    rows = column.codes.indices.filter { isPresent[Int(column.codes[$0])] }
    came = rows.map { column.text($0) == meant }
    let count = came.count { $0 }
    guard min(count, came.count - count) >= Self.leastRows else {
      throw DataFault(
        "the outcome '\(column.name)' is '\(meant)' in \(count) of \(came.count) rows; "
          + "at least \(Self.leastRows) of each kind are needed")
    }
  }
}

extension DataTable {
  /// The table with some of its rows.
  package func taking(_ rows: [Int]) -> DataTable {
    guard rows.count < rowCount else { return self }
    return DataTable(
      columns: columns.map { column in
        DataColumn(
          name: column.name, texts: column.texts, codes: rows.map { column.codes[$0] })
      }, rowCount: rows.count)
  }
}
