import Storage
import Support
import Testing

@testable import CRM

@Suite struct SchemaTests {
  /// Once a step has shipped it is never edited: what it made is in the stores of others.
  ///
  /// A change of the schema is a new step, with a new line here.
  @Test func `the shipped steps of the schema are frozen`() {
    let digests = Schema.migrations.map { "\($0.name) \($0.digest.prefix(32))" }
    #expect(
      digests == [
        "clients 2412eef3237b14656e2d930ce8a1095a",
        "access 71ba4590647aeb22c1187561508ad758",
        "history 4a89fcb36085bafedd488955672cc3eb",
        "decisions 40c0597a0d9a240e536be42ea8f93d1a",
        "catalogue 30161e8fb179d13e854641313471f024",
        "kept-editions fec3f0d0f07c712d1c0e0a93d7de07da",
        "rule-life 8faad1455744c986207c221d851e2642",
        "responses 59870cd58fc72b1cee5397d011db6796",
        "arbitration 213ffc210b2c15acbabe59af9b595cf8",
        "outcomes-once a13071d7ede2119fcf36e43597309138",
        "frozen-responses 6266c398d3c66f6b3eb41695b7e8c0bb",
        "engine 5537e9450bf16c13610c3702cc3e3ce5",
        "entries-once a2aec0cbd58593cb6222df6976439f3b",
      ])
  }

  @Test func `a table of a client begins its key with the tenant and the client`() async throws {
    let test = try await TestBook()
    let tables = try await test.engine.read { tx in
      try tx.all(
        """
        SELECT t.name, group_concat(c.name) FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.pk > 0 AND t.name <> 'migration' GROUP BY t.name
        """, as: (String, String).self)
    }
    #expect(tables.count == 29)
    let columns = try await test.engine.read { tx in
      try tx.all(
        """
        SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.name = 'client'
        """, as: (String, String).self
      ).map(\.0)
    }
    for (table, key) in tables {
      let expected = columns.contains(table) ? "tenant,client" : "tenant"
      #expect(key.hasPrefix(expected), "\(table): \(key)")
    }
  }

  @Test func `every table refuses values of the wrong type`() async throws {
    let test = try await TestBook()
    let loose = try await test.engine.read { tx in
      try tx.all(
        """
        SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0
          AND name NOT LIKE 'sqlite_%'
        """, as: String.self)
    }
    #expect(loose.isEmpty)
  }
}
