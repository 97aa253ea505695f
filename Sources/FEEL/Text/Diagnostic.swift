/// A problem found in an expression text while it was read, with the place and how to mend it.
public struct Diagnostic: Error, Sendable, Hashable {
  /// Whether the text can be evaluated nevertheless.
  public enum Severity: String, Sendable, Hashable {
    /// The text has no meaning, or a name in it has none.
    case error
    /// The text has a meaning, which is probably not the intended one.
    case warning
  }

  /// What the problem is, stable and independent of the wording.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case characterUnexpected = "feel.character.unexpected"
    case stringUnclosed = "feel.string.unclosed"
    case commentUnclosed = "feel.comment.unclosed"
    case escapeInvalid = "feel.escape.invalid"
    case numberInvalid = "feel.number.invalid"
    case literalInvalid = "feel.literal.invalid"
    case expressionMissing = "feel.expression.missing"
    case tokenUnexpected = "feel.token.unexpected"
    case tokenMissing = "feel.token.missing"
    case nameMissing = "feel.name.missing"
    case nameUnknown = "feel.name.unknown"
    case functionUnknown = "feel.function.unknown"
    case entryUnknown = "feel.entry.unknown"
    case typeUnknown = "feel.type.unknown"
    case typeConflict = "feel.type.conflict"
    case argumentsWrong = "feel.arguments.wrong"
    case keyDuplicate = "feel.key.duplicate"
    case parameterDuplicate = "feel.parameter.duplicate"
    case depthExceeded = "feel.limit.depth"
    case lengthExceeded = "feel.limit.length"
  }

  /// The kind of the problem.
  public let code: Code
  /// Whether it keeps the text from being evaluated.
  public let severity: Severity
  /// What is wrong, in one sentence.
  public let message: String
  /// What would have been right here; empty when the message says it.
  public let expected: String
  /// How to mend it; empty when there is no single way.
  public let mend: String
  /// The place.
  public let span: Span
  /// The whole expression text.
  public let text: String

  /// A problem in `text` at `span`.
  public init(
    _ code: Code, severity: Severity = .error, _ message: String, expected: String = "",
    mend: String = "", span: Span, text: String
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.expected = expected
    self.mend = mend
    self.span = span
    self.text = text
  }

  /// The line of the place, from 1.
  public var line: Int { position.line }

  /// The column of the place in code points, from 1.
  public var column: Int { position.column }

  private var position: (line: Int, column: Int, content: String) {
    var line = 1
    var content: [Unicode.Scalar] = []
    var column = 1
    var found = false
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if offset == span.start { found = true }
      if scalar == "\n" {
        if found { return (line, column, String(String.UnicodeScalarView(content))) }
        line += 1
        column = 1
        content = []
      } else {
        if scalar != "\r" { content.append(scalar) }
        if !found { column += 1 }
      }
    }
    return (line, column, String(String.UnicodeScalarView(content)))
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The drawn problem: message, line, caret, what was expected and how to mend it.
  public var description: String { drawing }

  /// The problem drawn under its line.
  public var drawing: String {
    let (line, column, content) = position
    let number = String(line)
    let gutter = String(repeating: " ", count: number.count)
    let shown = content.unicodeScalars.map { $0 == "\t" ? " " : String($0) }.joined()
    let width = max(1, min(span.end - span.start, content.unicodeScalars.count - column + 1))
    var lines = [
      "\(severity.rawValue): \(message) [\(code.rawValue)]",
      "\(number) | \(shown)",
      "\(gutter) | " + String(repeating: " ", count: column - 1)
        + String(repeating: "^", count: width),
    ]
    if !expected.isEmpty { lines.append("\(gutter) = expected: \(expected)") }
    if !mend.isEmpty { lines.append("\(gutter) = mend: \(mend)") }
    return lines.joined(separator: "\n")
  }
}

/// The problems of one text; at least one is an error.
public struct Diagnostics: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problems in the order of the text.
  public let list: [Diagnostic]

  /// These problems.
  public init(_ list: [Diagnostic]) { self.list = list }

  /// All problems drawn, an empty line between them.
  public var description: String { list.map(\.drawing).joined(separator: "\n\n") }
}

/// A violation of the grammar on its way out of the parser.
///
/// It is one reference, because an error
/// by value would take its room in the stack frame of each function that can throw it.
final class Fault: Error {
  let diagnostic: Diagnostic

  init(
    _ code: Diagnostic.Code, _ message: String, expected: String = "", mend: String = "",
    span: Span, text: String
  ) {
    diagnostic = Diagnostic(
      code, message, expected: expected, mend: mend, span: span, text: text)
  }
}
