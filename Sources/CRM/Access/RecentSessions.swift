import Quantities
import Synchronization
import Vault

/// The sessions that were used last, so that a request need not read its own from the store.
///
/// The process that writes is the only one that ends sessions, and whoever ends one calls
/// ``forget()`` after the commit and before they answer: an ended session serves nobody after that.
final class RecentSessions: Sendable {
  /// Sessions kept at once; when there are more, all are dropped.
  static let limit = 4_096

  private struct State {
    var rows: [Digest: SessionRow] = [:]
    var generation = 0
  }

  private let state = Mutex(State())

  /// Counts up whenever sessions are forgotten.
  var generation: Int { state.withLock { $0.generation } }

  /// A session by the digest of its token; nil when it is not kept.
  func session(_ digest: Digest) -> SessionRow? { state.withLock { $0.rows[digest] } }

  /// Keeps a session that was read from the store, unless sessions were forgotten since then: it
  /// may have been read before it was ended.
  func keep(_ row: SessionRow, of digest: Digest, read generation: Int) {
    state.withLock { state in
      guard state.generation == generation else { return }
      if state.rows.count >= Self.limit { state.rows.removeAll() }
      state.rows[digest] = row
    }
  }

  /// Notes when a session was seen.
  func see(_ digest: Digest, at time: Instant) {
    state.withLock { $0.rows[digest]?.lastSeen = time }
  }

  /// Drops all sessions.
  func forget() {
    state.withLock { state in
      state.rows.removeAll()
      state.generation += 1
    }
  }
}
