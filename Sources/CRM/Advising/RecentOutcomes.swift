import Advice
import Quantities
import Synchronization
import Vault

/// The consultations of the last decisions, by all that they are a function of: who has just been
/// advised asks next why not, and what would change it.
final class RecentConsultations: Sendable {
  /// Consultations kept at once, of up to some hundred kilobytes each; when there are more, the
  /// oldest goes.
  static let limit = 32

  private let kept = Mutex(LastKept<RecentOutcomes.Question, Consultation>(limit: limit))

  subscript(question: RecentOutcomes.Question) -> Consultation? {
    get { kept.withLock { $0[question] } }
    set {
      // What goes is given up after the lock: others wait for it.
      _ = kept.withLock { kept in newValue.map { kept.keep($0, for: question) } }
    }
  }
}

/// What was advised last, by all that advice is a function of: the facts, the goal, the date, the
/// rules and the catalogue.
///
/// A client who opens the page again, or whose form sends the same goal twice, gets the same bytes
/// without the catalogue being gone through again; each decision is stored all the same.
final class RecentOutcomes: Sendable {
  /// All that an outcome depends on.
  struct Question: Hashable, Sendable {
    let facts: Digest
    let basis: DecisionBasis
  }

  /// Bytes of outcomes kept at once; when there are more, the oldest go.
  static let byteLimit = 16 << 20

  private let kept = Mutex(LastKept<Question, DigestedOutcome>(limit: byteLimit))

  /// The outcome of a question, worked out when it is not kept.
  func outcome(of question: Question, _ work: () -> [UInt8]) -> DigestedOutcome {
    if let known = kept.withLock({ $0[question] }) { return known }
    let outcome = DigestedOutcome(work())
    _ = kept.withLock { $0.keep(outcome, for: question, size: outcome.bytes.count) }
    return outcome
  }
}

/// The values that were put in last, up to a limit of their sizes.
struct LastKept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  let limit: Int
  private var values: [Key: (value: Value, size: Int)] = [:]
  /// The keys in the order in which they were put in, the first ``gone`` of them given up.
  private var keys: [Key] = []
  private var gone = 0
  private var size = 0

  init(limit: Int) { self.limit = limit }

  subscript(key: Key) -> Value? { values[key]?.value }

  /// Keeps a value, unless one is kept for the key already; returns those that go for it.
  mutating func keep(_ value: Value, for key: Key, size: Int = 1) -> [Value] {
    guard values[key] == nil else { return [] }
    var dropped: [Value] = []
    while gone < keys.count, self.size + size > limit {
      if let oldest = values.removeValue(forKey: keys[gone]) {
        self.size -= oldest.size
        dropped.append(oldest.value)
      }
      gone += 1
    }
    if gone > keys.count / 2 {
      keys.removeFirst(gone)
      gone = 0
    }
    values[key] = (value, size)
    keys.append(key)
    self.size += size
    return dropped
  }
}
