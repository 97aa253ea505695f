/// Reads a regular expression into its tree.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private let options: Pattern.Options
  private var offset = 0
  private var depth = 0
  private(set) var groupCount = 0
  private var closed: Set<Int> = []

  private static let deepest = 100
  private static let mostRepetitions = 5_000

  init(_ text: String, _ options: Pattern.Options) {
    let scalars = Array(text.unicodeScalars)
    self.scalars =
      options.ignoresSpace && !options.isQuoted
      ? PatternParser.withoutSpace(scalars) : scalars
    self.options = options
  }

  /// The pattern without white space outside of classes, which flag x asks for (7.6.1.1).
  private static func withoutSpace(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var depth = 0
    var isEscaped = false
    for scalar in scalars {
      if depth == 0, ScalarSet.space.contains(scalar) { continue }
      kept.append(scalar)
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "[" {
        depth += 1
      } else if scalar == "]", depth > 0 {
        depth -= 1
      }
    }
    return kept
  }

  /// The text without any special meaning (flag q).
  func literal() -> PatternNode { .sequence(scalars.map { .scalar($0) }) }

  mutating func parseWhole() throws(PatternError) -> PatternNode {
    let node = try parseChoice()
    guard offset == scalars.count else {
      throw PatternError("'\(scalars[offset])' at \(offset + 1) of the pattern closes nothing")
    }
    return node
  }

  // MARK: Cursor

  private func peek() -> Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    offset += 1
    return true
  }

  // MARK: Structure

  private mutating func parseChoice() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.deepest else {
      throw PatternError("the pattern is nested more than \(PatternParser.deepest) deep")
    }
    var branches = [try parseBranch()]
    while take("|") { branches.append(try parseBranch()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func parseBranch() throws(PatternError) -> PatternNode {
    var pieces: [PatternNode] = []
    while let scalar = peek(), scalar != "|", scalar != ")" {
      pieces.append(try parsePiece())
    }
    return pieces.count == 1 ? pieces[0] : .sequence(pieces)
  }

  private mutating func parsePiece() throws(PatternError) -> PatternNode {
    let atom = try parseAtom()
    guard let (least, most) = try parseQuantifier() else { return atom }
    let isReluctant = take("?")
    if case .anchor = atom { throw PatternError("an anchor cannot be repeated") }
    if let next = peek(), "?*+{".unicodeScalars.contains(next) {
      throw PatternError("a quantifier follows a quantifier at \(offset + 1) of the pattern")
    }
    return .repeated(atom, least: least, most: most, isReluctant: isReluctant)
  }

  private mutating func parseQuantifier() throws(PatternError) -> (Int, Int?)? {
    switch peek() {
    case "?":
      offset += 1
      return (0, 1)
    case "*":
      offset += 1
      return (0, nil)
    case "+":
      offset += 1
      return (1, nil)
    case "{":
      offset += 1
      return try parseCount()
    default: return nil
    }
  }

  private mutating func parseCount() throws(PatternError) -> (Int, Int?) {
    guard let least = try parseNumber() else {
      throw PatternError("a number is missing after '{' in the pattern")
    }
    var most: Int? = least
    if take(",") { most = try parseNumber() }
    guard take("}") else { throw PatternError("'}' is missing in the pattern") }
    if let most, most < least { throw PatternError("the bounds {\(least),\(most)} are reversed") }
    return (least, most)
  }

  private mutating func parseNumber() throws(PatternError) -> Int? {
    var value: Int?
    while let scalar = peek(), scalar >= "0", scalar <= "9" {
      let digits = (value ?? 0) * 10 + Int(scalar.value - 0x30)
      guard digits <= PatternParser.mostRepetitions else {
        throw PatternError("the pattern repeats more than \(PatternParser.mostRepetitions) times")
      }
      value = digits
      offset += 1
    }
    return value
  }

  private mutating func parseAtom() throws(PatternError) -> PatternNode {
    guard let scalar = peek() else { throw PatternError("the pattern ends too early") }
    offset += 1
    switch scalar {
    case "(": return try parseGroup()
    case "[":
      offset -= 1
      var parser = SetParser(scalars, offset)
      let set = try parser.parse()
      offset = parser.offset
      return .set(set)
    case ".": return .set(options.dotMatchesAll ? .all : .lineText)
    case "^": return .anchor(options.isMultiline ? .lineStart : .textStart)
    case "$": return .anchor(options.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try parseEscape()
    case "*", "+", "?", "{", "}", "]":
      throw PatternError("'\(scalar)' at \(offset) of the pattern stands for nothing")
    default: return .scalar(scalar)
    }
  }

  private mutating func parseGroup() throws(PatternError) -> PatternNode {
    var number: Int?
    if peek() == "?", offset + 1 < scalars.count, scalars[offset + 1] == ":" {
      offset += 2
    } else {
      groupCount += 1
      number = groupCount
    }
    let inner = try parseChoice()
    guard take(")") else { throw PatternError("')' is missing in the pattern") }
    if let number { closed.insert(number) }
    return .group(number, inner)
  }

  private mutating func parseEscape() throws(PatternError) -> PatternNode {
    guard let scalar = peek() else { throw PatternError("the pattern ends with '\\'") }
    guard scalar >= "1", scalar <= "9" else {
      var parser = SetParser(scalars, offset)
      let node = try parser.parseEscape()
      offset = parser.offset
      return node
    }
    // The longest number of a group that is already closed (7.6.1).
    var group = Int(scalar.value - 0x30)
    offset += 1
    while let digit = peek(), digit >= "0", digit <= "9",
      group * 10 + Int(digit.value - 0x30) <= groupCount
    {
      group = group * 10 + Int(digit.value - 0x30)
      offset += 1
    }
    guard closed.contains(group) else {
      throw PatternError("'\\\(group)' refers to a group that is not closed before it")
    }
    return .back(group)
  }
}
