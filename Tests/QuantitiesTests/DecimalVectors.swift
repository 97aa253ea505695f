import Foundation
import Quantities

/// One case of a `.decTest` file: an operation, its operands and the result.
struct DecimalVector {
  let name: String
  let operation: String
  let operands: [String]
  let result: String
  let conditions: [String]
  let rounding: String
  let precision: Int
  let largestExponent: Int
}

/// What came of a case.
enum VectorOutcome: Equatable {
  case passed
  /// The case is about something that is not offered here.
  case notOffered(String)
  case failed(String)
}

extension DecimalVector {
  /// Reads all cases of a file.
  static func read(_ url: URL) throws -> [DecimalVector] {
    var settings: [String: String] = [:]
    var vectors: [DecimalVector] = []
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      let words = words(of: line)
      guard let first = words.first else { continue }
      if first.hasSuffix(":") {
        settings[first.dropLast().lowercased()] = words.dropFirst().first?.lowercased()
        continue
      }
      guard let arrow = words.firstIndex(of: "->"), arrow >= 3, words.count > arrow + 1 else {
        continue
      }
      vectors.append(
        DecimalVector(
          name: first, operation: words[1].lowercased(), operands: Array(words[2..<arrow]),
          result: words[arrow + 1], conditions: words[(arrow + 2)...].map { $0.lowercased() },
          rounding: settings["rounding"] ?? "half_even",
          precision: Int(settings["precision"] ?? "") ?? 34,
          largestExponent: Int(settings["maxexponent"] ?? "") ?? 6144))
    }
    return vectors
  }

  /// The words of a line, quotes taken off; a comment begins with two hyphens.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var rest = line[...]
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      if rest.hasPrefix("--") { break }
      if let quote = rest.first, quote == "'" || quote == "\"" {
        let body = rest.dropFirst()
        let end = body.firstIndex(of: quote) ?? body.endIndex
        words.append(String(body[..<end]))
        rest = end < body.endIndex ? body[body.index(after: end)...] : ""
      } else {
        let end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
        words.append(String(rest[..<end]))
        rest = rest[end...]
      }
    }
    return words
  }

  /// An operand; infinities and nan have no text in the library itself.
  static func number(_ text: String) -> Decimal128? {
    let isNegative = text.hasPrefix("-")
    let name = text.drop { $0 == "-" || $0 == "+" }.lowercased()
    if name.hasPrefix("nan") || name.hasPrefix("snan") { return .nan }
    if name == "inf" || name == "infinity" { return isNegative ? -.infinity : .infinity }
    return Decimal128(text)
  }

  private static let rules: [String: Rounding] = [
    "half_even": .halfEven, "half_up": .halfUp, "half_down": .halfDown, "up": .up, "down": .down,
    "ceiling": .ceiling, "floor": .floor,
  ]

  /// Computes the case and compares it with the result of the file, digit by digit.
  func run() -> VectorOutcome {
    guard !operands.contains(where: { $0.contains("#") }), !result.contains("#"), result != "?"
    else { return .notOffered("encodings") }
    if ["tosci", "apply", "toeng"].contains(operation) { return runText() }
    guard operands.allSatisfy({ DecimalVector.digits(of: $0) <= 34 }) else {
      return .notOffered("operand of more than 34 digits")
    }
    let numbers = operands.compactMap(DecimalVector.number)
    guard numbers.count == operands.count else { return .notOffered("operand without a value") }
    guard let rule = DecimalVector.rules[rounding] else {
      return .notOffered("rounding \(rounding)")
    }
    if conditions.contains("division_by_zero") {
      let quotient = numbers.count == 2 ? numbers[0] / numbers[1] : .nan
      return quotient.isNaN ? .passed : .failed("division by zero gave \(quotient)")
    }
    if conditions.contains("division_impossible") { return .notOffered("limit of the quotient") }
    if operation == "quantize" {
      guard numbers.allSatisfy(\.isFinite), result != "NaN" else {
        return .notOffered("quantize without result")
      }
      return compare(numbers[0].rounded(scale: -numbers[1].exponent, rule))
    }
    if operation.hasPrefix("tointegral") {
      guard numbers[0].exponent < 0 else { return .notOffered("exponent kept") }
      return compare(numbers[0].rounded(scale: 0, rule))
    }
    guard let value = compute(numbers) else { return .notOffered(operation) }
    // Arithmetic rounds half to even only; the sign of a zero difference depends on the rule too.
    if rule != .halfEven, conditions.contains("rounded") || value.isZero {
      return .notOffered("rounding \(rounding)")
    }
    if ["squareroot", "exp", "ln", "power"].contains(operation) {
      return compare(value, digits: precision)
    }
    guard largestExponent == 6144 else { return .notOffered("another range") }
    return compare(value)
  }

  private static func digits(of operand: String) -> Int {
    operand.prefix { $0 != "e" && $0 != "E" }.drop { "+-.0".contains($0) }.filter(\.isNumber).count
  }

  private func compute(_ numbers: [Decimal128]) -> Decimal128? {
    switch operation {
    case "add": numbers[0] + numbers[1]
    case "subtract": numbers[0] - numbers[1]
    case "multiply": numbers[0] * numbers[1]
    case "divide": numbers[0] / numbers[1]
    case "divideint": numbers[0].quotientTruncated(numbers[1])
    case "remainder": numbers[0].remainder(numbers[1])
    case "minus": -numbers[0]
    case "copyabs", "abs": numbers[0].magnitude
    case "compare": comparison(numbers[0], numbers[1])
    case "squareroot": numbers[0].squareRoot()
    case "exp": numbers[0].exponential()
    case "ln": numbers[0].isZero ? nil : numbers[0].naturalLogarithm()
    case "power": numbers[0].isZero ? nil : numbers[0].power(numbers[1])
    case "reduce": numbers[0].isNegative && numbers[0].isZero ? nil : numbers[0].normalized
    default: nil
    }
  }

  private func comparison(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
    if left.isNaN || right.isNaN { return .nan }
    return left == right ? 0 : (left < right ? -1 : 1)
  }

  /// Reading a text and writing it again.
  private func runText() -> VectorOutcome {
    let special = DecimalVector.number(result)
    let value = Decimal128(operands[0])
    if special?.isFinite != true {
      // What is no finite number is refused.
      return value == nil
        ? .passed : .failed("\(operands[0]) was read as \(value?.description ?? "")")
    }
    guard operation != "toeng" else { return .notOffered("engineering notation") }
    guard rounding == "half_even" || !conditions.contains("rounded") else {
      return .notOffered("rounding \(rounding)")
    }
    return value.map(compare) ?? .failed("refused")
  }

  private func compare(_ value: Decimal128) -> VectorOutcome {
    if DecimalVector.number(result)?.isNaN == true {
      return value.isNaN ? .passed : .failed(value.description)
    }
    return value.description == result ? .passed : .failed(value.description)
  }

  /// The files of the irrational functions have settings of all kinds: a result of fewer digits is
  /// compared by value, where the range of decimal128 holds it and half-even rounding was meant.
  private func compare(_ value: Decimal128, digits: Int) -> VectorOutcome {
    let isExact = !conditions.contains("inexact")
    guard rounding == "half_even" || isExact else { return .notOffered("rounding \(rounding)") }
    guard digits <= 34 || isExact else { return .notOffered("more than 34 digits") }
    let outside = ["overflow", "underflow", "subnormal", "clamped"]
    guard conditions.allSatisfy({ !outside.contains($0) }) else { return .notOffered("range") }
    let isLimited = operation == "power" && conditions.contains("invalid_operation")
    guard !conditions.contains("invalid_context"), !isLimited || operands[1].count < 10 else {
      return .notOffered("limit of the context")
    }
    guard let expected = DecimalVector.number(result) else { return .notOffered("range") }
    if expected.isNaN { return value.isNaN ? .passed : .failed(value.description) }
    let length = String(value.coefficient).count
    let rounded = value.rounded(scale: min(digits, 34) - length - value.exponent)
    return rounded == expected ? .passed : .failed(value.description)
  }
}
