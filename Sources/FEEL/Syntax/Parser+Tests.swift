/// Positive unary tests: after `in`, and in the cells of decision tables (rules 7 and 13 to 15).
extension Parser {
  /// `value in test` or `value in (test, test, …)`.
  func parseMembership(of value: Node, from start: Int) throws(Fault) -> Node {
    let slot = body.newSlot()
    var layer = Body.Layer()
    layer.table.add(NameEntry(name: "?", target: .slot(slot), type: value.type))
    inputs.append((slot, body, false))
    defer { inputs.removeLast() }
    let tests = try layered(layer) { parser throws(Fault) in
      if parser.token.isSymbol("("),
        let list = try parser.attempt({ parser throws(Fault) in
          try parser.parseTestList()
        })
      {
        return list
      }
      return [try parser.parseTest(inParentheses: false)]
    }
    for test in tests { check(test, against: value.type) }
    return try make(
      .membership(value, tests, input: slot), from: start, .boolean,
      over: [value] + tests.map(\.node))
  }

  private func parseTestList() throws(Fault) -> [Test] {
    try expect(symbol: "(", after: "before the tests")
    var tests = [try parseTest(inParentheses: true)]
    while try take(symbol: ",") { tests.append(try parseTest(inParentheses: true)) }
    try expect(symbol: ")", after: "to close the tests")
    return tests
  }

  /// One test; inside parentheses any expression, after a bare `in` an operand.
  func parseTest(inParentheses: Bool) throws(Fault) -> Test {
    let before = inputs.last?.used ?? false
    if !inputs.isEmpty { inputs[inputs.count - 1].used = false }
    let comparison = token.kind == .symbol ? Comparison(rawValue: token.text) : nil
    if comparison != nil { try advance() }
    let node: Node
    if comparison != nil || !inParentheses {
      node = try parseEndpoint()
    } else {
      node = try parseExpression()
    }
    let used = inputs.last?.used ?? false
    if !inputs.isEmpty { inputs[inputs.count - 1].used = used || before }
    return Test(comparison: comparison, node: node, usesInput: used)
  }

  /// The whole text as unary tests: `-`, `not(…)`, or a list of positive tests.
  func parseUnaryTests() throws(Fault) -> (tests: [Test], isNegated: Bool)? {
    if token.isSymbol("-"), token(after: 1).kind == .end {
      return nil
    }
    if token.isWord("not"), token(after: 1).isSymbol("(") {
      let negated = try attempt { parser throws(Fault) in
        try parser.advance()
        let list = try parser.parseTestList()
        try parser.expectEnd()
        return list
      }
      if let negated { return (negated, true) }
    }
    var tests = [try parseTest(inParentheses: true)]
    while try take(symbol: ",") { tests.append(try parseTest(inParentheses: true)) }
    try expectEnd()
    return (tests, false)
  }
}
