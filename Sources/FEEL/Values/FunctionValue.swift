/// A formal parameter of a function.
public struct Parameter: Sendable, Hashable {
  /// The name, by which the argument may be given.
  public let name: String
  /// The type the argument must conform to after implicit conversion.
  public let type: Type
  /// Whether the argument may be left out; it is then null.
  public let isOptional: Bool

  /// A parameter `name` of `type`.
  public init(_ name: String, _ type: Type = .any, isOptional: Bool = false) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

/// A FEEL function value: built-in, user-defined closure, host or external function.
///
/// Equality is identity; FEEL's `=` between functions is null.
public final class FunctionValue: Sendable, Hashable {
  /// What a call runs.
  enum Body: Sendable {
    /// A function of Swift, given one converted argument for each parameter.
    case closure(@Sendable ([Value], Evaluation) -> Value)
    /// A function literal with the values that it captured.
    case lambda(Closure)
  }

  /// A compiled function literal in its surroundings.
  struct Closure: Sendable {
    let run: Code.Run
    let slotCount: Int
    let captured: [(slot: Int, value: Value)]

    /// A frame with the captured values; the arguments go into its first slots.
    func frame(_ evaluation: Evaluation) -> Frame {
      let frame = Frame(evaluation, capacity: slotCount)
      for capture in captured { frame[capture.slot] = capture.value }
      return frame
    }
  }

  /// The name it was declared under, or empty for a function literal.
  public let name: String
  /// The formal parameters in order.
  public let parameters: [Parameter]
  /// The type of its results, as far as it is known.
  public let result: Type
  let body: Body
  /// Whether some parameter has a type other than Any.
  let isTyped: Bool
  /// The nodes that a call nests, for the limit of nesting over all calls.
  let depth: Int
  /// The steps that a call is charged.
  let size: Int
  /// How the arguments of a built-in with several signatures are arranged; nil for all others.
  let builtin: Builtin?

  /// A function with `parameters`; `body` is given one converted argument for each of them.
  public init(
    name: String = "", parameters: [Parameter], result: Type = .any,
    body: @escaping @Sendable ([Value], Evaluation) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = .closure(body)
    isTyped = parameters.contains { $0.type != .any }
    depth = FunctionValue.usualDepth
    size = FunctionValue.usualDepth
    builtin = nil
  }

  init(
    parameters: [Parameter], result: Type, depth: Int, size: Int, closure: Closure
  ) {
    name = ""
    self.parameters = parameters
    self.result = result
    self.depth = depth
    self.size = size
    body = .lambda(closure)
    isTyped = parameters.contains { $0.type != .any }
    builtin = nil
  }

  init(_ builtin: Builtin) {
    name = builtin.name
    parameters = builtin.forms.first?.parameters ?? []
    result = builtin.result
    body = .closure { _, _ in .null }
    isTyped = true
    depth = FunctionValue.usualDepth
    size = FunctionValue.usualDepth
    self.builtin = builtin
  }

  /// What a call of a function whose body is not known here is taken to nest.
  private static let usualDepth = 20

  /// Whether both are identical.
  public static func == (left: FunctionValue, right: FunctionValue) -> Bool { left === right }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A function of the host program that expressions may call by position and by name.
public struct HostFunction: Sendable {
  /// The name, which may contain spaces.
  public let name: String
  /// The formal parameters in order.
  public let parameters: [Parameter]
  /// The type of its results.
  public let result: Type
  /// The body; it is given one converted argument for each parameter, and must be pure.
  public let body: @Sendable ([Value]) -> Value

  /// A host function `name`.
  public init(
    name: String, parameters: [Parameter], result: Type = .any,
    body: @escaping @Sendable ([Value]) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = body
  }

  /// The function as a FEEL value.
  public var value: FunctionValue {
    let body = self.body
    return FunctionValue(name: name, parameters: parameters, result: result) { arguments, _ in
      body(arguments)
    }
  }
}
