package import JSON
package import Quantities

/// A form that a client fills in: questions with the facts that their answers become.
package struct Questionnaire: Sendable, Hashable {
  /// The form's name in addresses, such as `risk-profile`.
  package let id: String
  /// Counts up with each change; answers stay bound to the version they were given to.
  package let version: Int
  /// What the form is called.
  package let title: String
  /// Why the form is asked.
  package let purpose: String
  /// The questions in the order they are asked.
  package let questions: [Question]

  /// Limits on a form.
  package enum Limit {
    /// Questions of one form.
    package static let questions = 300
    /// Options of one question.
    package static let options = 100
    /// Bytes of one answer.
    package static let answer = 200
  }

  /// Reads a form from its JSON file.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations`, all at once.
  package init(json: [UInt8]) throws {
    self = try decodeJSON(json, limits: .file) { Questionnaire(reading: $0) }
  }

  private init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .slug)
    let version = fields.integer("version", in: 1...100_000)
    let title = fields.string("title", maxLength: 200, pattern: .notBlank)
    let purpose = fields.string("purpose", maxLength: 600)
    let questions = fields.objects("questions", min: 1, max: Limit.questions) {
      Question(reading: $0)
    }
    guard let id, let version, let title, let purpose, let questions else { return nil }
    if Set(questions.map(\.id)).count != questions.count {
      fields.report("questions", "duplicate", "Two questions have the same id.")
    }
    self.id = id
    self.version = version
    self.title = title
    self.purpose = purpose
    self.questions = questions
  }

  /// Checks answers by question id against the questions; all that is wrong at once.
  package func violations(in answers: [String: String]) -> [Violation] {
    let known = Dictionary(
      questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return answers.keys.sorted(by: byteOrder).compactMap { key in
      let pointer = "/answers/\(key)"
      guard let question = known[key] else {
        return Violation(
          pointer: pointer, code: "unknownKey", detail: "The form has no such question.",
          position: nil)
      }
      guard let answer = answers[key], let wrong = question.kind.fault(in: answer) else {
        return nil
      }
      return Violation(pointer: pointer, code: "answer", detail: wrong, position: nil)
    }
  }

  /// The questions that have no answer yet.
  package func open(_ answers: [String: String]) -> [Question] {
    questions.filter { $0.isRequired && answers[$0.id] == nil }
  }
}

/// One question of a form.
package struct Question: Sendable, Hashable {
  /// The question's name: the key of its answer.
  package let id: String
  /// The question as the client reads it.
  package let text: String
  /// What an answer may be.
  package let kind: Kind
  /// Whether the form is incomplete without an answer.
  package let isRequired: Bool
  /// The fact that the answer becomes, where rules read it as more than an answer.
  package let fact: Fact?

  /// What an answer may be.
  package enum Kind: Sendable, Hashable {
    /// One of the options, by its value.
    case choice([Option])
    /// A number between bounds.
    case number(ClosedRange<Decimal128>)
    /// `true` or `false`.
    case yesNo
    /// A civil date.
    case date
  }

  /// One option of a choice.
  package struct Option: Sendable, Hashable {
    /// The value that is stored.
    package let value: String
    /// The wording the client reads.
    package let text: String
  }

  /// A fact that an answer becomes.
  package enum Fact: String, Sendable, CaseIterable {
    case riskClass, knowledge, capacityForLoss, horizonMonths
    case employment, dependants, residency, birthDate
  }

  init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .slug)
    let text = fields.string("text", maxLength: 600, pattern: .notBlank)
    let name = fields.choice("type", TypeName.self)
    let required = fields.optionalBoolean("required")
    let fact = fields.optionalChoice("fact", Fact.self)
    let options = fields.optionalObjects("options", min: 1, max: Questionnaire.Limit.options) {
      fields -> Option? in
      let value = fields.string("value", maxLength: 100)
      let text = fields.string("text", maxLength: 400)
      guard let value, let text else { return nil }
      return Option(value: value, text: text)
    }
    let low = fields.optionalDecimal("min")
    let high = fields.optionalDecimal("max")
    guard let id, let text, let name else { return nil }
    switch name {
    case .choice:
      guard let options else {
        fields.report("options", "required", "A choice needs its options.")
        return nil
      }
      kind = .choice(options)
    case .number:
      guard let low, let high, low <= high else {
        fields.report("min", "required", "A number needs 'min' and 'max', in that order.")
        return nil
      }
      kind = .number(low...high)
    case .yesNo: kind = .yesNo
    case .date: kind = .date
    }
    self.id = id
    self.text = text
    self.isRequired = required ?? true
    self.fact = fact
  }

  private enum TypeName: String, CaseIterable { case choice, number, yesNo, date }
}

extension Question.Kind {
  /// What is wrong with an answer, as a sentence; nil when it fits.
  func fault(in answer: String) -> String? {
    switch self {
    case .choice(let options):
      if options.contains(where: { $0.value == answer }) { return nil }
      return "The answer must be one of \(options.map(\.value).joined(separator: ", "))."
    case .number(let range):
      if let number = Decimal128(answer), range.contains(number) { return nil }
      return "The answer must be a number from \(range.lowerBound) to \(range.upperBound)."
    case .yesNo:
      return answer == "true" || answer == "false" ? nil : "The answer must be true or false."
    case .date:
      return CalendarDate(iso: answer) == nil ? "The answer must be a date: YYYY-MM-DD." : nil
    }
  }
}

extension Facts {
  /// Takes over the checked answers of a form: each becomes an answer, and the fact it stands for.
  package mutating func take(_ given: [String: String], of form: Questionnaire) {
    for question in form.questions {
      guard let answer = given[question.id] else { continue }
      answers[question.id] = answer
      switch question.fact {
      case .riskClass: risk.riskClass = Int(answer)
      case .knowledge: risk.knowledge = Knowledge(rawValue: answer)
      case .capacityForLoss: risk.capacityForLoss = CapacityForLoss(rawValue: answer)
      case .horizonMonths: risk.horizonMonths = Int(answer)
      case .employment: profile.employment = EmploymentStatus(rawValue: answer)
      case .dependants: profile.dependants = Int(answer)
      case .residency: profile.residency = answer
      case .birthDate: profile.birthDate = CalendarDate(iso: answer)
      case nil: break
      }
    }
  }
}
