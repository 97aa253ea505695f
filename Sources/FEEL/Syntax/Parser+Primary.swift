import Quantities

/// Literals, names, parentheses, lists and intervals.
extension Parser {
  func parsePrimary(negated: Int? = nil) throws(Fault) -> Node {
    let start = negated ?? token.span.start
    switch token.kind {
    case .number: return try parseNumber(from: start, negated: negated != nil)
    case .string:
      let value = token.text
      try advance()
      return try make(.literal(.string(value)), from: start, .string)
    case .word: return try parseWord()
    case .symbol: return try parseSymbol()
    case .end: throw expressionMissing()
    }
  }

  func expressionMissing() -> Fault {
    let before = index > 0 ? " after \(tokens[index - 1].shown)" : ""
    return problem(
      .expressionMissing, "an expression is missing\(before); \(token.shown) stands there",
      expected: "a value, a name, '(', '[', '{', 'if', 'for', 'some', 'every' or 'function'",
      at: token.span)
  }

  private func parseNumber(from start: Int, negated: Bool) throws(Fault) -> Node {
    guard let value = Decimal128(token.text), value.isFinite else {
      throw problem(
        .numberInvalid, "the number \(token.text) is beyond decimal128",
        expected: "at most 34 digits and an exponent up to 6144", at: token.span)
    }
    try advance()
    return try make(.literal(.number(negated ? -value : value)), from: start, .number)
  }

  private func parseWord() throws(Fault) -> Node {
    let start = token.span.start
    if Token.keywords.contains(token.text), let match = scope.longestName(tokens[index...]),
      match.count > 1
    {
      // The standard forbids names that begin with a keyword; models have them all the same.
      return try parseName()
    }
    switch token.text {
    case "null":
      try advance()
      return try make(.literal(.null), from: start, .null)
    case "true", "false":
      let value = token.text == "true"
      try advance()
      return try make(.literal(.boolean(value)), from: start, .boolean)
    case "if": return try parseCondition()
    case "for": return try parseLoop()
    case "some", "every": return try parseQuantified()
    case "function" where token(after: 1).isSymbol("("): return try parseFunction()
    case let word where Token.joining.contains(word): throw expressionMissing()
    default: return try parseName()
    }
  }

  private func parseSymbol() throws(Fault) -> Node {
    if let comparison = Comparison(rawValue: token.text) {
      let start = token.span.start
      try advance()
      let endpoint = try parseEndpoint()
      return try make(
        .comparisonRange(comparison, endpoint), from: start, .range(endpoint.type),
        over: [endpoint])
    }
    switch token.text {
    case "(": return try parseParenthesis()
    case "[": return try parseBracket()
    case "]": return try parseInterval(startIncluded: false)
    case "{": return try parseContext()
    case "@": return try parseAtLiteral()
    default: throw expressionMissing()
    }
  }

  /// Rule 65: `@"…"` with a date, a time, a date and time or a duration.
  private func parseAtLiteral() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    guard token.kind == .string else {
      throw missing("a string such as \"2024-02-29\"", after: "after '@'")
    }
    let value = TemporalText.value(of: token.text)
    let literal = token
    try advance()
    if value.isNull {
      note(
        .literalInvalid, "\"\(literal.text)\" is no date, time, date and time or duration",
        expected: "such as @\"2024-02-29\", @\"23:59:00\", @\"2024-02-29T23:59:00Z\", @\"P1D\"",
        at: span(from: start))
    }
    return try make(.literal(value), from: start, value.type)
  }

  private func parseParenthesis() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    let inner = try parseExpression()
    if token.isSymbol("..") {
      return try parseIntervalEnd(inner, startIncluded: false, from: start)
    }
    try expect(symbol: ")", after: "to close the parenthesis")
    return Node(inner, in: span(from: start))
  }

  private func parseBracket() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    if try take(symbol: "]") { return try make(.list([]), from: start, .list(.null)) }
    var items = [try parseExpression()]
    if token.isSymbol("..") {
      return try parseIntervalEnd(items[0], startIncluded: true, from: start)
    }
    while try take(symbol: ",") { items.append(try parseExpression()) }
    try expect(symbol: "]", after: "to close the list")
    let type = items.dropFirst().reduce(items[0].type) { $0.joined(with: $1.type) }
    return try make(.list(items), from: start, .list(type), over: items)
  }

  private func parseInterval(startIncluded: Bool) throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    let low = try parseExpression()
    return try parseIntervalEnd(low, startIncluded: startIncluded, from: start)
  }

  /// Reads `.. end` and the closing bracket.
  ///
  /// An end such as `10[` may close an open interval or
  /// begin a filter, so the filter is tried first.
  private func parseIntervalEnd(
    _ low: Node, startIncluded: Bool, from start: Int
  ) throws(Fault) -> Node {
    try expect(symbol: "..", after: "between the endpoints of the interval")
    let filtered = try attempt { parser throws(Fault) in
      let node = try parser.parseExpression()
      if !parser.closesInterval { throw parser.missing("']'", after: "") }
      return node
    }
    let high: Node
    if let filtered {
      high = filtered
    } else {
      let stops = stopsAtBracket
      stopsAtBracket = true
      defer { stopsAtBracket = stops }
      high = try parseEndpoint()
    }
    guard closesInterval else {
      throw missing("']', ')' or '['", after: "to close the interval")
    }
    let endIncluded = token.isSymbol("]")
    try advance()
    checkComparable(low, high)
    return try make(
      .interval(start: low, startIncluded: startIncluded, end: high, endIncluded: endIncluded),
      from: start, .range(low.type.joined(with: high.type)), over: [low, high])
  }

  private var closesInterval: Bool {
    token.isSymbol("]") || token.isSymbol(")") || token.isSymbol("[")
  }
}
