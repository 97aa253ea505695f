/// Names that a model can use for columns, whatever the data calls these.
struct ModelNames {
  private var taken: Set<String> = [
    ScorecardRecord.decision, ScorecardModel.points, ScorecardModel.probability,
    ScorecardModel.flagged,
  ]

  /// Words of FEEL that no name may be.
  private static let words: Set<String> = [
    "and", "between", "date", "duration", "else", "every", "external", "false", "for", "function",
    "if", "in", "instance", "item", "not", "null", "of", "or", "partial", "return", "satisfies",
    "some", "then", "time", "true",
  ]

  /// A name of letters, digits and underscores that no other column has.
  mutating func name(for column: String) -> String {
    var name = ""
    for scalar in column.unicodeScalars.prefix(60) {
      let isLetter = scalar.properties.isAlphabetic && scalar.value < 0x2000
      let isDigit = ("0"..."9").contains(scalar)
      name.unicodeScalars.append(isLetter || isDigit ? scalar : "_")
    }
    if name.unicodeScalars.first.map({ ("0"..."9").contains($0) }) ?? true { name = "_" + name }
    if Self.words.contains(name) { name += "_" }
    var free = name
    var count = 2
    while !taken.insert(free).inserted {
      free = "\(name)_\(count)"
      count += 1
    }
    return free
  }
}
