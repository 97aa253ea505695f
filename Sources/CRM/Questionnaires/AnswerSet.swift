package import Advice
import JSON
package import Quantities
import Storage
import Vault

/// The answers of a client to one questionnaire.
package struct AnswerSet: Sendable, Hashable {
  /// The id of the form.
  package let questionnaire: String
  /// The version of the form that the answers were given to.
  package let formVersion: Int
  /// Counts up with each change; 0 before the first answer.
  package let revision: Int
  /// Whether every required question had an answer when they were last changed.
  package let isComplete: Bool
  /// When the answers were last changed.
  package let updated: Instant?
  /// The answers by question id.
  package let answers: [String: String]
}

extension AnswerSet {
  /// The answers that still hold for the form as it is: given to a question whose meaning has not
  /// changed since, and allowed by it.
  package func carried(to form: Questionnaire) -> [String: String] {
    answers.filter { id, answer in
      guard let question = form.question(id), question.since <= formVersion else { return false }
      return question.accepts(answer)
    }
  }
}

/// Answers as they are sealed.
struct SealedAnswers: SealedRecord {
  let answers: [String: String]

  init(_ answers: [String: String]) { self.answers = answers }

  func write(_ writer: inout JSONWriter) {
    let keys = answers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    writer.object("answers") { writer in
      for key in keys { writer.member(key, answers[key]) }
    }
  }

  init?(reading fields: JSONFields) {
    let list = fields.dictionary("answers", max: Facts.Limit.answers) { node, _ -> String? in
      guard case .string(let text) = node.kind else { return nil }
      return text
    }
    guard let list else { return nil }
    answers = Dictionary(list.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Transaction {
  /// The client's answers to a questionnaire; an empty set of revision 0 before the first.
  package func answers(
    _ access: Authorized<Client>, to form: Questionnaire
  ) throws -> AnswerSet {
    let row = try connection.first(
      """
      SELECT revision, form_version, complete, updated, answers FROM answer_set
      WHERE tenant = \(tenant) AND client = \(access.client) AND questionnaire = \(form.id)
      """, as: (Int, Int, Bool, Instant, Sealed<SealedAnswers>).self)
    guard let (revision, version, isComplete, updated, sealed) = row else {
      return AnswerSet(
        questionnaire: form.id, formVersion: form.version, revision: 0, isComplete: false,
        updated: nil, answers: [:])
    }
    let opened = try open(sealed, at: answersPlace(access.client, form.id, revision: revision))
    return AnswerSet(
      questionnaire: form.id, formVersion: version, revision: revision, isComplete: isComplete,
      updated: updated, answers: opened.answers)
  }

  /// The client's answers to all questionnaires that have any, by the form's id.
  package func answerSets(_ access: Authorized<Client>) throws -> [String: AnswerSet] {
    let rows = try connection.all(
      """
      SELECT questionnaire, revision, form_version, complete, updated, answers FROM answer_set
      WHERE tenant = \(tenant) AND client = \(access.client)
      """, as: (String, Int, Int, Bool, Instant, Sealed<SealedAnswers>).self)
    var sets: [String: AnswerSet] = [:]
    for (form, revision, version, isComplete, updated, sealed) in rows {
      let opened = try open(sealed, at: answersPlace(access.client, form, revision: revision))
      sets[form] = AnswerSet(
        questionnaire: form, formVersion: version, revision: revision, isComplete: isComplete,
        updated: updated, answers: opened.answers)
    }
    return sets
  }

  /// Keeps answers as the next revision of a set.
  func store(
    _ answers: [String: String], _ access: Authorized<Client>, to form: Questionnaire,
    revision: Int, isComplete: Bool
  ) throws -> AnswerSet {
    let place = answersPlace(access.client, form.id, revision: revision)
    try connection.execute(
      """
      INSERT INTO answer_set (tenant, client, questionnaire, revision, form_version, complete,
        updated, answers)
      VALUES (\(tenant), \(access.client), \(form.id), \(revision), \(form.version),
        \(isComplete), \(now), \(try seal(SealedAnswers(answers), at: place)))
      ON CONFLICT (tenant, client, questionnaire) DO UPDATE SET revision = excluded.revision,
        form_version = excluded.form_version, complete = excluded.complete,
        updated = excluded.updated, answers = excluded.answers
      """)
    return AnswerSet(
      questionnaire: form.id, formVersion: form.version, revision: revision,
      isComplete: isComplete, updated: now, answers: answers)
  }

  private func answersPlace(_ client: ClientID, _ form: String, revision: Int) -> Place {
    place(client, "answer_set", "answers", row: form, revision: revision)
  }
}
