import COpenSSL
import Foundation

/// Whether a password is the right one.
package enum PasswordVerdict: Sendable, Hashable {
  /// It is; `isOutdated` asks for a new hash now that the password is at hand, since the cost or
  /// the pepper has changed.
  case right(isOutdated: Bool)
  /// It is not, or there is no such user.
  case wrong
}

/// Hashes passwords and checks them: scrypt, then a code under the pepper, so that a stolen store
/// alone is not enough to try passwords.
///
/// Each call takes as long as its cost asks, on the thread it is called on: go through
/// ``PasswordQueue``.
package struct Passwords: Sendable {
  /// The longest password, in bytes of UTF-8.
  package static let longestPassword = 1024

  let cost: ScryptCost
  private let pepper: UInt32
  private let peppers: [UInt32: AuthenticationCode]

  init(cost: ScryptCost, keys: KeyStore) throws(VaultFault) {
    self.cost = cost
    var peppers: [UInt32: AuthenticationCode] = [:]
    for number in keys.numbers(of: .pepper) {
      peppers[number] = try AuthenticationCode(key: try keys.secret(.pepper, number: number).key)
    }
    pepper = try keys.secret(.pepper).number
    self.peppers = peppers
  }

  /// The hash of a password, with a fresh salt, at the present cost and under the newest pepper.
  package func hash(_ password: Personal<String>) throws(VaultFault) -> PasswordHash {
    let salt = try Randomness.bytes(PasswordHash.saltLength)
    let hash = try hash(password, salt: salt, cost: cost, pepper: pepper)
    return PasswordHash(cost: cost, pepper: pepper, salt: salt, hash: hash)
  }

  /// Checks a password against the stored hash.
  ///
  /// For a user that does not exist pass nil: the same work is done, and the verdict is `wrong`.
  package func verify(
    _ password: Personal<String>, against stored: PasswordHash?
  ) throws(VaultFault) -> PasswordVerdict {
    guard let stored else {
      _ = try hash(
        password, salt: [UInt8](repeating: 0, count: PasswordHash.saltLength), cost: cost,
        pepper: pepper)
      return .wrong
    }
    let hash = try hash(
      password, salt: stored.salt, cost: stored.cost, pepper: stored.pepper)
    guard equalInConstantTime(hash, stored.hash) else { return .wrong }
    return .right(isOutdated: stored.cost != cost || stored.pepper != pepper)
  }

  private func hash(
    _ password: Personal<String>, salt: [UInt8], cost: ScryptCost, pepper: UInt32
  ) throws(VaultFault) -> [UInt8] {
    let text = password.expose()
    guard text.utf8.count <= Self.longestPassword else {
      throw .tooLong(limit: Self.longestPassword)
    }
    guard let code = peppers[pepper] else { throw .keyMissing }
    // Keyboards differ in how they compose a letter, so both spellings are one (SP 800-63B).
    // HMAC, on which scrypt stands, fills a short key up with zeros, so that zeros at the end of a
    // password would not count: a byte behind it that no text has makes them count.
    let bytes = Array(text.precomposedStringWithCanonicalMapping.utf8) + [0x80]
    return try code.code(for: try Scrypt.bytes(password: bytes, salt: salt, cost: cost, count: 32))
  }
}

extension Vault {
  /// Hashing and checking of passwords at a cost.
  package func passwords(cost: ScryptCost) throws(VaultFault) -> Passwords {
    try Passwords(cost: cost, keys: keys)
  }
}

/// scrypt (RFC 7914).
enum Scrypt {
  static func bytes(
    password: [UInt8], salt: [UInt8], cost: ScryptCost, count: Int
  ) throws(VaultFault) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: count)
    // An empty array has no address of its own.
    let input = password.isEmpty ? [0] : password
    let seasoning = salt.isEmpty ? [0] : salt
    let done = unsafe vault_scrypt(
      algorithm, input, password.count, seasoning, salt.count, 1 << UInt64(cost.logN),
      UInt32(cost.r), UInt32(cost.p), cost.memoryLimit, &out, count)
    guard done == 1 else {
      discardLibraryErrors()
      throw .cryptography("scrypt")
    }
    return out
  }

  /// The algorithm, fetched once.
  // Unsafe in name only: a fetched algorithm is immutable and has no state.
  @safe nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let algorithm = unsafe EVP_KDF_fetch(nil, "SCRYPT", nil) else {
      preconditionFailure("libcrypto offers no scrypt: check its configuration")
    }
    return unsafe algorithm
  }()
}
