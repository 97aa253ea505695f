/// String functions (DMN 1.5, 10.3.4.3, Table 74). Positions and lengths count code points.
extension Builtin {
  static let strings: [Builtin] = [
    Builtin("substring", .string, .many(substringParts, substring)),
    Builtin(
      "string length", .number,
      .one("string", .string) { value, _ in
        .number(value.text?.unicodeScalars.count ?? 0)
      }),
    Builtin(
      "upper case", .string,
      .one("string", .string) { value, _ in .string(value.text?.uppercased() ?? "") }),
    Builtin(
      "lower case", .string,
      .one("string", .string) { value, _ in .string(value.text?.lowercased() ?? "") }),
    Builtin(
      "substring before", .string,
      pair { text, match in
        guard let place = find(match, in: text) else { return .string("") }
        return .string(String(decoding: text[..<place], as: UTF8.self))
      }),
    Builtin(
      "substring after", .string,
      pair { text, match in
        guard let place = find(match, in: text) else { return .string("") }
        return .string(String(decoding: text[(place + match.count)...], as: UTF8.self))
      }),
    Builtin("contains", .boolean, pair { .boolean(find($1, in: $0) != nil) }),
    Builtin("starts with", .boolean, pair { .boolean($0.starts(with: $1)) }),
    Builtin(
      "ends with", .boolean,
      pair { text, match in
        .boolean(text.count >= match.count && text.suffix(match.count).elementsEqual(match))
      }),
    Builtin(
      "string join", .string,
      .many(
        [
          Parameter("list", .list(.any)), Parameter("delimiter", .string, isOptional: true),
        ], join)),
  ]

  private static let substringParts = [
    Parameter("string", .string), Parameter("start position", .number),
    Parameter("length", .number, isOptional: true),
  ]

  /// A function of two strings as UTF-8, in which a search by bytes finds whole code points.
  private static func pair(
    _ body: @escaping @Sendable (_ text: [UInt8], _ match: [UInt8]) -> Value
  ) -> Form {
    .two(("string", .string), ("match", .string)) { text, match, _ in
      body(Array((text.text ?? "").utf8), Array((match.text ?? "").utf8))
    }
  }

  /// The place of the first occurrence.
  private static func find(_ match: [UInt8], in text: [UInt8]) -> Int? {
    guard let first = match.first else { return 0 }
    guard match.count <= text.count else { return nil }
    var place = 0
    let last = text.count - match.count
    while place <= last {
      if text[place] == first, text[place..<place + match.count].elementsEqual(match) {
        return place
      }
      place += 1
    }
    return nil
  }

  /// Footnote 1 of Table 74: the start lies in [-L..L] and is not 0; the length is at least 1 and
  /// ends within the string.
  ///
  /// Fractions are cut off.
  private static func substring(_ arguments: [Value], _ call: Call) -> Value {
    guard case .string(let text) = arguments[0], let start = arguments[1].truncated else {
      return call.outside("the start position is out of range")
    }
    let scalars = text.unicodeScalars
    let total = scalars.count
    guard start != 0, abs(start) <= total else {
      return call.outside("the string of \(total) has no position \(start)")
    }
    let from = start > 0 ? start - 1 : total + start
    var count = total - from
    if !arguments[2].isNull {
      guard let length = arguments[2].truncated, length >= 1, length <= count else {
        return call.outside("the length \(arguments[2]) is not within 1 and \(count)")
      }
      count = length
    }
    let first = scalars.index(scalars.startIndex, offsetBy: from)
    let end = scalars.index(first, offsetBy: count)
    return .string(String(scalars[first..<end]))
  }

  private static func join(_ arguments: [Value], _ call: Call) -> Value {
    guard case .list(let elements) = arguments[0], call.spend(elements.count) else {
      return call.evaluation.exhausted(call.span)
    }
    var texts: [String] = []
    for element in elements {
      switch element {
      case .string(let text): texts.append(text)
      case .null: continue
      default: return call.wrongType("'string join' takes strings, not \(element.kindName)")
      }
    }
    let joined = texts.joined(separator: arguments[1].text ?? "")
    guard joined.utf8.count <= call.evaluation.limits.stringLength else {
      return call.evaluation.null(.limit, call.span, "the joined string is too long")
    }
    return .string(joined)
  }
}
