import Quantities
import Synchronization
import Vault

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

  private struct Kept {
    var outcomes: [Question: DigestedOutcome] = [:]
    var bytes = 0
  }

  /// Bytes of outcomes kept at once; when there are more, all are dropped.
  static let byteLimit = 16 << 20

  private let kept = Mutex(Kept())

  /// The outcome of a question, worked out when it is not kept.
  func outcome(of question: Question, _ work: () -> [UInt8]) -> DigestedOutcome {
    if let known = kept.withLock({ $0.outcomes[question] }) { return known }
    let outcome = DigestedOutcome(work())
    kept.withLock { kept in
      if kept.bytes + outcome.bytes.count > Self.byteLimit { kept = Kept() }
      if kept.outcomes.updateValue(outcome, forKey: question) == nil {
        kept.bytes += outcome.bytes.count
      }
    }
    return outcome
  }
}
