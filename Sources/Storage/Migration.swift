import Vault

/// A named step of the schema; once shipped it is never edited, which its digest proves.
package struct Migration: Sendable {
  /// What the step does, in a few words; unique in its list.
  package let name: String
  /// The statements in order.
  package let statements: [SQL]

  /// A step made of the given statements.
  package init(_ name: String, _ statements: [SQL]) {
    self.name = name
    self.statements = statements
  }

  /// SHA-256, in hexadecimal, over the name and the statements in the portable spelling.
  package var digest: String {
    var bytes: [UInt8] = Array(name.utf8)
    for statement in statements {
      bytes.append(0)
      bytes += Array(statement.text(for: .sqlite).utf8)
    }
    return Digest.sha256(bytes).hex
  }
}

extension Connection {
  /// Brings the schema up to the list, inside one write.
  ///
  /// Checks the steps that the store has had and applies the rest.
  package func migrate(_ migrations: [Migration]) throws {
    try execute(
      """
      CREATE TABLE IF NOT EXISTS migration (
        position \(.integer) PRIMARY KEY, name \(.text) NOT NULL, digest \(.text) NOT NULL
      ) \(.strict)
      """)
    let applied = try check(migrations)
    for (position, migration) in migrations.enumerated().dropFirst(applied) {
      for statement in migration.statements { try execute(statement) }
      try execute(
        """
        INSERT INTO migration (position, name, digest)
        VALUES (\(position), \(migration.name), \(migration.digest))
        """)
    }
  }

  /// Throws unless the store has had exactly these steps.
  package func requireMigrated(_ migrations: [Migration]) throws {
    let applied: Int
    do {
      applied = try check(migrations)
    } catch StorageError.failed {
      applied = 0  // The table of steps is not there: nothing has been applied yet.
    }
    if applied < migrations.count {
      throw StorageError.migrationMissing(name: migrations[applied].name)
    }
  }

  /// The number of steps that the store has had; throws when one of them differs from the list.
  private func check(_ migrations: [Migration]) throws -> Int {
    let applied = try all(
      "SELECT name, digest FROM migration ORDER BY position", as: (String, String).self)
    for (position, (name, digest)) in applied.enumerated() {
      guard position < migrations.count else { throw StorageError.migrationUnknown(name: name) }
      guard migrations[position].name == name, migrations[position].digest == digest else {
        throw StorageError.migrationChanged(name: name)
      }
    }
    return applied.count
  }
}
