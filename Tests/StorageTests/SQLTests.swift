import Quantities
import Storage
import Testing
import Vault

@Suite struct SQLTests {
  @Test func `values become places and never text`() {
    let name = "x'); DROP TABLE client; --"
    let sql: SQL = "SELECT id FROM client WHERE name = \(name) AND version = \(7)"
    #expect(sql.text(for: .sqlite) == "SELECT id FROM client WHERE name = ? AND version = ?")
    #expect(sql.text(for: .postgres) == "SELECT id FROM client WHERE name = $1 AND version = $2")
    #expect(sql.values == [.text(name), .integer(7)])
  }

  @Test func `a fragment keeps its values in order`() {
    let condition: SQL = "tenant = \("a") AND client = \("b")"
    let sql: SQL = "SELECT id FROM event WHERE \(condition) AND at < \(5) LIMIT \(9)"
    #expect(
      sql.text(for: .postgres)
        == "SELECT id FROM event WHERE tenant = $1 AND client = $2 AND at < $3 LIMIT $4")
    #expect(sql.values == [.text("a"), .text("b"), .integer(5), .integer(9)])
    let joined = SQL.joined([condition, "id = \("c")"], separator: " OR ")
    #expect(joined.text(for: .postgres) == "tenant = $1 AND client = $2 OR id = $3")
  }

  @Test func `lists bind each value`() {
    let sql: SQL = "SELECT id FROM client WHERE id IN (\(list: ["a", "b", "c"]))"
    #expect(sql.text(for: .postgres) == "SELECT id FROM client WHERE id IN ($1, $2, $3)")
  }

  @Test func `column types are spelt for each engine`() {
    let sql: SQL = "CREATE TABLE t (a \(.integer), b \(.text), c \(.bytes)) \(.strict)"
    #expect(sql.text(for: .sqlite) == "CREATE TABLE t (a INTEGER, b TEXT, c BLOB) STRICT")
    #expect(sql.text(for: .postgres) == "CREATE TABLE t (a BIGINT, b TEXT, c BYTEA) ")
  }

  @Test func `what stands for a value in a text is text`() {
    let sql: SQL = "SELECT '?' \(.text) WHERE a = \("?") AND b = \(.bytes)"
    #expect(sql.text(for: .sqlite) == "SELECT '?' TEXT WHERE a = ? AND b = BLOB")
    #expect(sql.text(for: .postgres) == "SELECT '?' TEXT WHERE a = $1 AND b = BYTEA")
    #expect(sql.values == [.text("?")])
  }

  @Test func `every storable type comes back as it was`() async throws {
    let store = try TestStore()
    try await store.engine.write { tx in
      try tx.execute(
        """
        CREATE TABLE every (
          number \(.integer), word \(.text), raw \(.bytes), yes \(.integer), none \(.text),
          sealed \(.bytes), at \(.integer), day \(.text), price \(.text)
        ) \(.strict)
        """)
    }
    let sealed = Sealed<String>(bytes: [9, 8, 7])
    let day = try #require(CalendarDate(iso: "2024-02-29"))
    let price = try #require(Decimal128("12.50"))
    let absent: String? = nil
    try await store.engine.write { tx in
      try tx.execute(
        """
        INSERT INTO every (number, word, raw, yes, none, sealed, at, day, price)
        VALUES (\(Int64.min), \("żółw и"), \([UInt8]([0, 255])), \(true), \(absent),
          \(sealed), \(Instant(microseconds: -1)), \(day), \(price))
        """)
    }
    let row = try await store.engine.read { tx in
      try tx.first(
        "SELECT number, word, raw, yes, none, sealed, at, day, price FROM every",
        as: (
          Int64, String, [UInt8], Bool, String?, Sealed<String>, Instant, CalendarDate, Decimal128
        ).self)
    }
    let found = try #require(row)
    #expect(found.0 == .min && found.1 == "żółw и" && found.2 == [0, 255] && found.3)
    #expect(found.4 == nil && found.5.bytes == sealed.bytes)
    #expect(found.6 == Instant(microseconds: -1) && found.7 == day && found.8 == price)
  }

  @Test func `a column of another type is an error, not a crash`() async throws {
    let store = try TestStore()
    await #expect(throws: StorageError.columnMismatch(expected: "integer", found: "text")) {
      try await store.engine.read { tx in try tx.first("SELECT 'seven'", as: Int.self) }
    }
    await #expect(throws: StorageError.columnMismatch(expected: "text", found: "null")) {
      try await store.engine.read { tx in try tx.first("SELECT NULL", as: String.self) }
    }
    await #expect(throws: StorageError.columnAbsent(index: 1)) {
      try await store.engine.read { tx in try tx.first("SELECT 1", as: (Int, Int).self) }
    }
  }
}
