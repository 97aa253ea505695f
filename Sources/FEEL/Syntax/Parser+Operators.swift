/// Operators by precedence, lowest first (grammar rules 2 and 4).
extension Parser {
  func parseExpression() throws(Fault) -> Node {
    let stops = stopsAtBracket
    stopsAtBracket = false
    depth += 1
    defer {
      depth -= 1
      stopsAtBracket = stops
    }
    if depth > limits.expressionDepth { throw tooDeep() }
    return try parseDisjunction()
  }

  /// An endpoint of an interval or operand of a unary comparison.
  func parseEndpoint() throws(Fault) -> Node {
    depth += 1
    defer { depth -= 1 }
    if depth > limits.expressionDepth { throw tooDeep() }
    return try parseAdditive()
  }

  private func parseDisjunction() throws(Fault) -> Node {
    let start = token.span.start
    let first = try parseConjunction()
    guard token.isWord("or") else { return first }
    var operands = [first]
    while try take(word: "or") { operands.append(try parseConjunction()) }
    for operand in operands { checkTruth(operand, of: "or") }
    return try make(.any(operands), from: start, .boolean, over: operands)
  }

  private func parseConjunction() throws(Fault) -> Node {
    let start = token.span.start
    let first = try parseComparison()
    guard token.isWord("and") else { return first }
    var operands = [first]
    while try take(word: "and") { operands.append(try parseComparison()) }
    for operand in operands { checkTruth(operand, of: "and") }
    return try make(.all(operands), from: start, .boolean, over: operands)
  }

  private func parseComparison() throws(Fault) -> Node {
    let start = token.span.start
    var node = try parseAdditive()
    while let next = try parseComparisonEnd(of: node, from: start) { node = next }
    return node
  }

  /// The comparison that goes on after `node`, or nil when none does.
  private func parseComparisonEnd(
    of node: Node, from start: Int
  ) throws(Fault) -> Node? {
    if token.kind == .symbol, let comparison = Comparison(rawValue: token.text) {
      try advance()
      let right = try parseAdditive()
      checkComparable(node, right)
      return try make(
        .compare(comparison, node, right), from: start, .boolean, over: [node, right])
    }
    if try take(word: "between") {
      let low = try parseAdditive()
      try expect(word: "and", after: "after the lower bound of 'between'")
      let high = try parseAdditive()
      checkComparable(node, low)
      checkComparable(node, high)
      return try make(.between(node, low, high), from: start, .boolean, over: [node, low, high])
    }
    guard try take(word: "in") else { return nil }
    return try parseMembership(of: node, from: start)
  }

  /// Warns where two known types can never be compared.
  func checkComparable(_ left: Node, _ right: Node) {
    let known = [left.type, right.type]
    guard !known.contains(.any), !known.contains(.null) else { return }
    if left.type.conforms(to: right.type) || right.type.conforms(to: left.type) { return }
    switch (left.type, right.type) {
    case (.list, .list), (.context, .context), (.range, .range), (.function, .function): return
    default: break
    }
    note(
      .typeConflict, severity: .warning,
      "\(left.type) is never comparable with \(right.type), so the result is always null",
      mend: "convert one side to the type of the other",
      at: left.span.through(right.span))
  }

  /// Warns of what `and` or `or` takes for unknown because it is no truth value.
  private func checkTruth(_ operand: Node, of word: String) {
    guard ![.any, .null, .boolean].contains(operand.type) else { return }
    note(
      .typeConflict, severity: .warning,
      "'\(word)' joins truth values, but \(excerpt(operand.span)) is \(operand.type.phrase)",
      at: operand.span)
  }

  /// The arithmetic operators by their level, from the lowest.
  private static let levels: [String: Int] = ["+": 1, "-": 1, "*": 2, "/": 2, "**": 3]

  func parseAdditive() throws(Fault) -> Node { try parseArithmetic(level: 1) }

  /// Operators of `level` and above; those of one level are one chain from left to right.
  private func parseArithmetic(level: Int) throws(Fault) -> Node {
    let start = token.span.start
    var node = try parseNegation()
    while let found = operatorLevel, found >= level {
      var rest: [(operation: Arithmetic, operand: Node)] = []
      var type = node.type
      while operatorLevel == found, let operation = Arithmetic(rawValue: token.text) {
        try advance()
        let next = try parseArithmetic(level: found + 1)
        checkOperands(type, operation, next, from: start)
        type = Parser.resultType(type, operation, next.type)
        rest.append((operation, next))
      }
      node = try make(
        .arithmetic(node, rest), from: start, type, over: [node] + rest.map(\.operand))
    }
    return node
  }

  /// Warns where an operation has no meaning for two known types (Tables 57 and 59).
  private func checkOperands(
    _ left: Type, _ operation: Arithmetic, _ right: Node, from start: Int
  ) {
    guard !Parser.mayCombine(left, operation, right.type) else { return }
    note(
      .typeConflict, severity: .warning,
      "'\(operation.rawValue)' has no meaning between \(left.phrase) and \(right.type.phrase), "
        + "so the result is always null",
      mend: "convert one side to the type of the other", at: Span(start, right.span.end))
  }

  /// False where it is certain that an operation gives null.
  private static func mayCombine(_ left: Type, _ operation: Arithmetic, _ right: Type) -> Bool {
    let scalars: [Type] = [
      .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
    ]
    guard scalars.contains(left), scalars.contains(right) else { return true }
    if left == .boolean || right == .boolean { return false }
    if left == .string || right == .string { return left == right && operation == .add }
    let days: [Type] = [.date, .time, .dateTime]
    if left == .number { return !days.contains(right) }
    return right != .number || !days.contains(left)
  }

  private var operatorLevel: Int? {
    token.kind == .symbol ? Parser.levels[token.text] : nil
  }

  /// The type of an arithmetic result where it is certain (Tables 57 and 59).
  private static func resultType(_ left: Type, _ operation: Arithmetic, _ right: Type) -> Type {
    switch (left, operation, right) {
    case (.number, _, .number): .number
    case (.string, .add, .string): .string
    case (.date, .subtract, .date), (.dateTime, .subtract, .dateTime): .daysTime
    case (.date, .add, .daysTime), (.date, .subtract, .daysTime), (.date, .add, .yearsMonths),
      (.date, .subtract, .yearsMonths):
      .date
    default: .any
    }
  }

  private func parseNegation() throws(Fault) -> Node {
    guard token.isSymbol("-") else { return try parseInstance() }
    let start = token.span.start
    try advance()
    if token.kind == .number {
      // Rule 35: the sign belongs to the literal, so `-1 instance of number` is true.
      return try parseInstance(negated: start)
    }
    depth += 1
    defer { depth -= 1 }
    if depth > limits.expressionDepth { throw tooDeep() }
    let operand = try parseNegation()
    return try make(.negate(operand), from: start, operand.type, over: [operand])
  }

  private func parseInstance(negated: Int? = nil) throws(Fault) -> Node {
    let start = negated ?? token.span.start
    var node = try parsePostfix(negated: negated)
    while token.isWord("instance"), token(after: 1).isWord("of") {
      try advance()
      try advance()
      let type = try parseType(reportsBare: true)
      node = try make(.instance(node, type), from: start, .boolean, over: [node])
    }
    return node
  }

  private func parsePostfix(negated: Int?) throws(Fault) -> Node {
    let start = negated ?? token.span.start
    var node = try parsePrimary(negated: negated)
    while token.kind == .symbol {
      switch token.text {
      case ".":
        try advance()
        node = try parsePath(of: node, from: start)
      case "(":
        node = try parseCall(of: node, from: start)
      case "[" where !stopsAtBracket:
        node = try parseFilter(of: node, from: start)
      default:
        return node
      }
    }
    return node
  }
}
