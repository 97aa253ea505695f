package import Advice
import Foundation
import JSON
package import Quantities
import Storage
import Synchronization
import Vault

/// What a draft would change, as it was found and stored.
package struct RuleReport: Sendable {
  /// The digest of the draft's files.
  package let digest: String
  /// The digest of the rules in force that it was held against.
  package let live: String
  package let at: Instant
  /// Recorded decisions and clients that were looked at.
  package let subjects: Int
  /// Those for whom a product fits under one of the rules only.
  package let flipped: Int
  /// The whole report, as canonical JSON.
  package let body: [UInt8]

  /// The flipped ones as a fraction of all.
  package var flipRatio: Decimal128 {
    subjects == 0 ? 0 : Decimal128(flipped) / Decimal128(subjects)
  }
}

/// A replay that runs or has run in this process.
struct ReplayRun: Sendable {
  var done = 0
  var state = State.running

  enum State: Sendable { case running, failed(String) }
}

/// How far a replay is.
package enum ReplayState: Sendable {
  /// None was asked for since the draft or the rules in force changed.
  case none
  case running(done: Int)
  case finished(RuleReport)
  case failed(String)
}

/// How many decisions and clients a replay looks at.
package struct ReplayLimits: Sendable {
  /// Recorded decisions at most.
  package var decisions = 20_000
  /// Clients at most.
  package var clients = 20_000

  /// The usual limits.
  package init() {}
}

extension RuleDesk {
  /// Seconds for which an order to replay waits for the end before it answers that it runs.
  static let replayPatience = 8
  /// Replays that run at the same time.
  static let replaysAtOnce = 1
  /// Subjects that are worked on together.
  private static let batch = 64

  /// Replays a draft against the rules in force, over recorded decisions and all clients.
  ///
  /// It runs on in the background when it takes long.
  package func replay(
    _ principal: StaffPrincipal, _ id: RuleDraftID
  ) async throws -> ReplayState {
    try await authorize(principal)
    let (draft, files) = try await draft(id)
    try Self.expect(draft, nil, in: [.draft, .review, .trial], code: "not-a-draft")
    if case .finished(let report) = try await replayState(draft) { return .finished(report) }
    let rules: RuleBook
    do throws(RuleBook.Fault) {
      rules = try RuleBook(files.source)
    } catch {
      try pass(files)
      throw Refusal.conflict(code: "unusable", detail: "The rules cannot be used.")
    }
    let begins = runs.withLock { runs -> Bool in
      if case .running? = runs[id]?.state { return false }
      let running = runs.values.count { if case .running = $0.state { true } else { false } }
      guard running < Self.replaysAtOnce else { return false }
      runs[id] = ReplayRun()
      return true
    }
    if begins {
      Task { await self.run(draft, rules, by: principal) }
    } else if runs.withLock({ $0[id] }) == nil {
      throw Refusal.busy(retryAfterSeconds: 10)
    }
    for _ in 0..<Self.replayPatience * 20 {
      let state = try await replayState(draft)
      guard case .running = state else { return state }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try await replayState(draft)
  }

  /// How far the replay of a draft against the rules in force is.
  package func replayState(_ draft: RuleDraft) async throws -> ReplayState {
    if let run = runs.withLock({ $0[draft.id] }) {
      switch run.state {
      case .running: return .running(done: run.done)
      case .failed(let why): return .failed(why)
      }
    }
    let live = desk.adviser.rules.digest
    let report = try await book.read { tx in try tx.ruleReport(draft, live: live) }
    return report.map { .finished($0) } ?? .none
  }

  private func run(
    _ draft: RuleDraft, _ rules: RuleBook, by principal: StaffPrincipal
  ) async {
    let id = draft.id
    do {
      let live = desk.adviser
      let tally = try await compare(rules, with: live) { done in
        self.runs.withLock { $0[id]?.done = done }
      }
      let body = report(draft.digest, live, tally)
      try await book.write { tx in
        let owner = try tx.authorizeRules(principal)
        try tx.store(
          RuleReport(
            digest: draft.digest, live: live.rules.digest, at: tx.now, subjects: tally.subjects,
            flipped: tally.flipped, body: body), of: draft.id)
        try tx.step(.replayed, of: draft.id, by: owner, "\(tally.flipped) of \(tally.subjects)")
        try tx.record(.rulesReplayed, by: owner.actor, subject: "", detail: draft.id.text)
      }
      runs.withLock { $0[id] = nil }
    } catch {
      runs.withLock { $0[id]?.state = .failed("The replay did not end: \(type(of: error)).") }
    }
  }

  /// What other rules would change of recorded decisions and of every client.
  ///
  /// Both are worked out anew on the products in force: only the rules differ.
  package func compare(
    _ rules: RuleBook, with live: Adviser, limits: ReplayLimits = ReplayLimits(),
    _ progress: @escaping (Int) -> Void = { _ in }
  ) async throws -> ReplayTally {
    let draft = Adviser(live, rules: rules)
    let attributes = try desk.folder.protectedAttributes()
    var tally = ReplayTally(products: live.products, attributes: attributes)
    let reader = Operator(commandLine: "rule-replay")
    var open: [ReplaySubject] = []
    var decisions = 0
    let today = book.today
    let (arbitration, _) = try await book.arbitration()
    func work() async {
      for (subject, changes) in await Self.changes(open, live, draft, arbitration) {
        tally.add(subject, changes)
      }
      open = []
      progress(tally.subjects)
    }
    do {
      try await book.forEachDecision(for: reader) { decision, facts in
        guard decisions < limits.decisions else { throw Enough() }
        decisions += 1
        let goal = try decodeJSON(decision.basis.goal) { Goal(reading: $0) }
        open.append(
          ReplaySubject(
            decision: decision.id.text, facts.facts, goal, on: decision.basis.day))
        if open.count == Self.batch { await work() }
      }
    } catch is Enough {
      // The limit is told in the report by its counts.
    }
    var clients = 0
    do {
      try await book.forEachClient(for: reader, batch: Self.batch) { batch in
        for facts in batch {
          guard clients < limits.clients else { throw Enough() }
          clients += 1
          open.append(ReplaySubject(client: facts.client.text, facts.facts, on: today))
        }
        await work()
      }
    } catch is Enough {
      // As above.
    }
    if !open.isEmpty { await work() }
    return tally
  }

  /// Ends a walk through the store at its limit.
  private struct Enough: Error {}

  /// What changes for some, in their order, on all processors but one.
  private static func changes(
    _ subjects: [ReplaySubject], _ live: Adviser, _ draft: Adviser, _ arbitration: Arbitration
  ) async -> [(ReplaySubject, [AdviceChange])] {
    let lanes = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)
    let size = max(1, (subjects.count + lanes - 1) / lanes)
    return await withTaskGroup(of: (Int, [(ReplaySubject, [AdviceChange])]).self) { group in
      for start in stride(from: 0, to: subjects.count, by: size) {
        let part = subjects[start..<min(start + size, subjects.count)]
        group.addTask {
          (start, part.map { ($0, $0.changes(from: live, to: draft, arbitration: arbitration)) })
        }
      }
      var found: [(Int, [(ReplaySubject, [AdviceChange])])] = []
      for await part in group { found.append(part) }
      return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// The report as JSON.
  package func report(
    _ digest: String, _ live: Adviser, _ tally: ReplayTally
  ) -> [UInt8] {
    var writer = JSONWriter(capacity: 8_192)
    writer.object { json in
      json.member("draft", digest)
      json.member("live", live.rules.digest)
      json.member("catalogue", live.catalogue.edition)
      json.member("day", book.today.description)
      tally.write(&json)
    }
    return writer.bytes
  }
}

extension Transaction {
  /// The report of a draft, as its files are, against an edition in force.
  func ruleReport(_ draft: RuleDraft, live: String) throws -> RuleReport? {
    try connection.row(
      """
      SELECT digest, live, at, subjects, flipped, body FROM rule_report WHERE tenant = \(tenant)
        AND draft = \(draft.id) AND digest = \(draft.digest) AND live = \(live)
      """
    ) { row in
      RuleReport(
        digest: try row[0], live: try row[1], at: try row[2], subjects: try row[3],
        flipped: try row[4], body: try row[5])
    }
  }

  fileprivate func store(_ report: RuleReport, of draft: RuleDraftID) throws {
    try connection.execute(
      """
      INSERT INTO rule_report (tenant, draft, digest, live, at, subjects, flipped, body)
      VALUES (\(tenant), \(draft), \(report.digest), \(report.live), \(report.at),
        \(report.subjects), \(report.flipped), \(report.body))
      ON CONFLICT (tenant, draft, digest, live) DO UPDATE SET at = excluded.at,
        subjects = excluded.subjects, flipped = excluded.flipped, body = excluded.body
      """)
  }
}
