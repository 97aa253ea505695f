import JSON
import Quantities
import Testing

@testable import Advice

@Suite("What to ask next")
struct NextQuestionTests {
  let adviser: Adviser
  let rules: RuleBook

  init() throws {
    adviser = try Sample.adviser()
    rules = adviser.rules
  }

  static let goals = [
    #"{"kind":"insure","limit":50}"#, #"{"kind":"any","limit":50}"#,
    #"{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36,"limit":50}"#,
    #"{"kind":"save","amount":"5000","currency":"EUR","termMonths":12,"limit":50}"#,
    #"{"kind":"hedge","amount":"80000","currency":"EUR","termMonths":6,"limit":50}"#,
  ]

  /// The questions that anything in the rules, the prices or the facts can read.
  private var telling: [Question] {
    var read: Set = [
      "owns-vehicle", "owns-home", "travels-abroad", "keeps-pet", "vehicle-value", "home-value",
    ]
    for product in adviser.products {
      for factor in product.tariff?.factors ?? [] { read.insert(factor.input) }
    }
    return rules.forms.order.filter { $0.fact != nil || $0.isScored || read.contains($0.id) }
  }

  /// A client who has answered everything that is asked, but for some of the questions.
  private func client(
    _ random: inout SeededRandom, skipping count: Int, _ domain: AnswerDomain
  ) -> (facts: Facts, skipped: [Question]) {
    let questions = telling
    var answers: [String: String] = [:]
    for question in questions where rules.forms.isAsked(question, answers) {
      answers[question.id] = domain.answers(to: question).randomElement(using: &random)
    }
    var skipped: [Question] = []
    for _ in 0..<count {
      guard let id = answers.keys.sorted().randomElement(using: &random) else { break }
      answers[id] = nil
    }
    answers = rules.forms.counting(answers)
    skipped = questions.filter { answers[$0.id] == nil }
    var facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    facts.profile.clientSince = CalendarDate(year: 2020, month: 1, day: 10)
    for question in questions {
      if let answer = answers[question.id] { facts.take(answer, to: question) }
    }
    return (facts, skipped)
  }

  private func offers(_ facts: Facts, _ goal: Goal) -> [ProductID] {
    adviser.consult(facts, for: goal, on: Sample.date).offers.map { adviser.products[$0.place].id }
  }

  private func facts(_ facts: Facts, with answers: [String: String]) -> Facts {
    var facts = facts
    for question in rules.forms.order {
      if let answer = answers[question.id] { facts.take(answer, to: question) }
    }
    return facts
  }

  /// Completions gone through for one client.
  private static let limit = 400

  @Test(
    "With none suggested no completion changes the ranking; each suggested has two that differ",
    arguments: goals, [1, 2, 3])
  func exhaustive(json: String, skipped count: Int) throws {
    let seed = UInt64(count) &* 7_919 &+ UInt64(json.utf8.count)
    var random = SeededRandom(seed: seed)
    let goal = try Sample.goal(json)
    let domain = AnswerDomain(adviser, on: Sample.date, home: Sample.ana().homeCurrency)
    var (stops, asked) = (0, 0)
    for number in 0..<5 {
      let (facts, skipped) = client(&random, skipping: count, domain)
      let next = adviser.nextQuestions(facts, for: goal, on: Sample.date, limit: 20)
      let about = "seed \(seed), client \(number), skipped \(skipped.map(\.id))"
      for suggestion in next.questions {
        asked += 1
        let witness = try #require(suggestion.witness, "\(about): \(suggestion.id)")
        var (one, other) = (witness.others, witness.others)
        one[suggestion.id] = witness.first
        other[suggestion.id] = witness.second
        let (first, second) = (self.facts(facts, with: one), self.facts(facts, with: other))
        #expect(offers(first, goal) != offers(second, goal), "\(about): \(suggestion.id)")
        let known = facts.answers(to: rules.forms)
        for given in [one, other] { expectPossible(given, beside: known, about) }
        let question = try #require(rules.forms.question(suggestion.id))
        #expect(rules.forms.isAsked(question, known), "\(about): \(suggestion.id) is not asked")
      }
      guard next.questions.isEmpty else { continue }
      #expect(next.isProven, "\(about)")
      stops += 1
      expectNothingChanges(facts, skipped, goal, domain, about)
    }
    #expect(stops + asked > 0)
  }

  /// The server takes the answers: none of them is said to contradict another.
  private func expectPossible(
    _ given: [String: String], beside known: [String: String], _ about: String
  ) {
    let all = known.merging(given) { $1 }
    for form in rules.forms.forms {
      let violations = rules.forms.violations(
        in: all.filter { form.question($0.key) != nil }, to: form, beside: all)
      let wrong = violations.filter { violation in
        violation.code == "contradiction"
          && given.keys.contains { violation.pointer == FormSet.pointer($0) }
      }
      #expect(wrong.isEmpty, "\(about): \(given)")
    }
  }

  private func expectNothingChanges(
    _ facts: Facts, _ skipped: [Question], _ goal: Goal, _ domain: AnswerDomain, _ about: String
  ) {
    let now = offers(facts, goal)
    let known = facts.answers(to: rules.forms)
    let domains = skipped.map { domain.answers(to: $0) }
    let all = domains.reduce(1) { min(1_000_000, $0 * max(1, $1.count)) }
    var random = SeededRandom(seed: 11)
    for number in 0..<min(all, Self.limit) {
      var rest = all <= Self.limit ? number : Int(random.next() % 1_000_000_007)
      var completion: [String: String] = [:]
      for (question, answers) in zip(skipped, domains) where !answers.isEmpty {
        completion[question.id] = answers[rest % answers.count]
        rest /= answers.count
      }
      let counting = rules.forms.counting(known.merging(completion) { $1 })
      completion = completion.filter { counting[$0.key] != nil }
      if rules.forms.contradicts(counting, completion.keys) { continue }
      let changed = offers(self.facts(facts, with: completion), goal)
      #expect(changed == now, "\(about): \(completion)")
      if changed != now { return }
    }
  }

  @Test(
    "Asking only what is suggested ends, and ends where everything answered would lead",
    arguments: goals)
  func adaptive(json: String) throws {
    let goal = try Sample.goal(json)
    let domain = AnswerDomain(adviser, on: Sample.date, home: Sample.ana().homeCurrency)
    var random = SeededRandom(seed: UInt64(json.utf8.count))
    let (whole, _) = client(&random, skipping: 0, domain)
    var facts = Facts(homeCurrency: whole.homeCurrency)
    facts.profile.clientSince = whole.profile.clientSince
    var asked = 0
    while asked < rules.forms.order.count {
      let next = adviser.nextQuestions(facts, for: goal, on: Sample.date, limit: 1)
      guard let first = next.questions.first, let question = rules.forms.question(first.id) else {
        break
      }
      let answer = try #require(whole.answers[first.id], "\(first.id) was never asked")
      facts.take(answer, to: question)
      asked += 1
    }
    #expect(asked < whole.answers.count)
    #expect(offers(facts, goal) == offers(whole, goal), "after \(asked) questions")
  }

  @Test("No answer is suggested that contradicts one that was given", arguments: goals)
  func contradictions(json: String) throws {
    let form = try #require(rules.forms.form(asking: "risk-sentence"))
    var facts = Sample.ana()
    for question in form.questions { facts.withdraw(question) }
    facts.take(["risk-borrow": "yes"], of: form)
    let next = adviser.nextQuestions(facts, for: try Sample.goal(json), on: Sample.date, limit: 20)
    if json.contains("hedge") { #expect(next.questions.contains { $0.form == form.id }) }
    for suggestion in next.questions {
      guard let witness = suggestion.witness else { continue }
      for answer in [witness.first, witness.second] {
        var given = witness.others
        given[suggestion.id] = answer
        expectPossible(given, beside: facts.answers(to: rules.forms), suggestion.id)
      }
    }
  }

  @Test("What the goal leaves open is told as its field, and not as a question")
  func fields() throws {
    let goal = try Sample.goal(
      #"{"kind":"borrow","amount":"5000","currency":"EUR","termMonths":36,"purpose":"car"}"#
    )
    let next = adviser.nextQuestions(Sample.ana(), for: goal, on: Sample.date)
    #expect(Set(next.fields.compactMap(\.field)) == ["/securityValue"])
    #expect(next.fields.allSatisfy { $0.products > 0 && rules.forms.question($0.id) == nil })
    #expect(next.questions.allSatisfy { rules.forms.question($0.id) != nil })
  }

  @Test("The same facts always suggest the same questions")
  func deterministic() throws {
    let goal = try Sample.goal(Self.goals[0])
    let ids = try (0..<2).map { _ in
      try Sample.adviser().nextQuestions(Sample.ana(), for: goal, on: Sample.date)
        .questions
    }
    #expect(ids[0] == ids[1] && !ids[0].isEmpty)
  }
}
