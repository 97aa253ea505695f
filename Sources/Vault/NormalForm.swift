import Foundation

/// The one spelling of a look-up value that all its spellings share.
struct NormalForm: Equatable {
  /// The longest value that is looked up, in bytes.
  static let longestValue = 1024

  private static let phoneSeparators = Set<Character>(
    "()-./ \u{A0}\u{2009}\u{202F}\u{2010}\u{2011}\u{2012}\u{2013}")

  let kind: String
  let bytes: [UInt8]

  init(_ value: LookUpValue) throws(VaultFault) {
    switch value {
    case .email(let address):
      kind = "email"
      bytes = try Self.email(address.expose())
    case .phone(let number):
      kind = "phone"
      bytes = try Self.phone(number.expose())
    case .document(let country, let type, let number):
      kind = "document"
      bytes = try Self.document(country: country, type: type, number: number.expose())
    case .userName(let name):
      kind = "user name"
      bytes = try Self.userName(name.expose())
    }
  }

  /// NFC, lower case, the domain in its ASCII form (RFC 5890 A-labels).
  private static func email(_ text: String) throws(VaultFault) -> [UInt8] {
    let parts = try folded(text, of: "e-mail address").split(
      separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let domain = Punycode.asciiDomain(parts[1]),
      !parts[0].contains(where: { $0.isWhitespace || $0.isControl })
    else { throw .notNormalisable("e-mail address") }
    return Array("\(parts[0])@\(domain)".utf8)
  }

  /// E.164: `+`, then 7 to 15 digits that do not begin with 0.
  private static func phone(_ text: String) throws(VaultFault) -> [UInt8] {
    guard text.utf8.count <= longestValue else { throw .notNormalisable("telephone number") }
    var digits = ""
    var hasPlus = false
    for character in text {
      if let digit = decimalDigit(character) {
        digits.append(digit)
      } else if character == "+" || character == "\u{FF0B}", digits.isEmpty, !hasPlus {
        hasPlus = true
      } else if !phoneSeparators.contains(character) {
        throw .notNormalisable("telephone number")
      }
    }
    if !hasPlus {
      guard digits.hasPrefix("00") else { throw .notNormalisable("telephone number") }
      digits.removeFirst(2)
    }
    guard (7...15).contains(digits.count), !digits.hasPrefix("0") else {
      throw .notNormalisable("telephone number")
    }
    return Array("+\(digits)".utf8)
  }

  /// Country, kind and number, each after its length; of the number only letters and digits count.
  private static func document(
    country: String, type: String, number: String
  ) throws(VaultFault) -> [UInt8] {
    let country = country.uppercased()
    let type = try folded(type, of: "document")
    let number = try folded(number, of: "document")
    var letters = ""
    for character in number {
      if let digit = decimalDigit(character) {
        letters.append(digit)
      } else if character.isLetter {
        letters += character.uppercased()
      } else if !"-./ ".contains(character) {
        throw .notNormalisable("document")
      }
    }
    let isCountry = country.utf8.count == 2 && country.allSatisfy { $0.isASCII && $0.isLetter }
    guard isCountry, !type.isEmpty, !letters.isEmpty else { throw .notNormalisable("document") }
    var framing = Framing()
    framing.append(country)
    framing.append(type)
    framing.append(letters)
    return framing.bytes
  }

  private static func userName(_ text: String) throws(VaultFault) -> [UInt8] {
    let name = try folded(text, of: "user name")
    guard !name.isEmpty, !name.contains(where: { $0.isControl }) else {
      throw .notNormalisable("user name")
    }
    return Array(name.utf8)
  }

  private static func folded(_ text: String, of field: String) throws(VaultFault) -> String {
    guard text.utf8.count <= longestValue else { throw .notNormalisable(field) }
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldedASCII(text) }
    // Composed again after the change of case, which can leave a letter and its mark apart.
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
      .precomposedStringWithCanonicalMapping.lowercased().precomposedStringWithCanonicalMapping
  }

  /// The same for ASCII, where composing changes nothing: ten times as fast.
  private static func foldedASCII(_ text: String) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let trimmed = text.utf8.drop(while: isSpace)
    let count = trimmed.count - trimmed.reversed().prefix(while: isSpace).count
    let lower = trimmed.prefix(count).map { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return String(decoding: lower, as: UTF8.self)
  }

  /// A decimal digit of any script as its ASCII digit.
  private static func decimalDigit(_ character: Character) -> Character? {
    if character.isASCII { return ("0"..."9").contains(character) ? character : nil }
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
      scalar.properties.numericType == .decimal, let value = character.wholeNumberValue
    else { return nil }
    return Character(String(value))
  }
}

extension Character {
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}

/// The ASCII form of domain names in other scripts (RFC 3492 and RFC 5891).
enum Punycode {
  /// The longest label and the longest domain (RFC 1035).
  static let longestLabel = 63
  static let longestDomain = 253

  /// A domain, already in lower case and NFC, with each label in ASCII; nil for what is no domain.
  static func asciiDomain(_ domain: some StringProtocol) -> String? {
    var labels: [String] = []
    for label in domain.split(
      omittingEmptySubsequences: false, whereSeparator: { ".\u{3002}\u{FF0E}".contains($0) })
    {
      guard !label.isEmpty, let ascii = asciiLabel(String(label)) else { return nil }
      labels.append(ascii)
    }
    let whole = labels.joined(separator: ".")
    return whole.utf8.count <= longestDomain ? whole : nil
  }

  private static func asciiLabel(_ label: String) -> String? {
    let isPlain = label.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
    if isPlain { return label.utf8.count <= longestLabel ? label : nil }
    let allowed = label.unicodeScalars.allSatisfy { scalar in
      scalar == "-" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .spacingMark
    }
    guard allowed, label.unicodeScalars.count <= longestLabel else { return nil }
    let encoded = "xn--" + encode(label.unicodeScalars.map(\.value))
    return encoded.utf8.count <= longestLabel ? encoded : nil
  }

  /// RFC 3492 section 6.3.
  ///
  /// Labels have at most 63 scalars, so nothing here can overflow.
  static func encode(_ scalars: [UInt32]) -> String {
    var out = scalars.filter { $0 < 128 }.map { UInt8($0) }
    let basic = out.count
    var handled = basic
    if basic > 0 { out.append(UInt8(ascii: "-")) }
    var (n, delta, bias) = (128, 0, 72)
    while handled < scalars.count {
      guard let next = scalars.filter({ $0 >= n }).min().map({ Int($0) }) else { break }
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in scalars {
        if scalar < n { delta += 1 }
        guard scalar == n else { continue }
        append(delta, bias: bias, to: &out)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func append(_ delta: Int, bias: Int, to out: inout [UInt8]) {
    var (rest, k) = (delta, 36)
    while true {
      let threshold = min(max(k - bias, 1), 26)
      guard rest >= threshold else { break }
      out.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      k += 36
    }
    out.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 {
    value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var rest = isFirst ? delta / 700 : delta / 2
    rest += rest / count
    var k = 0
    while rest > 455 {
      rest /= 35
      k += 36
    }
    return k + 36 * rest / (rest + 38)
  }
}
