/// One form of a built-in function, for editors, messages and documentation.
public struct Signature: Sendable, Hashable, CustomStringConvertible {
  /// The name of the function.
  public let name: String
  /// The formal parameters in order.
  public let parameters: [Parameter]
  /// Whether the last parameter may be given any number of times by position.
  public let isVariadic: Bool
  /// The type of the result, as far as it does not depend on the arguments.
  public let result: Type

  /// The form as the standard writes it, such as `substring(string, start position, length?)`.
  public var description: String {
    let list = parameters.map { $0.name + ($0.isOptional ? "?" : "") }.joined(separator: ", ")
    return "\(name)(\(list)\(isVariadic ? "…" : ""))"
  }

  /// All forms of all built-in functions (DMN 1.5, 10.3.4).
  public static let builtins: [Signature] = Builtin.all.flatMap { builtin in
    builtin.forms.map { form in
      Signature(
        name: builtin.name, parameters: form.parameters, isVariadic: form.isVariadic,
        result: builtin.result)
    }
  }
}
