import Foundation
import Support
import Synchronization
import Testing

@testable import Vault

/// A key store file with what each of its groups added, to be cut and changed by tests.
struct WrittenStore: ~Copyable {
  let folder: TemporaryFolder
  let root: RootKey
  let bytes: [UInt8]
  /// Where each group ends.
  let ends: [Int]
  let owners: [KeyOwner]

  var path: String { folder.url.appending(path: "changed").path }

  /// A store to which each person was added by a call of their own.
  init(persons: Int) throws {
    let folder = try TemporaryFolder()
    let root = try RootKey.random()
    let path = folder.url.appending(path: "keys").path
    let owners = KeyStoreTests.owners(persons)
    let store = try KeyStore.create(at: path, root: root)
    var ends = [try Data(contentsOf: URL(filePath: path)).count]
    for owner in owners {
      try store.create(keysFor: [owner])
      ends.append(try Data(contentsOf: URL(filePath: path)).count)
    }
    self.bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    self.folder = folder
    self.root = root
    self.ends = ends
    self.owners = owners
  }

  /// Opens the store with these bytes instead.
  borrowing func open(_ bytes: [UInt8]) throws -> KeyStore {
    try Data(bytes).write(to: URL(filePath: path))
    return try KeyStore.open(at: path, root: root)
  }

  borrowing func length() throws -> Int {
    try Data(contentsOf: URL(filePath: path)).count
  }
}

@Suite("A key store that was cut, changed or half erased")
struct KeyStoreDamageTests {
  @Test("at every length keeps all keys whose writing had ended, and goes on from there")
  func tornTail() throws {
    let written = try WrittenStore(persons: 3)
    for length in 0...written.bytes.count {
      let cut = Array(written.bytes[..<length])
      let whole = written.ends.filter { $0 <= length }.count
      guard whole > 0 else {
        #expect(throws: VaultFault.self) { try written.open(cut) }
        continue
      }
      let store = try written.open(cut)
      for (number, owner) in written.owners.enumerated() {
        #expect(store.standing(of: owner) == (number < whole - 1 ? .live : .absent))
        if number < whole - 1 { _ = try store.key(of: owner, version: 0) }
      }
      #expect(try written.length() == written.ends[whole - 1])
    }
    let cut = Array(written.bytes.dropLast(3))
    do { try written.open(cut).create(keysFor: written.owners + [ada]) }
    let store = try KeyStore.open(at: written.path, root: written.root)
    for owner in written.owners + [ada] { _ = try store.key(of: owner, version: 0) }
  }

  @Test("at its end with rubbish or zeros behind keeps all keys whose writing had ended")
  func rubbishTail() throws {
    let written = try WrittenStore(persons: 2)
    let end = written.bytes.count
    for tail in [[UInt8](repeating: 0, count: 5000), [UInt8](repeating: 0x4B, count: 300)] {
      let store = try written.open(written.bytes + tail)
      for owner in written.owners { _ = try store.key(of: owner, version: 0) }
      #expect(try written.length() == end)
    }
  }

  @Test("in any byte of an earlier write is refused with the place; in the last it was never ended")
  func changedByte() throws {
    let written = try WrittenStore(persons: 2)
    let lastStart = written.ends[1]
    for position in written.bytes.indices {
      var bytes = written.bytes
      bytes[position] ^= 0x10
      guard position >= lastStart else {
        let fault = #expect(throws: VaultFault.self) { try written.open(bytes) }
        guard case .keyStoreDamaged(_, let offset) = fault else {
          Issue.record("byte \(position): \(String(describing: fault))")
          continue
        }
        #expect(offset <= position)
        continue
      }
      let store = try written.open(bytes)
      #expect(store.standing(of: written.owners[0]) == .live)
      #expect(store.standing(of: written.owners[1]) == .absent)
    }
  }

  @Test("is read without a change by a process that only reads")
  func readOnly() throws {
    let written = try WrittenStore(persons: 2)
    let cut = Array(written.bytes.dropLast(1))
    try Data(cut).write(to: URL(filePath: written.path))
    let store = try KeyStore.open(at: written.path, root: written.root, access: .readOnly)
    #expect(store.standing(of: written.owners[0]) == .live)
    #expect(store.standing(of: written.owners[1]) == .absent)
    #expect([UInt8](try Data(contentsOf: URL(filePath: written.path))) == cut)
  }

  @Test("holds no byte of an erased key, and keeps that it was erased")
  func erasure() throws {
    let written = try WrittenStore(persons: 3)
    let wrapped = try #require(Self.wrapped(in: written.bytes, of: written.owners[1]))
    #expect(Self.contains(written.bytes, wrapped))
    do {
      let store = try written.open(written.bytes)
      try store.erase([written.owners[1], ada])
      try store.erase([written.owners[1]])
      #expect(store.standing(of: written.owners[1]) == .erased)
    }
    let now = [UInt8](try Data(contentsOf: URL(filePath: written.path)))
    #expect(!Self.contains(now, wrapped))
    let store = try KeyStore.open(at: written.path, root: written.root)
    #expect(throws: VaultFault.keyErased) { try store.key(of: written.owners[1], version: 0) }
    #expect(throws: VaultFault.keyErased) { try store.create(keysFor: [ada]) }
    _ = try store.key(of: written.owners[0], version: 0)
    _ = try store.key(of: written.owners[2], version: 0)
  }

  @Test("killed between the record of an erasure and the overwriting takes it up again")
  func halfErased() throws {
    let written = try WrittenStore(persons: 2)
    let wrapped = try #require(Self.wrapped(in: written.bytes, of: written.owners[0]))
    do { try written.open(written.bytes).erase([written.owners[0]]) }
    let erased = [UInt8](try Data(contentsOf: URL(filePath: written.path)))
    let start = try #require(Self.place(of: wrapped, in: written.bytes))
    for kept in [0, 1, 17, 60, 67, 68] {
      var bytes = erased
      let back = written.bytes[start..<(start + kept)]
      bytes.replaceSubrange(start..<(start + kept), with: back)
      let store = try written.open(bytes)
      #expect(throws: VaultFault.keyErased) { try store.key(of: written.owners[0], version: 0) }
      #expect([UInt8](try Data(contentsOf: URL(filePath: written.path))) == erased)
    }
  }

  @Test("written anew holds what is alive only, under the newest epoch key alone")
  func compaction() throws {
    let written = try WrittenStore(persons: 4)
    let old = written.owners.compactMap { Self.wrapped(in: written.bytes, of: $0) }
    var keys: [[UInt8]] = []
    do {
      let store = try written.open(written.bytes)
      keys = try written.owners.map { try store.key(of: $0, version: 0).key.exposed() }
      try store.renew(keysFor: [written.owners[3]])
      try store.erase([written.owners[0]])
      let before = try written.length()
      try store.compact()
      #expect(try written.length() < before)
      #expect(try store.advance(.epoch) == 2)
      try store.compact()
      #expect(store.numbers(of: .epoch) == [2])
      try store.create(keysFor: [ada])
      #expect(try store.key(of: written.owners[1], version: 0).key.exposed() == keys[1])
    }
    let now = [UInt8](try Data(contentsOf: URL(filePath: written.path)))
    for wrapped in old { #expect(!Self.contains(now, wrapped)) }
    let store = try KeyStore.open(at: written.path, root: written.root)
    #expect(throws: VaultFault.keyErased) { try store.key(of: written.owners[0], version: 0) }
    for number in 1...2 {
      #expect(try store.key(of: written.owners[number], version: 1).key.exposed() == keys[number])
    }
    #expect(try store.key(of: written.owners[3], version: 0).version == 2)
    #expect(try store.key(of: written.owners[3], version: 1).key.exposed() == keys[3])
    _ = try store.key(of: ada, version: 1)
  }

  @Test("takes another root key, and the old one opens it no more")
  func newRoot() throws {
    let written = try WrittenStore(persons: 1)
    let newRoot = try RootKey.random()
    do {
      let store = try written.open(written.bytes)
      try store.compact(under: newRoot)
      #expect(try store.advance(.pepper) == 2)
    }
    let path = written.path
    #expect(throws: VaultFault.wrongRootKey(store: path)) {
      try KeyStore.open(at: path, root: written.root)
    }
    let store = try KeyStore.open(at: path, root: newRoot)
    _ = try store.key(of: written.owners[0], version: 0)
    #expect(store.numbers(of: .pepper) == [2, 1])
  }

  @Test("loses an older version of a key when that is retired, and never the newest")
  func retiredVersion() throws {
    let written = try WrittenStore(persons: 1)
    let owner = written.owners[0]
    let wrapped = try #require(Self.wrapped(in: written.bytes, of: owner))
    let store = try written.open(written.bytes)
    #expect(throws: VaultFault.keyMissing) { try store.retire(version: 1, of: owner) }
    try store.renew(keysFor: [owner])
    #expect(throws: VaultFault.keyMissing) { try store.retire(version: 2, of: owner) }
    try store.retire(version: 1, of: owner)
    #expect(throws: VaultFault.keyMissing) { try store.key(of: owner, version: 1) }
    _ = try store.key(of: owner, version: 2)
    #expect(!Self.contains([UInt8](try Data(contentsOf: URL(filePath: written.path))), wrapped))
  }

  @Test("whose disk fails takes no more keys, and goes on reading those it has")
  func failingDisk() throws {
    let written = try WrittenStore(persons: 1)
    let store = try written.open(written.bytes)
    let readable = try #require(try StoreFile.open(written.path, forWriting: false))
    store.state.withLock { $0.file = readable }
    for _ in 0..<2 {
      let fault = #expect(throws: VaultFault.self) { try store.create(keysFor: [ada]) }
      guard case .file = fault else {
        Issue.record("\(String(describing: fault))")
        continue
      }
    }
    #expect(store.standing(of: ada) == .absent)
    _ = try store.key(of: written.owners[0], version: 0)
    #expect([UInt8](try Data(contentsOf: URL(filePath: written.path))) == written.bytes)
  }

  @Test("has a second copy that opens by itself")
  func copy() throws {
    let written = try WrittenStore(persons: 2)
    let copyPath = written.folder.url.appending(path: "copy").path
    let store = try written.open(written.bytes)
    try store.copy(to: copyPath)
    let key = try store.key(of: written.owners[1], version: 0).key.exposed()
    let copy = try KeyStore.open(at: copyPath, root: written.root)
    #expect(try copy.key(of: written.owners[1], version: 0).key.exposed() == key)
  }

  /// The wrapped key of a person as it stands in a file.
  static func wrapped(in bytes: [UInt8], of owner: KeyOwner) -> [UInt8]? {
    let names = [UInt8(owner.tenant.utf8.count)] + Array(owner.tenant.utf8)
    let mark = [2] + names + [UInt8(owner.client.utf8.count)] + Array(owner.client.utf8)
    return place(of: mark, in: bytes).map { start in
      let wrappedAt = start + mark.count + 8
      return Array(bytes[wrappedAt..<(wrappedAt + WrappedKey.length)])
    }
  }

  static func place(of part: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= part.count else { return nil }
    return (0...(bytes.count - part.count)).first { bytes[$0...].starts(with: part) }
  }

  static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    place(of: part, in: bytes) != nil
  }
}
