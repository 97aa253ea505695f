/// Why a calculation was refused: which input, what kind of fault, and the sentence for people.
public struct CalculationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault, stable names for programs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A number or date is outside its named range.
    case outOfRange
    /// A number has more digits than the calculation keeps exactly.
    case precision
    /// Dates or bounds stand in the wrong order.
    case order
    /// A list is empty or a value is missing.
    case missing
    /// A list is longer than its named limit.
    case tooMany
    /// Two lists that belong together differ in length.
    case mismatch
    /// No answer exists, for instance no rate makes the flows balance.
    case noSolution
    /// The payment does not cover the interest, so the loan is never repaid.
    case notAmortising
    /// The combination of terms is not offered.
    case unsupported
  }

  /// The kind of fault.
  public let code: Code

  /// The input at fault, by the name of the parameter.
  public let field: String

  /// What is wrong, as a sentence for people.
  public let sentence: String

  /// A fault of an input.
  public init(_ code: Code, _ field: String, _ sentence: String) {
    self.code = code
    self.field = field
    self.sentence = sentence
  }

  /// `annualRate: outOfRange: …`.
  public var description: String { "\(field): \(code.rawValue): \(sentence)" }

  /// Throws unless a condition holds.
  static func unless(
    _ holds: Bool, _ code: Code, _ field: String, _ sentence: @autoclosure () -> String
  ) throws(CalculationError) {
    if !holds { throw CalculationError(code, field, sentence()) }
  }
}
