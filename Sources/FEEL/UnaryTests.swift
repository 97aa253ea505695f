/// The checked and compiled unary tests of a decision table cell or of allowed values
/// (DMN 1.5, grammar rules 13 to 15).
public struct UnaryTests: Sendable {
  /// The source text.
  public let text: String
  /// The tests in a form that an index can use; nil when only `matches` can decide.
  public let form: CellForm?
  /// Names, functions and types that are unknown, and tests that can never hold.
  public let problems: [Diagnostic]
  /// The slots that a frame needs.
  public let slotCount: Int
  /// The slots of the scope that the tests may read, ascending.
  public let slotsRead: [Int]

  private let tests: [CompiledTest]
  private let isNegated: Bool
  private let inputSlot: Int
  private let usesInput: Bool
  private let span: Span

  /// Reads, checks and compiles `text` as tests of an input of type `input`.
  ///
  /// - Throws: the violation of the grammar that keeps the text from having a meaning.
  public static func parse(
    _ text: String, input: Type = .any, scope: Scope = Scope(), limits: Limits = .standard
  ) throws(Diagnostics) -> UnaryTests {
    if let form = LiteralText.form(of: text), form.fits(input) {
      return UnaryTests(text, form, scope)
    }
    do throws(Fault) {
      return try UnaryTests(text, input, scope, limits)
    } catch {
      throw Diagnostics([error.diagnostic])
    }
  }

  /// Tests that their form says completely.
  private init(_ text: String, _ form: CellForm, _ scope: Scope) {
    self.text = text
    self.form = form
    problems = []
    slotCount = scope.slotCount
    slotsRead = []
    tests = []
    isNegated = false
    inputSlot = scope.slotCount
    usesInput = false
    span = Span(0, 0)
  }

  private init(
    _ text: String, _ input: Type, _ scope: Scope, _ limits: Limits
  ) throws(Fault) {
    let parser = try Parser(text, scope: scope, limits: limits)
    let slot = parser.body.newSlot()
    var layer = Body.Layer()
    layer.table.add(NameEntry(name: "?", target: .slot(slot), type: input))
    parser.body.layers.append(layer)
    parser.inputs.append((slot, parser.body, false))
    let parsed = try parser.parseUnaryTests()
    for test in parsed?.tests ?? [] { parser.check(test, against: input) }
    let compiler = Compiler()
    let tests = (parsed?.tests ?? []).map { compiler.compile($0) }
    self.text = text
    self.tests = tests
    isNegated = parsed?.isNegated ?? false
    inputSlot = slot
    usesInput = tests.contains(where: \.usesInput)
    span = Span(0, text.unicodeScalars.count)
    problems = parser.problems
    slotCount = parser.body.slotCount
    slotsRead = parser.readSlots.sorted()
    form = UnaryTests.form(tests, isAny: parsed == nil, isNegated: isNegated, input: input)
  }

  /// Whether `input` satisfies the tests in a frame whose first slots are those of the scope; nil
  /// where it cannot be compared.
  public func matches(_ input: Value, _ frame: Frame) -> Bool? {
    if let form { return form.matches(input) }
    frame.reserve(slotCount)
    if usesInput { frame[inputSlot] = input }
    let result = matchesOne(input, frame)
    if frame.evaluation.isExhausted { return nil }
    return isNegated ? result.map { !$0 } : result
  }

  private func matchesOne(_ input: Value, _ frame: Frame) -> Bool? {
    var result: Bool? = false
    for test in tests {
      switch UnaryTests.matches(input, test, frame, span) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  /// A test without `?` that gives a boolean where the input is none decides by itself, such as
  /// a call of a function.
  private static func matches(
    _ input: Value, _ test: CompiledTest, _ frame: Frame, _ span: Span
  ) -> Bool? {
    if test.mayDecide {
      if case .boolean = input {
        return Compiler.matches(input, [test], frame, span)
      }
      let value = test.code.run(frame)
      if case .boolean(let truth) = value { return truth }
      return Compiler.belongs(input, to: value, frame.evaluation)
    }
    return Compiler.matches(input, [test], frame, span)
  }
}

// MARK: - Forms

extension CellForm {
  /// Whether the operands are such as an input of the type may have, so that the parser has
  /// nothing to warn of.
  fileprivate func fits(_ input: Type) -> Bool {
    switch self {
    case .any: true
    case .boolean: input == .any || input == .boolean
    case .compare(_, let value): input == .any || input == value.type
    case .range(let range): input == .any || input == range.start.type
    case .set(let forms): forms.allSatisfy { $0.fits(input) }
    case .negation(let form): form.fits(input)
    }
  }
}

extension UnaryTests {
  private static func form(
    _ tests: [CompiledTest], isAny: Bool, isNegated: Bool, input: Type
  ) -> CellForm? {
    if isAny { return .any }
    var forms: [CellForm] = []
    for test in tests {
      guard let form = form(test, input) else { return nil }
      forms.append(form)
    }
    let all = forms.count == 1 ? forms[0] : .set(forms)
    return isNegated ? .negation(all) : all
  }

  private static func form(_ test: CompiledTest, _ input: Type) -> CellForm? {
    if let interval = test.interval {
      // A range that starts above its end is no value, yet as a test it is two comparisons.
      guard let start = interval.start.constant, let end = interval.end.constant,
        Value.compares(start, .lessOrEqual, end) == false
      else { return nil }
      return .range(
        ValueRange(
          start: start, startIncluded: interval.startIncluded, end: end,
          endIncluded: interval.endIncluded))
    }
    guard let value = test.code.constant else { return nil }
    if let comparison = test.comparison { return .compare(comparison, value) }
    // `?` alone decides by its truth; a constant condition that mentions it is rare.
    if test.usesInput { return value.truth.map { .boolean($0) } }
    if test.mayDecide, case .boolean(let truth) = value, input != .boolean {
      return input == .any ? nil : .boolean(truth)
    }
    return form(of: value, input)
  }

  private static func form(of value: Value, _ input: Type) -> CellForm? {
    switch value {
    case .range(let range): form(of: range)
    case .list(let elements): set(of: elements, input)
    case .context, .function: nil
    default: .compare(.equal, value)
    }
  }

  private static func form(of range: ValueRange) -> CellForm {
    switch range.form {
    case .interval: .range(range)
    case .less: .compare(.less, range.end)
    case .lessOrEqual: .compare(.lessOrEqual, range.end)
    case .greater: .compare(.greater, range.start)
    case .greaterOrEqual: .compare(.greaterOrEqual, range.start)
    case .equal: .compare(.equal, range.end)
    case .notEqual: .compare(.notEqual, range.end)
    }
  }

  /// A list of scalar values as a disjunction; nil where the input may be a list itself, which
  /// could equal the whole.
  private static func set(of elements: [Value], _ input: Type) -> CellForm? {
    switch input {
    case .any, .list: return nil
    default: break
    }
    var forms: [CellForm] = []
    for element in elements {
      switch element {
      case .list, .context, .function, .range: return nil
      default: forms.append(.compare(.equal, element))
      }
    }
    return .set(forms)
  }
}

extension Parser {
  /// Warns about a test that can never hold for an input of a known type.
  func check(_ test: Test, against input: Type) {
    guard input != .any, !test.usesInput else { return }
    let type = test.node.type
    guard type != .any, type != .null else { return }
    var wanted: [Type] = [type]
    if test.comparison == nil {
      switch type {
      case .range(let element), .list(let element): wanted.append(element)
      case .boolean:
        // A condition decides by itself; a bare true or false says nothing of the input.
        guard case .literal = test.node.kind else { return }
      default: break
      }
    }
    let fits = wanted.contains { candidate in
      candidate == .any || candidate == .null || candidate.conforms(to: input)
        || input.conforms(to: candidate)
    }
    if fits { return }
    if case .list = input { return }
    if case .context = input { return }
    note(
      .typeConflict, severity: .warning,
      "the value tested is \(input.phrase), but \(excerpt(test.node.span)) is \(type.phrase)",
      at: test.node.span)
  }
}
