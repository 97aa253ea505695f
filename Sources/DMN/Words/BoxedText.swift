extension Boxed {
  /// The expression as FEEL on one line; of a decision table, how large it is.
  ///
  /// Equal texts mean equal logic, which is how two versions of a model are compared.
  var oneLine: String {
    switch kind {
    case .literal(let text, _): return CellWords.oneLine(text.text)
    case .context(let entries):
      let parts = entries.map { entry in
        (entry.variable.map { "\($0.name): " } ?? "return ") + entry.value.oneLine
      }
      return "{ " + parts.joined(separator: ", ") + " }"
    case .list(let items): return "[" + items.map(\.oneLine).joined(separator: ", ") + "]"
    case .relation(let columns, let rows):
      let names = columns.map(\.name)
      let lines = rows.map { row in
        "{ "
          + zip(names, row.cells).map { "\($0): \($1.oneLine)" }.joined(separator: ", ") + " }"
      }
      return "[" + lines.joined(separator: ", ") + "]"
    case .invocation(let called, let bindings):
      let arguments = bindings.map { "\($0.parameter.name): \($0.value?.oneLine ?? "null")" }
      return (called?.oneLine ?? "null") + "(" + arguments.joined(separator: ", ") + ")"
    case .function(let function): return function.oneLine
    case .conditional(let condition, let then, let otherwise):
      return "if \(condition.oneLine) then \(then.oneLine) else \(otherwise.oneLine)"
    case .filter(let list, let match): return "\(list.oneLine)[\(match.oneLine)]"
    case .iterator(let iterator):
      let joining = iterator.kind == .for ? "return" : "satisfies"
      return "\(iterator.kind.rawValue) \(iterator.variable) in \(iterator.list.oneLine) "
        + "\(joining) \(iterator.body.oneLine)"
    case .table(let table): return table.oneLine
    }
  }

  /// The decision tables inside, outermost first.
  var tables: [DecisionTableElement] {
    switch kind {
    case .literal: []
    case .context(let entries): entries.flatMap(\.value.tables)
    case .list(let items): items.flatMap(\.tables)
    case .relation(_, let rows): rows.flatMap { $0.cells.flatMap(\.tables) }
    case .invocation(let called, let bindings):
      (called?.tables ?? []) + bindings.flatMap { $0.value?.tables ?? [] }
    case .function(let function): function.body?.tables ?? []
    case .conditional(let condition, let then, let otherwise):
      condition.tables + then.tables + otherwise.tables
    case .filter(let list, let match): list.tables + match.tables
    case .iterator(let iterator): iterator.list.tables + iterator.body.tables
    case .table(let table): [table]
    }
  }
}

extension FunctionElement {
  /// The function as FEEL on one line.
  var oneLine: String {
    let names = parameters.map { parameter in
      parameter.type.map { "\(parameter.name): \($0.text)" } ?? parameter.name
    }
    let kind = kind == .feel ? "" : " external \(kind.rawValue)"
    return "function(" + names.joined(separator: ", ") + ")\(kind) \(body?.oneLine ?? "null")"
  }
}

extension DecisionTableElement {
  /// What kind of table it is.
  fileprivate var oneLine: String {
    "a decision table of \(rules.count) \(rules.count == 1 ? "rule" : "rules")"
  }

  /// The names of the input columns.
  var inputNames: [String] {
    inputs.map { input in
      if let label = input.label, !label.isEmpty { return label }
      return CellWords.oneLine(input.expression.text)
    }
  }

  /// The names of the output columns; that of a single one without a name is empty.
  var outputNames: [String] {
    outputs.enumerated().map { place, output in
      output.name ?? output.label ?? (outputs.count == 1 ? "" : "output \(place + 1)")
    }
  }
}

extension HitPolicy {
  /// How the hits make the result, in a sentence.
  func sentence(_ aggregation: Aggregation?) -> String {
    switch self {
    case .unique: return "At most one rule hits."
    case .first: return "The first rule that hits decides."
    case .priority: return "Of the rules that hit, the one with the first output value decides."
    case .any: return "The rules that hit must agree."
    case .ruleOrder: return "All rules that hit count, in the order of the table."
    case .outputOrder: return "All rules that hit count, in the order of the output values."
    case .collect:
      switch aggregation {
      case nil: return "All rules that hit count."
      case .sum: return "The outputs of the rules that hit are added up."
      case .count: return "The rules that hit are counted."
      case .min: return "The smallest output of the rules that hit decides."
      case .max: return "The largest output of the rules that hit decides."
      }
    }
  }
}
