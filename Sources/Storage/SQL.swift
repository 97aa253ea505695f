package import Vault

/// A statement in the portable SQL subset, written as an interpolated string.
///
/// A value never becomes part of the text: `"… WHERE id = \(id)"` renders as `… WHERE id = $1`
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

  fileprivate enum Piece: Sendable {
    case literal(String)
    case token(Token)
    case value(StoredValue)
  }

  private var pieces: [Piece]

  package init(stringLiteral value: String) {
    pieces = [.literal(value)]
  }

  package init(stringInterpolation: StringInterpolation) {
    pieces = stringInterpolation.pieces
  }

  /// The values in the order of their places `$1…$n`.
  package var values: [StoredValue] {
    pieces.compactMap { piece in
      if case .value(let value) = piece { value } else { nil }
    }
  }

  /// The statement as the engine reads it, with `$1…$n` for the values.
  package func text(for dialect: Dialect = .sqlite) -> String {
    if pieces.count == 1, case .literal(let text) = pieces[0] { return text }
    var text = ""
    text.reserveCapacity(256)
    var place = 0
    for piece in pieces {
      switch piece {
      case .literal(let literal):
        text += literal
      case .token(let token):
        text += Self.spelling(of: token, in: dialect)
      case .value:
        place += 1
        text += "$"
        text += String(place)
      }
    }
    return text
  }

  /// Puts fragments side by side, with a separator between them.
  package static func joined(_ fragments: [SQL], separator: String) -> SQL {
    var result = SQL(stringLiteral: "")
    for (index, fragment) in fragments.enumerated() {
      if index > 0 { result.pieces.append(.literal(separator)) }
      result.pieces += fragment.pieces
    }
    return result
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
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(interpolationCount * 2 + 1)
    }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// Binds a value.
    package mutating func appendInterpolation(_ value: some Storable) {
      pieces.append(.value(value.stored))
    }

    /// Binds a value or null.
    package mutating func appendInterpolation<Value: Storable>(_ value: Value?) {
      pieces.append(.value(value.stored))
    }

    /// Writes a part that engines spell differently.
    package mutating func appendInterpolation(_ token: Token) {
      pieces.append(.token(token))
    }

    /// Puts another statement's text and values in.
    package mutating func appendInterpolation(_ fragment: SQL) {
      pieces += fragment.pieces
    }

    /// Binds several values, separated by commas, for `IN (…)` and `VALUES (…)`.
    package mutating func appendInterpolation(list values: [some Storable]) {
      for (index, value) in values.enumerated() {
        if index > 0 { pieces.append(.literal(", ")) }
        pieces.append(.value(value.stored))
      }
    }

    @available(
      *, unavailable,
      message: "Personal data must be sealed by the vault before it can be stored"
    )
    package mutating func appendInterpolation<Value>(_ value: Personal<Value>) {}
  }
}
