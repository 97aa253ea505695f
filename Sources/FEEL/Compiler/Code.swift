/// A compiled construct: what to run in a frame, and what is already known of the result.
struct Code: Sendable {
  /// Evaluates the construct in a frame that has its slots.
  typealias Run = @Sendable (Frame) -> Value

  let run: Run
  /// The value, where it does not depend on the frame.
  let constant: Value?
  /// The slot that the construct only reads, if it does nothing else.
  let slot: Int?

  init(_ run: @escaping Run) {
    self.run = run
    constant = nil
    slot = nil
  }

  init(constant: Value) {
    run = { _ in constant }
    self.constant = constant
    slot = nil
  }

  init(slot: Int) {
    run = { frame in frame[slot] }
    constant = nil
    self.slot = slot
  }
}
