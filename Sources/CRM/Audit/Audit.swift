package import Quantities
import Storage
package import Vault

/// What can be done to the book, as the audit log names it.
package enum Act: String, Sendable, CaseIterable {
  case clientAdded, clientImported, clientErased, identityChanged
  case entryAdded, holdingAdded, holdingChanged
  case answersGiven, mandateGiven, mandateEnded, claimReported, claimMoved
  case credentialAdded, credentialChanged, credentialDisabled
  case signedIn, signInRefused, signedOut, sessionEnded
  case staffRead, brokerRead, recommended, offersRead
  case catalogueImported, settingChanged, dutyGiven, dutyTaken
  case rulesDrafted, rulesChanged, rulesSentForReview, rulesSentBack, rulesDropped
  case rulesReplayed, rulesPublished, rulesRolledBack, gateOverridden
  case experimentStarted, experimentEnded, offerAnswered
}

/// One line of the audit log; nothing in it is personal but the ids.
package struct AuditEntry: Sendable, Hashable {
  /// Counts up by one, from 1.
  package let sequence: Int
  /// Business time of the act.
  package let at: Instant
  /// Who did it.
  package let actor: Actor
  /// What was done.
  package let act: String
  /// The client it was done to; empty where there is none.
  package let subject: String
  /// What it was done with, without anything personal.
  package let detail: String
  /// The digest of the entry before.
  package let previous: Digest
  /// Over all of this entry and the digest before.
  package let digest: Digest

  /// What the digest of this entry must be: over all of it and the digest of the one before.
  var expectedDigest: Digest {
    var message: [UInt8] = []
    message.reserveCapacity(256)
    message += previous.bytes
    for part in [
      String(sequence), String(at.microseconds), actor.role, actor.id, act, subject, detail,
    ] {
      let length = part.utf8.count
      for shift in [24, 16, 8, 0] { message.append(UInt8(truncatingIfNeeded: length >> shift)) }
      message += part.utf8
    }
    return Digest.sha256(message)
  }

  init(
    sequence: Int, at: Instant, actor: Actor, act: String, subject: String, detail: String,
    previous: Digest, digest: Digest? = nil
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.act = act
    self.subject = subject
    self.detail = detail
    self.previous = previous
    guard let digest else {
      let draft = AuditEntry(
        sequence: sequence, at: at, actor: actor, act: act, subject: subject, detail: detail,
        previous: previous, digest: previous)
      self.digest = draft.expectedDigest
      return
    }
    self.digest = digest
  }

  init(_ row: Row) throws {
    self.init(
      sequence: try row[0], at: try row[1],
      actor: Actor(role: try row[2], id: try row[3]), act: try row[4], subject: try row[5],
      detail: try row[6], previous: try row[7], digest: try row[8])
  }

  static let columns: SQL =
    "seq, at, actor_role, actor, act, subject, detail, previous, digest"
  /// What the first entry names as the digest before it.
  static let start = Digest.sha256("steward audit/1")
}

extension Transaction {
  /// Appends to the audit log, in the transaction of the act itself.
  ///
  /// `detail` must hold nothing personal.
  package func record(
    _ act: Act, by actor: Actor, about client: ClientID? = nil, detail: String = ""
  ) throws {
    try record(act, by: actor, subject: client?.text ?? "", detail: detail)
  }

  func record(_ act: Act, by actor: Actor, subject: String, detail: String) throws {
    let last = try connection.first(
      "SELECT seq, digest FROM audit WHERE tenant = \(tenant) ORDER BY seq DESC LIMIT 1",
      as: (Int, Digest).self)
    let entry = AuditEntry(
      sequence: (last?.0 ?? 0) + 1, at: now, actor: actor, act: act.rawValue, subject: subject,
      detail: detail, previous: last?.1 ?? AuditEntry.start)
    try connection.execute(
      """
      INSERT INTO audit (tenant, \(AuditEntry.columns))
      VALUES (\(tenant), \(entry.sequence), \(entry.at), \(entry.actor.role), \(entry.actor.id),
        \(entry.act), \(entry.subject), \(entry.detail), \(entry.previous), \(entry.digest))
      """)
  }

  /// The entries about one client, newest first: who saw and did what.
  package func auditTrail(_ access: Authorized<Client>, limit: Int) throws -> [AuditEntry] {
    try connection.rows(
      """
      SELECT \(AuditEntry.columns) FROM audit WHERE tenant = \(tenant)
        AND subject = \(access.client) ORDER BY seq DESC LIMIT \(limit)
      """, AuditEntry.init)
  }
}

/// What is wrong with the audit log, and where.
package struct AuditFault: Error, Sendable, Hashable {
  /// The sequence number at which the log stops being sound.
  package let sequence: Int
  /// What is wrong there.
  package let kind: Kind

  /// What can be wrong with an entry.
  package enum Kind: String, Sendable {
    /// There is no such entry.
    case missing
    /// The entry does not follow from the one before.
    case brokenChain
    /// The entry is not what its digest says.
    case changed
  }

  /// A fault at an entry.
  package init(sequence: Int, kind: Kind) {
    self.sequence = sequence
    self.kind = kind
  }
}

extension Book {
  /// Entries read at a time while the log is checked.
  private static let auditStep = 5_000

  /// Checks every entry of the audit log; returns how many there are, or throws ``AuditFault``.
  package func verifyAudit() async throws -> Int {
    var previous = AuditEntry.start
    var sequence = 0
    while true {
      let (start, step) = (sequence, Self.auditStep)
      let entries = try await read { tx in
        try tx.connection.rows(
          """
          SELECT \(AuditEntry.columns) FROM audit WHERE tenant = \(tx.tenant) AND seq > \(start)
          ORDER BY seq LIMIT \(step)
          """, AuditEntry.init)
      }
      for entry in entries {
        guard entry.sequence == sequence + 1 else {
          throw AuditFault(sequence: sequence + 1, kind: .missing)
        }
        guard entry.previous == previous else {
          throw AuditFault(sequence: entry.sequence, kind: .brokenChain)
        }
        guard entry.expectedDigest == entry.digest else {
          throw AuditFault(sequence: entry.sequence, kind: .changed)
        }
        previous = entry.digest
        sequence = entry.sequence
      }
      if entries.count < Self.auditStep { return sequence }
    }
  }
}
