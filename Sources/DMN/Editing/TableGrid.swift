/// A decision table as it is shown and edited: its columns, and the text of each cell.
public struct TableGrid: Sendable, Hashable {
  /// The decision or business knowledge model that holds it.
  public var element: String
  /// How the hits make the result.
  public var hitPolicy: HitPolicy
  /// What a COLLECT table makes of its hits.
  public var aggregation: Aggregation?
  /// The input columns.
  public var inputs: [Column]
  /// The output columns.
  public var outputs: [Column]
  /// The names of the annotation columns.
  public var annotations: [String]
  /// The rules in the order of the table.
  public var rules: [Rule]

  /// A column of a decision table.
  public struct Column: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The declared type; nil where none is.
    public var type: String?
    /// The allowed values, as unary tests; nil where all are.
    public var values: String?
  }

  /// A rule with the text of its cells.
  public struct Rule: Sendable, Hashable {
    /// The number of the rule in the file that is edited, from 0; nil for a new rule.
    public var origin: Int?
    /// The id of the rule; nil where it has none.
    public var id: String?
    /// The conditions, column by column.
    public var inputs: [String]
    /// The outputs, column by column.
    public var outputs: [String]
    /// The annotations, column by column.
    public var annotations: [String]

    /// A rule.
    public init(
      origin: Int? = nil, id: String? = nil, inputs: [String], outputs: [String],
      annotations: [String] = []
    ) {
      self.origin = origin
      self.id = id
      self.inputs = inputs
      self.outputs = outputs
      self.annotations = annotations
    }
  }

  /// A rule that takes every input and gives null, to be filled in.
  public var blankRule: Rule {
    Rule(
      inputs: inputs.map { _ in "-" }, outputs: outputs.map { _ in "null" },
      annotations: annotations.map { _ in "" })
  }
}
