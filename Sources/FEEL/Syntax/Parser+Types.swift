/// Types in `instance of` and formal parameters (rule 52).
extension Parser {
  /// Reads a type; nil when the name is of no type, or is a generic one without its argument
  /// (then `instance of` is null, Table 61).
  func parseType(reportsBare: Bool) throws(Fault) -> Type? {
    depth += 1
    defer { depth -= 1 }
    if depth > limits.expressionDepth { throw tooDeep() }
    if token(after: 1).isSymbol("<") {
      switch token.text {
      case "list", "range": return try parseSingleArgument()
      case "context": return try parseContextType()
      case "function": return try parseFunctionType()
      default: break
      }
    }
    return try parseTypeName()
  }

  private func parseSingleArgument() throws(Fault) -> Type? {
    let isList = token.isWord("list")
    try advance()
    try advance()
    let argument = try parseType(reportsBare: true)
    try expect(symbol: ">", after: "to close the type")
    return argument.map { isList ? .list($0) : .range($0) }
  }

  private func parseContextType() throws(Fault) -> Type? {
    try advance()
    try advance()
    var members: [Type.Member] = []
    var known = true
    repeat {
      guard let (name, count) = argumentName(at: index) else {
        throw missing("an entry name with ':'", after: "in the context type")
      }
      for _ in 0..<count { try advance() }
      if let type = try parseType(reportsBare: true) {
        members.append(Type.Member(name, type))
      } else {
        known = false
      }
    } while try take(symbol: ",")
    try expect(symbol: ">", after: "to close the type")
    return known ? .context(members) : nil
  }

  private func parseFunctionType() throws(Fault) -> Type? {
    try advance()
    try advance()
    var parameters: [Type?] = []
    if !token.isSymbol(">") {
      repeat {
        parameters.append(try parseType(reportsBare: true))
      } while try take(symbol: ",")
    }
    try expect(symbol: ">", after: "to close the parameter types")
    try expect(symbol: "->", after: "before the result type")
    let result = try parseType(reportsBare: true)
    let known = parameters.compactMap { $0 }
    guard let result, known.count == parameters.count else { return nil }
    return .function(known, result)
  }

  private static let own: NameTable = {
    var table = NameTable()
    for name in [
      "Any", "Null", "boolean", "number", "string", "date", "time", "date and time", "dateTime",
      "days and time duration", "dayTimeDuration", "years and months duration",
      "yearMonthDuration",
    ] {
      guard let type = Type(named: name) else { continue }
      table.add(NameEntry(name: name, target: .constant(.null), type: type))
    }
    return table
  }()

  private func parseTypeName() throws(Fault) -> Type? {
    let rest = tokens[index...]
    let declared = scope.longestType(rest)
    let own = Parser.own.longest(rest)
    let match = (declared?.count ?? 0) >= (own?.count ?? 0) ? declared ?? own : own
    if let match {
      for _ in 0..<match.count { try advance() }
      return match.entry.type
    }
    let place = token.span
    var name = try readLooseName()
    while token.isSymbol("."), token(after: 1).kind == .word {
      try advance()
      name += "." + (try readLooseName())
    }
    let isBare = ["list", "context", "function", "range"].contains(name)
    note(
      .typeUnknown,
      isBare ? "the type '\(name)' needs its argument" : "there is no type '\(name)'",
      expected: isBare ? "such as \(name)<…>" : "a FEEL type or the name of an item definition",
      at: place)
    return nil
  }
}
