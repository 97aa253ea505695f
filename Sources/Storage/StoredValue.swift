/// A value as the store keeps it: one of the three column types of the portable subset, or null.
package enum StoredValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  /// The trade's word for the kind of value, for error messages; never the value itself.
  package var kind: String {
    switch self {
    case .null: "null"
    case .integer: "integer"
    case .text: "text"
    case .bytes: "bytes"
    }
  }
}

/// A type whose values can stand in a column.
///
/// Plaintext about a person (`Personal`) never conforms: only `Sealed` does.
package protocol Storable: Sendable {
  /// The value as the store keeps it.
  var stored: StoredValue { get }

  /// Reads a column back; throws `StorageError.column` when the column holds something else.
  init(stored: StoredValue) throws(StorageError)
}

extension Int64: Storable {
  package var stored: StoredValue { .integer(self) }

  package init(stored: StoredValue) throws(StorageError) {
    guard case .integer(let value) = stored else { throw .column(expected: "integer", stored) }
    self = value
  }
}

extension Int: Storable {
  package var stored: StoredValue { .integer(Int64(self)) }

  package init(stored: StoredValue) throws(StorageError) {
    guard case .integer(let value) = stored, let narrowed = Int(exactly: value) else {
      throw .column(expected: "integer", stored)
    }
    self = narrowed
  }
}

extension Bool: Storable {
  package var stored: StoredValue { .integer(self ? 1 : 0) }

  package init(stored: StoredValue) throws(StorageError) {
    switch stored {
    case .integer(0): self = false
    case .integer(1): self = true
    default: throw .column(expected: "0 or 1", stored)
    }
  }
}

extension String: Storable {
  package var stored: StoredValue { .text(self) }

  package init(stored: StoredValue) throws(StorageError) {
    guard case .text(let value) = stored else { throw .column(expected: "text", stored) }
    self = value
  }
}

extension Array: Storable where Element == UInt8 {
  package var stored: StoredValue { .bytes(self) }

  package init(stored: StoredValue) throws(StorageError) {
    guard case .bytes(let value) = stored else { throw .column(expected: "bytes", stored) }
    self = value
  }
}

extension Optional: Storable where Wrapped: Storable {
  package var stored: StoredValue { self?.stored ?? .null }

  package init(stored: StoredValue) throws(StorageError) {
    if case .null = stored {
      self = nil
    } else {
      self = try Wrapped(stored: stored)
    }
  }
}

extension Storable where Self: RawRepresentable, RawValue: Storable {
  package var stored: StoredValue { rawValue.stored }

  package init(stored: StoredValue) throws(StorageError) {
    let raw = try RawValue(stored: stored)
    guard let value = Self(rawValue: raw) else {
      throw .column(expected: "a known \(Self.self)", stored)
    }
    self = value
  }
}
