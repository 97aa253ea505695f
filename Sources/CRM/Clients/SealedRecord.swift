package import JSON
package import Vault

/// A group of fields that is sealed as one value: canonical JSON, so that equal values have equal
/// bytes.
package protocol SealedRecord: Sealable {
  /// Writes the fields in the order of their keys.
  func write(_ writer: inout JSONWriter)
  /// Reads the fields back; nil after what is wrong was recorded.
  init?(reading fields: JSONFields)
}

extension SealedRecord {
  package var plaintext: [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.object(write)
    return writer.bytes
  }

  package init?(plaintext: [UInt8]) {
    guard let value = try? decodeJSON(plaintext, limits: .file, { Self(reading: $0) }) else {
      return nil
    }
    self = value
  }
}
