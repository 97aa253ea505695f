import Foundation
import Storage
import Support
import Testing

@Suite struct CrashTests {
  /// The program that writes until it is killed; built beside the tests.
  static let writer: URL? = {
    let beside = Bundle.main.bundleURL.appending(path: "CrashWriter")
    let parent = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return [beside, parent.appending(path: "CrashWriter")].first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }()

  /// How often the writer is killed.
  static let kills = 20

  @Test(.enabled(if: CrashTests.writer != nil, "needs the CrashWriter program beside the tests"))
  func `no acknowledged write is lost when the writer is killed, time after time`()
    async throws
  {
    let writer = try #require(Self.writer)
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "store.db").path
    var acknowledged: Set<Int> = []
    var random = SystemRandomNumberGenerator()
    for kill in 0..<Self.kills {
      let milliseconds = Int.random(in: 30...250, using: &random)
      let first = 1 + kill * 1_000_000
      acknowledged.formUnion(
        try await runAndKill(writer, path, first: first, after: milliseconds))
      let engine = try SQLiteEngine(path: path)
      let (rows, halves, sound) = try await engine.read { tx in
        (
          try tx.all("SELECT number FROM entry", as: Int.self),
          try tx.first("SELECT count(*) FROM entry WHERE twin <> number", as: Int.self),
          try tx.first("PRAGMA integrity_check", as: String.self)
        )
      }
      await engine.close()
      let lost = acknowledged.subtracting(rows)
      #expect(lost.isEmpty, "kill \(kill) after \(milliseconds) ms lost \(lost.count)")
      #expect(halves == 0 && sound == "ok")
    }
    #expect(acknowledged.count > Self.kills)
  }

  /// Runs the writer, kills it, and returns the numbers that it printed whole.
  private func runAndKill(
    _ writer: URL, _ path: String, first: Int, after milliseconds: Int
  ) async throws -> Set<Int> {
    let process = Process()
    process.executableURL = writer
    process.arguments = [path, String(first)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let reader = Task.detached { output.fileHandleForReading.readDataToEndOfFile() }
    // The time counts from the first acknowledged write that can be, not from the program's start.
    while !FileManager.default.fileExists(atPath: path + "-wal"), process.isRunning {
      try await Task.sleep(for: .milliseconds(5))
    }
    try await Task.sleep(for: .milliseconds(milliseconds))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let text = String(decoding: await reader.value, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return Set(lines.compactMap { Int($0) })
  }
}
