import Synchronization

extension KeyStore {
  /// The most records that one group takes.
  private static let mostRecordsInGroup = KeyGroup.longestBody / KeyRecord.longest

  /// Makes a new, empty store with the first number of each secret.
  ///
  /// It has its name only when it is whole on the disk; an older file is never written over.
  package static func create(
    at path: String, root: RootKey
  ) throws(VaultFault) -> KeyStore {
    let lock = try StoreFile.lock(besides: path)
    if try StoreFile.open(path, forWriting: false) != nil { throw .alreadyThere(path) }
    let cipher = try AES256GCM()
    let store = try Randomness.bytes(KeyLedger.storeLength)
    var records: [KeyRecord] = []
    for purpose in SecretPurpose.allCases {
      let name = SecretName(purpose: purpose, number: 1)
      let sealed = try cipher.sealKey(
        try .random(), authenticating: context(of: name, store: store), under: root.key)
      records.append(.secret(name, WrappedKey(sealed: sealed)))
    }
    let draft = try StoreFile.create(path + ".new", replacing: true)
    let header = KeyLedger.fileHeader(store: store)
    try draft.write(header, at: 0)
    try draft.write(
      KeyGroup.encode(records, sequence: 1, store: store).bytes, at: header.count)
    try draft.synchronize()
    try StoreFile.publish(draft.path, as: path)
    return try open(at: path, root: root, access: .readWrite, lock: lock)
  }

  /// Opens a store; a root key that is not its own, a missing file and a damaged one are errors
  /// with one clear line each.
  package static func open(
    at path: String, root: RootKey, access: Access = .readWrite
  ) throws(VaultFault) -> KeyStore {
    let lock = access == .readWrite ? try StoreFile.lock(besides: path) : nil
    return try open(at: path, root: root, access: access, lock: lock)
  }

  private static func open(
    at path: String, root: RootKey, access: Access, lock: StoreFile?
  ) throws(VaultFault) -> KeyStore {
    let cipher = try AES256GCM()
    let (state, store) = try load(
      path, root: root, forWriting: access == .readWrite, cipher: cipher)
    let isCutShort = try state.file.status().length > state.ledger.end
    if access == .readWrite && isCutShort {
      try state.file.truncate(to: state.ledger.end)
      try state.file.synchronize()
    }
    let keys = KeyStore(
      path: path, access: access, root: root, store: store, lock: lock, state: state,
      cipher: cipher)
    if access == .readWrite { try keys.overwriteLeftovers() }
    return keys
  }

  private static func load(
    _ path: String, root: RootKey, forWriting: Bool, cipher: AES256GCM
  ) throws(VaultFault) -> (State, store: [UInt8]) {
    guard let file = try StoreFile.open(path, forWriting: forWriting) else {
      throw .keyStoreMissing(path)
    }
    let (ledger, store) = try KeyLedger.load(file)
    var keys: [SecretName: SecretKey] = [:]
    for (name, wrapped) in ledger.secrets {
      do {
        keys[name] = try cipher.openKey(
          wrapped.key.sealed, authenticating: context(of: name, store: store), under: root.key)
      } catch {
        throw .wrongRootKey(store: path)
      }
    }
    return (State(file: file, ledger: ledger, keys: keys, fault: nil), store)
  }

  /// Takes in what another process wrote since; false when nothing changed.
  func refresh() throws(VaultFault) -> Bool {
    try writing.withLock { (root) throws(VaultFault) -> Bool in
      let (known, end) = try state.withLock { (state) throws(VaultFault) -> (UInt64, Int) in
        (try state.file.status().identity, state.ledger.end)
      }
      guard let file = try StoreFile.open(path, forWriting: false) else {
        throw .keyStoreMissing(path)
      }
      let now = try file.status()
      guard now.identity != known || now.length != end else { return false }
      let (fresh, _) = try Self.load(path, root: root, forWriting: false, cipher: cipher)
      state.withLock { $0 = fresh }
      return true
    }
  }

  /// Appends the records that a body makes of the present state, makes them last, and then
  /// overwrites the keys that they replaced or destroyed.
  func write(
    _ body: (borrowing State) throws(VaultFault) -> [KeyRecord]
  ) throws(VaultFault) {
    guard access == .readWrite else { throw .readOnly }
    try writing.withLock { (_) throws(VaultFault) in
      let records = try recordsFromSnapshot(body)
      var rest = records[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(Self.mostRecordsInGroup))
        rest = rest.dropFirst(part.count)
        try append(part)
      }
      try overwriteLeftovers()
    }
  }

  /// The snapshot is gone when this returns, so that the ledger is then changed without a copy.
  private func recordsFromSnapshot(
    _ body: (borrowing State) throws(VaultFault) -> [KeyRecord]
  ) throws(VaultFault) -> [KeyRecord] {
    let snapshot = state.withLock { $0 }
    if let fault = snapshot.fault { throw fault }
    return try body(snapshot)
  }

  /// Writes one group and waits for the disk; readers go on meanwhile.
  private func append(_ records: [KeyRecord]) throws(VaultFault) {
    let (file, end, sequence) = state.withLock { state in
      (state.file, state.ledger.end, state.ledger.sequence + 1)
    }
    let (bytes, group) = KeyGroup.encode(records, sequence: sequence, store: store)
    do {
      try file.write(bytes, at: end)
      try file.synchronize()
    } catch {
      // A full disk must not be the end of the store: take back what the write left behind.
      do {
        try file.truncate(to: end)
        try file.synchronize()
      } catch {
        state.withLock { $0.fault = error }
      }
      throw error
    }
    state.withLock { $0.ledger.apply(group, at: end) }
  }

  /// Overwrites destroyed keys where they stand.
  ///
  /// When that fails they stay noted, and the next write or the next opening takes it up again.
  func overwriteLeftovers() throws(VaultFault) {
    let (file, leftovers) = state.withLock { ($0.file, $0.ledger.leftovers) }
    guard !leftovers.isEmpty else { return }
    for place in leftovers.sorted() { try file.write(WrappedKey.destroyed, at: place) }
    try file.synchronize()
    state.withLock { $0.ledger.leftoversAreGone() }
  }

  /// Writes the file anew with what is alive only.
  ///
  /// Destroyed and replaced keys are gone, every key is wrapped by the newest epoch key, and older
  /// epoch keys are gone too. With another root key, all is wrapped under that one from then on.
  package func compact(under newRoot: RootKey? = nil) throws(VaultFault) {
    guard access == .readWrite else { throw .readOnly }
    try writing.withLock { (root) throws(VaultFault) in
      let old = state.withLock { $0 }
      if let fault = old.fault { throw fault }
      let draft = try StoreFile.create(path + ".new", replacing: true)
      let next = try rewrite(old, to: draft, under: newRoot ?? root)
      try draft.synchronize()
      try StoreFile.replace(path, by: draft.path)
      state.withLock { $0 = next }
      if let newRoot { root = newRoot }
    }
    cipher.forgetKeys()
  }

  private func rewrite(
    _ old: State, to draft: StoreFile, under root: RootKey
  ) throws(VaultFault) -> State {
    try draft.write(KeyLedger.fileHeader(store: store), at: 0)
    let ledger = KeyLedger(end: KeyLedger.fileHeaderLength)
    var next = State(file: draft, ledger: ledger, keys: [:], fault: nil)
    guard let epoch = old.ledger.newestNumber(of: .epoch) else { throw .keyMissing }
    var secrets: [KeyRecord] = []
    for (name, key) in old.keys where name.purpose != .epoch || name.number == epoch {
      next.keys[name] = key
      secrets.append(.secret(name, try wrap(key, as: name, under: root)))
    }
    try add(secrets, to: &next)
    var offset = KeyLedger.fileHeaderLength
    while offset < old.ledger.end {
      guard let group = try KeyLedger.group(of: old.file, at: offset, store: store) else {
        throw .keyStoreDamaged(path, offset: offset)
      }
      var records: [KeyRecord] = []
      for (record, at, _) in group.records {
        if let kept = try kept(record, at: offset + at, of: old, epoch: epoch) {
          records.append(kept)
        }
      }
      try add(records, to: &next)
      offset += group.length
    }
    return next
  }

  /// Writes a group to a file that nobody reads yet; one fsync at the end is enough for it.
  private func add(_ records: [KeyRecord], to next: inout State) throws(VaultFault) {
    guard !records.isEmpty else { return }
    let end = next.ledger.end
    let (bytes, group) = KeyGroup.encode(
      records, sequence: next.ledger.sequence + 1, store: store)
    try next.file.write(bytes, at: end)
    next.ledger.apply(group, at: end)
  }

  /// A record as it goes into a file written anew; nil when it is no longer needed.
  private func kept(
    _ record: KeyRecord, at offset: Int, of old: State, epoch: UInt32
  ) throws(VaultFault) -> KeyRecord? {
    switch record {
    case .secret, .retired, .destroyed(_, version: 1...):
      return nil
    case .destroyed:
      return record
    case .client(let owner, let version, let wrappedBy, let wrapped):
      guard
        old.ledger.spot(of: owner, version: version)
          == KeyLedger.Spot(at: offset, version: version)
      else { return nil }
      guard wrappedBy != epoch else { return record }
      guard let oldEpoch = old.keys[SecretName(purpose: .epoch, number: wrappedBy)],
        let newEpoch = old.keys[SecretName(purpose: .epoch, number: epoch)]
      else { throw .keyMissing }
      let context = Self.context(of: owner, version: version)
      let key = try cipher.openKey(wrapped.sealed, authenticating: context, under: oldEpoch)
      let sealed = try cipher.sealKey(key, authenticating: context, under: newEpoch)
      return .client(owner, version: version, epoch: epoch, WrappedKey(sealed: sealed))
    }
  }

  /// Writes a second copy of the store as it is now, whole on the disk when this returns; an older
  /// copy of that name is replaced in one step.
  package func copy(to copyPath: String) throws(VaultFault) {
    try writing.withLock { (_) throws(VaultFault) in
      let now = state.withLock { $0 }
      let draft = try StoreFile.create(copyPath + ".new", replacing: true)
      let step = 1 << 20
      var offset = 0
      while offset < now.ledger.end {
        let part = try now.file.read(at: offset, count: min(step, now.ledger.end - offset))
        guard !part.isEmpty else { throw .keyStoreDamaged(path, offset: offset) }
        try draft.write(part, at: offset)
        offset += part.count
      }
      try draft.synchronize()
      try StoreFile.replace(copyPath, by: draft.path)
    }
  }
}
