import FEEL
import Quantities
import Testing

@Suite("Limits")
struct LimitTests {
  @Test("Ten thousand nested parentheses end in a diagnostic")
  func parentheses() {
    for opening in ["(", "[", "{a:", "-", "not(", "if ", "function() ", "1+(", "[1.."] {
      let text = String(repeating: opening, count: 10_000)
      #expect(throws: Diagnostics.self, "\(opening)") { try Expression.parse(text) }
    }
    let closed = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    #expect {
      try Expression.parse(closed)
    } throws: { error in
      (error as? Diagnostics)?.list.first?.code == .depthExceeded
    }
  }

  @Test("A chain of ten thousand operands is no nesting")
  func chains() {
    let sum = repeatElement("1", count: 10_000).joined(separator: " + ")
    #expect(evaluate(sum) == 10_000)
    let disjunction = repeatElement("false", count: 10_000).joined(separator: " or ")
    #expect(evaluate(disjunction) == false)
  }

  @Test(
    "Endless work ends in null with a cause",
    arguments: [
      "for i in 1..1000000000000 return i",
      "for i in 1..1000000, j in 1..1000000 return i",
      "some i in 1..100000, j in 1..100000 satisfies false",
      "{f: function(f, n) f(f, n), r: f(f, 1)}.r",
      "count(for i in 1..100000 return partial)",
      "for i in 1..100000 return [partial[-1]]",
      "{a: \"xxxxxxxxxxxxxxxx\", r: for i in 1..100 return if i = 1 then a else partial[-1] + partial[-1]}.r[100]",
      "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"(a*)*b\")",
    ])
  func endless(text: String) {
    var limits = Limits.standard
    limits.steps = 1_000_000
    let result = run(text, limits: limits)
    #expect(result.value == .null || result.value.elements != nil)
    #expect(result.causes.contains { $0.code == .limit || $0.code == .invalidPattern })
  }

  @Test("Values that share their parts are neither compared nor printed without end")
  func sharing() {
    let doubling = "for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]]"
    var limits = Limits.standard
    limits.steps = 1_000_000
    let equal = run("{a: \(doubling), b: \(doubling), r: a = b}.r", limits: limits)
    #expect(equal.value == .null)
    let text = run("string((\(doubling))[40])", limits: limits)
    #expect(text.value == .null)
    #expect(text.causes.contains { $0.code == .limit })
  }

  @Test("Recursion of a thousand calls is possible, and more ends in null")
  func recursion() {
    let text = """
      {sum: function(f, n) if n = 0 then 0 else n + f(f, n - 1), r: sum(sum, depth)}.r
      """
    #expect(evaluate(text, ["depth": 300]) == 45150)
    let deep = run(text, ["depth": 100_000])
    #expect(deep.value == .null)
    #expect(deep.causes.contains { $0.code == .limit })
  }

  @Test("No random text crashes the parser or the evaluator")
  func random() {
    let pieces = [
      "1", "2.5", "\"a\"", "x", "item", "(", ")", "[", "]", "{", "}", ":", ",", ".", "..", "+",
      "-", "*", "/", "**", "=", "<", ">=", "and", "or", "if", "then", "else", "for", "in",
      "return", "some", "satisfies", "function", "instance of", "number", "null", "true", "not",
      "between", "@\"P1D\"", "sum", "sort", "date", "string", "[1..3]", "partial", "?", "list<",
    ]
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededRandom(seed: seed)
    var limits = Limits.standard
    limits.steps = 10_000
    for _ in 0..<3_000 {
      let count = Int.random(in: 1...25, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "1" }
        .joined(separator: " ")
      _ = evaluate(text, ["x": [1, 2, 3]], limits: limits)
      if let tests = try? UnaryTests.parse(text, limits: limits) {
        _ = tests.matches(5, Frame(Evaluation(now: testNow, limits: limits)))
      }
    }
    #expect(Bool(true), "seed \(seed)")
  }
}
