import COpenSSL

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
package struct Digest: Sendable, Hashable {
  /// The length of every digest, in bytes.
  package static let length = Int(VAULT_DIGEST_LENGTH)

  /// The 32 bytes.
  package let bytes: [UInt8]

  /// A digest read back from where it was stored; nil unless it has 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.length else { return nil }
    self.bytes = bytes
  }

  /// A digest read back from its hexadecimal text.
  package init?(hex: some StringProtocol) {
    guard let bytes = Hex.decode(hex), let digest = Digest(bytes: bytes) else { return nil }
    self = digest
  }

  fileprivate init(whole bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The digest of a message.
  package static func sha256(_ message: [UInt8]) -> Digest {
    var out = [UInt8](repeating: 0, count: length)
    let done = unsafe vault_sha256(SHA256.algorithm, message, message.count, &out)
    precondition(done == 1, "libcrypto cannot compute SHA-256")
    return Digest(whole: out)
  }

  /// The digest of a text's UTF-8.
  package static func sha256(_ text: some StringProtocol) -> Digest {
    sha256([UInt8](text.utf8))
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { Hex.encode(bytes) }
}

extension Digest: CustomStringConvertible {
  package var description: String { hex }
}

/// A SHA-256 that takes its message in parts.
@safe package struct RunningDigest: ~Copyable {
  private let context: OpaquePointer

  /// A digest of nothing yet.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no memory for SHA-256")
    }
    unsafe self.context = context
    let begun = unsafe EVP_DigestInit_ex2(context, SHA256.algorithm, nil)
    precondition(begun == 1, "libcrypto cannot begin SHA-256")
  }

  /// Adds the next part of the message.
  package mutating func update(_ part: [UInt8]) {
    let done = unsafe EVP_DigestUpdate(context, part, part.count)
    precondition(done == 1, "libcrypto cannot go on with SHA-256")
  }

  /// The digest of all parts.
  package consuming func finish() -> Digest {
    var out = [UInt8](repeating: 0, count: Digest.length)
    let done = unsafe vault_sha256_end(context, &out)
    precondition(done == 1, "libcrypto cannot end SHA-256")
    return Digest(whole: out)
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }
}

private enum SHA256 {
  /// The algorithm, fetched once.
  // Unsafe in name only: a fetched algorithm is immutable and has no state.
  @safe nonisolated(unsafe) static let algorithm: OpaquePointer = {
    guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
      preconditionFailure("libcrypto offers no SHA-256: check its configuration")
    }
    return unsafe algorithm
  }()
}
