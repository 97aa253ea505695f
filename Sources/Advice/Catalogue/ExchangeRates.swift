package import Quantities

/// A dated table of exchange rates against one currency.
///
/// A rate is looked up at the newest day on or before the day asked for, if that day is not older
/// than the table allows; so a decision never uses a rate that came after it, nor a forgotten one.
package struct ExchangeRates: Sendable, Hashable {
  /// The currency of which one unit is priced.
  package private(set) var pricedCurrency = Currency.undecided
  /// For how many days a day's rates are good when none follow.
  package private(set) var goodForDays = 0
  /// The days with rates, oldest first.
  package private(set) var days: [ExchangeDay] = []

  /// A table without rates: nothing converts but a currency to itself.
  package init() {}

  /// The rate of a currency: so many units for one of ``pricedCurrency``; nil where there is none.
  package func rate(of currency: Currency, on date: CalendarDate) -> Decimal128? {
    guard let day = day(on: date) else { return nil }
    if currency == pricedCurrency { return .one }
    return day.rates.first { $0.currency == currency }?.rate
  }

  /// The day whose rates are used on a date.
  package func day(on date: CalendarDate) -> ExchangeDay? {
    guard let day = days.last(where: { $0.date <= date }) else { return nil }
    return day.date.days(until: date) <= goodForDays ? day : nil
  }

  /// An amount in another currency, unrounded: times the rate of that currency, divided by the rate
  /// of the amount's own, in 34 digits.
  ///
  /// Nil where either has no rate on the date.
  package func exact(
    _ amount: Decimal128, from: Currency, to: Currency, on date: CalendarDate
  ) -> Decimal128? {
    if from == to { return amount }
    guard let own = rate(of: from, on: date), let other = rate(of: to, on: date) else {
      return nil
    }
    return amount * other / own
  }

  /// Money in another currency, rounded half up to that currency's minor units.
  ///
  /// Nil where either currency has no rate on the date.
  package func convert(_ money: Money, to currency: Currency, on date: CalendarDate) -> Money? {
    if money.currency == currency { return money }
    return exact(money.amount, from: money.currency, to: currency, on: date).map {
      Money($0, currency).rounded(.halfUp)
    }
  }
}

/// The rates of one day.
package struct ExchangeDay: Sendable, Hashable {
  /// The day.
  package private(set) var date = CalendarDate(daysSinceEpoch: 0)
  /// The rates of the day, each currency once.
  package private(set) var rates: [ExchangeRate] = []

  init() {}
}

/// How many units of a currency are worth one of the table's currency.
package struct ExchangeRate: Sendable, Hashable {
  /// The currency.
  package private(set) var currency = Currency.undecided
  /// Its units for one.
  package private(set) var rate = Decimal128.one

  init() {}
}

extension ExchangeRates: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.currency("pricedCurrency", &pricedCurrency, "The currency of which one unit is priced.")
    walk.integer(
      "goodForDays", &goodForDays, in: 0...10_000,
      "For how many days a day's rates are good when none follow.")
    walk.records("days", &days, in: 1...10_000, "The days with rates, oldest first.")
    walk.check(
      "days", zip(days, days.dropFirst()).allSatisfy { $0.date < $1.date },
      "The days must rise.")
  }
}

extension ExchangeDay: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.date("date", &date, "The day.")
    walk.records("rates", &rates, in: 1...300, "The rates of the day.")
    walk.check(
      "rates", Set(rates.map(\.currency)).count == rates.count, "A currency stands twice.")
  }
}

extension ExchangeRate: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.currency("currency", &currency, "The currency.")
    walk.decimal("rate", &rate, in: Span.money, "Its units for one of the priced currency.")
    walk.check("rate", rate > 0, "A rate is above nought.")
  }
}
