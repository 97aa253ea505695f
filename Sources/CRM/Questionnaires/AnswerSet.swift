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
  /// Whether every required question has an answer.
  package let isComplete: Bool
  /// When the answers were last changed.
  package let updated: Instant?
  /// The answers by question id.
  package let answers: [String: String]
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

  /// Replaces the client's answers to a questionnaire, and the facts they stand for.
  ///
  /// - Parameter revision: the one that was read.
  /// - Throws: `Refusal.invalid` with every answer that does not fit its question, `Refusal.stale`
  ///   when the answers have changed since.
  @discardableResult
  package func put(
    _ access: Authorized<Client>, answers given: [String: String], to form: Questionnaire,
    revision: Int
  ) throws -> AnswerSet {
    let violations = form.violations(in: given)
    guard violations.isEmpty else { throw Refusal.invalid(violations) }
    let before = try answers(access, to: form)
    guard before.revision == revision else { throw Refusal.stale }
    let isComplete = form.open(given).isEmpty
    let place = answersPlace(access.client, form.id, revision: revision + 1)
    try connection.execute(
      """
      INSERT INTO answer_set (tenant, client, questionnaire, revision, form_version, complete,
        updated, answers)
      VALUES (\(tenant), \(access.client), \(form.id), \(revision + 1), \(form.version),
        \(isComplete), \(now), \(try seal(SealedAnswers(given), at: place)))
      ON CONFLICT (tenant, client, questionnaire) DO UPDATE SET revision = excluded.revision,
        form_version = excluded.form_version, complete = excluded.complete,
        updated = excluded.updated, answers = excluded.answers
      """)
    try changeFacts(of: access.client) { facts in
      for key in before.answers.keys where given[key] == nil { facts.answers[key] = nil }
      facts.take(given, of: form)
    }
    try record(.answersGiven, by: access.actor, about: access.client, detail: form.id)
    return AnswerSet(
      questionnaire: form.id, formVersion: form.version, revision: revision + 1,
      isComplete: isComplete, updated: now, answers: given)
  }

  private func answersPlace(_ client: ClientID, _ form: String, revision: Int) -> Place {
    place(client, "answer_set", "answers", row: form, revision: revision)
  }
}

extension Book {
  /// The client's own answers to a questionnaire.
  package func answers(
    of principal: ClientPrincipal, to form: Questionnaire
  ) async throws -> AnswerSet {
    try await read { tx in try tx.answers(tx.authorize(principal), to: form) }
  }

  /// Replaces the client's own answers to a questionnaire; `revision` is the one that was read.
  package func put(
    _ answers: [String: String], of principal: ClientPrincipal, to form: Questionnaire,
    revision: Int
  ) async throws -> AnswerSet {
    try await write { tx in
      try tx.put(tx.authorize(principal), answers: answers, to: form, revision: revision)
    }
  }
}
