/// Division of 256 bits.
extension WideInteger {
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
  @inline(__always)
  mutating func divide(by divisor: UInt64) -> UInt64 {
    var rest: UInt64 = 0
    let first = WideInteger.step(&rest, high.highWord, divisor)
    let second = WideInteger.step(&rest, high.lowWord, divisor)
    let third = WideInteger.step(&rest, low.highWord, divisor)
    let fourth = WideInteger.step(&rest, low.lowWord, divisor)
    high = UInt128(high: first, low: second)
    low = UInt128(high: third, low: fourth)
    return rest
  }

  /// One digit of a long division by a word.
  @inline(__always)
  private static func step(_ rest: inout UInt64, _ word: UInt64, _ divisor: UInt64) -> UInt64 {
    let (quotient, remainder) = divisor.dividingFullWidth((rest, word))
    rest = remainder
    return quotient
  }

  /// Divides by a number that is not zero, where the quotient is known to fit 128 bits.
  ///
  /// Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, with words of 64 bits.
  @inline(__always)
  func quotientAndRemainder(
    dividingBy divisor: UInt128
  ) -> (quotient: UInt128, remainder: UInt128) {
    if divisor.highWord == 0 {
      // The quotient fits, so the upper half is below the divisor and its upper word is zero.
      var rest = high.lowWord
      let upper = WideInteger.step(&rest, low.highWord, divisor.lowWord)
      let lower = WideInteger.step(&rest, low.lowWord, divisor.lowWord)
      return (UInt128(high: upper, low: lower), UInt128(high: 0, low: rest))
    }
    // The divisor gets its leading bit set; the numerator moves along.
    let places = UInt128(divisor.highWord.leadingZeroBitCount)
    let shifted = divisor &<< places
    let top = places == 0 ? high : high &<< places | low &>> (128 &- places)
    let bottom = low &<< places
    var rest = top
    let upper = WideInteger.step(&rest, bottom.highWord, shifted)
    let lower = WideInteger.step(&rest, bottom.lowWord, shifted)
    return (UInt128(high: upper, low: lower), rest &>> places)
  }

  /// One digit of a long division by two words, of which the upper has its leading bit set; the
  /// rest before it is below the divisor.
  @inline(__always)
  private static func step(_ rest: inout UInt128, _ word: UInt64, _ divisor: UInt128) -> UInt64 {
    let (upper, lower) = (divisor.highWord, divisor.lowWord)
    var guess = UInt64.max
    var left: UInt128
    if rest.highWord < upper {
      let parts = upper.dividingFullWidth((rest.highWord, rest.lowWord))
      guess = parts.quotient
      left = UInt128(high: 0, low: parts.remainder)
    } else {
      left = UInt128(high: 0, low: rest.lowWord) &+ UInt128(high: 0, low: upper)
    }
    let product = guess.multipliedFullWidth(by: lower)
    var owed = UInt128(high: product.high, low: product.low)
    // The guess is at most two too large.
    while left.highWord == 0, owed > UInt128(high: left.lowWord, low: word) {
      guess &-= 1
      owed &-= UInt128(high: 0, low: lower)
      left &+= UInt128(high: 0, low: upper)
    }
    rest = UInt128(high: left.lowWord, low: word) &- owed
    return guess
  }
}
