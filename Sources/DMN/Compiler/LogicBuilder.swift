import FEEL

/// Makes logic from boxed expressions: parses all FEEL text of one element of the graph.
struct LogicBuilder {
  let model: Int
  let source: SourceFile
  let element: String
  let strictness: Model.Strictness
  /// What the slots of the element's frame stand for.
  let slots: [Program.Source]
  var types: TypeBuilder
  private(set) var problems: [ModelProblem] = []
  /// Errors that are null at run time, as the standard wants it, and so keep nothing from being
  /// loaded: values that are not of their type.
  private(set) var misfits: [ModelProblem] = []
  /// The slots that some expression reads.
  var readSlots: Set<Int> = []
  /// The names that nothing declares, each with its place.
  private(set) var unknownNames: [(name: String, offset: Int)] = []
  /// The rule and column of a table whose cell is being read.
  var rule: Int?
  var tableColumn: String?
  private var depth = 0

  /// How deep boxed expressions may be nested.
  private static let depthLimit = 100

  init(
    model: Int, source: SourceFile, element: String, strictness: Model.Strictness,
    slots: [Program.Source], types: TypeBuilder
  ) {
    self.model = model
    self.source = source
    self.element = element
    self.strictness = strictness
    self.slots = slots
    self.types = types
  }

  /// A builder that begins again, with more names.
  func again(slots: [Program.Source], types: TypeBuilder) -> LogicBuilder {
    LogicBuilder(
      model: model, source: source, element: element, strictness: strictness, slots: slots,
      types: types)
  }

  /// The logic of an expression with the type that is known of its values.
  ///
  /// - Parameter expected: what the value is used for; a value that it can never be is noted.
  mutating func build(_ boxed: Boxed, _ scope: Scope, _ expected: Expectation? = nil)
    -> (logic: Logic, type: Type)
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= LogicBuilder.depthLimit else {
      note(code: "depth", boxed.offset, "Boxed expressions are nested too deep.")
      return (.unreadable("nested too deep"), .any)
    }
    let own = types.resolve(boxed.type, in: model, for: element)
    if own == TypeTable.any { return content(boxed, scope, expected) }
    let type = types.table.feel(own)
    let isSame = expected.map { types.table.feel($0.type) == type } ?? false
    let found = misfits.count
    let built = content(
      boxed, scope,
      Expectation(type: own, subject: isSame ? expected?.subject ?? "" : "The expression"))
    if misfits.count == found {
      let isConstant = if case .constant = built.logic { true } else { false }
      expect(isConstant ? built : (built.logic, type), expected, boxed.offset, boxed.text)
    }
    return (.typed(built.logic, own), type)
  }

  private mutating func content(_ boxed: Boxed, _ scope: Scope, _ expected: Expectation?)
    -> (logic: Logic, type: Type)
  {
    switch boxed.kind {
    case .literal(let text, let language):
      checkLanguage(language, text.offset)
      let built = literal(text, scope)
      expect(built, expected, text.offset, text)
      return built
    case .context(let entries): return context(entries, scope, expected, boxed.offset)
    case .list(let items):
      let wanted = expected.flatMap { self.items(of: $0) }
      let built = items.map { build($0, scope, wanted) }
      if items.count > 1 { expectNoScalar(expected, boxed.offset) }
      return (.list(built.map(\.logic)), .list(.any))
    case .relation(let columns, let rows): return relation(columns, rows, scope, expected)
    case .invocation(let called, let bindings):
      let built = invocation(called, bindings, scope, boxed.offset)
      expect(built.result, expected, boxed.offset)
      return (built.logic, .any)
    case .function(let function): return self.function(function, scope)
    case .conditional(let condition, let then, let otherwise):
      return (
        .conditional(
          build(condition, scope).logic, then: build(then, scope, expected).logic,
          otherwise: build(otherwise, scope, expected).logic), .any
      )
    case .filter(let list, let match): return (filter(list, match, scope), .any)
    case .iterator(let iterator): return self.iterator(iterator, scope, expected)
    case .table(let table):
      return (.table(self.table(table, scope, boxed.offset, expected)), .any)
    }
  }

  // MARK: - FEEL text

  /// FEEL text as logic; a fault is noted.
  mutating func literal(_ text: SourceText, _ scope: Scope) -> (logic: Logic, type: Type) {
    if text.isBlank {
      note(
        code: "empty", text.offset, "The expression is empty.",
        severity: strictness == .strict ? .error : .warning,
        advice: "Write null where no value is meant.")
      return (.constant(.null), .null)
    }
    do {
      let expression = try parse(text.text, scope)
      note(expression.problems, text)
      if let constant = expression.constant { return (.constant(constant), expression.type) }
      return (.expression(expression), expression.type)
    } catch {
      note(error.list, text)
      return (.unreadable(error.list.first?.message ?? "The expression cannot be read."), .any)
    }
  }

  mutating func parse(_ text: String, _ scope: Scope) throws(Diagnostics) -> Expression {
    let expression = try Expression.parse(text, scope: scope)
    readSlots.formUnion(expression.slotsRead)
    return expression
  }

  private mutating func checkLanguage(_ language: String?, _ offset: Int) {
    guard let language, !LogicBuilder.isFEEL(language) else { return }
    note(
      code: "language", offset, "The expression language \(language) is not supported.",
      advice: "Expected FEEL.")
  }

  /// Whether a language is FEEL of any version.
  static func isFEEL(_ language: String) -> Bool {
    let name = language.lowercased()
    return name.isEmpty || name == "feel" || name.contains("feel")
  }
}

// MARK: - Problems

extension LogicBuilder {
  /// Notes a value that is not of its type.
  mutating func noteMisfit(
    _ offset: Int, _ message: String, code: String = Diagnostic.Code.typeConflict.rawValue
  ) {
    let place = source.place(at: offset)
    misfits.append(
      ModelProblem(
        severity: strictness == .strict ? .error : .warning, code: code, file: source.name,
        line: place.line, column: place.column, element: element, rule: rule,
        tableColumn: tableColumn, message: message))
  }

  mutating func note(
    code: String, _ offset: Int, _ message: String, severity: ModelProblem.Severity = .error,
    advice: String? = nil
  ) {
    let place = source.place(at: offset)
    problems.append(
      ModelProblem(
        severity: severity, code: code, file: source.name, line: place.line,
        column: place.column, element: element, rule: rule, tableColumn: tableColumn,
        message: message, advice: advice))
  }

  /// Notes what FEEL found in a text of the file.
  mutating func note(_ diagnostics: [Diagnostic], _ text: SourceText) {
    for diagnostic in diagnostics { note(diagnostic, text) }
  }

  private mutating func note(_ diagnostic: Diagnostic, _ text: SourceText) {
    if diagnostic.code == .nameUnknown {
      unknownNames.append((diagnostic.marked, text.offset))
    }
    let isMisfit = diagnostic.code == .typeConflict
    let isError = (diagnostic.severity == .error || isMisfit) && strictness == .strict
    let problem = ModelProblem(
      diagnostic, at: source.place(of: diagnostic.span.start, in: text), file: source.name,
      severity: isError ? .error : .warning, element: element, rule: rule,
      tableColumn: tableColumn)
    if isMisfit { misfits.append(problem) } else { problems.append(problem) }
  }
}

extension ModelProblem {
  /// A problem that FEEL found in a text of a model.
  init(
    _ diagnostic: Diagnostic, at place: SourceFile.Place, file: String, severity: Severity,
    element: String?, rule: Int?, tableColumn: String?
  ) {
    let advice = [
      diagnostic.expected.isEmpty ? "" : "Expected \(diagnostic.expected).", diagnostic.mend,
    ].filter { !$0.isEmpty }.joined(separator: " ")
    self.init(
      severity: severity, code: diagnostic.code.rawValue, file: file, line: place.line,
      column: place.column, element: element, rule: rule, tableColumn: tableColumn,
      message: diagnostic.message, drawing: diagnostic.markedText,
      advice: advice.isEmpty ? nil : advice)
  }
}

extension Diagnostic {
  /// What the problem is about, as it is written.
  fileprivate var marked: String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.dropFirst(span.start)
          .prefix(span.end - span.start)))
  }

  /// The line of the text with the place marked below it.
  var markedText: String {
    let lines = drawing.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst().prefix(2).map { line in
      guard let bar = line.firstIndex(of: "|") else { return String(line) }
      return String(line[line.index(after: bar)...].dropFirst())
    }.joined(separator: "\n")
  }
}

extension SourceFile {
  /// The place in the file of a code point of a text, which may be written with references.
  func place(of codePoint: Int, in text: SourceText) -> Place {
    var offset = text.offset
    var left = codePoint
    if bytes[min(offset, bytes.count)...].starts(with: Array("<![CDATA[".utf8)) { offset += 9 }
    while left > 0, offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "&") {
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ";") { offset += 1 }
      } else if byte == UInt8(ascii: "\r"), offset + 1 < bytes.count,
        bytes[offset + 1] == UInt8(ascii: "\n")
      {
        offset += 1
      }
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return place(at: offset)
  }
}
