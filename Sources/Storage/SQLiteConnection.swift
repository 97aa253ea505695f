import Foundation
import GRDB

/// A SQLite connection inside one body; statements are prepared once and positions are read
/// without names, which measured twice as fast as decoding records.
struct SQLiteConnection: Connection {
  let database: Database

  func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
    try translatingErrors {
      let statement = try database.cachedStatement(sql: sql.text(for: .sqlite))
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(sql.values))
      guard let first = try cursor.next() else { return }
      // GRDB hands over the same row object for each step, so one `Row` reads them all.
      let row = Row(columns: first.count) { position in
        storedValue(first[position] as DatabaseValue)
      }
      var goesOn = try body(row)
      while goesOn, try cursor.next() != nil {
        goesOn = try body(row)
      }
    }
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    try translatingErrors {
      let statement = try database.cachedStatement(sql: sql.text(for: .sqlite))
      try statement.execute(arguments: arguments(sql.values))
      return database.changesCount
    }
  }

  /// Runs an engine's own command that has no values, such as `COMMIT`.
  func command(_ text: String) throws {
    try translatingErrors {
      try database.cachedStatement(sql: text).execute()
    }
  }

  /// The integer that a pragma answers with.
  func pragma(_ name: String) throws -> Int {
    try first("PRAGMA \(SQL(stringLiteral: name))", as: Int.self) ?? -1
  }

  private func arguments(_ values: [StoredValue]) -> StatementArguments {
    StatementArguments(values.map { databaseValue($0) as (any DatabaseValueConvertible)? })
  }
}

/// The value as GRDB binds it.
private func databaseValue(_ value: StoredValue) -> DatabaseValue {
  switch value {
  case .null: .null
  case .integer(let value): value.databaseValue
  case .text(let value): value.databaseValue
  case .bytes(let value): Data(value).databaseValue
  }
}

/// The value as the rest of the program reads it; the portable subset has no floating point.
private func storedValue(_ value: DatabaseValue) -> StoredValue {
  switch value.storage {
  case .null: .null
  case .int64(let value): .integer(value)
  case .double(let value): .text(String(value))
  case .string(let value): .text(value)
  case .blob(let value): .bytes([UInt8](value))
  }
}

/// Turns GRDB's errors into the store's own, without statement or values.
func translatingErrors<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw StorageError(error)
  }
}

extension StorageError {
  init(_ error: DatabaseError) {
    let message = error.message ?? "no message"
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR: self = .diskFailure(code: Int(error.extendedResultCode.rawValue))
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(message)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_CONSTRAINT:
      self = .constraint(Constraint(error.extendedResultCode), rule: message)
    default: self = .failed(code: Int(error.extendedResultCode.rawValue), message: message)
    }
  }
}

extension StorageError.Constraint {
  fileprivate init(_ code: ResultCode) {
    switch code {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: self = .unique
    case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .foreignKey
    case .SQLITE_CONSTRAINT_NOTNULL: self = .notNull
    case .SQLITE_CONSTRAINT_CHECK: self = .check
    default: self = code.rawValue == 3091 ? .type : .other  // 3091: SQLITE_CONSTRAINT_DATATYPE
    }
  }
}
