import Dispatch
import Foundation
import GRDB
import Synchronization

/// The threads that read, each with a connection of its own; a body sees one snapshot.
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
  private let ended = DispatchSemaphore(value: 0)
  private let isClosed = Atomic<Bool>(false)
  private let threads: Int

  init(_ path: String, _ limits: SQLiteEngine.Limits) throws {
    jobs = JobQueue(limit: limits.waitingReads)
    threads = max(1, limits.readers)
    let queues = try (0..<threads).map { number in
      try SQLiteFile.openToRead(path, limits, number: number)
    }
    for queue in queues {
      let thread = Thread { [jobs, ended] in
        while let job = jobs.take(most: 1).first {
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

  /// Answers what waits and ends the threads; returns when they have ended.
  func close() {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    jobs.close()
    for _ in 0..<threads { ended.wait() }
  }
}

extension DatabaseQueue {
  /// Runs a read on one snapshot and returns how to tell its caller.
  fileprivate func unsafeRead(_ job: Readers.Job) -> () -> Void {
    writeWithoutTransaction { database in
      let connection = SQLiteConnection(database: database)
      do {
        try connection.command("BEGIN")
        let answer = job.run(connection)
        try connection.command("COMMIT")
        return answer
      } catch {
        if database.isInsideTransaction { try? connection.command("ROLLBACK") }
        return { job.fail(error) }
      }
    }
  }
}
