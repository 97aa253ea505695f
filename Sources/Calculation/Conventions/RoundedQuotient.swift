import Quantities

/// Whole quotients of exact products, rounded by a rule: the heart of interest in minor units.
enum RoundedQuotient {
  /// `numerator ÷ denominator` rounded to a whole number; the denominator is positive.
  ///
  /// - Parameter tie: decides an exact half where the dividend stands for a number that is a
  ///   sliver larger (1) or smaller (−1) in magnitude; 0 leaves it to the rule.
  @inline(__always)
  static func of(
    _ numerator: Int64, _ denominator: Int64, _ rule: Rounding, tie: () -> Int = { 0 }
  ) -> Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder == 0 { return quotient }
    // Most interest is positive and rounded half up: one comparison decides.
    if rule == .halfUp, remainder > 0, remainder &* 2 != denominator {
      return remainder &* 2 > denominator ? quotient &+ 1 : quotient
    }
    let isNegative = numerator < 0
    let twice = remainder.magnitude &* 2
    let comparison =
      twice < denominator.magnitude ? -1 : twice == denominator.magnitude ? tie() : 1
    guard isAway(comparison, isNegative, quotient & 1 != 0, rule) else { return quotient }
    return isNegative ? quotient &- 1 : quotient &+ 1
  }

  /// The same for products of 128 bits; nil when the result has more than 64.
  static func of(
    _ numerator: Int128, _ denominator: Int128, _ rule: Rounding, tie: () -> Int = { 0 }
  ) -> Int64? {
    if let short = Int64(exactly: numerator), let divisor = Int64(exactly: denominator),
      divisor <= Int64.max / 2
    {
      return of(short, divisor, rule, tie: tie)
    }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    guard let whole = Int64(exactly: quotient), whole != .max, whole != .min else { return nil }
    if remainder == 0 { return whole }
    let isNegative = numerator < 0
    let rest = denominator.magnitude - remainder.magnitude
    let comparison = remainder.magnitude < rest ? -1 : remainder.magnitude == rest ? tie() : 1
    guard isAway(comparison, isNegative, whole & 1 != 0, rule) else { return whole }
    return isNegative ? whole - 1 : whole + 1
  }

  /// Whether a truncated quotient moves one away from zero; `comparison` is the remainder against
  /// one half.
  @inline(__always)
  private static func isAway(
    _ comparison: Int, _ isNegative: Bool, _ isOdd: Bool, _ rule: Rounding
  ) -> Bool {
    switch rule {
    case .halfUp: comparison >= 0
    case .halfEven: comparison > 0 || comparison == 0 && isOdd
    case .halfDown: comparison > 0
    case .up: true
    case .down: false
    case .ceiling: !isNegative
    case .floor: isNegative
    }
  }
}
