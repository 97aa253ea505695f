import FEEL
import Testing

@Suite("Equality and order (Tables 52 to 55)")
struct ComparisonTests {
  @Test(
    "Equality is null between kinds and false beside null",
    arguments: Row.table(
      """
      1 = 1.00 => true
      -0 = 0 => true
      1 = "1" => null
      1 = null => false
      null = null => true
      null != null => false
      false = 0 => null
      [] = null => false
      [100] = 100 => null
      {} = [] => null
      [1, 2] = [1, 2] => true
      [1, 2] = [2, 1] => false
      [1, "a"] = [1, 2] => null
      [1, "a"] = [2, 2] => false
      {a: 1, b: 2} = {b: 2, a: 1} => true
      {a: 1} = {a: 1, b: 2} => false
      @"P1Y" = @"P12M" => true
      @"P1Y" = @"P365D" => null
      @"P1D" = @"PT24H" => true
      abs = abs => null
      "caf\\u00E9" = "cafe\\u0301" => false
      """))
  func equality(row: Row) { row.check() }

  @Test(
    "Times and dates and times compare by their value in whole seconds",
    arguments: Row.table(
      """
      @"10:30:00Z" = @"10:30:00+00:00" => true
      @"10:30:00+01:00" = @"09:30:00Z" => true
      @"10:30:00.0001" = @"10:30:00.0002" => true
      @"10:30:00" < @"10:30:01" => true
      @"2018-10-08T00:00:00+02:00" = @"2018-10-08T00:00:00@Europe/Paris" => true
      @"2018-02-08T00:00:00+01:00" = @"2018-02-08T00:00:00@Europe/Paris" => true
      @"2002-04-02T12:00:00-01:00" = @"2002-04-02T17:00:00+04:00" => true
      @"2018-12-08T00:00:00@Europe/Paris" = @"2018-12-08T00:00:00@Asia/Dhaka" => false
      @"2018-12-08T10:00:00" < @"2018-12-08T11:00:00Z" => true
      @"2018-12-08" = @"2018-12-08T00:00:00" => null
      @"2018-12-08" < @"2018-12-09T00:00:00" => null
      """))
  func instants(row: Row) { row.check() }

  @Test(
    "Ranges are equal by their ends and their form",
    arguments: Row.table(
      """
      [1..10] = [1..10] => true
      (1..10] = ]1..10] => true
      [1..10) = [1..10[ => true
      [1..10] = [1..10) => false
      (< 10) = (< 10) => true
      (< 10) = (<= 10) => false
      (= 10) = [10..10] => false
      (!= 10) = (!= 10) => true
      """))
  func ranges(row: Row) { row.check() }

  @Test(
    "Order",
    arguments: Row.table(
      """
      "a" < "b" => true
      "Z" < "a" => true
      "a" < "aa" => true
      "\\U01F40E" > "\\uFFFD" => true
      true < false => null
      [1] < [2] => null
      1 < null => null
      5 between 1 and 10 => true
      11 between 1 and null => null
      0 between 1 and null => false
      null between 1 and 2 => null
      """))
  func order(row: Row) { row.check() }

  @Test(
    "Identity",
    arguments: Row.table(
      """
      is(1, 1.0) => true
      is(null, null) => true
      is(@"P0Y", @"P0D") => false
      is(@"23:00:50Z", @"23:00:50+00:00") => true
      is(@"23:00:50", @"23:00:50Z") => false
      is(@"2002-04-02T12:00:00-01:00", @"2002-04-02T17:00:00+04:00") => false
      is(@"23:00:50@Etc/UTC", @"23:00:50Z") => false
      is([1, {a: 2}], [1, {a: 2}]) => true
      is(value1: 1) => false
      """))
  func identity(row: Row) { row.check() }

  @Test(
    "Membership",
    arguments: Row.table(
      """
      1 in [2, 3, 1] => true
      1 in [[2..4], [1..3]] => true
      5 in [[2..4], [1..3]] => false
      true in [false, 2, 3] => false
      [1, 2] in [[1], [1, 2]] => true
      10 in (1, < 5, >= 10) => true
      10 in (=10) => true
      10 in !=10 => false
      5 in (1..5) => false
      5 in (1..5] => true
      5 in ]4..6[ => true
      5 in (? > 3) => true
      5 in (null..10] => null
      11 in (null..10] => false
      null in [1..10] => null
      null in null => true
      {a: 1} in [{a: 2}, {a: 1}] => true
      "b" in ["a".."c"] => true
      2 in [3..1] => false
      """))
  func membership(row: Row) { row.check() }
}

@Suite("Ranges as values (10.3.2.7, Tables 42 and 67)")
struct RangeTests {
  @Test(
    "Endpoints and their inclusion",
    arguments: Row.table(
      """
      [1..10).start => 1
      [1..10).end included => false
      (<= 10).start => null
      (<= 10).start included => false
      (<= 10).end included => true
      (> 1).end => null
      string((1..3]) => "(1..3]"
      string(["a".."c"]) => "[\\"a\\"..\\"c\\"]"
      [2..1] => null
      [1.."a"] => null
      [null..1] => null
      range("[18..21)") = [18..21) => true
      range("]18..21]") = (18..21] => true
      range("[@\\"P1D\\"..@\\"P2D\\"]") = [@"P1D"..@"P2D"] => true
      range("[..2]") => null
      range("[1..x]") => null
      range("[1+1..3]") => null
      range("[3..1]") => null
      range("foo") => null
      """))
  func properties(row: Row) { row.check() }
}
