/// A unary tests cell in a form that an index of decision table columns can use.
///
/// All operands are constants. What none of the forms says is evaluated by `UnaryTests.matches`.
public indirect enum CellForm: Sendable, Hashable {
  /// `-`: any input, null too.
  case any
  /// One operator with a constant; a bare value is `.equal`.
  case compare(Comparison, Value)
  /// An interval with constant endpoints.
  case range(ValueRange)
  /// A disjunction: the input satisfies at least one.
  case set([CellForm])
  /// The cell does not depend on the input at all.
  case boolean(Bool)
  /// `not(…)`: satisfied where the inner form is false, not where it is null.
  case negation(CellForm)

  /// Whether an input satisfies the form: nil where it cannot be compared.
  public func matches(_ input: Value) -> Bool? {
    switch self {
    case .any: return true
    case .compare(let comparison, let value): return Value.compares(input, comparison, value)
    case .range(let range): return range.contains(input)
    case .set(let forms):
      var result: Bool? = false
      for form in forms {
        switch form.matches(input) {
        case true: return true
        case nil: result = nil
        default: break
        }
      }
      return result
    case .boolean(let value): return value
    case .negation(let form): return form.matches(input).map { !$0 }
    }
  }
}
