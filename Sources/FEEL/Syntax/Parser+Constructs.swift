/// Conditions, loops, quantifiers, functions and contexts.
extension Parser {
  /// Rule 45.
  func parseCondition() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    let condition = try parseExpression()
    try expect(word: "then", after: "after the condition of 'if'")
    let yes = try parseExpression()
    try expect(word: "else", after: "after the 'then' branch")
    let no = try parseExpression()
    return try make(
      .condition(condition, then: yes, otherwise: no), from: start,
      yes.type.joined(with: no.type), over: [condition, yes, no])
  }

  /// Rule 44.
  func parseLoop() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    return try layered { parser throws(Fault) in
      let (iterations, children) = try parser.parseIterations(until: "return", ranges: true)
      let partial = parser.body.declare("partial", .list(.any))
      parser.partials.append((partial, parser.body, false))
      let result = try parser.parseExpression()
      let usesPartial = parser.partials.removeLast().used
      return try parser.make(
        .loop(iterations, body: result, partial: usesPartial ? partial : nil), from: start,
        .list(result.type), over: children + [result])
    }
  }

  /// Rule 46.
  func parseQuantified() throws(Fault) -> Node {
    let start = token.span.start
    let every = token.isWord("every")
    try advance()
    return try layered { parser throws(Fault) in
      let (iterations, children) = try parser.parseIterations(until: "satisfies", ranges: true)
      let condition = try parser.parseExpression()
      return try parser.make(
        .quantified(every: every, iterations, body: condition), from: start, .boolean,
        over: children + [condition])
    }
  }

  private func parseIterations(
    until end: String, ranges: Bool
  ) throws(Fault) -> ([Node.Iteration], [Node]) {
    var iterations: [Node.Iteration] = []
    var children: [Node] = []
    repeat {
      let name = try readIterationName()
      let domain = try parseExpression()
      children.append(domain)
      var last: Node?
      if ranges, try take(symbol: "..") {
        let node = try parseExpression()
        children.append(node)
        last = node
      }
      let type = last == nil ? Parser.iteratedType(of: domain.type) : domain.type
      iterations.append(
        Node.Iteration(slot: body.declare(name, type), domain: domain, end: last))
    } while try take(symbol: ",")
    try expect(word: end, after: "after the iteration")
    return (iterations, children)
  }

  /// The name before the first `in`.
  private func readIterationName() throws(Fault) -> String {
    let first = index
    guard token.kind == .word, !token.isWord("in") else {
      throw problem(
        .nameMissing, "the name of the iteration variable is missing", expected: "a name",
        at: token.span)
    }
    while Parser.belongsToName(token), !token.isWord("in") { try advance() }
    let name = Parser.joinedName(tokens[first..<index])
    try expect(word: "in", after: "after the iteration variable '\(name)'")
    return name
  }

  private static func iteratedType(of type: Type) -> Type {
    switch type {
    case .list(let element): element == .null ? .any : element
    case .range(let element): element
    default: .any
    }
  }

  /// Rules 55 and 56.
  func parseFunction() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    try advance()
    let parameters = try parseParameters()
    if try take(word: "external") {
      let mapping = try parseExpression()
      let types = parameters.map(\.type)
      return try make(
        .external(parameters, mapping), from: start, .function(types, .any), over: [mapping])
    }
    let inner = Body(parent: body, slotCount: 0)
    inner.layers.append(Body.Layer())
    for parameter in parameters { _ = inner.declare(parameter.name, parameter.type) }
    let outer = body
    body = inner
    defer { body = outer }
    let result = try parseExpression()
    let lambda = Node.Lambda(
      parameters: parameters, body: result, captures: inner.captures,
      slotCount: inner.slotCount)
    return try make(
      .function(lambda), from: start, .function(parameters.map(\.type), result.type),
      over: [result])
  }

  private func parseParameters() throws(Fault) -> [Parameter] {
    var parameters: [Parameter] = []
    if try take(symbol: ")") { return parameters }
    repeat {
      let first = index
      let place = token.span
      while Parser.belongsToName(token) { try advance() }
      guard index > first, tokens[first].kind == .word else {
        throw problem(
          .nameMissing, "the name of a formal parameter is missing", expected: "a name",
          at: token.span)
      }
      let name = Parser.joinedName(tokens[first..<index])
      var type = Type.any
      if try take(symbol: ":") { type = try parseType(reportsBare: false) ?? .any }
      if parameters.contains(where: { $0.name == name }) {
        note(
          .parameterDuplicate, "the parameter '\(name)' is declared twice",
          mend: "rename one of them", at: place)
      }
      parameters.append(Parameter(name, type))
    } while try take(symbol: ",")
    try expect(symbol: ")", after: "to close the parameters")
    return parameters
  }

  /// Rule 57: later entries see earlier ones.
  func parseContext() throws(Fault) -> Node {
    let start = token.span.start
    try advance()
    return try layered { parser throws(Fault) in
      var entries: [Node.Entry] = []
      var keys: Set<String> = []
      var duplicate = false
      if !parser.token.isSymbol("}") {
        repeat {
          let place = parser.token.span
          let key = try parser.readKey()
          let value = try parser.parseExpression()
          if !keys.insert(key).inserted {
            duplicate = true
            parser.note(
              .keyDuplicate, "the context has two entries '\(key)'",
              mend: "rename one of them", at: place)
          }
          let slot = parser.body.declare(key, value.type)
          entries.append(Node.Entry(key: key, slot: slot, value: value))
        } while try parser.take(symbol: ",")
      }
      try parser.expect(symbol: "}", after: "to close the context")
      let type = Type.context(entries.map { Type.Member($0.key, $0.value.type) })
      return try parser.make(
        .context(entries, duplicate: duplicate), from: start, type,
        over: entries.map(\.value))
    }
  }

  private func readKey() throws(Fault) -> String {
    if token.kind == .string {
      let key = token.text
      try advance()
      try expect(symbol: ":", after: "after the key \"\(key)\"")
      return key
    }
    guard let (name, count) = argumentName(at: index) else {
      throw missing("a key with ':'", after: "in the context")
    }
    for _ in 0..<count { try advance() }
    return name
  }
}
