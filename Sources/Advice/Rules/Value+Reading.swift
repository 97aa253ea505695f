import FEEL
import Quantities

extension Value {
  /// The number, if it is one.
  var number: Decimal128? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  /// The text, if it is one.
  var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The items of a list; none of another value.
  var items: [Value] {
    guard case .list(let items) = self else { return [] }
    return Array(items)
  }

  /// The entry of a context; null of another value.
  func member(_ name: String) -> Value {
    guard case .context(let context) = self else { return .null }
    return context[name] ?? .null
  }

  /// The value as people read it in a reason.
  var display: String? {
    switch self {
    case .number(let number): number.plainText
    case .string(let text): text
    case .boolean(let flag): "\(flag)"
    default: nil
    }
  }
}
