import JSON
import Quantities

/// A form that a client fills in: sections of questions with the facts that their answers become.
package struct Questionnaire: Sendable, Hashable {
  /// The form's name in addresses, such as `risk-tolerance`.
  package let id: String
  /// Counts up with each change; answers stay bound to the version they were given to.
  package let version: Int
  /// What the form is called.
  package let title: LocalText
  /// Why the form is asked.
  package let purpose: LocalText
  /// The forms that come before this one.
  package let follows: [String]
  /// When the form is asked at all: a FEEL condition on the answers; nil for always.
  package let when: String?
  /// What the sum of the points becomes; nil for a form that is not scored.
  package let score: Score?
  /// The sections in the order they are shown.
  package let sections: [Section]
  /// The questions in the order they are asked.
  package let questions: [Question]
  /// What answers may not say together.
  package let contradictions: [Contradiction]
  let place: FormPlace
  let followsPlace: FormPlace
  let whenPlace: FormPlace
  private let places: [String: Int]

  /// Limits on a form.
  package enum Limit {
    /// Questions of one form.
    package static let questions = 300
    /// Sections of one form.
    package static let sections = 40
    /// Options of one question.
    package static let options = 100
    /// Contradictions that one form names.
    package static let contradictions = 100
    /// Forms that one form follows.
    package static let links = 20
    /// Bytes of one answer.
    package static let answer = 200
    /// The highest version.
    package static let version = 100_000
  }

  /// What the points of a form's answers become.
  package enum Score: String, Sendable, CaseIterable {
    /// The declared risk class, by the decision "risk class of score".
    case riskClass = "risk-class"
    /// The declared knowledge of investments, by the decision "knowledge of score".
    case knowledge
  }

  /// Questions that are shown together.
  package struct Section: Sendable, Hashable {
    /// The heading.
    package let title: LocalText
    /// The places of its questions among the form's.
    package let questions: Range<Int>
  }

  /// Answers that cannot all be true.
  package struct Contradiction: Sendable, Hashable {
    /// The FEEL condition under which they contradict each other.
    package let when: String
    /// The questions whose answers must be looked at again.
    package let questions: [String]
    /// What is wrong, for the client.
    package let text: LocalText
    let place: FormPlace
    let whenPlace: FormPlace

    fileprivate init?(reading fields: JSONFields) {
      let when = fields.string("when", maxLength: Question.Limit.condition)
      let questions = fields.strings("questions", min: 1, max: 20, maxLength: 60)
      let text = LocalText(fields, "text", maxLength: Question.Limit.text)
      place = FormPlace(fields, "questions")
      whenPlace = FormPlace(fields, "when")
      guard let when, let questions, let text else { return nil }
      self.when = when
      self.questions = questions
      self.text = text
    }
  }

  /// Reads a form from its JSON file.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations`, all at once.
  package init(json: [UInt8]) throws {
    self = try decodeJSON(json, limits: .file) { Questionnaire(reading: $0) }
  }

  private init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .slug)
    let version = fields.integer("version", in: 1...Limit.version)
    let title = LocalText(fields, "title", maxLength: 200)
    let purpose = LocalText(fields, "purpose", maxLength: Question.Limit.text)
    follows = fields.optionalStrings("follows", max: Limit.links, maxLength: 60) ?? []
    when = fields.optionalString("when", maxLength: Question.Limit.condition)
    score = fields.optionalChoice("score", Score.self)
    contradictions =
      fields.optionalObjects("contradictions", max: Limit.contradictions) {
        Contradiction(reading: $0)
      } ?? []
    place = FormPlace(fields.pointer, fields.position)
    followsPlace = FormPlace(fields, "follows")
    whenPlace = FormPlace(fields, "when")
    guard let read = SectionReader.read(fields), let id, let version, let title, let purpose
    else { return nil }
    for question in read.questions where question.since > version {
      fields.report(
        "version", "range", "The question '\(question.id)' is of a later version than the form.")
    }
    self.id = id
    self.version = version
    self.title = title
    self.purpose = purpose
    sections =
      read.sections.isEmpty
      ? [Section(title: title, questions: 0..<read.questions.count)] : read.sections
    questions = read.questions
    places = Dictionary(
      read.questions.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The question of an id.
  package func question(_ id: String) -> Question? { places[id].map { questions[$0] } }
}

/// Reads the questions of a form: under `sections`, or without headings under `questions`.
private struct SectionReader {
  var sections: [Questionnaire.Section] = []
  var questions: [Question] = []
  private var seen: Set<String> = []

  static func read(_ fields: JSONFields) -> SectionReader? {
    var reader = SectionReader()
    guard fields.has("sections") else {
      return reader.list(fields) ? reader : nil
    }
    if fields.has("questions") {
      fields.report("questions", "unexpected", "A form has sections or questions, not both.")
    }
    let read = fields.objects("sections", min: 1, max: Questionnaire.Limit.sections) { fields in
      let title = LocalText(fields, "title", maxLength: 200)
      let start = reader.questions.count
      guard reader.list(fields), let title else { return Bool?.none }
      reader.sections.append(
        Questionnaire.Section(title: title, questions: start..<reader.questions.count))
      return true
    }
    return read == nil ? nil : reader
  }

  /// Takes in the questions of an object; whether all could be read.
  private mutating func list(_ fields: JSONFields) -> Bool {
    var seen = seen
    let room = Questionnaire.Limit.questions - questions.count
    let read = fields.objects("questions", min: 1, max: max(1, room)) { fields -> Question? in
      guard let question = Question(reading: fields) else { return nil }
      if !seen.insert(question.id).inserted {
        fields.report(
          "id", "duplicate", "Another question of the form has the id '\(question.id)' already.")
      }
      return question
    }
    guard let read else { return false }
    self.seen = seen
    questions += read
    return true
  }
}
