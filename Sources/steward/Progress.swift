import Foundation
import Synchronization

/// A line on the standard error that says how far a long command is.
///
/// It appears after two seconds and is written anew at most five times a second; where the standard
/// error is no terminal, a line comes every ten seconds.
final class Progress: Sendable {
  private let what: String
  private let total: Int?
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// Seconds of work before the line appears.
  private static let patience: Duration = .seconds(2)
  private static let barWidth = 30

  /// Progress of some work, with the number of steps where it is known.
  init(_ what: String, of total: Int? = nil) {
    self.what = what
    self.total = total
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Says that so many steps are done.
  func update(_ done: Int) {
    let now = ContinuousClock.now
    guard now - start > Self.patience else { return }
    let pause: Duration = isTerminal ? .milliseconds(200) : .seconds(10)
    let isDue = last.withLock { last in
      guard last.map({ now - $0 >= pause }) ?? true else { return false }
      last = now
      return true
    }
    if isDue { write(line(done), ended: !isTerminal) }
  }

  /// Ends the line.
  func finish(_ done: Int) {
    let isShown = last.withLock { $0 != nil }
    if isShown { write(line(done), ended: true) }
  }

  /// Does some work whose steps cannot be counted, and meanwhile shows the seconds.
  static func seconds<T: Sendable>(
    _ what: String, _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let progress = Progress(what)
    let ticking = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(500))
        progress.update(progress.elapsedSeconds)
      }
    }
    defer {
      ticking.cancel()
      progress.finish(progress.elapsedSeconds)
    }
    return try await Task { try await work() }.value
  }

  private var elapsedSeconds: Int { Int((ContinuousClock.now - start).components.seconds) }

  private func line(_ done: Int) -> String {
    guard let total, total > 0 else { return "\(what): \(done)" }
    let filled = min(Self.barWidth, done * Self.barWidth / total)
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: ".", count: Self.barWidth - filled)
    return "\(what): [\(bar)] \(done)/\(total)"
  }

  private func write(_ line: String, ended: Bool) {
    let text = (isTerminal ? "\r" : "") + line + (ended ? "\n" : "")
    FileHandle.standardError.write(Data(text.utf8))
  }
}
