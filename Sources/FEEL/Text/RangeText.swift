/// Reads the text of an interval whose endpoints are literals (`range(from)`, DMN 1.5, Table 72).
enum RangeText {
  /// The range; nil when the text is none, or an endpoint is no literal.
  static func range(_ text: String) -> ValueRange? {
    guard text.unicodeScalars.count <= longest,
      let parser = try? Parser(text, scope: Scope(), limits: .standard),
      let node = try? parser.parseWhole(),
      case .interval(let start, _, let end, _) = node.kind,
      isLiteral(start), isLiteral(end)
    else { return nil }
    guard case .range(let range) = Compiler().compile(node).constant else { return nil }
    return range
  }

  private static let longest = 10_000

  /// A literal, or a conversion of one such as `date("2024-02-29")`.
  private static func isLiteral(_ node: Node) -> Bool {
    switch node.kind {
    case .literal(let value):
      if case .function = value { return false }
      return !value.isNull
    case .callBuiltin(let builtin, .positional(let nodes)):
      return ["date", "time", "date and time", "duration"].contains(builtin.name)
        && nodes.allSatisfy(isLiteral)
    default: return false
    }
  }
}
