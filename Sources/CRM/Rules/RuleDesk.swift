package import Advice
import DMN
import JSON
package import Quantities
import Storage
import Synchronization
import Vault

/// Where rules are written, checked, approved and taken into force.
///
/// A draft is a whole edition with some files changed. Nobody approves a draft that they had a hand
/// in, and nothing is published that was not checked, tested and replayed.
package final class RuleDesk: Sendable {
  /// The advice that the rules decide.
  package let desk: AdviceDesk
  let runs = Mutex<[RuleDraftID: ReplayRun]>([:])

  /// The longest title, reason or note, in characters.
  package static let longestText = 400
  /// The largest file of a draft, in bytes.
  package static let fileSizeLimit = 4 << 20
  /// Drafts of a list at most.
  static let listLimit = 200

  /// A desk over the advice in force.
  package init(desk: AdviceDesk) { self.desk = desk }

  var book: Book { desk.book }

  // MARK: - Editions

  /// The editions of the rules, the newest first.
  package func editions() async throws -> [RuleEdition] {
    let publications = try await book.read { tx in try tx.rulePublications() }
    let today = book.today
    let timeline = desk.timeline
    let current = timeline.rules(on: today)
    var editions = try desk.folder.ruleDates().map { date in
      let isCurrent = current == .init(from: date, published: nil)
      return RuleEdition(
        digest: try desk.folder.rules(on: date).digest, effective: date, publication: nil,
        state: isCurrent ? .inForce : date > today ? .scheduled : .past)
    }
    let newest = Dictionary(
      publications.map { ($0.effective, $0.sequence) }, uniquingKeysWith: { $1 })
    editions += publications.map { publication in
      let isLast = newest[publication.effective] == publication.sequence
      let isCurrent = isLast && current?.from == publication.effective
      let isAhead = isLast && publication.effective > today
      return RuleEdition(
        digest: publication.digest, effective: publication.effective, publication: publication,
        state: isCurrent ? .inForce : isAhead ? .scheduled : .past)
    }
    return editions.reversed()
  }

  /// The files of an edition.
  ///
  /// - Throws: `Refusal.notFound` for a digest that was never published.
  package func files(ofEdition digest: String) async throws -> RuleFiles {
    if let source = try await desk.source(published: digest) {
      let kept = try await book.read { tx in try tx.kept(KeptEdition.cases, digest) }
      if let kept, let files = RuleFiles(bytes: kept) {
        return RuleFiles(source: source, cases: files.cases)
      }
      for date in try desk.folder.ruleDates() where date == source.effective {
        return RuleFiles(source: source, cases: try desk.folder.cases(of: date))
      }
      return RuleFiles(source: source, cases: [])
    }
    for date in try desk.folder.ruleDates() {
      let source = try desk.folder.rules(on: date)
      if source.digest == digest {
        return RuleFiles(source: source, cases: try desk.folder.cases(of: date))
      }
    }
    throw Refusal.notFound
  }

  // MARK: - Drafts

  /// The newest drafts.
  package func drafts() async throws -> [RuleDraft] {
    try await book.read { tx in try tx.ruleDrafts(limit: Self.listLimit) }
  }

  /// A draft with its files.
  package func draft(_ id: RuleDraftID) async throws -> (draft: RuleDraft, files: RuleFiles) {
    try await book.read { tx in (try tx.ruleDraft(id), try tx.ruleFiles(id)) }
  }

  /// Begins a draft as a copy of an edition; nil copies the one in force.
  package func begin(
    _ principal: StaffPrincipal, title: String, from edition: String?, request: NamedRequest
  ) async throws -> RuleDraftID {
    try await authorize(principal)
    let base = edition ?? desk.adviser.rules.digest
    let files: RuleFiles
    do {
      files = try await self.files(ofEdition: base)
    } catch Refusal.notFound {
      throw Refusal.invalid([
        Violation(
          pointer: "/from", code: "unknown-edition",
          detail: "No edition of this digest was ever published.")
      ])
    }
    let reply = try await book.once(request, for: .staff(principal)) { tx in
      let owner = try tx.authorizeRules(principal)
      let id = try tx.add(draft: title, base: base, files, by: owner)
      return StoredReply(status: 201, body: Array(id.text.utf8))
    }
    guard let id = RuleDraftID(String(decoding: reply.body, as: UTF8.self)) else {
      throw Refusal.notFound
    }
    return id
  }

  /// Puts a file into a draft, or takes it out.
  ///
  /// A file may have faults: they are found by the check-up, and keep it from being reviewed.
  ///
  /// - Parameter revision: the revision that was read; nil takes the newest.
  package func put(
    _ principal: StaffPrincipal, _ id: RuleDraftID, revision: Int?, file name: String,
    _ bytes: [UInt8]?
  ) async throws -> RuleDraft {
    try await book.write { tx in
      let owner = try tx.authorizeRules(principal)
      let draft = try tx.ruleDraft(id)
      try Self.expect(draft, revision, in: [.draft], code: "not-a-draft")
      var files = try tx.ruleFiles(id)
      if bytes == nil, files[name] == nil { throw Refusal.notFound }
      try files.put(bytes, as: name)
      try tx.change(draft, to: .draft, files: files, .changed, by: owner, name)
      try tx.record(.rulesChanged, by: owner.actor, subject: "", detail: "\(id.text) \(name)")
      return try tx.ruleDraft(id)
    }
  }

  /// Sends a draft to somebody else for approval, once nothing is wrong in it.
  ///
  /// - Throws: `Refusal.invalid` with every finding.
  package func sendForReview(
    _ principal: StaffPrincipal, _ id: RuleDraftID, revision: Int?
  ) async throws -> RuleDraft {
    try await authorize(principal)
    let (draft, files) = try await draft(id)
    try Self.expect(draft, revision, in: [.draft], code: "not-a-draft")
    try pass(files)
    return try await move(
      principal, draft, to: .review, .sentForReview, "",
      record: .rulesSentForReview)
  }

  /// Sends a draft back to its authors, who may work on it again.
  package func sendBack(
    _ principal: StaffPrincipal, _ id: RuleDraftID, revision: Int?, note: String
  ) async throws -> RuleDraft {
    try await authorize(principal)
    let (draft, _) = try await draft(id)
    try Self.expect(draft, revision, in: [.review], code: "not-in-review")
    return try await move(
      principal, draft, to: .draft, .sentBack, note,
      record: .rulesSentBack)
  }

  /// Gives a draft up.
  package func drop(
    _ principal: StaffPrincipal, _ id: RuleDraftID, revision: Int?
  ) async throws -> RuleDraft {
    try await authorize(principal)
    let (draft, _) = try await draft(id)
    try Self.expect(draft, revision, in: [.draft, .review], code: "not-a-draft")
    return try await move(
      principal, draft, to: .dropped, .dropped, "",
      record: .rulesDropped)
  }

  private func move(
    _ principal: StaffPrincipal, _ draft: RuleDraft, to: RuleDraft.Status,
    _ act: RuleDraft.Step.Act, _ detail: String, record audited: Act
  ) async throws -> RuleDraft {
    try await book.write { tx in
      let owner = try tx.authorizeRules(principal)
      try tx.change(draft, to: to, act, by: owner, detail)
      try tx.record(audited, by: owner.actor, subject: "", detail: draft.id.text)
      return try tx.ruleDraft(draft.id)
    }
  }

  // MARK: - Checks

  /// Everything that a draft is looked at for, with its cases run.
  package func checkup(_ files: RuleFiles) throws -> RuleCheckup {
    RuleCheckup(
      files.source, cases: files.cases, protected: try desk.folder.protectedAttributes(),
      formName: RuleFiles.formName)
  }

  /// Refuses files that something is wrong in; gives how many of their cases fail.
  @discardableResult
  func pass(_ files: RuleFiles) throws -> Int {
    let checkup = try checkup(files)
    let errors = checkup.findings.filter(\.isError)
    guard errors.isEmpty else { throw Refusal.invalid(errors.map(\.violation)) }
    return checkup.failedCases
  }

  func authorize(_ principal: StaffPrincipal) async throws {
    _ = try await book.read { tx in try tx.authorizeRules(principal) }
  }

  /// Refuses a draft that is not as far as it must be, or has moved on.
  static func expect(
    _ draft: RuleDraft, _ revision: Int?, in statuses: Set<RuleDraft.Status>, code: String
  ) throws {
    if let revision, revision != draft.revision { throw Refusal.stale }
    guard statuses.contains(draft.status) else {
      throw Refusal.conflict(code: code, detail: "This draft's status is \(draft.status.rawValue).")
    }
  }
}

/// An edition of the rules as people look at it.
package struct RuleEdition: Sendable {
  /// How it stands today.
  package enum State: String, Sendable, CaseIterable { case past, inForce, scheduled }

  /// Names its files.
  package let digest: String
  /// The first day.
  package let effective: CalendarDate
  /// How it was published; nil for one that lies in the folder.
  package let publication: RulePublication?
  package let state: State
}
