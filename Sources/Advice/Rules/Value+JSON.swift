package import FEEL
package import JSON
import Quantities

extension Value {
  /// A JSON value of a type: strings become dates, times and durations where the type says so.
  ///
  /// What does not fit the type stays as JSON has it.
  package init(fromJSON node: JSONNode, as type: Type = .any) {
    switch node.kind {
    case .null: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .number(let text): self = Decimal128(text).map { .number($0) } ?? .null
    case .string(let text): self = Value.temporal(text, as: type) ?? .string(text)
    case .array(let items):
      var element = Type.any
      if case .list(let declared) = type { element = declared }
      self = .list(items.map { Value(fromJSON: $0, as: element) })
    case .object(let members):
      self = .context(
        Context(
          members.map {
            ($0.key, Value(fromJSON: $0.value, as: type.member($0.key) ?? .any))
          }))
    }
  }

  /// A date, time or duration from its text, where the type is one of these.
  private static func temporal(_ text: String, as type: Type) -> Value? {
    switch type {
    case .date, .time, .dateTime, .daysTime, .yearsMonths: break
    default: return nil
    }
    guard !text.contains("\""), !text.contains("\\"),
      let value = (try? Expression.parse("@\"\(text)\""))?.constant, !value.isNull
    else { return nil }
    return value
  }
}

extension JSONNode {
  /// The first number in it that FEEL cannot hold (34 digits, 10^6144 at most) and that would be
  /// null without a word; nil where there is none.
  package var unheldNumber: JSONNode? {
    switch kind {
    case .number(let text): Decimal128(text) == nil ? self : nil
    case .array(let items): items.lazy.compactMap(\.unheldNumber).first
    case .object(let members): members.lazy.compactMap(\.value.unheldNumber).first
    default: nil
    }
  }
}
