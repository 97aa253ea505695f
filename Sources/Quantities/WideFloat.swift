/// A binary floating-point number with a significand of 256 bits, that is 77 digits.
///
/// The irrational functions of `Decimal128` compute with it. Each operation cuts off, so it is
/// less than two units of the last bit wrong; 43 digits lie between that and the last digit of a
/// decimal result.
struct WideFloat {
  var isNegative: Bool
  /// The value is ± significand × 2^(exponent − 256).
  var exponent: Int
  /// The leading bit is set, but for zero.
  var significand: WideInteger

  init(isNegative: Bool, exponent: Int, significand: WideInteger) {
    self.isNegative = isNegative
    self.exponent = exponent
    self.significand = significand
  }

  /// The whole number, exactly.
  init(_ value: UInt128, isNegative: Bool = false) {
    let width = value.width
    let shifted = width == 0 ? 0 : value &<< UInt128(128 &- width)
    self.init(
      isNegative: isNegative, exponent: width, significand: WideInteger(high: shifted, low: 0))
  }

  /// The whole number, exactly.
  init(_ value: Int) {
    self.init(UInt128(value.magnitude), isNegative: value < 0)
  }

  static var zero: WideFloat { WideFloat(0) }
  static var one: WideFloat { WideFloat(1) }

  /// The natural logarithm of 2.
  static var logarithmOfTwo: WideFloat {
    WideFloat(
      isNegative: false, exponent: 0,
      significand: WideInteger(
        high: UInt128(high: 0xB172_17F7_D1CF_79AB, low: 0xC9E3_B398_03F2_F6AF),
        low: UInt128(high: 0x40F3_4326_7298_B62D, low: 0x8A0D_175B_8BAA_FA2B)))
  }

  var isZero: Bool { significand.high == 0 && significand.low == 0 }

  /// The number with the other sign.
  static prefix func - (number: WideFloat) -> WideFloat {
    WideFloat(
      isNegative: !number.isNegative, exponent: number.exponent, significand: number.significand)
  }

  /// The number times 2^power.
  func scaled(byPowerOfTwo power: Int) -> WideFloat {
    isZero
      ? self
      : WideFloat(
        isNegative: isNegative, exponent: exponent &+ power, significand: significand)
  }

  /// The number as a double, of which only the leading digits count.
  ///
  /// The exponent must be small.
  var approximation: Double {
    var value = Double(significand.high.highWord) * 0x1p-64
    if exponent > 0 {
      value *= Double(1 << min(exponent, 62))
    } else {
      value /= Double(1 << min(-exponent, 62))
    }
    return isNegative ? -value : value
  }
}

/// Arithmetic.
extension WideFloat {
  /// The product.
  static func * (left: WideFloat, right: WideFloat) -> WideFloat {
    let (a, b) = (left.significand, right.significand)
    let top = WideInteger(a.high, times: b.high)
    let crossA = WideInteger(a.high, times: b.low)
    let crossB = WideInteger(a.low, times: b.high)
    let bottom = WideInteger(a.low, times: b.low)
    // The third quarter of the product, of which only the carry and the top bits count.
    let first = crossA.low.addingReportingOverflow(crossB.low)
    let second = first.partialValue.addingReportingOverflow(bottom.high)
    let carry: UInt128 = (first.overflow ? 1 : 0) &+ (second.overflow ? 1 : 0)
    var sum = top &+ WideInteger(crossA.high) &+ WideInteger(crossB.high) &+ WideInteger(carry)
    var exponent = left.exponent &+ right.exponent
    if sum.high.highWord &>> 63 == 0 {
      if sum.isZero { return .zero }
      let below = second.partialValue &>> 127
      sum = WideInteger(
        high: sum.high &<< 1 | sum.low &>> 127, low: sum.low &<< 1 | below)
      exponent &-= 1
    }
    return WideFloat(
      isNegative: left.isNegative != right.isNegative, exponent: exponent, significand: sum)
  }

  /// The sum.
  static func + (left: WideFloat, right: WideFloat) -> WideFloat {
    if left.isZero { return right }
    if right.isZero { return left }
    if left.exponent < right.exponent { return right + left }
    let distance = left.exponent &- right.exponent
    if distance >= 256 { return left }
    let shifted = right.significand.shiftedRight(distance)
    if left.isNegative == right.isNegative {
      var sum = left.significand &+ shifted
      var exponent = left.exponent
      if sum < shifted {
        // The carry left the 256 bits.
        sum = sum.shiftedRight(1)
        sum.high |= 1 &<< 127
        exponent &+= 1
      }
      return WideFloat(isNegative: left.isNegative, exponent: exponent, significand: sum)
    }
    if left.significand < shifted {
      return normalized(
        isNegative: right.isNegative, left.exponent, shifted &- left.significand)
    }
    return normalized(isNegative: left.isNegative, left.exponent, left.significand &- shifted)
  }

  /// The difference.
  static func - (left: WideFloat, right: WideFloat) -> WideFloat { left + -right }

  private static func normalized(
    isNegative: Bool, _ exponent: Int, _ value: WideInteger
  ) -> WideFloat {
    if value.isZero { return .zero }
    let shift = 256 &- value.width
    return WideFloat(
      isNegative: isNegative, exponent: exponent &- shift, significand: value.shiftedLeft(shift))
  }

  /// The quotient by a number that is not zero.
  static func / (left: WideFloat, right: WideFloat) -> WideFloat {
    let inverse = right.inverse
    let quotient = left * inverse
    return quotient + (left - quotient * right) * inverse
  }

  /// 1 divided by the number, which is not zero; some bits at the end are wrong.
  private var inverse: WideFloat {
    // A first guess of 63 bits; each step doubles them.
    let word = significand.high.highWord
    let guess = word == 1 &<< 63 ? UInt64.max : word.dividingFullWidth((1 &<< 63, 0)).quotient
    var inverse = WideFloat(UInt128(high: 0, low: guess), isNegative: isNegative)
    inverse.exponent = 1 &- exponent
    if guess &>> 63 == 0 { inverse.exponent &-= 1 }
    inverse = inverse + inverse * (.one - inverse * self)
    return inverse + inverse * (.one - inverse * self)
  }

  /// The number to a whole power that is not negative, by squaring.
  ///
  /// A result far outside of all decimals has some exponent far outside of them.
  func power(_ count: UInt) -> WideFloat {
    var result = WideFloat.one
    var square = self
    var remaining = count
    while remaining > 0 {
      if remaining & 1 == 1 { result = result * square }
      remaining &>>= 1
      // Far outside of all decimals: stop before the exponent overflows.
      if result.exponent.magnitude > WideFloat.farExponent { break }
      if remaining > 0 { square = square * square }
      if square.exponent.magnitude > WideFloat.farExponent {
        result = square
        break
      }
    }
    return result
  }

  /// An exponent that no decimal has: 2^100000 is about 10^30103.
  static let farExponent = 100_000
}

extension WideInteger {
  /// Moves all bits down by 0 to 255 places.
  func shiftedRight(_ places: Int) -> WideInteger {
    if places == 0 { return self }
    if places >= 128 {
      return WideInteger(high: 0, low: high &>> UInt128(places &- 128))
    }
    return WideInteger(
      high: high &>> UInt128(places),
      low: low &>> UInt128(places) | high &<< UInt128(128 &- places))
  }

  /// Moves all bits up by 0 to 255 places.
  func shiftedLeft(_ places: Int) -> WideInteger {
    if places == 0 { return self }
    if places >= 128 {
      return WideInteger(high: low &<< UInt128(places &- 128), low: 0)
    }
    return WideInteger(
      high: high &<< UInt128(places) | low &>> UInt128(128 &- places),
      low: low &<< UInt128(places))
  }
}
