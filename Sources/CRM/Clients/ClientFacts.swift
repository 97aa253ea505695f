package import Advice
import Storage
package import Vault

/// What decisions read of a client, as it stood in one snapshot of the store.
package struct VersionedFacts: Sendable {
  /// Whose facts.
  package let client: ClientID
  /// Counts up with each change; a decision is refused as stale when it has moved on.
  package let version: Int
  /// Names the facts: decisions on unchanged facts share one snapshot by it.
  package let digest: Digest
  /// The facts.
  package let facts: Facts
}

/// Facts sealed for one version.
struct SealedFacts {
  let version: Int
  let digest: Digest
  let sealed: Sealed<[UInt8]>
}

extension Transaction {
  /// What decisions read of a client.
  package func facts(_ access: Authorized<Client>) throws -> VersionedFacts {
    try currentFacts(of: access.client)
  }

  /// What decisions read of the clients after a given one, in the order of their ids; nil for one
  /// whose data was erased.
  ///
  /// For the operator's batch work: nothing of it is kept, since the next reading is of others.
  fileprivate func facts(
    for operator: Operator, after last: ClientID?, limit: Int
  ) throws -> [(client: ClientID, facts: VersionedFacts?)] {
    try connection.rows(
      """
      SELECT client, version, digest, facts FROM client_summary
      WHERE tenant = \(tenant) AND client > \(last?.text ?? "") ORDER BY client LIMIT \(limit)
      """
    ) { row in
      let client: ClientID = try row[0]
      do {
        return (
          client, try open(try row[3], of: client, version: try row[1], digest: try row[2])
        )
      } catch VaultFault.keyErased {
        return (client, nil)
      }
    }
  }

  /// What decisions for a broker's offers read: without the answers about health, with a digest
  /// of what is left.
  package func facts(_ access: Authorized<MandatedClient>) throws -> VersionedFacts {
    let current = try currentFacts(of: access.client)
    let (prefix, others) = (book.settings.healthQuestionPrefix, book.settings.healthQuestions)
    var facts = current.facts
    facts.answers = facts.answers.filter {
      !$0.key.hasPrefix(prefix) && !others.contains($0.key)
    }
    return VersionedFacts(
      client: current.client, version: current.version,
      digest: Digest.sha256(facts.canonicalBytes), facts: facts)
  }

  /// Changes what decisions read of a client, in the transaction of the event that changed it.
  func changeFacts(of client: ClientID, _ body: (inout Facts) throws -> Void) throws {
    let current = try currentFacts(of: client)
    var facts = current.facts
    try body(&facts)
    guard facts != current.facts else { return }
    let sealed = try seal(facts, of: client, version: current.version + 1)
    let changed = try connection.execute(
      """
      UPDATE client_summary SET version = \(sealed.version), digest = \(sealed.digest),
        facts = \(sealed.sealed)
      WHERE tenant = \(tenant) AND client = \(client) AND version = \(current.version)
      """)
    guard changed == 1 else { throw Refusal.stale }
  }

  /// Seals facts for the version they will have.
  func seal(_ facts: Facts, of client: ClientID, version: Int) throws -> SealedFacts {
    let bytes = facts.canonicalBytes
    let place = factsPlace(client, version: version)
    return SealedFacts(
      version: version, digest: Digest.sha256(bytes), sealed: try seal(bytes, at: place))
  }

  func insert(_ facts: SealedFacts, of client: ClientID) throws {
    try connection.execute(
      """
      INSERT INTO client_summary (tenant, client, version, digest, facts)
      VALUES (\(tenant), \(client), \(facts.version), \(facts.digest), \(facts.sealed))
      """)
  }

  private func currentFacts(of client: ClientID) throws -> VersionedFacts {
    let named = try connection.first(
      """
      SELECT version, digest FROM client_summary
      WHERE tenant = \(tenant) AND client = \(client)
      """, as: (Int, Digest).self)
    guard let (version, digest) = named else { throw Refusal.notFound }
    if let known = book.recentFacts.facts(of: client, version: version, digest: digest) {
      return known
    }
    let sealed = try connection.first(
      "SELECT facts FROM client_summary WHERE tenant = \(tenant) AND client = \(client)",
      as: Sealed<[UInt8]>.self)
    guard let sealed else { throw Refusal.notFound }
    let facts = try open(sealed, of: client, version: version, digest: digest)
    book.recentFacts.keep(facts)
    return facts
  }

  private func open(
    _ sealed: Sealed<[UInt8]>, of client: ClientID, version: Int, digest: Digest
  ) throws -> VersionedFacts {
    let bytes = try open(sealed, at: factsPlace(client, version: version))
    return VersionedFacts(
      client: client, version: version, digest: digest, facts: try Facts(canonicalBytes: bytes))
  }

  private func factsPlace(_ client: ClientID, version: Int) -> Place {
    place(client, "client_summary", "facts", row: client.text, revision: version)
  }
}

extension Book {
  /// What decisions read of a client who is signed in.
  package func facts(of principal: ClientPrincipal) async throws -> VersionedFacts {
    try await read { tx in try tx.facts(tx.authorize(principal)) }
  }

  /// Goes through the facts of all clients in the order of their ids, so many at a time, so that
  /// memory does not grow with their number.
  package func forEachClient(
    for operator: Operator, batch: Int = 200, _ body: ([VersionedFacts]) async throws -> Void
  ) async throws {
    func facts(
      after last: ClientID?
    ) async throws -> [(client: ClientID, facts: VersionedFacts?)] {
      try await read { tx in try tx.facts(for: `operator`, after: last, limit: batch) }
    }
    var clients = try await facts(after: nil)
    while true {
      let (last, isLast) = (clients.last?.client, clients.count < batch)
      // The next ones are read meanwhile.
      async let following = isLast ? [] : facts(after: last)
      let found = clients.compactMap(\.facts)
      if !found.isEmpty { try await body(found) }
      clients = try await following
      if isLast { return }
    }
  }

  /// How many clients there are.
  package func clientCount(for operator: Operator) async throws -> Int {
    try await read { tx in
      try tx.connection.first(
        "SELECT count(*) FROM client WHERE tenant = \(tx.tenant)", as: Int.self) ?? 0
    }
  }
}
