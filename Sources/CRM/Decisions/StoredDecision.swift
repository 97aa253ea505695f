import Advice
package import Quantities
import Storage
package import Vault

/// What a decision was made from, and by which rules; all that is needed to make it again.
package struct DecisionBasis: Sendable, Hashable {
  /// The day it was made for.
  package let day: CalendarDate
  /// The digest of the rule book.
  package let rules: String
  /// The digest of the catalogue edition.
  package let catalogue: String
  /// The goal, as canonical JSON.
  package let goal: [UInt8]
  /// The last response that was learned from, and the factors switched off, as in "12 C L".
  package let arbitration: String
  /// The version of the reasoning; empty for a decision made before versions were stored.
  package let engine: String

  /// What a decision is made from.
  package init(
    day: CalendarDate, rules: String, catalogue: String, goal: [UInt8],
    arbitration: String = "0", engine: String = Outcome.engineVersion
  ) {
    self.engine = engine
    self.arbitration = arbitration
    self.day = day
    self.rules = rules
    self.catalogue = catalogue
    self.goal = goal
  }
}

/// An outcome with its digest, worked out once for all decisions that say the same.
package struct DigestedOutcome: Sendable {
  /// Canonical JSON.
  package let bytes: [UInt8]
  /// Of the bytes.
  package let digest: Digest

  /// An outcome, digested here.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    digest = Digest.sha256(bytes)
  }
}

/// A decision as it was stored.
package struct StoredDecision: Sendable {
  /// The id of the decision.
  package let id: DecisionID
  /// Whom it is about.
  package let client: ClientID
  /// When it was stored.
  package let at: Instant
  /// What it was made from.
  package let basis: DecisionBasis
  /// Names the facts it was made on.
  package let factsDigest: Digest
  /// The outcome, as canonical JSON.
  package let outcome: [UInt8]
}

extension Transaction {
  /// Stores a decision with the facts it was made on, and a line of the audit log.
  ///
  /// - Throws: `Refusal.stale` when the facts have changed since they were read.
  package func save(
    _ access: Authorized<Client>, on facts: VersionedFacts, basis: DecisionBasis,
    outcome: DigestedOutcome
  ) throws -> (id: DecisionID, at: Instant) {
    guard facts.client == access.client else { throw Refusal.notFound }
    let known = try connection.first(
      """
      SELECT version,
        (SELECT 1 FROM facts_snapshot WHERE tenant = \(tenant) AND client = \(access.client)
          AND digest = \(facts.digest)),
        (SELECT 1 FROM outcome_snapshot WHERE tenant = \(tenant) AND client = \(access.client)
          AND digest = \(outcome.digest))
      FROM client_summary WHERE tenant = \(tenant) AND client = \(access.client)
      """, as: (Int, Int?, Int?).self)
    guard known?.0 == facts.version else { throw Refusal.stale }
    if known?.1 == nil { try keep(facts) }
    if known?.2 == nil { try keep(outcome, of: access.client) }
    let id = try newID(DecisionID.self)
    let goal = try seal(basis.goal, at: decisionPlace(access.client, id, "goal"))
    try connection.execute(
      """
      INSERT INTO decision (tenant, client, id, at, day, facts_digest, rules_digest,
        catalogue_digest, outcome_digest, goal, outcome, arbitration, engine)
      VALUES (\(tenant), \(access.client), \(id), \(now), \(basis.day), \(facts.digest),
        \(basis.rules), \(basis.catalogue), \(outcome.digest), \(goal),
        \(Self.outcomeKeptApart), \(basis.arbitration), \(basis.engine))
      """)
    try record(.recommended, by: access.actor, about: access.client, detail: id.text)
    return (id, now)
  }

  /// Stands in a decision whose outcome is in `outcome_snapshot`; those made before that table was
  /// have theirs in the row.
  private static let outcomeKeptApart: [UInt8] = []

  /// A decision about the client.
  ///
  /// - Throws: `Refusal.notFound`, also for a decision about somebody else.
  package func decision(
    _ access: Authorized<Client>, _ id: DecisionID
  ) throws -> StoredDecision {
    let found = try load(access, "AND id = \(id)", order: "ORDER BY id", limit: 1)
    guard let decision = found.first else { throw Refusal.notFound }
    return decision
  }

  /// What a decision about the client was made from: the digest of the facts, and all else.
  ///
  /// - Throws: `Refusal.notFound`, also for a decision about somebody else.
  func basis(
    _ access: Authorized<Client>, _ id: DecisionID
  ) throws -> (facts: Digest, basis: DecisionBasis) {
    let found = try connection.rows(
      """
      SELECT \(Self.basisColumns) FROM decision
      WHERE tenant = \(tenant) AND client = \(access.client) AND id = \(id)
      """
    ) { row in (try row[0] as Digest, try basis(row, access.client, id)) }
    guard let found = found.first else { throw Refusal.notFound }
    return (found.0, found.1)
  }

  private static let basisColumns: SQL =
    "facts_digest, day, rules_digest, catalogue_digest, goal, arbitration, engine"

  /// What a decision was made from, out of a row that begins with the columns of it.
  private func basis(_ row: Row, _ client: ClientID, _ id: DecisionID) throws -> DecisionBasis {
    let goal: Sealed<[UInt8]> = try row[4]
    return DecisionBasis(
      day: try row[1], rules: try row[2], catalogue: try row[3],
      goal: try open(goal, at: decisionPlace(client, id, "goal")), arbitration: try row[5],
      engine: try row[6])
  }

  /// The newest decisions about the client.
  package func decisions(_ access: Authorized<Client>, limit: Int) throws -> [StoredDecision] {
    let limit = max(1, min(limit, book.settings.longestPage))
    return try load(access, "", order: "ORDER BY id DESC", limit: limit)
  }

  /// The facts that a decision was made on.
  package func facts(of decision: StoredDecision) throws -> VersionedFacts {
    let sealed = try connection.first(
      """
      SELECT facts FROM facts_snapshot WHERE tenant = \(tenant) AND client = \(decision.client)
        AND digest = \(decision.factsDigest)
      """, as: Sealed<[UInt8]>.self)
    guard let sealed else { throw Refusal.notFound }
    let bytes = try open(sealed, at: snapshotPlace(decision.client, decision.factsDigest))
    return VersionedFacts(
      client: decision.client, version: 0, digest: decision.factsDigest,
      facts: try Facts(canonicalBytes: bytes))
  }

  /// Keeps the facts, once for all decisions on them.
  private func keep(_ facts: VersionedFacts) throws {
    let place = snapshotPlace(facts.client, facts.digest)
    try connection.execute(
      """
      INSERT INTO facts_snapshot (tenant, client, digest, facts)
      VALUES (\(tenant), \(facts.client), \(facts.digest),
        \(try seal(facts.facts.canonicalBytes, at: place)))
      """)
  }

  /// Keeps an outcome, once for all of the client's decisions that say the same.
  private func keep(_ outcome: DigestedOutcome, of client: ClientID) throws {
    let place = place(client, "outcome_snapshot", "outcome", row: outcome.digest.hex)
    try connection.execute(
      """
      INSERT INTO outcome_snapshot (tenant, client, digest, outcome)
      VALUES (\(tenant), \(client), \(outcome.digest), \(try seal(outcome.bytes, at: place)))
      """)
  }

  /// The outcome of a decision, from its row or from where it was kept for all that say the same.
  private func outcome(
    inRow sealed: [UInt8], kept: Sealed<[UInt8]>?, of client: ClientID, _ id: DecisionID,
    _ digest: Digest
  ) throws -> [UInt8] {
    let opened: [UInt8]
    if let kept {
      opened = try open(
        kept, at: place(client, "outcome_snapshot", "outcome", row: digest.hex))
    } else {
      opened = try open(Sealed(bytes: sealed), at: decisionPlace(client, id, "outcome"))
    }
    guard Digest.sha256(opened) == digest else { throw VaultFault.doesNotOpen }
    return opened
  }

  fileprivate func load(
    _ access: Authorized<Client>, _ condition: SQL, order: SQL, limit: Int
  ) throws -> [StoredDecision] {
    let client = access.client
    return try connection.rows(
      """
      SELECT \(Self.basisColumns), id, at, outcome, outcome_digest,
        (SELECT outcome FROM outcome_snapshot WHERE tenant = \(tenant) AND client = \(client)
          AND digest = decision.outcome_digest)
      FROM decision WHERE tenant = \(tenant) AND client = \(client)
        \(condition) \(order) LIMIT \(limit)
      """
    ) { row in
      let id: DecisionID = try row[7]
      let digest: Digest = try row[10]
      let opened = try outcome(
        inRow: try row[9], kept: try row[11], of: client, id, digest)
      return StoredDecision(
        id: id, client: client, at: try row[8], basis: try basis(row, client, id),
        factsDigest: try row[0], outcome: opened)
    }
  }

  private func decisionPlace(_ client: ClientID, _ id: DecisionID, _ column: String) -> Place {
    place(client, "decision", column, row: id.text)
  }

  private func snapshotPlace(_ client: ClientID, _ digest: Digest) -> Place {
    place(client, "facts_snapshot", "facts", row: digest.hex)
  }
}

extension Book {
  /// A decision about the client who is signed in.
  package func decision(
    _ id: DecisionID, of principal: ClientPrincipal
  ) async throws -> StoredDecision {
    try await read { tx in try tx.decision(tx.authorize(principal), id) }
  }

  /// Stores a decision about the client who is signed in.
  package func save(
    _ outcome: [UInt8], on facts: VersionedFacts, basis: DecisionBasis,
    for principal: ClientPrincipal
  ) async throws -> (id: DecisionID, at: Instant) {
    try await write { tx in
      try tx.save(
        tx.authorize(principal), on: facts, basis: basis, outcome: DigestedOutcome(outcome))
    }
  }

  /// Goes through every stored decision with its facts, a client at a time, for replay.
  ///
  /// - Parameter erased: told the decisions about people whose data was erased.
  package func forEachDecision(
    for operator: Operator, clientsAtATime: Int = 100, erased: (DecisionID) -> Void = { _ in },
    _ body: (StoredDecision, VersionedFacts) async throws -> Void
  ) async throws {
    var last: ClientID?
    while true {
      let after = last
      let clients = try await read { tx in
        try tx.clients(for: `operator`, after: after, limit: clientsAtATime).map(\.client)
      }
      for client in clients {
        do {
          try await forEachDecision(about: client, for: `operator`, body)
        } catch Refusal.erased {
          for id in try await decisionIDs(about: client) { erased(id) }
        }
      }
      guard clients.count == clientsAtATime else { return }
      last = clients.last
    }
  }

  /// The ids of the decisions about a client, which are no secret and outlive the client's data.
  private func decisionIDs(about client: ClientID) async throws -> [DecisionID] {
    try await read { tx in
      try tx.connection.all(
        """
        SELECT id FROM decision WHERE tenant = \(tx.tenant) AND client = \(client) ORDER BY id
        """, as: DecisionID.self)
    }
  }

  /// Decisions read at a time.
  private static let decisionStep = 200

  private func forEachDecision(
    about client: ClientID, for operator: Operator,
    _ body: (StoredDecision, VersionedFacts) async throws -> Void
  ) async throws {
    var last = ""
    while true {
      let after = last
      let found = try await read { tx in
        let access = try tx.authorize(`operator`, for: client)
        let decisions = try tx.load(
          access, "AND id > \(after)", order: "ORDER BY id", limit: Self.decisionStep)
        return try decisions.map { ($0, try tx.facts(of: $0)) }
      }
      for (decision, facts) in found { try await body(decision, facts) }
      guard found.count == Self.decisionStep, let (decision, _) = found.last else { return }
      last = decision.id.text
    }
  }
}
