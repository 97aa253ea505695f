import FEEL
import Quantities
import Synchronization

/// What written rules say, kept by the values that they read.
///
/// Most rules read few values of a client, such as an age and an employment, so that most clients
/// share an answer with an earlier one, and a client who asks again shares it with themselves. An
/// answer is a function of the question alone: keeping it changes no outcome.
final class KnownAnswers<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  /// What was asked lately, and what was asked before that: an answer that is asked for again moves
  /// to the front, so that those which many clients share outlive those of one client.
  private struct Kept {
    var recent: [Question: Answer] = [:]
    var earlier: [Question: Answer] = [:]
  }

  /// Answers kept at once, half of them recent; when those are too many, the earlier ones go.
  private let limit: Int
  private let kept = Mutex(Kept())

  init(limit: Int = 2_048) { self.limit = limit }

  /// The answer to a question, worked out when it is not kept.
  func answer(to question: Question, _ work: () -> Answer) -> Answer {
    if let known = kept.withLock({ find(question, in: &$0) }) { return known }
    let answer = work()
    kept.withLock { keep(answer, to: question, in: &$0) }
    return answer
  }

  /// The answers to many questions, in their order; what is not kept is worked out once.
  func answers(to questions: [Question], _ work: (Question) -> Answer) -> [Answer] {
    let known = kept.withLock { kept in questions.map { find($0, in: &kept) } }
    var new: [Question: Answer] = [:]
    let answers = zip(questions, known).map { question, answer -> Answer in
      if let answer = answer ?? new[question] { return answer }
      let answer = work(question)
      new[question] = answer
      return answer
    }
    if !new.isEmpty {
      kept.withLock { kept in
        for (question, answer) in new { keep(answer, to: question, in: &kept) }
      }
    }
    return answers
  }

  private func find(_ question: Question, in kept: inout Kept) -> Answer? {
    if let answer = kept.recent[question] { return answer }
    guard let answer = kept.earlier[question] else { return nil }
    keep(answer, to: question, in: &kept)
    return answer
  }

  private func keep(_ answer: Answer, to question: Question, in kept: inout Kept) {
    if kept.recent.count >= limit / 2 {
      swap(&kept.recent, &kept.earlier)
      kept.recent.removeAll(keepingCapacity: true)
    }
    kept.recent[question] = answer
  }
}

/// What rules can tell of what they are asked, on the day they are asked: clients of whom they read
/// the same share an answer.
struct RuleQuestion: Hashable, Sendable {
  let date: CalendarDate
  /// The values that may be used as they are.
  let values: [Value]
  /// The positions of values that are only held against cells of tables.
  let positions: [Int]
}

/// The answers of one rule book that are kept from one consultation to the next.
struct RuleMemory: Sendable {
  /// What eligibility says of every kind of product.
  let policy = KnownAnswers<RuleQuestion, KindVerdicts>()
  /// What applicability says of every kind of product.
  let sense = KnownAnswers<RuleQuestion, KindVerdicts>()
  /// What a decision of either says of one kind, with the cells that decided.
  let findings = KnownAnswers<TracedQuestion, [Reason]>()
  /// What both say of every kind.
  let kindFindings = KnownAnswers<[TracedQuestion], [[Reason]]>(limit: 512)
  /// The kinds that answer a goal, and the rule that says so.
  let kinds = KnownAnswers<RuleQuestion, AskedKinds>()
  /// The factors of the open formula that belong to a kind, each by its name.
  let factors = [
    "propensity": KnownAnswers<RuleQuestion, Value>(), "context": KnownAnswers(),
    "lever": KnownAnswers(),
  ]
  /// The priorities by what products cost, for each set of the other factors.
  let ranks = KnownAnswers<RuleQuestion, KnownRanks>(limit: 32)
}

/// What a decision is asked when its answer names the values that it read.
struct TracedQuestion: Hashable, Sendable {
  let decision: String
  let asked: RuleQuestion
  /// Where the client's values came from, which the answer tells too.
  let sources: [ValueSource]
}

/// What a model says of kinds of products; those that it says nothing of are left out.
typealias KindVerdicts = [ProductKind: [Reason]]

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
