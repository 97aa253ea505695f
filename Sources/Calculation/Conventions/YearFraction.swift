public import Quantities

/// A part of a year as an exact quotient.
public struct YearFraction: Sendable, Hashable {
  /// The dividend: days, or days weighted by year length.
  public let numerator: Int64

  /// The divisor, positive.
  public let denominator: Int64

  init(_ numerator: Int64, _ denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Days in leap years over 366 and in other years over 365.
  @inline(__always)
  init(leapDays: Int, of days: Int) {
    let other = days - leapDays
    if leapDays == 0 {
      self.init(Int64(other), 365)
    } else if other == 0 {
      self.init(Int64(leapDays), 366)
    } else {
      self.init(Int64(leapDays * 365 + other * 366), 365 * 366)
    }
  }

  /// The quotient to 34 digits.
  public var decimal: Decimal128 { Decimal128(Int(numerator)) / Decimal128(Int(denominator)) }

  /// The quotient in binary, for solving.
  var double: Double { Double(numerator) / Double(denominator) }

  var negated: YearFraction { YearFraction(-numerator, denominator) }

  /// Whether the decimal of 34 digits is larger (1) or smaller (−1) in magnitude than the exact
  /// quotient, or equal (0).
  ///
  /// Interest is balance × rate × the decimal part of a year. Where the exact quotient would put
  /// it on a half cent, the last digit of that decimal decides: 5 900 × 11.46 % × 30/360 is
  /// 56.345 only before 30/360 becomes 0.0833…3.
  var decimalBias: Int {
    let divisor = denominator.magnitude
    var remainder = numerator.magnitude
    if remainder == 0 { return 0 }
    // Long division: digits before the first that counts, then 34 of them.
    var whole = remainder / divisor
    var digits = 0
    while whole > 0 {
      whole /= 10
      digits += 1
    }
    remainder %= divisor
    while digits < YearFraction.digits {
      if remainder == 0 { return 0 }
      let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: divisor)
      remainder = rest
      if digits > 0 || digit > 0 { digits += 1 }
    }
    if remainder == 0 { return 0 }
    return remainder * 2 >= divisor ? 1 : -1
  }

  /// The digits of decimal128.
  private static let digits = 34
}
