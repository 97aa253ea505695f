/// Why a value became null.
public struct NullCause: Sendable, Hashable, CustomStringConvertible {
  /// What happened, stable and independent of the wording.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case operandType, divisionByZero, outOfRange, unknownName, unknownFunction, notAFunction
    case arity, unknownParameter, argumentType, argumentDomain, missingEntry, missingElement
    case incomparable, invalidText, invalidRange, duplicateKey, invalidPattern, limit
    case unknownType, external
  }

  /// The kind of the cause.
  public let code: Code
  /// One sentence about the values involved.
  public let sentence: String
  /// The place in the expression text.
  public let span: Span

  /// The sentence with its place.
  public var description: String { "\(sentence) [\(code.rawValue) at \(span.start)]" }
}

/// What one evaluation shares: the clock, the limits, the steps spent and the causes of nulls.
///
/// One evaluation belongs to one task. It may be used for many expressions one after another;
/// `restart` gives it a new budget.
public final class Evaluation {
  /// The date and time that `now()` and `today()` return.
  public let now: DateTime
  /// The bounds of this evaluation.
  public let limits: Limits
  /// Whether causes of nulls are recorded.
  public let isRecording: Bool
  /// What the program around keeps with the evaluation while it runs, such as the decisions made
  /// so far; FEEL itself never looks at it.
  @exclusivity(unchecked) public var companion: AnyObject?
  /// The causes recorded so far, oldest first, at most `greatestCauses`.
  public private(set) var causes: [NullCause] = []
  /// The causes kept of one evaluation.
  public static let greatestCauses = 100

  @exclusivity(unchecked) private var stepsLeft: Int
  @exclusivity(unchecked) private var callDepth = 0
  @exclusivity(unchecked) private var nodeDepth = 0
  /// Whether the step budget is spent; everything evaluates to null from then on.
  @exclusivity(unchecked) public private(set) var isExhausted = false

  /// An evaluation at the moment `now`.
  public init(now: DateTime, limits: Limits = .standard, recording: Bool = false) {
    self.now = now
    self.limits = limits
    isRecording = recording
    stepsLeft = limits.steps
  }

  /// Begins anew with the full step budget and no causes.
  public func restart() {
    stepsLeft = limits.steps
    isExhausted = false
    callDepth = 0
    nodeDepth = 0
    if !causes.isEmpty { causes.removeAll() }
  }

  /// Records a cause and returns null.
  @inline(__always)
  public func null(
    _ code: NullCause.Code, _ span: Span, _ sentence: @autoclosure () -> String
  ) -> Value {
    if isRecording { record(code, span, sentence()) }
    return .null
  }

  @inline(never)
  private func record(_ code: NullCause.Code, _ span: Span, _ sentence: String) {
    guard causes.count < Evaluation.greatestCauses else { return }
    causes.append(NullCause(code: code, sentence: sentence, span: span))
  }

  /// Spends steps; false when the budget is spent.
  @inline(__always)
  func spend(_ steps: Int = 1) -> Bool {
    stepsLeft &-= steps
    if stepsLeft >= 0 { return true }
    stepsLeft = 0
    isExhausted = true
    return false
  }

  /// Enters a call whose body nests `depth` nodes and has `size` of them; false when the
  /// recursion is too deep or the budget is spent.
  ///
  /// A true answer must be followed by `leave`.
  func enter(depth: Int, size: Int) -> Bool {
    guard callDepth < limits.recursion, nodeDepth + depth <= limits.evaluationDepth,
      spend(size)
    else { return false }
    callDepth += 1
    nodeDepth += depth
    return true
  }

  /// Whether a value that an expression has put together is nested within the limit; deeper ones
  /// could not even be released without a deep recursion.
  func admits(nestingOf value: Value) -> Bool {
    var levels = [[value]]
    while let level = levels.popLast() {
      guard levels.count <= limits.valueDepth else { return false }
      var rest = level
      guard let last = rest.popLast() else { continue }
      levels.append(rest)
      switch last {
      case .list(let elements):
        guard spend(1 + elements.count / 32) else { return false }
        levels.append(elements.filter(\.isContainer))
      case .context(let context):
        guard spend(1 + context.count / 32) else { return false }
        levels.append(context.values.filter(\.isContainer))
      default: break
      }
    }
    return true
  }

  /// Leaves a call that `enter` allowed.
  func leave(depth: Int) {
    callDepth -= 1
    nodeDepth -= depth
  }
}
