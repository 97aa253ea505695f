package import Quantities

/// What is worth asking a client next: questions whose answers can still change which products are
/// offered or in what order.
package struct NextQuestions: Sendable {
  /// A question that is asked now, with the proof that it matters.
  package struct Suggestion: Sendable, Hashable {
    /// The question.
    package let id: String
    /// The form that asks it.
    package let form: String
    /// How many products wait for it.
    package let products: Int
    /// Two answers that lead to different offers.
    package let witness: Witness?
  }

  /// Two answers to a question that lead to different offers.
  package struct Witness: Sendable, Hashable {
    /// The answers to other questions under which they do.
    package let others: [String: String]
    /// The one answer; nil for none.
    package let first: String?
    /// The other answer.
    package let second: String
  }

  /// The questions, the most telling first; empty when no answer can change the offers.
  package let questions: [Suggestion]
  /// Whether all completions were gone through where no question is left.
  package let isProven: Bool
  /// What the goal itself leaves open, which no form asks: products wait for it.
  package let fields: [OpenQuestion]
}

extension Adviser {
  /// Finds what is worth asking next for a goal.
  ///
  /// A question is suggested only with two answers that lead to different offers; where none is
  /// suggested, every completion of what was not answered leads to the offers as they are.
  ///
  /// - Parameters:
  ///   - facts: all that is known of the client.
  ///   - goal: what the client asks for.
  ///   - date: the day of the decision.
  ///   - limit: questions at most.
  ///   - arbitration: what the ranking has learned.
  package func nextQuestions(
    _ facts: Facts, for goal: Goal, on date: CalendarDate, limit: Int = 5,
    arbitration: Arbitration = Arbitration()
  ) -> NextQuestions {
    var search = CompletionSearch(self, facts, goal, date, arbitration)
    return search.run(limit: limit)
  }
}

/// Goes through what a client may still answer and looks at the offers it leads to.
struct CompletionSearch {
  /// Answers in place of the questions that have none.
  typealias Completion = [String: String]

  private let adviser: Adviser
  private let facts: Facts
  private let goal: Goal
  private let date: CalendarDate
  private let arbitration: Arbitration
  private let forms: FormSet
  private let known: [String: String]
  private let start: Consultation
  /// The questions without an answer that the rules may read, in the order of asking.
  let open: [Question]
  private let domains: [String: [String]]
  /// What is answered together, each with its answers: a question, or all of a scored form.
  private let variables: [[Completion]]
  private let ranks: [String: Int]
  private var seen: [Completion: [Int]] = [:]
  /// The offers as they are.
  let now: [Int]

  /// Completions that are tried at random, after those that change one answer.
  static let tries = 24
  /// Completions gone through at most to prove that none changes the offers.
  static let proofLimit = 4_000

  init(
    _ adviser: Adviser, _ facts: Facts, _ goal: Goal, _ date: CalendarDate,
    _ arbitration: Arbitration
  ) {
    self.arbitration = arbitration
    self.adviser = adviser
    // What the goal assumes is answered: only what is then open is asked.
    let facts = adviser.rules.recording(goal.assuming.answers, in: facts)
    var goal = goal
    goal.assuming.answers = [:]
    self.facts = facts
    self.goal = goal
    self.date = date
    forms = adviser.rules.forms
    let current = adviser.rules.current(facts)
    var answers = current.answers(to: forms)
    start = adviser.consult(facts, for: goal, on: date, arbitration: arbitration)
    // What the accounts show is not asked: an answer would not be read.
    for question in forms.order where answers[question.id] == nil {
      switch question.fact {
      case .monthlyIncome where start.client.income?.source == .history:
        answers[question.id] = start.client.income.map { $0.value.plainText }
      case .portfolioValue where !facts.positions.isEmpty:
        answers[question.id] = start.client.portfolioValue?.plainText
      default: break
      }
    }
    known = answers
    open = adviser.influence.questions(of: start, unanswered: answers)
    let domain = AnswerDomain(adviser, on: date, home: facts.homeCurrency)
    domains = Dictionary(
      open.map { ($0.id, domain.answers(to: $0)) }, uniquingKeysWith: { first, _ in first })
    now = start.offers.map(\.place)
    variables = Self.variables(open, domains, adviser.rules, known: answers)
    var ranks: [String: Int] = [:]
    for question in start.questions { ranks[question.id] = question.products }
    self.ranks = ranks
  }

  private static func variables(
    _ open: [Question], _ domains: [String: [String]], _ rules: RuleBook, known: [String: String]
  ) -> [[Completion]] {
    let scores = ScoreCompletions(rules, known: known, open: open)
    var scored: Set<String> = []
    var variables: [[Completion]] = []
    for form in rules.scoredForms {
      let questions = open.filter { $0.isScored && form.question($0.id) != nil }
      guard questions.count > 1 else { continue }
      let completions = scores.completions(of: form, questions)
      guard !completions.isEmpty else { continue }
      scored.formUnion(questions.map(\.id))
      variables.append(completions)
    }
    let alone = open.filter { !scored.contains($0.id) }.map { question in
      (domains[question.id] ?? []).map { [question.id: $0] }
    }
    return alone.filter { !$0.isEmpty } + variables
  }

  /// The offers under a completion: the places of the products in their order.
  mutating func offers(_ completion: Completion) -> [Int] {
    if completion.isEmpty { return now }
    if let offers = seen[completion] { return offers }
    var facts = facts
    for question in open {
      if let answer = completion[question.id] { facts.take(answer, to: question) }
    }
    let offers = adviser.consult(facts, for: goal, on: date, arbitration: arbitration)
      .offers.map(\.place)
    seen[completion] = offers
    return offers
  }

  /// A completion without answers to what is then not asked.
  func asked(_ completion: Completion) -> Completion {
    var asked = completion
    var all = known.merging(completion) { $1 }
    for question in open where asked[question.id] != nil {
      if forms.isAsked(question, all) { continue }
      asked[question.id] = nil
      all[question.id] = nil
    }
    return asked
  }

  /// Whether the answers of a completion can be given, beside those that are known.
  private func isPossible(_ completion: Completion) -> Bool {
    !forms.contradicts(known.merging(completion) { $1 }, completion.keys)
  }

  mutating func run(limit: Int) -> NextQuestions {
    let (questions, isProven) = search(limit: limit)
    return NextQuestions(
      questions: questions, isProven: isProven,
      fields: start.questions.filter { $0.field != nil })
  }

  private mutating func search(
    limit: Int
  ) -> (questions: [NextQuestions.Suggestion], isProven: Bool) {
    let visible = open.filter { forms.isAsked($0, known) }
    var found: [String: NextQuestions.Witness] = [:]
    for question in visible {
      if let witness = witness(for: question, beside: [:]) { found[question.id] = witness }
    }
    if found.isEmpty { found = jointly(visible) }
    if found.isEmpty {
      switch counterexample() {
      case .none: return ([], true)
      case .some(let completion?): found = needed(in: completion, visible)
      case .some(nil):
        // Too much is open to go through: what products wait for is asked to be on the safe side.
        return (ordered(visible.filter { ranks[$0.id] != nil }, [:], limit), false)
      }
    }
    return (ordered(visible.filter { found[$0.id] != nil }, found, limit), true)
  }

  private func ordered(
    _ questions: [Question], _ found: [String: NextQuestions.Witness], _ limit: Int
  ) -> [NextQuestions.Suggestion] {
    questions.enumerated().sorted { left, right in
      let (first, second) = (ranks[left.element.id] ?? 0, ranks[right.element.id] ?? 0)
      return first != second ? first > second : left.offset < right.offset
    }.prefix(limit).map { _, question in
      NextQuestions.Suggestion(
        id: question.id, form: forms.form(asking: question.id)?.id ?? "",
        products: ranks[question.id] ?? 0, witness: found[question.id])
    }
  }

  /// Two answers to a question that lead to different offers, the others being given.
  private mutating func witness(
    for question: Question, beside others: Completion
  ) -> NextQuestions.Witness? {
    let without = offers(others)
    var first: (answer: String, offers: [Int])?
    var alone: String?
    for answer in domains[question.id] ?? [] {
      var completion = others
      completion[question.id] = answer
      completion = asked(completion)
      guard isPossible(completion) else { continue }
      let offers = offers(completion)
      if let first, first.offers != offers {
        return .init(others: others, first: first.answer, second: answer)
      }
      if first == nil { first = (answer, offers) }
      if offers != without { alone = alone ?? answer }
    }
    return alone.map { .init(others: others, first: nil, second: $0) }
  }

  /// Questions that matter only together with others, found by completing them in many ways.
  private mutating func jointly(_ visible: [Question]) -> [String: NextQuestions.Witness] {
    guard open.count > 1 else { return [:] }
    var random = SeededRandom(seed: 1)
    for number in 0..<Self.tries {
      var completion: Completion = [:]
      for variable in variables {
        let place =
          switch number {
          case 0: 0
          case 1: variable.count - 1
          case 2: variable.count / 2
          default: random.next(below: variable.count)
          }
        completion.merge(variable[place]) { $1 }
      }
      completion = asked(completion)
      if isPossible(completion), offers(completion) != now {
        let found = needed(in: completion, visible)
        if !found.isEmpty { return found }
      }
    }
    return [:]
  }

  /// The questions without which a completion would change nothing: each with the answers of the
  /// others as its witness.
  private mutating func needed(
    in completion: Completion, _ visible: [Question]
  ) -> [String: NextQuestions.Witness] {
    var least = completion
    var isLess = true
    // What was needed beside an answer that has gone since may be needed no more.
    while isLess {
      isLess = false
      for question in open.reversed() where least[question.id] != nil {
        var fewer = least
        fewer[question.id] = nil
        fewer = asked(fewer)
        if isPossible(fewer), offers(fewer) != now { (least, isLess) = (fewer, true) }
      }
    }
    var found: [String: NextQuestions.Witness] = [:]
    for question in visible {
      guard let answer = least[question.id] else { continue }
      var others = least
      others[question.id] = nil
      // Where others are asked only because of this one, it takes them to make a difference.
      found[question.id] =
        witness(for: question, beside: asked(others)) ?? witness(for: question, beside: others)
        ?? .init(others: asked(others), first: nil, second: answer)
    }
    return found
  }

  /// A completion of everything that changes the offers.
  ///
  /// - Returns: nil when there is none, nil inside when too many would have to be gone through.
  private mutating func counterexample() -> Completion?? {
    var count = 1
    for variable in variables {
      count *= variable.count
      guard count <= Self.proofLimit else { return .some(nil) }
    }
    for number in 0..<count {
      var rest = number
      var completion: Completion = [:]
      for variable in variables {
        completion.merge(variable[rest % variable.count]) { $1 }
        rest /= variable.count
      }
      completion = asked(completion)
      if isPossible(completion), offers(completion) != now { return .some(completion) }
    }
    return .none
  }
}
