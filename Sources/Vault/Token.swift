/// A secret that its bearer shows to be let in.
///
/// It is 256 random bits, as text behind a prefix that scanners for leaked secrets recognise. Only
/// its digest is stored.
package struct Token: Sendable {
  /// What every token begins with.
  package static let prefix = "stw_"
  /// The random part, in bytes.
  package static let length = 32

  /// The text handed to the bearer once.
  ///
  /// Never log or store it.
  package let text: String

  private init(text: String) {
    self.text = text
  }

  /// A new token.
  package static func random() throws(VaultFault) -> Token {
    Token(text: prefix + Base64.url.encode(try Randomness.bytes(length)))
  }

  /// A token that somebody shows; nil for a text that cannot be one.
  package init?(shown text: some StringProtocol) {
    guard text.hasPrefix(Self.prefix),
      let bytes = Base64.url.decode(text.dropFirst(Self.prefix.count)), bytes.count == Self.length
    else { return nil }
    self.text = String(text)
  }

  /// What is stored and looked up instead of the token.
  package var digest: Digest { Digest.sha256(text) }

  /// Whether this is the token of a stored digest, in the same time for each.
  package func matches(_ stored: Digest) -> Bool {
    equalInConstantTime(digest.bytes, stored.bytes)
  }
}

extension Token: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹token›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
