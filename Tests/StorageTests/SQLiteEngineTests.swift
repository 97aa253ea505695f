import Foundation
import Storage
import Support
import Synchronization
import Testing

@Suite struct SQLiteEngineTests {
  @Test func `commits wait for the disk`() async throws {
    let store = try TestStore()
    let found = try await store.engine.write { tx in
      (
        try tx.first("PRAGMA synchronous", as: Int.self),
        try tx.first("PRAGMA journal_mode", as: String.self),
        try tx.first("PRAGMA foreign_keys", as: Int.self),
        try tx.first("PRAGMA secure_delete", as: Int.self),
        try tx.first("PRAGMA temp_store", as: Int.self)
      )
    }
    #expect(found.0 == 2 && found.1 == "wal" && found.2 == 1 && found.3 == 1 && found.4 == 2)
  }

  @Test func `writes that arrive together share commits`() async throws {
    var limits = SQLiteEngine.Limits()
    limits.waitingWrites = 200
    let store = try TestStore(limits)
    try await store.withAccounts()
    let engine = store.engine
    let before = engine.statistics
    let gate = DispatchSemaphore(value: 0)
    let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
      // The first write holds the writer until the others wait behind it: those that find no more
      // room tell when that is.
      let (started, start) = AsyncStream<Void>.makeStream()
      group.addTask {
        try await engine.write { tx in
          start.yield()
          _ = gate.wait(timeout: .now() + 300)
          try tx.execute("INSERT INTO account (id, balance) VALUES ('first', 0)")
        }
        return false
      }
      for await _ in started { break }
      for number in 0..<210 {
        group.addTask {
          do {
            try await engine.add("account \(number)", number)
            return false
          } catch StorageError.overloaded {
            return true
          }
        }
      }
      var refused = 0
      for try await isRefused in group where isRefused {
        refused += 1
        if refused == 10 { gate.signal() }
      }
      return refused
    }
    let after = engine.statistics
    #expect(refused == 10)
    #expect(after.writes - before.writes == 201)
    // The first alone, and what waits in halves: one is worked on while the other is written.
    #expect(after.commits - before.commits == 3)
    #expect(try await engine.accounts() == 201)
  }

  @Test func `a failing write undoes only itself`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    let engine = store.engine
    let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
      group.addTask {
        _ = try? await engine.write { _ in Thread.sleep(forTimeInterval: 0.2) }
        return (-1, true)
      }
      for number in 0..<60 {
        group.addTask {
          do {
            try await engine.write { tx in
              try tx.execute(
                "INSERT INTO account (id, balance) VALUES (\("a\(number)"), \(number))")
              // Every third one breaks a rule of the schema after having written.
              if number % 3 == 0 {
                try tx.execute("UPDATE account SET balance = -1 WHERE id = \("a\(number)")")
              }
            }
            return (number, true)
          } catch {
            return (number, false)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for (number, succeeded) in outcomes where number >= 0 {
      #expect(succeeded == (number % 3 != 0))
    }
    #expect(try await engine.accounts() == 40)
    #expect(engine.statistics.undone == 20)
  }

  @Test func `a broken rule is named by its kind`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    try await store.engine.add("a", 1)
    await #expect(
      throws: StorageError.constraint(.unique, rule: "UNIQUE constraint failed: account.id")
    ) { try await store.engine.add("a", 2) }
    await #expect(
      throws: StorageError.constraint(.check, rule: "CHECK constraint failed: balance >= 0")
    ) { try await store.engine.add("b", -2) }
  }

  @Test func `a read sees one snapshot while writes go on`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    let engine = store.engine
    try await engine.add("a", 1)
    let started = DispatchSemaphore(value: 0)
    let written = DispatchSemaphore(value: 0)
    async let counts = engine.read { tx in
      let before = try tx.first("SELECT count(*) FROM account", as: Int.self)
      started.signal()
      written.wait()
      return (before, try tx.first("SELECT count(*) FROM account", as: Int.self))
    }
    await wait(for: started)
    try await engine.add("b", 2)
    written.signal()
    let (before, after) = try await counts
    #expect(before == 1 && after == 1)
    #expect(try await engine.accounts() == 2)
  }

  @Test(arguments: [0, 1]) func `a lookup sees what was committed before it`(
    connections: Int
  ) async throws {
    var limits = SQLiteEngine.Limits()
    limits.lookups = connections
    let store = try TestStore(limits)
    try await store.withAccounts()
    for number in 1...20 {
      try await store.engine.add("\(number)", number)
      let found = try await store.engine.lookUp { tx in
        try tx.first("SELECT balance FROM account WHERE id = \("\(number)")", as: Int.self)
      }
      #expect(found == number)
    }
    #expect(store.engine.statistics.reads == 20)
  }

  @Test func `a lookup that fails leaves its connection to the next one`() async throws {
    var limits = SQLiteEngine.Limits()
    limits.lookups = 1
    let store = try TestStore(limits)
    try await store.withAccounts()
    for _ in 0..<3 {
      await #expect(throws: StorageError.readOnly) {
        try await store.engine.lookUp { tx in
          _ = try tx.execute("INSERT INTO account (id, balance) VALUES ('a', 1)")
        }
      }
    }
    let count = try await store.engine.lookUp { tx in
      try tx.first("SELECT count(*) FROM account", as: Int.self)
    }
    #expect(count == 0)
  }

  @Test func `a reading connection cannot write`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    await #expect(throws: StorageError.readOnly) {
      try await store.engine.read { tx in
        _ = try tx.execute("INSERT INTO account (id, balance) VALUES ('a', 1)")
      }
    }
  }

  @Test func `work beyond the named limit is refused at once`() async throws {
    var limits = SQLiteEngine.Limits()
    limits.waitingWrites = 4
    let store = try TestStore(limits)
    try await store.withAccounts()
    let engine = store.engine
    let gate = DispatchSemaphore(value: 0)
    let refused = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        group.addTask {
          do {
            try await engine.write { tx in
              _ = gate.wait(timeout: .now() + 300)
              try tx.execute("INSERT INTO account (id, balance) VALUES (\("\(number)"), 0)")
            }
            return false
          } catch {
            return error as? StorageError == .overloaded(waiting: 4)
          }
        }
      }
      // Nothing is written before a refusal: each write waits for one.
      var refused = 0
      for await isRefused in group {
        if isRefused { refused += 1 }
        if refused == 1, isRefused { for _ in 0..<40 { gate.signal() } }
      }
      return refused
    }
    #expect(refused > 0)
    #expect(try await engine.accounts() == 40 - refused)
  }

  @Test func `closing waits for a lookup in progress`() async throws {
    let store = try TestStore()
    let started = DispatchSemaphore(value: 0)
    let isDone = Atomic<Bool>(false)
    async let slow: Void = store.engine.lookUp { _ in
      started.signal()
      Thread.sleep(forTimeInterval: 0.3)
      isDone.store(true, ordering: .releasing)
    }
    await wait(for: started)
    await store.engine.close()
    let wasDone = isDone.load(ordering: .acquiring)
    #expect(wasDone)
    try await slow
  }

  @Test func `a lookup of a closed engine is refused`() async throws {
    let store = try TestStore()
    await store.engine.close()
    await #expect(throws: StorageError.closed) {
      try await store.engine.lookUp { tx in try tx.first("SELECT 1", as: Int.self) }
    }
  }

  @Test func `a closed engine refuses and the file opens again`() async throws {
    let store = try TestStore()
    try await store.withAccounts()
    try await store.engine.add("a", 1)
    await store.engine.close()
    await #expect(throws: StorageError.closed) { try await store.engine.add("b", 1) }
    let again = try SQLiteEngine(path: store.path)
    #expect(try await again.accounts() == 1)
    #expect(!FileManager.default.fileExists(atPath: store.path + "-journal"))
  }

  /// Waits for a semaphore without blocking the cooperative pool.
  private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        semaphore.wait()
        continuation.resume()
      }
    }
  }
}
