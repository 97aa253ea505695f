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
    if !positions.isEmpty { return positions[key] }
    for position in keys.indices where keys[position] == key { return position }
    return nil
  }

  /// Whether both are identical.
  public static func == (left: ContextShape, right: ContextShape) -> Bool {
    left === right || left.keys == right.keys
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(keys) }
}

/// A FEEL context: an ordered, small collection of (key, value) entries (10.3.2.6).
public struct Context: Sendable {
  /// One object, so that handing a context on counts one reference.
  private final class Storage: Sendable {
    let shape: ContextShape
    let values: [Value]

    init(_ shape: ContextShape, _ values: [Value]) {
      self.shape = shape
      self.values = values
    }
  }

  private var storage: Storage

  private static let empty = Storage(ContextShape([]), [])

  /// An empty context.
  public init() { storage = Context.empty }

  /// A context of `shape` with one value for each of its keys; missing values are null.
  public init(_ shape: ContextShape, _ values: [Value]) {
    var values = values
    while values.count < shape.keys.count { values.append(.null) }
    if values.count > shape.keys.count { values.removeLast(values.count - shape.keys.count) }
    storage = Storage(shape, values)
  }

  /// A context with these entries; of two equal keys the last value stands.
  public init(_ entries: [(key: String, value: Value)]) {
    let shape = ContextShape(entries.map(\.key))
    guard shape.keys.count < entries.count else {
      storage = Storage(shape, entries.map(\.value))
      return
    }
    var values = Array(repeating: Value.null, count: shape.keys.count)
    for entry in entries {
      if let position = shape.position(of: entry.key) { values[position] = entry.value }
    }
    storage = Storage(shape, values)
  }

  /// The keys, shared with other contexts of the same making.
  public var shape: ContextShape { storage.shape }

  /// The values, in the order of the shape's keys.
  public var values: [Value] { storage.values }

  /// The number of entries.
  public var count: Int { storage.values.count }

  /// The keys in order.
  public var keys: [String] { storage.shape.keys }

  /// Whether there is an entry `key`, even one that is null.
  public func contains(_ key: String) -> Bool { storage.shape.position(of: key) != nil }

  /// The value of `key`; nil when there is no such entry.
  ///
  /// Setting makes a new context of the
  /// same order, with a new key at the end; setting nil leaves the entry out.
  public subscript(key: String) -> Value? {
    get { storage.shape.position(of: key).map { storage.values[$0] } }
    set {
      var values = storage.values
      guard let position = storage.shape.position(of: key) else {
        guard let newValue else { return }
        storage = Storage(ContextShape(storage.shape.keys + [key]), values + [newValue])
        return
      }
      if let newValue {
        values[position] = newValue
        storage = Storage(storage.shape, values)
      } else {
        var keys = storage.shape.keys
        keys.remove(at: position)
        values.remove(at: position)
        storage = Storage(ContextShape(keys), values)
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

  /// Hashes what `==` compares.
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
    zip(storage.shape.keys, storage.values).makeIterator()
  }
}

extension Context: ExpressibleByDictionaryLiteral {
  /// The value of a literal.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
