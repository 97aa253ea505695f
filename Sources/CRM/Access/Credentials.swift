import Storage
package import Vault

/// What somebody signs in with; the login itself is nowhere in the store.
package struct Credential: Sendable, Hashable {
  /// The id of the login.
  package let id: String
  /// What its owner is to the institution.
  package let role: Role
  /// The id of the person's own record.
  package let subject: String
  /// Whether it lets nobody in for now.
  package let isDisabled: Bool
  let hash: String
}

extension Transaction {
  /// The credential of a login, by its blind indexes under all live keys.
  func credential(login indexes: [BlindIndex]) throws -> Credential? {
    try connection.row(
      """
      SELECT id, role, subject, disabled, hash FROM credential
      WHERE tenant = \(tenant) AND login_index IN (\(list: indexes.map(\.bytes)))
      """
    ) { row in
      Credential(
        id: try row[0], role: try row[1], subject: try row[2], isDisabled: try row[3],
        hash: try row[4])
    }
  }

  /// Adds a credential for a person who has a key.
  func addCredential(
    _ login: Personal<String>, _ hash: PasswordHash, role: Role, subject: String, by actor: Actor
  ) throws {
    let index = try vault.blindIndex(of: .userName(login), in: loginIndex)
    let id = try newID(RecordID<Credential>.self)
    do {
      try connection.execute(
        """
        INSERT INTO credential (tenant, id, login_index, index_epoch, role, subject, hash,
          disabled, created)
        VALUES (\(tenant), \(id), \(index.bytes), \(Int(index.epoch)), \(role), \(subject),
          \(hash.text), \(false), \(realTime))
        """)
    } catch StorageError.constraint(.unique, _) {
      throw Refusal.conflict(code: "login-taken", detail: "This login name is taken.")
    }
    try record(.credentialAdded, by: actor, subject: subject, detail: role.rawValue)
  }

  /// Replaces the hash of a credential.
  func setHash(_ hash: PasswordHash, of credential: String) throws {
    try connection.execute(
      """
      UPDATE credential SET hash = \(hash.text)
      WHERE tenant = \(tenant) AND id = \(credential)
      """)
  }

  var loginIndex: IndexName {
    IndexName(tenant: tenant, table: "credential", column: "login")
  }
}

extension Book {
  /// Gives a person a login and a password.
  package func addCredential(
    login: Personal<String>, password: Personal<String>, role: Role, subject: String,
    by operator: Operator
  ) async throws {
    let hash: PasswordHash
    do {
      hash = try await passwordQueue.hash(password, by: passwords)
    } catch {
      throw Refusal(error) ?? error
    }
    try await write { tx in
      try tx.addCredential(login, hash, role: role, subject: subject, by: Actor(`operator`))
    }
  }

  /// Disables or enables a login, and ends its sessions; false when there is none of this name.
  package func setDisabled(
    _ disabled: Bool, login: Personal<String>, by operator: Operator
  ) async throws -> Bool {
    let isKnown = try await write { tx in
      let indexes = try tx.vault.blindIndexes(of: .userName(login), in: tx.loginIndex)
      guard let credential = try tx.credential(login: indexes) else { return false }
      try tx.connection.execute(
        """
        UPDATE credential SET disabled = \(disabled)
        WHERE tenant = \(tx.tenant) AND id = \(credential.id)
        """)
      if disabled { try tx.endSessions(of: credential.id) }
      try tx.record(
        disabled ? .credentialDisabled : .credentialChanged, by: Actor(`operator`),
        subject: credential.subject, detail: "")
      return true
    }
    recentSessions.forget()
    return isKnown
  }

  /// Whether any login exists, as the first start of a store asks.
  package func hasCredentials() async throws -> Bool {
    try await read { tx in
      try tx.connection.first(
        "SELECT 1 FROM credential WHERE tenant = \(tx.tenant) LIMIT 1", as: Int.self) != nil
    }
  }
}
