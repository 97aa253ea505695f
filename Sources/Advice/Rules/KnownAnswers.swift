import FEEL
import Quantities
import Synchronization

/// What written rules say, kept by the values that they read.
///
/// Most rules read few values of a client, such as an age and an employment, so that most clients
/// share an answer with an earlier one, and a client who asks again shares it with themselves. An
/// answer is a function of the question alone: keeping it changes no outcome.
final class KnownAnswers<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  /// Answers kept at once; when there are more, all are dropped.
  private let limit: Int
  private let known = Mutex<[Question: Answer]>([:])

  init(limit: Int = 2_048) { self.limit = limit }

  /// The answer to a question, worked out when it is asked for the first time.
  func answer(to question: Question, _ work: () -> Answer) -> Answer {
    if let answer = known.withLock({ $0[question] }) { return answer }
    let answer = work()
    known.withLock { known in
      if known.count >= limit { known.removeAll(keepingCapacity: true) }
      known[question] = answer
    }
    return answer
  }
}

/// The values that rules read, on the day they are asked.
struct RuleQuestion: Hashable, Sendable {
  let date: CalendarDate
  let values: [Value]
}

/// The answers of one rule book that are kept from one consultation to the next.
struct RuleMemory: Sendable {
  /// What eligibility and applicability say of every kind of product.
  let verdicts = KnownAnswers<RuleQuestion, [ProductKind: [Reason]]>()
  /// The kinds that answer a goal, and the rule that says so.
  let kinds = KnownAnswers<RuleQuestion, AskedKinds>()
  /// The factors of the open formula that belong to a kind.
  let factors = KnownAnswers<RuleQuestion, KindFactors>()
  /// The priorities by what products cost, for each set of the other factors.
  let ranks = KnownAnswers<RuleQuestion, KnownRanks>(limit: 64)
}

/// The kinds of products that answer a goal or a need, and the rule that says so.
struct AskedKinds: Sendable {
  let rule: String
  let kinds: Set<ProductKind>
}

/// The factors of the open formula that are the same for all products of a kind.
struct KindFactors: Sendable {
  let propensity: Value
  let context: Value
  let lever: Value
}

/// Priorities of products that differ only in what they cost, by their cost ratio.
typealias KnownRanks = KnownAnswers<Decimal128, Priority>

/// What the ranking gives one product of a kind.
struct Priority: Sendable {
  let value: Decimal128
  let priority: Decimal128
}
