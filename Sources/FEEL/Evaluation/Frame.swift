/// The slots that one expression body reads: first the names of its scope, then its local names.
///
/// A slot that was never set is unset, which is not null: reading it asks the `supplier`, so a
/// decision is evaluated only when an expression asks for its value.
public final class Frame {
  /// Gives the value of an unset slot; the frame keeps it.
  public typealias Supplier = (_ slot: Int, _ frame: Frame) -> Value

  /// What the frame's evaluation shares.
  public let evaluation: Evaluation
  /// Called once for each unset slot that is read; without one such a slot is null.
  @exclusivity(unchecked) public var supplier: Supplier?
  @exclusivity(unchecked) private var slots: UnsafeMutablePointer<Value?>
  @exclusivity(unchecked) private var capacity: Int

  /// A frame with room for `capacity` slots, all unset; it grows on demand.
  public init(_ evaluation: Evaluation, capacity: Int = 16) {
    self.evaluation = evaluation
    self.capacity = max(capacity, 1)
    slots = .allocate(capacity: self.capacity)
    slots.initialize(repeating: nil, count: self.capacity)
  }

  deinit {
    slots.deinitialize(count: capacity)
    slots.deallocate()
  }

  /// Makes room for `count` slots.
  @inline(__always)
  public func reserve(_ count: Int) {
    if count > capacity { grow(count) }
  }

  @inline(never)
  private func grow(_ count: Int) {
    let size = max(count, capacity * 2)
    let moved = UnsafeMutablePointer<Value?>.allocate(capacity: size)
    moved.moveInitialize(from: slots, count: capacity)
    (moved + capacity).initialize(repeating: nil, count: size - capacity)
    slots.deallocate()
    slots = moved
    capacity = size
  }

  /// Whether the slot was set.
  public func isSet(_ slot: Int) -> Bool { slot < capacity && slots[slot] != nil }

  /// Makes a slot unset again.
  public func unset(_ slot: Int) {
    if slot < capacity { slots[slot] = nil }
  }

  /// The value of a slot; setting makes room. The first reading of an unset slot asks the
  /// supplier.
  @inline(__always)
  public subscript(slot: Int) -> Value {
    get {
      if slot < capacity, let value = slots[slot] { return value }
      return supply(slot)
    }
    set {
      reserve(slot + 1)
      slots[slot] = newValue
    }
  }

  @inline(never)
  private func supply(_ slot: Int) -> Value {
    guard let supplier else { return .null }
    let value = supplier(slot, self)
    self[slot] = value
    return value
  }
}
