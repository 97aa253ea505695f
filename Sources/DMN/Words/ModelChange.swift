/// A difference between two versions of a model, in words.
public struct ModelChange: Sendable, Hashable, CustomStringConvertible {
  /// What kind of difference it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// It is in the new version only.
    case added
    /// It is in the old version only.
    case removed
    /// It is in both and differs.
    case changed
    /// A rule stands elsewhere in a table whose order matters.
    case moved
  }

  /// What kind of difference it is.
  public var kind: Kind
  /// The element: `decision price`, `input age`, `type tGrade`.
  public var element: String
  /// The rule by its number in the new version, or in the old one where it was removed, with its
  /// id; nil where the element itself differs.
  public var rule: String?
  /// What differs, in one sentence.
  public var sentence: String

  /// The difference as it is shown to people.
  public var description: String {
    element + (rule.map { ", rule \($0)" } ?? "") + ": " + sentence
  }
}

extension Model {
  /// What is different in this model from an older version of it.
  ///
  /// Elements are told apart by their names, rules by their ids, else by their content. Diagrams,
  /// layout and the order of what has no order make no difference.
  public func changes(since old: Model) -> [ModelChange] {
    var comparison = ModelComparison()
    let mine = definitions.map(\.content)
    let theirs = old.definitions.map(\.content)
    comparison.types(theirs.flatMap(\.items), mine.flatMap(\.items))
    comparison.inputs(theirs.flatMap(\.inputs), mine.flatMap(\.inputs))
    comparison.decisions(theirs.flatMap(\.decisions), mine.flatMap(\.decisions))
    comparison.knowledge(theirs.flatMap(\.knowledge), mine.flatMap(\.knowledge))
    comparison.services(theirs.flatMap(\.services), mine.flatMap(\.services))
    return comparison.changes
  }
}

/// Finds the differences between elements of two versions.
struct ModelComparison {
  private(set) var changes: [ModelChange] = []

  mutating func note(
    _ kind: ModelChange.Kind, _ element: String, rule: String? = nil, _ sentence: String
  ) {
    changes.append(ModelChange(kind: kind, element: element, rule: rule, sentence: sentence))
  }

  /// Notes that a property differs.
  mutating func compare(_ old: String?, _ new: String?, _ element: String, _ property: String) {
    let before = CellWords.oneLine(old ?? "")
    let after = CellWords.oneLine(new ?? "")
    guard before != after else { return }
    if before.isEmpty {
      note(.changed, element, "\(property) is now \(after); there was none.")
    } else if after.isEmpty {
      note(.changed, element, "\(property) was \(before) and is gone.")
    } else {
      note(.changed, element, "\(property) was \(before), is now \(after).")
    }
  }

  /// Pairs elements by name, notes those that are in one version only.
  private mutating func paired<T>(
    _ old: [T], _ new: [T], _ kind: String, _ name: (T) -> String
  ) -> [(String, T, T)] {
    let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(new.map(name))
    var pairs: [(String, T, T)] = []
    for element in new {
      let title = "\(kind) \(name(element))"
      if let earlier = before[name(element)] {
        pairs.append((title, earlier, element))
      } else {
        note(.added, title, "It is new.")
      }
    }
    for element in old where !names.contains(name(element)) {
      note(.removed, "\(kind) \(name(element))", "It is gone.")
    }
    return pairs
  }

  mutating func types(_ old: [ItemDefinition], _ new: [ItemDefinition]) {
    for (title, before, after) in paired(old, new, "type", \.name) {
      compare(before.words, after.words, title, "the definition")
    }
  }

  mutating func inputs(_ old: [InputDataElement], _ new: [InputDataElement]) {
    for (title, before, after) in paired(old, new, "input", \.name) {
      compare(before.variable?.type?.text, after.variable?.type?.text, title, "the type")
    }
  }

  mutating func decisions(_ old: [DecisionElement], _ new: [DecisionElement]) {
    for (title, before, after) in paired(old, new, "decision", \.name) {
      compare(before.variable?.type?.text, after.variable?.type?.text, title, "the type")
      compare(before.question, after.question, title, "the question")
      logic(before.logic, after.logic, title)
    }
  }

  mutating func knowledge(_ old: [BusinessKnowledgeElement], _ new: [BusinessKnowledgeElement]) {
    for (title, before, after) in paired(old, new, "business knowledge model", \.name) {
      let names = { (element: BusinessKnowledgeElement) in
        element.logic?.parameters.map { $0.name + ($0.type.map { ": \($0.text)" } ?? "") }
          .joined(separator: ", ")
      }
      compare(names(before), names(after), title, "the parameters")
      compare(before.variable?.type?.text, after.variable?.type?.text, title, "the type")
      logic(before.logic?.body, after.logic?.body, title)
    }
  }

  mutating func services(_ old: [DecisionServiceElement], _ new: [DecisionServiceElement]) {
    for (title, before, after) in paired(old, new, "decision service", \.name) {
      let parts = { (service: DecisionServiceElement) in
        (service.outputs + service.encapsulated + service.inputDecisions + service.inputData)
          .map(\.id).joined(separator: ", ")
      }
      compare(parts(before), parts(after), title, "what it is made of")
    }
  }

  private mutating func logic(_ old: Boxed?, _ new: Boxed?, _ title: String) {
    let before = old?.tables ?? []
    let after = new?.tables ?? []
    if let old, let new, before.count == after.count, !before.isEmpty {
      let isTable = { (boxed: Boxed) in
        if case .table = boxed.kind { return true }
        return false
      }
      if !isTable(old) || !isTable(new) {
        // The number of rules of an inner table is told rule by rule.
        compare(old.outline, new.outline, title, "the expression")
      }
      for (one, two) in zip(before, after) { compare(one, two, title) }
    } else {
      compare(old?.oneLine, new?.oneLine, title, "the expression")
    }
  }
}

extension Boxed {
  /// The expression on one line, without the sizes of its decision tables.
  fileprivate var outline: String {
    oneLine.replacing(/a decision table of \d+ rules?/, with: "a decision table")
  }
}

extension ItemDefinition {
  /// The definition on one line.
  fileprivate var words: String {
    var text = type?.text ?? ""
    if !components.isEmpty {
      text = "{ " + components.map { "\($0.name): \($0.words)" }.joined(separator: ", ") + " }"
    }
    if isCollection { text = "list of \(text)" }
    if let function {
      text =
        "function("
        + function.parameters.map { "\($0.name): \($0.type?.text ?? "Any")" }
        .joined(separator: ", ") + ") giving \(function.result?.text ?? "Any")"
    }
    if let allowedValues { text += " with the values \(CellWords.oneLine(allowedValues.text))" }
    if let constraint { text += " such that \(CellWords.oneLine(constraint.text))" }
    return text
  }
}
