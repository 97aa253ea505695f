/// Names, paths, calls and filters.
extension Parser {
  /// What a name stands for, and the open filters between it and the place it was used.
  private struct Resolution {
    var match: NameMatch
    var owner: Body?
    var open: [(slot: Int, owner: Body)]
  }

  func parseName() throws(Fault) -> Node {
    let start = token.span.start
    var open: [(slot: Int, owner: Body)] = []
    guard let found = resolve(&open) else { return try parseUnknownName(open, from: start) }
    let name = found.match.entry.name
    for _ in 0..<found.match.count { try advance() }
    var node = try make(kind(of: found), from: start, found.match.entry.type)
    for item in found.open.reversed() {
      let slot = body.reach(item.slot, of: item.owner)
      markItem(item.slot, in: item.owner)
      node = try make(
        .itemEntry(slot: slot, name: name, otherwise: node), from: start, .any, over: [node])
    }
    return node
  }

  private func kind(of found: Resolution) -> Node.Kind {
    let owner = found.owner ?? outermost
    switch found.match.entry.target {
    case .constant(let value): return .literal(value)
    case .slot(let slot):
      markUse(slot, in: owner)
      return .slot(body.reach(slot, of: owner), name: found.match.entry.name)
    case .member(let slot, let name):
      markUse(slot, in: owner)
      return .itemEntry(slot: body.reach(slot, of: owner), name: name, otherwise: nil)
    }
  }

  private var outermost: Body {
    var owner = body
    while let parent = owner.parent { owner = parent }
    return owner
  }

  private func markUse(_ slot: Int, in owner: Body) {
    markItem(slot, in: owner)
    if owner.parent == nil, slot < scope.slotCount { readSlots.insert(slot) }
    for place in inputs.indices where inputs[place].slot == slot && inputs[place].body === owner {
      inputs[place].used = true
    }
    for place in partials.indices
    where partials[place].slot == slot && partials[place].body === owner {
      partials[place].used = true
    }
  }

  private func markItem(_ slot: Int, in owner: Body) {
    for place in items.indices where items[place].slot == slot && items[place].body === owner {
      items[place].used = true
    }
  }

  /// The longest name in scope that begins at the cursor; of equally long ones the innermost.
  private func resolve(_ open: inout [(slot: Int, owner: Body)]) -> Resolution? {
    let rest = tokens[index...]
    var best: Resolution?
    var current: Body? = body
    while let owner = current {
      for layer in owner.layers.reversed() {
        if let match = layer.table.longest(rest), match.count > best?.match.count ?? 0 {
          // `item` itself is hidden by an entry of that name in an element not known before.
          let hidden = layer.isOpen && match.entry.name == "item"
          let own = hidden ? layer.item.map { [($0, owner)] } ?? [] : []
          best = Resolution(match: match, owner: owner, open: open + own)
        }
        if layer.isOpen, let item = layer.item { open.append((item, owner)) }
      }
      current = owner.parent
    }
    if let match = scope.longestName(rest), match.count > best?.match.count ?? 0 {
      best = Resolution(match: match, owner: outermost, open: open)
    }
    if let match = Builtin.names.longest(rest), match.count > best?.match.count ?? 0 {
      best = Resolution(match: match, owner: nil, open: [])
    } else if let found = best, isCalled(after: found.match.count), !found.match.isCallable,
      let match = Builtin.names.longest(rest), match.count == found.match.count
    {
      // A variable called `date` is no reason to lose the literal `date("…")` (rule 60).
      best = Resolution(match: match, owner: nil, open: [])
    }
    return best
  }

  private func isCalled(after count: Int) -> Bool { token(after: count).isSymbol("(") }

  /// A name that is not in scope: words side by side are taken as one name.
  private func parseUnknownName(
    _ open: [(slot: Int, owner: Body)], from start: Int
  ) throws(Fault) -> Node {
    let name = try readLooseName()
    let place = span(from: start)
    guard open.isEmpty else {
      var node: Node?
      for item in open.reversed() {
        markItem(item.slot, in: item.owner)
        let kind = Node.Kind.itemEntry(
          slot: body.reach(item.slot, of: item.owner), name: name, otherwise: node)
        node = try make(kind, from: start, .any, over: node.map { [$0] } ?? [])
      }
      if let node { return node }
      throw expressionMissing()
    }
    let isCall = token.isSymbol("(")
    let similar = closest(to: name)
    note(
      isCall ? .functionUnknown : .nameUnknown,
      isCall ? "there is no function '\(name)'" : "nothing here is called '\(name)'",
      mend: similar.map { "did you mean '\($0)'?" } ?? "declare it, or put text in quotes",
      at: place)
    return try make(.unknown(name), from: start)
  }

  /// Words and numbers side by side up to an operator or a joining keyword.
  func readLooseName() throws(Fault) -> String {
    guard token.kind == .word else {
      throw problem(
        .nameMissing, "a name is missing; \(token.shown) stands there", expected: "a name",
        at: token.span)
    }
    var name = token.text
    try advance()
    while token.kind == .word || (token.kind == .number && !token.text.contains(".")) {
      if Token.joining.contains(token.text) { break }
      name += " " + token.text
      try advance()
    }
    return name
  }

  private func closest(to name: String) -> String? {
    let candidates = scope.names + Builtin.names.entries.map(\.name)
    let wanted = name.lowercased()
    return candidates.first { $0.lowercased() == wanted }
      ?? candidates.first { $0.lowercased().hasPrefix(wanted) || wanted.hasPrefix($0.lowercased()) }
  }
}

// MARK: - Paths

extension Parser {
  func parsePath(of node: Node, from start: Int) throws(Fault) -> Node {
    let known = Properties.names(of: node.type)
    var name: String?
    var count = 0
    for candidate in known {
      let wanted = Lexer.nameTokens(candidate)
      guard wanted.count > count, index + wanted.count < tokens.count else { continue }
      let matches = zip(wanted, tokens[index...]).allSatisfy { $0 == $1.text }
      if matches {
        name = candidate
        count = wanted.count
      }
    }
    if let name {
      for _ in 0..<count { try advance() }
      let type = Properties.type(of: name, in: node.type)
      return try make(.path(node, name), from: start, type, over: [node])
    }
    let place = token.span
    let loose = try readLooseName()
    if !known.isEmpty {
      note(
        .entryUnknown, severity: .warning, "\(node.type) has no entry '\(loose)'",
        expected: known.prefix(8).map { "'\($0)'" }.joined(separator: ", "), at: place)
    }
    return try make(.path(node, loose), from: start, .any, over: [node])
  }
}

// MARK: - Calls

extension Parser {
  func parseCall(of node: Node, from start: Int) throws(Fault) -> Node {
    try advance()
    let arguments = try parseArguments()
    let children = [node] + arguments.nodes
    if case .literal(.function(let function)) = node.kind {
      if let builtin = function.builtin {
        return try makeBuiltinCall(builtin, arguments, from: start)
      }
      return try make(.call(node, arguments), from: start, function.result, over: children)
    }
    var type = Type.any
    if case .function(_, let result) = node.type { type = result }
    return try make(.call(node, arguments), from: start, type, over: children)
  }

  private func makeBuiltinCall(
    _ builtin: Builtin, _ arguments: Node.Arguments, from start: Int
  ) throws(Fault) -> Node {
    let node = try make(
      .callBuiltin(builtin, arguments), from: start,
      builtin.resultType(arguments.nodes.map(\.type)), over: arguments.nodes)
    if !builtin.accepts(arguments) {
      note(
        .argumentsWrong, severity: .warning,
        "no form of '\(builtin.name)' takes these arguments, so the result is always null",
        expected: builtin.usage, at: node.span)
    }
    return node
  }

  private func parseArguments() throws(Fault) -> Node.Arguments {
    if try take(symbol: ")") { return .positional([]) }
    guard argumentName(at: index) != nil else {
      var nodes = [try parseExpression()]
      while try take(symbol: ",") { nodes.append(try parseExpression()) }
      try expect(symbol: ")", after: "to close the arguments")
      return .positional(nodes)
    }
    var pairs: [(name: String, value: Node)] = []
    repeat {
      guard let (name, count) = argumentName(at: index) else {
        throw missing("a parameter name with ':'", after: "among the named arguments")
      }
      for _ in 0..<count { try advance() }
      pairs.append((name, try parseExpression()))
    } while try take(symbol: ",")
    try expect(symbol: ")", after: "to close the arguments")
    return .named(pairs)
  }

  /// A name followed by `:`, and the number of tokens of both.
  func argumentName(at place: Int) -> (name: String, count: Int)? {
    guard tokens[place].kind == .word else { return nil }
    var last = place
    while last < tokens.count, Parser.belongsToName(tokens[last]) { last += 1 }
    guard last < tokens.count, tokens[last].isSymbol(":") else { return nil }
    return (Parser.joinedName(tokens[place..<last]), last - place + 1)
  }

  static func belongsToName(_ token: Token) -> Bool {
    switch token.kind {
    case .word, .number: true
    case .symbol: !["(", ")", "[", "]", "{", "}", ",", ":", "@"].contains(token.text)
    default: false
    }
  }

  /// The name that tokens spell: one space where the text has any, none where it has none.
  static func joinedName(_ tokens: ArraySlice<Token>) -> String {
    var name = ""
    for (place, token) in tokens.enumerated() {
      if place > 0, token.isSpaced { name += " " }
      name += token.text
    }
    return name
  }
}

// MARK: - Filters

extension Parser {
  func parseFilter(of node: Node, from start: Int) throws(Fault) -> Node {
    try advance()
    let element = Parser.elementType(of: node.type)
    let slot = body.newSlot()
    var layer = Body.Layer()
    layer.item = slot
    var hasItemEntry = false
    switch element {
    case .any: layer.isOpen = true
    case .context(let members):
      layer.isOpen = members.isEmpty
      for member in members {
        hasItemEntry = hasItemEntry || member.name == "item"
        layer.table.add(
          NameEntry(
            name: member.name, target: .member(slot: slot, name: member.name),
            type: member.type))
      }
    default: break
    }
    if !hasItemEntry {
      layer.table.add(NameEntry(name: "item", target: .slot(slot), type: element))
    }
    items.append((slot, body, false))
    let condition = try layered(layer) { parser throws(Fault) in
      try parser.parseExpression()
    }
    let usesItem = items.removeLast().used
    try expect(symbol: "]", after: "to close the filter")
    let type =
      condition.type == .number
      ? element
      : condition.type == .boolean
        ? .list(element) : .any
    return try make(
      .filter(node, condition: condition, item: slot, usesItem: usesItem), from: start, type,
      over: [node, condition])
  }

  /// What an element of a filtered value is; a value that is no list stands for itself.
  static func elementType(of type: Type) -> Type {
    if case .list(let element) = type { return element == .null ? .any : element }
    return type == .null ? .any : type
  }
}
