import Advice
import Quantities
import Synchronization
import Vault

/// The consultations of the last decisions, by all that they are a function of: who has just been
/// advised asks next why not, and what would change it.
final class RecentConsultations: Sendable {
  /// Consultations kept at once, of up to some hundred kilobytes each; when there are more, all are
  /// dropped.
  static let limit = 32

  private let kept = Mutex<[RecentOutcomes.Question: Consultation]>([:])

  subscript(question: RecentOutcomes.Question) -> Consultation? {
    get { kept.withLock { $0[question] } }
    set {
      kept.withLock { kept in
        if kept.count >= Self.limit { kept.removeAll() }
        kept[question] = newValue
      }
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

  private struct Kept {
    var outcomes: [Question: DigestedOutcome] = [:]
    var bytes = 0
  }

  /// Bytes of outcomes kept at once; when there are more, all are dropped.
  static let byteLimit = 16 << 20

  private let kept = Mutex(Kept())

  /// The outcome of a question; nil when it is not kept.
  func known(_ question: Question) -> DigestedOutcome? {
    kept.withLock { $0.outcomes[question] }
  }

  /// The outcome of a question, worked out when it is not kept.
  func outcome(of question: Question, _ work: () -> [UInt8]) -> DigestedOutcome {
    if let known = known(question) { return known }
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
