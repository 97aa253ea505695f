/// A store that runs transactions given as closures.
///
/// Bodies are synchronous, so that nothing can interleave inside a transaction; they run on
/// threads of the engine, and on the cooperative pool only where they look up a few rows.
package protocol Engine: Sendable {
  /// Runs a body on one unchanging snapshot of the store.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// The same for a body that looks up a few rows by their keys: it may run at once on the thread
  /// that asks, since to wake another one takes longer than such a body.
  func lookUp<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Runs a body in a transaction and returns when its changes are on the disk.
  ///
  /// Writes that arrive together share one transaction and one wait for the disk; each is undone
  /// alone when its body throws. A body may be run only once.
  @discardableResult
  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Finishes what waits, writes back the log and lets go of the files.
  func close() async
}

extension Engine {
  /// A read like others, in an engine that has nothing faster.
  package func lookUp<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { try await read(body) }
}

/// A transaction in progress; valid only inside the body that was given it.
package protocol Connection {
  /// Runs a statement and hands over each row until the body returns false.
  func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws

  /// Runs a statement that returns no rows; returns how many rows it changed.
  @discardableResult
  func execute(_ sql: SQL) throws -> Int
}

/// One row of a result, read by position; valid only inside the closure that was given it.
package struct Row {
  private let columns: Int
  private let column: (Int) -> StoredValue

  /// A row of an engine; `column` is asked only for positions in `0..<columns`.
  package init(columns: Int, column: @escaping (Int) -> StoredValue) {
    self.columns = columns
    self.column = column
  }

  /// The value at a position, from 0.
  package func value<Value: Storable>(
    _ position: Int, as type: Value.Type = Value.self
  ) throws(StorageError) -> Value {
    guard position >= 0, position < columns else { throw .columnAbsent(index: position) }
    return try Value(stored: column(position))
  }

  /// The value at a position, from 0.
  package subscript<Value: Storable>(position: Int) -> Value {
    get throws(StorageError) { try value(position) }
  }
}

extension Connection {
  /// All rows, each made by a closure that reads columns by position.
  package func rows<Element>(
    _ sql: SQL, _ element: (Row) throws -> Element
  ) throws -> [Element] {
    var result: [Element] = []
    try visit(sql) { row in
      result.append(try element(row))
      return true
    }
    return result
  }

  /// The first row, made by a closure that reads columns by position, or nil.
  package func row<Element>(
    _ sql: SQL, _ element: (Row) throws -> Element
  ) throws -> Element? {
    var result: Element?
    try visit(sql) { row in
      result = try element(row)
      return false
    }
    return result
  }

  /// All rows as tuples of the given column types.
  package func all<each Column: Storable>(
    _ sql: SQL, as columns: (repeat each Column).Type = (repeat each Column).self
  ) throws -> [(repeat each Column)] {
    try rows(sql) { row in
      var position = 0
      func next<C: Storable>(_ type: C.Type) throws -> C {
        defer { position += 1 }
        return try row.value(position, as: type)
      }
      return (repeat try next((each Column).self))
    }
  }

  /// The first row as a tuple of the given column types, or nil.
  package func first<each Column: Storable>(
    _ sql: SQL, as columns: (repeat each Column).Type = (repeat each Column).self
  ) throws -> (repeat each Column)? {
    try row(sql) { row in
      var position = 0
      func next<C: Storable>(_ type: C.Type) throws -> C {
        defer { position += 1 }
        return try row.value(position, as: type)
      }
      return (repeat try next((each Column).self))
    }
  }
}
