/// A value that was sealed for one place, as it is stored.
///
/// `Value` stays in the type, so that a sealed name cannot be opened as an address.
/// The bytes are `suite u8 ‖ key version u32 ‖ nonce 96 bit ‖ ciphertext ‖ tag 128 bit`.
package struct Sealed<Value: Sealable>: Sendable, Hashable {
  /// What goes into the store.
  package let bytes: [UInt8]

  /// A sealed value read back from the store; whether it is whole shows when it is opened.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }
}

extension Sealed: CustomStringConvertible {
  package var description: String { "‹sealed›" }
}

/// A value with bytes that can be sealed and read back.
package protocol Sealable: Sendable {
  /// The bytes to seal.
  var plaintext: [UInt8] { get }
  /// The value of bytes that were sealed; nil when they are none.
  init?(plaintext: [UInt8])
}

extension Array: Sealable where Element == UInt8 {
  package var plaintext: [UInt8] { self }
  package init?(plaintext: [UInt8]) { self = plaintext }
}

extension String: Sealable {
  package var plaintext: [UInt8] { Array(utf8) }
  package init?(plaintext: [UInt8]) {
    guard let text = String(validating: plaintext, as: UTF8.self) else { return nil }
    self = text
  }
}
