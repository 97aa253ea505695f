import Dispatch
import Foundation
import GRDB
import Synchronization

/// The thread that writes: it gathers what waits into one transaction, gives each write a
/// savepoint of its own, commits once, and only then answers.
final class Writer: Sendable {
  /// One write.
  struct Job: Sendable {
    /// How a body ended; a done one is told to its caller after the commit.
    enum Ending {
      case done(() -> Void)
      case refused(any Error)
    }

    /// True for the wish to shorten the log, which stands outside any transaction.
    var isCheckpoint = false
    /// Runs the body.
    let run: @Sendable (SQLiteConnection) -> Ending
    /// Tells the caller that nothing of the write is in the store.
    let fail: @Sendable (any Error) -> Void
  }

  /// What has been done; counted before the callers are told.
  let tally = Tally()

  private let jobs: JobQueue<Job>
  private let ended = DispatchSemaphore(value: 0)
  private let isClosed = Atomic<Bool>(false)

  init(_ queue: DatabaseQueue, _ limits: SQLiteEngine.Limits) throws {
    jobs = JobQueue(limit: limits.waitingWrites)
    let most = limits.writesPerCommit
    let thread = Thread { [jobs, ended, tally] in
      var answered = 0
      while true {
        let batch = jobs.take { min(most, Self.share(of: $0, after: answered)) }
        if batch.isEmpty { break }
        answered = batch.count
        queue.writeWithoutTransaction { database in
          Self.run(batch, SQLiteConnection(database: database), tally)
        }
      }
      try? queue.writeWithoutTransaction { database in
        _ = try database.checkpoint(.truncate)
      }
      try? queue.close()
      ended.signal()
    }
    thread.name = "store writer"
    thread.stackSize = 4 << 20
    thread.start()
  }

  /// Queues a write; a refusal goes to the caller of the write.
  func add(_ job: Job) {
    do {
      try jobs.add(job)
    } catch {
      job.fail(error)
    }
  }

  /// Writes what waits, shortens the log and ends the thread; returns when it has ended.
  func close() {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    jobs.close()
    ended.wait()
  }

  /// Writes that always share a commit, when they wait together.
  private static let leastShare = 16

  /// How many of the waiting writes share the next commit: half of all that are under way.
  ///
  /// Those just answered count among them, since they come back. So one half is worked on while the
  /// other waits for the disk, in as many commits as if all that wait were taken each time.
  private static func share(of waiting: Int, after answered: Int) -> Int {
    max(leastShare, (waiting + answered + 1) / 2)
  }

  private static func run(_ batch: [Job], _ connection: SQLiteConnection, _ tally: Tally) {
    let checkpoints = batch.filter(\.isCheckpoint)
    let writes = checkpoints.isEmpty ? batch : batch.filter { !$0.isCheckpoint }
    if !writes.isEmpty { commit(writes, connection, tally) }
    for job in checkpoints {
      do {
        _ = try translatingErrors { try connection.database.checkpoint(.truncate) }
        if case .done(let answer) = job.run(connection) { answer() }
      } catch {
        job.fail(error)
      }
    }
  }

  /// One transaction for all the writes, and the answers after its commit.
  private static func commit(
    _ writes: [Job], _ connection: SQLiteConnection, _ tally: Tally
  ) {
    var counted = SQLiteEngine.Statistics()
    var answers: [() -> Void] = []
    answers.reserveCapacity(writes.count)
    do {
      try connection.command("BEGIN IMMEDIATE")
      for job in writes {
        switch try runInSavepoint(job, connection) {
        case .done(let answer):
          counted.writes += 1
          answers.append(answer)
        case .refused(let error):
          counted.undone += 1
          answers.append { job.fail(error) }
        }
      }
      try connection.command("COMMIT")
      counted.commits += 1
    } catch {
      // The commit, or a savepoint's own command, failed: nothing of the group is in the store.
      if connection.database.isInsideTransaction { try? connection.command("ROLLBACK") }
      tally.add(SQLiteEngine.Statistics(undone: writes.count))
      for job in writes { job.fail(error) }
      return
    }
    tally.add(counted)
    for answer in answers { answer() }
    shortenLog(connection)
  }

  /// Pages in the log after which they are moved to the store's file.
  private static let longestLog = 2_000

  /// Moves the log's pages to the store's file when there are many: after the callers are told, so
  /// that none of them waits for it.
  private static func shortenLog(_ connection: SQLiteConnection) {
    guard connection.pagesWritten() >= longestLog else { return }
    // What a reader still needs stays in the log, and moves the next time.
    _ = try? connection.database.checkpoint(.passive)
    _ = connection.pagesWritten(reset: true)
  }

  /// Runs one body so that its failure undoes it and nothing else.
  private static func runInSavepoint(
    _ job: Job, _ connection: SQLiteConnection
  ) throws -> Job.Ending {
    try connection.mark("SAVEPOINT steward_write")
    let ending = job.run(connection)
    guard connection.database.isInsideTransaction else {
      // A full or failing disk makes SQLite undo the whole transaction by itself.
      if case .refused(let error) = ending { throw error }
      throw StorageError.groupUndone
    }
    if case .refused = ending { try connection.mark("ROLLBACK TO steward_write") }
    try connection.mark("RELEASE steward_write")
    return ending
  }
}

/// Counts of the writing thread, readable from any other.
final class Tally: Sendable {
  private let counts = Mutex(SQLiteEngine.Statistics())

  /// The counts so far.
  var statistics: SQLiteEngine.Statistics { counts.withLock { $0 } }

  /// Adds the counts of one group.
  func add(_ group: SQLiteEngine.Statistics) {
    counts.withLock { counts in
      counts.commits += group.commits
      counts.writes += group.writes
      counts.undone += group.undone
    }
  }
}
