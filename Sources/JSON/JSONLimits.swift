/// The sizes a JSON text may have; what is larger is refused by the limit's name.
package struct JSONLimits: Sendable, Hashable {
  /// How deep arrays and objects may be nested.
  package var depth: Int

  /// Bytes in the whole text.
  package var bytes: Int

  /// Bytes of UTF-8 in one string, as written between its quotes.
  package var stringLength: Int

  /// Characters in one number.
  package var numberLength: Int

  /// Members in one object.
  package var members: Int

  /// Elements in one array.
  package var elements: Int

  /// The deepest nesting any caller can ask for: the reader recurses, and the stack is finite.
  package static let greatestDepth = 512

  /// Limits for a request body unless other ones are given.
  package init(
    depth: Int = 64,
    bytes: Int = 1 << 20,
    stringLength: Int = 1 << 16,
    numberLength: Int = 128,
    members: Int = 1_000,
    elements: Int = 100_000
  ) {
    self.depth = Swift.min(depth, JSONLimits.greatestDepth)
    self.bytes = bytes
    self.stringLength = stringLength
    self.numberLength = numberLength
    self.members = members
    self.elements = elements
  }

  /// Limits for a request body: 1 MiB.
  package static let request = JSONLimits()

  /// Limits for a file that an operator hands in: 64 MiB, long texts and long lists.
  package static let file = JSONLimits(
    bytes: 1 << 26, stringLength: 1 << 22, members: 100_000, elements: 10_000_000)
}
