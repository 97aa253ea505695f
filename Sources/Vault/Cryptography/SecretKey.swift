import COpenSSL

/// 256 bits that must stay secret; wiped from memory when the last user lets go of them.
// Unchecked because a pointer is not Sendable; its bytes are only read after `init`.
@safe package final class SecretKey: @unchecked Sendable {
  /// The length of every key, in bytes.
  package static let length = Int(VAULT_KEY_LENGTH)

  let bytes: UnsafeMutablePointer<UInt8>

  private init(uninitialised: Void) {
    unsafe bytes = .allocate(capacity: Self.length)
    unsafe bytes.initialize(repeating: 0, count: Self.length)
  }

  /// A fresh random key.
  package static func random() throws(VaultFault) -> SecretKey {
    let key = SecretKey(uninitialised: ())
    guard unsafe vault_random_key(key.bytes, length) == 1 else {
      throw .cryptography("random key")
    }
    return key
  }

  /// The key that an operation writes to the memory it is given.
  static func filled(
    by operation: String, _ fill: (UnsafeMutablePointer<UInt8>) -> Bool
  ) throws(VaultFault) -> SecretKey {
    let key = SecretKey(uninitialised: ())
    guard unsafe fill(key.bytes) else { throw .cryptography(operation) }
    return key
  }

  /// A key from bytes that are known already; nil unless there are exactly 32.
  package init?(copying source: [UInt8]) {
    guard source.count == Self.length else { return nil }
    unsafe bytes = .allocate(capacity: Self.length)
    for (index, byte) in source.enumerated() {
      unsafe (bytes + index).initialize(to: byte)
    }
  }

  /// A copy of the bytes, for a caller that must hand them to another library.
  package func exposed() -> [UInt8] {
    (0..<Self.length).map { unsafe bytes[$0] }
  }

  deinit {
    unsafe OPENSSL_cleanse(bytes, Self.length)
    unsafe bytes.deallocate()
  }
}

extension SecretKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹key›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
