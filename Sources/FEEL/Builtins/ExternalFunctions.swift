import Quantities

/// Functions that a model names by a Java class and method (DMN 1.5, 10.3.2.13.3).
///
/// There is no Java here: a small table stands in for the methods of `java.lang` that models use
/// for arithmetic and text. Anything else gives a function that always returns null.
enum ExternalFunctions {
  /// The function that the mapping information names; nil when it is no mapping.
  static func function(_ mapping: Value, _ parameters: [Parameter]) -> FunctionValue? {
    guard case .context(let mapping) = mapping else { return nil }
    guard case .context(let java) = mapping["java"], case .string(let className) = java["class"],
      case .string(let signature) = java["method signature"]
    else { return mapping["pmml"] == nil ? nil : unavailable(parameters) }
    return function(className: className, signature: signature, parameters)
  }

  /// The function of a Java method; one that always returns null when the table has no such
  /// method, or it takes another number of arguments.
  static func function(
    className: String, signature: String, _ parameters: [Parameter]
  ) -> FunctionValue {
    guard let (name, types) = parse(signature), types.count == parameters.count,
      let method = methods[className + "." + name]
    else { return unavailable(parameters) }
    return FunctionValue(name: name, parameters: parameters) { arguments, evaluation in
      var converted: [Value] = []
      for (type, argument) in zip(types, arguments) {
        guard let value = javaValue(argument, type) else {
          return evaluation.null(
            .external, Span(0, 0), "\(argument.kindName) is no Java \(type)")
        }
        converted.append(value)
      }
      return method(types, converted)
        ?? evaluation.null(.external, Span(0, 0), "\(className).\(name) has no result")
    }
  }

  private static func unavailable(_ parameters: [Parameter]) -> FunctionValue {
    FunctionValue(parameters: parameters) { _, evaluation in
      evaluation.null(.external, Span(0, 0), "the external function is not available")
    }
  }

  /// `max(double, double)` as its name and its argument types without spaces.
  private static func parse(_ signature: String) -> (name: String, types: [String])? {
    let text = signature.filter { !$0.isWhitespace }
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    let list = text[text.index(after: open)...].dropLast()
    return (String(text[..<open]), list.split(separator: ",").map(String.init))
  }
}

// MARK: - Conversion

extension ExternalFunctions {
  private static let integerBits = [
    "byte": 8, "java.lang.Byte": 8, "short": 16, "java.lang.Short": 16, "int": 32,
    "java.lang.Integer": 32, "long": 64, "java.lang.Long": 64,
  ]

  /// The argument as a value of the Java type (Table 47); nil when it does not fit.
  private static func javaValue(_ value: Value, _ type: String) -> Value? {
    if let bits = integerBits[type] {
      guard let whole = value.truncated, whole >> (bits - 1) == 0 || whole >> (bits - 1) == -1
      else { return nil }
      return .number(whole)
    }
    switch type {
    case "double", "java.lang.Double", "float", "java.lang.Float", "java.math.BigDecimal":
      return value.decimal.map { .number($0) }
    case "char", "java.lang.Character":
      guard let text = value.text, text.unicodeScalars.count == 1 else { return nil }
      return .string(text)
    case "java.lang.String": return value.text.map { .string($0) }
    case "boolean", "java.lang.Boolean": return value.truth.map { .boolean($0) }
    case "java.lang.Object", "[Ljava.lang.Object;", "java.lang.Object...": return value
    default: return nil
    }
  }

  private typealias Method = @Sendable (_ types: [String], _ arguments: [Value]) -> Value?

  /// The stand-ins, by class and method name.
  private static let methods: [String: Method] = {
    var table: [String: Method] = [
      "java.lang.Math.max": { types, values in
        isNumeric(types) ? decimals(values) { $0[0] < $0[1] ? $0[1] : $0[0] } : nil
      },
      "java.lang.Math.min": { types, values in
        isNumeric(types) ? decimals(values) { $0[1] < $0[0] ? $0[1] : $0[0] } : nil
      },
      "java.lang.Math.abs": { types, values in
        isNumeric(types) ? decimals(values) { $0[0].magnitude } : nil
      },
      "java.lang.Math.sqrt": { _, values in decimals(values) { $0[0].squareRoot() } },
      "java.lang.Math.exp": { _, values in decimals(values) { $0[0].exponential() } },
      "java.lang.Math.log": { _, values in decimals(values) { $0[0].naturalLogarithm() } },
      "java.lang.Math.pow": { _, values in decimals(values) { $0[0].power($0[1]) } },
      "java.lang.Math.floor": { _, values in
        decimals(values) { $0[0].rounded(scale: 0, .floor) }
      },
      "java.lang.Math.ceil": { _, values in
        decimals(values) { $0[0].rounded(scale: 0, .ceiling) }
      },
      "java.lang.String.valueOf": { _, values in values[0].feelText.map { .string($0) } },
      "java.lang.String.format": { _, values in JavaFormat.text(values) },
    ]
    for (name, function) in Trigonometry.functions {
      table["java.lang.Math." + name] = { _, values in
        values[0].decimal.flatMap { number in
          let result = Decimal128(function(number.doubleValue))
          return result.isFinite ? .number(result) : nil
        }
      }
    }
    for (name, bits) in integerBits where name.hasPrefix("java.") {
      let type = name
      table[name + ".valueOf"] = { _, values in
        if case .string(let text) = values[0] {
          guard let number = Int(text) else { return nil }
          return javaValue(.number(number), type)
        }
        return values[0].whole.map { .number($0) }
      }
      _ = bits
    }
    for name in ["java.lang.Float", "java.lang.Double"] {
      table[name + ".valueOf"] = { _, values in
        if case .string(let text) = values[0] {
          return Decimal128(text).flatMap { $0.isFinite ? .number($0) : nil }
        }
        return values[0]
      }
    }
    table["java.lang.Boolean.valueOf"] = { _, values in
      if case .string(let text) = values[0] { return .boolean(text.lowercased() == "true") }
      return values[0]
    }
    return table
  }()

  private static func isNumeric(_ types: [String]) -> Bool {
    types.allSatisfy {
      ["double", "float", "int", "long", "short", "byte"].contains($0)
    }
  }

  private static func decimals(
    _ values: [Value], _ body: ([Decimal128]) -> Decimal128
  ) -> Value? {
    let numbers = values.compactMap(\.decimal)
    guard numbers.count == values.count else { return nil }
    let result = body(numbers)
    return result.isFinite ? .number(result) : nil
  }
}
