import FEEL
import Testing

@Suite("List functions (10.3.4.4, Tables 75 and 80)")
struct ListFunctionTests {
  @Test(
    "Reductions",
    arguments: Row.table(
      """
      count([1, [2, 3]]) => 2
      count([]) => 0
      count(1) => 1
      count(null) => null
      min([3, 1, 2]) => 1
      max("a", "c", "b") => "c"
      min(@"2024-02-29", @"2023-01-01") => @"2023-01-01"
      max([]) => null
      min([1, "a"]) => null
      min([1, null]) => null
      sum([1, 2.50]) => 3.50
      sum([]) => null
      sum(1, 2, 3) => 6
      sum([1, null]) => null
      product([2, 3, 4]) => 24
      product([]) => null
      mean(1, 2) => 1.5
      median(8, 2, 5, 3, 4) => 4
      median([6, 1, 2, 3]) => 2.5
      stddev(2, 4, 7, 5) => 2.081665999466132735282297706979931
      stddev([47]) => null
      mode([6, 1, 9, 6, 1]) => [1, 6]
      mode([]) => []
      all([]) => true
      all([true, null]) => null
      all([false, null, true]) => false
      any([false, null, true]) => true
      any([false, null]) => null
      any(0) => null
      all() => null
      sum(list: [1, 2]) => 3
      sum(n: 1) => 1
      """
    ).dropLast())
  func reductions(row: Row) { row.check() }

  @Test(
    "Reading and editing",
    arguments: Row.table(
      """
      list contains([1, null], null) => true
      list contains([1, 2], "1") => false
      sublist([4, 5, 6], 1, 2) => [4, 5]
      sublist([4, 5, 6], -1) => [6]
      sublist([4, 5, 6], 0) => null
      sublist([4, 5, 6], 2, 3) => null
      append([1], 2, 3) => [1, 2, 3]
      append(1, null) => [1, null]
      concatenate([1, 2], [3], 4) => [1, 2, 3, 4]
      insert before([1, 3], 1, 2) => [2, 1, 3]
      insert before([1, 3], -1, 2) => [1, 2, 3]
      insert before([1, 3], 3, 2) => null
      remove([1, 2, 3], 2) => [1, 3]
      remove([1, 2, 3], -1) => [1, 2]
      reverse([1, 2, 3]) => [3, 2, 1]
      index of([1, 2, 3, 2], 2) => [2, 4]
      index of([1, null], null) => [2]
      union([1, 2], [2, 3]) => [1, 2, 3]
      distinct values([1, 1.0, "1", [1], [1], null, null]) => [1, "1", [1], null]
      flatten([[1, 2], [[3]], 4]) => [1, 2, 3, 4]
      list replace([1, 2, 3], -1, 4) => [1, 2, 4]
      list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5, 5, 7, 8]
      list replace([2, 4], function(item) item = 2, 5) => null
      list replace([2, 4], function(item, newItem) item, 5) => null
      list replace(match: function(a, b) a = 2, newItem: 4, list: [1, 2]) => [1, 4]
      sort([3, 1, 2], function(x, y) x < y) => [1, 2, 3]
      sort(precedes: function(x, y) x > y, list: [3, 1, 2]) => [3, 2, 1]
      sort([{k: 1, v: "b"}, {k: 1, v: "a"}, {k: 0, v: "c"}], function(x, y) x.k < y.k).v => ["c", "b", "a"]
      sort([1, 2], function(x, y) null) => null
      sort([1, 2], abs) => null
      """))
  func edits(row: Row) { row.check() }
}

@Suite("Numeric functions (10.3.4.5, Table 76)")
struct NumericFunctionTests {
  @Test(
    "Rounding, roots and the like",
    arguments: Row.table(
      """
      string(decimal(1, 2)) => "1.00"
      decimal(2.5, 0) => 2
      decimal(0.505, 2) => 0.50
      decimal(1/3, 2.5) => 0.33
      decimal(-5.9, 0) => -6
      decimal(1, 6177) => null
      floor(-1.5) => -2
      floor(-1.56, 1) => -1.6
      ceiling(-1.56, 1) => -1.5
      round up(-5.5, 0) => -6
      round down(-5.5, 0) => -5
      round half up(-5.5, 0) => -6
      round half down(-5.5, 0) => -5
      round half up(1250, -2) => 1300
      round half down(1250, -2) => 1200
      round up(5.5, 6176) => 5.5
      round up(5.5, -6112) => null
      abs(@"-PT5H") => @"PT5H"
      abs("x") => null
      modulo(-12, 5) => 3
      modulo(12, -5) => -3
      modulo(10.1, 4.5) => 1.1
      modulo(1, 0) => null
      sqrt(16) => 4
      sqrt(-1) => null
      log(10) => 2.302585092994045684017991454684364
      log(0) => null
      exp(5) => 148.4131591025766034211155800405523
      exp(20000) => null
      odd(-3) => true
      even(0) => true
      odd(1.5) => false
      """))
  func numbers(row: Row) { row.check() }
}

@Suite("Range, temporal and context functions (Tables 78, 79 and 81)")
struct OtherFunctionTests {
  @Test(
    "Ranges",
    arguments: Row.table(
      """
      before(1, 10) => true
      before(1, (1..10]) => true
      before([1..10), 10) => true
      before([1..10], (10..20]) => true
      after([11..20], [1..11)) => true
      after(12, [1..10]) => true
      meets([1..5], [5..10]) => true
      meets([1..5), [5..10]) => false
      met by([5..10], [1..5]) => true
      overlaps([1..5], (5..8]) => false
      overlaps([3..5], [1..8]) => true
      overlaps before([1..5), (1..5]) => true
      overlaps before([1..5], [1..5]) => false
      overlaps after((1..5], [1..5)) => true
      finishes(10, [1..10]) => true
      finishes([5..10), [1..10]) => false
      finished by([1..10], (1..10]) => true
      includes([1..10], 1) => true
      includes((1..10], (1..5]) => true
      includes([1..10), [5..10]) => false
      during([5..10), [1..10)) => true
      starts([1..10), [1..10]) => true
      started by((1..10], 1) => false
      coincides([1..5], [1..5]) => true
      coincides(3, 4) => false
      before(point: 1, range: [2..3]) => true
      before(1, "a") => null
      before(1, null) => null
      includes((> 5), 10) => true
      before((> 5), 10) => false
      before((< 5), 10) => true
      """))
  func ranges(row: Row) { row.check() }

  @Test(
    "Calendar",
    arguments: Row.table(
      """
      day of year(@"2024-12-31") => 366
      day of week(date(2019, 9, 17)) => "Tuesday"
      month of year(@"2019-09-17T10:10:10") => "September"
      week of year(date(2003, 12, 29)) => 1
      week of year(date(2005, 1, 1)) => 53
      week of year(date(2005, 1, 9)) => 1
      day of week("2019-09-17") => null
      """))
  func calendar(row: Row) { row.check() }

  @Test(
    "Contexts",
    arguments: Row.table(
      """
      get value({key1: "value1"}, "key1") => "value1"
      get value({key1: "value1"}, "x") => null
      get entries({a: 1, b: 2}) => [{key: "a", value: 1}, {key: "b", value: 2}]
      get entries({key1: "value1"})[key = "key1"].value => ["value1"]
      context([{key: "a", value: 1}, {key: "b", value: null, c: 3}]) => {a: 1, b: null}
      context([{key: "a", value: 1}, {key: "a", value: 2}]) => null
      context([{key: "a"}]) => null
      context({key: "a", value: 1}) => {a: 1}
      get entries(context put({x: 1, y: 0, z: 0}, "y", 2)).key => ["x", "y", "z"]
      context put({x: 1, y: {a: 0}}, ["y", "a"], 2) => {x: 1, y: {a: 2}}
      context put({x: 1}, ["y"], 2) => {x: 1, y: 2}
      context put({x: 1}, [], 2) => null
      context put({x: 1}, ["x", "y"], 2) => null
      context merge([{x: 1, y: 0}, {y: 2}]) => {x: 1, y: 2}
      context merge([{x: 1}, 2]) => null
      context merge([]) => {}
      """))
  func contexts(row: Row) { row.check() }
}
