/// Why a text is not JSON, and where.
package struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of refusal, stable names for programs.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    case tooLarge, tooDeep, stringTooLong, numberTooLong, tooManyMembers, tooManyElements
    case unexpectedEnd, unexpectedCharacter, trailingText, byteOrderMark
    case invalidNumber, invalidLiteral, invalidEscape, loneSurrogate, controlCharacter
    case invalidUTF8, duplicateKey
  }

  /// What kind of refusal it is.
  package let code: Code

  /// Where it was found.
  package let position: JSONPosition

  /// The refusal as a sentence for people.
  package let detail: String

  /// A refusal of a text at a place.
  package init(code: Code, position: JSONPosition, detail: String) {
    self.code = code
    self.position = position
    self.detail = detail
  }

  /// `line 3, column 14: …`.
  package var description: String { "\(position): \(detail)" }
}
