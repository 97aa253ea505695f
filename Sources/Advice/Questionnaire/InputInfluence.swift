import DMN
import FEEL
import Quantities

/// Which questions can reach which kinds of products: read from the cells of the rules, so that a
/// question that no rule for a kind looks at is never asked for it.
struct InputInfluence: Sendable {
  /// The inputs that rules about a kind hold against a cell.
  private let byKind: [ProductKind: Set<String>]
  private let ofAffordability: Set<String>
  private let ofSuitability: Set<String>
  private let ofNeeds: Set<String>
  private let rules: RuleBook

  init(_ rules: RuleBook) {
    self.rules = rules
    let models = [rules.eligibility, rules.applicability, rules.arbitration].map(\.model)
    var byKind: [ProductKind: Set<String>] = [:]
    for kind in ProductKind.allCases {
      let known: [String: Value] = [
        "product line": .string(kind.line.rawValue), "product kind": .string(kind.rawValue),
        "needed": .boolean(true),
      ]
      byKind[kind] = models.reduce(into: []) { $0.formUnion($1.inputsTested(where: known)) }
    }
    self.byKind = byKind
    ofAffordability = Self.inputs(of: rules.affordability)
    ofSuitability = Self.inputs(of: rules.suitability)
    ofNeeds = Self.inputs(of: rules.needs)
  }

  private static func inputs(of rules: RuleModel) -> Set<String> {
    let places = rules.part.decisions.flatMap { rules.placesRead(by: $0) }
    return Set(places.map { rules.model.inputs[$0].name })
  }

  /// The questions without an answer that can reach the products that are still in question.
  ///
  /// - Parameter answers: those that count, the recorded ones included.
  func questions(
    of consultation: Consultation, unanswered answers: [String: String]
  ) -> [Question] {
    let adviser = consultation.adviser
    let live = liveProducts(of: consultation, answers)
    let kinds = Set(live.map { adviser.products[$0].kind })
    var ids: Set<String> = []
    for kind in kinds {
      for input in byKind[kind] ?? [] { ids.formUnion(questions(of: input)) }
      if kind.line == .loan { for input in ofAffordability { ids.formUnion(questions(of: input)) } }
      if kind == .motor { ids.insert("vehicle-value") }
      if kind == .property { ids.insert("home-value") }
      if kind.line == .hedge { ids.insert("portfolio-value") }
    }
    if consultation.goal.kind == .any {
      for input in ofNeeds { ids.formUnion(questions(of: input)) }
    }
    for column in adviser.table.columns.indices {
      guard let question = adviser.table.columns[column].question,
        !live.and(adviser.table.table.constrained(column: column)).isEmpty
      else { continue }
      ids.formUnion(questions(named: question))
      if adviser.table.columns[column] == .riskClass {
        for input in ofSuitability { ids.formUnion(questions(of: input)) }
      }
    }
    for place in live {
      for factor in adviser.products[place].tariff?.factors ?? [] {
        ids.formUnion(questions(named: factor.question))
      }
    }
    return open(ids, answers)
  }

  /// The products of the kinds needed that no known value speaks against.
  ///
  /// What fails by rules that read a question without an answer may still be lifted.
  private func liveProducts(
    of consultation: Consultation, _ answers: [String: String]
  ) -> BitSet {
    let (adviser, screening) = (consultation.adviser, consultation.screening)
    if consultation.goal.kind == .any, areNeedsOpen(answers) {
      return BitSet(all: adviser.products.count).andNot(screening.failedByClient)
    }
    var live = BitSet(count: adviser.products.count)
    for (kind, products) in adviser.table.kinds where screening.needOfKind[kind] != nil {
      let isOpen = (byKind[kind] ?? []).contains { input in
        questions(of: input).contains { answers[$0] == nil }
      }
      live.formOr(isOpen ? products : products.andNot(screening.failedByFindings(of: kind)))
    }
    return live.andNot(screening.failedByTerms)
  }

  /// Whether what the client needs still depends on an answer.
  private func areNeedsOpen(_ answers: [String: String]) -> Bool {
    ofNeeds.contains { input in questions(of: input).contains { answers[$0] == nil } }
  }

  /// The questions whose answers give an input.
  private func questions(of input: String) -> [String] {
    switch input {
    case "age": questions(named: "birth-date")
    case "declared risk class": questions(named: "risk-class")
    default: questions(named: input.replacing(" ", with: "-"))
    }
  }

  private func questions(named id: String) -> [String] {
    if let score = Questionnaire.Score(rawValue: id),
      let form = rules.scoredForms.first(where: { $0.score == score })
    {
      return form.questions.filter(\.isScored).map(\.id)
    }
    return rules.forms.question(id) == nil ? [] : [id]
  }

  /// The questions without an answer that are asked or may yet be, with those that decide about
  /// it, in the order of asking.
  private func open(_ ids: Set<String>, _ answers: [String: String]) -> [Question] {
    var all = ids
    for question in rules.forms.order.reversed() where all.contains(question.id) {
      all.formUnion(rules.forms.conditionsRead(by: question.id).map(\.id))
    }
    var open: [String: Question] = [:]
    for question in rules.forms.order
    where all.contains(question.id) && answers[question.id] == nil {
      let mayBe = rules.forms.conditionsRead(by: question.id).contains { open[$0.id] != nil }
      if mayBe || rules.forms.isAsked(question, answers) { open[question.id] = question }
    }
    return rules.forms.order.compactMap { open[$0.id] }
  }
}
