import FEEL
import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

@Suite("Calculators")
struct CalculatorTests {
  private static let day = CalendarDate(daysSinceEpoch: 20_500)

  private static func answer(_ calculator: Calculator, _ inputs: String) throws -> [Figure] {
    try calculator.figures(for: try JSONNode.parse(inputs), today: day)
  }

  @Test(
    "every example is answered with the figures that are documented", arguments: Calculators.all)
  func examples(calculator: Calculator) throws {
    let figures = try Self.answer(calculator, calculator.example)
    #expect(!figures.isEmpty)
    #expect(figures.map(\.name) == calculator.figures.map(\.name))
    #expect(!calculator.inputs.isEmpty)
    for field in calculator.inputs + calculator.figures {
      #expect(!field.about.isEmpty && field.about.hasSuffix("."), "\(field.name): \(field.about)")
    }
  }

  @Test("nothing at all is refused field by field, each required input by name")
  func empty() {
    for calculator in Calculators.all {
      do {
        _ = try Self.answer(calculator, "{}")
        Issue.record("\(calculator.path) answers nothing")
      } catch let violations as Violations {
        let named = Set(violations.list.map(\.pointer))
        for field in calculator.inputs where field.isRequired {
          #expect(named.contains("/\(field.name)"), "\(calculator.path) \(field.name)")
        }
      } catch {
        Issue.record("\(calculator.path): \(error)")
      }
    }
  }

  @Test(
    "a value that no field can have is refused at that field",
    arguments: [#""NaN""#, #""Infinity""#, "[]", "true", #""""#, "1e999", #""1e-9999999""#])
  func nonsense(value: String) throws {
    // The spreadsheet functions ignore the variables that they do not use, whatever those are.
    for calculator in Calculators.all where calculator.name != "time value" {
      let node = try JSONNode.parse(calculator.example)
      guard case .object(let members) = node.kind else { continue }
      for field in calculator.inputs where field.kind == .decimal {
        var json = JSONWriter()
        json.object { json in
          for member in members where member.key != field.name {
            json.key(member.key)
            json.node(member.value)
          }
          json.key(field.name)
          json.number(text: value)
        }
        do {
          _ = try Self.answer(calculator, json.text)
          // The smallest number may be a rate of nothing, and one's absence is allowed.
          #expect(value.contains("e-"), "\(calculator.path) \(field.name) takes \(value)")
        } catch let violations as Violations {
          #expect(!violations.list.isEmpty)
        } catch is JSONSyntaxError {
        }
      }
    }
  }

  @Test("a rule calls a calculator by name and gets the figures of the endpoint")
  func rules() throws {
    let now = try #require(DateTime(secondsSinceEpoch: 1_790_000_000, nanosecond: 0))
    let scope = Calculators.functions.reduce(into: Scope()) { $0.declare($1) }
    for (text, expected) in [
      ("loan payment(amount: 10000, annualRate: 0.05, payments: 36).payment", "299.71"),
      ("loan payment(10000, 0.05, 36).payment", "299.71"),
      (#"month shift(date("2026-01-31"), 1).date = date("2026-02-28")"#, "true"),
      (#"bonus malus(scale: "XK", class: "8").coefficient"#, "0.80"),
      ("loan payment(amount: -1, annualRate: 0.05, payments: 36)", "null"),
      (
        "sum(for r in deposit ladder(amount: 100, rungs: [{years: 1, annualRate: 0.05}]).rungs "
          + "return r.maturityValue)", "105.00"
      ),
    ] {
      let expression = try FEEL.Expression.parse(text, scope: scope)
      #expect("\(expression.evaluate(Frame(Evaluation(now: now))))" == expected, "\(text)")
    }
  }

  @Test("every calculator is a function of rules that answers its example")
  func functions() throws {
    for calculator in Calculators.all {
      let node = try JSONNode.parse(calculator.example)
      let arguments = calculator.inputs.map { field in
        node[field.name].map(Self.value) ?? .null
      }
      #expect(!calculator.function.body(arguments).isNull, "\(calculator.name)")
    }
  }

  private static func value(_ node: JSONNode) -> FEEL.Value {
    switch node.kind {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .number(let text): Decimal128(text).map { .number($0) } ?? .null
    case .string(let text): .string(text)
    case .array(let nodes): .list(nodes.map(value))
    case .object(let members):
      .context(Context(members.map { (key: $0.key, value: value($0.value)) }))
    }
  }

  @Test("the table of the documentation is the table of the program")
  func documentation() throws {
    let url = ProjectFolder.root.appending(path: "Documentation/Calculators.md")
    let table = CalculatorTable.text
    if ProcessInfo.processInfo.environment["STEWARD_RECORD"] == "1" {
      try Data(table.utf8).write(to: url)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == table)
  }
}
