import Glibc
package import Quantities

/// The two clocks of a book.
///
/// Business time can be frozen, so that decisions can be repeated; sessions, delays and expiries
/// run by the real time.
package struct Clocks: Sendable {
  /// The time that decisions and history entries are dated with.
  package var business: @Sendable () -> Instant
  /// The real time.
  package var real: @Sendable () -> Instant

  /// Clocks of one's own.
  package init(
    business: @escaping @Sendable () -> Instant, real: @escaping @Sendable () -> Instant
  ) {
    self.business = business
    self.real = real
  }

  /// Both clocks are the machine's.
  package static let machine = Clocks(business: Clocks.now, real: Clocks.now)

  /// Business time stands still at an instant; the real time goes on.
  package static func frozen(at instant: Instant) -> Clocks {
    Clocks(business: { instant }, real: Clocks.now)
  }

  private static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}
