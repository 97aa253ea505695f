import Quantities

/// A stand-in for `java.lang.String.format` with `%s`, `%d`, `%f`, `%n` and `%%`, with optional
/// precision of `%f`.
enum JavaFormat {
  /// The text of the first argument filled with the others; nil for a conversion that is none.
  static func text(_ arguments: [Value]) -> Value? {
    guard case .string(let format) = arguments.first else { return nil }
    var rest = Array(arguments.dropFirst())
    if rest.count == 1, case .list(let elements) = rest[0] { rest = elements }
    var values = rest[...]
    var result = ""
    var scalars = format.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      var precision: Int?
      if scalars.first == "." {
        scalars.removeFirst()
        var digits = 0
        while let digit = scalars.first.flatMap({ Int(String($0)) }), digits < 100 {
          digits = digits * 10 + digit
          scalars.removeFirst()
        }
        precision = digits
      }
      guard let conversion = scalars.popFirst(),
        let piece = piece(conversion, precision, &values)
      else { return nil }
      result += piece
    }
    return .string(result)
  }

  private static func piece(
    _ conversion: Unicode.Scalar, _ precision: Int?, _ values: inout ArraySlice<Value>
  ) -> String? {
    switch conversion {
    case "%": return "%"
    case "n": return "\n"
    case "s", "S":
      guard let value = values.popFirst() else { return nil }
      let text = value.feelText ?? "null"
      return conversion == "S" ? text.uppercased() : text
    case "d": return values.popFirst().flatMap { $0.whole.map(String.init) }
    case "f":
      return values.popFirst().flatMap { value in
        value.decimal.map { $0.rounded(scale: precision ?? 6, .halfUp).plainText }
      }
    default: return nil
    }
  }
}
