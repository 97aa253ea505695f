/// Reading of numbers.
extension Decimal128: LosslessStringConvertible {
  /// A number written plainly (`-12.50`) or with an exponent (`1.5E+7`), in ASCII.
  ///
  /// More than 34 digits are rounded half to even. The text of an infinity or of nan is refused,
  /// as is a number too large to be finite, so what comes out is always finite.
  public init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ Decimal128.parse($0) }) else { return nil }
    self = number
  }

  /// A number as `init(_: String)` reads it.
  @inlinable public init?(_ text: some StringProtocol) {
    self.init(String(text))
  }

  /// A number from ASCII bytes, as `init(_: String)` reads it.
  @inlinable public init?(ascii bytes: some Sequence<UInt8>) {
    let number: Decimal128?? = bytes.withContiguousStorageIfAvailable { Decimal128(utf8: $0) }
    guard let number = number ?? Decimal128(utf8: Array(bytes)) else { return nil }
    self = number
  }

  @usableFromInline init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let number = Decimal128.parse(bytes) else { return nil }
    self = number
  }

  @usableFromInline init?(utf8 bytes: [UInt8]) {
    guard let number = bytes.withUnsafeBufferPointer({ Decimal128.parse($0) }) else { return nil }
    self = number
  }
}

extension Decimal128 {
  /// What the reader of a number has seen so far.
  private struct Reader {
    var coefficient: UInt128 = 0
    /// Significant digits taken into the coefficient.
    var taken = 0
    /// Significant digits left out, because the coefficient is full.
    var dropped = 0
    var hasRest = false
    var fractionDigits = 0
    var hasDigit = false

    mutating func take(_ digit: UInt8, isFraction: Bool) {
      hasDigit = true
      if isFraction { fractionDigits &+= 1 }
      if taken >= Decimal128.digits &+ 2 {
        dropped &+= 1
        if digit != 0 { hasRest = true }
        return
      }
      if coefficient != 0 || digit != 0 { taken &+= 1 }
      if coefficient.highWord == 0, coefficient.lowWord < 1_000_000_000_000_000_000 {
        coefficient = UInt128(high: 0, low: coefficient.lowWord &* 10 &+ UInt64(digit))
      } else {
        coefficient = coefficient &* 10 &+ UInt128(digit)
      }
    }
  }

  /// The number in ASCII bytes, or nil where they are not one.
  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal128? {
    var index = bytes.startIndex
    let end = bytes.endIndex
    var sign: UInt64 = 0
    if index < end, bytes[index] == 0x2B || bytes[index] == 0x2D {
      if bytes[index] == 0x2D { sign = signBit }
      index &+= 1
    }
    var reader = Reader()
    var isFraction = false
    scan: while index < end {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39: reader.take(byte &- 0x30, isFraction: isFraction)
      case 0x2E where !isFraction: isFraction = true
      case 0x45, 0x65: break scan
      default: return nil
      }
      index &+= 1
    }
    guard reader.hasDigit else { return nil }
    var exponent = reader.dropped &- reader.fractionDigits
    if index < end {
      index &+= 1
      guard let written = writtenExponent(bytes[index...]) else { return nil }
      exponent = min(max(exponent &+ written, -largestWritten), largestWritten)
    }
    let number: Decimal128
    if reader.taken <= digits, exponent >= smallestExponent, exponent <= largestExponent {
      number = Decimal128(sign: sign, exponent: exponent, coefficient: reader.coefficient)
    } else {
      let nearby = min(max(exponent, -20_000), 20_000)
      number = Decimal128(
        sign: sign, rounding: WideInteger(reader.coefficient), exponent: nearby,
        rest: reader.hasRest)
    }
    return number.isFinite ? number : nil
  }

  /// No text is long enough to bring an exponent beyond this back into range.
  private static let largestWritten = 1 << 48

  private static func writtenExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var rest = bytes
    var isNegative = false
    if let first = rest.first, first == 0x2B || first == 0x2D {
      isNegative = first == 0x2D
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty else { return nil }
    var value = 0
    for byte in rest {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      if value < largestWritten { value = value &* 10 &+ Int(byte &- 0x30) }
    }
    return isNegative ? -value : value
  }
}
