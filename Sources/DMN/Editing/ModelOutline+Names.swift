/// What the elements of a model read and how it is called.

extension Definitions {
  /// What the names of the file are called besides.
  var declarations: [ModelOutline.Declaration] {
    var found = items.flatMap { $0.declarations(isType: true) }
    let declared = Set(
      inputs.flatMap { [$0.name, $0.variable?.name ?? $0.name] }
        + decisions.flatMap { [$0.name, $0.variable?.name ?? $0.name] })
    for input in inputs {
      let type = input.variable?.type?.text
      let names = [input.name, input.variable?.name ?? input.name]
      for name in Set(names) { found.append(name, names + [input.label, type]) }
      if let id = input.id, !declared.contains(id) {
        found.append(id, names + [input.label, type], isOnlyAlone: true)
      }
    }
    for decision in decisions {
      for name in decision.namesOfResult where !declared.contains(name) {
        found.append(name, [decision.name, decision.variable?.type?.text], isOnlyAlone: true)
      }
      if let variable = decision.variable {
        found.append(variable.name, [decision.name, variable.type?.text])
      }
      found += decision.logic?.declarations ?? []
    }
    for element in knowledge {
      for parameter in element.logic?.parameters ?? [] { found.append(parameter) }
      found += element.logic?.body?.declarations ?? []
    }
    return found
  }
}

extension ItemDefinition {
  fileprivate func declarations(isType: Bool) -> [ModelOutline.Declaration] {
    let own = ModelOutline.Declaration(
      name: name, others: type.map { [$0.text] } ?? [], isType: isType)
    return [own] + components.flatMap { $0.declarations(isType: false) }
  }
}

extension [ModelOutline.Declaration] {
  /// Adds a variable by its type.
  fileprivate mutating func append(_ variable: InformationItem) {
    append(variable.name, [variable.type?.text])
  }

  /// Adds a name by which something is read that is called otherwise too.
  fileprivate mutating func append(
    _ name: String, _ others: [String?], isOnlyAlone: Bool = false
  ) {
    let known = others.compactMap { $0 }.filter { $0 != name }
    guard !known.isEmpty else { return }
    append(
      ModelOutline.Declaration(
        name: name, others: known, isType: false, isOnlyAlone: isOnlyAlone))
  }
}

extension Boxed {
  /// The parts of the expression that are expressions themselves.
  private var parts: [Boxed] {
    switch kind {
    case .literal, .table: []
    case .context(let entries): entries.map(\.value)
    case .list(let items): items
    case .relation(_, let rows): rows.flatMap(\.cells)
    case .invocation(let called, let bindings):
      [called].compactMap { $0 } + bindings.compactMap(\.value)
    case .function(let function): [function.body].compactMap { $0 }
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .filter(let list, let match): [list, match]
    case .iterator(let iterator): [iterator.list, iterator.body]
    }
  }

  /// The variables that are named inside.
  private var variables: [InformationItem] {
    switch kind {
    case .context(let entries): entries.compactMap(\.variable)
    case .invocation(_, let bindings): bindings.map(\.parameter)
    case .relation(let columns, _): columns
    default: []
    }
  }

  /// Entries of contexts, columns of relations and parameters that are bound, also further in.
  var namesGiven: [String] {
    variables.map(\.name) + parts.flatMap(\.namesGiven)
  }

  /// What the variables inside are called besides.
  fileprivate var declarations: [ModelOutline.Declaration] {
    var found: [ModelOutline.Declaration] = []
    for variable in variables { found.append(variable) }
    if case .function(let function) = kind {
      for parameter in function.parameters { found.append(parameter) }
    }
    return found + parts.flatMap(\.declarations)
  }

  /// All expressions inside, cell by cell.
  var expressions: [ModelOutline.Expression] {
    switch kind {
    case .literal(let text, _): [.init(text: text.text)]
    case .table(let table): table.expressions
    default: parts.flatMap(\.expressions)
    }
  }
}

extension DecisionTableElement {
  fileprivate var expressions: [ModelOutline.Expression] {
    let columns = zip(inputNames, inputs).map {
      ModelOutline.Expression(text: $1.expression.text, column: $0)
    }
    let cells = rules.enumerated().flatMap { place, rule in
      zip(inputNames, rule.inputs).map {
        ModelOutline.Expression(text: $1.text, rule: place + 1, column: $0)
      }
        + zip(outputNames, rule.outputs).map {
          ModelOutline.Expression(text: $1.text, rule: place + 1, column: $0)
        }
    }
    let defaults = zip(outputNames, outputs).compactMap { name, output in
      output.defaultEntry.map {
        ModelOutline.Expression(text: $0.text, column: name, isDefault: true)
      }
    }
    return columns + cells + defaults
  }
}
