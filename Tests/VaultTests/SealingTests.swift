import Foundation
import Quantities
import Support
import Testing

@testable import Vault

/// A vault over a fresh key store in a folder of its own.
struct TestVault: ~Copyable {
  let folder: TemporaryFolder
  let root: RootKey
  let vault: Vault

  var path: String { folder.url.appending(path: "keys").path }

  init(owners: [KeyOwner] = [], limits: VaultLimits = VaultLimits()) throws {
    let folder = try TemporaryFolder()
    let root = try RootKey.random()
    let path = folder.url.appending(path: "keys").path
    let vault = Vault(keys: try KeyStore.create(at: path, root: root), limits: limits)
    try vault.createKeys(for: owners)
    self.folder = folder
    self.root = root
    self.vault = vault
  }
}

let ada = KeyOwner(tenant: "bank", client: "019a0000-0000-7000-8000-000000000001")
let bob = KeyOwner(tenant: "bank", client: "019a0000-0000-7000-8000-000000000002")
let adaElsewhere = KeyOwner(tenant: "broker", client: ada.client)

func place(
  _ owner: KeyOwner = ada, table: String = "client", column: String = "details",
  row: String = "r1", revision: Int64 = 1
) -> Place {
  Place(owner: owner, table: table, column: column, row: row, revision: revision)
}

@Suite("Sealed values")
struct SealingTests {
  @Test("open to what was sealed, at every length", arguments: [0, 1, 30, 31, 32, 33, 64, 4096])
  func roundTrip(length: Int) throws {
    let test = try TestVault(owners: [ada])
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let sealed = try test.vault.seal(Personal(bytes), at: place())
    #expect(try test.vault.open(sealed, at: place()).expose() == bytes)
    #expect(sealed.bytes.count == max(length, 32) + Vault.overhead)
  }

  @Test("keep texts in their own spelling", arguments: ["", "Ада Лавлейс", "Zoë\u{0}", "e\u{301}"])
  func texts(text: String) throws {
    let test = try TestVault(owners: [ada])
    let sealed = try test.vault.seal(Personal(text), at: place())
    let opened = try test.vault.open(sealed, at: place()).expose()
    #expect(Array(opened.utf8) == Array(text.utf8))
  }

  @Test("have suite, key version and a fresh nonce before the ciphertext")
  func layout() throws {
    let test = try TestVault(owners: [ada])
    let long = try test.vault.seal(Personal(String(repeating: "x", count: 40)), at: place())
    #expect(Array(long.bytes.prefix(5)) == [1, 0, 0, 0, 1])
    let short = try test.vault.seal(Personal("yes"), at: place())
    #expect(Array(short.bytes.prefix(5)) == [2, 0, 0, 0, 1])
    let again = try test.vault.seal(Personal("yes"), at: place())
    #expect(short.bytes[5..<17] != again.bytes[5..<17])
    #expect(short.bytes.count == again.bytes.count)
  }

  @Test("of few possible texts have one length")
  func padding() throws {
    let test = try TestVault(owners: [ada])
    let lengths = try ["low", "medium", "high", "speculative"].map {
      try test.vault.seal(Personal($0), at: place()).bytes.count
    }
    #expect(Set(lengths).count == 1)
  }

  @Test("do not open at another place, whichever part differs")
  func places() throws {
    let test = try TestVault(owners: [ada, bob, adaElsewhere])
    let sealed = try test.vault.seal(Personal("Ada"), at: place())
    let others = [
      place(bob), place(adaElsewhere), place(table: "account"), place(column: "address"),
      place(row: "r2"), place(revision: 2), place(revision: 1 << 40),
      place(table: "clien", column: "tdetails"), place(column: "detailsr", row: "1"),
      place(table: "clientdetails", column: ""), place(column: "detailsr1", row: ""),
    ]
    for other in others {
      #expect(throws: VaultFault.doesNotOpen) { try test.vault.open(sealed, at: other) }
    }
    #expect(try test.vault.open(sealed, at: place()).expose() == "Ada")
  }

  @Test("do not open with any bit changed or any byte missing")
  func changes() throws {
    let test = try TestVault(owners: [ada])
    for text in ["Ada", String(repeating: "Lovelace ", count: 6)] {
      let sealed = try test.vault.seal(Personal(text), at: place())
      for position in sealed.bytes.indices {
        for bit in 0..<8 {
          var bytes = sealed.bytes
          bytes[position] ^= 1 << UInt8(bit)
          #expect(throws: VaultFault.doesNotOpen) {
            try test.vault.open(Sealed<String>(bytes: bytes), at: place())
          }
        }
        let cut = Array(sealed.bytes[..<position])
        #expect(throws: VaultFault.doesNotOpen) {
          try test.vault.open(Sealed<String>(bytes: cut), at: place())
        }
      }
      #expect(throws: VaultFault.doesNotOpen) {
        try test.vault.open(Sealed<String>(bytes: sealed.bytes + [0]), at: place())
      }
    }
  }

  @Test("longer than the limit are refused, at the limit they are sealed")
  func limit() throws {
    var limits = VaultLimits()
    limits.longestValue = 100
    let test = try TestVault(owners: [ada], limits: limits)
    let most = try test.vault.seal(Personal([UInt8](repeating: 1, count: 100)), at: place())
    #expect(try test.vault.open(most, at: place()).expose().count == 100)
    #expect(throws: VaultFault.tooLong(limit: 100)) {
      try test.vault.seal(Personal([UInt8](repeating: 1, count: 101)), at: place())
    }
    #expect(throws: VaultFault.doesNotOpen) {
      try test.vault.open(Sealed<String>(bytes: most.bytes + [0]), at: place())
    }
  }

  @Test("need a key of the person first, and none after it was destroyed")
  func erasure() throws {
    let test = try TestVault(owners: [ada])
    #expect(throws: VaultFault.keyMissing) {
      try test.vault.seal(Personal("Bob"), at: place(bob))
    }
    let sealed = try test.vault.seal(Personal("Ada"), at: place())
    try test.vault.eraseKeys(of: [ada])
    #expect(throws: VaultFault.keyErased) { try test.vault.open(sealed, at: place()) }
    #expect(throws: VaultFault.keyErased) { try test.vault.seal(Personal("Ada"), at: place()) }
    #expect(throws: VaultFault.keyErased) { try test.vault.createKeys(for: [ada]) }
  }

  @Test("of an older key version open beside those of the newest")
  func renewal() throws {
    let test = try TestVault(owners: [ada])
    let old = try test.vault.seal(Personal("old"), at: place())
    try test.vault.renewKeys(of: [ada])
    let new = try test.vault.seal(Personal("new"), at: place())
    #expect(Array(new.bytes[1..<5]) == [0, 0, 0, 2])
    #expect(try test.vault.open(old, at: place()).expose() == "old")
    #expect(try test.vault.open(new, at: place()).expose() == "new")
  }

  @Test("do not open under another suite or another live key version")
  func downgrade() throws {
    let test = try TestVault(owners: [ada])
    for text in ["short", String(repeating: "long", count: 10)] {
      let sealed = try test.vault.seal(Personal(text), at: place())
      var suite = sealed.bytes
      suite[0] ^= 3
      var version = sealed.bytes
      version[4] += 1
      try test.vault.renewKeys(of: [ada])
      for bytes in [suite, version] {
        #expect(throws: VaultFault.doesNotOpen) {
          try test.vault.open(Sealed<String>(bytes: bytes), at: place())
        }
      }
      #expect(try test.vault.open(sealed, at: place()).expose() == text)
    }
  }

  @Test("do not open after any of many random changes")
  func randomChanges() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    let owners = [ada, bob, adaElsewhere]
    let test = try TestVault(owners: owners)
    let words = ["", "client", "details", "r", "1", "r1", "\u{0}", "clientdetails"]
    func anyPlace() -> Place {
      Place(
        owner: owners[Int.random(in: 0..<3, using: &random)],
        table: words.randomElement(using: &random) ?? "",
        column: words.randomElement(using: &random) ?? "",
        row: words.randomElement(using: &random) ?? "",
        revision: Int64.random(in: -1...2, using: &random))
    }
    for _ in 0..<2000 {
      let spot = anyPlace()
      let length = Int.random(in: 0..<100, using: &random)
      let value = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let sealed = try test.vault.seal(Personal(value), at: spot)
      #expect(try test.vault.open(sealed, at: spot).expose() == value, "seed \(seed)")
      let other = anyPlace()
      if other != spot {
        #expect(throws: VaultFault.doesNotOpen, "seed \(seed)") {
          try test.vault.open(sealed, at: other)
        }
      }
      var bytes = sealed.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = bytes.indices.randomElement(using: &random) ?? 0
        bytes[position] = UInt8.random(in: .min ... .max, using: &random)
      }
      guard bytes != sealed.bytes else { continue }
      #expect(throws: VaultFault.doesNotOpen, "seed \(seed)") {
        try test.vault.open(Sealed<[UInt8]>(bytes: bytes), at: spot)
      }
    }
  }

  @Test("are sealed and opened by many threads at once with few cached keys")
  func concurrency() async throws {
    var limits = VaultLimits()
    limits.cachedKeys = 3
    let owners = (0..<16).map { KeyOwner(tenant: "bank", client: "c\($0)") }
    let test = try TestVault(owners: owners, limits: limits)
    let vault = test.vault
    try await withThrowingTaskGroup { group in
      for worker in 0..<8 {
        group.addTask { @concurrent in
          for turn in 0..<200 {
            let owner = owners[(worker * 31 + turn * 7) % owners.count]
            let spot = place(owner, row: "\(worker).\(turn)")
            let sealed = try vault.seal(Personal("\(worker)-\(turn)"), at: spot)
            let opened = try vault.open(sealed, at: spot)
            #expect(opened.expose() == "\(worker)-\(turn)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(vault.cache.count == 3)
  }
}

@Suite("Personal values")
struct PersonalTests {
  @Test("show nothing of themselves")
  func showNothing() {
    let name = Personal("Ada Lovelace")
    #expect(String(describing: name) == "‹personal›")
    #expect(String(reflecting: name) == "‹personal›")
    #expect(Mirror(reflecting: name).children.isEmpty)
    var dumped = ""
    dump(["name": name], to: &dumped)
    #expect(!dumped.contains("Ada"))
    #expect("\([name])" == "[‹personal›]")
  }

  @Test("give their value only when asked")
  func reveal() {
    let name = Personal("Ada")
    #expect(name.expose() == "Ada")
    #expect(name.reveal { $0.count } == 3)
    #expect(name.map { $0.count } == Personal(3))
  }
}
