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
  /// The slots that some expression reads.
  var readSlots: Set<Int> = []
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

  /// The logic of an expression with the type that is known of its values.
  mutating func build(_ boxed: Boxed, _ scope: Scope) -> (logic: Logic, type: Type) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= LogicBuilder.depthLimit else {
      note(code: "depth", boxed.offset, "Boxed expressions are nested too deep.")
      return (.unreadable("nested too deep"), .any)
    }
    let built = content(boxed, scope)
    guard let name = boxed.type else { return built }
    let type = types.resolve(name, in: model, for: element)
    if type == TypeTable.any { return built }
    return (.typed(built.logic, type), types.table.feel(type))
  }

  private mutating func content(_ boxed: Boxed, _ scope: Scope) -> (logic: Logic, type: Type) {
    switch boxed.kind {
    case .literal(let text, let language):
      checkLanguage(language, text.offset)
      return literal(text, scope)
    case .context(let entries): return context(entries, scope)
    case .list(let items):
      let built = items.map { build($0, scope) }
      return (.list(built.map(\.logic)), .list(.any))
    case .relation(let columns, let rows): return relation(columns, rows, scope)
    case .invocation(let called, let bindings):
      return (invocation(called, bindings, scope, boxed.offset), .any)
    case .function(let function): return self.function(function, scope)
    case .conditional(let condition, let then, let otherwise):
      return (
        .conditional(
          build(condition, scope).logic, then: build(then, scope).logic,
          otherwise: build(otherwise, scope).logic), .any
      )
    case .filter(let list, let match): return (filter(list, match, scope), .any)
    case .iterator(let iterator): return self.iterator(iterator, scope)
    case .table(let table):
      return (.table(self.table(table, scope, boxed.offset)), .any)
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
    let isError = diagnostic.severity == .error && strictness == .strict
    problems.append(
      ModelProblem(
        diagnostic, at: source.place(of: diagnostic.span.start, in: text), file: source.name,
        severity: isError ? .error : .warning, element: element, rule: rule,
        tableColumn: tableColumn))
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
