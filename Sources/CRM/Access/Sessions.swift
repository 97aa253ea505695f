package import Quantities
import Storage
package import Vault

/// A session as its owner sees it in a list.
package struct Session: Sendable, Hashable {
  /// The id to end it by.
  package let id: SessionID
  /// When it began.
  package let created: Instant
  /// The last request, to the minute.
  package let lastSeen: Instant
  /// When it ends in any case.
  package let expires: Instant
  /// What the device called itself.
  package let device: String
}

/// A row of the session table.
struct SessionRow: Sendable {
  let id: SessionID
  let credential: String
  let role: Role
  let subject: String
  var lastSeen: Instant
  let expires: Instant
}

extension Transaction {
  /// The longest device label that is kept, in characters.
  static let longestDevice = 80

  func beginSession(
    _ token: Token, _ credential: Credential, device: String
  ) throws -> NewSession {
    let (time, settings) = (realTime, book.settings)
    let isOwn = credential.role == .client || credential.role == .policyholder
    let seconds = isOwn ? settings.clientSessionSeconds : settings.staffSessionSeconds
    let expires = time.adding(seconds: seconds)
    let id = try newID(SessionID.self)
    let label = String(device.prefix(Self.longestDevice))
    let sealed = try seal(label, at: devicePlace(credential.subject, id))
    try connection.execute("DELETE FROM session WHERE tenant = \(tenant) AND expires <= \(time)")
    try connection.execute(
      """
      INSERT INTO session (tenant, digest, id, credential, role, subject, created, last_seen,
        expires, device)
      VALUES (\(tenant), \(token.digest), \(id), \(credential.id), \(credential.role),
        \(credential.subject), \(time), \(time), \(expires), \(sealed))
      """)
    let reference = SessionReference(id: id, digest: token.digest)
    let principal = Principal(
      role: credential.role, subject: credential.subject, session: reference)
    try record(.signedIn, by: Actor(principal), subject: credential.subject, detail: "")
    return NewSession(token: token, principal: principal, expires: expires)
  }

  /// Ends all sessions of a credential.
  func endSessions(of credential: String) throws {
    try connection.execute(
      "DELETE FROM session WHERE tenant = \(tenant) AND credential = \(credential)")
  }

  fileprivate func session(_ digest: Digest) throws -> SessionRow? {
    try connection.row(
      """
      SELECT id, credential, role, subject, last_seen, expires FROM session
      WHERE tenant = \(tenant) AND digest = \(digest)
      """
    ) { row in
      SessionRow(
        id: try row[0], credential: try row[1], role: try row[2], subject: try row[3],
        lastSeen: try row[4], expires: try row[5])
    }
  }

  fileprivate func devicePlace(_ subject: String, _ id: SessionID) -> Place {
    place(owner: subject, "session", "device", row: id.text)
  }
}

extension Book {
  /// Whoever a token belongs to.
  ///
  /// Writes at most once a minute when the session was last seen.
  ///
  /// - Throws: `Refusal.unauthenticated` for an unknown, ended or expired session.
  package func principal(of token: Token) async throws -> Principal {
    let digest = token.digest
    guard let row = try await session(digest) else { throw Refusal.unauthenticated }
    let time = clocks.real()
    let isOwn = row.role == .client || row.role == .policyholder
    let idle = isOwn ? settings.clientIdleSeconds : settings.staffIdleSeconds
    guard row.expires > time, row.lastSeen.adding(seconds: idle) > time else {
      throw Refusal.unauthenticated
    }
    // A clock that was set back must not make a session live longer: it is then seen "now".
    if row.lastSeen.adding(seconds: settings.lastSeenSeconds) <= time || row.lastSeen > time {
      try await write { tx in
        try tx.connection.execute(
          """
          UPDATE session SET last_seen = \(time) WHERE tenant = \(tx.tenant)
            AND digest = \(digest)
          """)
      }
      recentSessions.see(digest, at: time)
    }
    return Principal(
      role: row.role, subject: row.subject,
      session: SessionReference(id: row.id, digest: digest))
  }

  private func session(_ digest: Digest) async throws -> SessionRow? {
    if let known = recentSessions.session(digest) { return known }
    let generation = recentSessions.generation
    guard let row = try await lookUp({ tx in try tx.session(digest) }) else { return nil }
    recentSessions.keep(row, of: digest, read: generation)
    return row
  }

  /// Ends the session of a token; nothing happens when it has ended already.
  package func signOut(_ token: Token) async throws {
    let digest = token.digest
    try await write { tx in
      guard let row = try tx.session(digest) else { return }
      try tx.connection.execute(
        "DELETE FROM session WHERE tenant = \(tx.tenant) AND digest = \(digest)")
      let principal = Principal(
        role: row.role, subject: row.subject,
        session: SessionReference(id: row.id, digest: digest))
      try tx.record(.signedOut, by: Actor(principal), subject: row.subject, detail: "")
    }
    recentSessions.forget()
  }

  /// The sessions of whoever is signed in, the newest first.
  package func sessions(of principal: Principal) async throws -> [Session] {
    let time = clocks.real()
    return try await read { tx in
      guard let own = try tx.session(principal.session.digest) else { return [] }
      return try tx.connection.rows(
        """
        SELECT id, created, last_seen, expires, device FROM session WHERE tenant = \(tx.tenant)
          AND credential = \(own.credential) AND expires > \(time) ORDER BY created DESC, id
        """
      ) { row in
        let id: SessionID = try row[0]
        let device: Sealed<String> = try row[4]
        return Session(
          id: id, created: try row[1], lastSeen: try row[2], expires: try row[3],
          device: try tx.open(device, at: tx.devicePlace(own.subject, id)))
      }
    }
  }

  /// Ends another of one's own sessions.
  ///
  /// - Throws: `Refusal.notFound`, also for a session of somebody else.
  package func end(_ id: SessionID, of principal: Principal) async throws {
    try await write { tx in
      guard let own = try tx.session(principal.session.digest) else {
        throw Refusal.unauthenticated
      }
      let ended = try tx.connection.execute(
        """
        DELETE FROM session WHERE tenant = \(tx.tenant) AND id = \(id)
          AND credential = \(own.credential)
        """)
      guard ended == 1 else { throw Refusal.notFound }
      try tx.record(
        .sessionEnded, by: Actor(principal), subject: principal.subject, detail: id.text)
    }
    recentSessions.forget()
  }
}
