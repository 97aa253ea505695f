package import Advice
package import JSON
package import Quantities
import Storage
import Vault

/// A decision as the client gets it: when it was made, and what it says.
package struct Recommendation: Sendable {
  package let id: DecisionID
  package let at: Instant
  /// The outcome, as canonical JSON.
  package let outcome: [UInt8]

  init(id: DecisionID, at: Instant, outcome: [UInt8]) {
    self.id = id
    self.at = at
    self.outcome = outcome
  }

  /// A decision that was stored, as it is answered again.
  init(_ decision: StoredDecision) {
    self.init(id: decision.id, at: decision.at, outcome: decision.outcome)
  }

  /// Begins the answer's object, up to the value of its last member, which is the outcome:
  /// `{"decision": {"id", "at"}, "outcome":`.
  ///
  /// - Parameter more: writes members that stand before the outcome.
  package func begin(
    _ writer: inout JSONWriter, _ more: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.beginObject()
    writer.object("decision") { writer in
      writer.member("at", at.description)
      writer.member("id", id.text)
    }
    more(&writer)
    writer.key("outcome")
  }
}

/// Who asks for advice about a client.
private enum Asker: Sendable {
  case client(ClientPrincipal)
  case staff(StaffPrincipal, ClientID)

  var principal: Principal {
    switch self {
    case .client(let principal): .client(principal)
    case .staff(let principal, _): .staff(principal)
    }
  }

  var client: ClientID {
    switch self {
    case .client(let principal): principal.client
    case .staff(_, let client): client
    }
  }
}

/// What a decision is made on and by, before its outcome is looked up or worked out.
private struct Matter: Sendable {
  let facts: VersionedFacts
  let arbitration: Arbitration
  let basis: DecisionBasis
  let adviser: Adviser
  let trial: Experiment.Membership?

  var question: RecentOutcomes.Question { .init(facts: facts.digest, basis: basis) }
}

extension Transaction {
  fileprivate func authorize(_ asker: Asker) throws -> Authorized<Client> {
    switch asker {
    case .client(let principal): authorize(principal)
    case .staff(let principal, let client):
      try authorize(principal, for: client, purpose: .advice)
    }
  }

  /// The decision that a request of the same name was answered with; nil for a new one.
  fileprivate func earlier(
    _ access: Authorized<Client>, _ asker: Asker, _ request: NamedRequest
  ) throws -> StoredDecision? {
    guard let reply = try reply(to: request, of: asker.principal),
      let id = DecisionID(String(decoding: reply.body, as: UTF8.self))
    else { return nil }
    return try decision(access, id)
  }

  /// Stores a decision, its part in a trial and the answer to its request.
  fileprivate func save(
    _ outcome: DigestedOutcome, on matter: Matter, _ access: Authorized<Client>, _ asker: Asker,
    _ request: NamedRequest
  ) throws -> Recommendation {
    let saved = try save(access, on: matter.facts, basis: matter.basis, outcome: outcome)
    if let trial = matter.trial { try join(trial, access) }
    try keep(
      StoredReply(status: 201, body: Array(saved.id.text.utf8)), for: request,
      of: asker.principal)
    return Recommendation(id: saved.id, at: saved.at, outcome: outcome.bytes)
  }
}

extension AdviceDesk {
  /// Advises a client and stores the decision with the facts it was made on, in one transaction
  /// with its audit entry; it is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - asOf: the day to decide for, by the editions in force on it; nil for today, when a trial
  ///     of other rules may decide.
  ///   - request: the request's idempotency key; a second request of the same name gets the first
  ///     decision again.
  /// - Throws: `Refusal.stale` when the client's facts keep changing, `Refusal.invalid` for a day
  ///   before all editions and for assumed answers that could not be recorded.
  package func recommend(
    _ principal: ClientPrincipal, _ goal: Goal, asOf: CalendarDate? = nil, request: NamedRequest
  ) async throws -> Recommendation {
    try await recommend(Asker.client(principal), goal, asOf, request)
  }

  /// The same by one of the staff for a client, whose records are read for that and whose decision
  /// it is; the reading stands in the audit log.
  ///
  /// - Throws: `Refusal.notFound` for a client who is not there.
  package func recommend(
    _ principal: StaffPrincipal, for client: ClientID, _ goal: Goal, asOf: CalendarDate? = nil,
    request: NamedRequest
  ) async throws -> Recommendation {
    try await recommend(Asker.staff(principal, client), goal, asOf, request)
  }

  private func recommend(
    _ asker: Asker, _ goal: Goal, _ asOf: CalendarDate?, _ request: NamedRequest
  ) async throws -> Recommendation {
    try await book.alone(request, for: asker.principal) {
      if let known = try await decideOnLast(asker, goal, asOf, request) { return known }
      for _ in 1..<Self.attempts {
        do {
          return try await decide(asker, goal, asOf, request)
        } catch Refusal.stale {
          continue
        }
      }
      return try await decide(asker, goal, asOf, request)
    }
  }

  /// A decision on the facts and responses that were read last: one transaction finds out whether
  /// they still stand and stores it, with nothing read beforehand.
  ///
  /// - Returns: nil where nothing was read, something has changed or the request was answered
  ///   before, and nothing was stored.
  private func decideOnLast(
    _ asker: Asker, _ goal: Goal, _ asOf: CalendarDate?, _ request: NamedRequest
  ) async throws -> Recommendation? {
    // That one of the staff reads a client's records is written down before they are read.
    guard case .client(let principal) = asker,
      let facts = book.recentFacts.latest(of: principal.client)
    else { return nil }
    do {
      let matter = try await matter(asker, goal, asOf, facts, book.latestArbitration)
      let outcome = outcome(of: goal, on: matter)
      return try await book.write { tx in
        guard try tx.arbitration() == matter.arbitration else { throw Refusal.stale }
        return try tx.save(outcome, on: matter, tx.authorize(asker), asker, request)
      }
    } catch Refusal.stale, Refusal.inFlight {
      return nil
    } catch Refusal.invalid {
      // Whether it is so on the facts that stand now is told when the decision is made on them.
      return nil
    }
  }

  private func decide(
    _ asker: Asker, _ goal: Goal, _ asOf: CalendarDate?, _ request: NamedRequest
  ) async throws -> Recommendation {
    let (earlier, facts, arbitration) = try await known(asker, request)
    if let earlier { return Recommendation(earlier) }
    guard let facts else { throw Refusal.notFound }
    let matter = try await matter(asker, goal, asOf, facts, arbitration)
    let outcome = outcome(of: goal, on: matter)
    return try await book.write { tx in
      try tx.save(outcome, on: matter, tx.authorize(asker), asker, request)
    }
  }

  private func outcome(of goal: Goal, on matter: Matter) -> DigestedOutcome {
    recentOutcomes.outcome(of: matter.question) {
      let consultation = matter.adviser.consult(
        matter.facts.facts, for: goal, on: matter.basis.day, arbitration: matter.arbitration)
      recentConsultations[matter.question] = consultation
      return Outcome(consultation).bytes
    }
  }

  /// Who decides, by which editions, on what.
  private func matter(
    _ asker: Asker, _ goal: Goal, _ asOf: CalendarDate?, _ facts: VersionedFacts,
    _ arbitration: Arbitration
  ) async throws -> Matter {
    let (adviser, trial) = try await adviser(for: asker.client, asOf)
    let faults = adviser.rules.violations(
      assuming: goal.assuming.answers, of: facts.facts)
    guard faults.isEmpty else { throw Refusal.invalid(faults) }
    let basis = DecisionBasis(
      day: asOf ?? book.today, rules: adviser.rules.digest, catalogue: adviser.catalogue.edition,
      goal: goal.canonicalBytes, arbitration: arbitration.text)
    return Matter(
      facts: facts, arbitration: arbitration, basis: basis, adviser: adviser, trial: trial)
  }

  /// What stands before a decision: the answer to an earlier request of the same name, or what the
  /// decision will be made on.
  private func known(
    _ asker: Asker, _ request: NamedRequest
  ) async throws -> (StoredDecision?, VersionedFacts?, Arbitration) {
    let body: @Sendable (Transaction) throws -> (StoredDecision?, VersionedFacts?, Arbitration) = {
      tx in
      let access = try tx.authorize(asker)
      if let earlier = try tx.earlier(access, asker, request) {
        return (earlier, nil, Arbitration())
      }
      return (nil, try tx.facts(access), try tx.arbitration())
    }
    // That one of the staff reads a client's records is written down.
    if case .staff = asker { return try await book.write(body) }
    return try await book.read(body)
  }

  /// Who advises a client on a day; a trial of other rules is of today only.
  private func adviser(
    for client: ClientID, _ asOf: CalendarDate?
  ) async throws -> (Adviser, Experiment.Membership?) {
    guard let asOf else { return adviser(for: client) }
    return (try await adviser(on: asOf), nil)
  }

  /// The consultation that a stored decision came from, worked out again unless it is among the
  /// last.
  package func consultation(
    on decision: DecisionID, of principal: ClientPrincipal
  ) async throws -> Consultation {
    let (facts, basis) = try await book.lookUp { tx in
      try tx.basis(tx.authorize(principal), decision)
    }
    let question = RecentOutcomes.Question(facts: facts, basis: basis)
    if let known = recentConsultations[question] { return known }
    let (stored, found) = try await book.read { tx in
      let stored = try tx.decision(tx.authorize(principal), decision)
      return (stored, try tx.facts(of: stored))
    }
    let consultation = try await consultation(of: stored, found.facts)
    recentConsultations[question] = consultation
    return consultation
  }

  /// A decision about a client with the consultation it came from, for one of the staff, whose
  /// reading stands in the audit log; without the consultation where its editions are not kept.
  ///
  /// - Throws: `Refusal.notFound` for a client or a decision that is not there.
  package func decision(
    _ decision: DecisionID, about client: ClientID, for principal: StaffPrincipal
  ) async throws -> (StoredDecision, Consultation?) {
    let (stored, facts) = try await book.write { tx in
      let access = try tx.authorize(principal, for: client, purpose: .advice)
      let stored = try tx.decision(access, decision)
      return (stored, try tx.facts(of: stored))
    }
    let question = RecentOutcomes.Question(facts: stored.factsDigest, basis: stored.basis)
    if let known = recentConsultations[question] { return (stored, known) }
    do {
      return (stored, try await consultation(of: stored, facts.facts))
    } catch is Lost {
      return (stored, nil)
    }
  }

  /// A decision made again from what is kept.
  func consultation(of decision: StoredDecision, _ facts: Facts) async throws -> Consultation {
    let adviser = try await adviser(for: decision.basis)
    let goal = try decodeJSON(decision.basis.goal) { Goal(reading: $0) }
    let arbitration = try await book.read { tx in try tx.arbitration(of: decision.basis) }
    return adviser.consult(
      facts, for: goal, on: decision.basis.day, arbitration: arbitration)
  }

  /// What replaying stored decisions found.
  package struct Replay: Sendable, Hashable {
    package var equal = 0
    /// The decisions whose bytes came out otherwise.
    package var different: [Different] = []
    /// The decisions whose editions are not kept.
    package var lost: [DecisionID] = []
    /// The decisions about people whose data was erased: what they were made from is gone for good.
    package var erased: [DecisionID] = []

    package var total: Int { equal + different.count + lost.count + erased.count }

    /// A decision that comes out otherwise, and the engine that made it.
    package struct Different: Sendable, Hashable {
      package let id: DecisionID
      package let engine: String
    }
  }

  /// Makes every stored decision again and compares the bytes.
  ///
  /// - Parameter only: one decision; nil for all.
  package func replay(
    only: DecisionID? = nil, for operator: Operator, _ progress: (Int) -> Void = { _ in }
  ) async throws -> Replay {
    var replay = Replay()
    var erased: [DecisionID] = []
    try await book.forEachDecision(for: `operator`, erased: { erased.append($0) }) {
      decision, facts in
      if let only, decision.id != only { return }
      do {
        let consultation = try await self.consultation(of: decision, facts.facts)
        if Outcome(consultation).bytes == decision.outcome {
          replay.equal += 1
        } else {
          replay.different.append(.init(id: decision.id, engine: decision.basis.engine))
        }
      } catch is Lost {
        replay.lost.append(decision.id)
      }
      progress(replay.total)
    }
    replay.erased = erased.filter { only == nil || $0 == only }
    return replay
  }
}
