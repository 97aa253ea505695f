import DMN

/// Where the values came from that rules read of a client.
extension RuleEvaluation {
  /// Where the value of a cell came from: that of an input, or what a decision before it reads;
  /// nil where it is about what is asked.
  func source(of cell: TableTrace.Cell, in rules: RuleModel) -> ValueSource? {
    source(of: [cell.input], in: rules)
  }

  /// The same of what some names give together.
  private func source(of names: [String], in rules: RuleModel) -> ValueSource? {
    let found = names.flatMap { name in
      ClientValues.Name(rawValue: name).map { [$0.source(client)] }
        ?? sources(readBy: name, of: rules)
    }
    return [.history, .positions, .answer, .holdings, .profile].first(where: found.contains)
  }

  /// Where the values of a client came from that a decision reads.
  func sources(readBy decision: String, of rules: RuleModel) -> [ValueSource] {
    rules.placesRead(by: decision).compactMap { rules.inputs[$0]?.source(client) }
  }

  /// Where the amount of a need came from: the request that named it, or what the rule works it out
  /// from.
  func amountSource(_ hit: TableTrace.RuleHit?, isNamed: Bool) -> ValueSource {
    if isNamed { return .request }
    return source(of: hit?.reads["amount"] ?? [], in: book.needs) ?? .catalogue
  }
}
