/// Root, exponential, logarithm and power, rounded half to even to 34 digits.
extension Decimal128 {
  /// The square root (IEEE 754-2008, 5.4.1); nan of a negative number.
  public func squareRoot() -> Decimal128 {
    if isNaN { return .nan }
    let ideal = exponent &>> 1
    if isZero { return Decimal128(sign: sign, exponent: ideal, coefficient: 0) }
    if isNegative { return .nan }
    guard isFinite else { return .infinity }
    let digits = coefficient
    // The radicand gets 69 or 70 digits and an even exponent; so its root has 35.
    let lift = Decimal128.digits &- digits.decimalDigits
    let further = (exponent &- lift) & 1 == 0 ? 36 : 35
    let radicand = WideInteger(
      digits &* PowerOfTen.value(lift), times: PowerOfTen.value(further))
    var (root, isExact) = radicand.squareRoot()
    var power = (exponent &- lift &- further) / 2
    if isExact { root.dropTrailingZeros(into: &power, limit: ideal) }
    return Decimal128(sign: 0, rounding: WideInteger(root), exponent: power, rest: !isExact)
  }

  /// e to the power of the number.
  public func exponential() -> Decimal128 {
    if isNaN { return .nan }
    if isZero { return .one }
    guard isFinite, magnitude < Decimal128.exponentialLimit else {
      return isNegative ? .zero : .infinity
    }
    return WideFloat(self).exponential.decimal
  }

  /// Beyond this e^x is infinite, and e^−x zero: 10^6145 is about e^14150, 10^−6177 about e^−14224.
  private static let exponentialLimit: Decimal128 = 14_300

  /// The natural logarithm; nan of zero and of negative numbers.
  public func naturalLogarithm() -> Decimal128 {
    if isNaN || isZero || isNegative { return .nan }
    guard isFinite else { return .infinity }
    if self == .one { return .zero }
    return WideFloat.logarithm(of: self).decimal
  }

  /// The number to a whole power.
  ///
  /// Exact as long as 34 digits suffice; x⁰ is 1, also for zero; a negative power of zero is nan,
  /// because it divides by zero.
  public func power(_ exponent: Int) -> Decimal128 {
    if isNaN { return .nan }
    if exponent == 0 { return .one }
    let isOdd = exponent & 1 == 1
    let resultSign = isOdd ? sign : 0
    if isZero {
      if exponent < 0 { return .nan }
      let scale = self.exponent.multipliedReportingOverflow(by: exponent)
      let least = (self.exponent < 0) ? Int.min : Int.max
      return Decimal128(
        sign: resultSign, exponent: Decimal128.clamp(scale.overflow ? least : scale.partialValue),
        coefficient: 0)
    }
    guard isFinite else {
      return exponent > 0
        ? Decimal128(high: resultSign | Decimal128.infinityBits, low: 0)
        : Decimal128(sign: resultSign, exponent: 0, coefficient: 0)
    }
    if exponent > 0, let exact = exactPower(UInt(exponent)) { return exact }
    var base = magnitude.normalized
    if base.coefficient == 1 {
      let scale = base.exponent.multipliedReportingOverflow(by: exponent)
      let far = (base.exponent < 0) == (exponent < 0) ? 20_000 : -20_000
      return Decimal128(
        isNegative: resultSign != 0, coefficient: 1,
        exponent: scale.overflow ? far : scale.partialValue
      ).withPlainExponent
    }
    if exponent < 0, base.exponent > 0 { base = magnitude }
    var result = WideFloat(base).power(exponent.magnitude)
    if exponent < 0 {
      result =
        result.exponent.magnitude > WideFloat.farExponent
        ? WideFloat.one.scaled(byPowerOfTwo: -result.exponent) : .one / result
    }
    result.isNegative = resultSign != 0
    return result.decimal
  }

  /// 10^n for a small n as a whole number without exponent, the way other exact powers come out.
  private var withPlainExponent: Decimal128 {
    exponent > 0 && isFinite ? padded(to: 0) : self
  }

  /// The power where it has at most 34 digits; its scale is the scale times the exponent.
  private func exactPower(_ count: UInt) -> Decimal128? {
    let digits = coefficient
    // 2^113 has 35 digits; only powers of 1 go further.
    guard count <= 112 || digits == 1 else { return nil }
    let (scale, overflow) = exponent.multipliedReportingOverflow(by: Int(clamping: count))
    guard !overflow, scale >= Decimal128.smallestExponent, scale <= Decimal128.largestExponent
    else { return nil }
    let resultSign = count & 1 == 1 ? sign : 0
    if digits == 1 { return Decimal128(sign: resultSign, exponent: scale, coefficient: 1) }
    var result: UInt128 = 1
    for _ in 0..<count {
      let (product, overflow) = result.multipliedReportingOverflow(by: digits)
      if overflow || product > Decimal128.largestCoefficient { return nil }
      result = product
    }
    return Decimal128(sign: resultSign, exponent: scale, coefficient: result)
  }

  /// The number to any power; nan where a negative number has a power that is not whole.
  public func power(_ exponent: Decimal128) -> Decimal128 {
    if isNaN || exponent.isNaN { return .nan }
    if let whole = exponent.integerValue { return power(whole) }
    if self == .one { return .one }
    if isNegative, !isZero {
      guard exponent.isInteger else { return .nan }
      // A whole number beyond the machine integers.
      let result = magnitude.power(exponent)
      return exponent.modulo(2).isZero ? result : -result
    }
    let isGrowing = (self > .one) != exponent.isNegative
    if isZero { return exponent.isNegative ? .nan : .zero }
    guard isFinite, exponent.isFinite else { return isGrowing ? .infinity : .zero }
    let logarithm = WideFloat(exponent) * WideFloat.logarithm(of: self)
    if logarithm.exponent > 14 { return isGrowing ? .infinity : .zero }
    return logarithm.exponential.decimal
  }
}

extension WideInteger {
  /// The whole part of the square root of a number of 225 to 254 bits, and whether it is all.
  func squareRoot() -> (root: UInt128, isExact: Bool) {
    // At least 16 bits from the upper word; each of Newton's steps doubles them and adds one.
    var root = UInt128(high.highWord.squareRootCeiling) &<< 96
    for _ in 0..<3 {
      let quotient = quotientAndRemainder(dividingBy: root).quotient
      root = (root &+ quotient) &>> 1
    }
    var square = WideInteger(root, times: root)
    while self < square {
      root &-= 1
      square = WideInteger(root, times: root)
    }
    let rest = self &- square
    if rest.high != 0 || rest.low > root &<< 1 {
      root &+= 1
      return (root, WideInteger(root, times: root) == self)
    }
    return (root, rest.isZero)
  }
}

extension UInt64 {
  /// The smallest number whose square is not below this one, by Newton's steps from above.
  fileprivate var squareRootCeiling: UInt64 {
    if self < 2 { return self }
    var root: UInt64 = 1 &<< UInt64((65 &- leadingZeroBitCount) / 2)
    while true {
      let next = (root &+ self / root) / 2
      if next >= root { return root &* root == self ? root : root &+ 1 }
      root = next
    }
  }
}
