import COpenSSL
import Synchronization

/// The random source of the operating system, through libcrypto's generator.
package enum Randomness {
  /// This many random bytes, fit for tokens, nonces and salts.
  package static func bytes(_ count: Int) throws(VaultFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe vault_random(&bytes, 0, count) == 1 else { throw .cryptography("random bytes") }
    return bytes
  }

  /// Random bytes of values that are not secret, such as nonces and ids.
  ///
  /// They are drawn many at a time, since a draw costs as much as sealing a short value; each byte
  /// is given out once.
  package static func publicBytes(_ count: Int) throws(VaultFault) -> [UInt8] {
    guard count <= drawn / 2 else { return try bytes(count) }
    if let ready = ready.withLock({ $0.take(count) }) { return ready }
    let fresh = try bytes(drawn)
    return ready.withLock { stock in
      stock.bytes = fresh
      return stock.take(count) ?? []
    }
  }

  /// How many public bytes are drawn at once.
  private static let drawn = 1_024
  private static let ready = Mutex(Stock())

  private struct Stock {
    var bytes: [UInt8] = []

    mutating func take(_ count: Int) -> [UInt8]? {
      guard bytes.count >= count else { return nil }
      defer { bytes.removeLast(count) }
      return Array(bytes.suffix(count))
    }
  }
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
package func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return unsafe CRYPTO_memcmp(left, right, left.count) == 0
}

/// Keeps keys out of core dumps and from debuggers of the same user.
///
/// Call it once at start.
package func forbidCoreDumps() -> Bool {
  vault_forbid_core_dumps() == 1
}
