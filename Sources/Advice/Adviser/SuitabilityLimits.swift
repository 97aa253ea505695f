package import Quantities

/// What suits a client at most, as the written rules say it of the facts.
///
/// A limit that cannot be told is nil, and leaves what depends on it undecided.
package struct SuitabilityLimits: Sendable {
  /// The highest risk class, 1 to 7.
  package let riskClass: Decimal128?
  /// The level of knowledge, 0 to 3.
  package let knowledge: Decimal128?
  /// The highest further instalment a month, in the reference currency of the rules.
  package let maximumInstalment: Decimal128?
  let rates: ExchangeRates
  let date: CalendarDate

  /// The highest further instalment in a currency, rounded down to its minor unit.
  package func maximumInstalment(in currency: Currency) -> Decimal128? {
    guard let maximumInstalment, let reference = Currency(ClientInputs.referenceCurrency),
      let money = rates.convert(
        Money(maximumInstalment, reference), to: currency, on: date)
    else { return nil }
    return money.rounded(.down).amount
  }
}
