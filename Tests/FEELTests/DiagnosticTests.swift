import FEEL
import Testing

@Suite("Diagnostics are drawn")
struct DiagnosticTests {
  private func drawing(_ text: String) -> String {
    do {
      let expression = try Expression.parse(text)
      return expression.problems.map(\.drawing).joined(separator: "\n\n")
    } catch {
      return error.description
    }
  }

  @Test("A missing operand")
  func missingOperand() {
    #expect(
      drawing("1 +") == """
        error: an expression is missing after '+'; the end of the text stands there \
        [feel.expression.missing]
        1 | 1 +
          |    ^
          = expected: a value, a name, '(', '[', '{', 'if', 'for', 'some', 'every' or 'function'
        """)
  }

  @Test("The line and the column of a longer text")
  func lines() {
    #expect(
      drawing("if a > 1\nthen \"x\"\nels \"y\"") == """
        error: 'else' is missing after the 'then' branch; 'els' stands there [feel.token.missing]
        3 | els "y"
          | ^^^
          = expected: 'else'
        """)
  }

  @Test("A string that is never closed")
  func openString() {
    #expect(
      drawing("x = \"abc") == """
        error: the string is never closed [feel.string.unclosed]
        1 | x = "abc
          |     ^
          = expected: '"' before the end of the line
          = mend: close the string with '"'; write a line break as \\n
        """)
  }

  @Test("A misspelt function")
  func misspelt() {
    #expect(
      drawing("String length(\"x\")") == """
        error: there is no function 'String length' [feel.function.unknown]
        1 | String length("x")
          | ^^^^^^^^^^^^^
          = mend: did you mean 'string length'?
        """)
  }

  @Test("Types that can never be compared")
  func comparison() {
    #expect(
      drawing("1 < \"a\"") == """
        warning: number is never comparable with string, so the result is always null \
        [feel.type.conflict]
        1 | 1 < "a"
          | ^^^^^^^
          = mend: convert one side to the type of the other
        """)
  }

  @Test(
    "An operation that always gives null is told, and none that may give something",
    arguments: [
      ("1 + \"a\"", true), ("\"a\" * 2", true), ("true + 1", true), ("\"a\" - \"b\"", true),
      ("date(\"2024-01-01\") + 1", true), ("\"a\" + \"b\"", false), ("1 + 2 * 3", false),
      ("date(\"2024-01-01\") + duration(\"P1D\")", false), ("duration(\"P1D\") * 2", false),
      ("2 * duration(\"P1D\")", false), ("duration(\"P2D\") / duration(\"P1D\")", false),
      ("date(\"2024-01-02\") - date(\"2024-01-01\")", false), ("[1] + 2", false),
      ("1 + null", false),
    ] as [(String, Bool)])
  func operands(_ text: String, isConflict: Bool) throws {
    let expression = try Expression.parse(text)
    #expect(expression.problems.map(\.code) == (isConflict ? [.typeConflict] : []))
    if isConflict { #expect(run(text).value == .null) }
  }

  @Test("Arguments that no form takes")
  func arguments() {
    #expect(
      drawing("date(2024, 2)") == """
        warning: no form of 'date' takes these arguments, so the result is always null \
        [feel.arguments.wrong]
        1 | date(2024, 2)
          | ^^^^^^^^^^^^^
          = expected: date(from) or date(year, month, day)
        """)
  }

  @Test("Text after a complete expression")
  func trailing() {
    #expect(
      drawing("1 2") == """
        error: the number 2 cannot follow a complete expression [feel.token.unexpected]
        1 | 1 2
          |   ^
          = expected: an operator or the end of the text
          = mend: a name with several words must be declared; otherwise put an operator between
        """)
  }

  @Test("Tests that can never hold in a cell")
  func cells() throws {
    let tests = try UnaryTests.parse("\"high\", < 5", input: .number)
    #expect(
      tests.problems.map(\.drawing).joined(separator: "\n") == """
        warning: the value tested is a number, but "high" is a string [feel.type.conflict]
        1 | "high", < 5
          | ^^^^^^
        """)
  }

  @Test("A null records where it came from")
  func causes() {
    let result = run("{a: 1 / 0, b: a + 1}.b")
    #expect(result.value == .null)
    #expect(
      result.causes.map(\.description) == [
        "1 is divided by zero [divisionByZero at 4]",
        "an operand of '+' is null [operandType at 14]",
      ])
  }

  @Test(
    "A test of a number that can never be told is warned of",
    arguments: [
      ("< < 18", true), ("not(> >= 5)", true), ("< [1..2]", true), ("[1..\"b\"]", true),
      ("? between 1 and \"5\"", true), ("? in \"x\"", true), ("? in (1, \"x\")", true),
      ("? and true", true), ("? > 1 or \"x\"", true), ("< 18", false), ("[1..2]", false),
      ("? in (1, > 5)", false), ("? in [1..5]", false), ("? between 1 and 5", false),
      ("? > 1 and ? < 5", false), ("not(< 5, > 10)", false), ("null", false),
    ])
  func neverTold(text: String, isWarned: Bool) throws {
    let tests = try UnaryTests.parse(text, input: .number)
    #expect(tests.problems.isEmpty != isWarned, "\(text): \(tests.problems)")
  }
}
