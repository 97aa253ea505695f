/// What can go wrong in the vault, each with one clear line.
package enum VaultFault: Error, Sendable, Hashable {
  /// libcrypto refused an operation that cannot fail on sound input; the name of the operation.
  case cryptography(String)
  /// A sealed value does not open: changed, moved from its place, cut short, or of another key.
  /// One case for all of these, so that nobody learns which it was.
  case doesNotOpen
  /// The plaintext is longer than a sealed value may be.
  case tooLong(limit: Int)
  /// A look-up value has no normal form (an e-mail without a domain, a phone without a country).
  case notNormalisable(String)
  /// No key was ever made for this person.
  case keyMissing
  /// The key of this person was destroyed; what it sealed cannot be read again by anyone.
  case keyErased
  /// A name that a key would be filed under is empty or too long.
  case ownerRefused
  /// The key store was opened for reading only.
  case readOnly
  /// The root key does not open this key store.
  case wrongRootKey(store: String)
  /// There is no root key at the place named.
  case rootKeyMissing(String)
  /// What stands at the place named is not a whole root key.
  case rootKeyMalformed(String)
  /// Others than the owner may read the file of the root key.
  case rootKeyTooOpen(String)
  /// A root key or key store is there already and is never written over.
  case alreadyThere(String)
  /// There is no key store at this path.
  case keyStoreMissing(String)
  /// The key store is damaged at this byte.
  case keyStoreDamaged(String, offset: Int)
  /// Another process has this key store open for writing.
  case keyStoreInUse(String)
  /// The operating system refused an operation on the file; the number is `errno`.
  case file(String, operation: String, code: Int32)
}

extension VaultFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cryptography(let operation): "libcrypto failed at: \(operation)"
    case .doesNotOpen: "the sealed value does not open"
    case .tooLong(let limit): "the value is longer than the \(limit) bytes that may be sealed"
    case .notNormalisable(let field): "this is not a \(field) that can be looked up"
    case .keyMissing: "there is no key for this person"
    case .keyErased: "the key of this person was destroyed"
    case .ownerRefused: "tenant and client must be 1 to \(KeyOwner.longestName) bytes each"
    case .readOnly: "the key store is open for reading only"
    case .wrongRootKey(let store): "the root key does not open the key store \(store)"
    case .rootKeyMissing(let place): "there is no root key at \(place)"
    case .rootKeyMalformed(let place): "what is at \(place) is not a whole root key"
    case .rootKeyTooOpen(let path): "others may read the root key: run chmod 600 \(path)"
    case .alreadyThere(let path): "\(path) is there already and is not written over"
    case .keyStoreMissing(let path): "there is no key store at \(path)"
    case .keyStoreDamaged(let path, let offset):
      "the key store \(path) is damaged at byte \(offset): restore it from its other copy"
    case .keyStoreInUse(let path): "another process has the key store \(path) open"
    case .file(let path, let operation, let code):
      "\(operation) failed on \(path): \(reason(ofErrorNumber: code))"
    }
  }
}
