package import Quantities

/// A lower and an upper bound, both inclusive, either of which may be absent.
package struct Bounds: Sendable, Hashable {
  /// The least value allowed.
  package var minimum: Decimal128?
  /// The greatest value allowed.
  package var maximum: Decimal128?

  /// No bounds: all values.
  package init() {}

  /// Bounds as given.
  package init(minimum: Decimal128? = nil, maximum: Decimal128? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether every value is allowed.
  package var isOpen: Bool { minimum == nil && maximum == nil }

  /// Whether no value is allowed: the least is above the greatest.
  package var isContradictory: Bool {
    guard let minimum, let maximum else { return false }
    return minimum > maximum
  }

  /// Whether a value lies within, the bounds included.
  package func contains(_ value: Decimal128) -> Bool {
    if let minimum, value < minimum { return false }
    if let maximum, value > maximum { return false }
    return true
  }

  /// Whether one of some values lies within, the bounds included.
  package func overlaps(_ values: ClosedRange<Decimal128>) -> Bool {
    if let minimum, values.upperBound < minimum { return false }
    if let maximum, values.lowerBound > maximum { return false }
    return true
  }

  /// The values allowed by these bounds and others too.
  package func intersection(_ other: Bounds) -> Bounds {
    let lower = [minimum, other.minimum].compactMap(\.self).max()
    let upper = [maximum, other.maximum].compactMap(\.self).min()
    return Bounds(minimum: lower, maximum: upper)
  }
}

/// A lower and an upper bound on a whole number, such as months or years, both inclusive.
package struct IntegerBounds: Sendable, Hashable {
  /// The least value allowed.
  package var minimum: Int?
  /// The greatest value allowed.
  package var maximum: Int?

  /// No bounds: all values.
  package init() {}

  /// Bounds as given.
  package init(minimum: Int? = nil, maximum: Int? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether every value is allowed.
  package var isOpen: Bool { minimum == nil && maximum == nil }

  /// Whether no value is allowed: the least is above the greatest.
  package var isContradictory: Bool {
    guard let minimum, let maximum else { return false }
    return minimum > maximum
  }

  /// Whether a value lies within, the bounds included.
  package func contains(_ value: Int) -> Bool {
    if let minimum, value < minimum { return false }
    if let maximum, value > maximum { return false }
    return true
  }
}
