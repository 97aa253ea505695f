import Advice
package import Quantities
import Storage
import Vault

extension Transaction {
  /// All that a client has, the oldest first.
  package func holdings(_ access: Authorized<Client>) throws -> [Holding] {
    try holdings(of: access.client, where: "")
  }

  /// The policies filed under a client, the oldest first.
  package func policies(_ access: Authorized<PolicyFile>) throws -> [Holding] {
    try holdings(of: access.client, where: "AND kind = \(HoldingKind.policy)")
  }

  /// Adds a holding, and to what decisions read.
  @discardableResult
  package func add(_ access: Authorized<Client>, holding new: NewHolding) throws -> HoldingID {
    let id = try newID(HoldingID.self)
    _ = try insert(new, as: id, of: access.client)
    try refreshHoldings(of: access.client)
    try record(.holdingAdded, by: access.actor, about: access.client, detail: new.kind.rawValue)
    return id
  }

  /// Changes a holding; `revision` is the one that was read.
  package func change(
    _ access: Authorized<Client>, holding id: HoldingID, revision: Int,
    closed: CalendarDate?, details: HoldingDetails
  ) throws {
    let sealed = try seal(details, at: holdingPlace(access.client, id, revision: revision + 1))
    let changed = try connection.execute(
      """
      UPDATE holding SET revision = \(revision + 1), closed = \(closed), details = \(sealed)
      WHERE tenant = \(tenant) AND client = \(access.client) AND id = \(id)
        AND revision = \(revision)
      """)
    guard changed == 1 else { throw Refusal.stale }
    try refreshHoldings(of: access.client)
    try record(.holdingChanged, by: access.actor, about: access.client, detail: id.text)
  }

  /// Writes the rows of a holding; false when it is there already.
  func insert(_ new: NewHolding, as id: HoldingID, of client: ClientID) throws -> Bool {
    let sealed = try seal(new.details, at: holdingPlace(client, id, revision: 1))
    return try connection.execute(
      """
      INSERT INTO holding (tenant, client, id, kind, currency, opened, closed, revision, details)
      VALUES (\(tenant), \(client), \(id), \(new.kind), \(new.currency), \(new.opened),
        \(new.closed), \(1), \(sealed)) ON CONFLICT (tenant, client, id) DO NOTHING
      """) == 1
  }

  /// Brings what decisions read of the holdings up to date with the rows.
  func refreshHoldings(of client: ClientID) throws {
    let all = try holdings(of: client, where: "")
    guard all.count <= Facts.Limit.holdings + Facts.Limit.positions else {
      throw Refusal.conflict(
        code: "too-many-holdings",
        detail: "A client may have \(Facts.Limit.holdings) contracts at most.")
    }
    try changeFacts(of: client) { facts in
      facts.holdings = all.compactMap(\.contract)
      facts.positions = all.compactMap(\.position)
    }
  }

  /// The policy of an id, when it is one of the client's.
  func policy(_ id: HoldingID, of client: ClientID) throws -> Holding? {
    try holdings(of: client, where: "AND kind = \(HoldingKind.policy) AND id = \(id)").first
  }

  private func holdings(of client: ClientID, where condition: SQL) throws -> [Holding] {
    try connection.rows(
      """
      SELECT id, kind, currency, opened, closed, revision, details FROM holding
      WHERE tenant = \(tenant) AND client = \(client) \(condition) ORDER BY opened, id
      """
    ) { row in
      let id: HoldingID = try row[0]
      let revision: Int = try row[5]
      let details: Sealed<HoldingDetails> = try row[6]
      return Holding(
        id: id, kind: try row[1], currency: try row[2], opened: try row[3], closed: try row[4],
        revision: revision,
        details: try open(details, at: holdingPlace(client, id, revision: revision)))
    }
  }

  private func holdingPlace(_ client: ClientID, _ id: HoldingID, revision: Int) -> Place {
    place(client, "holding", "details", row: id.text, revision: revision)
  }
}

extension Book {
  /// All that a client has.
  package func holdings(of principal: ClientPrincipal) async throws -> [Holding] {
    try await read { tx in try tx.holdings(tx.authorize(principal)) }
  }

  /// The client's own policies.
  package func policies(of principal: ClientPrincipal) async throws -> [Holding] {
    try await read { tx in try tx.policies(tx.authorizePolicies(principal)) }
  }

  /// The policyholder's own policies.
  package func policies(of principal: PolicyholderPrincipal) async throws -> [Holding] {
    try await read { tx in try tx.policies(tx.authorize(principal)) }
  }

  /// Adds a holding to a client.
  @discardableResult
  package func add(
    _ holding: NewHolding, to client: ClientID, by operator: Operator
  ) async throws -> HoldingID {
    try await write { tx in
      try tx.add(tx.authorize(`operator`, for: client), holding: holding)
    }
  }
}
