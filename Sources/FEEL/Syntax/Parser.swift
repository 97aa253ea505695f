/// Reads an expression text into nodes, resolving names against the scope on the way.
///
/// The grammar is split by families into extensions; operators are a table of precedence levels.
/// The first violation of the grammar ends the reading; unknown names and types that cannot fit
/// are collected as problems while the reading goes on.
final class Parser {
  let text: String
  let tokens: [Token]
  let scope: Scope
  let limits: Limits
  var index = 0
  var depth = 0
  var body: Body
  var problems: [Diagnostic] = []
  /// Tokens that may still be read; attempts that are taken back do not restore them.
  var fuel: Int
  /// Whether `[` after an operand belongs to the interval around it.
  var stopsAtBracket = false
  /// How often each token of a text may be read on average; attempts read some twice.
  private static let fuelFactor = 4
  /// Readings that any text has, however short: a few constructs that each need an attempt, inside
  /// one another, double their work with each level.
  private static let leastFuel = 20_000
  /// The slots of `?`, innermost last, with whether each was referred to.
  var inputs: [(slot: Int, body: Body, used: Bool)] = []
  /// The slots of `item` in filters, with whether each was referred to.
  var items: [(slot: Int, body: Body, used: Bool)] = []
  /// The slots of the scope that were referred to.
  var readSlots: Set<Int> = []
  /// The slots of `partial` in loops, with whether each was referred to.
  var partials: [(slot: Int, body: Body, used: Bool)] = []

  init(_ text: String, scope: Scope, limits: Limits) throws(Fault) {
    self.text = text
    self.scope = scope
    self.limits = limits
    tokens = try Lexer.tokens(of: text, limits: limits)
    body = Body(parent: nil, slotCount: scope.slotCount)
    fuel = tokens.count * Parser.fuelFactor + Parser.leastFuel
  }

  /// Reads the whole text as one expression.
  func parseWhole() throws(Fault) -> Node {
    let node = try parseExpression()
    try expectEnd()
    return node
  }
}

// MARK: - Cursor

extension Parser {
  var token: Token { tokens[index] }

  func token(after distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  func advance() throws(Fault) {
    fuel -= 1
    guard fuel > 0 else {
      throw problem(
        .depthExceeded, "the expression takes too many attempts to read",
        mend: "give inner parts names as context entries or decisions", at: token.span)
    }
    if index < tokens.count - 1 { index += 1 }
  }

  func take(symbol: String) throws(Fault) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    try advance()
    return true
  }

  func take(word: String) throws(Fault) -> Bool {
    guard token.isWord(word) else { return false }
    try advance()
    return true
  }

  func expect(symbol: String, after construct: String) throws(Fault) {
    if try take(symbol: symbol) { return }
    throw missing("'\(symbol)'", after: construct)
  }

  func expect(word: String, after construct: String) throws(Fault) {
    if try take(word: word) { return }
    throw missing("'\(word)'", after: construct)
  }

  func expectEnd() throws(Fault) {
    guard token.kind != .end else { return }
    throw problem(
      .tokenUnexpected, "\(token.shown) cannot follow a complete expression",
      expected: "an operator or the end of the text",
      mend: mendForTrailing, at: token.span)
  }

  private var mendForTrailing: String {
    switch token.kind {
    case .word, .number, .string:
      "a name with several words must be declared; otherwise put an operator between"
    default: "remove \(token.shown)"
    }
  }

  /// The span from `start` to the end of the token before the cursor.
  func span(from start: Int) -> Span {
    Span(start, index > 0 ? tokens[index - 1].span.end : start)
  }
}

// MARK: - Problems

extension Parser {
  func problem(
    _ code: Diagnostic.Code, _ message: String, expected: String = "", mend: String = "",
    at span: Span
  ) -> Fault {
    Fault(code, message, expected: expected, mend: mend, span: span, text: text)
  }

  func missing(_ wanted: String, after construct: String) -> Fault {
    problem(
      .tokenMissing, "\(wanted) is missing \(construct); \(token.shown) stands there",
      expected: wanted, at: token.span)
  }

  func tooDeep() -> Fault {
    problem(
      .depthExceeded, "the expression is nested more than \(limits.expressionDepth) deep",
      mend: "give inner parts names as context entries or decisions", at: token.span)
  }

  func note(
    _ code: Diagnostic.Code, severity: Diagnostic.Severity = .error, _ message: String,
    expected: String = "", mend: String = "", at span: Span
  ) {
    problems.append(
      Diagnostic(
        code, severity: severity, message, expected: expected, mend: mend, span: span,
        text: text))
  }

  /// A part of the text as it is shown in a sentence.
  func excerpt(_ span: Span) -> String {
    let scalars = text.unicodeScalars.dropFirst(span.start).prefix(span.end - span.start)
    return String(String.UnicodeScalarView(scalars)).excerpt
  }

  /// Makes a node, refusing one that nests too deep.
  func make(
    _ kind: Node.Kind, from start: Int, _ type: Type = .any, over children: [Node] = []
  ) throws(Fault) -> Node {
    let node = Node(kind, span(from: start), type, over: children)
    if node.depth > limits.expressionDepth { throw tooDeep() }
    return node
  }

  /// Runs `read` with names of a new layer, which end with it.
  func layered<Result>(
    _ layer: Body.Layer = Body.Layer(), _ read: (Parser) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    let owner = body
    let count = owner.layers.count
    owner.layers.append(layer)
    defer { owner.layers.removeLast(owner.layers.count - count) }
    return try read(self)
  }

  /// Runs `read`; when it fails, everything but the fuel is as before and nil is returned.
  func attempt<Result>(
    _ read: (Parser) throws(Fault) -> Result
  ) throws(Fault) -> Result? {
    let saved = State(self)
    let layers = body.layers
    do {
      return try read(self)
    } catch {
      if fuel <= 0 || error.diagnostic.code == .depthExceeded { throw error }
      restore(saved)
      body.layers = layers
      return nil
    }
  }

  /// What an attempt may change.
  private struct State {
    let index: Int
    let depth: Int
    let body: Body
    let problemCount: Int
    let stopsAtBracket: Bool
    let inputs: [(slot: Int, body: Body, used: Bool)]
    let items: [(slot: Int, body: Body, used: Bool)]
    let partials: [(slot: Int, body: Body, used: Bool)]

    init(_ parser: Parser) {
      index = parser.index
      depth = parser.depth
      body = parser.body
      problemCount = parser.problems.count
      stopsAtBracket = parser.stopsAtBracket
      inputs = parser.inputs
      items = parser.items
      partials = parser.partials
    }
  }

  private func restore(_ saved: State) {
    index = saved.index
    depth = saved.depth
    body = saved.body
    problems.removeLast(problems.count - saved.problemCount)
    stopsAtBracket = saved.stopsAtBracket
    inputs = saved.inputs
    items = saved.items
    partials = saved.partials
  }
}
