/// A condition in free text that no rule can decide, which the client confirms before applying.
package struct ShownCondition: Sendable, Hashable {
  /// What the condition is about.
  package var kind: Kind
  /// The condition in the words of whoever offers the product.
  package var text: String

  /// What a condition to confirm is about.
  ///
  /// New kinds go at the end.
  package enum Kind: String, Sendable, CaseIterable {
    case eligibility, residency, employment, customer, amount, rate, fee, security, documents
    case bundle
    /// Something published that could not be read; the text says what stood there.
    case unreadable
  }

  /// A condition of a kind.
  package init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }
}
