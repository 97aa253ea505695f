/// Values as a sentence shows them: thousands apart, and names of the rules' choices as words.
enum Readable {
  /// `12500.00 EUR` is "12,500.00 EUR", `selfEmployed` is "self employed"; dates, short numbers and
  /// words stay as they are.
  static func text(_ value: String) -> String {
    guard value.utf8.contains(where: { isDigit($0) || isUpper($0) }) else { return value }
    var result = ""
    result.reserveCapacity(value.utf8.count + 8)
    var word = ""
    for character in value {
      if character == " " || character == "," {
        result += token(word)
        result.append(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + token(word)
  }

  private static func token(_ word: String) -> String {
    let bytes = Array(word.utf8)
    guard let first = bytes.first else { return word }
    if isDigit(first) { return grouped(bytes) ?? word }
    guard !isUpper(first), bytes.contains(where: isUpper), bytes.allSatisfy(isLetter) else {
      return word
    }
    return bytes.reduce(into: "") { text, byte in
      if isUpper(byte) {
        text += " " + String(UnicodeScalar(byte | 0x20))
      } else {
        text.unicodeScalars.append(UnicodeScalar(byte))
      }
    }
  }

  /// Digits with a comma before each three, of five digits and more or with decimals; nil for
  /// what is no plain number.
  private static func grouped(_ bytes: [UInt8]) -> String? {
    let whole = bytes.prefix { isDigit($0) }
    let rest = bytes.dropFirst(whole.count)
    guard rest.isEmpty || (rest.first == UInt8(ascii: ".") && rest.dropFirst().allSatisfy(isDigit))
    else { return nil }
    guard whole.count > 4 || (whole.count == 4 && !rest.isEmpty) else { return nil }
    var text = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { text.append(",") }
      text.unicodeScalars.append(UnicodeScalar(digit))
    }
    return text + String(decoding: rest, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    isUpper(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
