import GRDB
import GRDBSQLite

/// A SQLite connection inside one body; statements are prepared once.
struct SQLiteConnection: Connection {
  let database: Database

  func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
    let statement = try prepare(sql)
    defer { statement.end() }
    guard try statement.step() else { return }
    let row = statement.row
    var goesOn = try body(row)
    while goesOn, try statement.step() { goesOn = try body(row) }
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    // A definition of the schema: GRDB must know of it.
    if !sql.hasValues {
      try command(sql.text(for: .sqlite))
      return database.changesCount
    }
    let statement = try prepare(sql)
    defer { statement.end() }
    while try statement.step() {}
    return database.changesCount
  }

  private func prepare(_ sql: SQL) throws -> PreparedStatement {
    let text = sql.text(for: .sqlite)
    let prepared = try translatingErrors { try database.cachedStatement(sql: text) }
    return try PreparedStatement(prepared, sql)
  }

  /// Runs an engine's own command that has no values, such as `COMMIT`.
  func command(_ text: String) throws {
    try translatingErrors {
      try database.cachedStatement(sql: text).execute()
    }
  }

  /// Runs a savepoint's command inside a transaction, which GRDB need not follow: neither begins
  /// nor ends the transaction that it watches.
  func mark(_ text: SQL) throws {
    let statement = try prepare(text)
    defer { statement.end() }
    while try statement.step() {}
  }

  /// How many pages this connection has written since it was asked to count anew.
  func pagesWritten(reset: Bool = false) -> Int {
    var (count, highest): (Int32, Int32) = (0, 0)
    let status = sqlite3_db_status(
      database.sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &count, &highest, reset ? 1 : 0)
    return status == SQLITE_OK ? Int(count) : Int.max
  }

  /// The integer that a pragma answers with.
  func pragma(_ name: String) throws -> Int {
    try first("PRAGMA \(SQL(stringLiteral: name))", as: Int.self) ?? -1
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
    self.init(
      extendedCode: error.extendedResultCode.rawValue, message: error.message ?? "no message")
  }

  /// What SQLite's extended result code means.
  init(extendedCode: Int32, message: String) {
    switch ResultCode(rawValue: extendedCode & 0xFF) {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR: self = .diskFailure(code: Int(extendedCode))
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(message)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_CONSTRAINT:
      self = .constraint(Constraint(ResultCode(rawValue: extendedCode)), rule: message)
    default: self = .failed(code: Int(extendedCode), message: message)
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
