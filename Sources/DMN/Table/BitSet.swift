/// A set of small integers, such as the rules of a table, kept as bits.
///
/// The numbers are `0..<count`. Sets that are combined must have the same `count`.
public struct BitSet: Sendable, Hashable {
  /// One more than the largest number that the set can hold.
  public let count: Int
  /// The bits, 64 to a word, the lowest number in the lowest bit; from `count` on they are 0.
  public internal(set) var words: [UInt64]

  /// An empty set of numbers below `count`.
  public init(count: Int) {
    self.count = Swift.max(count, 0)
    words = Array(repeating: 0, count: BitSet.wordCount(self.count))
  }

  /// The set of all numbers below `count`.
  public init(all count: Int) {
    self.init(count: count)
    fill()
  }

  /// The set of some numbers; those outside `0..<count` are left out.
  public init(_ members: some Sequence<Int>, count: Int) {
    self.init(count: count)
    for member in members where member >= 0 && member < count { self[member] = true }
  }

  static func wordCount(_ count: Int) -> Int { (count + 63) / 64 }

  /// Whether a number is in the set.
  /// - Precondition: the number is in `0..<count`.
  public subscript(member: Int) -> Bool {
    get {
      precondition(member >= 0 && member < count, "The number is not in the range of the set.")
      return words[member >> 6] & (1 << UInt64(member & 63)) != 0
    }
    set {
      precondition(member >= 0 && member < count, "The number is not in the range of the set.")
      let bit: UInt64 = 1 << UInt64(member & 63)
      if newValue { words[member >> 6] |= bit } else { words[member >> 6] &= ~bit }
    }
  }

  /// How many numbers are in the set.
  public var popCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether there is no number in the set.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The smallest number in the set.
  public var first: Int? {
    for (index, word) in words.enumerated() where word != 0 {
      return index << 6 + word.trailingZeroBitCount
    }
    return nil
  }

  /// Keeps the numbers that are in the other set also.
  public mutating func formAnd(_ other: BitSet) { combine(other) { $0 & $1 } }

  /// Adds the numbers of the other set.
  public mutating func formOr(_ other: BitSet) { combine(other) { $0 | $1 } }

  /// Takes out the numbers of the other set.
  public mutating func formAndNot(_ other: BitSet) { combine(other) { $0 & ~$1 } }

  /// The numbers that are in both sets.
  public func and(_ other: BitSet) -> BitSet {
    var result = self
    result.formAnd(other)
    return result
  }

  /// The numbers that are in either set.
  public func or(_ other: BitSet) -> BitSet {
    var result = self
    result.formOr(other)
    return result
  }

  /// The numbers that are in this set and not in the other.
  public func andNot(_ other: BitSet) -> BitSet {
    var result = self
    result.formAndNot(other)
    return result
  }

  /// The numbers below `count` that are not in the set.
  public var complement: BitSet { BitSet(all: count).andNot(self) }

  /// Takes out all numbers and keeps the memory.
  public mutating func removeAll() {
    for index in words.indices { words[index] = 0 }
  }

  /// Puts in all numbers below `count`.
  public mutating func fill() {
    for index in words.indices { words[index] = .max }
    clearTail()
  }

  private mutating func combine(_ other: BitSet, _ body: (UInt64, UInt64) -> UInt64) {
    precondition(count == other.count, "Sets of different ranges cannot be combined.")
    for index in words.indices { words[index] = body(words[index], other.words[index]) }
  }

  private mutating func clearTail() {
    let used = count & 63
    if used != 0, let last = words.indices.last { words[last] &= (1 << UInt64(used)) - 1 }
  }
}

extension BitSet: Sequence {
  /// Gives the numbers of the set in rising order.
  public struct Iterator: IteratorProtocol {
    fileprivate let words: [UInt64]
    fileprivate var index = 0
    fileprivate var rest: UInt64

    /// The next number.
    public mutating func next() -> Int? {
      while rest == 0 {
        index += 1
        guard index < words.count else { return nil }
        rest = words[index]
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      return index << 6 + bit
    }
  }

  /// Gives the numbers of the set in rising order.
  public func makeIterator() -> Iterator { Iterator(words: words, rest: words.first ?? 0) }

  /// How many numbers are in the set.
  public var underestimatedCount: Int { popCount }
}
