import FEEL
import Testing

@Suite("Iteration (10.3.2.14)")
struct IterationTests {
  @Test(
    "For",
    arguments: Row.table(
      """
      for i in [1, 2, 3] return i + 1 => [2, 3, 4]
      for i in [1, 2], j in [10, 20] return i + j => [11, 21, 12, 22]
      for x in [[1, 2], [3]], y in x return y => [1, 2, 3]
      for i in 4..2 return i => [4, 3, 2]
      for i in [1..3] return i => [1, 2, 3]
      for i in (1..4) return i => [2, 3]
      for i in @"1980-01-03"..@"1980-01-01" return i => [@"1980-01-03", @"1980-01-02", @"1980-01-01"]
      for i in 0..4 return if i = 0 then 1 else i * partial[-1] => [1, 1, 2, 6, 24]
      for i in 1..3 return count(partial) => [0, 1, 2]
      for i in [] return i => []
      for i in "a".."z" return i => null
      for i in 1.5..3 return i => null
      for i in 5 return i => null
      for i in null return i => null
      """
    ))
  func loops(row: Row) { row.check() }

  @Test(
    "Some and every",
    arguments: Row.table(
      """
      some i in [1, 2, 3] satisfies i > 2 => true
      some i in [] satisfies true => false
      every i in [] satisfies false => true
      every i in [1, 2] satisfies i > 0 => true
      every i in [1, null] satisfies i > 0 => null
      every i in [null, -1] satisfies i > 0 => false
      some i in [null, 1] satisfies i > 0 => true
      some i in [null, -1] satisfies i > 0 => null
      some i in 1..3, j in [2] satisfies i * j = 6 => true
      every i in 1 satisfies true => null
      """))
  func quantifiers(row: Row) { row.check() }
}

@Suite("Lists, contexts, paths and filters (10.3.2.5, 10.3.2.6, Tables 64 to 69)")
struct FilterTests {
  @Test(
    "Filters",
    arguments: Row.table(
      """
      [1, 2, 3, 4][item > 2] => [3, 4]
      [1, 2, 3][2] => 2
      [1, 2, 3][-1] => 3
      [1, 2, 3][0] => null
      [1, 2, 3][4] => null
      [1, 2, 3][1.5] => null
      3[1] => 3
      3[-1] => 3
      3[2] => null
      3[item > 2] => [3]
      3[item > 3] => []
      null[1] => null
      null[item = 1] => null
      [{x: 1, y: 2}, {x: 2, y: 3}][x = 1] => [{x: 1, y: 2}]
      [{x: 1, y: 2}, {x: null, y: 3}][x < 2] => [{x: 1, y: 2}]
      [{item: 1}, {item: 2}][item = 2] => [{item: 2}]
      [{a: 1}, {b: 2}][a = 1] => [{a: 1}]
      [1, 2, 3][true] => [1, 2, 3]
      [1, 2, 3][false] => []
      [1, 2][["a"]] => null
      [[1, 2], [3]][1][2] => 2
      {x: [{a: 1, b: [1, 2]}], r: x[a = 1].b}.r => [[1, 2]]
      {n: 2, l: [1, 2, 3], r: l[n]}.r => 2
      """))
  func filters(row: Row) { row.check() }

  @Test(
    "Paths",
    arguments: Row.table(
      """
      {a: {b: {c: 5}}}.a.b.c => 5
      [{a: 1}, {a: 2}].a => [1, 2]
      [{a: {b: [1]}}, {a: {b: [2, 3]}}].a.b => [[1], [2, 3]]
      {a: 1}.b => null
      null.b => null
      {first name: "x"}.first name => "x"
      {"1 + 1": 2}["1 + 1" = 1] => []
      @"2024-02-29".weekday => 4
      @"2024-02-29T10:20:30.5+02:00".second => 30.5
      @"10:20:30+02:00".time offset => @"PT2H"
      @"10:20:30".time offset => null
      @"10:20:30@Europe/Paris".timezone => "Europe/Paris"
      @"2024-07-01T10:20:30@Europe/Paris".time offset => @"PT2H"
      @"-P1DT2H".hours => -2
      @"P1Y14M".months => 2
      @"P1Y".days => null
      @"2024-02-29".foo => null
      """))
  func paths(row: Row) { row.check() }

  @Test(
    "Contexts",
    arguments: Row.table(
      """
      {a: 1 + 2, b: a + 3}.b => 6
      {a: 1, b: {c: a + 1}}.b.c => 2
      {foo+bar: "x"} => {"foo+bar": "x"}
      {"": 1} => {"": 1}
      {a: 1, a: 2} => null
      {f: function(x) x + 1, r: f(2)}.r => 3
      """))
  func contexts(row: Row) { row.check() }
}

@Suite("Functions (10.3.2.13)")
struct FunctionTests {
  @Test(
    "Definition, closure and invocation",
    arguments: Row.table(
      """
      (function(a, b) a - b)(5, 3) => 2
      (function(a, b) a - b)(b: 5, a: 3) => -2
      (function(a, b) a = null)(b: 1) => true
      (function(a) a)(1, 2) => null
      (function(a) a)(c: 1) => null
      (function(a: number) a)("x") => null
      (function(a: number) a)([3]) => 3
      (function(a: list<number>) a)(3) => [3]
      (function(a: date and time) a)(@"2024-02-29") => @"2024-02-29T00:00:00Z"
      (function(a) function(b) function(c) a * b * c)(2)(3)(4) => 24
      {k: 10, f: function(x) x * k, r: f(3)}.r => 30
      {twice: function(f, x) f(f(x)), r: twice(function(y) y + 1, 5)}.r => 7
      {m: max, r: m([1, 3, 2])}.r => 3
      for f in [floor, ceiling] return f(1.5) => [1, 2]
      123() => null
      "abs"(-1) => null
      null() => null
      foo(1) => null
      abs(n: -1) => 1
      abs(x: -1) => null
      abs(-1, -2) => null
      modulo(divisor: 4, dividend: 10) => 2
      """))
  func functions(row: Row) { row.check() }

  @Test(
    "Instance of",
    arguments: Row.table(
      """
      1 instance of number => true
      -1 instance of number => true
      1 instance of Any => true
      null instance of Any => false
      null instance of Null => true
      null instance of number => false
      "x" instance of number => false
      @"P1D" instance of days and time duration => true
      @"P1D" instance of years and months duration => false
      @"2024-02-29" instance of date and time => false
      [1, 2] instance of list<number> => true
      [1, "a"] instance of list<number> => false
      [] instance of list<string> => true
      [[1]] instance of list<list<number>> => true
      1 instance of list<number> => false
      1 instance of list => null
      1 instance of foo => null
      {a: 1, b: "x"} instance of context<a: number> => true
      {a: 1} instance of context<a: number, b: string> => false
      {a: "x"} instance of context<a: number> => false
      [1..2] instance of range<number> => true
      (< "a") instance of range<number> => false
      (function(a: number) a) instance of function<number>->number => true
      (function(a) a) instance of function<number>->Any => true
      (function(a: number) a) instance of function<Any>->number => false
      abs instance of function<number>->number => true
      """))
  func instances(row: Row) { row.check() }

  @Test(
    "Java stand-ins",
    arguments: Row.table(
      """
      (function(x) external {java: {class: "java.lang.Math", method signature: "cos(double)"}})(0) => 1.0
      (function(a, b) external {java: {class: "java.lang.Math", method signature: "max(int, int)"}})(2, 3) => 3
      (function(a) external {java: {class: "java.lang.Math", method signature: "foo(int)"}})(2) => null
      (function(a) external {java: {class: "java.lang.Byte", method signature: "valueOf(byte)"}})(300) => null
      (function(a, b) external {java: {class: "java.lang.String", method signature: "format(java.lang.String, [Ljava.lang.Object;)"}})("<%s>", "x") => "<x>"
      (function(a) external {java: {class: "java.lang.Integer", method signature: "valueOf(java.lang.String)"}})("12") => 12
      """))
  func external(row: Row) { row.check() }
}
