extension ModelComparison {
  /// Notes what differs between two versions of a decision table.
  mutating func compare(
    _ old: DecisionTableElement, _ new: DecisionTableElement, _ element: String
  ) {
    compare(
      [old.hitPolicy.rawValue, old.aggregation?.rawValue ?? ""].joined(separator: " "),
      [new.hitPolicy.rawValue, new.aggregation?.rawValue ?? ""].joined(separator: " "),
      element, "the hit policy")
    columns(old.inputNames, new.inputNames, element, "input")
    columns(old.outputNames, new.outputNames, element, "output")
    for (name, one, two) in TablePair.common(old.inputNames, new.inputNames) {
      compare(
        old.inputs[one].values?.text, new.inputs[two].values?.text, element, "the values of \(name)"
      )
    }
    for (name, one, two) in TablePair.common(old.outputNames, new.outputNames) {
      let title = name.isEmpty ? "the output" : name
      let (before, after) = (old.outputs[one], new.outputs[two])
      compare(before.values?.text, after.values?.text, element, "the values of \(title)")
      compare(
        before.defaultEntry?.text, after.defaultEntry?.text, element, "the default of \(title)")
    }
    rules(TablePair(old, new), element)
  }

  private mutating func columns(
    _ old: [String], _ new: [String], _ element: String, _ kind: String
  ) {
    for name in new where !old.contains(name) {
      note(.added, element, "the \(kind) column \(name) is new.")
    }
    for name in old where !new.contains(name) {
      note(.removed, element, "the \(kind) column \(name) is gone.")
    }
  }

  private mutating func rules(_ pair: TablePair, _ element: String) {
    let matches = pair.matches()
    let moved = pair.isOrdered ? TablePair.outOfOrder(matches) : []
    var origin: [Int: Int] = [:]
    for (old, new) in matches { origin[new] = old }
    for (place, rule) in pair.new.rules.enumerated() {
      let title = TablePair.title(place, rule)
      guard let old = origin[place] else {
        note(.added, element, rule: title, "it is new: " + RuleSentence.of(rule, in: pair.new))
        continue
      }
      let differences = pair.differences(old, place)
      if !differences.isEmpty {
        note(.changed, element, rule: title, CellWords.list(differences, "and") + ".")
      }
      if moved.contains(place) {
        note(.moved, element, rule: title, "it was rule \(old + 1) before, and the order decides.")
      }
    }
    let kept = Set(matches.map(\.old))
    for (place, rule) in pair.old.rules.enumerated() where !kept.contains(place) {
      note(
        .removed, element, rule: TablePair.title(place, rule),
        "it is gone: " + RuleSentence.of(rule, in: pair.old))
    }
  }
}

/// Two versions of a decision table, whose rules are paired.
struct TablePair {
  let old: DecisionTableElement
  let new: DecisionTableElement

  typealias Match = (old: Int, new: Int)

  init(_ old: DecisionTableElement, _ new: DecisionTableElement) {
    self.old = old
    self.new = new
  }

  /// Whether the order of the rules makes a difference.
  var isOrdered: Bool { new.hitPolicy == .first || new.hitPolicy == .ruleOrder }

  static func title(_ place: Int, _ rule: RuleElement) -> String {
    "\(place + 1)" + (rule.id.map { " (\($0))" } ?? "")
  }

  /// The names that both versions have, with their places.
  static func common(_ old: [String], _ new: [String]) -> [(name: String, old: Int, new: Int)] {
    old.enumerated().compactMap { place, name in
      new.firstIndex(of: name).map { (name, place, $0) }
    }
  }

  /// The rules that are the same one: by id, then by the whole content, by the conditions, by
  /// the outputs.
  func matches() -> [Match] {
    var pairs: [Match] = []
    var openOld = Set(old.rules.indices)
    var openNew = Set(new.rules.indices)
    let keys: [(RuleElement) -> String?] = [
      { $0.id }, { Self.key($0.inputs) + "=>" + Self.key($0.outputs) }, { Self.key($0.inputs) },
      { Self.key($0.outputs) },
    ]
    for key in keys {
      var places: [String: [Int]] = [:]
      for place in openOld.sorted(by: >) {
        if let text = key(old.rules[place]) { places[text, default: []].append(place) }
      }
      for place in openNew.sorted() {
        guard let text = key(new.rules[place]), let match = places[text]?.popLast() else {
          continue
        }
        pairs.append((match, place))
        openOld.remove(match)
        openNew.remove(place)
      }
    }
    return pairs.sorted { $0.new < $1.new }
  }

  private static func key(_ cells: [SourceText]) -> String {
    cells.map { CellWords.oneLine($0.text) }.joined(separator: " | ")
  }

  /// The rules, by their new places, that left the order of the others: all but a longest
  /// sequence of pairs that kept it.
  static func outOfOrder(_ matches: [Match]) -> Set<Int> {
    // Patience: for each length, the pair that ends the sequence with the smallest old place.
    var ends: [Int] = []
    var previous: [Int?] = []
    for (index, match) in matches.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if matches[ends[middle]].old < match.old { low = middle + 1 } else { high = middle }
      }
      previous.append(low > 0 ? ends[low - 1] : nil)
      if low < ends.count { ends[low] = index } else { ends.append(index) }
    }
    var kept: Set<Int> = []
    var place = ends.last
    while let index = place {
      kept.insert(index)
      place = previous[index]
    }
    return Set(matches.indices.filter { !kept.contains($0) }.map { matches[$0].new })
  }

  /// What differs between two versions of a rule, a clause each.
  func differences(_ before: Int, _ after: Int) -> [String] {
    let (one, two) = (old.rules[before], new.rules[after])
    var clauses: [String] = []
    for (name, first, second) in Self.common(old.inputNames, new.inputNames) {
      let was = Self.cell(one.inputs, first)
      let now = Self.cell(two.inputs, second)
      guard was != now else { continue }
      let before = CellWords.predicate(was) ?? "took everything"
      let after = CellWords.predicate(now) ?? "takes everything"
      clauses.append("\(name) \(Self.past(before)), now \(after)")
    }
    for (name, first, second) in Self.common(old.outputNames, new.outputNames) {
      let was = Self.cell(one.outputs, first)
      let now = Self.cell(two.outputs, second)
      guard was != now else { continue }
      clauses.append("\(name.isEmpty ? "the output" : name) was \(was), is now \(now)")
    }
    let notes = { (rule: RuleElement) in
      rule.annotations.map(CellWords.oneLine).joined(separator: "; ")
    }
    if notes(one) != notes(two) {
      clauses.append("the note was “\(notes(one))”, is now “\(notes(two))”")
    }
    return clauses
  }

  private static func cell(_ cells: [SourceText], _ place: Int) -> String {
    place < cells.count ? CellWords.oneLine(cells[place].text) : "-"
  }

  /// A predicate as one of the past.
  private static func past(_ predicate: String) -> String {
    if predicate.hasPrefix("is ") { return "was " + predicate.dropFirst(3) }
    if predicate.hasPrefix("meets ") { return "met " + predicate.dropFirst(6) }
    return predicate
  }
}
