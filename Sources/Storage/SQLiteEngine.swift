import Foundation
import GRDB
import Synchronization

/// The embedded store: one SQLite file, one writing connection, several reading ones.
///
/// - Commits wait for the disk (`synchronous=FULL`), which is asserted when the store is opened;
///   writes that arrive together share one commit.
/// - Only the writing connection checkpoints: SQLite before 3.51.3 can damage a file in which one
///   connection writes while another checkpoints.
/// - A lock file keeps a second writing process out; any number of processes may read.
package final class SQLiteEngine: Engine {
  /// Whether the engine may write.
  package enum Mode: Sendable { case readWrite, readOnly }

  /// The limits of an engine.
  package struct Limits: Sendable {
    /// Connections that read at the same time.
    package var readers = 3
    /// Connections that look up rows on the threads of those who ask; when all are in use, a lookup
    /// is a read like others.
    package var lookups = 2
    /// Writes that may wait; the next one is refused as `overloaded`.
    package var waitingWrites = 4096
    /// Reads that may wait; the next one is refused as `overloaded`.
    package var waitingReads = 4096
    /// Writes that share one commit at most.
    package var writesPerCommit = 256
    /// Pages of the store that each connection may keep in memory, in KiB.
    package var cacheKibibytes = 16_384
    /// Seconds to wait for a lock of another process.
    package var busySeconds = 5.0

    /// The usual limits.
    package init() {}
  }

  /// What the engine has done since it was opened.
  package struct Statistics: Sendable, Hashable {
    /// Commits of the writing connection, each with one wait for the disk.
    package var commits = 0
    /// Writes whose changes are in a commit.
    package var writes = 0
    /// Writes that were undone because their body threw.
    package var undone = 0
    /// Reads.
    package var reads = 0
  }

  /// The store's file.
  package let path: String
  /// Whether the engine may write.
  package let mode: Mode

  private let lock: LockFile?
  private let writer: Writer?
  private let readers: Readers

  /// Opens the store, or makes it when `mode` is `readWrite` and the file is absent.
  package init(path: String, mode: Mode = .readWrite, limits: Limits = Limits()) throws {
    self.path = path
    self.mode = mode
    switch mode {
    case .readWrite:
      lock = try LockFile(storePath: path)
      try SQLiteFile.create(path)
      writer = try Writer(SQLiteFile.openToWrite(path, limits), limits)
    case .readOnly:
      lock = nil
      writer = nil
    }
    do {
      readers = try Readers(path, limits)
    } catch {
      writer?.close()
      throw error
    }
  }

  deinit {
    readers.close()
    writer?.close()
  }

  /// Tells a second process that finds the store locked where this one can be reached.
  package func announce(address: String) {
    lock?.announce(address: address)
  }

  /// What the engine has done so far.
  package var statistics: Statistics {
    var statistics = writer?.tally.statistics ?? Statistics()
    statistics.reads = readers.count.load(ordering: .relaxed)
    return statistics
  }

  package func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let job = Readers.Job(
        run: { connection in
          let result = Result { try body(connection) }
          return { continuation.resume(with: result) }
        },
        fail: { continuation.resume(throwing: $0) })
      readers.add(job)
    }
  }

  package func lookUp<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    guard let found = try readers.lookUp(body) else { return try await read(body) }
    return found
  }

  @discardableResult
  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    guard let writer else { throw StorageError.readOnly }
    return try await withCheckedThrowingContinuation { continuation in
      let job = Writer.Job(
        run: { connection in
          do {
            let value = try body(connection)
            return .done { continuation.resume(returning: value) }
          } catch {
            return .refused(error)
          }
        },
        fail: { continuation.resume(throwing: $0) })
      writer.add(job)
    }
  }

  /// Copies the log back into the file and shortens it to nothing, so that erased values are
  /// gone from both.
  package func checkpoint() async throws {
    guard let writer else { throw StorageError.readOnly }
    try await withCheckedThrowingContinuation { continuation in
      let job = Writer.Job(
        isCheckpoint: true,
        run: { _ in .done { continuation.resume(returning: ()) } },
        fail: { continuation.resume(throwing: $0) })
      writer.add(job)
    }
  }

  package func close() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [readers, writer, lock] in
        readers.close()
        writer?.close()
        lock?.release()
        continuation.resume()
      }
    }
  }
}
