import Quantities

/// Numeric functions (DMN 1.5, 10.3.4.5, Table 76).
extension Builtin {
  static let numbers: [Builtin] = [
    rounding("decimal", .halfEven),
    rounding("floor", .floor, scaleIsOptional: true),
    rounding("ceiling", .ceiling, scaleIsOptional: true),
    rounding("round up", .up),
    rounding("round down", .down),
    rounding("round half up", .halfUp),
    rounding("round half down", .halfDown),
    Builtin("abs", .any, follows: 0, .one("n", .any, absolute)),
    Builtin(
      "modulo", .number,
      .two(("dividend", .number), ("divisor", .number)) { left, right, call in
        guard let left = left.decimal, let right = right.decimal, !right.isZero else {
          return call.evaluation.null(.divisionByZero, call.span, "the divisor is zero")
        }
        return finite(left.modulo(right), call)
      }),
    function("sqrt") { $0.squareRoot() },
    function("log") { $0.naturalLogarithm() },
    function("exp") { $0.exponential() },
    parity("odd", 1),
    parity("even", 0),
  ]

  /// Footnote 1 of Table 76: the scale lies in [-6111..6176].
  private static let scales = -6111...6176

  private static func rounding(
    _ name: String, _ rule: Rounding, scaleIsOptional: Bool = false
  ) -> Builtin {
    let scaled = Form.two(("n", .number), ("scale", .number)) { number, scale, call in
      guard let number = number.decimal, let scale = scale.truncated, scales.contains(scale)
      else { return call.outside("the scale lies within -6111 and 6176") }
      return finite(number.rounded(scale: scale, rule), call)
    }
    guard scaleIsOptional else { return Builtin(name, .number, scaled) }
    let whole = Form.one("n", .number) { number, call in
      finite(number.decimal?.rounded(scale: 0, rule) ?? .nan, call)
    }
    return Builtin(name, .number, whole, scaled)
  }

  private static func function(
    _ name: String, _ body: @escaping @Sendable (Decimal128) -> Decimal128
  ) -> Builtin {
    Builtin(
      name, .number,
      .one("number", .number) { number, call in finite(body(number.decimal ?? .nan), call) }
    ).costing(500)
  }

  private static func parity(_ name: String, _ remainder: Decimal128) -> Builtin {
    Builtin(
      name, .boolean,
      .one("number", .number) { number, _ in
        .boolean(number.decimal?.modulo(2) == remainder)
      })
  }

  /// A number that FEEL can hold, else null with its cause.
  static func finite(_ number: Decimal128, _ call: Call) -> Value {
    if number.isFinite { return .number(number) }
    return call.evaluation.null(.outOfRange, call.span, "the result is no decimal128 number")
  }

  private static func absolute(_ value: Value, _ call: Call) -> Value {
    switch single(value) {
    case .number(let number): return .number(number.magnitude)
    case .daysTime(let duration):
      if !duration.isNegative { return .daysTime(duration) }
      return duration.negated.map { .daysTime($0) } ?? call.outside("the duration is too long")
    case .yearsMonths(let duration):
      guard duration.months > Int64.min else { return call.outside("the duration is too long") }
      return .yearsMonths(YearsMonthsDuration(months: abs(duration.months)))
    case let other: return call.wrongType("'abs' takes no \(other.kindName)")
    }
  }
}
