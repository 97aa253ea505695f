/// Where a built-in is called: the evaluation and the place in the text.
struct Call {
  let evaluation: Evaluation
  let span: Span

  init(_ evaluation: Evaluation, _ span: Span) {
    self.evaluation = evaluation
    self.span = span
  }

  /// Null because an argument lies outside its domain.
  func outside(_ sentence: @autoclosure () -> String) -> Value {
    evaluation.null(.argumentDomain, span, sentence())
  }

  /// Null because an argument is of a wrong type.
  func wrongType(_ sentence: @autoclosure () -> String) -> Value {
    evaluation.null(.argumentType, span, sentence())
  }

  /// Spends the steps of reading or copying `count` elements.
  func spend(_ count: Int) -> Bool { evaluation.spend(count * 2) }

  /// Spends the steps of reading or making a text; other values are charged where they are made.
  @inline(__always)
  func charge(_ value: Value) -> Bool {
    guard case .string(let text) = value, text.utf8.count > 64 else { return true }
    return evaluation.spend(text.utf8.count / 16)
  }
}

/// A built-in function with its forms (DMN 1.5, 10.3.4).
struct Builtin: Sendable {
  /// One signature of a built-in.
  struct Form: Sendable {
    enum Body: Sendable {
      case one(@Sendable (Value, Call) -> Value)
      case two(@Sendable (Value, Value, Call) -> Value)
      case many(@Sendable ([Value], Call) -> Value)
    }

    let parameters: [Parameter]
    /// Whether the last parameter may be given any number of times, at least `least` times.
    let isVariadic: Bool
    let least: Int
    let body: Body

    func takes(_ count: Int) -> Bool {
      if isVariadic { return count >= parameters.count - 1 + least }
      return count <= parameters.count && parameters[count...].allSatisfy(\.isOptional)
    }

    func takes(_ names: [String]) -> Bool {
      least < 2
        && names.allSatisfy { name in parameters.contains { $0.name == name } }
    }
  }

  let name: String
  let result: Type
  let forms: [Form]
  /// The argument whose type the result has, if there is one.
  var follows: Int?
  /// Whether the result depends on the arguments alone.
  var isPure = true
  /// The steps that a call is charged.
  var cost = 2
  /// Makes a quicker form for arguments of which some are constant; nil where there is none.
  var specialized: (@Sendable ([Value?]) -> (@Sendable ([Value], Call) -> Value)?)?

  /// Whether the function puts arguments into a list or a context.
  var nests: Bool { Builtin.nesting.contains(name) }

  private static let nesting: Set<String> = [
    "append", "concatenate", "context", "context merge", "context put", "get entries",
    "insert before", "list replace", "union",
  ]

  /// The same function, charged `cost` steps.
  func costing(_ cost: Int) -> Builtin {
    var copy = self
    copy.cost = cost
    return copy
  }

  init(_ name: String, _ result: Type, follows: Int? = nil, _ forms: Form...) {
    self.name = name
    self.result = result
    self.forms = forms
    self.follows = follows
  }

  /// All built-ins by name.
  static let names: NameTable = {
    var table = NameTable()
    for builtin in all {
      let function = FunctionValue(builtin)
      let type = Type.function(function.parameters.map(\.type), builtin.result)
      table.add(
        NameEntry(name: builtin.name, target: .constant(.function(function)), type: type))
    }
    return table
  }()

  static let all =
    conversions + booleans + strings + patterns + numbers + statistics + lists + listEdits
    + higherOrder + temporals + ranges + contexts

  func resultType(_ arguments: [Type]) -> Type {
    guard let follows, follows < arguments.count else { return result }
    let type = arguments[follows]
    if case .list = type { return type }
    return result
  }

  /// Whether some form may take these arguments, judged by their number or names.
  func accepts(_ arguments: Node.Arguments) -> Bool {
    switch arguments {
    case .positional(let nodes): forms.contains { $0.takes(nodes.count) }
    case .named(let pairs): forms.contains { $0.takes(pairs.map(\.name)) }
    }
  }

  /// Whether some form can stand for a function of these types; a result that depends on the
  /// arguments is taken to fit.
  func conforms(to wanted: [Type], _ wantedResult: Type) -> Bool {
    guard result == .any || result.conforms(to: wantedResult) else { return false }
    return forms.contains { form in
      form.takes(wanted.count)
        && wanted.enumerated().allSatisfy { place, type in
          type.conforms(to: form.parameters[min(place, form.parameters.count - 1)].type)
        }
    }
  }

  /// The forms as they would be written.
  var usage: String {
    forms.map { form in
      let parameters = form.parameters.map { $0.name + ($0.isOptional ? "?" : "") }
      return "\(name)(\(parameters.joined(separator: ", "))\(form.isVariadic ? "…" : ""))"
    }.joined(separator: " or ")
  }
}

// MARK: - Invocation

extension Builtin {
  func call(_ arguments: [Value], _ call: Call) -> Value {
    guard call.spend(cost) else { return call.evaluation.exhausted(call.span) }
    var wrong: String?
    for form in forms where form.takes(arguments.count) {
      switch form.convert(arguments) {
      case .success(let converted): return form.run(converted, call)
      case .failure(let misfit): wrong = wrong ?? misfit.sentence
      }
    }
    if let wrong { return call.wrongType("'\(name)': \(wrong)") }
    return call.evaluation.null(
      .arity, call.span, "'\(name)' does not take \(arguments.count) arguments: \(usage)")
  }

  func call(named arguments: [(name: String, value: Value)], _ call: Call) -> Value {
    let names = arguments.map(\.name)
    guard Set(names).count == names.count else {
      return call.evaluation.null(
        .unknownParameter, call.span, "an argument of '\(name)' is named twice")
    }
    guard call.spend(cost) else { return call.evaluation.exhausted(call.span) }
    var wrong: String?
    for form in forms where form.takes(names) {
      let ordered = form.parameters.map { parameter in
        arguments.first { $0.name == parameter.name }?.value ?? .null
      }
      switch form.convert(ordered) {
      case .success(let converted): return form.run(converted, call)
      case .failure(let misfit): wrong = wrong ?? misfit.sentence
      }
    }
    if let wrong { return call.wrongType("'\(name)': \(wrong)") }
    return call.evaluation.null(
      .unknownParameter, call.span,
      "'\(name)' has no parameters \(names.joined(separator: ", ")): \(usage)")
  }
}

extension Builtin.Form {
  /// Why arguments do not fit a form.
  struct Misfit: Error {
    let sentence: String
  }

  /// The arguments converted to the parameter types; optional ones that are missing are null.
  func convert(_ arguments: [Value]) -> Result<[Value], Misfit> {
    var converted = arguments
    for place in arguments.indices {
      let parameter = parameters[min(place, parameters.count - 1)]
      let value = arguments[place]
      if parameter.type == .any { continue }
      if value.isNull {
        if parameter.isOptional { continue }
        return .failure(Misfit(sentence: "the argument '\(parameter.name)' is null"))
      }
      guard let fit = parameter.type.converting(value) else {
        return .failure(
          Misfit(
            sentence: "the argument '\(parameter.name)' is \(value.kindName), "
              + "not \(parameter.type)"))
      }
      converted[place] = fit
    }
    while converted.count < parameters.count, !isVariadic { converted.append(.null) }
    return .success(converted)
  }

  func run(_ arguments: [Value], _ call: Call) -> Value {
    for argument in arguments where !call.charge(argument) {
      return call.evaluation.exhausted(call.span)
    }
    let result =
      switch body {
      case .one(let body): body(arguments[0], call)
      case .two(let body): body(arguments[0], arguments[1], call)
      case .many(let body): body(arguments, call)
      }
    return call.charge(result) ? result : call.evaluation.exhausted(call.span)
  }

  /// A form with one parameter.
  static func one(
    _ name: String, _ type: Type, _ body: @escaping @Sendable (Value, Call) -> Value
  ) -> Self {
    Self(
      parameters: [Parameter(name, type)], isVariadic: false, least: 0, body: .one(body))
  }

  /// A form with two parameters.
  static func two(
    _ first: (String, Type), _ second: (String, Type),
    _ body: @escaping @Sendable (Value, Value, Call) -> Value
  ) -> Self {
    Self(
      parameters: [Parameter(first.0, first.1), Parameter(second.0, second.1)],
      isVariadic: false, least: 0, body: .two(body))
  }

  /// A form with any parameters.
  static func many(
    _ parameters: [Parameter], _ body: @escaping @Sendable ([Value], Call) -> Value
  ) -> Self {
    Self(parameters: parameters, isVariadic: false, least: 0, body: .many(body))
  }

  /// A form whose last parameter is given at least `least` times.
  static func variadic(
    _ parameters: [Parameter], least: Int = 1,
    _ body: @escaping @Sendable ([Value], Call) -> Value
  ) -> Self {
    Self(parameters: parameters, isVariadic: true, least: least, body: .many(body))
  }
}
