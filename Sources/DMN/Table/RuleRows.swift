/// The bit sets of rules of one column, one row for each class of inputs.
///
/// Neighbouring rows differ in few rules, so most rows are kept as the rules in which they differ
/// from a row that is written out. Rows that follow one another share one list of such rules: each
/// takes a longer beginning of it. The memory is thus linear in the number of cells, where a full
/// matrix grows with its square.
final class RuleRows: Sendable {
  /// How many 64-bit words a row has.
  let wordCount: Int
  /// The rows that are written out, one after the other.
  private let dense: [UInt64]
  /// The rows, one after the other.
  private let entries: [Entry]
  /// The rules in which rows differ from the written rows that they start from; a rule that is
  /// listed twice does not differ.
  private let toggles: [UInt32]

  /// A row: the written row that it starts from, and its part of `toggles`.
  private struct Entry {
    var start: UInt32
    var firstToggle: UInt32
    var endToggle: UInt32
  }

  /// Half-open spans of rows in which a rule's cell is met.
  typealias Spans = [Range<Int>]

  /// A matrix of at most this many bytes is written out in full.
  private static let fullMatrixBytes = 48 << 10

  /// Builds the rows.
  /// - Parameters:
  ///   - count: the number of rows.
  ///   - resembling: rows each of which is likely to resemble the one before them all.
  ///   - rules: for each rule, the rows in which its cell is met; spans do not overlap.
  init(count: Int, resembling: Range<Int>? = nil, rules: [Spans]) {
    let words = BitSet.wordCount(rules.count)
    var builder = Builder(
      words: words, limit: count * words * 8 <= RuleRows.fullMatrixBytes ? 0 : words / 2 + 1)
    builder.entries.reserveCapacity(count)
    let events = RuleRows.events(count: count, rules: rules)
    var current = [UInt64](repeating: 0, count: words)
    for row in 0..<count {
      let changed = events.rules[events.starts[row]..<events.starts[row + 1]]
      if changed.isEmpty, let last = builder.entries.last {
        builder.entries.append(last)
      } else {
        for rule in changed { current[Int(rule >> 6)] ^= 1 << UInt64(rule & 63) }
        builder.append(current, changed: changed)
      }
      if let resembling, row + 1 == resembling.lowerBound {
        builder.base = Int(builder.entries[row].start)
      }
      if row + 1 == resembling?.upperBound { builder.base = nil }
    }
    wordCount = words
    dense = builder.dense
    entries = builder.entries
    toggles = builder.toggles
  }

  private struct Builder {
    let words: Int
    /// The most rules that a row may differ in from the one that it starts from.
    let limit: Int
    var dense: [UInt64] = []
    var entries: [Entry] = []
    var toggles: [UInt32] = []
    /// A written row that the next ones are likely to resemble.
    var base: Int?
    /// The written row and the first of the toggles that the last rows share.
    var chain: (start: UInt32, firstToggle: Int)?

    mutating func append(_ row: [UInt64], changed: ArraySlice<UInt32>) {
      if base == nil, let chain, toggles.count - chain.firstToggle + changed.count <= limit {
        toggles += changed
        entries.append(
          Entry(
            start: chain.start, firstToggle: UInt32(chain.firstToggle),
            endToggle: UInt32(toggles.count)))
        return
      }
      chain = nil
      appendApart(row)
    }

    /// Appends a row that shares no toggles with the one before.
    private mutating func appendApart(_ row: [UInt64]) {
      let first = UInt32(toggles.count)
      if !dense.isEmpty {
        let last = dense.count - words
        let fromLast = base == nil ? Int.max : difference(row, last)
        let fromBase = base.map { difference(row, $0) } ?? Int.max
        if min(fromLast, fromBase) <= limit {
          let start = fromLast <= fromBase ? last : base ?? last
          appendToggles(row, start)
          entries.append(
            Entry(
              start: UInt32(start), firstToggle: first, endToggle: UInt32(toggles.count)))
          return
        }
      }
      entries.append(
        Entry(start: UInt32(dense.count), firstToggle: first, endToggle: first))
      chain = (UInt32(dense.count), toggles.count)
      dense.append(contentsOf: row)
    }

    private func difference(_ row: [UInt64], _ start: Int) -> Int {
      var sum = 0
      for index in 0..<words { sum += (row[index] ^ dense[start + index]).nonzeroBitCount }
      return sum
    }

    private mutating func appendToggles(_ row: [UInt64], _ start: Int) {
      for index in 0..<words {
        var rest = row[index] ^ dense[start + index]
        while rest != 0 {
          toggles.append(UInt32(index << 6 + rest.trailingZeroBitCount))
          rest &= rest - 1
        }
      }
    }
  }

  /// The rules that change at each row, by counting.
  private static func events(count: Int, rules: [Spans]) -> (starts: [Int], rules: [UInt32]) {
    var starts = [Int](repeating: 0, count: count + 2)
    for spans in rules {
      for span in spans where !span.isEmpty {
        starts[span.lowerBound + 1] += 1
        starts[min(span.upperBound, count) + 1] += 1
      }
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var list = [UInt32](repeating: 0, count: starts[count + 1])
    for (rule, spans) in rules.enumerated() {
      for span in spans where !span.isEmpty {
        for place in [span.lowerBound, min(span.upperBound, count)] {
          list[next[place]] = UInt32(rule)
          next[place] += 1
        }
      }
    }
    return (starts, list)
  }
}

extension RuleRows {
  /// Copies a row into words.
  func copy(_ row: Int, into words: inout [UInt64], at offset: Int) {
    words.withUnsafeMutableBufferPointer { target in
      precondition(offset + wordCount <= target.count, "A row does not fit.")
      copy(row, into: UnsafeMutableBufferPointer(rebasing: target[offset..<offset + wordCount]))
    }
  }

  /// Copies a row into memory of `wordCount` words.
  func copy(_ row: Int, into target: UnsafeMutableBufferPointer<UInt64>) {
    let entry = entries[row]
    let start = Int(entry.start)
    dense.withUnsafeBufferPointer { source in
      for index in 0..<wordCount { target[index] = source[start &+ index] }
    }
    guard entry.firstToggle < entry.endToggle else { return }
    toggles.withUnsafeBufferPointer { list in
      for position in Int(entry.firstToggle)..<Int(entry.endToggle) {
        let rule = list[position]
        target[Int(rule &>> 6)] ^= 1 &<< UInt64(rule & 63)
      }
    }
  }

  /// Keeps in `target` the rules that are in a row also; `scratch` has `wordCount` words.
  func and(
    _ row: Int, into target: UnsafeMutableBufferPointer<UInt64>,
    scratch: UnsafeMutableBufferPointer<UInt64>
  ) {
    let entry = entries[row]
    if entry.firstToggle == entry.endToggle {
      let start = Int(entry.start)
      dense.withUnsafeBufferPointer { source in
        for index in 0..<wordCount { target[index] &= source[start &+ index] }
      }
    } else {
      copy(row, into: scratch)
      for index in 0..<wordCount { target[index] &= scratch[index] }
    }
  }

  /// Whether a rule is in a row.
  func contains(_ rule: Int, row: Int) -> Bool {
    let entry = entries[row]
    var bit = dense[Int(entry.start) + rule >> 6] >> UInt64(rule & 63) & 1
    for toggle in toggles[Int(entry.firstToggle)..<Int(entry.endToggle)] where toggle == rule {
      bit ^= 1
    }
    return bit == 1
  }

  /// A row as a set.
  func set(_ row: Int, ruleCount: Int) -> BitSet {
    var set = BitSet(count: ruleCount)
    copy(row, into: &set.words, at: 0)
    return set
  }

  /// The bytes that the rows take.
  var byteCount: Int { dense.count * 8 + (3 * entries.count + toggles.count) * 4 }
}
