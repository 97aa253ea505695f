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
  @exclusivity(unchecked) private var slots: UnsafeMutablePointer<Value>
  // Behind the slots in the same memory, and not an optional in them, which would cost a copy at
  // each reading.
  @exclusivity(unchecked) private var marks: UnsafeMutablePointer<Bool>
  @exclusivity(unchecked) private var capacity: Int

  /// A frame with room for `capacity` slots, all unset; it grows on demand.
  public init(_ evaluation: Evaluation, capacity: Int = 16) {
    self.evaluation = evaluation
    self.capacity = max(capacity, 1)
    (slots, marks) = Frame.memory(self.capacity)
    slots.initialize(repeating: .null, count: self.capacity)
    marks.initialize(repeating: false, count: self.capacity)
  }

  deinit {
    slots.deinitialize(count: capacity)
    UnsafeMutableRawPointer(slots).deallocate()
  }

  private static func memory(
    _ capacity: Int
  ) -> (UnsafeMutablePointer<Value>, UnsafeMutablePointer<Bool>) {
    let stride = MemoryLayout<Value>.stride
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * (stride + 1), alignment: MemoryLayout<Value>.alignment)
    return (
      memory.bindMemory(to: Value.self, capacity: capacity),
      (memory + capacity * stride).bindMemory(to: Bool.self, capacity: capacity)
    )
  }

  /// Makes room for `count` slots.
  @inline(__always)
  public func reserve(_ count: Int) {
    if count > capacity { grow(count) }
  }

  @inline(never)
  private func grow(_ count: Int) {
    let size = max(count, capacity * 2)
    let (moved, movedMarks) = Frame.memory(size)
    moved.moveInitialize(from: slots, count: capacity)
    (moved + capacity).initialize(repeating: .null, count: size - capacity)
    movedMarks.initialize(from: marks, count: capacity)
    (movedMarks + capacity).initialize(repeating: false, count: size - capacity)
    UnsafeMutableRawPointer(slots).deallocate()
    slots = moved
    marks = movedMarks
    capacity = size
  }

  /// The entry `name` of the context in a slot; nil when there is none.
  @inline(__always)
  func entry(_ name: String, of slot: Int) -> Value? {
    if slot < capacity, marks[slot] {
      if case .context(let context) = slots[slot] { return context[name] }
      return nil
    }
    if case .context(let context) = supply(slot) { return context[name] }
    return nil
  }

  /// Whether the slot was set.
  public func isSet(_ slot: Int) -> Bool { slot < capacity && marks[slot] }

  /// Makes a slot unset again.
  public func unset(_ slot: Int) {
    guard slot < capacity else { return }
    slots[slot] = .null
    marks[slot] = false
  }

  /// Makes all slots unset again, so that the frame serves the next evaluation.
  public func unsetAll() {
    for slot in 0..<capacity where marks[slot] {
      slots[slot] = .null
      marks[slot] = false
    }
  }

  /// The value of a slot; setting makes room.
  ///
  /// The first reading of an unset slot asks the
  /// supplier.
  @inline(__always)
  public subscript(slot: Int) -> Value {
    get {
      if slot < capacity, marks[slot] { return slots[slot] }
      return supply(slot)
    }
    set {
      if slot >= capacity { grow(slot + 1) }
      slots[slot] = newValue
      marks[slot] = true
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
