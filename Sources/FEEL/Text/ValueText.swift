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
  ///
  /// A text longer than
  /// `ValueWriter.longest` bytes ends in `…`.
  public var literalText: String {
    var writer = ValueWriter()
    writer.write(self)
    return writer.text
  }
}

/// Writes values as FEEL text.
///
/// Values may share parts, so the length of the text is bounded.
struct ValueWriter {
  private(set) var text = ""
  private let limit: Int
  /// Whether the text was cut off.
  private(set) var isCut = false

  /// The greatest length of a text in bytes.
  static let longest = 10_000_000

  init(limit: Int = ValueWriter.longest) { self.limit = limit }

  mutating func write(_ value: Value) {
    guard text.utf8.count <= limit else {
      if !isCut { text += "…" }
      isCut = true
      return
    }
    switch value {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let number): text += number.plainText
    case .string(let string): writeQuoted(string)
    case .date(let date): text += date.description
    case .time(let time): text += time.description
    case .dateTime(let moment): text += moment.description
    case .daysTime(let duration): text += duration.description
    case .yearsMonths(let duration): text += duration.description
    case .list(let values):
      text += "["
      for (place, value) in values.enumerated() where !isCut {
        if place > 0 { text += ", " }
        write(value)
      }
      text += "]"
    case .context(let context): write(context)
    case .range(let range): write(range)
    case .function(let function):
      text += "function(" + function.parameters.map(\.name).joined(separator: ", ") + ")"
    }
  }

  private mutating func write(_ context: Context) {
    text += "{"
    for (place, entry) in context.enumerated() where !isCut {
      if place > 0 { text += ", " }
      writeKey(entry.0)
      text += ": "
      write(entry.1)
    }
    text += "}"
  }

  private mutating func write(_ range: ValueRange) {
    switch range.form {
    case .interval:
      text += range.startIncluded ? "[" : "("
      write(range.start)
      text += ".."
      write(range.end)
      text += range.endIncluded ? "]" : ")"
      return
    case .less: text += "(<"
    case .lessOrEqual: text += "(<="
    case .greater: text += "(>"
    case .greaterOrEqual: text += "(>="
    case .equal: text += "(="
    case .notEqual: text += "(!="
    }
    write(range.endpoint)
    text += ")"
  }

  private mutating func writeQuoted(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// A key bare where it is a name of words, quoted where it is not.
  private mutating func writeKey(_ key: String) {
    let joints = "./-'+* ?".unicodeScalars
    let scalars = key.unicodeScalars
    let isName =
      scalars.first.map(Lexer.startsName) ?? false
      && scalars.allSatisfy { Lexer.continuesName($0) || joints.contains($0) }
    if isName { text += key } else { writeQuoted(key) }
  }
}

extension Value: CustomStringConvertible {
  /// The value as FEEL would write it.
  public var description: String { literalText }
}

extension ValueRange: CustomStringConvertible {
  /// The range as it was written, such as `[1..10)` or `(<10)`.
  public var description: String { Value.range(self).literalText }
}
