/// What the key store knows without opening a key: where each person's key stands in the file.
///
/// It keeps 24 bytes a person and no name: the digest of the owner's names leads to the place.
struct KeyLedger: Sendable {
  /// Where a record stands and which version it holds; version 0 marks a destroyed key.
  struct Spot: Hashable {
    private let packed: UInt64

    static let erased = Spot(packed: 0)
    /// The highest version that fits.
    static let highestVersion: UInt32 = 0xFF_FFFF

    private init(packed: UInt64) { self.packed = packed }

    init(at offset: Int, version: UInt32) {
      packed = UInt64(offset) << 24 | UInt64(version & Self.highestVersion)
    }

    var offset: Int { Int(packed >> 24) }
    var version: UInt32 { UInt32(packed & 0xFF_FFFF) }
  }

  private(set) var newest: [UInt128: Spot] = [:]
  /// Older versions that may still be needed to read; only persons in the middle of a rotation.
  private(set) var older: [UInt128: [UInt32: Spot]] = [:]
  private(set) var secrets: [SecretName: (key: WrappedKey, at: Int)] = [:]
  /// Wrapped keys that are destroyed or replaced but may still stand in the file.
  private(set) var leftovers: Set<Int> = []
  /// Wrapped keys that are not whole though nothing destroyed them (yet).
  private(set) var unreadable: Set<Int> = []
  private(set) var end: Int
  private(set) var sequence: UInt64 = 0
  private(set) var lastGroup: Int

  init(end: Int) {
    self.end = end
    lastGroup = end
  }

  /// The digest by which a person is filed.
  static func fingerprint(_ owner: KeyOwner) -> UInt128 {
    var framing = Framing(capacity: 96)
    framing.append(owner.tenant)
    framing.append(owner.client)
    let digest = Digest.sha256(framing.bytes).bytes
    return digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
  }

  /// From the start of a client's record to its wrapped key.
  static func wrappedOffset(of owner: KeyOwner) -> Int {
    1 + 1 + owner.tenant.utf8.count + 1 + owner.client.utf8.count + 8
  }

  /// The place of a version of a person's key, or of the newest for version 0.
  func spot(of owner: KeyOwner, version: UInt32 = 0) -> Spot? {
    let print = Self.fingerprint(owner)
    guard let spot = newest[print] else { return nil }
    if version == 0 || spot == .erased || spot.version == version { return spot }
    return older[print]?[version]
  }

  /// The newest number of a secret.
  func newestNumber(of purpose: SecretPurpose) -> UInt32? {
    secrets.keys.lazy.filter { $0.purpose == purpose }.map(\.number).max()
  }

  /// The wrapped keys of a person that stand in the file, each by its own place.
  func wrappedPlaces(of owner: KeyOwner) -> [Int] {
    let print = Self.fingerprint(owner)
    var spots = older[print].map { Array($0.values) } ?? []
    if let spot = newest[print], spot != .erased { spots.append(spot) }
    return spots.map { $0.offset + Self.wrappedOffset(of: owner) }
  }

  /// Takes in a group that stands at an offset.
  mutating func apply(_ group: KeyGroup, at offset: Int) {
    for (record, at, wrappedAt) in group.records {
      if let wrappedAt { note(record, wrappedAt: offset + wrappedAt) }
      switch record {
      case .secret(let name, let key):
        if let old = secrets[name] { discard(wrappedAt: old.at) }
        secrets[name] = (key, offset + (wrappedAt ?? at))
      case .retired(let name):
        if let old = secrets.removeValue(forKey: name) { discard(wrappedAt: old.at) }
      case .client(let owner, let version, _, _):
        place(owner, version: version, at: offset + at)
      case .destroyed(let owner, let version):
        destroy(owner, version: version)
      }
    }
    lastGroup = offset
    end = offset + group.length
    sequence = group.sequence
  }

  /// The leftovers were overwritten.
  mutating func leftoversAreGone() {
    leftovers = []
  }

  private mutating func note(_ record: KeyRecord, wrappedAt place: Int) {
    switch record {
    case .secret(_, let key), .client(_, _, _, let key):
      if key.condition != .whole { unreadable.insert(place) }
    case .destroyed, .retired:
      break
    }
  }

  private mutating func discard(wrappedAt place: Int) {
    unreadable.remove(place)
    leftovers.insert(place)
  }

  private mutating func place(_ owner: KeyOwner, version: UInt32, at offset: Int) {
    let print = Self.fingerprint(owner)
    let spot = Spot(at: offset, version: version)
    let wrapped = Self.wrappedOffset(of: owner)
    guard let known = newest[print] else {
      newest[print] = spot
      return
    }
    if known == .erased {
      discard(wrappedAt: offset + wrapped)
    } else if version == known.version {
      discard(wrappedAt: known.offset + wrapped)
      newest[print] = spot
    } else if version > known.version {
      older[print, default: [:]][known.version] = known
      newest[print] = spot
    } else {
      if let old = older[print]?[version] { discard(wrappedAt: old.offset + wrapped) }
      older[print, default: [:]][version] = spot
    }
  }

  private mutating func destroy(_ owner: KeyOwner, version: UInt32) {
    let print = Self.fingerprint(owner)
    if version == 0 {
      for place in wrappedPlaces(of: owner) { discard(wrappedAt: place) }
      older[print] = nil
      newest[print] = .erased
    } else if let old = older[print]?.removeValue(forKey: version) {
      discard(wrappedAt: old.offset + Self.wrappedOffset(of: owner))
      if older[print]?.isEmpty == true { older[print] = nil }
    }
  }
}

extension KeyLedger {
  static let magic = Array("STWKEYS1".utf8)
  static let storeLength = 16
  static let fileHeaderLength = magic.count + storeLength + KeyGroup.checkLength

  /// The first bytes of a store file.
  static func fileHeader(store: [UInt8]) -> [UInt8] {
    let start = magic + store
    return start + Digest.sha256(start).bytes.prefix(KeyGroup.checkLength)
  }

  /// Reads a whole file.
  ///
  /// A group that a crash cut short at the end is left out; anything else that is not whole is
  /// damage.
  static func load(_ file: StoreFile) throws(VaultFault) -> (ledger: KeyLedger, store: [UInt8]) {
    let header = try file.read(at: 0, count: fileHeaderLength)
    let store = [UInt8](header.dropFirst(magic.count).prefix(storeLength))
    guard header.count == fileHeaderLength, header == fileHeader(store: store) else {
      throw .keyStoreDamaged(file.path, offset: 0)
    }
    var ledger = try load(file, store: store, limit: .max)
    if let first = ledger.unreadable.min() {
      // Whole records with broken keys in the last group: that group was still being written.
      guard first > ledger.lastGroup else { throw .keyStoreDamaged(file.path, offset: first) }
      ledger = try load(file, store: store, limit: ledger.lastGroup)
      if let first = ledger.unreadable.min() { throw .keyStoreDamaged(file.path, offset: first) }
    }
    guard ledger.sequence > 0 else { throw .keyStoreDamaged(file.path, offset: fileHeaderLength) }
    return (ledger, store)
  }

  private static func load(
    _ file: StoreFile, store: [UInt8], limit: Int
  ) throws(VaultFault) -> KeyLedger {
    var ledger = KeyLedger(end: fileHeaderLength)
    while ledger.end < limit {
      guard let group = try group(of: file, at: ledger.end, store: store) else {
        if limit == .max { try refuseDamage(of: file, after: ledger, store: store) }
        break
      }
      guard group.sequence == ledger.sequence + 1 else {
        throw .keyStoreDamaged(file.path, offset: ledger.end)
      }
      ledger.apply(group, at: ledger.end)
    }
    return ledger
  }

  static func group(
    of file: StoreFile, at offset: Int, store: [UInt8]
  ) throws(VaultFault) -> KeyGroup? {
    let header = try file.read(at: offset, count: KeyGroup.headerLength)
    return try KeyGroup.decode(header: header, store: store) { (count) throws(VaultFault) in
      try file.read(at: offset + KeyGroup.headerLength, count: count)
    }
  }

  /// A whole later group behind a broken one proves that the broken one was on the disk once.
  private static func refuseDamage(
    of file: StoreFile, after ledger: KeyLedger, store: [UInt8]
  ) throws(VaultFault) {
    var offset = ledger.end + 1
    let step = 1 << 20
    while true {
      let bytes = try file.read(at: offset, count: step + KeyGroup.mark.count - 1)
      guard bytes.count >= KeyGroup.mark.count else { return }
      for start in 0...(bytes.count - KeyGroup.mark.count)
      where bytes[start] == KeyGroup.mark[0]
        && Array(bytes[start..<(start + KeyGroup.mark.count)]) == KeyGroup.mark
      {
        if let group = try group(of: file, at: offset + start, store: store),
          group.sequence > ledger.sequence
        {
          throw .keyStoreDamaged(file.path, offset: ledger.end)
        }
      }
      offset += step
    }
  }
}
