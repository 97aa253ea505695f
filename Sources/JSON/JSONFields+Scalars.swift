package import Quantities

/// A rule that a text must keep, with the sentence that says so.
package struct JSONPattern: Sendable {
  /// Completes "This must be …".
  package let sentence: String

  /// Whether a text keeps the rule.
  package let matches: @Sendable (String) -> Bool

  /// A rule with its sentence.
  package init(_ sentence: String, matches: @escaping @Sendable (String) -> Bool) {
    self.sentence = sentence
    self.matches = matches
  }

  /// Lower-case letters, digits, and single hyphens between them: `home-loan-2`.
  package static let slug = JSONPattern("lower-case letters, digits and hyphens") { text in
    !text.isEmpty && !text.hasPrefix("-") && !text.hasSuffix("-")
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }

  /// A text with more in it than white space.
  package static let notBlank = JSONPattern("more than white space") { text in
    !text.allSatisfy(\.isWhitespace)
  }
}

/// Strings.
extension JSONFields {
  /// Code points that a text field may have unless another limit is given.
  package static let textLength = 1_000

  /// A required text of at most so many code points, free of control characters other than
  /// tabulator and line ends.
  package func string(
    _ key: String, maxLength: Int = JSONFields.textLength, pattern: JSONPattern? = nil
  ) -> String? {
    required(key).flatMap { text($0, key, maxLength, pattern) }
  }

  /// The optional twin of `string`.
  package func optionalString(
    _ key: String, maxLength: Int = JSONFields.textLength, pattern: JSONPattern? = nil
  ) -> String? {
    optional(key).flatMap { text($0, key, maxLength, pattern) }
  }

  private func text(
    _ node: JSONNode, _ key: String, _ maxLength: Int, _ pattern: JSONPattern?
  ) -> String? {
    guard case .string(let text) = node.kind else {
      wrongType(key, node, expected: "a string")
      return nil
    }
    let isTooLong =
      text.utf8.count > maxLength
      && text.unicodeScalars.lazy.dropFirst(maxLength).first != nil
    if isTooLong {
      report(key, .tooLong, "This must have at most \(maxLength) characters.")
      return nil
    }
    guard text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
      report(key, .format, "This must not contain control characters.")
      return nil
    }
    if let pattern, !pattern.matches(text) {
      report(key, .format, "This must be \(pattern.sentence).")
      return nil
    }
    return text
  }

  /// A required name of one of an enumeration's cases.
  package func choice<E: RawRepresentable & CaseIterable>(
    _ key: String, _ type: E.Type = E.self
  ) -> E? where E.RawValue == String {
    required(key).flatMap { choice($0, key, type) }
  }

  /// The optional twin of `choice`.
  package func optionalChoice<E: RawRepresentable & CaseIterable>(
    _ key: String, _ type: E.Type = E.self
  ) -> E? where E.RawValue == String {
    optional(key).flatMap { choice($0, key, type) }
  }

  private func choice<E: RawRepresentable & CaseIterable>(
    _ node: JSONNode, _ key: String, _ type: E.Type
  ) -> E? where E.RawValue == String {
    guard case .string(let text) = node.kind else {
      wrongType(key, node, expected: "a string")
      return nil
    }
    if let value = E(rawValue: text) { return value }
    let names = E.allCases.map(\.rawValue).joined(separator: ", ")
    report(key, .choice, "This must be one of: \(names).")
    return nil
  }
}

/// Numbers and booleans.
extension JSONFields {
  /// A required number, a JSON number or a string that is written like one, read exactly.
  package func decimal(_ key: String, in range: ClosedRange<Decimal128>? = nil) -> Decimal128? {
    required(key).flatMap { decimal($0, key, range) }
  }

  /// The optional twin of `decimal`.
  package func optionalDecimal(
    _ key: String, in range: ClosedRange<Decimal128>? = nil
  ) -> Decimal128? {
    optional(key).flatMap { decimal($0, key, range) }
  }

  func decimal(
    _ node: JSONNode, _ key: String, _ range: ClosedRange<Decimal128>?
  ) -> Decimal128? {
    let text: String
    switch node.kind {
    case .number(let number): text = number
    case .string(let string):
      guard JSONNumberText.isNumber(string) else {
        report(key, .format, "This must be a decimal number such as \"1234.50\".")
        return nil
      }
      text = string
    default:
      wrongType(key, node, expected: "a number or a decimal string")
      return nil
    }
    guard JSONNumberText.significantDigits(text) <= 34 else {
      report(key, .precision, "This must have at most 34 significant digits.")
      return nil
    }
    guard let value = Decimal128(text), value.isFinite else {
      report(key, .range, "This number is too large.")
      return nil
    }
    if let range, !range.contains(value) {
      report(
        key, .range,
        "This must be from \(range.lowerBound.plainText) to \(range.upperBound.plainText).")
      return nil
    }
    return value
  }

  /// A required whole number, a JSON number.
  package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    required(key).flatMap { integer($0, key, range) }
  }

  /// The optional twin of `integer`.
  package func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
    optional(key).flatMap { integer($0, key, range) }
  }

  private func integer(_ node: JSONNode, _ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard case .number(let text) = node.kind else {
      wrongType(key, node, expected: "a whole number")
      return nil
    }
    let value = Int(text) ?? Decimal128(text).flatMap { $0.isInteger ? $0.integerValue : nil }
    guard let value, range.contains(value) else {
      report(
        key, .range,
        "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return value
  }

  /// A required `true` or `false`.
  package func boolean(_ key: String) -> Bool? {
    required(key).flatMap { boolean($0, key) }
  }

  /// The optional twin of `boolean`.
  package func optionalBoolean(_ key: String) -> Bool? {
    optional(key).flatMap { boolean($0, key) }
  }

  private func boolean(_ node: JSONNode, _ key: String) -> Bool? {
    guard case .boolean(let value) = node.kind else {
      wrongType(key, node, expected: "true or false")
      return nil
    }
    return value
  }
}

/// Dates, instants and currencies.
extension JSONFields {
  /// A required date, `2026-01-31`.
  package func date(_ key: String) -> CalendarDate? {
    required(key).flatMap {
      parsed($0, key, "a date such as \"2026-01-31\"") { CalendarDate(iso: $0) }
    }
  }

  /// The optional twin of `date`.
  package func optionalDate(_ key: String) -> CalendarDate? {
    optional(key).flatMap {
      parsed($0, key, "a date such as \"2026-01-31\"") { CalendarDate(iso: $0) }
    }
  }

  /// A required instant, `2026-01-31T09:30:00Z`.
  package func instant(_ key: String) -> Instant? {
    required(key).flatMap {
      parsed($0, key, "an instant such as \"2026-01-31T09:30:00Z\"") { Instant(rfc3339: $0) }
    }
  }

  /// The optional twin of `instant`.
  package func optionalInstant(_ key: String) -> Instant? {
    optional(key).flatMap {
      parsed($0, key, "an instant such as \"2026-01-31T09:30:00Z\"") { Instant(rfc3339: $0) }
    }
  }

  /// A required ISO 4217 currency code, `EUR`.
  package func currency(_ key: String) -> Currency? {
    required(key).flatMap { parsed($0, key, "an ISO 4217 currency code") { Currency($0) } }
  }

  /// The optional twin of `currency`.
  package func optionalCurrency(_ key: String) -> Currency? {
    optional(key).flatMap { parsed($0, key, "an ISO 4217 currency code") { Currency($0) } }
  }

  /// A required string that a type reads; `sentence` completes "This must be …".
  package func parsed<T>(_ key: String, _ sentence: String, _ read: (String) -> T?) -> T? {
    required(key).flatMap { parsed($0, key, sentence, read) }
  }

  /// The optional twin of `parsed`.
  package func optionalParsed<T>(
    _ key: String, _ sentence: String, _ read: (String) -> T?
  ) -> T? {
    optional(key).flatMap { parsed($0, key, sentence, read) }
  }

  private func parsed<T>(
    _ node: JSONNode, _ key: String, _ sentence: String, _ read: (String) -> T?
  ) -> T? {
    guard case .string(let text) = node.kind else {
      wrongType(key, node, expected: "a string")
      return nil
    }
    guard let value = read(text) else {
      report(key, .format, "This must be \(sentence).")
      return nil
    }
    return value
  }
}
