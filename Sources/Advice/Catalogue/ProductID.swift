/// Which product: the brand that offers it and the brand's own code for it.
package struct ProductID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The brand, without a slash in it.
  package var brand: String
  /// The brand's code for the product.
  package var code: String

  /// The product of a brand with the brand's code.
  package init(brand: String, code: String) {
    self.brand = brand
    self.code = code
  }

  /// Reads "brand/code"; nil where either part is empty.
  ///
  /// The code may have slashes.
  package init?(_ text: some StringProtocol) {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    let brand = text[..<slash]
    let code = text[text.index(after: slash)...]
    guard !brand.isEmpty, !code.isEmpty else { return nil }
    self.init(brand: String(brand), code: String(code))
  }

  /// "brand/code".
  package var description: String { "\(brand)/\(code)" }

  /// By brand, then by code, byte by byte in UTF-8: the same order on every machine.
  package static func < (left: ProductID, right: ProductID) -> Bool {
    if left.brand != right.brand { return left.brand.precedesInBytes(right.brand) }
    return left.code.precedesInBytes(right.code)
  }
}

extension String {
  /// Whether the UTF-8 bytes come before another's: an order without locale.
  func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
