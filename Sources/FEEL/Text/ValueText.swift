import Quantities

extension Value {
  /// The text of the built-in `string(from)` (10.3.4.1); nil for null.
  public var feelText: String? {
    switch self {
    case .null: nil
    case .string(let text): text
    default: literalText
    }
  }

  /// The value as FEEL would write it inside a list or a context.
  public var literalText: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let number): number.plainText
    case .string(let text): Value.quoted(text)
    case .date(let date): date.description
    case .time(let time): time.description
    case .dateTime(let moment): moment.description
    case .daysTime(let duration): duration.description
    case .yearsMonths(let duration): duration.description
    case .list(let values): "[" + values.map(\.literalText).joined(separator: ", ") + "]"
    case .context(let context):
      "{"
        + context.map { "\(Value.key($0)): \($1.literalText)" }.joined(separator: ", ") + "}"
    case .range(let range): range.description
    case .function(let function):
      "function(" + function.parameters.map(\.name).joined(separator: ", ") + ")"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A key bare where it is a name of words, quoted where it is not.
  private static func key(_ key: String) -> String {
    let scalars = key.unicodeScalars
    guard let first = scalars.first, Lexer.startsName(first) else { return quoted(key) }
    let plain = scalars.allSatisfy { Lexer.continuesName($0) || "./-'+* ?".unicodeScalars.contains($0) }
    return plain ? key : quoted(key)
  }
}

extension Value: CustomStringConvertible {
  /// The value as FEEL would write it.
  public var description: String { literalText }
}

extension ValueRange: CustomStringConvertible {
  /// The range as it was written, such as `[1..10)` or `(<10)`.
  public var description: String {
    switch form {
    case .interval:
      (startIncluded ? "[" : "(") + start.literalText + ".." + end.literalText
        + (endIncluded ? "]" : ")")
    case .less: "(<\(end.literalText))"
    case .lessOrEqual: "(<=\(end.literalText))"
    case .greater: "(>\(start.literalText))"
    case .greaterOrEqual: "(>=\(start.literalText))"
    case .equal: "(=\(end.literalText))"
    case .notEqual: "(!=\(end.literalText))"
    }
  }
}
