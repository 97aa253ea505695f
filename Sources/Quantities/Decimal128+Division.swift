/// Division (IEEE 754-2008, 5.4.1) and the whole quotients and rests that FEEL builds on it.
extension Decimal128 {
  /// The quotient, rounded half to even; division by zero gives `nan`.
  ///
  /// An exact quotient has the scale nearest to the difference of the scales.
  public static func / (left: Decimal128, right: Decimal128) -> Decimal128 {
    let sign = (left.high ^ right.high) & signBit
    guard left.isFinite, right.isFinite else {
      if left.isNaN || right.isNaN || !left.isFinite && !right.isFinite { return .nan }
      if right.isFinite { return Decimal128(high: sign | infinityBits, low: 0) }
      return Decimal128(sign: sign, exponent: smallestExponent, coefficient: 0)
    }
    let divisor = right.coefficient
    if divisor == 0 { return .nan }
    let dividend = left.coefficient
    let ideal = left.exponent &- right.exponent
    if dividend == 0 {
      return Decimal128(sign: sign, exponent: clamp(ideal), coefficient: 0)
    }
    if dividend.highWord == 0, divisor.highWord == 0 {
      let whole = dividend.lowWord.quotientAndRemainder(dividingBy: divisor.lowWord)
      if whole.remainder == 0 {
        return Decimal128(
          sign: sign, rounding: WideInteger(UInt128(high: 0, low: whole.quotient)), exponent: ideal)
      }
    }
    let parts = longQuotient(dividend, divisor)
    var quotient = parts.quotient
    var exponent = ideal &- parts.shift
    if !parts.rest, exponent < ideal {
      quotient.dropTrailingZeros(into: &exponent, limit: ideal)
    }
    return Decimal128(
      sign: sign, rounding: WideInteger(quotient), exponent: exponent, rest: parts.rest)
  }

  /// Divides the number.
  public static func /= (left: inout Decimal128, right: Decimal128) { left = left / right }

  /// ⌊dividend × 10^shift ÷ divisor⌋ with 35 or 36 digits, and whether anything is left over.
  private static func longQuotient(
    _ dividend: UInt128, _ divisor: UInt128
  ) -> (quotient: UInt128, shift: Int, rest: Bool) {
    let lift = digits &- dividend.decimalDigits
    let lower = divisor.decimalDigits &+ 1
    let leading = dividend &* PowerOfTen.value(lift)
    let numerator = WideInteger(leading, times: PowerOfTen.value(lower))
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: divisor)
    return (quotient, lift &+ lower, rest != 0)
  }

  /// ⌊self ÷ divisor⌋, rounded to 34 digits where it has more; division by zero gives `nan`.
  public func quotientFloor(_ divisor: Decimal128) -> Decimal128 {
    wholeQuotient(divisor, .floor)
  }

  /// The quotient without its digits after the point; division by zero gives `nan`.
  public func quotientTruncated(_ divisor: Decimal128) -> Decimal128 {
    wholeQuotient(divisor, .down)
  }

  /// The quotient rounded once to a whole number; division by zero gives `nan`.
  public func quotientRounded(_ divisor: Decimal128, _ rule: Rounding) -> Decimal128 {
    wholeQuotient(divisor, rule)
  }

  private func wholeQuotient(_ divisor: Decimal128, _ rule: Rounding) -> Decimal128 {
    guard isFinite, divisor.isFinite, !divisor.isZero, !isZero else {
      return (self / divisor).rounded(scale: 0, rule)
    }
    let sign = (high ^ divisor.high) & Decimal128.signBit
    let parts = Decimal128.longQuotient(coefficient, divisor.coefficient)
    let exponent = self.exponent &- divisor.exponent &- parts.shift
    if exponent >= 0 {
      return Decimal128(
        sign: sign, rounding: WideInteger(parts.quotient), exponent: exponent, rest: parts.rest
      ).rounded(scale: 0, .down)
    }
    let drop = -exponent
    var quotient: UInt128 = 0
    var tail = Tail.belowHalf
    if drop <= PowerOfTen.largestDivisor {
      let cut = WideInteger(parts.quotient).quotientAndRemainder(byPowerOfTen: drop)
      quotient = cut.quotient
      tail = Tail(cut.remainder, of: PowerOfTen.value(drop), rest: parts.rest)
    }
    if rule.raises(tail, isOdd: quotient.lowWord & 1 == 1, isNegative: sign != 0) {
      quotient &+= 1
    }
    return Decimal128(sign: sign, rounding: WideInteger(quotient), exponent: 0)
  }

  /// What is left of the number when whole multiples of `divisor` are taken away.
  ///
  /// It has the sign of the divisor (DMN 1.5, table 75: `modulo(dividend, divisor) = dividend −
  /// divisor × floor(dividend ÷ divisor)`). Division by zero gives `nan`.
  public func modulo(_ divisor: Decimal128) -> Decimal128 {
    let rest = remainder(divisor)
    if rest.isFinite, !rest.isZero, rest.isNegative != divisor.isNegative {
      return rest + divisor
    }
    return rest
  }

  /// What is left of the number after the truncated quotient; it has the sign of the number.
  ///
  /// The result is exact however far apart the numbers are.
  public func remainder(_ divisor: Decimal128) -> Decimal128 {
    guard isFinite, !divisor.isNaN, !divisor.isZero else { return .nan }
    guard divisor.isFinite else { return self }
    let scale = min(exponent, divisor.exponent)
    let modulus = divisor.coefficient
    let number = coefficient
    if exponent >= divisor.exponent {
      let power = Decimal128.powerOfTen(exponent &- divisor.exponent, modulo: modulus)
      let rest = Decimal128.multiply(number % modulus, power, modulo: modulus)
      return Decimal128(sign: sign, exponent: scale, coefficient: rest)
    }
    let shift = divisor.exponent &- exponent
    // A divisor of more digits than the number leaves the number as it is.
    guard modulus.decimalDigits &+ shift <= Decimal128.digits else { return self }
    let rest = number % (modulus &* PowerOfTen.value(shift))
    return Decimal128(sign: sign, exponent: scale, coefficient: rest)
  }

  /// 10^exponent modulo a number, by squaring.
  private static func powerOfTen(_ exponent: Int, modulo modulus: UInt128) -> UInt128 {
    if exponent <= PowerOfTen.largest { return PowerOfTen.value(exponent) % modulus }
    var result: UInt128 = 1 % modulus
    var square: UInt128 = 10 % modulus
    var remaining = exponent
    while remaining > 0 {
      if remaining & 1 == 1 { result = multiply(result, square, modulo: modulus) }
      square = multiply(square, square, modulo: modulus)
      remaining >>= 1
    }
    return result
  }

  /// The product of two numbers below the modulus, modulo it.
  private static func multiply(
    _ left: UInt128, _ right: UInt128, modulo modulus: UInt128
  ) -> UInt128 {
    WideInteger(left, times: right).quotientAndRemainder(dividingBy: modulus).remainder
  }
}
