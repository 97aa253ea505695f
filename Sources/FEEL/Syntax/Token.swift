/// A token of an expression text (DMN 1.5, 10.3.1.4).
final class Token: Sendable {
  enum Kind: Sendable, Hashable {
    /// A word: keywords and pieces of names look alike until the parser decides.
    case word
    /// Digits with an optional fraction and exponent.
    case number
    /// A string literal; `text` is its value.
    case string
    /// An operator, a bracket, or another character that only a name may hold.
    case symbol
    case end
  }

  let kind: Kind
  /// The word, the digits, the symbol, or the value of a string.
  let text: String
  let span: Span
  /// Whether white space or a comment stands before the token.
  let isSpaced: Bool

  init(kind: Kind, text: String, span: Span, isSpaced: Bool) {
    self.kind = kind
    self.text = text
    self.span = span
    self.isSpaced = isSpaced
  }

  func isSymbol(_ text: String) -> Bool { kind == .symbol && self.text == text }
  func isWord(_ text: String) -> Bool { kind == .word && self.text == text }

  /// Words that begin or join constructs and therefore never begin a name.
  static let keywords: Set<String> = [
    "and", "between", "else", "every", "external", "false", "for", "function", "if", "in",
    "instance", "null", "or", "return", "satisfies", "some", "then", "true",
  ]

  /// Keywords that end an expression or join two: a name not known before stops there.
  static let joining: Set<String> = [
    "and", "between", "else", "in", "instance", "or", "return", "satisfies", "then", "external",
  ]

  /// How the token is named in a message.
  var shown: String {
    switch kind {
    case .end: "the end of the text"
    case .string: "a string"
    case .number: "the number \(text)"
    default: "'\(text)'"
    }
  }
}
