import Foundation
import Storage

/// Writes numbered rows to a store, many at a time, and prints each number when its write has been
/// acknowledged, until it is killed.
///
/// `StorageTests` runs it.
@main struct CrashWriter {
  /// Writes that go on at the same time.
  static let writers = 16

  static func main() async throws {
    guard CommandLine.arguments.count == 3, let first = Int(CommandLine.arguments[2]) else {
      FileHandle.standardError.write(Data("usage: CrashWriter STORE FIRST-NUMBER\n".utf8))
      exit(2)
    }
    let engine = try SQLiteEngine(path: CommandLine.arguments[1])
    try await engine.write { tx in
      try tx.execute(
        """
        CREATE TABLE IF NOT EXISTS entry (
          number \(.integer) PRIMARY KEY, twin \(.integer) NOT NULL, body \(.bytes) NOT NULL
        ) \(.strict)
        """)
    }
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask { await write(engine, from: first + writer) }
      }
    }
  }

  private static func write(_ engine: SQLiteEngine, from first: Int) async {
    var number = first
    while true {
      let (row, body) = (number, [UInt8](repeating: UInt8(number & 0xFF), count: 700))
      do {
        try await engine.write { tx in
          try tx.execute(
            "INSERT INTO entry (number, twin, body) VALUES (\(row), \(-1), \(body))")
          try tx.execute("UPDATE entry SET twin = \(row) WHERE number = \(row)")
        }
      } catch {
        exit(1)
      }
      // One write call for one line: lines of several threads do not mix.
      FileHandle.standardOutput.write(Data("\(row)\n".utf8))
      number += writers
    }
  }
}
