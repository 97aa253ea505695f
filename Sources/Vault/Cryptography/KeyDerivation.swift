import COpenSSL

/// HKDF with SHA-256 (RFC 5869): keys for one purpose each out of one secret.
package enum KeyDerivation {
  /// The most that HKDF can give: 255 blocks of the digest.
  package static let longestOutput = 255 * Digest.length

  /// Key material of a given length.
  package static func bytes(
    from secret: [UInt8], salt: [UInt8] = [], info: [UInt8], count: Int
  ) throws(VaultFault) -> [UInt8] {
    guard count > 0, count <= longestOutput else { throw .cryptography("HKDF length") }
    var out = [UInt8](repeating: 0, count: count)
    let input = secret.isEmpty ? [0] : secret
    let done = unsafe vault_hkdf(
      HKDF.algorithm, input, secret.count, salt, salt.count, info, info.count, &out, count)
    guard done == 1 else {
      discardLibraryErrors()
      throw .cryptography("HKDF")
    }
    return out
  }

  /// A key for one purpose out of another key.
  static func key(from secret: SecretKey, info: [UInt8]) throws(VaultFault) -> SecretKey {
    try unsafe SecretKey.filled(by: "HKDF") { bytes in
      unsafe vault_hkdf(
        HKDF.algorithm, secret.bytes, SecretKey.length, nil, 0, info, info.count, bytes,
        SecretKey.length) == 1
    }
  }
}

private enum HKDF {
  /// The algorithm, fetched once.
  // Unsafe in name only: a fetched algorithm is immutable and has no state.
  @safe nonisolated(unsafe) static let algorithm: OpaquePointer = {
    guard let algorithm = unsafe EVP_KDF_fetch(nil, "HKDF", nil) else {
      preconditionFailure("libcrypto offers no HKDF: check its configuration")
    }
    return unsafe algorithm
  }()
}
