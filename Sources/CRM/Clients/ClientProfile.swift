package import Advice
package import Quantities
import Storage
package import Vault

/// A client's own record: who they are and how to reach them.
package struct ClientProfile: Sendable {
  /// The id of the client.
  package let id: ClientID
  /// Counts up with each change of the identity.
  package let revision: Int
  /// When the record was made.
  package let created: Instant
  /// Who they are.
  package let identity: Personal<Identity>
}

/// What a broker with a mandate sees of who a client is.
package struct MandatedClientProfile: Sendable {
  /// The id of the client.
  package let id: ClientID
  /// The name as people say it.
  package let name: Personal<String>
}

/// A client to be added.
package struct NewClient: Sendable {
  /// Who they are.
  package var identity: Identity
  /// What decisions read of them.
  package var facts: Facts
  /// The key of the record in the system it comes from, so that it is not added twice.
  package var sourceKey: String?

  /// A client to be added.
  package init(identity: Identity, facts: Facts, sourceKey: String? = nil) {
    self.identity = identity
    self.facts = facts
    self.sourceKey = sourceKey
  }
}

/// The blind indexes by which a client can be found.
struct ClientIndexes {
  var epoch: UInt32 = 0
  var email: [UInt8]?
  var phone: [UInt8]?
  var document: [UInt8]?
  var source: [UInt8]?
}

extension Transaction {
  /// Adds a client: the key first, which is on the disk before any data is, then the rows.
  func add(_ new: NewClient, by actor: Actor) throws -> ClientID {
    let id = try newID(ClientID.self)
    try vault.createKeys(for: [KeyOwner(tenant: tenant, client: id.text)])
    try insert(try seal(new, as: id))
    try record(.clientAdded, by: actor, about: id)
    return id
  }

  /// The client's own record.
  package func profile(of access: Authorized<Client>) throws -> ClientProfile {
    guard let (revision, created, identity) = try identityRow(access.client) else {
      throw Refusal.notFound
    }
    return ClientProfile(
      id: access.client, revision: revision, created: created, identity: identity)
  }

  /// What a broker sees of who the client is.
  package func profile(of access: Authorized<MandatedClient>) throws -> MandatedClientProfile {
    guard let (_, _, identity) = try identityRow(access.client) else { throw Refusal.notFound }
    return MandatedClientProfile(id: access.client, name: identity.map(\.fullName))
  }

  /// Changes who the client is; `revision` is the one that was read.
  package func change(
    _ access: Authorized<Client>, identity: Identity, revision: Int
  ) throws {
    let place = identityPlace(access.client, revision: revision + 1)
    let indexes = try indexes(of: identity, sourceKey: nil)
    let changed = try connection.execute(
      """
      UPDATE client SET revision = \(revision + 1), identity = \(try seal(identity, at: place)),
        index_epoch = \(Int(indexes.epoch)), email_index = \(indexes.email),
        phone_index = \(indexes.phone), document_index = \(indexes.document)
      WHERE tenant = \(tenant) AND id = \(access.client) AND revision = \(revision)
      """)
    guard changed == 1 else { throw Refusal.stale }
    try record(.identityChanged, by: access.actor, about: access.client)
  }

  /// The clients that a value belongs to, for the operator and for telephone and e-mail channels.
  package func clients(for operator: Operator, with value: LookUpValue) throws -> [ClientID] {
    let (column, name): (SQL, String)
    switch value {
    case .email: (column, name) = ("email_index", "email")
    case .phone: (column, name) = ("phone_index", "phone")
    case .document: (column, name) = ("document_index", "document")
    case .userName: return []
    }
    let indexes = try vault.blindIndexes(of: value, in: clientIndex(name)).map(\.bytes)
    // Ordering by id in the statement would make SQLite walk all clients by id instead.
    return try connection.all(
      """
      SELECT id FROM client WHERE tenant = \(tenant) AND \(column) IN (\(list: indexes)) LIMIT 100
      """, as: ClientID.self
    ).sorted { $0.text < $1.text }
  }

  /// - Throws: `VaultFault.keyErased` for one who was erased for good.
  func identityRow(
    _ client: ClientID
  ) throws -> (revision: Int, created: Instant, identity: Personal<Identity>)? {
    let row = try connection.first(
      "SELECT revision, created, identity FROM client WHERE tenant = \(tenant) AND id = \(client)",
      as: (Int, Instant, Sealed<Identity>).self)
    guard let (revision, created, sealed) = row else { return nil }
    let identity = try vault.open(sealed, at: identityPlace(client, revision: revision))
    return (revision, created, identity)
  }

  private func identityPlace(_ client: ClientID, revision: Int) -> Place {
    place(client, "client", "identity", row: client.text, revision: revision)
  }

  func clientIndex(_ column: String) -> IndexName {
    IndexName(tenant: tenant, table: "client", column: column)
  }
}

extension Transaction {
  /// A key of an outside system as a look-up value.
  ///
  /// Its digest, since keys that differ in case are two keys, and names for signing in are not.
  static func look(up sourceKey: String) -> LookUpValue {
    .userName(Personal(Digest.sha256("source/1 \(sourceKey)").hex))
  }
}

/// A client with everything sealed, ready to be written.
struct SealedClient {
  let id: ClientID
  let identity: Sealed<Identity>
  let indexes: ClientIndexes
  let facts: SealedFacts
}

extension Transaction {
  /// Seals a new client under the key of their own, which must be there.
  func seal(_ new: NewClient, as id: ClientID) throws -> SealedClient {
    SealedClient(
      id: id, identity: try seal(new.identity, at: identityPlace(id, revision: 1)),
      indexes: try indexes(of: new.identity, sourceKey: new.sourceKey),
      facts: try seal(new.facts, of: id, version: 1))
  }

  /// Writes the rows of a new client.
  func insert(_ client: SealedClient) throws {
    let indexes = client.indexes
    do {
      try connection.execute(
        """
        INSERT INTO client (tenant, id, created, revision, identity, index_epoch, email_index,
          phone_index, document_index, source_index)
        VALUES (\(tenant), \(client.id), \(now), \(1), \(client.identity),
          \(Int(indexes.epoch)), \(indexes.email), \(indexes.phone), \(indexes.document),
          \(indexes.source))
        """)
    } catch StorageError.constraint(.unique, _) {
      throw Refusal.conflict(
        code: "client-exists", detail: "A client with this document or source key is known.")
    }
    try insert(client.facts, of: client.id)
  }

  /// The indexes of the values that a client can be found by.
  ///
  /// A value without a normal form is stored all the same; it only cannot be looked up.
  func indexes(of identity: Identity, sourceKey: String?) throws -> ClientIndexes {
    var indexes = ClientIndexes()
    func index(_ value: LookUpValue, _ column: String) throws -> [UInt8]? {
      do {
        let index = try vault.blindIndex(of: value, in: clientIndex(column))
        indexes.epoch = index.epoch
        return index.bytes
      } catch VaultFault.notNormalisable {
        return nil
      }
    }
    if let email = identity.email { indexes.email = try index(.email(Personal(email)), "email") }
    if let phone = identity.phone { indexes.phone = try index(.phone(Personal(phone)), "phone") }
    if let document = identity.document {
      indexes.document = try index(
        .document(
          country: document.country, kind: document.kind, number: Personal(document.number)),
        "document")
    }
    if let sourceKey {
      indexes.source = try index(Self.look(up: sourceKey), "source")
    }
    return indexes
  }
}

extension Book {
  /// Adds a client.
  package func add(_ new: NewClient, by operator: Operator) async throws -> ClientID {
    try await write { tx in try tx.add(new, by: Actor(`operator`)) }
  }

  /// The client's own record.
  package func profile(of principal: ClientPrincipal) async throws -> ClientProfile {
    try await read { tx in try tx.profile(of: tx.authorize(principal)) }
  }
}
