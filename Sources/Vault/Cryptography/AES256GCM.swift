import COpenSSL
import Synchronization

/// AES-256-GCM with 96-bit nonces and 128-bit tags (NIST SP 800-38D), and no other sizes.
///
/// The algorithm is fetched once and contexts are used again, since a fetch by each call takes
/// libcrypto's global locks.
// Unchecked because libcrypto's pointers are not Sendable: the fetched cipher is immutable, and a
// context is used by one thread at a time, between `borrow` and `giveBack`.
@safe final class AES256GCM: @unchecked Sendable {
  static let nonceLength = Int(VAULT_NONCE_LENGTH)
  static let tagLength = Int(VAULT_TAG_LENGTH)
  /// Contexts kept for the next call; more threads than this make their own and free them.
  static let mostIdleContexts = 16

  private let cipher: OpaquePointer
  private let idle = Mutex<[LibraryContext]>([])

  init() throws(VaultFault) {
    guard let cipher = unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
      throw .cryptography("fetching AES-256-GCM")
    }
    unsafe self.cipher = cipher
  }

  deinit {
    forgetKeys()
    unsafe EVP_CIPHER_free(cipher)
  }

  /// `header ‖ nonce ‖ ciphertext ‖ tag`, with a fresh random nonce made here.
  func seal(
    _ plaintext: [UInt8], after header: [UInt8] = [], authenticating context: [UInt8],
    under key: SecretKey
  ) throws(VaultFault) -> [UInt8] {
    let nonce = try Randomness.publicBytes(Self.nonceLength)
    return try seal(plaintext, after: header, authenticating: context, under: key, nonce: nonce)
  }

  /// The same with a nonce from outside, for published vectors; nothing else may call it.
  func seal(
    _ plaintext: [UInt8], after header: [UInt8], authenticating context: [UInt8],
    under key: SecretKey, nonce: [UInt8]
  ) throws(VaultFault) -> [UInt8] {
    guard nonce.count == Self.nonceLength else { throw .cryptography("nonce length") }
    let start = header.count + nonce.count
    var out: [UInt8] = []
    out.reserveCapacity(start + plaintext.count + Self.tagLength)
    out += header
    out += nonce
    out += repeatElement(0, count: plaintext.count + Self.tagLength)
    let library = try borrow()
    defer { giveBack(library) }
    let sealed = unsafe vault_gcm_seal(
      library.pointer, cipher, key.bytes, nonce, context, context.count, plaintext,
      plaintext.count, &out, start)
    guard sealed == 1 else {
      discardLibraryErrors()
      throw .cryptography("sealing")
    }
    return out
  }

  /// Opens `nonce ‖ ciphertext ‖ tag`, which begin after `headerLength` bytes.
  func open(
    _ sealed: [UInt8], after headerLength: Int = 0, authenticating context: [UInt8],
    under key: SecretKey
  ) throws(VaultFault) -> [UInt8] {
    let start = headerLength + Self.nonceLength
    let length = sealed.count - start - Self.tagLength
    guard length >= 0 else { throw .doesNotOpen }
    let nonce = [UInt8](sealed[headerLength..<start])
    var plaintext = [UInt8](repeating: 0, count: length)
    let library = try borrow()
    defer { giveBack(library) }
    let opened = unsafe vault_gcm_open(
      library.pointer, cipher, key.bytes, nonce, context, context.count, sealed, start, length,
      &plaintext)
    guard opened == 1 else {
      discardLibraryErrors()
      throw .doesNotOpen
    }
    return plaintext
  }

  /// Wraps a key: `nonce ‖ ciphertext ‖ tag`, without an array that holds the key between.
  func sealKey(
    _ wrapped: SecretKey, authenticating context: [UInt8], under key: SecretKey
  ) throws(VaultFault) -> [UInt8] {
    let nonce = try Randomness.bytes(Self.nonceLength)
    var out = nonce + [UInt8](repeating: 0, count: SecretKey.length + Self.tagLength)
    let library = try borrow()
    defer { giveBack(library) }
    let sealed = unsafe vault_gcm_seal(
      library.pointer, cipher, key.bytes, nonce, context, context.count, wrapped.bytes,
      SecretKey.length, &out, Self.nonceLength)
    guard sealed == 1 else {
      discardLibraryErrors()
      throw .cryptography("wrapping")
    }
    return out
  }

  /// Opens a wrapped key straight into memory that is wiped, without an array between.
  func openKey(
    _ wrapped: [UInt8], authenticating context: [UInt8], under key: SecretKey
  ) throws(VaultFault) -> SecretKey {
    guard wrapped.count == Self.nonceLength + SecretKey.length + Self.tagLength else {
      throw .doesNotOpen
    }
    let nonce = [UInt8](wrapped[..<Self.nonceLength])
    let library = try borrow()
    defer { giveBack(library) }
    do {
      return try unsafe SecretKey.filled(by: "unwrapping") { bytes in
        unsafe vault_gcm_open(
          library.pointer, cipher, key.bytes, nonce, context, context.count, wrapped,
          Self.nonceLength, SecretKey.length, bytes) == 1
      }
    } catch {
      discardLibraryErrors()
      throw .doesNotOpen
    }
  }

  /// Frees all idle contexts, and with them the key schedules that they still hold.
  func forgetKeys() {
    let contexts = idle.withLock { idle in
      defer { idle = [] }
      return idle
    }
    for context in contexts { unsafe EVP_CIPHER_CTX_free(context.pointer) }
  }

  private func borrow() throws(VaultFault) -> LibraryContext {
    if let context = idle.withLock({ $0.popLast() }) { return context }
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .cryptography("cipher context") }
    return unsafe LibraryContext(pointer: context)
  }

  private func giveBack(_ context: LibraryContext) {
    let kept = idle.withLock { idle in
      guard idle.count < Self.mostIdleContexts else { return false }
      idle.append(context)
      return true
    }
    if !kept { unsafe EVP_CIPHER_CTX_free(context.pointer) }
  }
}

/// A context of libcrypto on its way between a pool and the one thread that uses it.
// Unchecked because a pointer is not Sendable; the pools hand it to one thread at a time.
@safe struct LibraryContext: @unchecked Sendable {
  let pointer: OpaquePointer
}

/// Empties this thread's error queue of libcrypto, so that an old failure is not read as a new one.
func discardLibraryErrors() {
  ERR_clear_error()
}
