/// A checked and compiled FEEL expression.
///
/// Parsing resolves each name to a slot of the frame and checks types; evaluating runs closures.
/// An expression is immutable and may be evaluated by many tasks at once, each with its own frame.
///
/// ```swift
/// var scope = Scope()
/// let age = scope.declare("Age", .number)
/// let expression = try Expression.parse("if Age < 18 then \"minor\" else \"adult\"", scope: scope)
/// let frame = Frame(Evaluation(now: now))
/// frame[age] = 17
/// expression.evaluate(frame)  // "minor"
/// ```
public struct Expression: Sendable {
  /// The source text.
  public let text: String
  /// The type of the value, as far as it is certain.
  public let type: Type
  /// Names, functions and types that are unknown (errors: they are null at run time), and
  /// operations that can never succeed (warnings).
  public let problems: [Diagnostic]
  /// The slots that a frame needs.
  public let slotCount: Int
  /// The slots of the scope that the expression may read, ascending.
  public let slotsRead: [Int]
  /// The value, where it depends on nothing.
  public var constant: Value? { code.constant }
  /// The slot, where the expression is nothing but a name of the scope.
  public var slot: Int? { code.slot }

  private let code: Code

  /// Reads, checks and compiles `text`.
  ///
  /// - Throws: the violation of the grammar or of a limit that keeps the text from having a
  ///   meaning, drawn with its line and caret.
  public static func parse(
    _ text: String, scope: Scope = Scope(), limits: Limits = .standard
  ) throws(Diagnostics) -> Expression {
    if let literal = LiteralText.value(of: text) { return Expression(literal, text, scope) }
    do throws(Fault) {
      let parser = try Parser(text, scope: scope, limits: limits)
      let node = try parser.parseWhole()
      return Expression(node, parser, scope)
    } catch {
      throw Diagnostics([error.diagnostic])
    }
  }

  private init(_ literal: Value, _ text: String, _ scope: Scope) {
    self.text = text
    type = literal.type
    problems = []
    slotCount = scope.slotCount
    slotsRead = []
    code = Code(constant: literal)
  }

  private init(_ node: Node, _ parser: Parser, _ scope: Scope) {
    text = parser.text
    type = node.type
    problems = parser.problems
    slotCount = parser.body.slotCount
    slotsRead = parser.readSlots.sorted()
    code = Compiler().compile(node)
  }

  /// Evaluates in a frame whose first slots are those of the scope.
  ///
  /// Once the steps of the evaluation are spent the value is null, whatever was made of the parts
  /// that were left out.
  @inline(__always)
  public func evaluate(_ frame: Frame) -> Value {
    frame.reserve(slotCount)
    let value = code.run(frame)
    return frame.evaluation.isExhausted ? .null : value
  }
}
