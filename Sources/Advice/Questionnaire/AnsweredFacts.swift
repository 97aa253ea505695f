package import Quantities

extension Facts {
  /// Takes over the checked answers of a form: each becomes an answer, and the fact it stands for.
  package mutating func take(_ given: [String: String], of form: Questionnaire) {
    for question in form.questions {
      if let answer = given[question.id] { take(answer, to: question) }
    }
  }

  /// Takes over one checked answer.
  package mutating func take(_ answer: String, to question: Question) {
    answers[question.id] = answer
    question.fact?.set(answer, in: &self)
  }

  /// Takes an answer back, and the fact it stood for.
  package mutating func withdraw(_ question: Question) {
    guard answers.removeValue(forKey: question.id) != nil else { return }
    question.fact?.set(nil, in: &self)
  }

  /// The answers, and those that the profile gives without being asked.
  package func answers(to forms: FormSet) -> [String: String] {
    var known = answers
    known[FormCondition.customerKind] = profile.customerKind.rawValue
    for (id, fact) in forms.facts where known[id] == nil {
      if let value = fact.recorded(in: self) { known[id] = value }
    }
    return known
  }
}

extension ClientInputs {
  /// The answers, and those that the profile gives without being asked.
  func answers(to forms: FormSet) -> [String: String] {
    var known = answers
    known[FormCondition.customerKind] = customerKind.rawValue
    known[Questionnaire.Score.riskClass.rawValue] = risk.riskClass.map { "\($0)" }
    for (id, fact) in forms.facts where known[id] == nil {
      if let value = recorded(fact) { known[id] = value }
    }
    return known
  }

  private func recorded(_ fact: Question.Fact) -> String? {
    switch fact {
    case .riskClass: risk.riskClass.map { "\($0)" }
    case .knowledge: risk.knowledge?.rawValue
    case .capacityForLoss: risk.capacityForLoss?.rawValue
    case .horizonMonths: risk.horizonMonths.map { "\($0)" }
    case .employment: employment?.rawValue
    case .dependants: dependants.map { "\($0)" }
    case .residency: residency
    // The day itself is not kept here; that it is known is what counts.
    case .birthDate: age.map { "\(date.adding(months: -12 * $0))" }
    case .yearlyTurnover: yearlyTurnover?.plainText
    case .monthlyIncome, .portfolioValue, .ownsVehicle, .ownsHome: nil
    }
  }
}

extension Question {
  /// A value that we know already, offered as the answer.
  package struct Prefill: Sendable, Hashable {
    /// The answer.
    package let answer: String
    /// Where it comes from.
    package let source: ValueSource
  }

  /// What the profile or the history gives for an answer; nil where it fits no answer.
  package func prefill(from facts: Facts, on date: CalendarDate) -> Prefill? {
    guard let fact, let prefill = fact.prefill(from: facts, on: date),
      kind.fault(in: prefill.answer) == nil
    else { return nil }
    return prefill
  }
}

extension Question.Fact {
  /// Whether the answers of a question can become the fact.
  func fits(_ kind: Question.Kind) -> Bool {
    func all(_ options: [Question.Option], _ isKnown: (String) -> Bool) -> Bool {
      options.allSatisfy { isKnown($0.value) }
    }
    switch (self, kind) {
    case (.riskClass, .choice(let options)): return all(options) { Int($0) != nil }
    case (.knowledge, .choice(let options)):
      return all(options) { Knowledge(rawValue: $0) != nil }
    case (.capacityForLoss, .choice(let options)):
      return all(options) { CapacityForLoss(rawValue: $0) != nil }
    case (.horizonMonths, .choice(let options)): return all(options) { Int($0) != nil }
    case (.employment, .choice(let options)):
      return all(options) { EmploymentStatus(rawValue: $0) != nil }
    case (.residency, .choice(let options)): return all(options) { $0.utf8.count == 2 }
    case (.riskClass, .number(_, digits: 0)), (.horizonMonths, .number(_, digits: 0)),
      (.dependants, .number(_, digits: 0)):
      return true
    case (.monthlyIncome, .number), (.portfolioValue, .number), (.yearlyTurnover, .number):
      return true
    case (.ownsVehicle, .yesNo), (.ownsHome, .yesNo), (.birthDate, .date): return true
    default: return false
    }
  }

  /// Writes an answer into the facts it stands for, or takes it out.
  func set(_ answer: String?, in facts: inout Facts) {
    switch self {
    case .riskClass: facts.risk.riskClass = answer.flatMap { Int($0) }
    case .knowledge: facts.risk.knowledge = answer.flatMap { Knowledge(rawValue: $0) }
    case .capacityForLoss:
      facts.risk.capacityForLoss = answer.flatMap { CapacityForLoss(rawValue: $0) }
    case .horizonMonths: facts.risk.horizonMonths = answer.flatMap { Int($0) }
    case .employment: facts.profile.employment = answer.flatMap { EmploymentStatus(rawValue: $0) }
    case .dependants: facts.profile.dependants = answer.flatMap { Int($0) }
    case .residency: facts.profile.residency = answer
    case .birthDate: facts.profile.birthDate = answer.flatMap { CalendarDate(iso: $0) }
    case .yearlyTurnover: facts.profile.yearlyTurnover = answer.flatMap { Decimal128($0) }
    case .monthlyIncome, .portfolioValue, .ownsVehicle, .ownsHome: break
    }
  }

  /// The value that the profile records and rules read; nil where it records none.
  func recorded(in facts: Facts) -> String? {
    switch self {
    case .riskClass: facts.risk.riskClass.map { "\($0)" }
    case .knowledge: facts.risk.knowledge?.rawValue
    case .capacityForLoss: facts.risk.capacityForLoss?.rawValue
    case .horizonMonths: facts.risk.horizonMonths.map { "\($0)" }
    case .employment: facts.profile.employment?.rawValue
    case .dependants: facts.profile.dependants.map { "\($0)" }
    case .residency: facts.profile.residency
    case .birthDate: facts.profile.birthDate?.description
    case .yearlyTurnover: facts.profile.yearlyTurnover?.plainText
    case .monthlyIncome, .portfolioValue, .ownsVehicle, .ownsHome: nil
    }
  }

  fileprivate func prefill(from facts: Facts, on date: CalendarDate) -> Question.Prefill? {
    if let value = recorded(in: facts) { return .init(answer: value, source: .profile) }
    switch self {
    case .monthlyIncome:
      return facts.history.regularIncome(before: date)
        .map { .init(answer: $0.plainText, source: .history) }
    case .portfolioValue:
      let own = facts.positions.filter { $0.pricedOn < date }
      guard !own.isEmpty, own.allSatisfy({ $0.currency == facts.homeCurrency }) else { return nil }
      let sum = own.map(\.value).reduce(0, +).rounded(scale: 2, .halfEven)
      return .init(answer: sum.plainText, source: .positions)
    case .ownsVehicle: return held([.motor, .motorLiability, .carLoan], facts, date)
    case .ownsHome: return held([.mortgage, .property], facts, date)
    default: return nil
    }
  }

  private func held(
    _ kinds: Set<ProductKind>, _ facts: Facts, _ date: CalendarDate
  ) -> Question.Prefill? {
    facts.holdings.contains { kinds.contains($0.kind) && $0.isHeld(on: date) }
      ? .init(answer: "true", source: .holdings) : nil
  }
}
