/// Writing of numbers.
extension Decimal128: CustomStringConvertible {
  /// The text in the "to-scientific-string" form of the General Decimal Arithmetic: plain where
  /// the exponent is not positive and the number not tiny, otherwise with `E`.
  public var description: String {
    guard isFinite else { return textOfSpecial }
    let value = finiteCoefficient
    let count = max(1, value.decimalDigits)
    let exponent = finiteExponent
    let adjusted = exponent &+ count &- 1
    if exponent <= 0, adjusted >= -6 {
      return plain(value, count: count, exponent: exponent, isNegative: isNegative)
    }
    return String(unsafeUninitializedCapacity: count &+ 8) { buffer in
      var place = 0
      func put(_ byte: UInt8) {
        buffer[place] = byte
        place &+= 1
      }
      if isNegative { put(Ascii.minus) }
      // The digits go one place to the right; then the first comes back before the point.
      value.writeDigits(into: buffer, at: place &+ 1, count: count)
      buffer[place] = buffer[place &+ 1]
      buffer[place &+ 1] = Ascii.point
      place &+= count == 1 ? 1 : count &+ 1
      put(Ascii.exponent)
      put(adjusted < 0 ? Ascii.minus : Ascii.plus)
      let power = UInt128(adjusted.magnitude)
      let length = power.decimalDigits
      power.writeDigits(into: buffer, at: place, count: length)
      return place &+ length
    }
  }

  /// The number written out without an exponent, with all digits of its scale: `1.50`, `1200`.
  ///
  /// A zero has no sign. An infinity or nan is written as in `description`.
  public var plainText: String {
    guard isFinite else { return textOfSpecial }
    let value = finiteCoefficient
    return plain(
      value, count: max(1, value.decimalDigits), exponent: finiteExponent,
      isNegative: isNegative && value != 0)
  }

  private var textOfSpecial: String {
    if isNaN { return "NaN" }
    return isNegative ? "-Infinity" : "Infinity"
  }

  /// The digits with a point or with zeros on either side; at most about 6200 of them.
  private func plain(
    _ value: UInt128, count: Int, exponent: Int, isNegative: Bool
  ) -> String {
    let zeros = exponent > 0 && value != 0 ? exponent : 0
    let lead = max(0, 1 &- (count &+ exponent))
    let capacity = count &+ zeros &+ lead &+ 2
    return String(unsafeUninitializedCapacity: capacity) { buffer in
      var place = 0
      if isNegative {
        buffer[0] = Ascii.minus
        place = 1
      }
      if exponent >= 0 {
        value.writeDigits(into: buffer, at: place, count: count)
        place &+= count
        for _ in 0..<zeros {
          buffer[place] = Ascii.zero
          place &+= 1
        }
        return place
      }
      for _ in 0..<lead {
        buffer[place] = Ascii.zero
        place &+= 1
      }
      value.writeDigits(into: buffer, at: place, count: count)
      place &+= count
      // The digits of the fraction make room for the point.
      let point = place &+ exponent
      var index = place
      while index > point {
        buffer[index] = buffer[index &- 1]
        index &-= 1
      }
      buffer[point] = Ascii.point
      return place &+ 1
    }
  }
}

/// The characters of a number.
enum Ascii {
  static let zero: UInt8 = 0x30
  static let minus: UInt8 = 0x2D
  static let plus: UInt8 = 0x2B
  static let point: UInt8 = 0x2E
  static let exponent: UInt8 = 0x45
}

extension UInt128 {
  /// Writes `count` digits in ASCII, the last at `start + count − 1`, with zeros before them where
  /// the number is shorter.
  func writeDigits(into buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int, count: Int) {
    var position = start &+ count
    var upper = self
    // Words are quicker to take apart than double words: 19 digits at a time.
    while position > start {
      let parts =
        upper.highWord == 0
        ? (quotient: 0, remainder: upper)
        : upper.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
      let isLast = upper.highWord == 0
      var word = parts.remainder.lowWord
      let stop = isLast ? start : Swift.max(start, position &- 19)
      while position > stop {
        position &-= 1
        buffer[position] = Ascii.zero &+ UInt8(truncatingIfNeeded: word % 10)
        word /= 10
      }
      upper = parts.quotient
    }
  }
}
