import COpenSSL

/// The random source of the operating system, through libcrypto's generator.
package enum Randomness {
  /// This many random bytes, fit for tokens, nonces and salts.
  package static func bytes(_ count: Int) throws(VaultFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe vault_random(&bytes, 0, count) == 1 else { throw .cryptography("random bytes") }
    return bytes
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
