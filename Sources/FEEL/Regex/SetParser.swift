/// Reads character class expressions and escapes (XML Schema Part 2, appendix F).
struct SetParser {
  private let scalars: [Unicode.Scalar]
  private(set) var offset: Int
  private var depth = 0

  private static let deepest = 20

  init(_ scalars: [Unicode.Scalar], _ offset: Int) {
    self.scalars = scalars
    self.offset = offset
  }

  private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  /// `[…]` at the offset, with ranges, escapes and a subtracted class.
  mutating func parse() throws(PatternError) -> ScalarSet {
    depth += 1
    defer { depth -= 1 }
    guard depth <= SetParser.deepest else { throw PatternError("classes are nested too deep") }
    offset += 1
    let isNegated = peek() == "^"
    if isNegated { offset += 1 }
    var parts: [ScalarSet.Part] = []
    var subtracted: ScalarSet?
    let start = offset
    while let scalar = peek(), scalar != "]" {
      if scalar == "-", peek(1) == "[", offset > start {
        offset += 1
        subtracted = try parse()
        guard peek() == "]" else { throw PatternError("a subtracted class ends its class") }
        break
      }
      parts.append(try parsePart(isFirst: offset == start))
    }
    guard peek() == "]" else { throw PatternError("']' is missing in the pattern") }
    guard !parts.isEmpty else { throw PatternError("'[]' contains nothing") }
    offset += 1
    return ScalarSet(parts: parts, isNegated: isNegated, subtracting: subtracted)
  }

  private mutating func parsePart(isFirst: Bool) throws(PatternError) -> ScalarSet.Part {
    guard let scalar = peek() else { throw PatternError("']' is missing in the pattern") }
    if scalar == "[" { throw PatternError("'[' inside a class is written \\[") }
    var low = scalar
    offset += 1
    if scalar == "\\" {
      switch try parseEscape() {
      case .set(let set): return .set(set)
      case .scalar(let escaped): low = escaped
      default: throw PatternError("a back reference cannot stand in a class")
      }
    } else if scalar == "-", !isFirst, peek() != "]", peek(-2) != "[" {
      throw PatternError("'-' inside a class is written \\-, or stands first or last")
    }
    guard peek() == "-", let next = peek(1), next != "]", next != "[" else {
      return .range(low, low)
    }
    offset += 2
    var high = next
    if next == "\\" {
      guard case .scalar(let escaped) = try parseEscape() else {
        throw PatternError("a range ends with a single character")
      }
      high = escaped
    }
    guard low.value <= high.value else {
      throw PatternError("the range \(low)-\(high) is reversed")
    }
    return .range(low, high)
  }

  /// What follows a backslash; the offset stands after the backslash.
  mutating func parseEscape() throws(PatternError) -> PatternNode {
    guard let scalar = peek() else { throw PatternError("the pattern ends with '\\'") }
    offset += 1
    switch scalar {
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$":
      return .scalar(scalar)
    case "s": return .set(.space)
    case "S": return .set(ScalarSet(parts: [.set(.space)], isNegated: true))
    case "d": return .set(.digit)
    case "D": return .set(ScalarSet(parts: [.set(.digit)], isNegated: true))
    case "w": return .set(.word)
    case "W": return .set(ScalarSet(parts: [.set(.word)], isNegated: true))
    case "i": return .set(.nameStart)
    case "I": return .set(ScalarSet(parts: [.set(.nameStart)], isNegated: true))
    case "c": return .set(.namePart)
    case "C": return .set(ScalarSet(parts: [.set(.namePart)], isNegated: true))
    case "p", "P": return .set(try parseProperty(isNegated: scalar == "P"))
    default: throw PatternError("there is no escape '\\\(scalar)'")
    }
  }

  private mutating func parseProperty(isNegated: Bool) throws(PatternError) -> ScalarSet {
    guard peek() == "{" else { throw PatternError("'{' is missing after \\p") }
    offset += 1
    var name = ""
    while let scalar = peek(), scalar != "}" {
      name.unicodeScalars.append(scalar)
      offset += 1
    }
    guard peek() == "}" else { throw PatternError("'}' is missing after \\p{") }
    offset += 1
    if name.hasPrefix("Is") {
      guard let block = UnicodeBlock.range(String(name.dropFirst(2))) else {
        throw PatternError("there is no Unicode block '\(name.dropFirst(2))'")
      }
      return ScalarSet(parts: [.block(block)], isNegated: isNegated)
    }
    guard let categories = UnicodeCategory.members(name) else {
      throw PatternError("there is no Unicode category '\(name)'")
    }
    return ScalarSet(parts: [.categories(categories)], isNegated: isNegated)
  }
}
