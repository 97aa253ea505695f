/// Reads digits and marks from ASCII text, one after the other.
struct DigitCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads a whole text; nil where the body finds no value or leaves something over.
  static func read<Value>(
    _ text: some StringProtocol, _ body: (inout DigitCursor) -> Value?
  ) -> Value? {
    var text = String(text)
    return text.withUTF8 { bytes in
      var cursor = DigitCursor(bytes)
      guard let value = body(&cursor), cursor.isAtEnd else { return nil }
      return value
    }
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The bytes not read yet.
  var remaining: Int { bytes.count - position }

  /// Goes over a byte where it is the next one.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard !isAtEnd, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes the next byte.
  mutating func take() -> UInt8? {
    guard !isAtEnd else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// Takes as many digits as there are, at most 18; nil where their number is not allowed.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while !isAtEnd, 0x30...0x39 ~= bytes[position] {
      count += 1
      guard count <= digits.upperBound else { return nil }
      value = value &* 10 &+ Int(bytes[position] &- 0x30)
      position += 1
    }
    return digits.contains(count) ? value : nil
  }
}
