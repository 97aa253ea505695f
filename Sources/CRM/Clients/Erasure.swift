import Storage
import Vault

extension Book {
  /// Erases a person for good: the keys under which all of their data is sealed are destroyed, here
  /// and so in every backup of the store; their look-ups, sign-ins, sessions and the mandates of
  /// their brokers end.
  ///
  /// What is not personal stays: the audit log with a line of the erasure, and the decisions with
  /// the digests of what they were made from. So does the keyed digest of the key that an outside
  /// system has for the person, which says nothing without the root key: by it an import of the same
  /// records knows whom it must not bring back. Begun again after an interruption it goes on.
  ///
  /// - Throws: `Refusal.notFound` for nobody's id.
  package func erase(_ client: ClientID, by operator: Operator) async throws {
    try await write { tx in
      _ = try tx.authorize(`operator`, for: client)
      try tx.connection.execute(
        """
        UPDATE client SET email_index = NULL, phone_index = NULL, document_index = NULL
        WHERE tenant = \(tx.tenant) AND id = \(client)
        """)
      let credentials = try tx.connection.all(
        "SELECT id FROM credential WHERE tenant = \(tx.tenant) AND subject = \(client)",
        as: String.self)
      for credential in credentials {
        try tx.connection.execute(
          """
          UPDATE credential SET disabled = \(true)
          WHERE tenant = \(tx.tenant) AND id = \(credential)
          """)
        try tx.endSessions(of: credential)
      }
      try tx.connection.execute(
        "DELETE FROM mandate WHERE tenant = \(tx.tenant) AND client = \(client)")
      try tx.record(.clientErased, by: Actor(`operator`), about: client)
    }
    recentSessions.forget()
    recentFacts.forget(client)
    try vault.eraseKeys(of: [KeyOwner(tenant: tenant, client: client.text)])
  }
}
