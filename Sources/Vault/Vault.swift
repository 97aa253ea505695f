import Synchronization

/// Limits of a vault, each with its usual value.
package struct VaultLimits: Sendable {
  /// For how many persons unwrapped keys are held in memory.
  package var cachedKeys = 4096
  /// The longest value that is sealed, in bytes.
  package var longestValue = 1 << 20
  /// How many names of blind indexes keep their derived key in memory.
  package var cachedIndexes = 256

  /// The usual limits.
  package init() {}
}

/// Seals what is personal, each value for its place and under the key of the person it is about.
package final class Vault: Sendable {
  /// Values shorter than this are padded, so that the length of a sealed value does not tell which
  /// of a few possible values it is.
  static let paddedLength = 32

  /// The first byte of a sealed value: how it was sealed.
  enum Suite: UInt8 {
    /// AES-256-GCM.
    case plain = 1
    /// AES-256-GCM over the value, 0x80, and zeros up to 32 bytes.
    case padded = 2
  }

  /// Suite and key version, before the nonce.
  static let headerLength = 5
  /// How much longer than its plaintext a sealed value is.
  package static let overhead = headerLength + AES256GCM.nonceLength + AES256GCM.tagLength

  /// The wrapped keys.
  package let keys: KeyStore
  let limits: VaultLimits
  let cipher: AES256GCM
  let cache: KeyCache
  let indexes = Mutex<[IndexKeyName: AuthenticationCode]>([:])

  /// A vault over an open key store.
  package init(keys: KeyStore, limits: VaultLimits = VaultLimits()) {
    self.keys = keys
    self.limits = limits
    cipher = keys.cipher
    cache = KeyCache(limit: limits.cachedKeys)
  }

  /// Seals a value for its place.
  ///
  /// The person needs a key already, which is on the disk before any data is: see
  /// ``createKeys(for:)``.
  package func seal<Value: Sealable>(
    _ value: Personal<Value>, at place: Place
  ) throws(VaultFault) -> Sealed<Value> {
    var plaintext = value.expose().plaintext
    guard plaintext.count <= limits.longestValue else {
      throw .tooLong(limit: limits.longestValue)
    }
    var suite = Suite.plain
    if plaintext.count < Self.paddedLength {
      suite = .padded
      plaintext.append(0x80)
      plaintext += repeatElement(0, count: Self.paddedLength - plaintext.count)
    }
    let key = try key(of: place.owner, for: .field, version: 0)
    var header = Framing(capacity: Self.headerLength)
    header.append(suite.rawValue)
    header.append(key.version)
    let bytes = try cipher.seal(
      plaintext, after: header.bytes, authenticating: place.authenticated(suite: suite.rawValue),
      under: key.key)
    return Sealed(bytes: bytes)
  }

  /// Opens a value at the place it was sealed for; any other value, place or change is
  /// ``VaultFault/doesNotOpen``.
  package func open<Value: Sealable>(
    _ sealed: Sealed<Value>, at place: Place
  ) throws(VaultFault) -> Personal<Value> {
    let bytes = sealed.bytes
    guard bytes.count >= Self.overhead, bytes.count <= limits.longestValue + Self.overhead,
      let suite = Suite(rawValue: bytes[0])
    else { throw .doesNotOpen }
    let version = bytes[1..<Self.headerLength].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard version > 0 else { throw .doesNotOpen }
    var plaintext = try cipher.open(
      bytes, after: Self.headerLength,
      authenticating: place.authenticated(suite: suite.rawValue),
      under: try keyToOpen(of: place.owner, version: version))
    if suite == .padded { try Self.removePadding(&plaintext) }
    guard let value = Value(plaintext: plaintext) else { throw .doesNotOpen }
    return Personal(value)
  }

  /// Makes a key for each person who has none yet; on the disk when this returns.
  ///
  /// Call it before the first data of a person is written; a key without data does no harm.
  package func createKeys(for owners: [KeyOwner]) throws(VaultFault) {
    try keys.create(keysFor: owners)
  }

  /// Destroys the keys of some persons in the store and in memory; nothing sealed for them can be
  /// read again, in this store or in any backup of the data.
  package func eraseKeys(of owners: [KeyOwner]) throws(VaultFault) {
    defer { cache.remove(Set(owners)) }
    try keys.erase(owners)
  }

  /// Makes a new version of each person's key, for what is sealed from now on.
  package func renewKeys(of owners: [KeyOwner]) throws(VaultFault) {
    defer { cache.remove(Set(owners)) }
    try keys.renew(keysFor: owners)
  }

  /// Codes over what the program hands out and takes back, such as cursors; a code made for one
  /// purpose is none for another.
  package func authenticationCode(
    for purpose: String
  ) throws(VaultFault) -> AuthenticationCode {
    var info = Framing()
    info.append("code/1")
    info.append(purpose)
    return try AuthenticationCode(
      key: try KeyDerivation.key(from: try keys.secret(.code).key, info: info.bytes))
  }

  /// The seed of the key that signs checkpoints of the audit log, and its number.
  package func auditSigningSeed() throws(VaultFault) -> (seed: SecretKey, number: UInt32) {
    let (secret, number) = try keys.secret(.audit)
    var info = Framing()
    info.append("audit/1")
    return (try KeyDerivation.key(from: secret, info: info.bytes), number)
  }

  /// An unknown key version is a changed header, and shows as any other change does.
  private func keyToOpen(of owner: KeyOwner, version: UInt32) throws(VaultFault) -> SecretKey {
    do {
      return try key(of: owner, for: .field, version: version).key
    } catch .keyMissing {
      throw keys.standing(of: owner) == .live ? .doesNotOpen : .keyMissing
    }
  }

  private func key(
    of owner: KeyOwner, for use: KeyUse, version: UInt32
  ) throws(VaultFault) -> KeyCache.Entry {
    let name = KeyCache.Name(owner: owner, use: use, version: version)
    if let entry = cache.entry(name) { return entry }
    let generation = cache.generation
    let (key, actual) = try keys.key(of: owner, version: version)
    var info = Framing(capacity: 16)
    info.append(use.label)
    let derived = try KeyDerivation.key(from: key, info: info.bytes)
    let entry = KeyCache.Entry(key: derived, version: actual)
    cache.add(entry, as: name, ifStill: generation)
    return entry
  }

  private static func removePadding(_ plaintext: inout [UInt8]) throws(VaultFault) {
    guard plaintext.count == paddedLength, let end = plaintext.lastIndex(where: { $0 != 0 }),
      plaintext[end] == 0x80
    else { throw .doesNotOpen }
    plaintext.removeLast(plaintext.count - end)
  }
}
