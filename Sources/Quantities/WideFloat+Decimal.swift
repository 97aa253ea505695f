/// The way from decimals to 256 bits and back.
extension WideFloat {
  /// A finite decimal, to the last bits.
  init(_ number: Decimal128) {
    let whole = WideFloat(number.coefficient, isNegative: number.isNegative)
    let power = number.exponent
    if power == 0 || whole.isZero {
      self = whole
    } else if power > 0 {
      self = whole * WideFloat.powerOfTen(power)
    } else {
      self = whole / WideFloat.powerOfTen(-power)
    }
  }

  /// 10^exponent, for an exponent below 2^15; exact up to 10^110, because 5^110 has 256 bits.
  static func powerOfTen(_ exponent: Int) -> WideFloat {
    if exponent <= PowerOfTen.largest { return WideFloat(PowerOfTen.value(exponent)) }
    var power = WideFloat.one
    for (place, square) in squaresOfTen.enumerated() where exponent &>> place & 1 == 1 {
      power = power * square
    }
    return power
  }

  /// 10^(2^n) for n from 0 to 14.
  private static let squaresOfTen: [WideFloat] = {
    var squares = [WideFloat(10)]
    for place in 0..<14 { squares.append(squares[place] * squares[place]) }
    return squares
  }()

  /// The nearest decimal, half to even.
  ///
  /// A number that is within 2^-230 of a decimal of 36 digits is taken for that decimal: then the
  /// exact result is that decimal (√4, 0.25^−1.5) and the difference an error of the last bits.
  var decimal: Decimal128 {
    let sign = isNegative ? Decimal128.signBit : 0
    if isZero { return .zero }
    if exponent > 30_000 { return Decimal128(high: sign | Decimal128.infinityBits, low: 0) }
    if exponent < -30_000 {
      return Decimal128(sign: sign, exponent: Decimal128.smallestExponent, coefficient: 0)
    }
    // 315653 / 2^20 is log10(2) closely enough for these exponents: 36 or 37 digits remain.
    let scale = ((exponent &- 1) &* 315_653) &>> 20 &- 36
    let scaled =
      scale <= 0
      ? self * WideFloat.powerOfTen(-scale) : self / WideFloat.powerOfTen(scale)
    // Hence 119 to 124 bits stand before the point.
    let fractionBits = 256 &- scaled.exponent
    var whole = scaled.significand.shiftedRight(fractionBits).low
    let fraction = scaled.significand.shiftedLeft(256 &- fractionBits).high
    let slack: UInt128 = 1 &<< 18
    var rest = true
    if fraction < slack {
      rest = false
    } else if fraction > UInt128.max &- slack {
      whole &+= 1
      rest = false
    }
    var power = scale
    if !rest { whole.dropTrailingZeros(into: &power, limit: 0) }
    return Decimal128(sign: sign, rounding: WideInteger(whole), exponent: power, rest: rest)
  }
}
