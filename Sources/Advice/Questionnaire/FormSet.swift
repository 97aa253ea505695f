package import DMN
package import JSON
import Quantities

/// The forms of a rule book, linked: a form may follow others, and a question may depend on the
/// answers to questions of any form.
package struct FormSet: Sendable {
  /// The forms, each after those it follows.
  package let forms: [Questionnaire]
  /// All questions, each after those that its condition reads.
  let order: [Question]
  /// The questions whose answers are facts, in that order.
  let facts: [(id: String, fact: Question.Fact)]
  private let formOfQuestion: [String: Int]
  private let places: [String: Int]
  /// The conditions under which a question is asked: its form's and its own.
  private let conditions: [String: [FormCondition]]
  private let contradictions: [FormLinks.CheckedContradiction]

  /// Forms at most.
  package static let limit = 100

  /// Reads forms from their files and checks each and all together.
  ///
  /// - Throws: ``FormFaults`` with every problem of every file.
  package init(_ files: [ModelFile]) throws(FormFaults) {
    var faults: [FormFaults.Fault] = []
    var read: [(file: String, form: Questionnaire)] = []
    for file in files {
      do {
        read.append((file.name, try Questionnaire(json: file.bytes)))
      } catch let error as Violations {
        faults += error.list.map { .init(file: file.name, $0) }
      } catch {
        faults.append(.init(file: file.name, field: "", detail: "\(error)"))
      }
    }
    guard faults.isEmpty else { throw FormFaults(list: faults) }
    try self.init(checking: read)
  }

  /// Links forms that were read one by one.
  ///
  /// - Throws: ``FormFaults`` with every problem of every form.
  package init(_ forms: [Questionnaire]) throws(FormFaults) {
    try self.init(checking: forms.map { ("\($0.id).json", $0) })
  }

  private init(checking read: [(file: String, form: Questionnaire)]) throws(FormFaults) {
    let links = FormLinks(read)
    guard links.faults.isEmpty else { throw FormFaults(list: links.faults) }
    forms = links.formOrder.map { read[$0].form }
    order = links.questionOrder
    facts = order.compactMap { question in question.fact.map { (question.id, $0) } }
    conditions = links.conditions
    contradictions = links.contradictions
    places = Dictionary(
      forms.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
    var formOfQuestion: [String: Int] = [:]
    for (place, form) in forms.enumerated() {
      for question in form.questions { formOfQuestion[question.id] = place }
    }
    self.formOfQuestion = formOfQuestion
  }

  /// The form of an id.
  package subscript(_ id: String) -> Questionnaire? { places[id].map { forms[$0] } }

  /// The form that asks a question.
  package func form(asking question: String) -> Questionnaire? {
    formOfQuestion[question].map { forms[$0] }
  }

  /// The question of an id, whichever form asks it.
  package func question(_ id: String) -> Question? { form(asking: id)?.question(id) }

  /// Whether a question depends on others.
  func isConditional(_ question: String) -> Bool { conditions[question] != nil }

  /// The questions that decide whether a question is asked.
  func conditionsRead(by question: String) -> [Question] {
    (conditions[question] ?? []).flatMap(\.reads)
  }

  /// Whether a question is asked, given the answers that count.
  package func isAsked(_ question: Question, _ answers: [String: String]) -> Bool {
    guard let conditions = conditions[question.id] else { return true }
    return conditions.allSatisfy { $0.holds(answers) }
  }

  /// The answers that count: those to questions that are asked, given the other answers that
  /// count.
  ///
  /// It is the same in whatever order the answers were given. Answers to what no form asks stay.
  package func counting(_ answers: [String: String]) -> [String: String] {
    var counting = answers
    for question in order where counting[question.id] != nil {
      if !isAsked(question, counting) { counting[question.id] = nil }
    }
    return counting
  }

  /// The questions of a form that are asked, in their order.
  package func asked(_ form: Questionnaire, _ answers: [String: String]) -> [Question] {
    form.questions.filter { isAsked($0, answers) }
  }

  /// The questions of a form that need an answer and have none.
  package func open(_ form: Questionnaire, _ answers: [String: String]) -> [Question] {
    form.questions.filter {
      $0.isRequired && answers[$0.id] == nil && isAsked($0, answers)
    }
  }

  /// Checks answers to a form, all that is wrong at once.
  ///
  /// - Parameters:
  ///   - given: the answers to the form.
  ///   - others: the answers that count to other forms.
  package func violations(
    in given: [String: String], to form: Questionnaire, beside others: [String: String] = [:]
  ) -> [Violation] {
    var violations = form.violations(in: given)
    let wrong = Set(violations.map(\.pointer))
    func report(_ question: String, _ code: String, _ detail: String) {
      let pointer = Self.pointer(question)
      guard !wrong.contains(pointer) else { return }
      violations.append(Violation(pointer: pointer, code: code, detail: detail, position: nil))
    }
    let all = others.filter { form.question($0.key) == nil }
      .merging(given.filter { !wrong.contains(Self.pointer($0.key)) }) { $1 }
    let counting = counting(all)
    for key in given.keys.sorted(by: byteOrder) where all[key] != nil && counting[key] == nil {
      report(key, "hidden", "This question is not asked, given the other answers.")
    }
    for (condition, contradiction) in contradictions {
      let named = contradiction.questions.filter { given[$0] != nil }
      guard !named.isEmpty, condition.holds(counting) else { continue }
      for question in named {
        report(question, "contradiction", contradiction.text(RuleBook.usualLocale))
      }
    }
    return violations.sorted { byteOrder($0.pointer, $1.pointer) }
  }

  /// Whether answers contradict each other as they are asked: those to some questions, beside all
  /// others that count.
  func contradicts(_ answers: [String: String], _ questions: some Collection<String>) -> Bool {
    contradictions.contains { condition, contradiction in
      contradiction.questions.contains { questions.contains($0) && answers[$0] != nil }
        && condition.holds(answers)
    }
  }

  /// The questions whose answers may contradict others.
  var contradicting: Set<String> { Set(contradictions.flatMap(\.of.questions)) }

  /// The questions whose answers may contradict those of questions outside a form's open ones.
  func contradicting(beyond questions: Set<String>, known: [String: String]) -> Set<String> {
    let groups = contradictions.map(\.of.questions).filter { group in
      group.contains { !questions.contains($0) && known[$0] == nil }
    }
    return Set(groups.joined()).intersection(questions)
  }

  /// The wording of a contradiction in another language; the sentence itself where it is none.
  package func worded(_ detail: String, _ locale: String) -> String {
    contradictions.first { $0.of.text.usual == detail }?.of.text(locale) ?? detail
  }

  static func pointer(_ question: String) -> String { "/answers/\(question)" }
}

extension Questionnaire {
  /// Checks answers by question id against the questions one by one; all that is wrong at once.
  package func violations(in answers: [String: String]) -> [Violation] {
    answers.keys.sorted(by: byteOrder).compactMap { key in
      guard let question = question(key) else {
        return Violation(
          pointer: FormSet.pointer(key), code: "unknownQuestion",
          detail: "The form has no such question.", position: nil)
      }
      guard let answer = answers[key], let wrong = question.kind.fault(in: answer) else {
        return nil
      }
      return Violation(
        pointer: FormSet.pointer(key), code: wrong.code, detail: wrong.detail, position: nil)
    }
  }
}

/// What is wrong with forms, in lines for the person who wrote them.
package struct FormFaults: Error, Sendable, Hashable, CustomStringConvertible {
  /// One thing wrong, with its place.
  package struct Fault: Sendable, Hashable, CustomStringConvertible {
    /// The file's name.
    package let file: String
    /// The field as an RFC 6901 pointer.
    package let field: String
    /// What kind of fault, a stable name.
    package let code: String
    /// What is wrong, as a sentence.
    package let detail: String
    private let position: JSONPosition?

    init(file: String, field: String, code: String = "format", detail: String) {
      self.file = file
      self.field = field
      self.code = code
      self.detail = detail
      position = nil
    }

    init(file: String, _ violation: Violation) {
      self.file = file
      field = violation.pointer
      code = violation.code
      detail = violation.detail
      position = violation.position
    }

    init(file: String, _ place: FormPlace, _ code: String, _ detail: String) {
      self.file = file
      field = place.pointer
      self.code = code
      self.detail = detail
      position = place.position
    }

    /// The line in the file, counted from 1.
    package var line: Int? { position?.line }

    /// `motor.json:12:9: /sections/0/questions/1/type: choice: …`.
    package var description: String {
      let place = position.map { ":\($0.line):\($0.column)" } ?? ""
      let at = field.isEmpty ? "" : "\(field): "
      return "\(file)\(place): \(at)\(code): \(detail)"
    }
  }

  /// The faults, file by file.
  package let list: [Fault]

  /// One fault in each line.
  package var description: String { list.map(\.description).joined(separator: "\n") }
}
