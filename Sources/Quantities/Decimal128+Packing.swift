extension Decimal128 {
  /// Rounds an exact integer times a power of ten, half to even.
  ///
  /// - Parameters:
  ///   - sign: the sign bit in its place.
  ///   - value: the coefficient, below 10^74.
  ///   - exponent: its power of ten.
  ///   - rest: whether the exact result lies a little above `value`; then `value` has more than
  ///     34 digits or the result is below the smallest exponent.
  init(sign: UInt64, rounding value: WideInteger, exponent: Int, rest: Bool = false) {
    if value.isZero, !rest {
      self.init(sign: sign, exponent: Decimal128.clamp(exponent), coefficient: 0)
      return
    }
    let digits = value.decimalDigits
    let excess = digits &- Decimal128.digits
    let scaled = exponent &+ excess
    guard excess > 0, excess <= PowerOfTen.largestDivisor,
      scaled >= Decimal128.smallestExponent, scaled < Decimal128.largestExponent
    else {
      self = Decimal128.roundedAtTheEnds(
        sign: sign, value: value, digits: digits, exponent: exponent, rest: rest)
      return
    }
    let quotient = value.quotient(byPowerOfTen: excess, rest: rest)
    if quotient > Decimal128.largestCoefficient {
      self.init(
        sign: sign, exponent: scaled &+ 1, coefficient: PowerOfTen.value(Decimal128.digits &- 1))
    } else {
      self.init(sign: sign, exponent: scaled, coefficient: quotient)
    }
  }

  /// The same for results that need no rounding, or lie at the ends of the range.
  @inline(never)
  private static func roundedAtTheEnds(
    sign: UInt64, value: WideInteger, digits: Int, exponent: Int, rest: Bool
  ) -> Decimal128 {
    let excess = max(digits &- Decimal128.digits, smallestExponent &- exponent)
    if excess <= 0 {
      return folded(sign: sign, exponent: exponent, coefficient: value.low)
    }
    if excess > digits {
      // Below a tenth of the smallest unit.
      return Decimal128(sign: sign, exponent: smallestExponent, coefficient: 0)
    }
    var wide = value
    var rest = rest
    var drop = excess
    while drop > PowerOfTen.largestDivisor {
      let step = min(drop &- PowerOfTen.largestDivisor, 18)
      if wide.divide(by: PowerOfTen.words[step]) != 0 { rest = true }
      drop &-= step
    }
    let quotient = wide.quotient(byPowerOfTen: drop, rest: rest)
    let scaled = exponent &+ excess
    if quotient > largestCoefficient {
      return folded(
        sign: sign, exponent: scaled &+ 1, coefficient: PowerOfTen.value(Decimal128.digits &- 1))
    }
    return folded(sign: sign, exponent: scaled, coefficient: quotient)
  }

  /// An exponent brought into the range of a zero.
  @inline(__always)
  static func clamp(_ exponent: Int) -> Int {
    min(max(exponent, smallestExponent), largestExponent)
  }

  /// A number of at most 34 digits; an exponent that is too large is lowered by zeros at the end
  /// ("fold-down clamping"), and where that does not help the result is infinite.
  @inline(__always)
  static func folded(sign: UInt64, exponent: Int, coefficient: UInt128) -> Decimal128 {
    if exponent <= largestExponent {
      return Decimal128(sign: sign, exponent: exponent, coefficient: coefficient)
    }
    if coefficient == 0 {
      return Decimal128(sign: sign, exponent: largestExponent, coefficient: 0)
    }
    let zeros = exponent &- largestExponent
    if zeros > digits &- coefficient.decimalDigits {
      return Decimal128(high: sign | infinityBits, low: 0)
    }
    return Decimal128(
      sign: sign, exponent: largestExponent, coefficient: coefficient &* PowerOfTen.value(zeros))
  }
}

extension WideInteger {
  /// The quotient by 10^`digits`, rounded half to even.
  ///
  /// `rest` tells that the exact dividend lies a little above. The limits are those of
  /// `quotientAndRemainder(byPowerOfTen:)`.
  @inline(__always)
  fileprivate func quotient(byPowerOfTen digits: Int, rest: Bool) -> UInt128 {
    let (quotient, remainder) = quotientAndRemainder(byPowerOfTen: digits)
    let divisor = PowerOfTen.value(digits)
    // The divisor is even, so the last bit is free to say "a little more".
    let double = remainder &<< 1 | (rest ? 1 : 0)
    let isUp = double > divisor || (double == divisor && quotient.lowWord & 1 == 1)
    return quotient &+ (isUp ? 1 : 0)
  }
}
