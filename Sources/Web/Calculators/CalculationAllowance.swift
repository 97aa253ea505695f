import HTTPTypes
import Hummingbird
import Synchronization

/// A request to a calculator: of anyone, with the session where there is one.
struct CalculatorContext: RoleContext {
  static let role = RouteRole.anyone
  static let readsSession = true
  var coreContext: CoreRequestContextStorage
  let session: LiveSession?
  let peer: Peer

  init(context: WebContext) {
    coreContext = context.coreContext
    session = context.session
    peer = context.peer
  }
}

/// How much one address may calculate without signing in: so many calculations at once, refilled
/// each second; whoever asks from this machine itself is not counted.
final class CalculationAllowance: Sendable {
  /// Calculations that may come at once.
  static let burst = 200.0
  /// Calculations that are added each second.
  static let perSecond = 50.0
  /// Addresses that are remembered; the fullest allowances are forgotten first.
  static let addresses = 20_000

  private struct Bucket {
    var left: Double
    var seen: ContinuousClock.Instant
  }

  private let buckets: Mutex<[String: Bucket]> = Mutex([:])
  private let behindFront: Bool

  init(behindFront: Bool) { self.behindFront = behindFront }

  /// Takes one calculation from the asker's allowance.
  ///
  /// - Throws: 429 with the seconds to wait when there is none left.
  func take(for call: Call<CalculatorContext>) throws(Problem) {
    if call.context.session != nil { return }
    if call.context.peer.isLoopback, !behindFront { return }
    let address = ClientAddress.of(
      call.head, peer: call.context.peer.address, behindFront: behindFront)
    guard take(address, at: .now) else {
      throw Problem(
        .tooManyAttempts, "Sign in, or calculate more slowly.", headers: [.retryAfter: "1"])
    }
  }

  func take(_ address: String, at now: ContinuousClock.Instant) -> Bool {
    buckets.withLock { buckets in
      if buckets.count >= Self.addresses, buckets[address] == nil { Self.forget(&buckets, now) }
      var bucket = buckets[address] ?? Bucket(left: Self.burst, seen: now)
      bucket.left = Self.left(bucket, now)
      bucket.seen = now
      let isAllowed = bucket.left >= 1
      if isAllowed { bucket.left -= 1 }
      buckets[address] = bucket
      return isAllowed
    }
  }

  private static func left(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
    let seconds = bucket.seen.duration(to: now) / .seconds(1)
    return min(burst, bucket.left + max(seconds, 0) * perSecond)
  }

  /// Forgets those whose allowance is full again; else half of all.
  private static func forget(
    _ buckets: inout [String: Bucket], _ now: ContinuousClock.Instant
  ) {
    buckets = buckets.filter { left($0.value, now) < burst }
    guard buckets.count >= addresses else { return }
    for key in Array(buckets.keys.prefix(addresses / 2)) { buckets[key] = nil }
  }
}
