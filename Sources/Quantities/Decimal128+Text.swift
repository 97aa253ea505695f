/// Reading and writing of numbers.
extension Decimal128: LosslessStringConvertible, CustomStringConvertible {
  /// A number written plainly (`-12.50`) or with an exponent (`1.5E+7`), in ASCII.
  ///
  /// More than 34 digits are rounded half to even. The text of an infinity or of nan is refused,
  /// as is a number too large to be finite, so what comes out is always finite.
  public init?(_ text: some StringProtocol) {
    let parsed: Decimal128?? = text.utf8.withContiguousStorageIfAvailable {
      Decimal128.parse($0)
    }
    guard let number = parsed ?? Decimal128.parse(Array(text.utf8)) else { return nil }
    self = number
  }

  /// A number from ASCII bytes, as `init(_:)` reads them.
  public init?(ascii bytes: some Collection<UInt8>) {
    guard let number = Decimal128.parse(bytes) else { return nil }
    self = number
  }

  /// The text in the "to-scientific-string" form of the General Decimal Arithmetic: plain where
  /// the exponent is not positive and the number not tiny, otherwise with `E`.
  public var description: String {
    guard isFinite else { return textOfSpecial }
    let digits = coefficient.decimalText
    let exponent = exponent
    let adjusted = exponent &+ digits.count &- 1
    if exponent <= 0, adjusted >= -6 {
      return Decimal128.plain(digits, exponent: exponent, isNegative: isNegative)
    }
    var text: [UInt8] = isNegative ? [0x2D] : []
    text.append(digits[0])
    if digits.count > 1 {
      text.append(0x2E)
      text += digits[1...]
    }
    text.append(0x45)
    text.append(adjusted < 0 ? 0x2D : 0x2B)
    text += UInt128(adjusted.magnitude).decimalText
    return String(decoding: text, as: UTF8.self)
  }

  /// The number written out without an exponent, with all digits of its scale: `1.50`, `1200`.
  ///
  /// A zero has no sign. An infinity or nan is written as in `description`.
  public var plainText: String {
    guard isFinite else { return textOfSpecial }
    let value = coefficient
    return Decimal128.plain(
      value.decimalText, exponent: exponent, isNegative: isNegative && value != 0)
  }

  private var textOfSpecial: String {
    if isNaN { return "NaN" }
    return isNegative ? "-Infinity" : "Infinity"
  }

  private static func plain(_ digits: [UInt8], exponent: Int, isNegative: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(digits.count &+ Int(exponent.magnitude) &+ 3)
    if isNegative { text.append(0x2D) }
    let whole = digits.count &+ exponent
    if exponent >= 0 {
      text += digits
      if digits != [0x30] { text += repeatElement(0x30, count: exponent) }
    } else if whole > 0 {
      text += digits[..<whole]
      text.append(0x2E)
      text += digits[whole...]
    } else {
      text += [0x30, 0x2E]
      text += repeatElement(0x30, count: -whole)
      text += digits
    }
    return String(decoding: text, as: UTF8.self)
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
  private static func parse(_ bytes: some Collection<UInt8>) -> Decimal128? {
    var index = bytes.startIndex
    let end = bytes.endIndex
    var sign: UInt64 = 0
    if index < end, bytes[index] == 0x2B || bytes[index] == 0x2D {
      if bytes[index] == 0x2D { sign = signBit }
      bytes.formIndex(after: &index)
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
      bytes.formIndex(after: &index)
    }
    guard reader.hasDigit else { return nil }
    var exponent = reader.dropped &- reader.fractionDigits
    if index < end {
      bytes.formIndex(after: &index)
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

  private static func writtenExponent(_ bytes: some Collection<UInt8>) -> Int? {
    var rest = bytes[...]
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

extension UInt128 {
  /// The digits in ASCII, at least one.
  var decimalText: [UInt8] {
    let count = Swift.max(1, decimalDigits)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Words are quicker to take apart than double words: 19 digits at a time.
      var upper = self
      var position = count
      while position > 0 {
        let isLast = upper.highWord == 0
        let parts =
          isLast
          ? (quotient: UInt128(0), remainder: upper)
          : upper.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
        var word = parts.remainder.lowWord
        let stop = isLast ? 0 : position &- 19
        while position > stop {
          position &-= 1
          buffer[position] = UInt8(truncatingIfNeeded: 0x30 &+ word % 10)
          word /= 10
        }
        upper = parts.quotient
      }
      initialized = count
    }
  }
}
