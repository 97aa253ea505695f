import Synchronization
import Vault

/// The facts of the clients who were advised last, opened and read.
///
/// A client who compares offers asks many times on the same facts. What is kept counts only while
/// the store still names the same version and digest, so that nothing is decided on what is stale,
/// and it goes with the process.
final class RecentFacts: Sendable {
  /// Clients kept at once; when there are more, all are dropped.
  static let limit = 512

  private let known = Mutex<[ClientID: VersionedFacts]>([:])

  /// The facts of a client in one version; nil when they are not kept.
  func facts(of client: ClientID, version: Int, digest: Digest) -> VersionedFacts? {
    guard let found = known.withLock({ $0[client] }), found.version == version,
      found.digest == digest
    else { return nil }
    return found
  }

  /// The facts of a client as they were opened last, which may have changed since; nil when they
  /// are not kept.
  func latest(of client: ClientID) -> VersionedFacts? { known.withLock { $0[client] } }

  /// Forgets the facts of a client.
  func forget(_ client: ClientID) {
    known.withLock { _ = $0.removeValue(forKey: client) }
  }

  /// Keeps the facts of a client in place of an earlier version.
  func keep(_ facts: VersionedFacts) {
    known.withLock { known in
      if known.count >= Self.limit, known[facts.client] == nil { known.removeAll() }
      known[facts.client] = facts
    }
  }
}
