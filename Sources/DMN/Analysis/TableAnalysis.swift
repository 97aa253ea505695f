/// What can be said of a decision table without running it, from the cut points of its columns.
public struct TableAnalysis: Sendable {
  /// The decision or business knowledge model that holds the table.
  public let element: String
  /// The file.
  public let file: String
  /// How many rules the table has.
  public let ruleCount: Int
  /// What was found, the graver first.
  public internal(set) var findings: [Finding] = []
  /// Whether the whole table was looked through; a very large one is left at a limit of steps.
  public internal(set) var isComplete = true

  /// Something to know of a table.
  public struct Finding: Sendable, Hashable {
    /// What was found.
    public enum Kind: String, Sendable, CaseIterable {
      /// Inputs for which no rule hits.
      case gap
      /// Two rules hit the same inputs where at most one may.
      case overlap
      /// Two rules hit the same inputs with different outputs where all must agree.
      case conflict
      /// A rule can never hit, since no input meets one of its cells.
      case impossible
      /// A rule never hits, since rules before it take all its inputs.
      case unreachable
      /// A rule never decides, since rules of a higher priority take all its inputs.
      case masked
      /// Two rules have the same conditions.
      case duplicate
      /// An input that no rule asks about.
      case unusedInput
      /// A value or range of a cell that no allowed input meets, though the cell has others.
      case idleTest
      /// An output that is not one of the allowed ones.
      case output
    }

    /// What was found.
    public var kind: Kind
    /// Whether the table is wrong; else it is something to think over.
    public var isError: Bool
    /// Whether it is surely so; a gap is not where the rules depend on other values.
    public var isCertain = true
    /// The rules it is about, from 1.
    public var rules: [Int]
    /// The column it is about, by its name; nil where it is about several or about whole rules.
    public var column: String?
    /// The inputs it is about, column by column; empty where it is about all.
    public var region: [Part]
    /// What was found, in one sentence.
    public var sentence: String
  }

  /// The inputs of one column.
  public struct Part: Sendable, Hashable {
    /// The name of the column.
    public var column: String
    /// The inputs in the words of a cell; `-` for all that are allowed.
    public var cell: String
  }

  /// Whether the table has errors.
  public var hasErrors: Bool { findings.contains { $0.isError } }

  /// The most findings of one kind.
  public static let findingLimit = 50
  /// The most steps of a search through the inputs of a table.
  public static let stepLimit = 200_000
  /// Tables with more rules are not compared pair by pair.
  public static let pairLimit = 5_000
}

extension TableAnalysis.Finding: CustomStringConvertible {
  /// The finding as it is shown to people.
  public var description: String {
    let place = region.filter { $0.cell != "-" }.map { "\($0.column): \($0.cell)" }
    return (isError ? "error: " : "warning: ") + sentence
      + (place.isEmpty ? "" : " [" + place.joined(separator: "; ") + "]")
  }
}

extension Model {
  /// Looks through every decision table of the model.
  ///
  /// What follows from a cell that is not of its column's type, and stands in ``problems``, is not
  /// told again.
  public func analyse() -> [TableAnalysis] {
    let faulty = Set(
      problems.filter { $0.severity == .error && $0.rule != nil }.map {
        Cell(file: $0.file, element: $0.element, rule: $0.rule, column: $0.tableColumn)
      })
    return program.nodes.flatMap { node in
      (node.logic?.tables ?? []).map { table in
        var analyser = TableAnalyser(table)
        var analysis = analyser.run(node.title, node.file)
        if faulty.isEmpty { return analysis }
        analysis.findings.removeAll { finding in
          let follows = [.impossible, .idleTest, .output].contains(finding.kind)
          return follows
            && faulty.contains(
              Cell(
                file: node.file, element: node.title, rule: finding.rules.first,
                column: finding.column))
        }
        return analysis
      }
    }
  }

  /// A cell of a decision table.
  private struct Cell: Hashable {
    var file: String
    var element: String?
    var rule: Int?
    var column: String?
  }
}

extension Logic {
  /// The decision tables inside, outermost first.
  var tables: [TableLogic] {
    switch self {
    case .expression, .constant, .unreadable: []
    case .typed(let logic, _): logic.tables
    case .context(let context):
      context.entries.flatMap { $0.logic.tables } + (context.result?.tables ?? [])
    case .list(let items): items.flatMap(\.tables)
    case .prepared(let parts, _): parts.flatMap { $0.logic.tables }
    case .function(let function): function.body.tables
    case .conditional(let condition, let then, let otherwise):
      condition.tables + then.tables + otherwise.tables
    case .iterator(let iterator): iterator.list.tables + iterator.body.tables
    case .table(let table):
      [table]
        + table.columns.flatMap { $0.expression.tables }
        + table.outputs.flatMap { $0.entries.values.flatMap(\.tables) }
    }
  }
}
