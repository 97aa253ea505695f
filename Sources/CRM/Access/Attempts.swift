import Quantities
import Storage
import Vault

/// Where a request comes from, as coarse as the guessing guard needs it: the /24 of an IPv4
/// address, the /64 of an IPv6 address.
package struct Network: Sendable, Hashable {
  let text: String

  /// The network of a textual address; unknown forms share one network.
  package init(address: String) {
    let text = address.lowercased()
    let mapped = text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    if let octets = Self.ipv4(mapped) {
      self.text = "4:\(octets[0]).\(octets[1]).\(octets[2])"
    } else if let groups = Self.ipv6(text) {
      self.text = "6:" + groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":")
    } else {
      self.text = "?"
    }
  }

  private static func ipv4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let octets = parts.compactMap { UInt8($0) }
    return octets.count == 4 ? octets : nil
  }

  /// The eight groups of an address, with `::` filled by zeros.
  private static func ipv6(_ text: String) -> [UInt16]? {
    let address = text.prefix { $0 != "%" }
    guard address.contains(":"), address.utf8.count <= 45 else { return nil }
    var halves: [[UInt16]] = []
    for half in address.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false) {
      var groups: [UInt16] = []
      for part in half.split(separator: ":", omittingEmptySubsequences: true) {
        guard part.utf8.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
        groups.append(group)
      }
      halves.append(groups)
    }
    guard let head = halves.first else { return nil }
    guard halves.count == 2 else { return head.count == 8 ? head : nil }
    let missing = 8 - head.count - halves[1].count
    guard missing >= 0 else { return nil }
    return head + Array(repeating: 0, count: missing) + halves[1]
  }
}

/// Counts of failed sign-ins by account and by network, with a delay that grows and never locks.
///
/// An attempt is counted before its password is looked at, so that attempts at the same time
/// cannot slip past the count; a right password takes the count of its account back.
struct AttemptGuard {
  /// The buckets of one attempt, each with the failures it has free.
  let buckets: [(name: [UInt8], free: Int)]

  init(_ book: Book, login: BlindIndex, network: Network) {
    let origin = Digest.sha256("network/1 \(book.tenant) \(network.text)")
    buckets = [
      (Array("a".utf8) + login.bytes, book.settings.freeAttemptsPerAccount),
      (Array("n".utf8) + origin.bytes.prefix(16), book.settings.freeAttemptsPerNetwork),
    ]
  }

  /// The delay after so many failures: 1 s after the first beyond the free ones, then twice as
  /// much each time, up to the longest.
  static func delaySeconds(failures: Int, free: Int, longest: Int64) -> Int64 {
    let excess = failures - free
    guard excess > 0 else { return 0 }
    return excess > 40 ? longest : min(longest, 1 << Int64(excess - 1))
  }
}

extension Transaction {
  /// Counts an attempt; throws `Refusal.tooMany` while a delay runs.
  func countAttempt(_ attempts: AttemptGuard) throws {
    let (time, settings) = (realTime, book.settings)
    var counted: [(name: [UInt8], failures: Int, until: Instant)] = []
    for (name, free) in attempts.buckets {
      let row = try connection.first(
        """
        SELECT failures, held_until, updated FROM attempt
        WHERE tenant = \(tenant) AND bucket = \(name)
        """, as: (Int, Instant, Instant).self)
      var failures = 1
      if let (before, until, updated) = row {
        if until > time {
          let seconds = (time.microseconds(until: until) + 999_999) / 1_000_000
          throw Refusal.tooMany(retryAfterSeconds: Int(seconds))
        }
        let forgotten = updated.adding(seconds: settings.attemptMemorySeconds) < time
        if !forgotten { failures = before + 1 }
      }
      let delay = AttemptGuard.delaySeconds(
        failures: failures, free: free, longest: settings.longestDelaySeconds)
      counted.append((name, failures, time.adding(seconds: delay)))
    }
    for (name, failures, until) in counted {
      try connection.execute(
        """
        INSERT INTO attempt (tenant, bucket, failures, held_until, updated)
        VALUES (\(tenant), \(name), \(failures), \(until), \(time))
        ON CONFLICT (tenant, bucket) DO UPDATE SET failures = excluded.failures,
          held_until = excluded.held_until, updated = excluded.updated
        """)
    }
    try forgetOldBuckets()
  }

  /// Takes the count of the account back, and this one attempt of the network.
  func forgive(_ attempts: AttemptGuard) throws {
    for (index, bucket) in attempts.buckets.enumerated() {
      if index == 0 {
        try connection.execute(
          "DELETE FROM attempt WHERE tenant = \(tenant) AND bucket = \(bucket.name)")
      } else {
        try connection.execute(
          """
          UPDATE attempt SET failures = failures - 1, held_until = \(realTime)
          WHERE tenant = \(tenant) AND bucket = \(bucket.name) AND failures > 0
          """)
      }
    }
  }

  /// Keeps the table within its limit: the buckets longest untouched go first.
  private func forgetOldBuckets() throws {
    let limit = book.settings.rememberedBuckets
    let count = try connection.first(
      "SELECT count(*) FROM attempt WHERE tenant = \(tenant)", as: Int.self)
    guard let count, count > limit else { return }
    try connection.execute(
      """
      DELETE FROM attempt WHERE tenant = \(tenant) AND bucket IN (
        SELECT bucket FROM attempt WHERE tenant = \(tenant) ORDER BY updated
        LIMIT \(count - limit + limit / 10))
      """)
  }
}
