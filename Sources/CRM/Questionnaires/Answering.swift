package import Advice
import JSON
import Quantities
import Storage
import Vault

/// A client in the middle of the forms: what has been answered, and what counts of it.
package struct AnswerFile: Sendable {
  /// The answers to each form that has any, as they were given.
  package let sets: [String: AnswerSet]
  /// What decisions read of the client.
  package let facts: VersionedFacts
  /// The answers that count: to questions that are asked, and what the profile gives besides.
  package let counting: [String: String]

  /// The answers to a form as they are shown and changed: those that still hold for it.
  package func answers(to form: Questionnaire) -> [String: String] {
    sets[form.id]?.carried(to: form) ?? [:]
  }

  /// The revision of the answers to a form; 0 before the first.
  package func revision(of form: Questionnaire) -> Int { sets[form.id]?.revision ?? 0 }
}

/// Answers as a client sends them.
package struct AnswerChange: Sendable {
  /// The answers by question; nil takes one back.
  package var answers: [String: String?]
  /// Whether they stand in place of all earlier answers to the form, or change those named.
  package var replacesAll: Bool
  /// The revision that was read; nil to change whatever is there.
  package var revision: Int?
  /// The version of the form that was answered; nil for the one in force.
  package var version: Int?

  /// A change of answers.
  package init(
    _ answers: [String: String?], replacesAll: Bool = false, revision: Int? = nil,
    version: Int? = nil
  ) {
    self.answers = answers
    self.replacesAll = replacesAll
    self.revision = revision
    self.version = version
  }
}

extension Transaction {
  /// What a client has answered so far.
  package func answerFile(
    _ access: Authorized<Client>, _ forms: FormSet
  ) throws -> AnswerFile {
    let sets = try answerSets(access)
    let facts = try facts(access)
    return AnswerFile(
      sets: sets, facts: facts, counting: Self.counting(facts.facts, sets, forms))
  }

  /// Replaces the client's answers to a questionnaire, and the facts they stand for.
  ///
  /// - Parameter revision: the one that was read.
  /// - Throws: `Refusal.invalid` with every answer that does not fit its question, `Refusal.stale`
  ///   when the answers have changed since.
  @discardableResult
  package func put(
    _ access: Authorized<Client>, answers given: [String: String], to form: Questionnaire,
    among forms: FormSet, revision: Int
  ) throws -> AnswerSet {
    try change(
      access, AnswerChange(given, replacesAll: true, revision: revision), to: form, among: forms)
  }

  /// Changes the client's answers to a questionnaire, and the facts they stand for.
  ///
  /// Answers that were given to an earlier version of the form are taken along where their
  /// questions mean the same; those to questions that are no longer asked are dropped.
  ///
  /// - Throws: `Refusal.invalid` with every answer that cannot be taken, `Refusal.stale` when the
  ///   answers have changed since, `Refusal.conflict` when the form has.
  @discardableResult
  package func change(
    _ access: Authorized<Client>, _ change: AnswerChange, to form: Questionnaire,
    among forms: FormSet
  ) throws -> AnswerSet {
    if let version = change.version, version != form.version {
      throw Refusal.conflict(
        code: "formVersion",
        detail: "The form is of version \(form.version) now, not \(version). Read it again.")
    }
    let before = try answerFile(access, forms)
    let number = before.revision(of: form)
    if let revision = change.revision, revision != number { throw Refusal.stale }
    let answers = try Self.merged(change, before, form, forms)
    var sets = before.sets
    sets[form.id] = AnswerSet(
      questionnaire: form.id, formVersion: form.version, revision: number + 1, isComplete: false,
      updated: now, answers: answers)
    let counting = Self.counting(before.facts.facts, sets, forms, besides: before.sets)
    let stored = try store(
      answers, access, to: form, revision: number + 1,
      isComplete: forms.open(form, counting).isEmpty)
    sets[form.id] = stored
    let bound = Set((Array(sets.values) + Array(before.sets.values)).flatMap(\.answers.keys))
    let answersBySet = Self.bound(sets, forms)
    try changeFacts(of: access.client) { facts in
      for question in forms.forms.flatMap(\.questions) where bound.contains(question.id) {
        let wanted = counting[question.id] == nil ? nil : answersBySet[question.id]
        let isNamed = change.answers[question.id] != nil
        guard wanted != facts.answers[question.id] || (isNamed && wanted != nil) else { continue }
        facts.put(wanted, to: question)
      }
      for (id, set) in sets { facts.forms[id] = set.formVersion }
    }
    try record(.answersGiven, by: access.actor, about: access.client, detail: form.id)
    return stored
  }

  /// The answers to a form after a change, checked.
  private static func merged(
    _ change: AnswerChange, _ before: AnswerFile, _ form: Questionnaire, _ forms: FormSet
  ) throws -> [String: String] {
    let given = change.answers.compactMapValues(\.self)
    var kept = change.replacesAll ? [:] : before.answers(to: form)
    for id in change.answers.keys { kept[id] = nil }
    let others = before.counting.filter { form.question($0.key) == nil }
    let unknown = change.answers.keys.filter { form.question($0) == nil }
    var violations = forms.violations(
      in: kept.merging(given) { $1 }, to: form, beside: others)
    for id in unknown where given[id] == nil {
      violations += form.violations(in: [id: ""])
    }
    // What was answered before and is no longer asked gives way without a word.
    let dropped = Set(
      violations.filter { $0.code == "hidden" }.map { String($0.pointer.dropFirst(9)) }
        .filter { given[$0] == nil })
    violations.removeAll { dropped.contains(String($0.pointer.dropFirst(9))) }
    guard violations.isEmpty else { throw Refusal.invalid(violations) }
    for id in dropped { kept[id] = nil }
    return kept.merging(given) { $1 }.reduce(into: [:]) { answers, answer in
      answers[answer.key] = form.question(answer.key)?.canonical(answer.value) ?? answer.value
    }
  }

  /// The answers of all sets that still hold for the forms as they are.
  private static func bound(_ sets: [String: AnswerSet], _ forms: FormSet) -> [String: String] {
    var bound: [String: String] = [:]
    for (id, set) in sets {
      guard let form = forms[id] else { continue }
      bound.merge(set.carried(to: form)) { first, _ in first }
    }
    return bound
  }

  /// The answers that count: those given to forms, and what was recorded without any.
  private static func counting(
    _ facts: Facts, _ sets: [String: AnswerSet], _ forms: FormSet,
    besides earlier: [String: AnswerSet] = [:]
  ) -> [String: String] {
    var recorded = facts
    let given = Set((Array(sets.values) + Array(earlier.values)).flatMap(\.answers.keys))
    for question in forms.forms.flatMap(\.questions) where given.contains(question.id) {
      recorded.withdraw(question)
    }
    return forms.counting(
      recorded.answers(to: forms).merging(bound(sets, forms)) { $1 })
  }
}

extension Facts {
  /// Takes an answer over, or takes it back.
  fileprivate mutating func put(_ answer: String?, to question: Question) {
    if let answer { take(answer, to: question) } else { withdraw(question) }
  }
}

extension Book {
  /// The client's own answers to a questionnaire.
  package func answers(
    of principal: ClientPrincipal, to form: Questionnaire
  ) async throws -> AnswerSet {
    try await read { tx in try tx.answers(tx.authorize(principal), to: form) }
  }

  /// What the client has answered so far.
  package func answerFile(
    of principal: ClientPrincipal, _ forms: FormSet
  ) async throws -> AnswerFile {
    try await read { tx in try tx.answerFile(tx.authorize(principal), forms) }
  }

  /// Replaces the client's own answers to a questionnaire; `revision` is the one that was read.
  package func put(
    _ answers: [String: String], of principal: ClientPrincipal, to form: Questionnaire,
    among forms: FormSet, revision: Int
  ) async throws -> AnswerSet {
    try await write { tx in
      try tx.put(
        tx.authorize(principal), answers: answers, to: form, among: forms, revision: revision)
    }
  }

  /// Changes the client's own answers to a questionnaire.
  package func change(
    _ change: AnswerChange, of principal: ClientPrincipal, to form: Questionnaire,
    among forms: FormSet
  ) async throws -> (set: AnswerSet, file: AnswerFile) {
    try await write { tx in
      let access = tx.authorize(principal)
      let set = try tx.change(access, change, to: form, among: forms)
      return (set, try tx.answerFile(access, forms))
    }
  }
}
