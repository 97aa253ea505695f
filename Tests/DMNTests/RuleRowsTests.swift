import Quantities
import Testing

@testable import DMN

@Suite("Rows of rules")
struct RuleRowsTests {
  @Test(
    "rows hold the rules whose spans they lie in, in small tables and in large ones",
    arguments: [(10, 40, 1), (700, 900, 2), (3_000, 2_000, 3), (200, 5_000, 4)]
      as [(Int, Int, UInt64)])
  func spans(ruleCount: Int, rowCount: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let named = rowCount / 4..<rowCount / 2
    var rules: [RuleRows.Spans] = (0..<ruleCount).map { _ in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return [0..<rowCount]
      case 1:
        let row = Int.random(in: named, using: &random)
        return [row..<row + 1]
      case 2: return []
      default:
        let low = Int.random(in: 0..<rowCount - 2, using: &random)
        let middle = Int.random(in: low + 1..<rowCount, using: &random)
        return [low..<middle] + (middle + 1 < rowCount ? [middle + 1..<rowCount] : [])
      }
    }
    // Many rules begin at one row: more than a row may differ in from a written one.
    for rule in stride(from: 0, to: ruleCount, by: 2) { rules[rule] = [rowCount - 3..<rowCount] }
    let rows = RuleRows(count: rowCount, resembling: named, rules: rules)
    var scratch = [UInt64](repeating: 0, count: rows.wordCount)
    for row in 0..<rowCount {
      let expected = BitSet(
        rules.indices.filter { rules[$0].contains { $0.contains(row) } }, count: ruleCount)
      let set = rows.set(row, ruleCount: ruleCount)
      #expect(set == expected, "row \(row)")
      var words = [UInt64](repeating: .max, count: rows.wordCount)
      words.withUnsafeMutableBufferPointer { target in
        scratch.withUnsafeMutableBufferPointer { rows.and(row, into: target, scratch: $0) }
      }
      #expect(words == expected.words, "row \(row)")
      let rule = Int.random(in: 0..<ruleCount, using: &random)
      #expect(rows.contains(rule, row: row) == expected[rule])
    }
  }

  @Test("the memory of a large column grows with its cells, not with their square")
  func memory() {
    let bytes = { (count: Int) in
      let rules = (0..<count).map { rule -> RuleRows.Spans in [2 * rule..<2 * rule + count / 2] }
      return RuleRows(count: 3 * count, rules: rules).byteCount
    }
    #expect(bytes(8_000) < 5 * bytes(2_000))
  }
}
