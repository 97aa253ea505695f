import FEEL
import Quantities
import Testing

/// One line of a table: an expression and another that gives the expected value.
struct Row: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String

  var testDescription: String { "\(text) => \(expected)" }

  /// The lines `expression => expected` of a table; empty lines and lines that begin with `--`
  /// are left out.
  static func table(_ table: String) -> [Row] {
    table.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " => ", maxSplits: 1)
      guard parts.count == 2, !line.hasPrefix("--") else { return nil }
      return Row(text: String(parts[0]), expected: String(parts[1]))
    }
  }

  /// Expects both sides to be the same element of the semantic domain.
  func check(_ location: SourceLocation = #_sourceLocation) {
    let value = evaluate(text)
    let wanted = evaluate(expected)
    #expect(
      Value.same(value, wanted), "\(text) gives \(value), not \(wanted)",
      sourceLocation: location)
  }
}

/// The moment at which all tests are evaluated: 2024-02-29T12:30:00Z.
let testNow = DateTime(secondsSinceEpoch: 1_709_209_800) ?? DateTime.epoch

extension DateTime {
  static let epoch = DateTime(
    date: CalendarDate(daysSinceEpoch: 0), time: TimeOfDay.midnightUTC)
}

/// Evaluates a text with variables; a text that violates the grammar gives its drawing as string.
func evaluate(
  _ text: String, _ variables: KeyValuePairs<String, Value> = [:], limits: Limits = .standard
) -> Value {
  run(text, variables, limits: limits).value
}

/// Evaluates a text with variables and gives the causes of nulls too.
func run(
  _ text: String, _ variables: KeyValuePairs<String, Value> = [:], limits: Limits = .standard
) -> (value: Value, causes: [NullCause]) {
  var scope = Scope()
  let frame = Frame(Evaluation(now: testNow, limits: limits, recording: true))
  for (name, value) in variables { frame[scope.declare(name, value.type)] = value }
  do {
    let expression = try Expression.parse(text, scope: scope, limits: limits)
    return (expression.evaluate(frame), frame.evaluation.causes)
  } catch {
    return (.string("\(error)"), [])
  }
}
