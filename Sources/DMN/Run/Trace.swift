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
public struct Trace: Sendable {
  /// The decisions and functions in the order in which their values were ready.
  public internal(set) var steps: [Step] = []

  /// A trace of nothing.
  public init() {}

  /// The evaluation of one decision or business knowledge model.
  public struct Step: Sendable {
    let node: Program.Node
    /// The inputs, required decisions and parameters that were read, in the order of reading.
    public internal(set) var inputs: [Reading]
    /// The decision tables that were asked, in order.
    public internal(set) var tables: [TableTrace]
    /// The value.
    public internal(set) var value: Value
    /// Why values inside became null.
    public internal(set) var causes: [Cause]
    /// How long it took, the decisions that it required included.
    public internal(set) var elapsed: Duration

    /// The name of the decision.
    public var name: String { node.title }
    /// The id of the decision in its file.
    public var id: String? { node.id }
    /// The file that defines it.
    public var file: String { node.file }
  }

  /// A value that was read.
  public struct Reading: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
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
public struct Outcome: Sendable {
  /// The value; null also for every error.
  public var value: Value
  /// What happened, as far as it was asked for.
  public var trace: Trace
  /// Why the value, or a value inside, is null; oldest first.
  public var causes: [Cause]
}
