extension ModelWriter {
  /// Writes a boxed expression.
  func write(_ boxed: Boxed) {
    let attributes: [XMLWriter.Attribute] = [
      ("id", boxed.id), ("label", boxed.label), ("typeRef", type(boxed.type)),
    ]
    switch boxed.kind {
    case .literal(let text, _):
      xml.element("literalExpression", attributes) {
        xml.text("description", boxed.description)
        xml.text("text", text.text)
      }
    case .function(let function): write(function, as: "functionDefinition", boxed)
    case .table(let table): write(table, attributes, boxed.description)
    case .iterator(let iterator):
      xml.element(
        iterator.kind.rawValue, attributes + [("iteratorVariable", iterator.variable)]
      ) {
        xml.text("description", boxed.description)
        child("in", iterator.list, type: iterator.type)
        child(iterator.kind == .for ? "return" : "satisfies", iterator.body)
      }
    default:
      xml.element(name(of: boxed.kind), attributes) {
        xml.text("description", boxed.description)
        content(of: boxed.kind)
      }
    }
  }

  private func name(of kind: Boxed.Kind) -> String {
    switch kind {
    case .context: "context"
    case .list: "list"
    case .relation: "relation"
    case .invocation: "invocation"
    case .conditional: "conditional"
    default: "filter"
    }
  }

  private func content(of kind: Boxed.Kind) {
    switch kind {
    case .context(let entries):
      for entry in entries {
        xml.element("contextEntry") {
          write(entry.variable, as: "variable")
          write(entry.value)
        }
      }
    case .list(let items):
      for item in items { write(item) }
    case .relation(let columns, let rows):
      for column in columns { write(column, as: "column") }
      for row in rows {
        xml.element("row", [("id", row.id)]) {
          for cell in row.cells { write(cell) }
        }
      }
    case .invocation(let called, let bindings):
      if let called { write(called) }
      for binding in bindings {
        xml.element("binding") {
          write(binding.parameter, as: "parameter")
          if let value = binding.value { write(value) }
        }
      }
    case .conditional(let condition, let then, let otherwise):
      child("if", condition)
      child("then", then)
      child("else", otherwise)
    case .filter(let list, let match):
      child("in", list)
      child("match", match)
    case .literal, .function, .iterator, .table: break
    }
  }

  private func child(_ name: String, _ boxed: Boxed, type declared: TypeName? = nil) {
    xml.element(name, [("typeRef", type(declared))]) { write(boxed) }
  }

  /// Writes a function definition, or the logic of a business knowledge model.
  func write(_ function: FunctionElement, as name: String, _ boxed: Boxed? = nil) {
    let kind = function.kind == .feel ? nil : function.kind.rawValue
    xml.element(
      name,
      [
        ("id", function.id), ("label", boxed?.label), ("typeRef", type(function.type)),
        ("kind", kind),
      ]
    ) {
      xml.text("description", boxed?.description)
      for parameter in function.parameters { write(parameter, as: "formalParameter") }
      if let body = function.body { write(body) }
    }
  }
}

// MARK: - Decision tables

extension ModelWriter {
  private func write(
    _ table: DecisionTableElement, _ attributes: [XMLWriter.Attribute], _ description: String?
  ) {
    xml.element(
      "decisionTable",
      attributes + [
        ("hitPolicy", table.hitPolicy.rawValue), ("aggregation", table.aggregation?.rawValue),
        ("preferredOrientation", table.orientation), ("outputLabel", table.outputLabel),
      ]
    ) {
      xml.text("description", description)
      for input in table.inputs { write(input) }
      for output in table.outputs { write(output) }
      for annotation in table.annotations {
        xml.element("annotation", [("name", annotation)])
      }
      for rule in table.rules { write(rule) }
    }
  }

  private func write(_ input: InputClauseElement) {
    xml.element("input", [("id", input.id), ("label", input.label)]) {
      xml.element("inputExpression", [("typeRef", type(input.type))]) {
        xml.text("text", input.expression.text)
      }
      tests("inputValues", input.values)
    }
  }

  private func write(_ output: OutputClauseElement) {
    xml.element(
      "output",
      [
        ("id", output.id), ("label", output.label), ("name", output.name),
        ("typeRef", type(output.type)),
      ]
    ) {
      tests("outputValues", output.values)
      tests("defaultOutputEntry", output.defaultEntry)
    }
  }

  private func write(_ rule: RuleElement) {
    xml.element("rule", [("id", rule.id), ("label", rule.label)]) {
      xml.text("description", rule.description)
      for entry in rule.inputs { tests("inputEntry", entry) }
      for entry in rule.outputs { tests("outputEntry", entry) }
      for annotation in rule.annotations {
        xml.element("annotationEntry") { xml.text("text", annotation) }
      }
    }
  }
}
