import FEEL
import Testing

@Suite("Literals (10.3.1.2, rules 31 to 37 and 64 to 66)")
struct LiteralTests {
  @Test(
    "Numbers keep the scale they are written with",
    arguments: [
      ("0", "0"), ("007", "7"), (".5", "0.5"), ("1.50", "1.50"), ("-3", "-3"),
      ("1.23e4", "12300"), ("1.2E-3", "0.0012"), ("1e+2", "100"),
      (
        "1234567890123456789012345678901234567", "1234567890123456789012345678901235000"
      ),
    ])
  func numbers(text: String, written: String) {
    #expect(evaluate(text).literalText == written)
  }

  @Test(
    "Escapes in strings",
    arguments: [
      (#""a\"b""#, #"a"b"#), (#""a\\b""#, #"a\b"#), (#""\n\r\t\'""#, "\n\r\t'"),
      (#""\u0041""#, "A"), (#""\U01F40E""#, "\u{1F40E}"), (#""\uD83D\uDC0E""#, "\u{1F40E}"),
      (#""\d+\s""#, #"\d+\s"#), (#""\u12""#, #"\u12"#), (#""\\u0041""#, #"\u0041"#),
      ("\"caf\u{E9}\"", "caf\u{E9}"), ("\"\"", ""),
    ])
  func escapes(text: String, value: String) {
    #expect(evaluate(text) == .string(value))
  }

  @Test(
    "At literals",
    arguments: Row.table(
      """
      @"2024-02-29" => date(2024, 2, 29)
      @"-0044-03-15" => date(-44, 3, 15)
      @"10:30:00.5" => time("10:30:00.5")
      @"10:30:00@Europe/Paris" => time("10:30:00@Europe/Paris")
      @"2024-02-29T24:00:00" => date and time("2024-03-01T00:00:00")
      @"P1Y2M" => duration("P14M")
      @"-P1DT25H" => duration("-P2DT1H")
      @"2023-02-29" => null
      @"foo" => null
      """))
  func atLiterals(row: Row) { row.check() }

  @Test(
    "Comments are white space",
    arguments: Row.table(
      """
      1 + /* one /* more */ 1 => 2
      /* first */ 1 // last => 1
      """))
  func comments(row: Row) { row.check() }

  @Test("A line comment ends with its line")
  func lineComment() {
    #expect(evaluate("1 + // one\n 2") == 3)
  }
}

@Suite("Names (10.3.1.4 to 10.3.1.6)")
struct NameTests {
  @Test("Names hold spaces, operators, keywords and digits")
  func names() {
    let variables: KeyValuePairs<String, Value> = [
      "Monthly Salary": 10, "Date-Time2": 20, "Teacher's Evaluation": 30, "a+b": 40,
      "profit and loss": 50, "case 1": 60, "what if?": 70, "x/y": 80, "in process": 90,
    ]
    let table: KeyValuePairs<String, Value> = [
      "Monthly Salary * 2": 20, "Monthly   Salary": 10, "Date-Time2 - 1": 19,
      "Teacher's Evaluation": 30, "a+b": 40, "a + b": 40, "profit and loss + 1": 51,
      "case 1+1": 61, "what if?": 70, "x/y*2": 160, "if in process = 90 then 1 else 2": 1,
    ]
    for (text, expected) in table { #expect(evaluate(text, variables) == expected, "\(text)") }
  }

  @Test("The longest name wins, and parentheses prevent it")
  func longest() {
    let variables: KeyValuePairs<String, Value> = ["a": 10, "b": 3, "a-b": 99]
    #expect(evaluate("a-b", variables) == 99)
    #expect(evaluate("a - b", variables) == 99)
    #expect(evaluate("(a)-b", variables) == 7)
  }

  @Test("A variable may be called like a conversion without hiding it")
  func hiding() {
    let variables: KeyValuePairs<String, Value> = ["date": "2024-02-29", "count": 3]
    #expect(evaluate("date(date)", variables) == evaluate("@\"2024-02-29\""))
    #expect(evaluate("count([1, 2]) + count", variables) == 5)
  }

  @Test("Inner names hide outer ones of the same length")
  func shadowing() {
    #expect(evaluate("for x in [1, 2] return x", ["x": 9]) == [1, 2])
    #expect(evaluate("{x: 1, y: x + 1}.y", ["x": 9]) == 2)
  }
}
