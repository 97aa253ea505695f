/// An unsigned integer of 256 bits: the exact product or sum of two scaled coefficients.
struct WideInteger {
  var high: UInt128
  var low: UInt128

  @inline(__always)
  init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  @inline(__always)
  init(_ value: UInt128) {
    self.init(high: 0, low: value)
  }

  /// The exact product.
  @inline(__always)
  init(_ left: UInt128, times right: UInt128) {
    let lows = left.lowWord.multipliedFullWidth(by: right.lowWord)
    let crossA = left.lowWord.multipliedFullWidth(by: right.highWord)
    let crossB = left.highWord.multipliedFullWidth(by: right.lowWord)
    let highs = left.highWord.multipliedFullWidth(by: right.highWord)
    let bottom = UInt128(high: lows.high, low: lows.low)
    // Neither sum overflows: a product of words is at most (2^64 − 1)^2.
    let middle =
      UInt128(high: crossA.high, low: crossA.low) &+ UInt128(high: 0, low: bottom.highWord)
    let lower = UInt128(high: crossB.high, low: crossB.low) &+ UInt128(high: 0, low: middle.lowWord)
    low = UInt128(high: lower.lowWord, low: bottom.lowWord)
    high =
      UInt128(high: highs.high, low: highs.low)
      &+ UInt128(high: 0, low: middle.highWord) &+ UInt128(high: 0, low: lower.highWord)
  }

  @inline(__always)
  var isZero: Bool { high == 0 && low == 0 }

  /// The number of significant bits; 0 for zero.
  @inline(__always)
  var width: Int { high != 0 ? 128 &+ high.width : low.width }

  /// The number of decimal digits, up to 74; 0 for zero.
  @inline(__always)
  var decimalDigits: Int {
    if high == 0 { return low.decimalDigits }
    // The number has at least 39 digits, so the power is the product of 10^38 and another.
    let estimate = (width &* 1233) &>> 12
    let power = WideInteger(
      PowerOfTen.value(PowerOfTen.largest),
      times: PowerOfTen.value(estimate &- PowerOfTen.largest))
    return self < power ? estimate : estimate &+ 1
  }

  @inline(__always)
  static func < (left: WideInteger, right: WideInteger) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }

  @inline(__always)
  static func == (left: WideInteger, right: WideInteger) -> Bool {
    left.high == right.high && left.low == right.low
  }

  /// The sum, which the caller knows to fit.
  @inline(__always)
  static func &+ (left: WideInteger, right: WideInteger) -> WideInteger {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return WideInteger(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference, which the caller knows not to be negative.
  @inline(__always)
  static func &- (left: WideInteger, right: WideInteger) -> WideInteger {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return WideInteger(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }

  /// Divides by 10^`digits`, which is in `1...36`, where the quotient is known to be below 2^114.
  ///
  /// The quotient is estimated with the leading 128 bits and a reciprocal of 128 bits. Both errors
  /// together are below 2^-11, so the estimate is right or one too small, and the remainder tells.
  @inline(__always)
  func quotientAndRemainder(byPowerOfTen digits: Int) -> (quotient: UInt128, remainder: UInt128) {
    let divisor = PowerOfTen.value(digits)
    let leading: UInt128
    let shift: Int
    if high == 0 {
      leading = low
      shift = 0
    } else {
      shift = high.width
      leading = shift == 128 ? high : (high &<< UInt128(128 &- shift)) | (low &>> UInt128(shift))
    }
    let product = WideInteger(leading, times: PowerOfTen.reciprocal(digits))
    var quotient = product.high &>> UInt128(divisor.width &- shift &- 1)
    var remainder = low &- quotient &* divisor
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }

  /// Divides by a word, and gives the remainder.
  mutating func divide(by divisor: UInt64) -> UInt64 {
    var rest: UInt64 = 0
    let words = [high.highWord, high.lowWord, low.highWord, low.lowWord]
    var quotients: [UInt64] = []
    for word in words {
      let step = divisor.dividingFullWidth((rest, word))
      quotients.append(step.quotient)
      rest = step.remainder
    }
    high = UInt128(high: quotients[0], low: quotients[1])
    low = UInt128(high: quotients[2], low: quotients[3])
    return rest
  }
}

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
    let excess = max(digits &- Decimal128.digits, Decimal128.smallestExponent &- exponent)
    if excess <= 0 {
      self = Decimal128.folded(sign: sign, exponent: exponent, coefficient: value.low)
      return
    }
    if excess > digits {
      // Below a tenth of the smallest unit.
      self.init(sign: sign, exponent: Decimal128.smallestExponent, coefficient: 0)
      return
    }
    var wide = value
    var rest = rest
    var drop = excess
    while drop > PowerOfTen.largestDivisor {
      let step = min(drop &- PowerOfTen.largestDivisor, 18)
      if wide.divide(by: PowerOfTen.words[step]) != 0 { rest = true }
      drop &-= step
    }
    var (quotient, remainder) = wide.quotientAndRemainder(byPowerOfTen: drop)
    let tail = Tail(remainder, of: PowerOfTen.value(drop), rest: rest)
    if tail > .half || (tail == .half && quotient.lowWord & 1 == 1) {
      quotient &+= 1
    }
    var scaled = exponent &+ excess
    if quotient > Decimal128.largestCoefficient {
      quotient = PowerOfTen.value(Decimal128.digits &- 1)
      scaled &+= 1
    }
    self = Decimal128.folded(sign: sign, exponent: scaled, coefficient: quotient)
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
