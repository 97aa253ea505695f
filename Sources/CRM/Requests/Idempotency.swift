import Quantities
import Storage
import Synchronization
package import Vault

/// A request with an effect, as its sender named it: the same key may be sent again, and then the
/// first answer is given once more instead of a second effect.
package struct NamedRequest: Sendable, Hashable {
  /// The longest key, in bytes of UTF-8.
  package static let longestKey = 128

  /// Method and route, such as `POST /v1/me/recommendations`.
  package let route: String
  /// The sender's `Idempotency-Key`.
  package let key: String
  /// The digest of the body as received.
  package let body: Digest

  /// Names a request; nil for an empty, too long or unprintable key.
  package init?(route: String, key: String, body: Digest) {
    guard (1...Self.longestKey).contains(key.utf8.count),
      key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.route = route
    self.key = key
    self.body = body
  }
}

/// An answer that is kept for the next request of the same name.
package struct StoredReply: Sendable, Hashable {
  /// The HTTP status.
  package let status: Int
  /// The body as it was sent.
  package let body: [UInt8]

  /// An answer.
  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// The requests being worked on between two transactions, so that a second one of the same name is
/// told so.
///
/// The process that writes is the only one, hence memory is the place for it.
final class Flights: Sendable {
  private let names = Mutex<Set<String>>([])

  /// Takes a name; false when it is taken.
  func begin(_ name: String) -> Bool { names.withLock { $0.insert(name).inserted } }

  /// Gives a name back.
  func end(_ name: String) { names.withLock { _ = $0.remove(name) } }
}

extension Transaction {
  /// The answer given before to a request of this name; nil for a new one.
  ///
  /// - Throws: `Refusal.keyReused` when the key named another request.
  package func reply(to request: NamedRequest, of principal: Principal) throws -> StoredReply? {
    let row = try connection.first(
      """
      SELECT body_digest, status, response, expires FROM idempotency
      WHERE tenant = \(tenant) AND principal = \(owner(principal)) AND route = \(request.route)
        AND request_key = \(request.key)
      """, as: (Digest, Int, Sealed<[UInt8]>, Int64).self)
    guard let (digest, status, sealed, expires) = row, expires > realTime.microseconds else {
      return nil
    }
    guard digest == request.body else { throw Refusal.keyReused }
    return StoredReply(status: status, body: try open(sealed, at: place(request, principal)))
  }

  /// Keeps the answer to a request, in the transaction of its effect.
  package func keep(
    _ reply: StoredReply, for request: NamedRequest, of principal: Principal
  ) throws {
    let expires = realTime.adding(seconds: book.settings.idempotencySeconds)
    let sealed = try seal(reply.body, at: place(request, principal))
    let kept = try connection.execute(
      """
      INSERT INTO idempotency (tenant, principal, route, request_key, body_digest, status,
        response, expires)
      VALUES (\(tenant), \(owner(principal)), \(request.route), \(request.key),
        \(request.body), \(reply.status), \(sealed), \(expires))
      ON CONFLICT (tenant, principal, route, request_key) DO UPDATE SET
        body_digest = excluded.body_digest, status = excluded.status,
        response = excluded.response, expires = excluded.expires
        WHERE idempotency.expires <= \(realTime)
      """)
    guard kept > 0 else { throw Refusal.inFlight }
  }

  private func owner(_ principal: Principal) -> String {
    "\(principal.role.rawValue):\(principal.subject)"
  }

  private func place(_ request: NamedRequest, _ principal: Principal) -> Place {
    place(
      owner: principal.subject, "idempotency", "response",
      row: "\(principal.role.rawValue) \(request.route) \(request.key)")
  }
}

extension Book {
  /// Runs an effect at most once for a request of this name, in one transaction with its answer.
  package func once(
    _ request: NamedRequest, for principal: Principal,
    _ effect: @escaping @Sendable (Transaction) throws -> StoredReply
  ) async throws -> StoredReply {
    try await write { tx in
      if let reply = try tx.reply(to: request, of: principal) { return reply }
      let reply = try effect(tx)
      try tx.keep(reply, for: request, of: principal)
      return reply
    }
  }

  /// Runs work that spans several transactions while no other request of this name runs; the work
  /// looks for the earlier answer itself and keeps its own with its effect.
  ///
  /// - Throws: `Refusal.inFlight` while another one runs.
  package func alone<T>(
    _ request: NamedRequest, for principal: Principal, _ work: () async throws -> T
  ) async throws -> T {
    let name = "\(principal.role.rawValue)\n\(principal.subject)\n\(request.route)\n\(request.key)"
    guard flights.begin(name) else { throw Refusal.inFlight }
    defer { flights.end(name) }
    return try await work()
  }

  /// Forgets answers that are no longer kept; returns how many.
  package func forgetOldReplies() async throws -> Int {
    try await write { tx in
      try tx.connection.execute(
        "DELETE FROM idempotency WHERE tenant = \(tx.tenant) AND expires <= \(tx.realTime)")
    }
  }
}
