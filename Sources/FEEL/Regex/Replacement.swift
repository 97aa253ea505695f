/// The replacement text of `replace`: `$N` stands for a group, `\$` and `\\` for themselves
/// (XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6.3).
struct Replacement {
  private enum Piece {
    case text([Unicode.Scalar])
    case group(Int)
  }

  private var pieces: [Piece] = []

  /// Reads a replacement for a pattern with `groups` groups.
  init(_ text: String, groups: Int, isLiteral: Bool) throws(PatternError) {
    var plain: [Unicode.Scalar] = []
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isLiteral || (scalar != "$" && scalar != "\\") {
        plain.append(scalar)
        continue
      }
      if scalar == "\\" {
        guard let next = scalars.popFirst(), next == "$" || next == "\\" else {
          throw PatternError("'\\' in a replacement is written \\\\, and '$' is written \\$")
        }
        plain.append(next)
        continue
      }
      guard let first = scalars.first, let digit = Replacement.digit(first) else {
        throw PatternError("a number is missing after '$' in the replacement")
      }
      scalars.removeFirst()
      var group = digit
      // The longest number of a group that the pattern has.
      while let next = scalars.first, let digit = Replacement.digit(next),
        group * 10 + digit <= groups
      {
        group = group * 10 + digit
        scalars.removeFirst()
      }
      pieces.append(.text(plain))
      plain = []
      if group <= groups { pieces.append(.group(group)) }
    }
    pieces.append(.text(plain))
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    scalar >= "0" && scalar <= "9" ? Int(scalar.value - 0x30) : nil
  }

  /// Appends the replacement of one match.
  func append(
    _ match: Matcher.Match, _ scalars: [Unicode.Scalar],
    to result: inout [Unicode.Scalar]
  ) {
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .group(let group):
        if let range = match.groups[group] { result += scalars[range] }
      }
    }
  }
}
