/// Operators by precedence, lowest first (grammar rules 2 and 4).
extension Parser {
  mutating func parseExpression() throws(Diagnostic) -> Node {
    let stops = stopsAtBracket
    stopsAtBracket = false
    defer { stopsAtBracket = stops }
    return try nested { parser throws(Diagnostic) in try parser.parseDisjunction() }
  }

  /// An endpoint of an interval or operand of a unary comparison.
  mutating func parseEndpoint() throws(Diagnostic) -> Node {
    try nested { parser throws(Diagnostic) in try parser.parseAdditive() }
  }

  mutating func parseDisjunction() throws(Diagnostic) -> Node {
    let start = token.span.start
    var operands = [try parseConjunction()]
    while try take(word: "or") { operands.append(try parseConjunction()) }
    if operands.count == 1 { return operands[0] }
    return try make(.any(operands), from: start, .boolean, over: operands)
  }

  private mutating func parseConjunction() throws(Diagnostic) -> Node {
    let start = token.span.start
    var operands = [try parseComparison()]
    while try take(word: "and") { operands.append(try parseComparison()) }
    if operands.count == 1 { return operands[0] }
    return try make(.all(operands), from: start, .boolean, over: operands)
  }

  private mutating func parseComparison() throws(Diagnostic) -> Node {
    let start = token.span.start
    var node = try parseAdditive()
    while true {
      if token.kind == .symbol, let comparison = Comparison(rawValue: token.text) {
        try advance()
        let right = try parseAdditive()
        checkComparable(node, right, comparison)
        node = try make(
          .compare(comparison, node, right), from: start, .boolean, over: [node, right])
      } else if try take(word: "between") {
        let low = try parseAdditive()
        try expect(word: "and", after: "after the lower bound of 'between'")
        let high = try parseAdditive()
        node = try make(
          .between(node, low, high), from: start, .boolean, over: [node, low, high])
      } else if token.isWord("in") {
        try advance()
        node = try parseMembership(of: node, from: start)
      } else {
        return node
      }
    }
  }

  /// Warns where two known types can never be compared.
  private mutating func checkComparable(_ left: Node, _ right: Node, _ comparison: Comparison) {
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

  mutating func parseAdditive() throws(Diagnostic) -> Node {
    try parseChain(["+": .add, "-": .subtract]) { parser throws(Diagnostic) in
      try parser.parseChain(["*": .multiply, "/": .divide]) { parser throws(Diagnostic) in
        try parser.parseChain(["**": .power]) { parser throws(Diagnostic) in
          try parser.parseNegation()
        }
      }
    }
  }

  private mutating func parseChain(
    _ operators: [String: Arithmetic],
    _ operand: (inout Parser) throws(Diagnostic) -> Node
  ) throws(Diagnostic) -> Node {
    let start = token.span.start
    let first = try operand(&self)
    var rest: [(operation: Arithmetic, operand: Node)] = []
    var type = first.type
    while token.kind == .symbol, let operation = operators[token.text] {
      try advance()
      let next = try operand(&self)
      type = Parser.resultType(type, operation, next.type)
      rest.append((operation, next))
    }
    if rest.isEmpty { return first }
    return try make(
      .arithmetic(first, rest), from: start, type, over: [first] + rest.map(\.operand))
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

  private mutating func parseNegation() throws(Diagnostic) -> Node {
    guard token.isSymbol("-") else { return try parseInstance() }
    let start = token.span.start
    try advance()
    if token.kind == .number {
      // Rule 35: the sign belongs to the literal, so `-1 instance of number` is true.
      return try parseInstance(negated: start)
    }
    let operand = try nested { parser throws(Diagnostic) in try parser.parseNegation() }
    return try make(.negate(operand), from: start, operand.type, over: [operand])
  }

  private mutating func parseInstance(negated: Int? = nil) throws(Diagnostic) -> Node {
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

  private mutating func parsePostfix(negated: Int?) throws(Diagnostic) -> Node {
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
