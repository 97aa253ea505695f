/// Rounding to a number of digits after the point.
extension Decimal128 {
  /// The nearest number with `scale` digits after the point, in the sense of the rule.
  ///
  /// - Parameters:
  ///   - scale: digits after the point; negative for tens, hundreds and so on.
  ///   - rule: what happens to the digits cut off.
  /// - Returns: a number that has exactly this scale, where 34 digits suffice for it; a number too
  ///   large for that comes back as it is, being exact anyway.
  public func rounded(scale: Int, _ rule: Rounding = .halfEven) -> Decimal128 {
    guard isFinite else { return self }
    // Beyond this no number has a digit.
    let target = -min(max(scale, -20_000), 20_000)
    let current = exponent
    if target == current { return self }
    if target < current { return padded(to: target) }
    let digits = coefficient
    if digits == 0 {
      return Decimal128(sign: sign, exponent: Decimal128.clamp(target), coefficient: 0)
    }
    let drop = target &- current
    var quotient: UInt128 = 0
    var tail = Tail.belowHalf
    if drop <= PowerOfTen.largestDivisor {
      let cut = WideInteger(digits).quotientAndRemainder(byPowerOfTen: drop)
      quotient = cut.quotient
      tail = Tail(cut.remainder, of: PowerOfTen.value(drop), rest: false)
    }
    if rule.raises(tail, isOdd: quotient.lowWord & 1 == 1, isNegative: isNegative) {
      quotient &+= 1
    }
    return Decimal128.folded(sign: sign, exponent: target, coefficient: quotient)
  }

  /// The same value with zeros at the end of the coefficient, down to an exponent; the value as
  /// it is where the digits do not suffice.
  func padded(to target: Int) -> Decimal128 {
    let lowest = max(target, Decimal128.smallestExponent)
    let digits = coefficient
    if digits == 0 { return Decimal128(sign: sign, exponent: lowest, coefficient: 0) }
    let zeros = exponent &- lowest
    guard zeros <= Decimal128.digits &- digits.decimalDigits else { return self }
    return Decimal128(
      sign: sign, exponent: lowest, coefficient: digits &* PowerOfTen.value(zeros))
  }

  /// Digits after the point; 0 for a whole number without any.
  public var scale: Int { max(0, -exponent) }
}
