/// What the house and its clients' answers put into the open formula P · C · V · L: the responses
/// that were learned from, and the factors that are switched off.
package struct Arbitration: Sendable, Hashable {
  /// A factor of the formula.
  package enum Factor: String, Sendable, CaseIterable {
    case propensity = "P"
    case context = "C"
    case value = "V"
    case lever = "L"
  }

  /// Whose answers count together: a kind of product, asked for by the client or not.
  package struct Audience: Sendable, Hashable {
    package let kind: ProductKind
    package let isNamed: Bool

    /// The offers of a kind.
    package init(kind: ProductKind, isNamed: Bool) {
      self.kind = kind
      self.isNamed = isNamed
    }
  }

  /// How many offers were answered.
  package struct Responses: Sendable, Hashable {
    /// Accepted.
    package var accepted = 0
    /// Accepted or declined.
    package var answered = 0

    /// No answers yet.
    package init() {}
  }

  /// The number of the last response that was learned from; 0 for none.
  package var learned: Int
  /// The answers up to ``learned``.
  package var responses: [Audience: Responses]
  /// The factors that are 1 for every product.
  package var off: Set<Factor>

  /// The formula with what was learned.
  package init(
    learned: Int = 0, responses: [Audience: Responses] = [:], off: Set<Factor> = []
  ) {
    self.learned = learned
    self.responses = responses
    self.off = off
  }

  /// The names of the factors that are off, sorted.
  package var offNames: [String] { off.map(\.rawValue).sorted(by: byteOrder) }
}
