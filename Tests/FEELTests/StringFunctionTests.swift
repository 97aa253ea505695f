import FEEL
import Testing

@Suite("Conversion functions (10.3.4.1, Table 72)")
struct ConversionTests {
  @Test(
    "Date",
    arguments: Row.table(
      """
      date("2017-12-31") => @"2017-12-31"
      date(2017, 12, 31) => @"2017-12-31"
      date(day: 1, month: 2, year: 2017) => @"2017-02-01"
      date(date and time("2017-08-14T14:25:00+02:00")) => @"2017-08-14"
      string(date("999999999-12-31")) => "999999999-12-31"
      string(date(-999999999, 1, 1)) => "-999999999-01-01"
      date("998-12-31") => null
      date("01211-12-31") => null
      date("+2012-12-02") => null
      date("9999999999-12-25") => null
      date("2017-13-10") => null
      date(2017, 2, 29) => null
      date(2017.5, 1, 1) => null
      date(2017, null, 1) => null
      date(1) => null
      date(["2017-12-31"]) => @"2017-12-31"
      """))
  func dates(row: Row) { row.check() }

  @Test(
    "Time",
    arguments: Row.table(
      """
      string(time("11:22:33.123456789")) => "11:22:33.123456789"
      time("11:22:33-00:00") => @"11:22:33Z"
      time("23:59:00z") => @"23:59:00Z"
      string(time("00:01:00@Etc/UTC")) => "00:01:00@Etc/UTC"
      time(11, 59, 45, null) => @"11:59:45"
      time(11, 59, 45.5) => @"11:59:45.5"
      string(time(11, 59, 45, duration("-PT2H45M55S"))) => "11:59:45-02:45:55"
      time(@"2024-02-29") => @"00:00:00Z"
      time(@"2024-02-29T10:20:00@Europe/Paris") => @"10:20:00@Europe/Paris"
      time("24:00:00") => @"00:00:00"
      time("24:00:01") => null
      time("7:00:00") => null
      time("13:20:00+19:00") => null
      time("13:20:00+5:00") => null
      time("13:20:00@xyz/abc") => null
      time("13:20:00+02:00@Europe/Paris") => null
      time("11:22:33.") => null
      time(23, 59, 60) => null
      time(1, 2, -1) => null
      """))
  func times(row: Row) { row.check() }

  @Test(
    "Date and time, and durations",
    arguments: Row.table(
      """
      date and time("2018-12-08") => @"2018-12-08T00:00:00"
      date and time(date("2018-12-08"), time("10:30:00@Europe/Paris")) => @"2018-12-08T10:30:00@Europe/Paris"
      date and time(@"2018-12-08T01:00:00Z", @"10:30:00") => @"2018-12-08T10:30:00"
      string(date and time("-99999-01-01T00:00:00.000000001-01:30")) => "-99999-01-01T00:00:00.000000001-01:30"
      date and time("2018-12-08T10:30") => null
      date and time("2018-12-08 10:30:00") => null
      duration("P1DT2H3M4.5S") => @"P1DT2H3M4.5S"
      string(duration("PT100H")) => "P4DT4H"
      string(duration("P0D")) => "PT0S"
      string(duration("-P0Y")) => "P0M"
      string(duration("P14M")) => "P1Y2M"
      string(duration("-PT0.5S")) => "-PT0.5S"
      duration("P1Y2D") => null
      duration("P") => null
      duration("P1DT") => null
      duration("PT-1H") => null
      duration("PT1.5H") => null
      duration("P99999999999999999999D") => null
      years and months duration(date("2013-08-24"), date("2011-12-22")) => @"-P1Y8M"
      years and months duration(date("2011-12-22"), date("2013-08-24")) => @"P1Y8M"
      years and months duration(@"2016-01-30", @"2016-01-30") => @"P0M"
      years and months duration("2016", @"2016-01-30") => null
      """))
  func moments(row: Row) { row.check() }

  @Test(
    "Number and string",
    arguments: Row.table(
      """
      number("1 000,0", " ", ",") => 1000.0
      number("1,000.5", ",", ".") => 1000.5
      number(from: "1.000.000,01", decimal separator: ",", grouping separator: ".") => 1000000.01
      number("-1.5") => -1.5
      number("1.5", null, null) => 1.5
      number("1,000", ",", ",") => null
      number("1_000", "_", ".") => null
      number("1,5", null, ".") => null
      number("abc") => null
      number("1.") => null
      number(" 1") => null
      number("", null, null) => null
      string(1.10) => "1.10"
      string("x") => "x"
      string(null) => null
      string(true) => "true"
      string([1, "a", null]) => "[1, \\"a\\", null]"
      string({a: "x", "1 b": [@"P1D"]}) => "{a: \\"x\\", \\"1 b\\": [P1D]}"
      string(["\\"\\n"]) => "[\\"\\\\\\"\\\\n\\"]"
      """))
  func texts(row: Row) { row.check() }

  @Test("The clock comes from the evaluation")
  func clock() {
    #expect(evaluate("now()") == evaluate("@\"2024-02-29T12:30:00Z\""))
    #expect(evaluate("today()") == evaluate("@\"2024-02-29\""))
    #expect(evaluate("today(1)") == .null)
  }
}

@Suite("String functions (10.3.4.3, Table 74)")
struct StringFunctionTests {
  @Test(
    "Code points",
    arguments: Row.table(
      """
      substring("foobar", 3) => "obar"
      substring("foobar", 3, 3) => "oba"
      substring("foobar", -2, 1) => "a"
      substring("foobar", 3, 3.8) => "oba"
      substring("\\U01F40Eab", 2) => "ab"
      substring("foobar", 0) => null
      substring("foobar", 7) => null
      substring("foobar", 3, 0) => null
      substring(string: "foobar", start position: 2) => "oobar"
      string length("\\U01F40Eab") => 3
      string length("e\\u0301") => 2
      string length(["abc"]) => 3
      upper case("aBc4\\u00DF") => "ABC4SS"
      lower case("ABC") => "abc"
      substring before("foobar", "bar") => "foo"
      substring before("foobar", "x") => ""
      substring after("foobar", "o") => "obar"
      substring after("abc", "") => "abc"
      substring after("", "a") => ""
      contains("foobar", "of") => false
      contains("cafe\\u0301", "cafe") => true
      contains("a", "") => true
      starts with("foobar", "fo") => true
      ends with("foobar", "r") => true
      ends with("a", "ba") => false
      string join(["a", null, "c"], "X") => "aXc"
      string join(["a", "b"]) => "ab"
      string join([], "X") => ""
      string join(["a", 1]) => null
      string join("a", "X") => "a"
      contains(null, "a") => null
      contains(1, "a") => null
      """))
  func strings(row: Row) { row.check() }

  @Test(
    "Regular expressions",
    arguments: Row.table(
      """
      matches("foobar", "^fo*b") => true
      matches("foobar", "^Fo*bar", "i") => true
      matches("a\\nb", "a.b") => false
      matches("a\\nb", "a.b", "s") => true
      matches("a\\nb", "^b$") => false
      matches("a\\nb", "^b$", "m") => true
      matches("a\\n", "a$") => false
      matches("a\\n", "^$", "m") => false
      matches("a\\n\\nb", "^$", "m") => true
      matches("helloworld", "hello world", "x") => true
      matches("hello world", "hello[ ]world", "x") => true
      matches("hello world", "hello\\ sworld", "x") => true
      matches("a.b", "a.b", "q") => true
      matches("axb", "a.b", "q") => false
      matches("abab", "(ab)\\1") => true
      matches("abAB", "(ab)\\1") => false
      matches("abAB", "(ab)\\1", "i") => true
      matches("aa", "(a)|b\\1") => true
      matches("a", "(.)\\2") => null
      matches("x", "[a-z-[aeiou]]") => true
      matches("e", "[a-z-[aeiou]]") => false
      matches("E", "[A-Z-[AEIOU]]", "i") => false
      matches("q", "[^Q]", "i") => false
      matches("a", "\\p{Lu}", "i") => false
      matches("\\u0416", "^\\p{IsCyrillic}$") => true
      matches("\\u0416", "\\p{IsFoo}") => null
      matches("_a-1", "^\\i\\c*$") => true
      matches("1a", "^\\I") => true
      matches("\\u0663", "^\\d$") => true
      matches("a b", "^\\w\\s\\w$") => true
      matches("aaa", "^a{2,3}$") => true
      matches("aaaa", "^a{2,3}$") => false
      matches("a", "a{3,2}") => null
      matches("a", "(") => null
      matches("a", "a**") => null
      matches("a", "a", "Y") => null
      matches("a", "[z-a]") => null
      matches("\\U01F40E", "^.$") => true
      matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a+)+$") => null
      replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
      replace("abracadabra", "a.*?a", "*") => "*c*bra"
      replace("0123456789", "(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3") => "(012) 345-6789"
      replace("abc", "[A-Z]", "#", "i") => "###"
      replace("abc", "b", "\\$") => "a$c"
      replace("abc", "b", "$") => null
      replace("abc", "b", "\\x") => null
      replace("abc", "b*", "x") => null
      replace("abc", "(b)", "$1$12") => "abb2c"
      replace("a.b", ".", "$1", "q") => "a$1b"
      replace("facetiously", "[iouy]", "[$0]") => "facet[i][o][u]sl[y]"
      split("John Doe", "\\s") => ["John", "Doe"]
      split("a;b;c;;", ";") => ["a", "b", "c", "", ""]
      split("abc", "") => null
      """))
  func patterns(row: Row) { row.check() }
}
