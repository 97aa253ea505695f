package import Quantities

/// Dated prices of what hedges are written on.
///
/// The newest day on or before a decision is used, if it is not older than allowed.
package struct MarketData: Sendable, Hashable {
  /// For how many days a day's prices are good when none follow.
  package private(set) var goodForDays = 0
  /// The days with prices, oldest first.
  package private(set) var days: [MarketDay] = []

  /// No prices.
  package init() {}

  /// The prices to use on a date; nil where there are none, or only old ones.
  package func day(on date: CalendarDate) -> MarketDay? {
    guard let day = days.last(where: { $0.date <= date }) else { return nil }
    return day.date.days(until: date) <= goodForDays ? day : nil
  }
}

/// The prices of one day.
package struct MarketDay: Sendable, Hashable {
  /// The day.
  package private(set) var date = CalendarDate(daysSinceEpoch: 0)
  /// What hedges are written on.
  package private(set) var underlyings: [MarketUnderlying] = []
  /// The interest rates by currency.
  package private(set) var curves: [RateCurve] = []

  init() {}

  /// What hedges call by a name.
  package func underlying(_ name: String) -> MarketUnderlying? {
    underlyings.first { $0.name == name }
  }

  /// The yearly interest rate of a currency for so many months, continuously compounded; between
  /// two points in proportion to the months, beyond them as at the last.
  package func rate(_ currency: Currency, months: Int) -> Decimal128? {
    curves.first { $0.currency == currency }.flatMap {
      MarketPoint.value(of: $0.points, at: months)
    }
  }
}

/// An index, a share, a currency pair or a reference rate with its prices.
package struct MarketUnderlying: Sendable, Hashable {
  /// Its name, as hedges call it.
  package private(set) var name = ""
  /// What it is called for people.
  package private(set) var title = ""
  /// What it is.
  package private(set) var kind = UnderlyingClass.equityIndex
  /// The currency of its price; for a pair, the one that is counted in.
  package private(set) var currency = Currency.undecided
  /// For a pair, the currency that is priced.
  package private(set) var pricedCurrency: Currency?
  /// The price today; for a reference rate, the rate as a fraction.
  package private(set) var level = Decimal128.one
  /// What it pays out a year, as a fraction, continuously compounded.
  package private(set) var dividendYield = Decimal128.zero
  /// The yearly volatilities of options at today's price.
  package private(set) var volatilities: [MarketPoint] = []
  /// How much the volatility rises when the strike is ten per cent lower.
  package private(set) var skew = Decimal128.zero

  init() {}

  /// The yearly volatility of options of so many months struck at so many per cent of today's
  /// price; nil where no volatility is known.
  package func volatility(months: Int, strikePercent: Decimal128) -> Decimal128? {
    guard let level = MarketPoint.value(of: volatilities, at: months) else { return nil }
    let skewed = level + skew * (100 - strikePercent) / 10
    return max(skewed, Self.volatilityMinimum)
  }

  /// The least volatility that a skew leaves.
  static let volatilityMinimum = Decimal128(isNegative: false, coefficient: 1, exponent: -2)
}

/// The interest rates of a currency.
package struct RateCurve: Sendable, Hashable {
  /// The currency.
  package private(set) var currency = Currency.undecided
  /// The yearly rates by months, continuously compounded.
  package private(set) var points: [MarketPoint] = []

  init() {}
}

/// A figure for a number of months.
package struct MarketPoint: Sendable, Hashable {
  /// The months.
  package private(set) var months = 1
  /// The figure, as a fraction a year.
  package private(set) var value = Decimal128.zero

  init() {}

  /// The digits after the point to which a figure between two points is rounded.
  static let digits = 10

  static func value(of points: [MarketPoint], at months: Int) -> Decimal128? {
    guard let first = points.first, let last = points.last else { return nil }
    if months <= first.months { return first.value }
    if months >= last.months { return last.value }
    for (low, high) in zip(points, points.dropFirst()) where months <= high.months {
      let part = Decimal128(months - low.months) / Decimal128(high.months - low.months)
      return (low.value + (high.value - low.value) * part).rounded(scale: digits, .halfEven)
    }
    return last.value
  }
}

extension MarketData: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.integer(
      "goodForDays", &goodForDays, in: 0...10_000,
      "For how many days a day's prices are good when none follow.")
    walk.records("days", &days, in: 1...10_000, "The days with prices, oldest first.")
    walk.check(
      "days", zip(days, days.dropFirst()).allSatisfy { $0.date < $1.date },
      "The days must rise.")
  }
}

extension MarketDay: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.date("date", &date, "The day.")
    walk.records("underlyings", &underlyings, in: 0...1_000, "What hedges are written on.")
    walk.records("curves", &curves, in: 0...200, "The interest rates by currency.")
    walk.check(
      "underlyings", Set(underlyings.map(\.name)).count == underlyings.count,
      "A name stands twice.")
    walk.check(
      "curves", Set(curves.map(\.currency)).count == curves.count, "A currency stands twice.")
  }
}

extension MarketUnderlying: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("name", &name, .code, "Its name, as hedges call it.")
    walk.text("title", &title, .name, "What it is called for people.")
    walk.choice("kind", &kind, "What it is.")
    walk.currency("currency", &currency, "The currency of its price.")
    walk.optionalCurrency(
      "pricedCurrency", &pricedCurrency, "For a pair, the currency that is priced.")
    walk.decimal("level", &level, in: Span.money, "The price today.")
    walk.decimal(
      "dividendYield", &dividendYield, usually: 0, in: Span.rate, "What it pays out a year.")
    walk.records(
      "volatilities", &volatilities, in: 0...60, "Volatilities at today's price, by months.")
    walk.decimal(
      "skew", &skew, usually: 0, in: Span.rate,
      "How much the volatility rises when the strike is ten per cent lower.")
    walk.check(
      "pricedCurrency", (pricedCurrency != nil) == (kind == .currencyPair),
      "A currency pair, and nothing else, has a priced currency.")
    walk.check("volatilities", MarketPoint.rise(volatilities), "The months must rise.")
  }
}

extension RateCurve: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.currency("currency", &currency, "The currency.")
    walk.records("points", &points, in: 1...60, "The yearly rates by months.")
    walk.check("points", MarketPoint.rise(points), "The months must rise.")
  }
}

extension MarketPoint: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.integer("months", &months, in: 1...1200, "The months.")
    walk.decimal("value", &value, in: Span.rate, "The figure, as a fraction a year.")
  }

  static func rise(_ points: [MarketPoint]) -> Bool {
    zip(points, points.dropFirst()).allSatisfy { $0.months < $1.months }
  }
}
