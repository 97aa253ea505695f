/// A decision or business knowledge model in words, for people who do not read DMN.
public struct ElementWords: Sendable, Hashable {
  /// What kind of element it is: `Decision` or `Business knowledge model`.
  public var kind: String
  /// The name.
  public var name: String
  /// What it says about itself, what it needs and how it decides, a sentence each.
  public var sentences: [String]
  /// Its rules in the order of the tables.
  public var rules: [RuleWords]

  /// A rule of a decision table in words.
  public struct RuleWords: Sendable, Hashable {
    /// The number of the rule, from 1.
    public var number: Int
    /// The id of the rule in its file.
    public var id: String?
    /// The conditions, the outputs and the notes of the rule.
    public var sentence: String
  }
}

extension ElementWords: CustomStringConvertible {
  /// The element as it is shown to people, over several lines.
  public var description: String {
    var lines = ["\(kind) \(name)"]
    lines += sentences.map { "  " + $0 }
    lines += rules.map { rule in
      "  \(rule.number)\(rule.id.map { " (\($0))" } ?? ""): \(rule.sentence)"
    }
    return lines.joined(separator: "\n")
  }
}

extension Model {
  /// The decisions and business knowledge models in words, in the order of the files.
  public var words: [ElementWords] {
    definitions.flatMap { source in
      source.content.decisions.map { $0.words(in: source.content) }
        + source.content.knowledge.map { $0.words(in: source.content) }
    }
  }
}

extension Definitions {
  /// The name of an element that a requirement points at.
  fileprivate func name(of reference: ElementReference) -> String {
    let id = reference.id
    return decisions.first { $0.id == id }?.name ?? inputs.first { $0.id == id }?.name
      ?? knowledge.first { $0.id == id }?.name ?? services.first { $0.id == id }?.name
      ?? sources.first { $0.id == id }?.name ?? id
  }

  /// A sentence about what an element needs.
  fileprivate func needs(_ verb: String, _ references: [ElementReference]) -> [String] {
    guard !references.isEmpty else { return [] }
    return ["\(verb) " + CellWords.list(references.map { name(of: $0) }, "and") + "."]
  }
}

extension DecisionElement {
  fileprivate func words(in model: Definitions) -> ElementWords {
    var sentences = [description, question].compactMap { $0 }.map(CellWords.oneLine)
    sentences += model.needs("It looks at", requiredInputs + requiredDecisions)
    sentences += model.needs("It calls", requiredKnowledge)
    sentences += model.needs("It rests on", authorities.map(\.reference))
    var words = ElementWords(kind: "Decision", name: name, sentences: sentences, rules: [])
    if let type = variable?.type {
      words.sentences.append("Its value is of the type \(type.text).")
    }
    if let logic { words.add(logic, named: name) }
    return words
  }
}

extension BusinessKnowledgeElement {
  fileprivate func words(in model: Definitions) -> ElementWords {
    var sentences = [description].compactMap { $0 }.map(CellWords.oneLine)
    sentences += model.needs("It calls", requiredKnowledge)
    sentences += model.needs("It rests on", authorities.map(\.reference))
    var words = ElementWords(
      kind: "Business knowledge model", name: name, sentences: sentences, rules: [])
    guard let logic else { return words }
    if let body = logic.body, case .table = body.kind {
      let names = logic.parameters.map(\.name)
      if !names.isEmpty {
        words.sentences.append("It is given " + CellWords.list(names, "and") + ".")
      }
      words.add(body, named: name)
    } else {
      words.sentences.append("It is " + logic.oneLine + ".")
      for table in logic.body?.tables ?? [] { words.add(table, named: name) }
    }
    return words
  }
}

extension ElementWords {
  fileprivate mutating func add(_ logic: Boxed, named name: String) {
    if case .table = logic.kind {} else { sentences.append("It is " + logic.oneLine + ".") }
    for table in logic.tables { add(table, named: name) }
  }

  fileprivate mutating func add(_ table: DecisionTableElement, named name: String) {
    sentences.append(table.hitPolicy.sentence(table.aggregation))
    let defaults = zip(table.outputNames, table.outputs).compactMap { name, output in
      output.defaultEntry.map { RuleSentence.output(name, $0.text) }
    }
    if !defaults.isEmpty {
      sentences.append("Without a hit, " + CellWords.list(defaults, "and") + ".")
    }
    for (place, rule) in table.rules.enumerated() {
      rules.append(
        RuleWords(
          number: place + 1, id: rule.id, sentence: RuleSentence.of(rule, in: table)))
    }
  }
}

/// Rules as sentences.
enum RuleSentence {
  static func of(_ rule: RuleElement, in table: DecisionTableElement) -> String {
    let clauses = zip(table.inputNames, rule.inputs).compactMap { CellWords.clause($0, $1.text) }
    let outputs = zip(table.outputNames, rule.outputs).map { output($0, $1.text) }
    let notes = (rule.annotations + [rule.description ?? "", rule.label ?? ""])
      .filter { !$0.isBlank }.map { CellWords.oneLine($0) }
    let start = clauses.isEmpty ? "Always " : "If " + CellWords.list(clauses, "and") + ", then "
    return start + CellWords.list(outputs, "and") + "."
      + (notes.isEmpty ? "" : " (" + notes.joined(separator: "; ") + ")")
  }

  /// An output as a clause.
  static func output(_ name: String, _ text: String) -> String {
    let plain = CellWords.oneLine(text)
    return name.isEmpty ? plain : "\(name) is \(plain)"
  }
}

extension String {
  /// Whether the text has nothing but white space.
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
