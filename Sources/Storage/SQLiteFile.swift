import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How connections to the store's file are opened and what is asserted of them.
enum SQLiteFile {
  /// Makes the file readable only by its owner before SQLite writes the first byte; the log and
  /// the shared index take over its rights.
  static func create(_ path: String) throws(StorageError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    _ = close(descriptor)
  }

  /// The one connection that writes and checkpoints.
  static func openToWrite(
    _ path: String, _ limits: SQLiteEngine.Limits
  ) throws -> DatabaseQueue {
    try opening(path) {
      var configuration = shared(limits)
      configuration.label = "steward.writer"
      configuration.foreignKeysEnabled = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // After opening, and never through GRDB's own WAL set-up: that one turns FULL into NORMAL,
      // and a power cut could then lose commits that were acknowledged.
      try queue.writeWithoutTransaction { database in
        for pragma in [
          "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON",
          // The writer checkpoints itself, after it has answered.
          "wal_autocheckpoint = 0", "journal_size_limit = 67108864",
        ] {
          try database.execute(sql: "PRAGMA \(pragma)")
        }
        try assertDurable(SQLiteConnection(database: database))
      }
      return queue
    }
  }

  /// A connection that only reads; it can neither write nor checkpoint.
  static func openToRead(
    _ path: String, _ limits: SQLiteEngine.Limits, number: Int
  ) throws -> DatabaseQueue {
    try opening(path) {
      var configuration = shared(limits)
      configuration.label = "steward.reader.\(number)"
      configuration.readonly = true
      return try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  /// Throws unless a commit waits for the disk and foreign keys are checked.
  private static func assertDurable(_ connection: SQLiteConnection) throws {
    let journal = try connection.first("PRAGMA journal_mode", as: String.self)
    guard journal == "wal" else {
      throw StorageError.notDurable("journal_mode is \(journal ?? "unknown"), not wal")
    }
    for (pragma, required) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)] {
      let found = try connection.pragma(pragma)
      guard found == required else {
        throw StorageError.notDurable("\(pragma) is \(found), not \(required)")
      }
    }
  }

  private static func shared(_ limits: SQLiteEngine.Limits) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(limits.busySeconds)
    // The engine opens and ends transactions itself, with statements prepared once.
    configuration.allowsUnsafeTransactions = true
    let cache = limits.cacheKibibytes
    configuration.prepareDatabase { database in
      // Sorting and temporary tables stay in memory: nothing personal in temporary files.
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      try database.execute(sql: "PRAGMA cache_size = -\(cache)")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return configuration
  }

  private static func opening(
    _ path: String, _ body: () throws -> DatabaseQueue
  ) throws -> DatabaseQueue {
    do {
      return try translatingErrors(body)
    } catch StorageError.failed(_, let message) {
      throw StorageError.cannotOpen(path: path, reason: message)
    }
  }
}
