/// A secret that belongs to the whole installation; each number of it is wrapped by the root key.
package enum SecretPurpose: UInt8, Sendable, Hashable, CaseIterable {
  /// Wraps the keys of persons.
  case epoch = 1
  /// The root of the keys of blind indexes, one number for each index epoch.
  case index = 2
  /// Peppers password hashes.
  case pepper = 3
  /// The seed of the key that signs checkpoints of the audit log.
  case audit = 4
  /// Codes over what the program hands out and takes back: cursors, form marks, webhooks.
  case code = 5

  var name: String {
    switch self {
    case .epoch: "epoch"
    case .index: "index"
    case .pepper: "pepper"
    case .audit: "audit"
    case .code: "code"
    }
  }
}

/// One number of a secret.
struct SecretName: Hashable {
  var purpose: SecretPurpose
  var number: UInt32
}

/// The wrapped bytes of a key as they stand in the key store, 68 of them.
///
/// `nonce 96 bit ‖ wrapped key 256 bit ‖ tag 128 bit ‖ check 64 bit`.
/// A destroyed key is 68 zeros. The check tells damage from a wrong root key.
struct WrappedKey: Hashable {
  static let keyLength = AES256GCM.nonceLength + SecretKey.length + AES256GCM.tagLength
  static let length = keyLength + checkLength
  static let checkLength = 8
  static let destroyed = [UInt8](repeating: 0, count: length)

  enum Condition { case whole, destroyed, damaged }

  let bytes: [UInt8]

  init(sealed: [UInt8]) {
    bytes = sealed + Digest.sha256(sealed).bytes.prefix(Self.checkLength)
  }

  init(stored: [UInt8]) {
    bytes = stored
  }

  var sealed: [UInt8] { [UInt8](bytes.prefix(Self.keyLength)) }

  var condition: Condition {
    if bytes == Self.destroyed { return .destroyed }
    return WrappedKey(sealed: sealed).bytes == bytes ? .whole : .damaged
  }
}

/// One line of the key store.
enum KeyRecord: Hashable {
  /// A secret of the installation, wrapped by the root key.
  case secret(SecretName, WrappedKey)
  /// One version of the key of a person, wrapped by an epoch key.
  case client(KeyOwner, version: UInt32, epoch: UInt32, WrappedKey)
  /// From here on this version of a person's key is destroyed; version 0 means all, for ever.
  case destroyed(KeyOwner, version: UInt32)
  /// From here on this secret is destroyed.
  case retired(SecretName)

  /// The most bytes one record takes.
  static let longest = 1 + 2 * (1 + KeyOwner.longestName) + 8 + WrappedKey.length

  /// Appends the record; returns where in `bytes` its wrapped key begins.
  func append(to bytes: inout [UInt8]) -> Int? {
    var framing = Framing(capacity: Self.longest)
    var wrapped: WrappedKey?
    switch self {
    case .secret(let name, let key):
      framing.append(raw: [1, name.purpose.rawValue])
      framing.append(name.number)
      wrapped = key
    case .client(let owner, let version, let epoch, let key):
      framing.append(raw: [2])
      Self.append(owner, to: &framing)
      framing.append(version)
      framing.append(epoch)
      wrapped = key
    case .destroyed(let owner, let version):
      framing.append(raw: [3])
      Self.append(owner, to: &framing)
      framing.append(version)
    case .retired(let name):
      framing.append(raw: [4, name.purpose.rawValue])
      framing.append(name.number)
    }
    bytes += framing.bytes
    guard let wrapped else { return nil }
    defer { bytes += wrapped.bytes }
    return bytes.count
  }

  private static func append(_ owner: KeyOwner, to framing: inout Framing) {
    for name in [owner.tenant, owner.client] {
      framing.append(UInt8(truncatingIfNeeded: name.utf8.count))
      framing.append(raw: Array(name.utf8))
    }
  }
}

/// Reads records out of bytes; nil for anything that is no record.
struct KeyRecordReader {
  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next record, with where its wrapped key begins.
  mutating func next() -> (record: KeyRecord, wrappedAt: Int?)? {
    guard let kind = byte() else { return nil }
    switch kind {
    case 1:
      guard let name = secretName(), let (key, place) = wrapped() else { return nil }
      return (.secret(name, key), place)
    case 2:
      guard let owner = owner(), let version = number(), let epoch = number(), version > 0,
        let (key, place) = wrapped()
      else { return nil }
      return (.client(owner, version: version, epoch: epoch, key), place)
    case 3:
      guard let owner = owner(), let version = number() else { return nil }
      return (.destroyed(owner, version: version), nil)
    case 4:
      guard let name = secretName() else { return nil }
      return (.retired(name), nil)
    default:
      return nil
    }
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard bytes.count - position >= count else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  private mutating func number() -> UInt32? {
    take(4).map { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }

  private mutating func secretName() -> SecretName? {
    guard let raw = byte(), let purpose = SecretPurpose(rawValue: raw), let number = number(),
      number > 0
    else { return nil }
    return SecretName(purpose: purpose, number: number)
  }

  private mutating func owner() -> KeyOwner? {
    guard let tenant = name(), let client = name() else { return nil }
    let owner = KeyOwner(tenant: tenant, client: client)
    return owner.isSound ? owner : nil
  }

  private mutating func name() -> String? {
    guard let count = byte(), let bytes = take(Int(count)) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private mutating func wrapped() -> (WrappedKey, Int)? {
    let place = position
    return take(WrappedKey.length).map { (WrappedKey(stored: [UInt8]($0)), place) }
  }
}
