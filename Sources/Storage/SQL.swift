package import Vault

/// A statement in the portable SQL subset, written as an interpolated string.
///
/// A value never becomes part of the text: `"… WHERE id = \(id)"` renders as `… WHERE id = ?`
/// with `id` bound. Column types are tokens (`\(.integer)`), since the engines name them
/// differently, and another `SQL` may be put in as a fragment.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  /// A part of the subset that engines spell differently.
  package enum Token: Sendable, Hashable {
    /// A signed integer of 64 bits.
    case integer
    /// Unicode text.
    case text
    /// Raw bytes.
    case bytes
    /// The end of a table definition: every column holds only its declared type.
    case strict
    /// As `strict`, and rows lie in the order of the primary key where the engine can do that.
    case clustered
  }

  /// The spelling of an engine.
  package enum Dialect: Sendable, Hashable {
    case sqlite
    case postgres
  }

  /// A part of the text that is no literal, and the bytes before it.
  fileprivate struct Mark: Sendable {
    enum Kind: Sendable {
      case token(Token)
      case value(StoredValue)
    }

    let offset: Int
    let kind: Kind
  }

  /// What stands for a value in SQLite's text.
  private static let place = "?"

  /// As SQLite reads it: it is asked for with every use, and nothing is put together then.
  private var text: String
  private var marks: [Mark]

  package init(stringLiteral value: String) {
    text = value
    marks = []
  }

  package init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.statement
  }

  fileprivate init(capacity: Int, marks count: Int) {
    self.init(stringLiteral: "")
    text.reserveCapacity(capacity)
    marks.reserveCapacity(count)
  }

  /// Whether there is a value to bind.
  package var hasValues: Bool {
    marks.contains { if case .value = $0.kind { true } else { false } }
  }

  /// The values in the order of their places.
  package var values: [StoredValue] {
    marks.compactMap { if case .value(let value) = $0.kind { value } else { nil } }
  }

  /// Hands over each value with the number of its place, from 1.
  func forEachValue(
    _ body: (Int32, StoredValue) throws(StorageError) -> Void
  ) throws(StorageError) {
    var number: Int32 = 0
    for mark in marks {
      guard case .value(let value) = mark.kind else { continue }
      number += 1
      try body(number, value)
    }
  }

  /// The statement as the engine reads it, with `?` or `$1…$n` for the values.
  package func text(for dialect: Dialect = .sqlite) -> String {
    switch dialect {
    case .sqlite: text
    case .postgres: numberedText
    }
  }

  private var numberedText: String {
    let bytes = Array(text.utf8)
    var (result, done, number) = ("", 0, 0)
    for mark in marks {
      result += String(decoding: bytes[done..<mark.offset], as: UTF8.self)
      switch mark.kind {
      case .token(let token):
        result += Self.spelling(of: token, in: .postgres)
        done = mark.offset + Self.spelling(of: token, in: .sqlite).utf8.count
      case .value:
        number += 1
        result += "$\(number)"
        done = mark.offset + Self.place.utf8.count
      }
    }
    return result + String(decoding: bytes[done...], as: UTF8.self)
  }

  /// Puts fragments side by side, with a separator between them.
  package static func joined(_ fragments: [SQL], separator: String) -> SQL {
    var result = SQL(stringLiteral: "")
    for (index, fragment) in fragments.enumerated() {
      if index > 0 { result.text += separator }
      result.append(fragment)
    }
    return result
  }

  fileprivate mutating func append(_ fragment: SQL) {
    let before = text.utf8.count
    text += fragment.text
    for mark in fragment.marks {
      marks.append(Mark(offset: before + mark.offset, kind: mark.kind))
    }
  }

  fileprivate mutating func append(literal: String) { text += literal }

  fileprivate mutating func append(_ value: StoredValue) {
    marks.append(Mark(offset: text.utf8.count, kind: .value(value)))
    text += Self.place
  }

  fileprivate mutating func append(_ token: Token) {
    marks.append(Mark(offset: text.utf8.count, kind: .token(token)))
    text += Self.spelling(of: token, in: .sqlite)
  }

  private static func spelling(of token: Token, in dialect: Dialect) -> String {
    switch (token, dialect) {
    case (.integer, .sqlite): "INTEGER"
    case (.integer, .postgres): "BIGINT"
    case (.text, _): "TEXT"
    case (.bytes, .sqlite): "BLOB"
    case (.bytes, .postgres): "BYTEA"
    case (.strict, .sqlite): "STRICT"
    case (.clustered, .sqlite): "STRICT, WITHOUT ROWID"
    case (.strict, .postgres), (.clustered, .postgres): ""
    }
  }

  /// What the compiler calls while it builds an interpolated statement.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var statement: SQL

    package init(literalCapacity: Int, interpolationCount: Int) {
      statement = SQL(
        capacity: literalCapacity + 16 * interpolationCount, marks: interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) {
      statement.append(literal: literal)
    }

    /// Binds a value.
    package mutating func appendInterpolation(_ value: some Storable) {
      statement.append(value.stored)
    }

    /// Binds a value or null.
    package mutating func appendInterpolation<Value: Storable>(_ value: Value?) {
      statement.append(value.stored)
    }

    /// Writes a part that engines spell differently.
    package mutating func appendInterpolation(_ token: Token) {
      statement.append(token)
    }

    /// Puts another statement's text and values in.
    package mutating func appendInterpolation(_ fragment: SQL) {
      statement.append(fragment)
    }

    /// Binds several values, separated by commas, for `IN (…)` and `VALUES (…)`.
    package mutating func appendInterpolation(list values: [some Storable]) {
      for (index, value) in values.enumerated() {
        if index > 0 { statement.append(literal: ", ") }
        statement.append(value.stored)
      }
    }

    @available(
      *, unavailable,
      message: "Personal data must be sealed by the vault before it can be stored"
    )
    package mutating func appendInterpolation<Value>(_ value: Personal<Value>) {}
  }
}
