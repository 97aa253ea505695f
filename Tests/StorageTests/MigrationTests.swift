import Storage
import Support
import Testing

@Suite struct MigrationTests {
  let first = Migration("accounts", ["CREATE TABLE account (id \(.text) PRIMARY KEY) \(.strict)"])
  let second = Migration("balances", ["ALTER TABLE account ADD COLUMN balance \(.integer)"])

  @Test func `steps are applied once and in order`() async throws {
    let store = try TestStore()
    try await store.engine.write { [first] tx in try tx.migrate([first]) }
    try await store.engine.write { [first, second] tx in try tx.migrate([first, second]) }
    try await store.engine.write { [first, second] tx in try tx.migrate([first, second]) }
    let names = try await store.engine.read { tx in
      try tx.all("SELECT name FROM migration ORDER BY position", as: String.self)
    }
    #expect(names == ["accounts", "balances"])
  }

  @Test func `an edited step is refused`() async throws {
    let store = try TestStore()
    try await store.engine.write { [first] tx in try tx.migrate([first]) }
    let edited = Migration("accounts", ["CREATE TABLE account (id \(.text)) \(.strict)"])
    await #expect(throws: StorageError.migrationChanged(name: "accounts")) {
      try await store.engine.write { tx in try tx.migrate([edited]) }
    }
  }

  @Test func `an older program refuses a newer store`() async throws {
    let store = try TestStore()
    try await store.engine.write { [first, second] tx in try tx.migrate([first, second]) }
    await #expect(throws: StorageError.migrationUnknown(name: "balances")) {
      try await store.engine.write { [first] tx in try tx.migrate([first]) }
    }
  }

  @Test func `a reader asks for the missing step by name`() async throws {
    let store = try TestStore()
    await #expect(throws: StorageError.migrationMissing(name: "accounts")) {
      try await store.engine.read { [first] tx in try tx.requireMigrated([first]) }
    }
    try await store.engine.write { [first] tx in try tx.migrate([first]) }
    await #expect(throws: StorageError.migrationMissing(name: "balances")) {
      try await store.engine.read { [first, second] tx in
        try tx.requireMigrated([first, second])
      }
    }
  }

  @Test func `a failing step leaves nothing behind`() async throws {
    let store = try TestStore()
    let broken = Migration("broken", ["CREATE TABLE half (id \(.text))", "CREATE TABEL typo"])
    await #expect(throws: StorageError.self) {
      try await store.engine.write { [first] tx in try tx.migrate([first, broken]) }
    }
    let tables = try await store.engine.read { tx in
      try tx.first("SELECT count(*) FROM sqlite_master", as: Int.self)
    }
    #expect(tables == 0)
  }

  @Test func `the digest covers name and text`() {
    #expect(first.digest == Migration("accounts", first.statements).digest)
    #expect(first.digest != Migration("account", first.statements).digest)
    #expect(first.digest != second.digest)
  }
}
