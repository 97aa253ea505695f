/// The bounds within which expressions are parsed and evaluated.
///
/// No input passes them: parsing
/// then ends in a diagnostic, evaluation in null with a recorded cause.
public struct Limits: Sendable, Hashable {
  /// Nested constructs in one expression text.
  public var expressionDepth = 200
  /// Code points of one expression text.
  public var textLength = 1_000_000
  /// Steps of one evaluation: about one for each construct evaluated and each element handled.
  public var steps = 10_000_000
  /// Numbers or dates that one range in `for`, `some` or `every` may run through.
  public var iterationRange = 1_000_000
  /// Elements of one list.
  public var listLength = 1_000_000
  /// UTF-8 bytes of one string that evaluation makes.
  public var stringLength = 10_000_000
  /// Function calls inside one another.
  public var recursion = 1_000
  /// Nested expression nodes over all calls inside one another.
  public var evaluationDepth = 5_000
  /// Levels of lists and contexts inside one another.
  public var valueDepth = 500
  /// Steps of one regular expression match.
  public var patternSteps = 1_000_000
  /// UTF-8 bytes of one regular expression.
  public var patternLength = 10_000

  /// The limits for models written by people.
  public static let standard = Limits()

  /// The standard limits.
  public init() {}
}
