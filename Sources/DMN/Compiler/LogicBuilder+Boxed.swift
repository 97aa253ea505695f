import FEEL

extension LogicBuilder {
  // MARK: - Contexts, relations

  mutating func context(
    _ elements: [ContextEntryElement], _ scope: Scope, _ expected: Expectation?, _ offset: Int
  ) -> (logic: Logic, type: Type) {
    var scope = scope
    var entries: [(slot: Int, logic: Logic)] = []
    var members: [Type.Member] = []
    var result: (logic: Logic, type: Type)?
    for (place, element) in elements.enumerated() {
      guard let variable = element.variable else {
        result = build(element.value, scope, expected)
        if place != elements.count - 1 {
          note(
            code: "contextResult", element.value.offset,
            "Only the last entry of a context may have no name.")
        }
        continue
      }
      let declared = types.resolve(variable.type, in: model, for: self.element)
      let wanted = entry(variable.name, declared, of: expected)
      var built = build(element.value, scope, wanted)
      if declared != TypeTable.any {
        built = (.typed(built.logic, declared), types.table.feel(declared))
      }
      if members.contains(where: { $0.name == variable.name }) {
        note(
          code: "contextEntry", variable.offset,
          "The context has two entries called \(variable.name).")
      }
      let slot = scope.declare(variable.name, built.type)
      entries.append((slot, built.logic))
      members.append(Type.Member(variable.name, built.type))
    }
    if result == nil { expect(members, expected, offset) }
    let shape = ContextShape(members.map(\.name))
    let logic = Logic.context(
      ContextLogic(entries: entries, shape: shape, result: result?.logic))
    return (logic, result?.type ?? .context(members))
  }

  mutating func relation(
    _ columns: [InformationItem], _ rows: [RelationRow], _ scope: Scope,
    _ expected: Expectation?
  ) -> (logic: Logic, type: Type) {
    let shape = ContextShape(columns.map(\.name))
    let types = columns.map { self.types.resolve($0.type, in: model, for: element) }
    let wanted = zip(columns, types).map { column, type in
      entry(column.name, type, of: expected.flatMap { self.items(of: $0) })
    }
    var list: [Logic] = []
    for row in rows {
      var entries: [(slot: Int, logic: Logic)] = []
      var inner = scope
      let slots = columns.indices.map { inner.declare(hidden("cell \($0 + 1)")) }
      for (place, cell) in row.cells.prefix(columns.count).enumerated() {
        let built = build(cell, inner, wanted[place]).logic
        let typed = types[place] == TypeTable.any ? built : .typed(built, types[place])
        entries.append((slots[place], typed))
      }
      list.append(.context(ContextLogic(entries: entries, shape: shape, result: nil)))
    }
    let members = zip(columns, types).map { Type.Member($0.name, self.types.table.feel($1)) }
    return (.list(list), .list(.context(members)))
  }

  // MARK: - Invocations, functions

  /// A name for a slot that no expression of a model spells.
  func hidden(_ role: String) -> String { "dmn hidden " + role }

  mutating func invocation(
    _ called: Boxed?, _ bindings: [BindingElement], _ scope: Scope, _ offset: Int
  ) -> (logic: Logic, result: Type) {
    guard let called else {
      note(code: "invocation", offset, "The invocation does not say what it calls.")
      return (.unreadable("The invocation does not say what it calls."), .any)
    }
    var inner = scope
    let function = inner.declare(hidden("function"))
    let slots = bindings.indices.map { inner.declare(hidden("argument \($0 + 1)")) }
    let callee = build(called, inner)
    var parts = [(slot: function, logic: callee.logic)]
    var arguments: [String] = []
    for (place, binding) in bindings.enumerated() {
      let type = types.resolve(binding.parameter.type, in: model, for: element)
      let wanted = Expectation(type: type, subject: "The argument '\(binding.parameter.name)'")
      let value = binding.value.map { build($0, inner, wanted).logic } ?? .constant(.null)
      parts.append((slots[place], type == TypeTable.any ? value : .typed(value, type)))
      arguments.append("\(binding.parameter.name): \(hidden("argument \(place + 1)"))")
    }
    let text = hidden("function") + "(" + arguments.joined(separator: ", ") + ")"
    var result = Type.any
    if case .function(_, let type) = callee.type { result = type }
    return (prepared(parts, text, inner, offset), result)
  }

  /// A call, made here, of a function in a slot.
  mutating func call(
    _ slot: Int, _ function: Logic, _ text: String, _ scope: Scope, _ offset: Int
  ) -> Logic {
    prepared([(slot: slot, logic: function)], text, scope, offset)
  }

  /// FEEL made here, over parts in slots.
  ///
  /// It may end in a text of the file, whose faults are shown in that text.
  private mutating func prepared(
    _ parts: [(slot: Int, logic: Logic)], _ text: String, _ scope: Scope, _ offset: Int,
    around inner: SourceText? = nil, after prefix: String = ""
  ) -> Logic {
    let start = prefix.unicodeScalars.count
    let shown = inner ?? SourceText(text: text, offset: offset)
    do {
      let expression = try parse(text, scope)
      note(expression.problems.map { $0.moved(by: start, into: shown.text) }, shown)
      return parts.isEmpty ? .expression(expression) : .prepared(parts, expression)
    } catch {
      note(error.list.map { $0.moved(by: start, into: shown.text) }, shown)
      return .unreadable(error.list.first?.message ?? "The expression cannot be read.")
    }
  }

  mutating func function(_ function: FunctionElement, _ scope: Scope)
    -> (logic: Logic, type: Type)
  {
    let types = function.parameters.map { self.types.resolve($0.type, in: model, for: element) }
    let feel = types.map { self.types.table.feel($0) }
    guard function.kind != .java else { return external(function, scope) }
    guard function.kind == .feel, let boxed = function.body else {
      note(
        code: "function", function.offset,
        function.kind == .pmml
          ? "Functions in PMML are not supported." : "The function has no body.")
      return (.unreadable("The function has no body."), .any)
    }
    var inner = scope
    let captured = inner.slotCount
    for (parameter, type) in zip(function.parameters, feel) {
      inner.declare(parameter.name, type)
    }
    let result = self.types.resolve(function.type, in: model, for: element)
    let body = build(
      boxed, inner, Expectation(type: functionResult(result), subject: "The function's result"))
    let resultType = result == TypeTable.any ? body.type : self.types.table.feel(result)
    let logic = FunctionLogic(
      parameters: zip(function.parameters, feel).map { Parameter($0.name, $1) }, types: types,
      captured: captured, result: functionResult(result), body: body.logic)
    return (.function(logic), .function(feel, resultType))
  }

  /// The type of what a function gives, where its declared type may be that of the function.
  func functionResult(_ type: TypeTable.Index) -> TypeTable.Index {
    if case .function = types.table.feel(type) { return TypeTable.any }
    return type
  }

  /// A function in Java: the class and method are FEEL texts in a boxed context.
  mutating func external(_ function: FunctionElement, _ scope: Scope)
    -> (logic: Logic, type: Type)
  {
    var parts: [String] = []
    if case .context(let entries)? = function.body?.kind {
      for entry in entries {
        if let name = entry.variable?.name, case .literal(let text, _) = entry.value.kind {
          parts.append("\(name): \(text.text)")
        }
      }
    }
    let parameters = function.parameters.map { parameter in
      parameter.type.map { "\(parameter.name): \($0.text)" } ?? parameter.name
    }
    let text =
      "function(" + parameters.joined(separator: ", ") + ") external {java: {"
      + parts.joined(separator: ", ") + "}}"
    return literal(SourceText(text: text, offset: function.offset), scope)
  }

  // MARK: - Filters, iterators

  mutating func filter(_ list: Boxed, _ match: Boxed, _ scope: Scope) -> Logic {
    var inner = scope
    let slot = inner.declare(hidden("list"))
    let built = build(list, inner)
    inner.declare(hidden("list"), built.type, slot: slot)
    let parts = [(slot: slot, logic: built.logic)]
    if case .literal(let text, _) = match.kind, match.type == nil {
      let prefix = hidden("list") + "["
      return prepared(
        parts, prefix + text.text + "\n]", inner, text.offset, around: text, after: prefix)
    }
    // A condition of another form is a function of the element and of its entries.
    var names = ["item"]
    if case .list(.context(let members)) = built.type { names += members.map(\.name) }
    let function = inner.declare(hidden("test"))
    var body = inner
    let captured = body.slotCount
    for name in names { body.declare(name) }
    let condition = build(match, body)
    let test = FunctionLogic(
      parameters: names.map { Parameter($0) }, types: names.map { _ in TypeTable.any },
      captured: captured, result: TypeTable.any, body: condition.logic)
    let arguments = ["item"] + names.dropFirst().map { "item." + $0 }
    return prepared(
      parts + [(function, .function(test))],
      hidden("list") + "[" + hidden("test") + "(\(arguments.joined(separator: ", ")))]", inner,
      match.offset)
  }

  mutating func iterator(
    _ iterator: IteratorElement, _ scope: Scope, _ expected: Expectation?
  ) -> (logic: Logic, type: Type) {
    if iterator.kind != .for { expect(.boolean, expected, iterator.body.offset) }
    if case .literal(let body, _) = iterator.body.kind, iterator.body.type == nil {
      return (iteratorText(iterator, body, scope), iterator.kind == .for ? .list(.any) : .boolean)
    }
    var inner = scope
    let list = iteratorList(iterator, scope)
    var itemType = Type.any
    if case .list(let element) = list.type { itemType = element }
    let slot = inner.declare(iterator.variable, itemType)
    let partial = inner.declare(iterator.kind == .for ? "partial" : hidden("partial"))
    let wanted = iterator.kind == .for ? expected.flatMap { items(of: $0) } : nil
    let body = build(iterator.body, inner, wanted)
    let logic = IteratorLogic(
      kind: iterator.kind, list: list.logic, slot: slot, partial: partial, body: body.logic)
    return (.iterator(logic), iterator.kind == .for ? .list(body.type) : .boolean)
  }

  private mutating func iteratorList(_ iterator: IteratorElement, _ scope: Scope)
    -> (logic: Logic, type: Type)
  {
    let list = build(iterator.list, scope)
    guard let name = iterator.type else { return list }
    let type = types.resolve(name, in: model, for: element)
    return type == TypeTable.any ? list : (.typed(list.logic, type), types.table.feel(type))
  }

  /// An iterator whose body is text is FEEL's own iteration.
  private mutating func iteratorText(
    _ iterator: IteratorElement, _ body: SourceText, _ scope: Scope
  ) -> Logic {
    var inner = scope
    var parts: [(slot: Int, logic: Logic)] = []
    var domain = hidden("list")
    if case .literal(let text, _) = iterator.list.kind, iterator.list.type == nil,
      iterator.type == nil
    {
      domain = text.text + "\n"
    } else {
      let slot = inner.declare(hidden("list"))
      let list = iteratorList(iterator, inner)
      inner.declare(hidden("list"), list.type, slot: slot)
      parts.append((slot, list.logic))
    }
    let joining = iterator.kind == .for ? "return" : "satisfies"
    let prefix = "\(iterator.kind.rawValue) \(iterator.variable) in \(domain) \(joining) "
    return prepared(
      parts, prefix + body.text, inner, body.offset, around: body, after: prefix)
  }
}

extension Diagnostic {
  /// The problem as one of a part of its text, which begins at a code point.
  fileprivate func moved(by start: Int, into text: String) -> Diagnostic {
    Diagnostic(
      code, severity: severity, message, expected: expected, mend: mend,
      span: Span(max(span.start - start, 0), max(span.end - start, 0)), text: text)
  }
}
