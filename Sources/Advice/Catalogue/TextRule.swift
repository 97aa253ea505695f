/// What a text field may hold: as a rule for the reader and as a pattern for the schema, which a
/// test keeps equal.
struct TextRule: Sendable {
  /// The most code points.
  let maxLength: Int
  /// Which code points.
  let shape: Shape

  /// Which code points a text may have, and in what order.
  enum Shape: Sendable, CaseIterable {
    /// Anything but control characters, not only white space.
    case free
    /// Lower-case letters and digits in groups with hyphens between: `home-loan-2`.
    case slug
    /// Printable ASCII without a slash or a blank at the ends.
    case code
    /// Two capital letters: ISO 3166 alpha-2.
    case country
    /// A country or a country's part: ISO 3166-2.
    case region
  }

  static let name = TextRule(maxLength: 120, shape: .free)
  static let longName = TextRule(maxLength: 300, shape: .free)
  static let summary = TextRule(maxLength: 1_000, shape: .free)
  static let note = TextRule(maxLength: 2_000, shape: .free)
  static let word = TextRule(maxLength: 60, shape: .slug)
  static let digest = TextRule(maxLength: 64, shape: .slug)
  static let brand = TextRule(maxLength: 60, shape: .code)
  static let code = TextRule(maxLength: 120, shape: .code)
  static let country = TextRule(maxLength: 2, shape: .country)
  static let region = TextRule(maxLength: 6, shape: .region)

  /// Whether a text keeps the rule, its length aside.
  func allows(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch shape {
    case .free:
      let isPrintable = bytes.allSatisfy { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
      return isPrintable && bytes.contains { !Self.isBlank($0) }
    case .slug:
      return !bytes.isEmpty
        && bytes.split(separator: Self.hyphen, omittingEmptySubsequences: false).allSatisfy {
          !$0.isEmpty && $0.allSatisfy { Self.isLower($0) || Self.isDigit($0) }
        }
    case .code:
      guard let first = bytes.first, let last = bytes.last else { return false }
      return first != 0x20 && last != 0x20
        && bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "/") }
    case .country:
      return bytes.count == 2 && bytes.allSatisfy(Self.isUpper)
    case .region:
      guard bytes.count >= 2, bytes.prefix(2).allSatisfy(Self.isUpper) else { return false }
      if bytes.count == 2 { return true }
      return (4...6).contains(bytes.count) && bytes[2] == Self.hyphen
        && bytes.dropFirst(3).allSatisfy { Self.isUpper($0) || Self.isDigit($0) }
    }
  }

  /// The rule as a regular expression of ECMA-262, as JSON Schema has them.
  var pattern: String {
    switch shape {
    case .free:
      #"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F]*[^\u0000-\u0020][^\u0000-\u0008\u000B\u000C\u000E-\u001F]*$"#
    case .slug: "^[a-z0-9]+(-[a-z0-9]+)*$"
    case .code: "^[!-.0-~]([ -.0-~]*[!-.0-~])?$"
    case .country: "^[A-Z]{2}$"
    case .region: "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"
    }
  }

  /// Completes "This must be …".
  var sentence: String {
    switch shape {
    case .free: "a text with more in it than white space"
    case .slug: "lower-case letters and digits with hyphens between them"
    case .code: "printable ASCII without a slash, and without a blank at either end"
    case .country: "a country's two capital letters"
    case .region: "a country's two capital letters, or those of its part such as RO-B"
    }
  }

  private static let hyphen = UInt8(ascii: "-")
  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
