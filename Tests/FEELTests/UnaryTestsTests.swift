import FEEL
import Quantities
import Testing

@Suite("Unary tests (rules 13 to 15)")
struct UnaryTestsTests {
  private func matches(_ text: String, _ input: Value) throws -> Bool? {
    let tests = try UnaryTests.parse(text)
    let frame = Frame(Evaluation(now: testNow))
    let result = tests.matches(input, frame)
    if let form = tests.form { #expect(form.matches(input) == result, "the form of \(text)") }
    return result
  }

  @Test(
    "Cells",
    arguments: [
      ("-", 1, true), ("-", .null, true), ("5", 5, true), ("5", 6, false), ("5", .null, false),
      ("\"a\", \"b\"", "b", true), ("\"a\", \"b\"", "c", false), ("5", "5", nil),
      ("< 5", 4, true), ("< 5", .null, nil), ("[1..5)", 5, false), ("[1..5)", .null, nil),
      ("not(5)", 5, false), ("not(5)", 6, true), ("not(5)", .null, true), ("not(< 5)", .null, nil),
      ("not(\"a\", \"b\")", "c", true), ("null", .null, true), ("null", 1, false),
      ("[1, 2, 3]", 2, true), ("[1, 2, 3]", 5, false), ("? > 3", 4, true), ("? > 3", 2, false),
      ("? > 3 and ? < 5", 4, true), ("even(?)", 4, true), ("even(4)", 3, true),
      ("contains(\"abc\", \"b\")", "x", true), ("true", true, true), ("false", true, false),
      ("not(true)", false, true), ("= 5", 5, true), ("!= 5", 6, true), ("1 + 1", 2, true),
      ("[1..3], [7..9], 20", 8, true), ("[10..5]", 7, false), ("[10..5]", .null, nil),
      ("not([10..5])", 7, true), ("not([10..5])", .null, nil), ("date(\"2024-02-29\")", 1, nil),
    ] as [(String, Value, Bool?)])
  func cells(text: String, input: Value, expected: Bool?) throws {
    #expect(try matches(text, input) == expected, "\(text) for \(input)")
  }

  @Test("Simple cells have a form that an index can use")
  func forms() throws {
    #expect(try UnaryTests.parse("-").form == .any)
    #expect(try UnaryTests.parse("<= 5").form == .compare(.lessOrEqual, 5))
    #expect(try UnaryTests.parse("\"a\"").form == .compare(.equal, "a"))
    #expect(
      try UnaryTests.parse("[1..5)").form
        == .range(ValueRange(start: 1, startIncluded: true, end: 5, endIncluded: false)))
    #expect(
      try UnaryTests.parse("\"a\", \"b\"").form
        == .set([.compare(.equal, "a"), .compare(.equal, "b")]))
    #expect(try UnaryTests.parse("not(5)").form == .negation(.compare(.equal, 5)))
    #expect(try UnaryTests.parse("(< 5)").form == .compare(.less, 5))
    #expect(try UnaryTests.parse("? > 5").form == nil)
  }

  @Test("Cells may use names of the scope, which are slots")
  func names() throws {
    var scope = Scope()
    let limit = scope.declare("the limit", .number)
    let tests = try UnaryTests.parse("[0..the limit]", input: .number, scope: scope)
    let frame = Frame(Evaluation(now: testNow))
    frame[limit] = 10
    #expect(tests.form == nil)
    #expect(tests.slotsRead == [limit])
    #expect(tests.matches(10, frame) == true)
    #expect(tests.matches(11, frame) == false)
    frame[limit] = .null
    #expect(tests.matches(10, frame) == nil)
  }
}
