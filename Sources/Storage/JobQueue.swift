import Dispatch
import Synchronization

/// Work that waits for threads of the engine: first in, first out, with a limit.
final class JobQueue<Job: Sendable>: Sendable {
  private struct State {
    var jobs: [Job] = []
    var next = 0
    var isClosed = false

    var waiting: Int { jobs.count - next }
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)
  private let limit: Int

  /// A queue that refuses the job after `limit` waiting ones.
  init(limit: Int) {
    self.limit = limit
  }

  /// Adds a job; throws `overloaded` at the limit and `closed` after `close()`.
  func add(_ job: Job) throws(StorageError) {
    let refusal: StorageError? = state.withLock { state in
      if state.isClosed { return .closed }
      if state.waiting >= limit { return .overloaded(waiting: limit) }
      state.jobs.append(job)
      return nil
    }
    if let refusal { throw refusal }
    arrivals.signal()
  }

  /// Waits until there is work and takes some of it; empty once closed and drained.
  ///
  /// - Parameter share: how many to take of so many that wait, one at least.
  func take(_ share: (Int) -> Int) -> [Job] {
    while true {
      arrivals.wait()
      let (jobs, isClosed) = state.withLock { state in
        (Self.remove(min(max(1, share(state.waiting)), state.waiting), &state), state.isClosed)
      }
      if jobs.isEmpty {
        guard isClosed else { continue }
        arrivals.signal()  // The next thread must see the end too.
        return []
      }
      return jobs
    }
  }

  /// Refuses further jobs; those that wait are still handed out.
  func close() {
    state.withLock { state in state.isClosed = true }
    arrivals.signal()
  }

  /// Each taken job but the first leaves a signal behind, so that `take` may wake for nothing;
  /// it then simply waits again.
  private static func remove(_ count: Int, _ state: inout State) -> [Job] {
    guard count > 0 else { return [] }
    let jobs = Array(state.jobs[state.next..<state.next + count])
    state.next += count
    if state.next == state.jobs.count {
      state.jobs.removeAll(keepingCapacity: true)
      state.next = 0
    } else if state.next > 1024 {
      state.jobs.removeFirst(state.next)
      state.next = 0
    }
    return jobs
  }
}
