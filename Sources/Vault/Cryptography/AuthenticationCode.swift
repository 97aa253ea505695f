import COpenSSL
import Synchronization

/// HMAC-SHA-256 (RFC 2104) under one key, ready for many messages.
// Unchecked because libcrypto's pointers are not Sendable; each is used by one thread at a time.
@safe package final class AuthenticationCode: @unchecked Sendable {
  /// Contexts kept for the next call.
  static let mostIdleContexts = 8

  private let first: OpaquePointer
  private let idle = Mutex<[LibraryContext]>([])

  /// Codes under a key of any length.
  package init(key: [UInt8]) throws(VaultFault) {
    guard let context = unsafe EVP_MAC_CTX_new(HMAC.algorithm) else {
      throw .cryptography("HMAC context")
    }
    // An empty array has no address of its own, and a null key would mean "keep the old key".
    let padded = key.isEmpty ? [0] : key
    guard unsafe vault_hmac_key(context, padded, key.count) == 1 else {
      unsafe EVP_MAC_CTX_free(context)
      throw .cryptography("HMAC key")
    }
    unsafe first = context
  }

  /// Codes under a secret key.
  package init(key: SecretKey) throws(VaultFault) {
    guard let context = unsafe EVP_MAC_CTX_new(HMAC.algorithm) else {
      throw .cryptography("HMAC context")
    }
    guard unsafe vault_hmac_key(context, key.bytes, SecretKey.length) == 1 else {
      unsafe EVP_MAC_CTX_free(context)
      throw .cryptography("HMAC key")
    }
    unsafe first = context
  }

  deinit {
    for context in idle.withLock({ $0 }) { unsafe EVP_MAC_CTX_free(context.pointer) }
    unsafe EVP_MAC_CTX_free(first)
  }

  /// The 32 bytes of code for a message.
  package func code(for message: [UInt8]) throws(VaultFault) -> [UInt8] {
    let context = try borrow()
    defer { giveBack(context) }
    var out = [UInt8](repeating: 0, count: Digest.length)
    guard unsafe vault_hmac_code(context.pointer, message, message.count, &out) == 1 else {
      throw .cryptography("HMAC")
    }
    return out
  }

  /// Whether a code belongs to a message; the comparison takes the same time for each code.
  package func isValid(_ code: [UInt8], for message: [UInt8]) throws(VaultFault) -> Bool {
    equalInConstantTime(try self.code(for: message), code)
  }

  private func borrow() throws(VaultFault) -> LibraryContext {
    // `first` is only ever copied, under the lock, so that copies always carry the key.
    let context = idle.withLock { idle -> LibraryContext? in
      if let context = idle.popLast() { return context }
      guard let copy = unsafe EVP_MAC_CTX_dup(first) else { return nil }
      return unsafe LibraryContext(pointer: copy)
    }
    guard let context else { throw .cryptography("HMAC context") }
    return context
  }

  private func giveBack(_ context: LibraryContext) {
    let kept = idle.withLock { idle in
      guard idle.count < Self.mostIdleContexts else { return false }
      idle.append(context)
      return true
    }
    if !kept { unsafe EVP_MAC_CTX_free(context.pointer) }
  }
}

private enum HMAC {
  /// The algorithm, fetched once.
  // Unsafe in name only: a fetched algorithm is immutable and has no state.
  @safe nonisolated(unsafe) static let algorithm: OpaquePointer = {
    guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
      preconditionFailure("libcrypto offers no HMAC: check its configuration")
    }
    return unsafe algorithm
  }()
}
