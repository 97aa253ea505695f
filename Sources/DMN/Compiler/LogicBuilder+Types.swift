import FEEL

/// What a value is used for: a declared type, and the words for what has it.
struct Expectation {
  var type: TypeTable.Index
  /// The beginning of a sentence, such as `The output 'share'`.
  var subject: String
}

extension Boxed {
  /// The text, where the expression is nothing but text.
  var text: SourceText? {
    if case .literal(let text, _) = kind { return text }
    return nil
  }
}

// MARK: - Values

extension LogicBuilder {
  /// Notes a value that can never be what is expected of it, so that it is always null.
  ///
  /// Of constants this is known, with the allowed values of the type; of other expressions only
  /// where their type is certain. Null is a value of every type.
  mutating func expect(
    _ built: (logic: Logic, type: Type), _ expected: Expectation?, _ offset: Int,
    _ text: SourceText?
  ) {
    guard let expected, expected.type != TypeTable.any else { return }
    let wanted = types.table.feel(expected.type)
    let shown = text.map(\.text.excerpt)
    guard case .constant(let value) = built.logic else {
      if !built.type.mayConvert(to: wanted) {
        noteMisfit(offset, LogicBuilder.sentence(expected.subject, wanted, built.type, shown))
      }
      return
    }
    guard !value.isNull else { return }
    guard wanted.converting(value) != nil else {
      noteMisfit(offset, LogicBuilder.sentence(expected.subject, wanted, value.type, shown))
      return
    }
    guard types.table[expected.type].isConstrained,
      types.table.convert(value, to: expected.type, Evaluation(now: .epoch)) == nil
    else { return }
    let allowed = types.table.constraints(of: expected.type).compactMap { $0?.text.excerpt }
    noteMisfit(
      offset,
      "\(expected.subject) takes "
        + (allowed.isEmpty ? "certain values" : allowed.joined(separator: " and "))
        + ", and \(shown ?? "its value") is none of them.",
      code: TableAnalysis.Finding.Kind.output.rawValue)
  }

  /// The same for the first of several expectations that is not met.
  mutating func expect(
    _ built: (logic: Logic, type: Type), _ expected: [Expectation], _ offset: Int,
    _ text: SourceText
  ) {
    let found = misfits.count
    for one in expected where misfits.count == found { expect(built, one, offset, text) }
  }

  /// The same for a value of which only the type is known.
  mutating func expect(_ type: Type, _ expected: Expectation?, _ offset: Int) {
    expect((.unreadable(""), type), expected, offset, nil)
  }

  /// The same for a list of several values, which is converted to no single one.
  mutating func expectNoScalar(_ expected: Expectation?, _ offset: Int) {
    guard let expected else { return }
    let wanted = types.table.feel(expected.type)
    switch wanted {
    case .any, .list: return
    default:
      noteMisfit(offset, LogicBuilder.sentence(expected.subject, wanted, .list(.any), nil))
    }
  }

  /// The same for a boxed context, which has no other entries than these.
  mutating func expect(_ members: [Type.Member], _ expected: Expectation?, _ offset: Int) {
    guard let expected else { return }
    guard case .context(let wanted) = types.table.feel(expected.type) else {
      expect(.context(members), expected, offset)
      return
    }
    let missing = wanted.first { entry in !members.contains { $0.name == entry.name } }
    guard let missing else { return }
    noteMisfit(
      offset, "\(expected.subject) has the entry '\(missing.name)', which is missing here.")
  }

  /// What keeps a value of one type from being one of another.
  private static func sentence(
    _ subject: String, _ wanted: Type, _ found: Type, _ text: String?
  ) -> String {
    let text = text ?? "its value"
    if case .context(let theirs) = wanted, case .context(let mine) = found {
      for entry in theirs {
        guard let own = mine.first(where: { $0.name == entry.name }) else {
          return "\(subject) has the entry '\(entry.name)', which \(text) lacks."
        }
        if own.type.mayConvert(to: entry.type) { continue }
        return "\(subject) has the entry '\(entry.name)', \(entry.type.phrase), but in \(text) "
          + "it is \(own.type.phrase)."
      }
    }
    return "\(subject) is \(wanted.phrase), but \(text) is \(found.phrase)."
  }
}

// MARK: - Parts of what is expected

extension LogicBuilder {
  /// What is expected of the elements of a list; nil where no list is, or nothing is known.
  func items(of expected: Expectation) -> Expectation? {
    guard case .list(let element) = shape(of: expected.type) else { return nil }
    return Expectation(type: element, subject: "An element of \(expected.subject.lowered)")
  }

  /// What is expected of an entry of a context, by its own declaration or else by the type of the
  /// context; nil where nothing is known.
  func entry(_ name: String, _ declared: TypeTable.Index, of expected: Expectation?)
    -> Expectation?
  {
    let subject = "The entry '\(name)'"
    if declared != TypeTable.any { return Expectation(type: declared, subject: subject) }
    guard let expected, case .context(let members) = shape(of: expected.type),
      let member = members.first(where: { $0.name == name })
    else { return nil }
    return Expectation(type: member.type, subject: subject)
  }

  /// What a type is made of behind its names.
  private func shape(of type: TypeTable.Index) -> TypeTable.Shape {
    var shape = types.table[type].shape
    // Circles were broken when the table was closed; the count is only a limit.
    for _ in types.table.entries {
      guard case .alias(let other) = shape else { break }
      shape = types.table[other].shape
    }
    return shape
  }

  /// What is expected of the outputs of one rule.
  mutating func ruleResult(
    of table: DecisionTableElement, _ expected: Expectation?, _ offset: Int
  ) -> Expectation? {
    guard let expected, expected.type != TypeTable.any else { return nil }
    switch table.hitPolicy {
    case .ruleOrder, .outputOrder: return items(of: expected)
    case .collect where table.aggregation == nil: return items(of: expected)
    case .collect where table.aggregation == .count:
      expect(.number, expected, offset)
      return nil
    default:
      if table.outputs.count > 1 { expect(.context([]), expected, offset) }
      return expected
    }
  }

  /// What is expected of the values of an output: its own type, and what the table is used for.
  ///
  /// An output whose own type can never be what the table is used for is noted.
  mutating func expectations(
    of clause: OutputClauseElement, _ name: String, _ declared: TypeTable.Index, isOnly: Bool,
    _ result: Expectation?
  ) -> [Expectation] {
    let isNamed = clause.name != nil || clause.label != nil
    let subject = isOnly && !isNamed ? "The output" : "The output '\(name)'"
    let use = isOnly ? result : result.flatMap { entry(name, TypeTable.any, of: $0) }
    guard declared != TypeTable.any else {
      return use.map { [Expectation(type: $0.type, subject: subject)] } ?? []
    }
    let own = Expectation(type: declared, subject: subject)
    guard let use else { return [own] }
    let type = types.table.feel(declared)
    guard type.mayConvert(to: types.table.feel(use.type)) else {
      noteMisfit(
        clause.offset,
        LogicBuilder.sentence(
          use.subject, types.table.feel(use.type), type, subject.lowered))
      return [own]
    }
    return [own, use]
  }
}

extension String {
  /// The text with a small first letter, for the middle of a sentence.
  fileprivate var lowered: String { prefix(1).lowercased() + dropFirst() }
}
