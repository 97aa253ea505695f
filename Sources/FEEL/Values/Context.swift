/// The ordered, distinct keys of a context.
///
/// Contexts made by the same literal, table or reader share one shape, so that a path such as
/// `loan.amount` finds its entry by comparing one reference.
public final class ContextShape: Sendable, Hashable {
  /// The keys in order.
  public let keys: [String]
  private let positions: [String: Int]

  /// A shape with `keys` in this order; of two equal keys the first is kept.
  public init(_ keys: [String]) {
    var kept: [String] = []
    var positions: [String: Int] = [:]
    for key in keys where positions[key] == nil {
      positions[key] = kept.count
      kept.append(key)
    }
    self.keys = kept
    self.positions = kept.count > ContextShape.scanned ? positions : [:]
  }

  /// Up to this many keys a scan is faster than a hash.
  private static let scanned = 8

  /// The position of `key`, or nil when the shape lacks it.
  public func position(of key: String) -> Int? {
    if keys.count > ContextShape.scanned { return positions[key] }
    return keys.firstIndex(of: key)
  }

  public static func == (left: ContextShape, right: ContextShape) -> Bool {
    left === right || left.keys == right.keys
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(keys) }
}

/// A FEEL context: an ordered, small collection of (key, value) entries (10.3.2.6).
public struct Context: Sendable {
  /// The keys.
  public private(set) var shape: ContextShape
  /// The values, in the order of the shape's keys.
  public private(set) var values: [Value]

  private static let emptyShape = ContextShape([])

  /// An empty context.
  public init() {
    shape = Context.emptyShape
    values = []
  }

  /// A context of `shape` with one value for each of its keys; missing values are null.
  public init(_ shape: ContextShape, _ values: [Value]) {
    self.shape = shape
    var values = values
    while values.count < shape.keys.count { values.append(.null) }
    if values.count > shape.keys.count { values.removeLast(values.count - shape.keys.count) }
    self.values = values
  }

  /// A context with these entries; of two equal keys the last value stands.
  public init(_ entries: [(key: String, value: Value)]) {
    let shape = ContextShape(entries.map(\.key))
    self.shape = shape
    if shape.keys.count == entries.count {
      values = entries.map(\.value)
    } else {
      values = Array(repeating: .null, count: shape.keys.count)
      for entry in entries {
        if let position = shape.position(of: entry.key) { values[position] = entry.value }
      }
    }
  }

  /// The number of entries.
  public var count: Int { values.count }

  /// The keys in order.
  public var keys: [String] { shape.keys }

  /// Whether there is an entry `key`, even one that is null.
  public func contains(_ key: String) -> Bool { shape.position(of: key) != nil }

  /// The value of `key`; nil when there is no such entry. Setting appends a new key at the end.
  public subscript(key: String) -> Value? {
    get { shape.position(of: key).map { values[$0] } }
    set {
      if let position = shape.position(of: key) {
        if let newValue {
          values[position] = newValue
        } else {
          var keys = shape.keys
          keys.remove(at: position)
          values.remove(at: position)
          shape = ContextShape(keys)
        }
      } else if let newValue {
        shape = ContextShape(shape.keys + [key])
        values.append(newValue)
      }
    }
  }
}

extension Context: Hashable {
  /// Equal when both have the same keys, in any order, with identical values.
  public static func == (left: Context, right: Context) -> Bool {
    guard left.count == right.count else { return false }
    if left.shape === right.shape { return left.values == right.values }
    for (key, value) in left where right[key] != value { return false }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in self {
      var inner = Hasher()
      inner.combine(key)
      inner.combine(value)
      sum &+= inner.finalize()
    }
    hasher.combine(sum)
  }
}

extension Context: Sequence {
  /// The entries in order.
  public func makeIterator() -> Zip2Sequence<[String], [Value]>.Iterator {
    zip(shape.keys, values).makeIterator()
  }
}

extension Context: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Value)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
