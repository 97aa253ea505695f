/// The names by which an expression may read a value, told from its text alone.
///
/// Nothing is looked up in a scope: words side by side are one name, as far as no operator, no
/// bracket and no keyword parts them. A text that is no FEEL has no names.
public struct NamesRead: Sendable, Hashable {
  /// The names as they are written, the entries of contexts, and the strings by which an entry is
  /// looked up: in a filter, or as the key of `get value` where it can be told without evaluating.
  public internal(set) var names: [String] = []
  /// The calls of which only the evaluation tells what they read: of `get value` and `get entries`,
  /// of `context` and `context put`, whose result may be compared with what was not read by name,
  /// and of `string` with anything but a name.
  public internal(set) var unclear: [String] = []
  /// The names that `string` makes a text of: all that a context holds, where the name is of one.
  public internal(set) var written: [String] = []

  /// Reads the text of an expression or of unary tests.
  public init(_ text: String) {
    guard let tokens = try? Lexer.tokens(of: text, limits: .standard) else { return }
    var reader = NameReader(text, tokens)
    reader.read()
    names = reader.names
    unclear = reader.unclear
    written = reader.written
  }
}

/// Goes through the tokens of an expression once.
private struct NameReader {
  private let tokens: [Token]
  private let brackets: Brackets
  /// The text, where something is looked up in it by a key.
  private let scalars: [Unicode.Scalar]
  private(set) var names: [String] = []
  private(set) var unclear: [String] = []
  private(set) var written: [String] = []
  private var name = ""

  /// Code points of a key that is worked out at most.
  private static let keyLimit = 1_000
  /// Code points of an unclear call that are told at most.
  private static let callLimit = 200
  /// Unclear calls that are told at most.
  private static let unclearLimit = 100

  init(_ text: String, _ tokens: [Token]) {
    self.tokens = tokens
    let looksAt = { (token: Token) in
      token.isWord("get") || token.isWord("string") || token.isWord("context")
    }
    scalars = tokens.contains(where: looksAt) ? Array(text.unicodeScalars) : []
    brackets = Brackets(tokens)
  }

  mutating func read() {
    var filterEnd = 0
    for place in tokens.indices {
      let current = tokens[place]
      if brackets.filters.contains(place) {
        filterEnd = max(filterEnd, brackets.closings[place] ?? 0)
      }
      switch current.kind {
      case .word where current.text != "?" && !Token.keywords.contains(current.text):
        add(current)
        look(at: place)
      case .number where !name.isEmpty: add(current)
      case .symbol where joins(place): add(current)
      case .string:
        endName()
        let isEntry = token(place + 1).isSymbol(":")
        if isEntry || place < filterEnd, !continuesString(place) { names.append(string(at: place)) }
      default: endName()
      }
    }
    endName()
  }

  private func token(_ place: Int) -> Token { tokens[min(max(place, 0), tokens.count - 1)] }

  private mutating func add(_ token: Token) {
    if !name.isEmpty, token.isSpaced { name += " " }
    name += token.text
  }

  private mutating func endName() {
    if !name.isEmpty { names.append(name) }
    name = ""
  }

  /// Whether a sign stands between two words without a space, as in `date-of-birth`.
  private func joins(_ place: Int) -> Bool {
    let (sign, next) = (tokens[place], token(place + 1))
    return (sign.text == "-" || sign.text == "'") && !name.isEmpty && !sign.isSpaced
      && next.kind == .word && !next.isSpaced
  }

  /// Whether a string is added to one before it.
  private func continuesString(_ place: Int) -> Bool {
    token(place - 1).isSymbol("+") && place > 1 && tokens[place - 2].kind == .string
  }

  /// A string with those that are added to it.
  private func string(at place: Int) -> String {
    var place = place
    var text = tokens[place].text
    while token(place + 1).isSymbol("+"), token(place + 2).kind == .string {
      place += 2
      text += tokens[place].text
    }
    return text
  }

  // MARK: - Keys

  /// Notes what a call that begins here reads.
  private mutating func look(at place: Int) {
    guard unclear.count + written.count < Self.unclearLimit, !continuesName(place) else { return }
    switch tokens[place].text {
    case "get": lookUp(place)
    case "string": lookAtText(place)
    case "context": lookAtContext(place)
    default: break
    }
  }

  /// Notes what `string` writes out.
  private mutating func lookAtText(_ place: Int) {
    guard token(place + 1).isSymbol("("), let close = brackets.closings[place + 1],
      let value = argument("from", of: split(place + 2..<close, at: ","), at: 0), !value.isEmpty
    else { return }
    let parts = tokens[value]
    let isName = parts.allSatisfy { token in
      token.isSymbol(".") || token.kind == .word && !Token.keywords.contains(token.text)
    }
    if isName {
      written.append(excerpt(value.lowerBound, value.upperBound - 1))
    } else if parts.contains(where: { $0.kind == .word }), !isNumber(value), !isCall(value) {
      unclear.append(excerpt(place, close))
    }
  }

  /// Whether something is added, subtracted, multiplied or divided, which no context can be.
  private func isNumber(_ range: Range<Int>) -> Bool {
    ["+", "-", "*", "/", "**"].contains { split(range, at: $0).count > 1 }
  }

  /// Whether a range is one call of a function.
  private func isCall(_ range: Range<Int>) -> Bool {
    guard let open = range.first(where: { tokens[$0].isSymbol("(") }), open > range.lowerBound,
      brackets.closings[open] == range.upperBound - 1
    else { return false }
    return tokens[range.lowerBound..<open].allSatisfy { $0.kind == .word }
  }

  /// Notes the keys of a context that is made by a call.
  private mutating func lookAtContext(_ place: Int) {
    let isPut = token(place + 1).isWord("put")
    let open = isPut ? place + 2 : place + 1
    guard token(open).isSymbol("("), let close = brackets.closings[open] else { return }
    var keys: [[String]?] = []
    if isPut {
      let arguments = split(open + 1..<close, at: ",")
      keys = [
        (argument("key", of: arguments, at: 1) ?? argument("keys", of: arguments, at: 1))
          .flatMap { strings($0) }
      ]
    } else {
      for start in open + 1..<close where tokens[start].isWord("key") {
        guard token(start + 1).isSymbol(":") else { continue }
        let rest = start + 2..<close
        let end = rest.first { tokens[$0].isSymbol(",") || tokens[$0].isSymbol("}") } ?? close
        keys.append(strings(start + 2..<end))
      }
    }
    if !keys.isEmpty, keys.allSatisfy({ $0 != nil }) {
      names += keys.flatMap { $0 ?? [] }
    } else {
      unclear.append(excerpt(place, close))
    }
  }

  /// Notes what a call of `get value` or `get entries` reads.
  private mutating func lookUp(_ place: Int) {
    let isValue = token(place + 1).isWord("value")
    guard isValue || token(place + 1).isWord("entries"),
      token(place + 2).kind != .word || Token.joining.contains(token(place + 2).text)
    else { return }
    guard token(place + 2).isSymbol("("), let close = brackets.closings[place + 2] else {
      // The function itself is handed on, and may be called with any key.
      unclear.append(excerpt(place, place + 1))
      return
    }
    let arguments = split(place + 3..<close, at: ",")
    if let context = argument("m", of: arguments, at: 0), isWrittenOut(context) { return }
    let keys = isValue ? key(of: arguments) : keys(behind: close)
    if let keys { names += keys } else { unclear.append(excerpt(place, close)) }
  }

  private func continuesName(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    let before = tokens[place - 1]
    return before.kind == .word && !Token.keywords.contains(before.text)
  }

  /// An argument by the name of its parameter or, where none is named, by its place.
  private func argument(_ name: String, of arguments: [Range<Int>], at place: Int) -> Range<Int>? {
    let values = arguments.map { range -> (name: String?, value: Range<Int>) in
      let isNamed =
        range.count > 2 && tokens[range.lowerBound].kind == .word
        && tokens[range.lowerBound + 1].isSymbol(":")
      return isNamed
        ? (tokens[range.lowerBound].text, range.lowerBound + 2..<range.upperBound) : (nil, range)
    }
    if let named = values.first(where: { $0.name == name }) { return named.value }
    return place < values.count && values[place].name == nil ? values[place].value : nil
  }

  /// Whether all entries of a context are written where it is used, so that their names are seen.
  private func isWrittenOut(_ range: Range<Int>) -> Bool {
    guard let first = range.first, tokens[first].isSymbol("{") else { return false }
    return brackets.closings[first] == range.upperBound - 1
  }

  /// The key of `get value`, the second argument or that named `key`.
  private func key(of arguments: [Range<Int>]) -> [String]? {
    argument("key", of: arguments, at: 1).flatMap { strings($0) }
  }

  /// The keys of the entries that are taken of those that `get entries` gives: none where only
  /// their keys are asked for, nil where all may be read.
  private func keys(behind close: Int) -> [String]? {
    if token(close + 1).isSymbol("."), token(close + 2).isWord("key") { return [] }
    guard brackets.filters.contains(close + 1), let end = brackets.closings[close + 1] else {
      return nil
    }
    for part in split(close + 2..<end, word: "and") {
      if let keys = keysAsked(part) { return keys }
    }
    return nil
  }

  /// The keys that a condition such as `key = "income"` admits.
  private func keysAsked(_ range: Range<Int>) -> [String]? {
    var range = range
    if range.count > 2, tokens[range.lowerBound].isWord("item"),
      tokens[range.lowerBound + 1].isSymbol(".")
    {
      range = range.lowerBound + 2..<range.upperBound
    }
    guard range.count > 2 else { return nil }
    let rest = range.lowerBound + 2..<range.upperBound
    if tokens[range.lowerBound].isWord("key") {
      if tokens[range.lowerBound + 1].isSymbol("=") { return strings(rest) }
      guard tokens[range.lowerBound + 1].isWord("in"), let open = rest.first else { return nil }
      let isList =
        tokens[open].isSymbol("(") && brackets.closings[open] == rest.upperBound - 1
      guard isList else { return strings(rest) }
      let parts = split(open + 1..<rest.upperBound - 1, at: ",").map { strings($0) }
      return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    }
    let isMirrored =
      tokens[range.upperBound - 1].isWord("key") && tokens[range.upperBound - 2].isSymbol("=")
    return isMirrored ? strings(range.lowerBound..<range.upperBound - 2) : nil
  }

  /// The string, or the strings of the list, that an expression without names comes to; nil where
  /// it takes an evaluation to tell.
  private func strings(_ range: Range<Int>) -> [String]? {
    guard let first = range.first else { return nil }
    if range.count == 1, tokens[first].kind == .string { return [tokens[first].text] }
    let end = tokens[range.upperBound - 1].span.end
    guard end - tokens[first].span.start <= Self.keyLimit,
      let key = try? Expression.parse(source(tokens[first].span.start, end))
    else { return nil }
    switch key.constant {
    case .string(let text): return [text]
    case .list(let items):
      let texts = items.compactMap(\.text)
      return texts.count == items.count ? texts : nil
    default: return nil
    }
  }

  // MARK: - Parts

  /// The parts of a range between signs that stand in no bracket.
  private func split(_ range: Range<Int>, at sign: String = "", word: String = "") -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var place = start
    while place < range.upperBound {
      if tokens[place].isSymbol(sign) || tokens[place].isWord(word) {
        parts.append(start..<place)
        start = place + 1
      }
      let close = brackets.closings[place] ?? place
      place = max(place, min(close, range.upperBound)) + 1
    }
    return parts + [min(start, range.upperBound)..<range.upperBound]
  }

  private func excerpt(_ first: Int, _ last: Int) -> String {
    let (start, end) = (tokens[first].span.start, tokens[last].span.end)
    let text = source(start, min(end, start + Self.callLimit))
    return end - start > Self.callLimit ? text + "…" : text
  }

  private func source(_ start: Int, _ end: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<end]))
  }
}

/// The brackets of an expression: which closes which, and which begin a filter.
private struct Brackets {
  private(set) var closings: [Int: Int] = [:]
  private(set) var filters: Set<Int> = []

  init(_ tokens: [Token]) {
    var open: [Int] = []
    for (place, token) in tokens.enumerated() where token.kind == .symbol {
      let before = place > 0 ? tokens[place - 1] : nil
      switch token.text {
      case "(", "{": open.append(place)
      case "[":
        if before.map(Self.endsOperand) == true { filters.insert(place) }
        open.append(place)
      case "]" where before.map(Self.endsOperand) != true && !Self.isEmptyList(before):
        // An interval without its start, `]1..5]`.
        open.append(place)
      case ")", "]", "}":
        if let start = open.popLast() { closings[start] = place }
      default: break
      }
    }
  }

  private static func isEmptyList(_ before: Token?) -> Bool { before?.isSymbol("[") == true }

  private static func endsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .word: !Token.keywords.contains(token.text)
    case .number, .string: true
    case .symbol: [")", "]", "}"].contains(token.text)
    case .end: false
    }
  }
}
