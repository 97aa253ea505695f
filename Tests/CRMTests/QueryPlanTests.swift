import CRM
import Quantities
import Storage
import Support
import Synchronization
import Testing
import Vault

/// An engine that keeps the text of every statement that goes through it.
final class RecordingEngine: Engine {
  let engine: SQLiteEngine
  let statements = Mutex<[String: SQL]>([:])

  init(_ engine: SQLiteEngine) { self.engine = engine }

  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await engine.read { [self] in try body(RecordingConnection(engine: self, connection: $0)) }
  }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await engine.write { [self] in
      try body(RecordingConnection(engine: self, connection: $0))
    }
  }

  func close() async { await engine.close() }

  fileprivate func record(_ sql: SQL) {
    statements.withLock { $0[sql.text()] = sql }
  }
}

private struct RecordingConnection: Connection {
  let engine: RecordingEngine
  let connection: any Connection

  func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
    engine.record(sql)
    try connection.visit(sql, body)
  }

  func execute(_ sql: SQL) throws -> Int {
    engine.record(sql)
    return try connection.execute(sql)
  }
}

@Suite struct QueryPlanTests {
  /// Statements that may go through a whole table, each with its reason.
  private let excused: [(part: String, reason: String)] = [
    ("SELECT count(*) FROM client", "counting all clients is asked for by the operator only"),
    ("SELECT count(*) FROM attempt", "the table is bounded by the limit that is being counted"),
    ("ORDER BY seq DESC LIMIT 1", "the last entry in the order of the key"),
    ("SELECT 1 FROM credential WHERE tenant = ? LIMIT 1", "any one row will do"),
    ("FROM migration", "one row for each step of the schema"),
  ]

  @Test func `no statement goes through a table that grows`() async throws {
    let test = try await TestBook()
    let recording = RecordingEngine(test.engine)
    let clock = test.clock
    var settings = Book.Settings()
    settings.passwordCost = .least
    let book = try await Book(
      engine: recording, vault: test.vault,
      clocks: Clocks(business: { clock.now }, real: { clock.now }), settings: settings)
    try await Life(book: book, clock: test.clock).run()
    let statements = recording.statements.withLock { $0 }
    #expect(statements.count > 70)
    for (text, sql) in statements where !text.contains("CREATE ") {
      if excused.contains(where: { text.contains($0.part) }) { continue }
      let plan = try await test.engine.read { tx in
        try tx.all(
          "EXPLAIN QUERY PLAN \(sql)", as: (Int, Int, Int, String).self
        ).map(\.3)
      }
      // Every row has the tenant in common: an index used for that alone is no use at all.
      let scans = plan.filter {
        $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") || $0.hasSuffix("(tenant=?)")
      }
      #expect(scans.isEmpty, "\(text)\n\(plan.joined(separator: "\n"))")
    }
  }
}
