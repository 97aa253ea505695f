import FEEL
import Quantities
import Testing

@testable import DMN

@Suite("Rule table")
struct RuleTableTests {
  private func number(_ text: String) -> Value { Decimal128(text).map { .number($0) } ?? .null }

  @Test("a null input makes the rules that ask about it unknown, the rest stay")
  func unknown() throws {
    let table = try RuleTable(
      columns: ["age", "region"],
      rules: [
        [.within(.init(from: 18, to: 65)), .oneOf(["CZ", "SK"])],
        [.within(.init(from: 18, to: nil)), .any],
        [.any, .noneOf(["CZ"])],
      ])
    let match = table.match([.null, "CZ"])
    #expect(Array(match.matched).isEmpty)
    #expect(Array(match.unknown) == [0, 1])
    #expect(table.missed(rule: 2, in: match) == [1])
    #expect(table.unknown(rule: 0, in: match) == [0])
    let known = table.match([20, "PL"])
    #expect(Array(known.matched) == [1, 2])
    #expect(table.missed(rule: 0, in: known) == [1])
    #expect(table.missed(rule: 0, [17, "PL"]) == [0, 1])
  }

  @Test("both null and failing conditions: a rule that fails elsewhere is not unknown")
  func failing() throws {
    let table = try RuleTable(columns: ["a", "b"], rules: [[.oneOf([1]), .oneOf(["x"])]])
    let match = table.match([.null, "y"])
    #expect(match.unknown.isEmpty)
    #expect(table.missed(rule: 0, in: match) == [1])
  }

  @Test("a list holds when one item does, and a refusal needs that none is refused")
  func lists() throws {
    let table = try RuleTable(
      columns: ["segments"],
      rules: [[.oneOf(["student"])], [.noneOf(["staff"])], [.any], [.oneOf(["pensioner"])]])
    #expect(Array(table.match([["student", "youth"]]).matched) == [0, 1, 2])
    #expect(Array(table.match([["student", "staff"]]).matched) == [0, 2])
    #expect(Array(table.match([[]]).matched) == [1, 2])
  }

  @Test("tiers are answered by some of the columns")
  func tiers() throws {
    let table = try RuleTable(
      columns: ["a", "b"], rules: [[.oneOf([1]), .oneOf([2])], [.oneOf([1]), .any]])
    let match = table.match([1, 3])
    #expect(Array(table.tier([0], of: match).matched) == [0, 1])
    #expect(Array(match.matched) == [1])
    #expect(Array(match.held(column: 1)) == [1])
  }

  @Test("ends, scales and values between cut points are exact")
  func cutPoints() throws {
    let table = try RuleTable(
      columns: ["x"],
      rules: [
        [.within(.init(from: number("0.1"), to: number("0.30")))],
        [.within(.init(from: number("0.1"), to: nil, includesLower: false))],
        [.within(.init(from: nil, to: number("-1000000000000")))],
        [.oneOf([number("0.3")])],
      ])
    let cases: [(String, [Int])] = [
      ("0.1", [0]), ("0.10", [0]), ("0.100000000000000000001", [0, 1]), ("0.3", [0, 1, 3]),
      ("0.29999999999999999999999999", [0, 1]), ("0.3000000000000000000000001", [1]),
      ("-1E12", [2]), ("-1E6000", [2]), ("1E6000", [1]), ("-0.0000001", []), ("0", []),
      ("-999999999999.9999999", []), ("-1000000000000.0000001", [2]), ("0E100", []),
    ]
    for (text, rules) in cases {
      #expect(Array(table.match([number(text)]).matched) == rules, "\(text)")
    }
  }

  @Test("points too fine or too large for whole numbers are exact too")
  func hugePoints() throws {
    let table = try RuleTable(
      columns: ["x"],
      rules: [
        [.within(.init(from: number("1E-30"), to: number("1E30")))], [.oneOf([number("1E30")])],
      ])
    #expect(Array(table.match([number("1E30")]).matched) == [0, 1])
    #expect(Array(table.match([number("1E-31")]).matched).isEmpty)
    #expect(Array(table.match([5]).matched) == [0])
  }

  @Test("a table with a wrong number of conditions or an unordered end is refused")
  func faults() {
    #expect(throws: RuleTable.Fault.conditionCount(rule: 0, expected: 2, found: 1)) {
      try RuleTable(columns: ["a", "b"], rules: [[.any]])
    }
    #expect(throws: RuleTable.Fault.constant(rule: 0, column: 0)) {
      try RuleTable(columns: ["a"], rules: [[.within(.init(from: "x", to: nil))]])
    }
  }

  @Test("random tables answer as a scan over the conditions does", arguments: [1, 2, 3])
  func random(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let kinds = 4
    let rules = (0..<400).map { _ in (0..<kinds).map { condition($0, &random) } }
    let table = try RuleTable(columns: (0..<kinds).map { "c\($0)" }, rules: rules)
    var match = RuleTable.Match(for: table)
    for _ in 0..<200 {
      let values = (0..<kinds).map { value($0, &random) }
      table.match(values, into: &match)
      for (number, conditions) in rules.enumerated() {
        let held = zip(conditions, values).map { holds($0, $1) }
        let isMatched = held.allSatisfy { $0 == true }
        let isUnknown = !isMatched && !held.contains(false)
        #expect(match.matched[number] == isMatched)
        #expect(match.unknown[number] == isUnknown)
        let missed = held.indices.filter { held[$0] == false }
        #expect(table.missed(rule: number, in: match) == missed)
      }
    }
  }

  private func condition(_ kind: Int, _ random: inout SeededRandom) -> RuleTable.Condition {
    let texts = (0..<3).map { _ in Value.string("s\(Int.random(in: 0..<40, using: &random))") }
    let low = Int.random(in: -50..<50, using: &random)
    let high = low + Int.random(in: 0..<30, using: &random)
    switch (kind, Int.random(in: 0..<4, using: &random)) {
    case (_, 0): return .any
    case (0, 1), (0, 2): return .oneOf(texts)
    case (0, _): return .noneOf(texts)
    case (1, _): return .oneOf([.boolean(Bool.random(using: &random))])
    case (_, 1):
      return .within(
        .init(
          from: .number(low), to: .number(high), includesLower: Bool.random(using: &random),
          includesUpper: Bool.random(using: &random)))
    case (_, 2): return .within(.init(from: nil, to: .number(high), includesUpper: false))
    default:
      return .withinAny([
        .init(from: .number(low), to: .number(low + 2)), .init(from: .number(high), to: nil),
      ])
    }
  }

  private func value(_ kind: Int, _ random: inout SeededRandom) -> Value {
    if Int.random(in: 0..<8, using: &random) == 0 { return .null }
    switch kind {
    case 0: return .string("s\(Int.random(in: 0..<45, using: &random))")
    case 1: return .boolean(Bool.random(using: &random))
    default:
      let tenths = Int.random(in: -600..<900, using: &random)
      return .number(
        Decimal128(isNegative: tenths < 0, coefficient: UInt128(abs(tenths)), exponent: -1))
    }
  }

  private func holds(_ condition: RuleTable.Condition, _ value: Value) -> Bool? {
    if condition == .any { return true }
    if value == .null { return nil }
    switch condition {
    case .any: return true
    case .oneOf(let values): return values.contains(value)
    case .noneOf(let values): return !values.contains(value)
    case .within(let interval): return holds([interval], value)
    case .withinAny(let intervals): return holds(intervals, value)
    }
  }

  private func holds(_ intervals: [RuleTable.Interval], _ value: Value) -> Bool {
    intervals.contains { interval in
      guard let number = value.decimal else { return false }
      if let low = interval.lower?.decimal, interval.includesLower ? number < low : number <= low {
        return false
      }
      if let high = interval.upper?.decimal,
        interval.includesUpper ? number > high : number >= high
      {
        return false
      }
      return true
    }
  }
}

@Suite("Bit set")
struct BitSetTests {
  @Test("sets of every small size behave as sets of numbers", arguments: [0, 1, 63, 64, 65, 130])
  func laws(count: Int) {
    var random = SeededRandom(seed: UInt64(count + 1))
    for _ in 0..<50 {
      let one = Set((0..<count).filter { _ in Bool.random(using: &random) })
      let two = Set((0..<count).filter { _ in Bool.random(using: &random) })
      let first = BitSet(one, count: count)
      let second = BitSet(two, count: count)
      #expect(Array(first) == one.sorted())
      #expect(first.popCount == one.count)
      #expect(first.first == one.min())
      #expect(first.isEmpty == one.isEmpty)
      #expect(Set(first.and(second)) == one.intersection(two))
      #expect(Set(first.or(second)) == one.union(two))
      #expect(Set(first.andNot(second)) == one.subtracting(two))
      #expect(Set(first.complement) == Set(0..<count).subtracting(one))
    }
  }
}
