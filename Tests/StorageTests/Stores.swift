import Foundation
import Storage
import Support

/// A store of its own for one test.
struct TestStore: ~Copyable {
  let folder: TemporaryFolder
  let engine: SQLiteEngine

  init(_ limits: SQLiteEngine.Limits = .init()) throws {
    let folder = try TemporaryFolder()
    engine = try SQLiteEngine(path: folder.url.appending(path: "store.db").path, limits: limits)
    self.folder = folder
  }

  var path: String { engine.path }

  /// Makes a table `account (id, balance)`.
  func withAccounts() async throws {
    try await engine.write { tx in
      try tx.execute(
        """
        CREATE TABLE account (
          id \(.text) PRIMARY KEY, balance \(.integer) NOT NULL CHECK (balance >= 0)
        ) \(.strict)
        """)
    }
  }
}

extension Engine {
  /// Adds an account.
  func add(_ id: String, _ balance: Int) async throws {
    try await write { tx in
      try tx.execute("INSERT INTO account (id, balance) VALUES (\(id), \(balance))")
    }
  }

  /// How many accounts there are.
  func accounts() async throws -> Int {
    try await read { tx in try tx.first("SELECT count(*) FROM account", as: Int.self) ?? 0 }
  }
}
