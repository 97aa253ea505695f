package import Quantities
import Storage
import Vault

extension Transaction {
  /// The claims filed under a client, the newest first.
  package func claims(_ access: Authorized<PolicyFile>) throws -> [Claim] {
    try claims(of: access.client, where: "")
  }

  /// A claim with its timeline.
  ///
  /// - Throws: `Refusal.notFound`, also for a claim of somebody else.
  package func claim(_ access: Authorized<PolicyFile>, _ id: ClaimID) throws -> ClaimFile {
    guard let claim = try claims(of: access.client, where: "AND id = \(id)").first else {
      throw Refusal.notFound
    }
    let steps = try connection.rows(
      """
      SELECT at, id, status, actor, details FROM claim_step WHERE tenant = \(tenant)
        AND client = \(access.client) AND claim = \(id) ORDER BY at, id
      """
    ) { row in
      let step: String = try row[1]
      let note: Sealed<String> = try row[4]
      return ClaimStep(
        at: try row[0], status: try row[2], actor: try row[3],
        note: try open(note, at: stepPlace(access.client, id, step)))
    }
    return ClaimFile(claim: claim, steps: steps)
  }

  /// Files a claim under one of the client's policies.
  package func report(
    _ access: Authorized<PolicyFile>, under policy: HoldingID, details: ClaimDetails,
    due: CalendarDate?, note: String, at: Instant? = nil
  ) throws -> ClaimID {
    guard try self.policy(policy, of: access.client) != nil else { throw Refusal.notFound }
    let id = try newID(ClaimID.self)
    let reported = at ?? now
    let sealed = try seal(details, at: claimPlace(access.client, id, revision: 1))
    try connection.execute(
      """
      INSERT INTO claim (tenant, client, id, policy, status, reported, due, revision, details)
      VALUES (\(tenant), \(access.client), \(id), \(policy), \(ClaimStatus.reported),
        \(reported), \(due), \(1), \(sealed))
      """)
    try addStep(access.client, id, .reported, by: .policyholder, note: note, at: reported)
    try record(.claimReported, by: access.actor, about: access.client, detail: id.text)
    return id
  }

  /// Moves a claim one step on; `revision` is the one that was read.
  ///
  /// - Throws: `Refusal.conflict` for a step that cannot come next, `Refusal.stale` when the claim
  ///   has moved already.
  package func move(
    _ access: Authorized<Client>, claim id: ClaimID, revision: Int, to status: ClaimStatus,
    by actor: ClaimActor, due: CalendarDate?, note: String, at: Instant? = nil,
    details: ClaimDetails? = nil
  ) throws {
    guard let claim = try claims(of: access.client, where: "AND id = \(id)").first else {
      throw Refusal.notFound
    }
    guard claim.status.nextSteps.contains(status) else {
      throw Refusal.conflict(
        code: "claim-step", detail: "A claim that is \(claim.status.rawValue) cannot do this.")
    }
    let place = claimPlace(access.client, id, revision: revision + 1)
    let sealed = try seal(details ?? claim.details, at: place)
    let changed = try connection.execute(
      """
      UPDATE claim SET status = \(status), due = \(due), revision = \(revision + 1),
        details = \(sealed)
      WHERE tenant = \(tenant) AND client = \(access.client) AND id = \(id)
        AND revision = \(revision)
      """)
    guard changed == 1 else { throw Refusal.stale }
    try addStep(access.client, id, status, by: actor, note: note, at: at ?? now)
    try record(.claimMoved, by: access.actor, about: access.client, detail: id.text)
  }

  private func addStep(
    _ client: ClientID, _ claim: ClaimID, _ status: ClaimStatus, by actor: ClaimActor,
    note: String, at: Instant
  ) throws {
    let step = try newID(RecordID<ClaimStep>.self).text
    try connection.execute(
      """
      INSERT INTO claim_step (tenant, client, claim, at, id, status, actor, details)
      VALUES (\(tenant), \(client), \(claim), \(at), \(step), \(status), \(actor),
        \(try seal(note, at: stepPlace(client, claim, step))))
      """)
  }

  private func claims(of client: ClientID, where condition: SQL) throws -> [Claim] {
    try connection.rows(
      """
      SELECT id, policy, status, reported, due, revision, details FROM claim
      WHERE tenant = \(tenant) AND client = \(client) \(condition)
      ORDER BY reported DESC, id DESC LIMIT \(Self.mostClaims)
      """
    ) { row in
      let id: ClaimID = try row[0]
      let revision: Int = try row[5]
      let details: Sealed<ClaimDetails> = try row[6]
      return Claim(
        id: id, policy: try row[1], status: try row[2], reported: try row[3], due: try row[4],
        revision: revision,
        details: try open(details, at: claimPlace(client, id, revision: revision)))
    }
  }

  /// Claims of one client that are shown at most.
  package static let mostClaims = 500

  private func claimPlace(_ client: ClientID, _ id: ClaimID, revision: Int) -> Place {
    place(client, "claim", "details", row: id.text, revision: revision)
  }

  private func stepPlace(_ client: ClientID, _ claim: ClaimID, _ step: String) -> Place {
    place(client, "claim_step", "details", row: "\(claim.text)/\(step)")
  }
}

extension Book {
  /// Files a claim under one of a client's policies.
  package func report(
    of client: ClientID, under policy: HoldingID, details: ClaimDetails, due: CalendarDate?,
    note: String, at: Instant? = nil, by operator: Operator
  ) async throws -> ClaimID {
    try await write { tx in
      try tx.report(
        tx.authorizePolicies(`operator`, for: client), under: policy, details: details, due: due,
        note: note, at: at)
    }
  }

  /// Moves a client's claim one step on; `revision` is the one that was read.
  package func move(
    _ claim: ClaimID, of client: ClientID, revision: Int, to status: ClaimStatus,
    by actor: ClaimActor, due: CalendarDate?, note: String, at: Instant? = nil,
    details: ClaimDetails? = nil, as operator: Operator
  ) async throws {
    try await write { tx in
      try tx.move(
        tx.authorize(`operator`, for: client), claim: claim, revision: revision, to: status,
        by: actor, due: due, note: note, at: at, details: details)
    }
  }

  /// The client's own claims.
  package func claims(of principal: ClientPrincipal) async throws -> [Claim] {
    try await read { tx in try tx.claims(tx.authorizePolicies(principal)) }
  }

  /// The policyholder's own claims.
  package func claims(of principal: PolicyholderPrincipal) async throws -> [Claim] {
    try await read { tx in try tx.claims(tx.authorize(principal)) }
  }

  /// One of the client's own claims with its timeline.
  package func claim(_ id: ClaimID, of principal: ClientPrincipal) async throws -> ClaimFile {
    try await read { tx in try tx.claim(tx.authorizePolicies(principal), id) }
  }

  /// One of the policyholder's own claims with its timeline.
  package func claim(
    _ id: ClaimID, of principal: PolicyholderPrincipal
  ) async throws -> ClaimFile {
    try await read { tx in try tx.claim(tx.authorize(principal), id) }
  }
}
