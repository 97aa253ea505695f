import Foundation
import Synchronization

/// Why a password was not looked at.
package enum PasswordQueueFault: Error, Sendable, Hashable {
  /// So many wait already that this one is turned away; worth another try after a second or two.
  case busy
  /// The one who asked has gone.
  case cancelled
  /// The hash failed.
  case failed(VaultFault)
}

/// Runs password hashes on threads of their own, few at a time and few waiting, so that a flood of
/// sign-ins takes neither the threads of other work nor all the memory.
package final class PasswordQueue: Sendable {
  private struct Job: Sendable {
    let number: UInt64
    /// Does the work and answers the caller.
    let work: @Sendable () -> Void
    /// Answers the caller without doing the work.
    let refuse: @Sendable (PasswordQueueFault) -> Void
  }

  private struct State {
    var running = 0
    var waiting: [Job] = []
    var nextNumber: UInt64 = 0
  }

  private let mostRunning: Int
  private let mostWaiting: Int
  private let state = Mutex(State())

  /// A queue of this many threads and places to wait.
  package init(running: Int = 2, waiting: Int = 16) {
    mostRunning = max(1, running)
    mostWaiting = max(0, waiting)
  }

  /// How many hashes run and wait at this moment.
  package var load: (running: Int, waiting: Int) {
    state.withLock { ($0.running, $0.waiting.count) }
  }

  /// The hash of a password.
  package func hash(
    _ password: Personal<String>, by passwords: Passwords
  ) async throws(PasswordQueueFault) -> PasswordHash {
    try await run { () throws(VaultFault) in try passwords.hash(password) }
  }

  /// Checks a password; nil stands for a user that does not exist.
  package func verify(
    _ password: Personal<String>, against stored: PasswordHash?, by passwords: Passwords
  ) async throws(PasswordQueueFault) -> PasswordVerdict {
    try await run { () throws(VaultFault) in try passwords.verify(password, against: stored) }
  }

  /// Runs costly work on a thread of the queue.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(VaultFault) -> Value
  ) async throws(PasswordQueueFault) -> Value {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        accept(Self.job(number, work, continuation), isCancelled: Task.isCancelled)
      }
    } onCancel: {
      withdraw(number)
    }
    return try answer.get()
  }

  private static func job<Value: Sendable>(
    _ number: UInt64, _ work: @escaping @Sendable () throws(VaultFault) -> Value,
    _ caller: CheckedContinuation<Result<Value, PasswordQueueFault>, Never>
  ) -> Job {
    Job(
      number: number,
      work: {
        do throws(VaultFault) {
          caller.resume(returning: .success(try work()))
        } catch {
          caller.resume(returning: .failure(.failed(error)))
        }
      },
      refuse: { caller.resume(returning: .failure($0)) })
  }

  private func accept(_ job: Job, isCancelled: Bool) {
    enum Step { case start, wait, refuse(PasswordQueueFault) }
    let step = state.withLock { state -> Step in
      if isCancelled { return .refuse(.cancelled) }
      if state.running < mostRunning {
        state.running += 1
        return .start
      }
      guard state.waiting.count < mostWaiting else { return .refuse(.busy) }
      state.waiting.append(job)
      return .wait
    }
    switch step {
    case .start: Thread.detachNewThread { self.work(from: job) }
    case .wait: break
    case .refuse(let fault): job.refuse(fault)
    }
  }

  /// A thread does one job after the other and ends when none waits.
  private func work(from first: Job) {
    var next: Job? = first
    while let job = next {
      job.work()
      next = state.withLock { state in
        if state.waiting.isEmpty {
          state.running -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
    }
  }

  private func withdraw(_ number: UInt64) {
    let job = state.withLock { state -> Job? in
      guard let place = state.waiting.firstIndex(where: { $0.number == number }) else {
        return nil
      }
      return state.waiting.remove(at: place)
    }
    job?.refuse(.cancelled)
  }
}
