import FEEL

/// The cells of decision tables in the words of people.
enum CellWords {
  /// What a cell asks of an input, to stand after its name; nil where it takes every input.
  static func predicate(_ text: String) -> String? {
    let plain = text.trimmingXMLSpace
    if plain.isEmpty || plain == "-" { return nil }
    guard let tests = try? UnaryTests.parse(plain), let form = tests.form else {
      return "meets \(oneLine(plain))"
    }
    return predicate(form) ?? "meets \(oneLine(plain))"
  }

  /// A condition on an input as a clause; nil where the cell takes every input.
  static func clause(_ name: String, _ text: String) -> String? {
    predicate(text).map { "\(name) \($0)" }
  }

  /// A text on one line.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
  }

  /// Items as a sentence lists them.
  static func list(_ items: [String], _ word: String) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  private static func predicate(_ form: CellForm) -> String? {
    switch form {
    case .any, .boolean(true): return "may be anything"
    case .boolean(false): return "is never right"
    case .compare(let comparison, let value): return compare(comparison, value)
    case .range(let range): return interval(range)
    case .set(let forms):
      if let values = equals(forms) { return "is " + list(values, "or") }
      let parts = forms.compactMap { predicate($0) }
      return parts.count == forms.count ? list(parts, "or") : nil
    case .negation(.compare(.equal, let value)): return "is not \(value)"
    case .negation(.set(let forms)):
      guard let values = equals(forms) else { return nil }
      return values.count == 1 ? "is not \(values[0])" : "is neither " + list(values, "nor")
    case .negation(let inner):
      return predicate(inner).flatMap { $0.hasPrefix("is ") ? "is not " + $0.dropFirst(3) : nil }
    }
  }

  private static func compare(_ comparison: Comparison, _ value: Value) -> String {
    let isTime =
      switch value {
      case .date, .dateTime, .time: true
      default: false
      }
    return switch comparison {
    case .equal: "is \(value)"
    case .notEqual: "is not \(value)"
    case .less: isTime ? "is before \(value)" : "is less than \(value)"
    case .lessOrEqual: isTime ? "is not after \(value)" : "is at most \(value)"
    case .greater: isTime ? "is after \(value)" : "is more than \(value)"
    case .greaterOrEqual: isTime ? "is not before \(value)" : "is at least \(value)"
    }
  }

  private static func interval(_ range: ValueRange) -> String {
    if range.startIncluded, range.endIncluded { return "is from \(range.start) to \(range.end)" }
    let upper = compare(range.endIncluded ? .lessOrEqual : .less, range.end)
    return compare(range.startIncluded ? .greaterOrEqual : .greater, range.start) + " and "
      + upper.dropFirst(3)
  }

  private static func equals(_ forms: [CellForm]) -> [String]? {
    let values = forms.compactMap { form -> String? in
      guard case .compare(.equal, let value) = form else { return nil }
      return "\(value)"
    }
    return values.count == forms.count && !values.isEmpty ? values : nil
  }
}
