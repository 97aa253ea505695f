/// An amount in a currency.
///
/// Amounts of different currencies cannot be added: there is no `+`.
public struct Money: Sendable, Hashable {
  /// How many units of the currency; negative for a debt.
  public var amount: Decimal128
  /// The currency of the amount.
  public var currency: Currency

  /// An amount in a currency.
  public init(_ amount: Decimal128, _ currency: Currency) {
    self.amount = amount
    self.currency = currency
  }

  /// An amount counted in the smallest units of the currency: cents, yen, fils.
  public init(minorUnits count: Int, _ currency: Currency) {
    self.init(
      Decimal128(
        isNegative: count < 0, coefficient: UInt128(count.magnitude),
        exponent: -currency.minorUnits),
      currency)
  }

  /// Nothing, with the digits of the currency.
  public static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency) }

  /// Rounded to the smallest unit of the currency; gold and the like stay as they are.
  public func rounded(_ rule: Rounding = .halfUp) -> Money {
    guard currency.hasMinorUnits else { return self }
    return Money(amount.rounded(scale: currency.minorUnits, rule), currency)
  }

  /// Rounded to a multiple of a step, for example to 0.05 CHF or to whole tens.
  ///
  /// - Returns: nil where the step is not positive.
  public func rounded(toMultipleOf step: Decimal128, _ rule: Rounding = .halfUp) -> Money? {
    guard step.isFinite, step > 0 else { return nil }
    // The quotient decides the multiple, so it is taken exactly where it ends in a tie.
    let multiples = amount.quotientRounded(step, rule)
    return Money(multiples * step, currency)
  }

  /// The amount in smallest units, where it is a whole number of them and fits.
  public var minorUnits: Int? {
    guard currency.hasMinorUnits, amount.isFinite else { return nil }
    let shift = Decimal128(isNegative: false, coefficient: 1, exponent: currency.minorUnits)
    return (amount * shift).integerValue
  }

  /// The sum, or nil where the currencies differ.
  public func adding(_ other: Money) -> Money? {
    currency == other.currency ? Money(amount + other.amount, currency) : nil
  }

  /// The difference, or nil where the currencies differ.
  public func subtracting(_ other: Money) -> Money? {
    currency == other.currency ? Money(amount - other.amount, currency) : nil
  }

  /// The sum of all, or nil where the currencies differ; zero where there is none.
  public static func sum(_ amounts: some Sequence<Money>, in currency: Currency) -> Money? {
    var total = Money.zero(currency)
    for amount in amounts {
      guard let sum = total.adding(amount) else { return nil }
      total = sum
    }
    return total
  }

  /// The amount times a factor, not rounded.
  public static func * (money: Money, factor: Decimal128) -> Money {
    Money(money.amount * factor, money.currency)
  }

  /// The amount divided by a number, not rounded but to 34 digits.
  public static func / (money: Money, divisor: Decimal128) -> Money {
    Money(money.amount / divisor, money.currency)
  }

  /// The amount with the other sign.
  public static prefix func - (money: Money) -> Money { Money(-money.amount, money.currency) }

  /// Whether one amount is below another; nil where the currencies differ.
  public func isLess(than other: Money) -> Bool? {
    currency == other.currency ? amount < other.amount : nil
  }
}

extension Money: CustomStringConvertible {
  /// The amount written plainly, a space, the code: `1234.50 EUR`.
  ///
  /// An amount with fewer digits than the currency has is filled up with zeros; none is cut off.
  public var description: String {
    let shown = amount.scale < currency.minorUnits ? rounded() : self
    return "\(shown.amount.plainText) \(currency.code)"
  }
}
