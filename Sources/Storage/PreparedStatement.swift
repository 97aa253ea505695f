import GRDB
import GRDBSQLite

/// A statement that SQLite has prepared, with its values bound and its rows read in place.
///
/// GRDB prepares and keeps statements; their steps go straight to SQLite, since copying each value
/// through GRDB's own took most of the time of a small statement.
struct PreparedStatement {
  private let handle: OpaquePointer

  /// SQLite copies what it is given, so that the value need not outlive the call.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
  }

  /// Binds a statement's values to their places in its prepared form, which is ready to step.
  init(_ prepared: Statement, _ sql: SQL) throws(StorageError) {
    handle = prepared.sqliteStatement
    try sql.forEachValue { (place, value) throws(StorageError) in
      let code = bind(value, at: place)
      guard code == SQLITE_OK else {
        let fault = failure(code)
        end()
        throw fault
      }
    }
  }

  /// Goes to the next row; false when there is none.
  func step() throws(StorageError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  /// Makes the statement ready for its next use, and lets go of the values.
  func end() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// The row that the statement stands on.
  var row: Row {
    Row(columns: Int(sqlite3_column_count(handle))) { column(Int32($0)) }
  }

  private func bind(_ value: StoredValue, at place: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, place)
    case .integer(let value): sqlite3_bind_int64(handle, place, value)
    case .text(var text):
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { bytes in
          // An empty text has no address, and without one SQLite would bind null.
          guard let start = bytes.baseAddress else {
            return sqlite3_bind_text(handle, place, "", 0, Self.copied)
          }
          return sqlite3_bind_text64(
            handle, place, start, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
        }
      }
    case .bytes(let bytes):
      if bytes.isEmpty {
        sqlite3_bind_zeroblob(handle, place, 0)
      } else {
        sqlite3_bind_blob64(handle, place, bytes, UInt64(bytes.count), Self.copied)
      }
    }
  }

  /// A column of the row; the portable subset has no floating point.
  private func column(_ place: Int32) -> StoredValue {
    switch sqlite3_column_type(handle, place) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, place))
    case SQLITE_BLOB: .bytes(bytes(sqlite3_column_blob(handle, place), place))
    default:
      .text(String(decoding: bytes(sqlite3_column_text(handle, place), place), as: UTF8.self))
    }
  }

  private func bytes(_ start: UnsafeRawPointer?, _ place: Int32) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(handle, place))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  private func failure(_ code: Int32) -> StorageError {
    let connection = sqlite3_db_handle(handle)
    return StorageError(
      extendedCode: sqlite3_extended_errcode(connection),
      message: sqlite3_errmsg(connection).map { String(cString: $0) } ?? "error \(code)")
  }
}
