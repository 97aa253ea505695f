/// A digest of public contents, handed in by whoever holds the cryptography.
package struct ContentDigest: Sendable {
  private let function: @Sendable ([UInt8]) -> [UInt8]

  /// A digest by its function, such as SHA-256.
  package init(_ function: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.function = function
  }

  /// The digest of some bytes.
  package func callAsFunction(_ bytes: [UInt8]) -> [UInt8] { function(bytes) }

  /// Bytes as lower-case hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Product {
  /// The digest of the product's contents, in hexadecimal digits: equal for equal products, so
  /// that importing the same again adds no version.
  package func contentDigest(_ digest: ContentDigest) -> String {
    ContentDigest.hexadecimal(digest(canonicalJSON))
  }
}
