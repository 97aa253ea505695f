import Foundation
import Storage
import Support
import Testing

@Suite struct StoreFileTests {
  @Test func `a second writer is refused with the name of the first`() async throws {
    let store = try TestStore()
    store.engine.announce(address: "http://127.0.0.1:8080")
    let path = store.path
    let holder = "process \(getpid()), which serves http://127.0.0.1:8080"
    #expect(throws: StorageError.inUse(path: path, holder: holder)) {
      _ = try SQLiteEngine(path: path)
    }
    #expect(
      StorageError.inUse(path: "s.db", holder: holder).description
        == "The store s.db is in use by \(holder).")
  }

  @Test func `another reader opens beside the writer and sees its commits`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    let reader = try SQLiteEngine(path: store.path, mode: .readOnly)
    try await store.engine.add("a", 1)
    #expect(try await reader.accounts() == 1)
    await #expect(throws: StorageError.readOnly) { try await reader.add("b", 1) }
    await reader.close()
  }

  @Test func `only the owner may read the files`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    for suffix in ["", "-wal", "-shm", ".lock"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: store.path + suffix)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
    }
  }

  @Test func `a file that is not a store is refused in words`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "store.db")
    try Data(repeating: 0x41, count: 8192).write(to: url)
    #expect(throws: StorageError.corrupt("file is not a database")) {
      _ = try SQLiteEngine(path: url.path)
    }
    let nowhere = folder.url.appending(path: "absent/store.db").path
    #expect(
      throws: StorageError.cannotOpen(
        path: nowhere + ".lock", reason: "No such file or directory")
    ) { _ = try SQLiteEngine(path: nowhere) }
  }

  @Test func `a checkpoint empties the log`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    for number in 0..<20 { try await store.engine.add("\(number)", number) }
    let log = store.path + "-wal"
    #expect(try size(log) > 0)
    try await store.engine.checkpoint()
    #expect(try size(log) == 0)
    #expect(try await store.engine.accounts() == 20)
  }

  @Test func `the log does not grow with what is written`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    for number in 0..<200 {
      try await store.engine.add(String(repeating: "a", count: 60_000) + "\(number)", number)
    }
    // 200 rows of 15 pages, and as many of their index, of which 2,000 or little more stay.
    #expect(try size(store.path) > 10_000_000)
    #expect(try size(store.path + "-wal") < 10_000_000)
    #expect(try await store.engine.accounts() == 200)
  }

  private func size(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? -1
  }
}
