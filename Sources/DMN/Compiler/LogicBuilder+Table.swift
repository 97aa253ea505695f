import FEEL

extension LogicBuilder {
  /// Compiles a decision table.
  ///
  /// - Parameter expected: what its result is used for.
  mutating func table(
    _ table: DecisionTableElement, _ scope: Scope, _ offset: Int, _ expected: Expectation?
  ) -> TableLogic {
    checkPolicy(table, offset)
    let wanted = ruleResult(of: table, expected, offset)
    var inner = scope
    let inputs = table.inputs.indices.map { inner.declare(hidden("input \($0 + 1)")) }
    var columns: [TableLogic.Column] = []
    for (place, clause) in table.inputs.enumerated() {
      columns.append(column(clause, place, table, inner, input: inputs[place]))
    }
    var outputs: [TableLogic.Output] = []
    for (place, clause) in table.outputs.enumerated() {
      outputs.append(output(clause, place, table, inner, wanted))
    }
    let rules = table.rules.map { rule in
      TableLogic.Rule(
        id: rule.id,
        annotations: rule.annotations.enumerated().map { place, text in
          let name = place < table.annotations.count ? table.annotations[place] ?? "" : ""
          return TableTrace.Annotation(name: name, text: text)
        })
    }
    return TableLogic(
      hitPolicy: table.hitPolicy, aggregation: aggregation(table, inner), columns: columns,
      outputs: outputs, rules: rules)
  }

  /// How a COLLECT table makes one value of many: by FEEL's own functions.
  private mutating func aggregation(_ table: DecisionTableElement, _ scope: Scope)
    -> TableLogic.Aggregating
  {
    guard table.hitPolicy == .collect, let kind = table.aggregation else { return .list }
    if kind == .count { return .count }
    var inner = scope
    let slot = inner.declare(hidden("outputs"), .list(.any))
    let text = kind.rawValue.lowercased() + "(" + hidden("outputs") + ")"
    guard let expression = try? parse(text, inner) else { return .list }
    return .function(expression, slot: slot)
  }

  private mutating func checkPolicy(_ table: DecisionTableElement, _ offset: Int) {
    let isCollect = table.hitPolicy == .collect
    if table.aggregation != nil, !isCollect {
      note(
        code: "aggregation", offset,
        "An aggregation stands with the hit policy \(table.hitPolicy.rawValue).",
        severity: .warning, advice: "Only COLLECT aggregates; it is passed over.")
    }
    let names = table.outputs.compactMap(\.name)
    if table.outputs.count > 1, names.count < table.outputs.count {
      note(
        code: "outputName", offset, "A table with several outputs must name each of them.",
        severity: .warning)
    }
    let isOrdered = table.hitPolicy == .priority || table.hitPolicy == .outputOrder
    if isOrdered, table.outputs.allSatisfy({ $0.values == nil }) {
      note(
        code: "outputValues", offset,
        "The hit policy \(table.hitPolicy.rawValue) needs output values for the order.",
        severity: .warning, advice: "List the outputs in outputValues, the first one first.")
    }
  }

  // MARK: - Columns

  private mutating func column(
    _ clause: InputClauseElement, _ place: Int, _ table: DecisionTableElement, _ scope: Scope,
    input: Int
  ) -> TableLogic.Column {
    let text = clause.expression.text.trimmingXMLSpace
    let name = clause.label.flatMap { $0.isEmpty ? nil : $0 } ?? text
    tableColumn = name.isEmpty ? "\(place + 1)" : name
    defer { tableColumn = nil }
    let built = literal(clause.expression, scope)
    let declared = types.resolve(clause.type, in: model, for: element)
    expect(
      (.unreadable(""), built.type), Expectation(type: declared, subject: "The input '\(name)'"),
      clause.expression.offset, clause.expression)
    let type = declared == TypeTable.any ? built.type : types.table.feel(declared)
    var values: UnaryTests?
    if let allowed = clause.values, !allowed.isBlank { values = tests(allowed, type, scope) }
    var cells: [ColumnCell] = []
    var texts: [String] = []
    var general: [Int: UnaryTests] = [:]
    var known: [String: ColumnCell] = [:]
    cells.reserveCapacity(table.rules.count)
    texts.reserveCapacity(table.rules.count)
    for (number, rule) in table.rules.enumerated() {
      guard place < rule.inputs.count else {
        cells.append(.any)
        texts.append("-")
        continue
      }
      self.rule = number + 1
      let text = rule.inputs[place]
      texts.append(text.text)
      if let cell = known[text.text] {
        cells.append(cell)
        continue
      }
      let found = problems.count + misfits.count
      let cell = self.cell(text, type, scope, number, &general)
      if cell != .general, problems.count + misfits.count == found { known[text.text] = cell }
      cells.append(cell)
    }
    self.rule = nil
    return TableLogic.Column(
      name: name, reads: text, expression: built.logic, node: node(of: built.logic), input: input,
      type: isCertain(built, declared) ? nil : declared, feelType: type, values: values,
      index: ColumnIndex(cells, type: type, allowed: allowedCells(values, declared, built.type)),
      tests: general, texts: texts)
  }

  /// The allowed values of a column and of its type, as cells.
  private func allowedCells(_ values: UnaryTests?, _ declared: TypeTable.Index, _ type: Type)
    -> [ColumnCell]
  {
    let constraints = [values] + types.table.constraints(of: declared)
    return constraints.compactMap { $0?.form.flatMap { ColumnCell($0) } }
  }

  /// The node whose value an expression is, if it is nothing but its name.
  private func node(of logic: Logic) -> Int? {
    guard case .expression(let expression) = logic, let slot = expression.slot,
      slot < slots.count, case .node(let node) = slots[slot]
    else { return nil }
    return node
  }

  /// Whether the value of a column surely has the declared type already.
  private func isCertain(_ built: (logic: Logic, type: Type), _ declared: TypeTable.Index)
    -> Bool
  {
    if declared == TypeTable.any { return true }
    guard !types.table[declared].isConstrained, case .expression(let expression) = built.logic
    else { return false }
    return expression.slot != nil && built.type == types.table.feel(declared)
      && built.type != .any
  }

  private mutating func cell(
    _ text: SourceText, _ type: Type, _ scope: Scope, _ rule: Int,
    _ general: inout [Int: UnaryTests]
  ) -> ColumnCell {
    let plain = text.text.trimmingXMLSpace
    if plain == "-" { return .any }
    if plain.isEmpty {
      if strictness == .strict {
        note(
          code: "emptyCell", text.offset, "The cell is empty.", severity: .warning,
          advice: "It takes every input. Write - to say so.")
      }
      return .any
    }
    guard let tests = tests(text, type, scope) else { return .tests([], negated: false) }
    if let simple = tests.form.flatMap({ ColumnCell($0) }) { return simple }
    general[rule] = tests
    return .general
  }

  mutating func tests(_ text: SourceText, _ type: Type, _ scope: Scope) -> UnaryTests? {
    do {
      let tests = try UnaryTests.parse(text.text, input: type, scope: scope)
      note(tests.problems, text)
      readSlots.formUnion(tests.slotsRead)
      return tests
    } catch {
      note(error.list, text)
      return nil
    }
  }

  // MARK: - Outputs

  private mutating func output(
    _ clause: OutputClauseElement, _ place: Int, _ table: DecisionTableElement, _ scope: Scope,
    _ result: Expectation?
  ) -> TableLogic.Output {
    let name = clause.name ?? clause.label ?? "output \(place + 1)"
    tableColumn = table.outputs.count == 1 ? clause.name ?? clause.label ?? element : name
    defer { tableColumn = nil }
    let type = types.resolve(clause.type, in: model, for: element)
    let wanted = expectations(of: clause, name, type, isOnly: table.outputs.count == 1, result)
    var output = TableLogic.Output(
      name: name, type: type, ranks: [:], defaultEntry: nil, constants: [], entries: [:],
      texts: [:],
      values: nil)
    if let values = clause.values, !values.isBlank {
      output.ranks = ranks(values, scope)
      output.values = tests(values, types.table.feel(type), scope)
    }
    if let entry = clause.defaultEntry, !entry.isBlank {
      let built = literal(entry, scope)
      expect(built, wanted, entry.offset, entry)
      output.defaultEntry = built.logic
    }
    var known: [String: Value] = [:]
    for (number, rule) in table.rules.enumerated() {
      guard place < rule.outputs.count else {
        output.constants.append(.some(.null))
        continue
      }
      self.rule = number + 1
      let text = rule.outputs[place]
      if let value = known[text.text] {
        output.constants.append(value)
        continue
      }
      let found = misfits.count
      let built = literal(text, scope)
      let logic = built.logic
      expect(built, wanted, text.offset, text)
      if case .constant(let value) = logic, let typed = constant(value, type) {
        if misfits.count == found { known[text.text] = typed }
        output.constants.append(typed)
      } else {
        output.constants.append(nil)
        output.entries[number] = logic
        output.texts[number] = text.text
        if case .expression(let expression) = logic {
          output.reads[number] = scope.names.filter { name in
            scope.slot(of: name).map(expression.slotsRead.contains) ?? false
          }
        }
      }
    }
    self.rule = nil
    return output
  }

  /// A constant output of its type; nil when the type has constraints or does not fit.
  private func constant(_ value: Value, _ type: TypeTable.Index) -> Value? {
    if type == TypeTable.any { return value }
    guard !types.table[type].isConstrained else { return nil }
    return types.table.feel(type).converting(value)
  }

  /// The output values with their places, the first of which has the highest priority.
  private mutating func ranks(_ text: SourceText, _ scope: Scope) -> [Value: Int] {
    guard let expression = try? parse("[" + text.text + "\n]", scope),
      case .list(let values)? = expression.constant
    else {
      note(
        code: "outputValues", text.offset, "The output values are no list of constants.",
        severity: .warning, advice: "Expected constants with commas between, such as \"A\", \"B\".")
      return [:]
    }
    var ranks: [Value: Int] = [:]
    for value in values where ranks[value] == nil { ranks[value] = ranks.count }
    return ranks
  }
}
