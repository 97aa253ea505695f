import Synchronization

/// The wrapped keys of an installation, in a file of its own apart from the data.
///
/// A backup of the data never holds this file; erasing a person is destroying the key here, so that
/// older backups stay unreadable too. Keep a second, current copy (``copy(to:)``): without its key
/// store an installation can read nothing.
///
/// Root key → epoch key → one key a person. Losing power at any moment loses no key that a call
/// returned for. All calls block on the disk; make them where blocking is allowed.
package final class KeyStore: Sendable {
  /// What a process may do with the store.
  package enum Access: Sendable {
    /// The one process that adds and destroys keys.
    case readWrite
    /// A process beside it that only reads.
    case readOnly
  }

  /// Whether a person has a key.
  package enum Standing: Sendable, Hashable {
    case absent, live, erased
  }

  /// The most owners that one call may name.
  package static let mostOwners = 1_000_000

  struct State {
    var file: StoreFile
    var ledger: KeyLedger
    var keys: [SecretName: SecretKey]
    /// Set when the disk failed in the middle of a write; only opening the store again mends it.
    var fault: VaultFault?
  }

  /// The path of the file.
  package let path: String
  let access: Access
  let store: [UInt8]
  let cipher: AES256GCM
  let lock: StoreFile?
  let state: Mutex<State>
  /// Held by whoever writes, across its fsync; readers only need `state`.
  ///
  /// The root key is inside because only writers need it.
  let writing: Mutex<RootKey>

  init(
    path: String, access: Access, root: RootKey, store: [UInt8], lock: StoreFile?, state: State,
    cipher: AES256GCM
  ) {
    self.path = path
    self.access = access
    self.store = store
    self.cipher = cipher
    self.lock = lock
    self.state = Mutex(state)
    writing = Mutex(root)
  }

  /// Whether a person has a key.
  package func standing(of owner: KeyOwner) -> Standing {
    state.withLock { state in
      guard let spot = state.ledger.spot(of: owner) else { return .absent }
      return spot == .erased ? .erased : .live
    }
  }

  /// How many persons are filed, those with destroyed keys included.
  package var count: Int { state.withLock { $0.ledger.newest.count } }

  /// Makes a key for each person who has none yet; all are on the disk when this returns.
  ///
  /// One call for many persons costs one fsync.
  package func create(keysFor owners: [KeyOwner]) throws(VaultFault) {
    guard owners.count <= Self.mostOwners, owners.allSatisfy(\.isSound) else {
      throw .ownerRefused
    }
    try write { (state) throws(VaultFault) in
      var seen: Set<KeyOwner> = []
      var records: [KeyRecord] = []
      for owner in owners where seen.insert(owner).inserted {
        switch state.ledger.spot(of: owner) {
        case .some(.erased): throw .keyErased
        case .some: continue
        case nil: records.append(try newKey(of: owner, version: 1, state))
        }
      }
      return records
    }
  }

  /// Makes a new version of each person's key, for values sealed from now on; the older versions
  /// still open older values until they are retired.
  package func renew(keysFor owners: [KeyOwner]) throws(VaultFault) {
    try write { (state) throws(VaultFault) in
      var records: [KeyRecord] = []
      for owner in Set(owners) {
        guard let spot = state.ledger.spot(of: owner) else { throw .keyMissing }
        guard spot != .erased else { throw .keyErased }
        guard spot.version < KeyLedger.Spot.highestVersion else {
          throw .cryptography("key versions")
        }
        records.append(try newKey(of: owner, version: spot.version + 1, state))
      }
      return records
    }
  }

  /// Destroys one older version of a person's key, once nothing is sealed by it any more.
  package func retire(version: UInt32, of owner: KeyOwner) throws(VaultFault) {
    try write { (state) throws(VaultFault) in
      guard let newest = state.ledger.spot(of: owner), newest.version > version, version > 0,
        state.ledger.spot(of: owner, version: version) != nil
      else { throw .keyMissing }
      return [.destroyed(owner, version: version)]
    }
  }

  /// Destroys the keys of some persons for ever.
  ///
  /// First that is put on record, then the bytes themselves are overwritten. It may be called
  /// again, and takes up where a crash left it.
  package func erase(_ owners: [KeyOwner]) throws(VaultFault) {
    guard owners.count <= Self.mostOwners, owners.allSatisfy(\.isSound) else {
      throw .ownerRefused
    }
    try write { (state) throws(VaultFault) in
      Set(owners).filter { state.ledger.spot(of: $0) != .some(.erased) }
        .map { .destroyed($0, version: 0) }
    }
    cipher.forgetKeys()
  }

  /// Adds the next number of a secret and returns it.
  ///
  /// After a new epoch key, ``compact(under:)`` wraps all keys anew.
  package func advance(_ purpose: SecretPurpose) throws(VaultFault) -> UInt32 {
    let key = try SecretKey.random()
    var name = SecretName(purpose: purpose, number: 0)
    let root = writing.withLock { $0 }
    try write { (state) throws(VaultFault) in
      name.number = (state.ledger.newestNumber(of: purpose) ?? 0) + 1
      return [.secret(name, try wrap(key, as: name, under: root))]
    }
    state.withLock { $0.keys[name] = key }
    return name.number
  }

  /// Destroys an older number of a secret, once nothing needs it.
  ///
  /// Epoch keys go by ``compact(under:)`` alone.
  package func retire(_ purpose: SecretPurpose, number: UInt32) throws(VaultFault) {
    let name = SecretName(purpose: purpose, number: number)
    try write { (state) throws(VaultFault) in
      guard purpose != .epoch, state.ledger.secrets[name] != nil,
        let newest = state.ledger.newestNumber(of: purpose), newest > number
      else { throw .keyMissing }
      return [.retired(name)]
    }
    state.withLock { $0.keys[name] = nil }
  }
}

extension KeyStore {
  /// A person's key: the newest version for 0, else the version named.
  func key(
    of owner: KeyOwner, version: UInt32
  ) throws(VaultFault) -> (key: SecretKey, version: UInt32) {
    do {
      return try keyInFile(of: owner, version: version)
    } catch {
      guard access == .readOnly, try refresh() else { throw error }
      return try keyInFile(of: owner, version: version)
    }
  }

  /// A secret of the installation: the newest number for nil.
  func secret(
    _ purpose: SecretPurpose, number: UInt32? = nil
  ) throws(VaultFault) -> (key: SecretKey, number: UInt32) {
    let found = state.withLock { state -> (SecretKey, UInt32)? in
      guard let number = number ?? state.ledger.newestNumber(of: purpose) else { return nil }
      return state.keys[SecretName(purpose: purpose, number: number)].map { ($0, number) }
    }
    guard let found else { throw .keyMissing }
    return found
  }

  /// The live numbers of a secret, the newest first.
  func numbers(of purpose: SecretPurpose) -> [UInt32] {
    state.withLock { state in
      state.keys.keys.filter { $0.purpose == purpose }.map(\.number).sorted(by: >)
    }
  }

  private func keyInFile(
    of owner: KeyOwner, version: UInt32
  ) throws(VaultFault) -> (key: SecretKey, version: UInt32) {
    let (wrapped, actual, epoch) = try state.withLock {
      (state) throws(VaultFault) -> (WrappedKey, UInt32, SecretKey) in
      guard let spot = state.ledger.spot(of: owner, version: version) else { throw .keyMissing }
      guard spot != .erased else { throw .keyErased }
      let bytes = try state.file.read(at: spot.offset, count: KeyRecord.longest)
      var reader = KeyRecordReader(bytes)
      guard case .client(owner, spot.version, let epoch, let key)? = reader.next()?.record,
        key.condition == .whole,
        let epochKey = state.keys[SecretName(purpose: .epoch, number: epoch)]
      else { throw .keyStoreDamaged(path, offset: spot.offset) }
      return (key, spot.version, epochKey)
    }
    let context = Self.context(of: owner, version: actual)
    return (try cipher.openKey(wrapped.sealed, authenticating: context, under: epoch), actual)
  }

  /// `"dek/1" ‖ tenant ‖ client ‖ version`: a wrapped key cannot be swapped between persons.
  static func context(of owner: KeyOwner, version: UInt32) -> [UInt8] {
    var framing = Framing(capacity: 128)
    framing.append("dek/1")
    framing.append(owner.tenant)
    framing.append(owner.client)
    framing.append(version)
    return framing.bytes
  }

  private func newKey(
    of owner: KeyOwner, version: UInt32, _ state: State
  ) throws(VaultFault) -> KeyRecord {
    guard let number = state.ledger.newestNumber(of: .epoch),
      let epoch = state.keys[SecretName(purpose: .epoch, number: number)]
    else { throw .keyMissing }
    let context = Self.context(of: owner, version: version)
    let sealed = try cipher.sealKey(try .random(), authenticating: context, under: epoch)
    return .client(owner, version: version, epoch: number, WrappedKey(sealed: sealed))
  }

  func wrap(
    _ key: SecretKey, as name: SecretName, under root: RootKey
  ) throws(VaultFault) -> WrappedKey {
    let context = Self.context(of: name, store: store)
    return WrappedKey(sealed: try cipher.sealKey(key, authenticating: context, under: root.key))
  }

  static func context(of name: SecretName, store: [UInt8]) -> [UInt8] {
    var framing = Framing(capacity: 64)
    framing.append("secret/1")
    framing.append(store)
    framing.append(name.purpose.name)
    framing.append(name.number)
    return framing.bytes
  }
}
