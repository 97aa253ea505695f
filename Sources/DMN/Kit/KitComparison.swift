public import FEEL
import Quantities

/// How results are compared with what the kit expects.
public struct KitComparison: Sendable {
  /// How far numbers may differ: zero asks for equal ones, the kit's own runners take 1e-8.
  var tolerance: Decimal128

  /// As the kit's own runners compare: numbers within 1e-8.
  public static let kit = KitComparison(tolerance: Decimal128("0.00000001") ?? .zero)
  /// Numbers must be equal.
  public static let exact = KitComparison(tolerance: .zero)

  /// Whether a value is the expected one.
  public func matches(_ found: Value, _ expected: Value) -> Bool {
    switch (found, expected) {
    case (.number(let one), .number(let two)):
      return one == two || (one - two).magnitude <= tolerance
    case (.list(let one), .list(let two)):
      return one.count == two.count && zip(one, two).allSatisfy { matches($0, $1) }
    case (.context(let one), .context(let two)):
      return one.count == two.count
        && two.allSatisfy { key, value in one[key].map { matches($0, value) } ?? false }
    // An empty component list in the file cannot be told from null.
    case (.context(let one), .null): return one.count == 0
    default: return found == expected
    }
  }
}
