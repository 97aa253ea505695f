/// A stretch of an expression text, counted in Unicode code points from 0.
public struct Span: Sendable, Hashable {
  /// The first code point.
  public let start: Int
  /// One past the last code point.
  public let end: Int

  /// The stretch from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The stretch from the start of this to the end of `other`.
  func through(_ other: Span) -> Span { Span(start, other.end) }
}
