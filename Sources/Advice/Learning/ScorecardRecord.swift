package import FEEL
import Quantities

/// What a learned model says of itself.
///
/// Where it comes from, what it may not ask, how good it was, and how the rows it was fitted on were
/// spread. It is a decision of the model, so any engine reads it.
package struct ScorecardRecord: Sendable {
  /// The program that wrote the model.
  package var program = ""
  /// The column of the outcome, and its value that is meant.
  package var outcome = ""
  package var positive = ""
  /// Rows of the fit, and how many had the outcome.
  package var rows = 0
  package var positives = 0
  /// Columns that the model may not ask.
  package var excluded: [String] = []
  /// Texts that stand for a missing value, beside the usual ones.
  package var missing: [String] = []
  /// What chance began from, and into how many parts rows were divided.
  package var seed: UInt64 = 1
  package var folds = 0
  /// Measures on rows that a fit had not seen, by name.
  package var measures: [(name: String, value: Double)] = []
  /// The column whose groups were kept near each other; never an input.
  package var fairColumn: String?
  /// The inputs with the columns they come from.
  package var inputs: [Input] = []
  /// For each table the decision and the share of rows by its points.
  package var tables: [(decision: String, shares: [Share])] = []
  /// The share of rows by the points of all tables together.
  package var scores: [Share] = []

  /// One input of the model.
  package struct Input: Sendable, Hashable {
    /// The name in the model.
    package let name: String
    /// The name in the data.
    package let column: String
    package let isNumber: Bool
  }

  /// A share of the rows up to some points.
  package struct Share: Sendable, Hashable {
    package let points: Int
    package let share: Double
  }

  /// The name of the decision.
  package static let decision = "record"
  /// Counts up when the way of learning changes.
  package static let edition = 1

  /// An empty record.
  package init() {}

  /// The record as a FEEL expression.
  var text: String {
    var entries = [
      "edition: \(Self.edition)", "program: \(program.feel)", "dmn: \("1.5".feel)",
      "outcome: \(outcome.feel)", "positive: \(positive.feel)", "rows: \(rows)",
      "positives: \(positives)", "excluded: \(Self.list(excluded.map(\.feel)))",
      "missing: \(Self.list(missing.map(\.feel)))", "seed: \(seed)", "folds: \(folds)",
    ]
    let measures = measures.map { "\($0.name): \(decimal($0.value))" }
    entries.append("measured: {\(measures.joined(separator: ", "))}")
    if let fairColumn { entries.append("fair: \(fairColumn.feel)") }
    let inputs = inputs.map {
      "{input: \($0.name.feel), column: \($0.column.feel), number: \($0.isNumber)}"
    }
    entries.append("inputs: \(Self.list(inputs))")
    let tables = tables.map {
      "{decision: \($0.decision.feel), shares: \(Self.list($0.shares.map(\.text)))}"
    }
    entries.append("tables: \(Self.list(tables))")
    entries.append("scores: \(Self.list(scores.map(\.text)))")
    return "{\n  " + entries.joined(separator: ",\n  ") + "\n}"
  }

  private static func list(_ items: [String]) -> String {
    "[" + items.joined(separator: ", ") + "]"
  }

  /// Reads the record from the value of its decision; nil where the model was not learned here.
  package init?(_ value: Value) {
    guard let record = value.entries, let inputs = record["inputs"]?.elements,
      let tables = record["tables"]?.elements, let scores = record["scores"]?.elements
    else { return nil }
    outcome = record["outcome"]?.text ?? ""
    positive = record["positive"]?.text ?? ""
    missing = (record["missing"]?.elements ?? []).compactMap(\.text)
    excluded = (record["excluded"]?.elements ?? []).compactMap(\.text)
    for item in inputs {
      guard let name = item.entries?["input"]?.text, let column = item.entries?["column"]?.text
      else { return nil }
      self.inputs.append(
        Input(name: name, column: column, isNumber: item.entries?["number"]?.truth ?? false))
    }
    for item in tables {
      guard let decision = item.entries?["decision"]?.text,
        let shares = item.entries?["shares"]?.elements
      else { return nil }
      self.tables.append((decision, shares.compactMap { Share($0) }))
    }
    self.scores = scores.compactMap { Share($0) }
  }
}

extension ScorecardRecord.Share {
  fileprivate var text: String { "{points: \(points), share: \(decimal(share))}" }

  fileprivate init?(_ value: Value) {
    guard let points = value.entries?["points"]?.decimal?.integerValue,
      let share = value.entries?["share"]?.decimal?.doubleValue
    else { return nil }
    self.init(points: points, share: share)
  }
}

/// A number in at most six digits after the point.
func decimal(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  let millionths = Int((min(max(value, -1e9), 1e9) * 1_000_000).rounded())
  let (whole, part) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
  var digits = String(part)
  digits = String(repeating: "0", count: 6 - digits.count) + digits
  while digits.hasSuffix("0") { digits.removeLast() }
  return (millionths < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : "." + digits)
}

extension String {
  /// The text as a FEEL string.
  var feel: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
