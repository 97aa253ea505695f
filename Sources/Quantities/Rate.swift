/// A rate for one year, as a fraction: 0.05 is 5 %.
public struct Rate: Sendable, Hashable, Comparable {
  /// The fraction of the amount for one year.
  public var perAnnum: Decimal128

  /// A rate from a fraction of the amount for one year: 0.05 for 5 %.
  public init(perAnnum: Decimal128) { self.perAnnum = perAnnum }

  /// A rate from per cent for one year: 5 for 5 %.
  public init(percent: Decimal128) {
    self.init(perAnnum: percent * Rate.hundredth)
  }

  /// No rate at all.
  public static let zero = Rate(perAnnum: 0)

  private static let hundredth = Decimal128(isNegative: false, coefficient: 1, exponent: -2)

  /// The rate in per cent: 5 for 5 %.
  public var percent: Decimal128 { perAnnum * 100 }

  /// The rate of one of `count` equal parts of the year, without compounding.
  public func nominal(periodsPerYear count: Int) -> Decimal128 { perAnnum / Decimal128(count) }

  /// Whether the left rate is the lower.
  public static func < (left: Rate, right: Rate) -> Bool { left.perAnnum < right.perAnnum }

  /// The sum of two rates: an index and a margin.
  public static func + (left: Rate, right: Rate) -> Rate {
    Rate(perAnnum: left.perAnnum + right.perAnnum)
  }

  /// The difference of two rates.
  public static func - (left: Rate, right: Rate) -> Rate {
    Rate(perAnnum: left.perAnnum - right.perAnnum)
  }

  /// The rate with the other sign.
  public static prefix func - (rate: Rate) -> Rate { Rate(perAnnum: -rate.perAnnum) }
}

extension Rate: CustomStringConvertible {
  /// The rate in per cent: `5.25 %`.
  public var description: String { "\(percent.normalized.plainText) %" }
}
