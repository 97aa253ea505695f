public import FEEL

/// How much an evaluation records about itself.
public enum TraceLevel: Int, Sendable, Comparable, CaseIterable {
  /// Nothing: the evaluation costs no more than it must.
  case none
  /// Why values are null.
  case causes
  /// The values read and computed, the rules that hit with the cells that decided.
  case hits
  /// Besides, every rule that missed with the first cell that failed.
  case misses

  /// Whether the left level records less.
  public static func < (left: TraceLevel, right: TraceLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What happened in an evaluation: an audit record of the decision.
public struct Trace: Sendable, Hashable {
  /// The decisions and functions in the order in which their values were ready.
  public var steps: [Step] = []

  /// The evaluation of one decision or business knowledge model.
  public struct Step: Sendable, Hashable {
    /// The name of the decision.
    public var name: String
    /// The file that defines it.
    public var file: String
    /// The inputs, required decisions and parameters that were read, in the order of reading.
    public var inputs: [Reading]
    /// The decision tables that were asked, in order.
    public var tables: [TableTrace]
    /// The value.
    public var value: Value
    /// Why values inside became null.
    public var causes: [Cause]
    /// How long it took, the decisions that it required included.
    public var elapsed: Duration
  }

  /// A value that was read.
  public struct Reading: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Value
  }
}

/// What a decision table answered.
public struct TableTrace: Sendable, Hashable {
  /// How the hits made the result.
  public var hitPolicy: HitPolicy
  /// The input columns with the values that were looked up.
  public var columns: [Trace.Reading]
  /// The rules that hit.
  public var hits: [RuleHit]
  /// The rules that missed; only at `TraceLevel.misses`.
  public var misses: [RuleMiss]

  /// A rule that hit.
  public struct RuleHit: Sendable, Hashable {
    /// The number of the rule, from 1.
    public var number: Int
    /// The id of the rule in the file.
    public var id: String?
    /// The annotations of the rule, by the names of their columns.
    public var annotations: [Annotation]
    /// The cells that decided: those that do not take every input.
    public var cells: [Cell]
    /// The outputs of the rule.
    public var outputs: [Trace.Reading]
  }

  /// A rule that missed, and the first cell that failed.
  public struct RuleMiss: Sendable, Hashable {
    /// The number of the rule, from 1.
    public var number: Int
    /// The id of the rule in the file.
    public var id: String?
    /// The cell that failed.
    public var cell: Cell
  }

  /// A note beside a rule.
  public struct Annotation: Sendable, Hashable {
    /// The name of the annotation column; empty for one without a name.
    public var name: String
    /// The note.
    public var text: String
  }

  /// A cell of a rule, with the value that it was tested with.
  public struct Cell: Sendable, Hashable {
    /// The place of the column, from 0.
    public var column: Int
    /// The name of the column: its label, or the text of its expression.
    public var name: String
    /// The text of the cell.
    public var text: String
    /// The input.
    public var value: Value
  }
}

/// Why a value became null.
public struct Cause: Sendable, Hashable, CustomStringConvertible {
  /// What happened, in one stable word.
  public var code: String
  /// What happened, in one sentence.
  public var sentence: String
  /// The place in the text of the expression; nil where it was no expression.
  public var span: Span?

  init(code: String, sentence: String, span: Span?) {
    self.code = code
    self.sentence = sentence
    self.span = span
  }

  init(_ cause: NullCause) {
    self.init(code: cause.code.rawValue, sentence: cause.sentence, span: cause.span)
  }

  /// The sentence.
  public var description: String { sentence }
}

/// What an evaluation gave.
public struct Outcome: Sendable, Hashable {
  /// The value; null also for every error.
  public var value: Value
  /// What happened, as far as it was asked for.
  public var trace: Trace
  /// Why the value, or a value inside, is null; oldest first.
  public var causes: [Cause]
}
