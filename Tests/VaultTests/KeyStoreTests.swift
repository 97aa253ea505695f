import Foundation
import Support
import Testing

@testable import Vault

@Suite("The key store")
struct KeyStoreTests {
  static func owners(_ count: Int) -> [KeyOwner] {
    (0..<count).map { KeyOwner(tenant: "t", client: "c\($0)") }
  }

  @Test("keeps keys over closing and opening, and makes none twice")
  func lasting() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "keys").path
    let root = try RootKey.random()
    let owners = Self.owners(5)
    var keys: [[UInt8]] = []
    do {
      let store = try KeyStore.create(at: path, root: root)
      try store.create(keysFor: owners + owners)
      let length = try Data(contentsOf: URL(filePath: path)).count
      try store.create(keysFor: owners)
      #expect(try Data(contentsOf: URL(filePath: path)).count == length)
      keys = try owners.map { try store.key(of: $0, version: 0).key.exposed() }
      #expect(Set(keys).count == 5)
    }
    let store = try KeyStore.open(at: path, root: root)
    #expect(try owners.map { try store.key(of: $0, version: 1).key.exposed() } == keys)
    #expect(store.standing(of: owners[0]) == .live)
    #expect(store.standing(of: ada) == .absent)
    #expect(store.count == 5)
  }

  @Test("is a file that only its owner may read, as is the root key's")
  func permissions() throws {
    let folder = try TemporaryFolder()
    let keyPath = folder.url.appending(path: "root").path
    let path = folder.url.appending(path: "keys").path
    _ = try KeyStore.create(at: path, root: try RootKey.create(file: keyPath))
    for file in [path, keyPath] {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(left == ["keys", "keys.lock", "root"])
  }

  @Test("is not written over, and has one writer and any number of readers")
  func access() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "keys").path
    let root = try RootKey.random()
    do {
      let store = try KeyStore.create(at: path, root: root)
      #expect(throws: VaultFault.keyStoreInUse(path)) { try KeyStore.open(at: path, root: root) }
      #expect(throws: VaultFault.keyStoreInUse(path)) { try KeyStore.create(at: path, root: root) }
      let reader = try KeyStore.open(at: path, root: root, access: .readOnly)
      #expect(throws: VaultFault.readOnly) { try reader.create(keysFor: [ada]) }
      #expect(throws: VaultFault.readOnly) { try reader.erase([ada]) }
      #expect(throws: VaultFault.readOnly) { try reader.compact() }
      #expect(throws: VaultFault.keyMissing) { try reader.key(of: ada, version: 0) }
      try store.create(keysFor: [ada])
      let key = try store.key(of: ada, version: 0).key.exposed()
      #expect(try reader.key(of: ada, version: 0).key.exposed() == key)
      try store.compact()
      try store.create(keysFor: [bob])
      _ = try reader.key(of: bob, version: 0)
      #expect(try reader.key(of: ada, version: 0).key.exposed() == key)
      try store.erase([ada])
      #expect(throws: VaultFault.keyErased) { try reader.key(of: ada, version: 0) }
    }
    #expect(throws: VaultFault.alreadyThere(path)) { try KeyStore.create(at: path, root: root) }
  }

  @Test("says in one line that the root key is wrong or the file is not there")
  func wrongRoot() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "keys").path
    let root = try RootKey.random()
    #expect(throws: VaultFault.keyStoreMissing(path)) { try KeyStore.open(at: path, root: root) }
    _ = try KeyStore.create(at: path, root: root)
    #expect(throws: VaultFault.wrongRootKey(store: path)) {
      try KeyStore.open(at: path, root: try RootKey.random())
    }
    let line = "\(VaultFault.wrongRootKey(store: path))"
    #expect(line == "the root key does not open the key store \(path)")
    #expect(!line.contains("\n"))
  }

  @Test("refuses owners without a name, with too long a one, and too many of them")
  func soundOwners() throws {
    let test = try TestVault()
    let long = String(repeating: "x", count: 64)
    try test.vault.createKeys(for: [KeyOwner(tenant: long, client: long)])
    _ = try test.vault.keys.key(of: KeyOwner(tenant: long, client: long), version: 0)
    for owner in [
      KeyOwner(tenant: "", client: "c"), KeyOwner(tenant: "t", client: ""),
      KeyOwner(tenant: long + "x", client: "c"), KeyOwner(tenant: "t", client: long + "é"),
    ] {
      #expect(throws: VaultFault.ownerRefused) { try test.vault.createKeys(for: [owner]) }
      #expect(throws: VaultFault.ownerRefused) { try test.vault.eraseKeys(of: [owner]) }
    }
  }

  @Test("takes many persons in one call")
  func many() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "keys").path
    let root = try RootKey.random()
    let owners = Self.owners(5_000)
    let last = try {
      let store = try KeyStore.create(at: path, root: root)
      try store.create(keysFor: owners)
      return try store.key(of: owners[4_999], version: 0).key.exposed()
    }()
    let store = try KeyStore.open(at: path, root: root)
    #expect(store.count == 5_000)
    #expect(try store.key(of: owners[4_999], version: 0).key.exposed() == last)
  }

  @Test("a wrapped key put in the place of another person's does not open")
  func swap() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "keys").path
    let root = try RootKey.random()
    let owners = Self.owners(2)
    try KeyStore.create(at: path, root: root).create(keysFor: owners)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let record = 1 + 1 + 1 + 1 + 2 + 8 + WrappedKey.length
    let first = bytes.count - KeyGroup.checkLength - 2 * record + record - WrappedKey.length
    for position in 0..<WrappedKey.length {
      bytes.swapAt(first + position, first + record + position)
    }
    try Data(bytes).write(to: URL(filePath: path))
    let store = try KeyStore.open(at: path, root: root)
    for owner in owners {
      #expect(throws: VaultFault.doesNotOpen) { try store.key(of: owner, version: 0) }
    }
  }

  @Test("a key being erased while it is loaded does not stay in memory")
  func cacheGeneration() throws {
    let cache = KeyCache(limit: 4)
    let name = KeyCache.Name(owner: ada, use: .field, version: 0)
    let entry = KeyCache.Entry(key: try SecretKey.random(), version: 1)
    let before = cache.generation
    cache.remove([ada])
    cache.add(entry, as: name, ifStill: before)
    #expect(cache.entry(name) == nil)
    cache.add(entry, as: name, ifStill: cache.generation)
    #expect(cache.entry(name) != nil)
  }

  @Test("the cache keeps what was used last")
  func leastRecentlyUsed() throws {
    let cache = KeyCache(limit: 3)
    let names = Self.owners(5).map { KeyCache.Name(owner: $0, use: .field, version: 0) }
    let entry = KeyCache.Entry(key: try SecretKey.random(), version: 1)
    for name in names.prefix(3) { cache.add(entry, as: name, ifStill: 0) }
    _ = cache.entry(names[0])
    cache.add(entry, as: names[3], ifStill: 0)
    #expect(names.map { cache.entry($0) != nil } == [true, false, true, true, false])
    cache.add(entry, as: names[4], ifStill: 0)
    #expect(names.map { cache.entry($0) != nil } == [false, false, true, true, true])
    cache.remove([names[3].owner])
    #expect(names.map { cache.entry($0) != nil } == [false, false, true, false, true])
    cache.add(entry, as: names[0], ifStill: 1)
    cache.add(entry, as: names[1], ifStill: 1)
    #expect(cache.count == 3)
    #expect(names.map { cache.entry($0) != nil } == [true, true, false, false, true])
  }
}

@Suite("The root key")
struct RootKeyTests {
  @Test("is read back from its file, and the file is never written over")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "root").path
    let made = try RootKey.create(file: path)
    #expect(try RootKey.load(from: .file(path)).key.exposed() == made.key.exposed())
    #expect(throws: VaultFault.alreadyThere(path)) { try RootKey.create(file: path) }
    #expect("\(made)" == "‹root key›")
  }

  @Test("cut short at any length, or with any letter changed, is told from a wrong one")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "root").path
    let text = try RootKey.create(file: path).text
    let whole = Array(text.utf8)
    func write(_ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    for length in 0..<whole.count {
      try write(Array(whole[..<length]))
      #expect(throws: VaultFault.rootKeyMalformed(path)) { try RootKey.load(from: .file(path)) }
    }
    for position in whole.indices {
      var bytes = whole
      bytes[position] = bytes[position] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
      try write(bytes)
      #expect(throws: VaultFault.rootKeyMalformed(path)) { try RootKey.load(from: .file(path)) }
    }
    for bytes in [whole + [10, 10], whole + whole, [0xFF] + whole] {
      try write(bytes)
      #expect(throws: VaultFault.rootKeyMalformed(path)) { try RootKey.load(from: .file(path)) }
    }
    try write(whole)
    _ = try RootKey.load(from: .file(path))
  }

  @Test("that is missing or open to others is refused with the mend")
  func places() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "root").path
    #expect(throws: VaultFault.rootKeyMissing(path)) { try RootKey.load(from: .file(path)) }
    #expect(throws: VaultFault.rootKeyMissing("$STEWARD_NO_SUCH_KEY")) {
      try RootKey.load(from: .environment("STEWARD_NO_SUCH_KEY"))
    }
    _ = try RootKey.create(file: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: VaultFault.rootKeyTooOpen(path)) { try RootKey.load(from: .file(path)) }
    #expect("\(VaultFault.rootKeyTooOpen(path))".hasSuffix("run chmod 600 \(path)"))
  }

  @Test("comes through a descriptor or the environment as well")
  func otherPlaces() throws {
    let root = try RootKey.random()
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data((root.text + "\n").utf8))
    try pipe.fileHandleForWriting.close()
    let read = try RootKey.load(from: .descriptor(pipe.fileHandleForReading.fileDescriptor))
    #expect(read.key.exposed() == root.key.exposed())
    setenv("STEWARD_TEST_ROOT_KEY", root.text, 1)
    defer { unsetenv("STEWARD_TEST_ROOT_KEY") }
    let environment = try RootKey.load(from: .environment("STEWARD_TEST_ROOT_KEY"))
    #expect(environment.key.exposed() == root.key.exposed())
  }
}
