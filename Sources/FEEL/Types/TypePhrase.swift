extension Type {
  /// The type as a sentence names it, such as `a number` or `a list of strings`.
  public var phrase: String {
    switch self {
    case .any: "any value"
    case .null: "null"
    case .list(let element): element.plural.map { "a list of \($0)" } ?? "a list"
    case .context: "a context"
    case .function: "a function"
    case .range(let element): element.plural.map { "a range of \($0)" } ?? "a range"
    default: "a \(self)"
    }
  }

  /// Several of the type; nil where nothing is known of it.
  private var plural: String? {
    switch self {
    case .any, .null: nil
    case .boolean, .number, .string, .date, .time: "\(self)s"
    case .dateTime: "dates and times"
    case .daysTime: "days and time durations"
    case .yearsMonths: "years and months durations"
    case .list: "lists"
    case .context: "contexts"
    case .function: "functions"
    case .range: "ranges"
    }
  }
}

extension String {
  /// The most characters of a text that a sentence quotes.
  private static let excerptLimit = 60

  /// The text on one line, cut where it is long.
  package var excerpt: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= Self.excerptLimit ? line : line.prefix(Self.excerptLimit - 1) + "…"
  }
}
