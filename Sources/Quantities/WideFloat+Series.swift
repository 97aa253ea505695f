/// Exponential and logarithm by their power series.
extension WideFloat {
  /// e to the power of the number, which must be below 2^15 in magnitude.
  var exponential: WideFloat {
    // e^x = 2^k · e^r with r at most (ln 2) / 2.
    let multiple = Int(approximation * 1.442695040888963 + (isNegative ? -0.5 : 0.5))
    let rest = self - WideFloat(multiple) * .logarithmOfTwo
    if rest.isZero { return WideFloat.one.scaled(byPowerOfTwo: multiple) }
    // e^r = (e^(r / 256))^256; the series of the small argument needs few terms.
    let halvings = 8
    let small = rest.scaled(byPowerOfTwo: -halvings)
    var sum = WideFloat.inverseFactorials[WideFloat.inverseFactorials.count - 1]
    for inverse in WideFloat.inverseFactorials.dropLast().reversed() {
      sum = inverse + small * sum
    }
    for _ in 0..<halvings { sum = sum * sum }
    return sum.scaled(byPowerOfTwo: multiple)
  }

  /// The natural logarithm of a positive finite decimal other than 1.
  static func logarithm(of number: Decimal128) -> WideFloat {
    let power = -number.exponent
    if power >= 0, power <= Decimal128.digits {
      // Near 1 the difference from 1 has to be exact: it is the whole result.
      let unit = PowerOfTen.value(power)
      let digits = number.coefficient
      let isAround = digits > unit / 3 &* 2 && digits < unit &+ unit / 3
      if isAround {
        let isBelow = digits < unit
        let difference = isBelow ? unit &- digits : digits &- unit
        let ratio =
          WideFloat(difference, isNegative: isBelow) / WideFloat(digits &+ unit)
        return logarithm(ratio: ratio)
      }
    }
    // number = 2^k · m with m from 2/3 to 4/3.
    var mantissa = WideFloat(number)
    var multiple = mantissa.exponent
    mantissa.exponent = 0
    if mantissa.significand.high.highWord < 0xAAAA_AAAA_AAAA_AAAA {
      mantissa.exponent = 1
      multiple &-= 1
    }
    // m = j/16 · (1 + a little), so the series converges quickly.
    let step = Int(mantissa.approximation * 16 + 0.5)
    let stone = WideFloat(step).scaled(byPowerOfTwo: -4)
    let near = logarithm(ratio: (mantissa - stone) / (mantissa + stone))
    return near + logarithmsOfSixteenths[step - firstSixteenth]
      + WideFloat(multiple) * .logarithmOfTwo
  }

  /// ln((1 + z) / (1 − z)) = 2 (z + z³/3 + z⁵/5 + …), for z of at most 0.2.
  private static func logarithm(ratio: WideFloat) -> WideFloat {
    if ratio.isZero { return .zero }
    let square = ratio * ratio
    // As many terms as 256 bits take: each brings the bits of the square.
    let bits = max(4, -square.exponent)
    let terms = min(260 / bits + 2, inverseOdds.count)
    var sum = WideFloat.zero
    for inverse in inverseOdds[..<terms].reversed() {
      sum = inverse + square * sum
    }
    return (ratio * sum).scaled(byPowerOfTwo: 1)
  }

  /// 1/n! for n from 0: with an argument below 2^-9 the last is below 2^-260.
  private static let inverseFactorials: [WideFloat] = {
    var inverses = [WideFloat.one]
    for count in 1...22 { inverses.append(inverses[count - 1] / WideFloat(count)) }
    return inverses
  }()

  /// 1/(2n + 1) for n from 0: with a square below 2^-4 the last is below 2^-260.
  private static let inverseOdds: [WideFloat] = (0..<67).map { .one / WideFloat(2 * $0 + 1) }

  /// The first of the sixteenths that lie nearest to a number from 2/3 to 4/3.
  private static let firstSixteenth = 10

  /// ln(j/16) for j from 10 to 22.
  private static let logarithmsOfSixteenths: [WideFloat] = (firstSixteenth...22).map {
    logarithm(ratio: WideFloat($0 - 16) / WideFloat($0 + 16))
  }
}
