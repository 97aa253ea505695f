/// Addition, subtraction and multiplication (IEEE 754-2008, 5.4.1), rounded half to even.
extension Decimal128: AdditiveArithmetic {
  /// The sum; the scale is the finer of the two scales as long as the digits suffice.
  @inlinable
  public static func + (left: Decimal128, right: Decimal128) -> Decimal128 {
    let union = left.high | right.high
    if union & notSmallMask == 0, left.high == right.high {
      // Two numbers of one sign and scale: add the words. The carry goes to the upper word.
      let (sum, carry) = left.low.addingReportingOverflow(right.low)
      return Decimal128(high: left.high &+ (carry ? 1 : 0), low: sum)
    }
    return aligned(left, right)
  }

  /// The difference; the scale is the finer of the two scales as long as the digits suffice.
  @inlinable
  public static func - (left: Decimal128, right: Decimal128) -> Decimal128 {
    if (left.high | right.high) & notSmallMask == 0, left.high == right.high,
      left.low > right.low
    {
      return Decimal128(high: left.high, low: left.low &- right.low)
    }
    return aligned(left, Decimal128(high: right.high ^ signBit, low: right.low))
  }

  /// The product; its scale is the sum of the scales as long as the digits suffice.
  @inlinable
  public static func * (left: Decimal128, right: Decimal128) -> Decimal128 {
    if (left.high | right.high) & notSmallMask == 0 {
      let product = left.low.multipliedFullWidth(by: right.low)
      let field = left.exponentField &+ right.exponentField
      if product.high < coefficientHighLimit, field >= UInt64(truncatingIfNeeded: bias) {
        let exponent = (field &- UInt64(truncatingIfNeeded: bias)) &<< exponentShift
        let sign = (left.high ^ right.high) & signBit
        return Decimal128(high: sign | exponent | product.high, low: product.low)
      }
    }
    return widened(left, right)
  }

  /// The number with the other sign; a zero stays or becomes positive (0 − x).
  @inlinable
  public static prefix func - (number: Decimal128) -> Decimal128 {
    if number.isNaN { return .nan }
    if number.isZero { return number.magnitude }
    return Decimal128(high: number.high ^ signBit, low: number.low)
  }

  /// Adds to the number.
  @inlinable
  public static func += (left: inout Decimal128, right: Decimal128) { left = left + right }

  /// Subtracts from the number.
  @inlinable
  public static func -= (left: inout Decimal128, right: Decimal128) { left = left - right }

  /// Multiplies the number.
  @inlinable
  public static func *= (left: inout Decimal128, right: Decimal128) { left = left * right }
}

extension Decimal128 {
  /// The sum of any two numbers.
  @usableFromInline
  static func aligned(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
    guard left.isFinite, right.isFinite else { return specialSum(left, right) }
    let isSwapped = left.exponentField < right.exponentField
    let (coarse, fine) = isSwapped ? (right, left) : (left, right)
    let distance = Int(truncatingIfNeeded: coarse.exponentField &- fine.exponentField)
    let isSmall = (coarse.high | fine.high) & coefficientMask == 0
    guard isSmall, distance <= PowerOfTen.largestInWord else {
      return alignedWide(coarse, fine, distance: distance)
    }
    let factor = PowerOfTen.words[distance]
    let product = coarse.low.multipliedFullWidth(by: factor)
    guard product.high < coefficientHighLimit else {
      return alignedWide(coarse, fine, distance: distance)
    }
    let scaled = UInt128(high: product.high, low: product.low)
    let other = UInt128(high: 0, low: fine.low)
    let scale = fine.high & exponentMask
    if coarse.sign == fine.sign {
      // The sum has at most 34 digits: the product stays 2^63 below 10^34, but not for sure 2^64.
      let sum = scaled &+ other
      guard sum.highWord < coefficientHighLimit else {
        return alignedWide(coarse, fine, distance: distance)
      }
      return Decimal128(high: coarse.sign | scale | sum.highWord, low: sum.lowWord)
    }
    if scaled == other { return Decimal128(high: scale, low: 0) }
    let isCoarseLarger = scaled > other
    let difference = isCoarseLarger ? scaled &- other : other &- scaled
    let sign = isCoarseLarger ? coarse.sign : fine.sign
    return Decimal128(high: sign | scale | difference.highWord, low: difference.lowWord)
  }

  /// How many digits the coarser coefficient is shifted at most; two more than a coefficient has,
  /// so that what lies below can change the rounding but not the digits.
  private static let largestShift = digits + 2

  /// The sum where the coefficients may need 256 bits; `coarse` has the larger exponent.
  @inline(never)
  private static func alignedWide(
    _ coarse: Decimal128, _ fine: Decimal128, distance: Int
  ) -> Decimal128 {
    let large = coarse.finiteCoefficient
    if large == 0, fine.finiteCoefficient != 0 { return fine }
    let shift = min(distance, largestShift)
    let scaled = WideInteger(large, times: PowerOfTen.value(shift))
    var other = fine.finiteCoefficient
    var exponent = fine.finiteExponent
    var rest = false
    if distance > shift {
      let drop = distance &- shift
      exponent = coarse.finiteExponent &- shift
      if drop > digits {
        rest = other != 0
        other = 0
      } else {
        let parts = WideInteger(other).quotientAndRemainder(byPowerOfTen: drop)
        rest = parts.remainder != 0
        other = parts.quotient
      }
    }
    let wide = WideInteger(other)
    if coarse.sign == fine.sign {
      return Decimal128(sign: coarse.sign, rounding: scaled &+ wide, exponent: exponent, rest: rest)
    }
    if scaled == wide, !rest {
      return Decimal128(sign: 0, exponent: exponent, coefficient: 0)
    }
    if scaled < wide {
      return Decimal128(sign: fine.sign, rounding: wide &- scaled, exponent: exponent)
    }
    // What was cut off the subtrahend is owed: take one more, and something lies above that.
    let owed = WideInteger(rest ? 1 : 0)
    return Decimal128(
      sign: coarse.sign, rounding: scaled &- wide &- owed, exponent: exponent, rest: rest)
  }

  /// The sum where one operand is an infinity or nan.
  private static func specialSum(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
    if left.isNaN || right.isNaN { return .nan }
    if left.isFinite { return right }
    if right.isFinite { return left }
    return left.sign == right.sign ? left : .nan
  }

  /// The product of any two numbers.
  @usableFromInline
  static func widened(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
    let sign = (left.high ^ right.high) & signBit
    guard left.isFinite, right.isFinite else {
      if left.isNaN || right.isNaN || left.isZero || right.isZero { return .nan }
      return Decimal128(high: sign | infinityBits, low: 0)
    }
    let product = WideInteger(left.finiteCoefficient, times: right.finiteCoefficient)
    let exponent = left.finiteExponent &+ right.finiteExponent
    if product.high == 0, product.low <= largestCoefficient,
      exponent >= smallestExponent, exponent <= largestExponent
    {
      return Decimal128(sign: sign, exponent: exponent, coefficient: product.low)
    }
    return Decimal128(sign: sign, rounding: product, exponent: exponent)
  }
}
