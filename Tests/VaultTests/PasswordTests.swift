import Foundation
import Synchronization
import Testing

@testable import Vault

@Suite("Passwords")
struct PasswordTests {
  static let cost = ScryptCost(logN: 4, r: 8, p: 1) ?? .least

  @Test("The right one is right, any other is wrong")
  func verdicts() throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: Self.cost)
    let stored = try passwords.hash(Personal("correct horse"))
    #expect(
      try passwords.verify(Personal("correct horse"), against: stored)
        == .right(isOutdated: false))
    for other in ["", "Correct horse", "correct horse ", "correct horse\u{0}", "correct hors"] {
      #expect(try passwords.verify(Personal(other), against: stored) == .wrong)
    }
    #expect(try passwords.verify(Personal("correct horse"), against: nil) == .wrong)
  }

  @Test("Hashes are PHC strings with cost and pepper, and are read back")
  func form() throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: Self.cost)
    let stored = try passwords.hash(Personal("secret"))
    #expect(stored.text.hasPrefix("$scrypt$ln=4,r=8,p=1,k=1$"))
    #expect("\(stored)" == "‹password hash›")
    #expect(PasswordHash(stored.text) == stored)
    #expect(try passwords.hash(Personal("secret")) != stored)
  }

  @Test(
    "What is no hash, or asks for too much, is not read",
    arguments: [
      "", "secret", "$scrypt$", "$scrypt$ln=4,r=8,p=1,k=1$AAAA$AAAA",
      "$scrypt$ln=30,r=8,p=1,k=1$SALT$HASH", "$scrypt$ln=20,r=8,p=1,k=1$SALT$HASH",
      "$scrypt$ln=4,r=8,p=17,k=1$SALT$HASH", "$scrypt$ln=04,r=8,p=1,k=1$SALT$HASH",
      "$scrypt$ln=-4,r=8,p=1,k=1$SALT$HASH", "$scrypt$ln=4,r=8,p=1,k=0$SALT$HASH",
      "$scrypt$ln=4,r=8,p=1$SALT$HASH", "$scrypt$ln=4,p=1,r=8,k=1$SALT$HASH",
      "$argon2id$ln=4,r=8,p=1,k=1$SALT$HASH", "$scrypt$ln=4,r=8,p=1,k=1$SALT$HASH$",
      "$scrypt$ln=4,r=8,p=1,k=99999999999999999999$SALT$HASH",
      "x$scrypt$ln=4,r=8,p=1,k=1$SALT$HASH",
    ])
  func refused(text: String) {
    let salt = String(repeating: "A", count: 22)
    let hash = String(repeating: "A", count: 43)
    let whole = text.replacing("SALT", with: salt).replacing("HASH", with: hash)
    #expect(PasswordHash(whole) == nil)
    #expect(PasswordHash("$scrypt$ln=4,r=8,p=1,k=1$\(salt)$\(hash)") != nil)
  }

  @Test("Both ways to compose a letter are one password")
  func composed() throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: Self.cost)
    let stored = try passwords.hash(Personal("caf\u{E9}"))
    #expect(
      try passwords.verify(Personal("cafe\u{301}"), against: stored) == .right(isOutdated: false))
  }

  @Test("A new cost or a new pepper asks for a new hash, and the old one still holds")
  func outdated() throws {
    let test = try TestVault()
    let old = try test.vault.passwords(cost: Self.cost).hash(Personal("secret"))
    let dearer = try #require(ScryptCost(logN: 5, r: 8, p: 1))
    #expect(
      try test.vault.passwords(cost: dearer).verify(Personal("secret"), against: old)
        == .right(isOutdated: true))
    #expect(try test.vault.keys.advance(.pepper) == 2)
    let later = try test.vault.passwords(cost: Self.cost)
    #expect(try later.verify(Personal("secret"), against: old) == .right(isOutdated: true))
    #expect(try later.hash(Personal("secret")).text.contains(",k=2$"))
    try test.vault.keys.retire(.pepper, number: 1)
    #expect(throws: VaultFault.keyMissing) {
      try test.vault.passwords(cost: Self.cost).verify(Personal("secret"), against: old)
    }
  }

  @Test("The pepper of another installation does not do")
  func pepper() throws {
    let here = try TestVault()
    let there = try TestVault()
    let stored = try here.vault.passwords(cost: Self.cost).hash(Personal("secret"))
    #expect(
      try there.vault.passwords(cost: Self.cost).verify(Personal("secret"), against: stored)
        == .wrong)
  }

  @Test("Longer than 1,024 bytes is refused before any work")
  func tooLong() throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: Self.cost)
    _ = try passwords.hash(Personal(String(repeating: "x", count: 1024)))
    #expect(throws: VaultFault.tooLong(limit: 1024)) {
      try passwords.hash(Personal(String(repeating: "x", count: 1025)))
    }
  }

  @Test("A cost past libcrypto's own cap of 32 MiB is computed, and differs from a cheaper one")
  func memory() throws {
    let cost = try #require(ScryptCost(logN: 17, r: 8, p: 1))
    let cheaper = try #require(ScryptCost(logN: 10, r: 8, p: 1))
    let dear = try Scrypt.bytes(password: [1], salt: [2], cost: cost, count: 32)
    #expect(dear != [UInt8](repeating: 0, count: 32))
    #expect(try dear != Scrypt.bytes(password: [1], salt: [2], cost: cheaper, count: 32))
  }

  @Test("An unknown user costs the work of a known one")
  func unknownUser() throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: try #require(ScryptCost(logN: 12, r: 8, p: 1)))
    let stored = try passwords.hash(Personal("secret"))
    // The least of several: what else runs on the machine can only add to the work of a thread.
    var (known, unknown) = (Int.max, Int.max)
    var ratio: Double { Double(unknown) / Double(known) }
    for round in 0..<200 where round < 9 || !(0.7..<1.4).contains(ratio) {
      let wrong = Personal("no")
      known = min(known, try Self.work { _ = try passwords.verify(wrong, against: stored) })
      unknown = min(unknown, try Self.work { _ = try passwords.verify(wrong, against: nil) })
    }
    #expect((0.7..<1.4).contains(ratio), "unknown takes \(ratio) of known")
  }

  /// What a body takes of this thread's processor time, in nanoseconds; other tests beside it do
  /// not count.
  static func work(_ body: () throws -> Void) rethrows -> Int {
    func now() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
    let start = now()
    try body()
    return now() - start
  }
}

@Suite("The queue of password hashes")
struct PasswordQueueTests {
  /// Work that waits until it is let go.
  final class Gate: Sendable {
    private let condition = NSCondition()
    private let isOpen = Mutex(false)

    func wait() {
      condition.lock()
      while !isOpen.withLock({ $0 }) { condition.wait() }
      condition.unlock()
    }

    func open() {
      condition.lock()
      isOpen.withLock { $0 = true }
      condition.broadcast()
      condition.unlock()
    }
  }

  static func settle(_ condition: () -> Bool) async throws {
    for _ in 0..<60_000 where !condition() { try await Task.sleep(for: .milliseconds(1)) }
    #expect(condition())
  }

  @Test("runs two, lets sixteen wait and turns the next away; later there is room again")
  func bounds() async throws {
    let queue = PasswordQueue()
    let gate = Gate()
    let done = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<18 {
        group.addTask {
          try await queue.run {
            gate.wait()
            return number
          }
        }
      }
      try await Self.settle { queue.load == (2, 16) }
      await #expect(throws: PasswordQueueFault.busy) { try await queue.run { 1 } }
      gate.open()
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(done == Set(0..<18))
    #expect(try await queue.run { 7 } == 7)
    try await Self.settle { queue.load == (0, 0) }
  }

  @Test("forgets a caller who has gone while waiting")
  func cancellation() async throws {
    let queue = PasswordQueue(running: 1, waiting: 1)
    let gate = Gate()
    let first = Task {
      try await queue.run {
        gate.wait()
        return 1
      }
    }
    try await Self.settle { queue.load.running == 1 }
    let second = Task { try await queue.run { 2 } }
    try await Self.settle { queue.load.waiting == 1 }
    second.cancel()
    await #expect(throws: PasswordQueueFault.cancelled) { try await second.value }
    #expect(queue.load == (1, 0))
    gate.open()
    #expect(try await first.value == 1)
  }

  @Test("hands on what went wrong")
  func failure() async throws {
    let queue = PasswordQueue()
    await #expect(throws: PasswordQueueFault.failed(.cryptography("x"))) {
      try await queue.run { () throws(VaultFault) -> Int in throw .cryptography("x") }
    }
  }

  @Test("hashes and checks passwords")
  func passwords() async throws {
    let test = try TestVault()
    let passwords = try test.vault.passwords(cost: PasswordTests.cost)
    let queue = PasswordQueue()
    let stored = try await queue.hash(Personal("secret"), by: passwords)
    #expect(
      try await queue.verify(Personal("secret"), against: stored, by: passwords)
        == .right(isOutdated: false))
    #expect(try await queue.verify(Personal("no"), against: stored, by: passwords) == .wrong)
    #expect(try await queue.verify(Personal("no"), against: nil, by: passwords) == .wrong)
  }
}
