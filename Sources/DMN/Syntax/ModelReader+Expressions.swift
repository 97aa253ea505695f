extension ModelReader {
  /// The names of the elements that are expressions.
  private static let expressionNames: Set<String> = [
    "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
    "conditional", "filter", "for", "some", "every", "decisionTable",
  ]

  /// The first child that is an expression.
  mutating func firstExpression(in element: XMLElement) -> Boxed? {
    for child in element.children where child.namespace == element.namespace {
      if ModelReader.expressionNames.contains(child.name) { return expression(child) }
    }
    return nil
  }

  /// An expression that must be there.
  private mutating func expression(in element: XMLElement?, of parent: XMLElement, _ part: String)
    -> Boxed
  {
    guard let element, let found = firstExpression(in: element) else {
      note(
        code: "expression", at: (element ?? parent).offset,
        "The <\(part)> of <\(parent.name)> has no expression.",
        advice: "Expected a literalExpression, context, list, decisionTable or another one.")
      let null = SourceText(text: "null", offset: parent.offset)
      return Boxed(kind: .literal(null, language: nil), offset: parent.offset)
    }
    return found
  }

  /// Reads an expression element.
  mutating func expression(_ element: XMLElement) -> Boxed {
    Boxed(
      kind: kind(element), type: typeName(element.attribute("typeRef"), at: element.offset),
      id: element.attribute("id"), label: element.attribute("label"),
      description: text("description", in: element), offset: element.offset)
  }

  private mutating func kind(_ element: XMLElement) -> Boxed.Kind {
    switch element.name {
    case "literalExpression":
      if let imported = element.child("importedValues") {
        note(code: "importedValues", at: imported.offset, "Imported values are not supported.")
      }
      let empty = SourceText(text: "", offset: element.offset)
      return .literal(
        innerText(element) ?? empty, language: element.attribute("expressionLanguage"))
    case "context": return .context(contextEntries(element))
    case "list": return .list(expressions(in: element))
    case "relation": return relation(element)
    case "invocation": return invocation(element)
    case "functionDefinition": return .function(function(element))
    case "conditional":
      return .conditional(
        condition: expression(in: element.child("if"), of: element, "if"),
        then: expression(in: element.child("then"), of: element, "then"),
        otherwise: expression(in: element.child("else"), of: element, "else"))
    case "filter":
      return .filter(
        list: expression(in: element.child("in"), of: element, "in"),
        match: expression(in: element.child("match"), of: element, "match"))
    case "decisionTable": return .table(decisionTable(element))
    default: return iterator(element)
    }
  }

  private mutating func expressions(in element: XMLElement) -> [Boxed] {
    var list: [Boxed] = []
    for child in element.children where child.namespace == element.namespace {
      if ModelReader.expressionNames.contains(child.name) { list.append(expression(child)) }
    }
    return list
  }

  private mutating func contextEntries(_ element: XMLElement) -> [ContextEntryElement] {
    var entries: [ContextEntryElement] = []
    for child in element.children("contextEntry") {
      let variable = child.child("variable").map { informationItem($0) }
      let value = expression(in: child, of: element, "contextEntry")
      entries.append(ContextEntryElement(variable: variable, value: value))
    }
    return entries
  }

  private mutating func relation(_ element: XMLElement) -> Boxed.Kind {
    let columns = element.children("column").map { informationItem($0) }
    var rows: [RelationRow] = []
    for child in element.children("row") {
      let cells = expressions(in: child)
      if cells.count != columns.count {
        note(
          code: "relation", at: child.offset,
          "The row has \(cells.count) cells and the relation \(columns.count) columns.")
      }
      rows.append(RelationRow(id: child.attribute("id"), cells: cells, offset: child.offset))
    }
    return .relation(columns: columns, rows: rows)
  }

  private mutating func invocation(_ element: XMLElement) -> Boxed.Kind {
    var bindings: [BindingElement] = []
    for child in element.children("binding") {
      guard let parameter = child.child("parameter").map({ informationItem($0) }) else {
        note(code: "binding", at: child.offset, "The binding has no parameter.")
        continue
      }
      bindings.append(BindingElement(parameter: parameter, value: firstExpression(in: child)))
    }
    return .invocation(called: firstExpression(in: element), bindings: bindings)
  }

  mutating func function(_ element: XMLElement) -> FunctionElement {
    var function = FunctionElement(offset: element.offset)
    if let kind = element.attribute("kind") {
      if let known = FunctionElement.Kind(rawValue: kind) {
        function.kind = known
      } else {
        note(
          code: "functionKind", at: element.offset, "The function kind \(kind) is not known.",
          advice: "Expected FEEL, Java or PMML.")
      }
    }
    function.parameters = element.children("formalParameter").map { informationItem($0) }
    function.body = firstExpression(in: element)
    function.type = typeName(element.attribute("typeRef"), at: element.offset)
    function.id = element.attribute("id")
    return function
  }

  private mutating func iterator(_ element: XMLElement) -> Boxed.Kind {
    let kind = IteratorElement.Kind(rawValue: element.name) ?? .for
    let body = kind == .for ? "return" : "satisfies"
    let list = element.child("in")
    return .iterator(
      IteratorElement(
        kind: kind, variable: element.attribute("iteratorVariable") ?? "",
        type: typeName(list?.attribute("typeRef"), at: list?.offset ?? element.offset),
        list: expression(in: list, of: element, "in"),
        body: expression(in: element.child(body), of: element, body)))
  }
}

// MARK: - Decision tables

extension ModelReader {
  private mutating func decisionTable(_ element: XMLElement) -> DecisionTableElement {
    var table = DecisionTableElement()
    if let policy = element.attribute("hitPolicy") {
      if let known = HitPolicy(rawValue: policy) {
        table.hitPolicy = known
      } else {
        note(
          code: "hitPolicy", at: element.offset, "The hit policy \(policy) is not known.",
          advice: "Expected one of \(HitPolicy.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
    }
    if let name = element.attribute("aggregation") {
      table.aggregation = Aggregation(rawValue: name)
      if table.aggregation == nil {
        note(
          code: "aggregation", at: element.offset, "The aggregation \(name) is not known.",
          advice: "Expected SUM, COUNT, MIN or MAX.")
      }
    }
    table.orientation = element.attribute("preferredOrientation") ?? table.orientation
    table.outputLabel = element.attribute("outputLabel")
    for child in element.children("input") { table.inputs.append(inputClause(child)) }
    for child in element.children("output") { table.outputs.append(outputClause(child)) }
    table.annotations = element.children("annotation").map { $0.attribute("name") }
    for child in element.children("rule") {
      table.rules.append(rule(child, of: table, number: table.rules.count + 1))
    }
    if table.outputs.isEmpty {
      note(code: "outputs", at: element.offset, "The decision table has no output column.")
    }
    return table
  }

  private mutating func inputClause(_ element: XMLElement) -> InputClauseElement {
    let expression = element.child("inputExpression")
    if expression == nil {
      note(code: "inputExpression", at: element.offset, "The input column has no expression.")
    }
    return InputClauseElement(
      id: element.attribute("id"), label: element.attribute("label"),
      expression: expression.flatMap(innerText) ?? SourceText(text: "", offset: element.offset),
      language: expression?.attribute("expressionLanguage"),
      type: typeName(expression?.attribute("typeRef"), at: expression?.offset ?? element.offset),
      values: element.child("inputValues").flatMap(innerText))
  }

  private mutating func outputClause(_ element: XMLElement) -> OutputClauseElement {
    OutputClauseElement(
      id: element.attribute("id"), label: element.attribute("label"),
      name: element.attribute("name"),
      type: typeName(element.attribute("typeRef"), at: element.offset),
      values: element.child("outputValues").flatMap(innerText),
      defaultEntry: element.child("defaultOutputEntry").flatMap(innerText),
      offset: element.offset)
  }

  private mutating func rule(_ element: XMLElement, of table: DecisionTableElement, number: Int)
    -> RuleElement
  {
    let place = SourceText(text: "", offset: element.offset)
    let inputs = element.children("inputEntry").map { innerText($0) ?? place }
    let outputs = element.children("outputEntry").map { innerText($0) ?? place }
    if inputs.count != table.inputs.count {
      note(
        code: "rule", at: element.offset,
        "Rule \(number) has \(inputs.count) input entries and the table "
          + "\(table.inputs.count) input columns.")
    }
    if outputs.count != table.outputs.count {
      note(
        code: "rule", at: element.offset,
        "Rule \(number) has \(outputs.count) output entries and the table "
          + "\(table.outputs.count) output columns.")
    }
    return RuleElement(
      id: element.attribute("id"), label: element.attribute("label"),
      description: text("description", in: element), inputs: inputs, outputs: outputs,
      annotations: element.children("annotationEntry").map { text("text", in: $0) ?? "" },
      offset: element.offset)
  }
}
