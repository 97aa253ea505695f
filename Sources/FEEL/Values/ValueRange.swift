/// How a range was written: as an interval or as a comparison with one endpoint.
///
/// The form takes part in equality: `(=10)` is not `[10..10]` (DMN 1.5, Table 53).
public enum RangeForm: Sendable, Hashable {
  case interval, less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
}

/// A FEEL range (10.3.2.7): an interval with two endpoints, or a comparison with one.
public struct ValueRange: Sendable, Hashable {
  private final class Storage: Sendable {
    let form: RangeForm
    let start: Value
    let end: Value
    let startIncluded: Bool
    let endIncluded: Bool

    init(
      form: RangeForm, start: Value, end: Value, startIncluded: Bool, endIncluded: Bool
    ) {
      self.form = form
      self.start = start
      self.end = end
      self.startIncluded = startIncluded
      self.endIncluded = endIncluded
    }
  }

  private let storage: Storage

  /// An interval from `start` to `end`; a null endpoint leaves that side open without limit.
  public init(start: Value, startIncluded: Bool, end: Value, endIncluded: Bool) {
    storage = Storage(
      form: .interval, start: start, end: end,
      startIncluded: startIncluded, endIncluded: endIncluded)
  }

  /// The range of all values that compare to `endpoint` by `form`; `.interval` means `.equal`.
  public init(_ form: RangeForm, _ endpoint: Value) {
    let form = form == .interval ? .equal : form
    let hasStart = form != .less && form != .lessOrEqual
    let hasEnd = form != .greater && form != .greaterOrEqual
    storage = Storage(
      form: form, start: hasStart ? endpoint : .null, end: hasEnd ? endpoint : .null,
      startIncluded: form == .greaterOrEqual || form == .equal,
      endIncluded: form == .lessOrEqual || form == .equal)
  }

  /// How the range was written.
  public var form: RangeForm { storage.form }
  /// The lower endpoint; null when there is none.
  public var start: Value { storage.start }
  /// The upper endpoint; null when there is none.
  public var end: Value { storage.end }
  /// Whether the lower endpoint belongs to the range.
  public var startIncluded: Bool { storage.startIncluded }
  /// Whether the upper endpoint belongs to the range.
  public var endIncluded: Bool { storage.endIncluded }

  /// An endpoint that is present, for the type of the range.
  var endpoint: Value { start.isNull ? end : start }

  /// Whether both are identical.
  public static func == (left: ValueRange, right: ValueRange) -> Bool {
    left.storage === right.storage
      || (left.form == right.form && left.startIncluded == right.startIncluded
        && left.endIncluded == right.endIncluded && left.start == right.start
        && left.end == right.end)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(form)
    hasher.combine(start)
    hasher.combine(end)
  }

  /// Whether `value` lies in the range: nil when it cannot be compared with an endpoint.
  public func contains(_ value: Value) -> Bool? {
    switch form {
    case .equal: return Value.equals(value, end)
    case .notEqual: return Value.equals(value, end).map { !$0 }
    default: break
    }
    var result: Bool? = true
    if !start.isNull {
      result =
        startIncluded
        ? Value.compares(start, .lessOrEqual, value)
        : Value.compares(start, .less, value)
      if result == false { return false }
    }
    if !end.isNull {
      let upper =
        endIncluded
        ? Value.compares(value, .lessOrEqual, end)
        : Value.compares(value, .less, end)
      if upper == false { return false }
      if upper == nil { result = nil }
    }
    return value.isNull ? nil : result
  }
}
