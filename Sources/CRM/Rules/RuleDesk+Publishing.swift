import Advice
import JSON
package import Quantities
import Storage
import Vault

extension RuleDesk {
  /// The setting that says which fraction of the replayed may be flipped at most.
  package static let flipsSetting = "rules.greatest-flips"
  /// What it is until it is set.
  package static let usualFlips = Decimal128("0.05") ?? 0
  /// The furthest day ahead of which rules may be published, in days.
  static let furthestDays = 3_660

  /// Which fraction of the replayed may be flipped by an edition without a reason being given.
  package func greatestFlips() async throws -> Decimal128 {
    try await book.setting(Self.flipsSetting).flatMap { Decimal128($0) } ?? Self.usualFlips
  }

  /// Publishes a draft that somebody else wrote: it decides from a day on, and is never edited
  /// again.
  ///
  /// - Parameters:
  ///   - effective: the first day; today at the earliest.
  ///   - override: why it is published although more is flipped than is allowed.
  /// - Throws: `Refusal.forbidden` for its own author, `Refusal.invalid` with what is wrong in it,
  ///   `Refusal.conflict` without a replay against the rules in force, with too much flipped, or
  ///   where an edition that is to come into force later would undo it.
  package func publish(
    _ principal: StaffPrincipal, _ id: RuleDraftID, effective: CalendarDate, override: String?
  ) async throws -> RulePublication {
    let (draft, files, failed) = try await approve(principal, id)
    guard effective >= book.today else {
      throw Refusal.invalid([
        Violation(
          pointer: "/effective", code: "past",
          detail: "Rules are published from today (\(book.today)) on; what was decided stays.")
      ])
    }
    guard effective <= book.today.adding(days: Self.furthestDays) else {
      throw Refusal.invalid([
        Violation(pointer: "/effective", code: "range", detail: "This day is too far ahead.")
      ])
    }
    let live = desk.adviser.rules.digest
    let greatest = try await greatestFlips()
    let source = files.source.effective(from: effective)
    let later = try await scheduledDays().filter { $0 > effective }
    let isAtOnce = effective == book.today
    let published = try await book.write { tx -> RulePublication in
      let owner = try tx.authorizeRules(principal)
      let gate = ReplayGate(
        live: live, greatest: greatest, failedCases: failed, later: later, reason: override)
      try tx.pass(gate, draft, by: owner)
      try tx.keep(KeptEdition.rules, source.digest) { source.keptBytes }
      try tx.keep(KeptEdition.cases, source.digest) { files.bytes }
      try tx.endTrial(by: owner, publishing: id, atOnce: isAtOnce)
      try tx.publish(
        .published, source.digest, effective: effective, draft: id.text, by: owner.colleague,
        reason: override)
      try tx.change(draft, to: .published, .published, by: owner, effective.description)
      try tx.record(
        .rulesPublished, by: owner.actor, subject: "",
        detail: "\(source.digest) \(effective) \(id.text)")
      guard let last = try tx.rulePublications().last else { throw Refusal.notFound }
      return last
    }
    try await desk.reload()
    return published
  }

  /// What somebody may approve: in review or on trial, by others, with nothing wrong in it.
  private func approve(
    _ principal: StaffPrincipal, _ id: RuleDraftID
  ) async throws -> (RuleDraft, RuleFiles, failedCases: Int) {
    try await authorize(principal)
    let (draft, files) = try await draft(id)
    guard !draft.authors.contains(principal.colleague) else {
      throw Refusal.forbidden(
        code: "self-approval", detail: "Whoever wrote a draft does not approve it.")
    }
    try Self.expect(draft, nil, in: [.review, .trial], code: "not-in-review")
    return (draft, files, try pass(files))
  }

  /// Goes back to the edition that was in force before, or to a named one, from today on.
  ///
  /// - Throws: `Refusal.conflict` when nothing was in force before, `Refusal.invalid` for an
  ///   edition that never was, `Refusal.forbidden` for an author who would put an own edition that
  ///   was taken back in force again.
  package func rollBack(
    _ principal: StaffPrincipal, to edition: String?, reason: String
  ) async throws -> RulePublication {
    try await authorize(principal)
    let current = desk.adviser.rules.digest
    let target: String
    if let edition {
      let known = try await editions().contains { $0.digest == edition && $0.state != .scheduled }
      guard known else {
        throw Refusal.invalid([
          Violation(
            pointer: "/edition", code: "unknown-edition",
            detail: "No edition of this digest was ever in force.")
        ])
      }
      try await refuseOwnWithdrawn(edition, principal)
      target = edition
    } else {
      guard let previous = try await standingEditions().dropLast().last else {
        throw Refusal.conflict(
          code: "no-earlier-edition", detail: "No other edition was in force before.")
      }
      target = previous
    }
    // The edition in force, named, takes back those that are to come into force later.
    let today = book.today
    let days = target == current ? try await scheduledDays() : [today]
    guard !days.isEmpty else {
      throw Refusal.conflict(
        code: "in-force", detail: "This edition is in force, and no other is scheduled.")
    }
    let files = try await files(ofEdition: target)
    let published = try await book.write { tx -> RulePublication in
      let owner = try tx.authorizeRules(principal)
      try tx.endTrial(by: owner, publishing: nil, atOnce: days.contains(today))
      try tx.keep(KeptEdition.rules, target) { files.source.keptBytes }
      try tx.keep(KeptEdition.cases, target) { files.bytes }
      for day in days {
        try tx.publish(
          .rolledBack, target, effective: day, draft: nil, by: owner.colleague, reason: reason)
        try tx.record(
          .rulesRolledBack, by: owner.actor, subject: "", detail: "\(target) \(day)")
      }
      guard let last = try tx.rulePublications().last else { throw Refusal.notFound }
      return last
    }
    try await desk.reload()
    return published
  }

  /// The days from which published editions are to be in force.
  private func scheduledDays() async throws -> [CalendarDate] {
    try await editions().filter { $0.state == .scheduled && $0.publication != nil }
      .map(\.effective).sorted()
  }

  /// Refuses an author's own edition that a roll-back took out of force: to put it back is to
  /// publish it, which another one does.
  private func refuseOwnWithdrawn(_ edition: String, _ principal: StaffPrincipal) async throws {
    guard try await !standingEditions().contains(edition) else { return }
    let drafts = try await editions().filter { $0.digest == edition }
      .compactMap { $0.publication?.draft }
    for draft in drafts {
      let authors = try await self.draft(RuleDraftID(trusted: draft)).draft.authors
      guard !authors.contains(principal.colleague) else {
        throw Refusal.forbidden(
          code: "self-approval",
          detail: "This edition was taken back; whoever wrote it does not put it back in force.")
      }
    }
  }

  /// The editions that came into force one after the other without being taken back, the one in
  /// force last.
  private func standingEditions() async throws -> [String] {
    let today = book.today
    var stack: [String] = []
    for edition in try await editions().reversed().sorted(by: Self.precedes)
    where edition.effective <= today {
      if edition.publication?.kind == .rolledBack, let place = stack.lastIndex(of: edition.digest) {
        stack.removeLast(stack.count - place - 1)
      } else {
        stack.append(edition.digest)
      }
    }
    return stack
  }

  /// The order in which editions came into force.
  private static func precedes(_ left: RuleEdition, _ right: RuleEdition) -> Bool {
    (left.effective, left.publication?.sequence ?? 0)
      < (right.effective, right.publication?.sequence ?? 0)
  }

  // MARK: - Trials

  /// Tries a draft on a part of the clients, against the rules in force; each client stays in one
  /// arm.
  ///
  /// It asks for the same as publishing does.
  package func startTrial(
    _ principal: StaffPrincipal, _ id: RuleDraftID, name: String, share: Int, override: String?
  ) async throws -> Experiment {
    let (draft, files, failed) = try await approve(principal, id)
    try Self.expect(draft, nil, in: [.review], code: "not-in-review")
    let live = desk.adviser.rules.digest
    let greatest = try await greatestFlips()
    let source = files.source.effective(from: book.today)
    let started = try await book.write { tx -> Experiment in
      let owner = try tx.authorizeRules(principal)
      guard try tx.runningExperiment() == nil else {
        throw Refusal.conflict(code: "trial-running", detail: "Another trial is running.")
      }
      let gate = ReplayGate(
        live: live, greatest: greatest, failedCases: failed, later: [], reason: override)
      try tx.pass(gate, draft, by: owner)
      try tx.keep(KeptEdition.rules, source.digest) { source.keptBytes }
      try tx.keep(KeptEdition.cases, source.digest) { files.bytes }
      let experiment = Experiment(
        id: try tx.newID(RecordID<Experiment>.self).text, name: name, draft: id.text,
        champion: live, challenger: source.digest, share: share, started: tx.now, ended: nil)
      try tx.start(experiment, by: owner)
      try tx.change(draft, to: .trial, .tried, by: owner, name)
      return experiment
    }
    try await desk.reload()
    return started
  }

  /// Ends a trial: everybody is advised by the rules in force again, and the draft waits for
  /// approval.
  package func endTrial(
    _ principal: StaffPrincipal, _ id: String
  ) async throws -> ExperimentResult {
    try await book.write { tx in
      let owner = try tx.authorizeRules(principal)
      let experiment = try tx.experiment(id)
      try tx.endExperiment(id, by: owner)
      let draft = try tx.ruleDraft(RuleDraftID(trusted: experiment.draft))
      if draft.status == .trial {
        try tx.change(draft, to: .review, .tried, by: owner, "ended")
      }
    }
    try await desk.reload()
    return try await trial(id)
  }

  /// What a trial shows so far.
  package func trial(_ id: String) async throws -> ExperimentResult {
    try await book.read { tx in try tx.result(of: tx.experiment(id)) }
  }

  /// All trials with what they show, the newest first.
  package func trials() async throws -> [ExperimentResult] {
    try await book.read { tx in try tx.experiments().map { try tx.result(of: $0) } }
  }
}

/// What an edition must show before it decides about anybody.
private struct ReplayGate: Sendable {
  /// The digest of the rules in force.
  let live: String
  /// The fraction that may be flipped without a reason.
  let greatest: Decimal128
  /// How many of its own cases fail.
  let failedCases: Int
  /// The days on which editions come into force after it, which know nothing of it.
  let later: [CalendarDate]
  /// Why it is let through all the same.
  let reason: String?

  /// Whether the reason says anything: a character that nobody sees does not.
  var hasReason: Bool { reason?.contains { $0.isLetter || $0.isNumber } ?? false }

  /// Why a draft is held back; nil where nothing speaks against it.
  func objection(to report: RuleReport) -> Refusal? {
    var found: [(code: String, detail: String)] = []
    if report.flipRatio > greatest {
      found.append(
        (
          "replay-flips",
          "It flips \(report.flipped) of \(report.subjects); at most a fraction of "
            + "\(greatest.plainText) is allowed without a reason (override)."
        ))
    }
    if failedCases > 0 {
      found.append(
        (
          "cases-fail",
          "\(failedCases) of its cases fail; give a reason (override) or mend them."
        ))
    }
    if let day = later.first {
      found.append(
        (
          "later-edition",
          "An edition that does not hold its changes comes into force on \(day); give a reason "
            + "(override) or take that one back first."
        ))
    }
    guard let first = found.first else { return nil }
    return .conflict(code: first.code, detail: found.map(\.detail).joined(separator: " "))
  }
}

extension Transaction {
  /// Refuses a draft that was not replayed against the rules in force, or that flips too much or
  /// fails its own cases without a reason; a reason is written to the audit log.
  fileprivate func pass(_ gate: ReplayGate, _ draft: RuleDraft, by owner: RuleOwner) throws {
    guard let report = try ruleReport(draft, live: gate.live) else {
      throw Refusal.conflict(
        code: "replay-missing",
        detail: "Replay the draft against the rules in force first, and look at the report.")
    }
    guard let objection = gate.objection(to: report) else { return }
    guard let reason = gate.reason, gate.hasReason else { throw objection }
    try record(
      .gateOverridden, by: owner.actor, subject: "", detail: "\(draft.id.text) \(reason)")
  }

  /// Ends the trial that runs, where its draft is published or its champion is out of force at once;
  /// a draft that is not the one published waits for approval again.
  fileprivate func endTrial(
    by owner: RuleOwner, publishing id: RuleDraftID?, atOnce: Bool
  ) throws {
    guard let trial = try runningExperiment(), atOnce || trial.draft == id?.text else { return }
    try endExperiment(trial.id, by: owner)
    guard trial.draft != id?.text else { return }
    let draft = try ruleDraft(RuleDraftID(trusted: trial.draft))
    if draft.status == .trial { try change(draft, to: .review, .tried, by: owner, "ended") }
  }
}
