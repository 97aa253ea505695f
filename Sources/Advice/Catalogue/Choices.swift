/// A set of an enumeration's cases in one machine word.
///
/// What an empty set means stands where it is used; for a bound it is "no bound".
///
/// The order of an enumeration's cases is part of the stored form: new cases go at the end.
package struct Choices<Element>: Sendable, Hashable
where Element: RawRepresentable & CaseIterable & Hashable & Sendable, Element.RawValue == String {
  /// The most cases that an enumeration may have here.
  package static var limit: Int { UInt64.bitWidth }

  /// One bit a case, the first case lowest.
  var bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// A set of the given cases.
  package init(_ elements: some Sequence<Element>) {
    bits = 0
    for element in elements { insert(element) }
  }

  /// Whether no case is in the set.
  package var isEmpty: Bool { bits == 0 }

  /// How many cases are in the set.
  package var count: Int { bits.nonzeroBitCount }

  /// Whether a case is in the set.
  package func contains(_ element: Element) -> Bool {
    bits & Self.bit(of: element) != 0
  }

  /// Adds a case.
  package mutating func insert(_ element: Element) { bits |= Self.bit(of: element) }

  /// Whether the two sets share a case.
  package func intersects(_ other: Choices) -> Bool { bits & other.bits != 0 }

  /// The cases in the order of their declaration.
  package var elements: [Element] {
    Element.allCases.enumerated().filter { bits & (1 << UInt64($0.offset)) != 0 }.map(\.element)
  }

  private static func bit(of element: Element) -> UInt64 {
    for (index, other) in Element.allCases.enumerated() where other == element {
      return index < limit ? 1 << UInt64(index) : 0
    }
    return 0
  }
}

extension Choices: ExpressibleByArrayLiteral {
  /// A set written as a list.
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}
