import Dispatch
import Foundation
import GRDB
import Synchronization

/// The threads that read, each with a connection of its own, and the connections of those who look
/// up a few rows on their own thread; a body sees one snapshot.
final class Readers: Sendable {
  /// One read.
  struct Job: Sendable {
    /// Runs the body and returns how to tell its caller.
    let run: @Sendable (SQLiteConnection) -> () -> Void
    /// Tells the caller that the body did not run.
    let fail: @Sendable (any Error) -> Void
  }

  let count = Atomic<Int>(0)

  private let jobs: JobQueue<Job>
  /// The connections for lookups that are not in use.
  private let idle: Mutex<[DatabaseQueue]>
  private let ended = DispatchSemaphore(value: 0)
  private let isClosed = Atomic<Bool>(false)
  private let threads: Int
  private let lookups: Int

  init(_ path: String, _ limits: SQLiteEngine.Limits) throws {
    jobs = JobQueue(limit: limits.waitingReads)
    threads = max(1, limits.readers)
    lookups = max(0, limits.lookups)
    let opened = try (0..<threads + lookups).map { number in
      try SQLiteFile.openToRead(path, limits, number: number)
    }
    idle = Mutex(Array(opened[threads...]))
    let queues = opened[..<threads]
    for queue in queues {
      let thread = Thread { [jobs, ended] in
        while let job = jobs.take({ _ in 1 }).first {
          let answer = queue.unsafeRead(job)
          answer()
        }
        try? queue.close()
        ended.signal()
      }
      thread.name = "store reader"
      thread.stackSize = 4 << 20
      thread.start()
    }
  }

  /// Queues a read; a refusal goes to the caller of the read.
  func add(_ job: Job) {
    do {
      try jobs.add(job)
      count.wrappingAdd(1, ordering: .relaxed)
    } catch {
      job.fail(error)
    }
  }

  /// Runs a body at once on this thread; nil where no connection is idle for it.
  func lookUp<T>(_ body: (SQLiteConnection) throws -> T) throws -> T? {
    guard let queue = idle.withLock({ $0.popLast() }) else { return nil }
    defer { giveBack(queue) }
    count.wrappingAdd(1, ordering: .relaxed)
    return try queue.onSnapshot(body)
  }

  private func giveBack(_ queue: DatabaseQueue) {
    let isKept = idle.withLock { idle in
      guard !isClosed.load(ordering: .acquiring) else { return false }
      idle.append(queue)
      return true
    }
    guard !isKept else { return }
    try? queue.close()
    ended.signal()
  }

  /// Answers what waits and ends the threads; returns when they and the lookups in progress have
  /// ended.
  func close() {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let unused = idle.withLock { idle in
      defer { idle.removeAll() }
      return idle
    }
    for queue in unused { try? queue.close() }
    jobs.close()
    for _ in 0..<threads + lookups - unused.count { ended.wait() }
  }
}

extension DatabaseQueue {
  /// Runs a read on one snapshot and returns how to tell its caller.
  fileprivate func unsafeRead(_ job: Readers.Job) -> () -> Void {
    do {
      return try onSnapshot { job.run($0) }
    } catch {
      return { job.fail(error) }
    }
  }

  /// Runs a body on one snapshot.
  fileprivate func onSnapshot<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
    try writeWithoutTransaction { database in
      let connection = SQLiteConnection(database: database)
      do {
        try connection.command("BEGIN")
        let answer = try body(connection)
        try connection.command("COMMIT")
        return answer
      } catch {
        if database.isInsideTransaction { try? connection.command("ROLLBACK") }
        throw error
      }
    }
  }
}
