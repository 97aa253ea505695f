package import Quantities

/// What a hedge is made of.
///
/// The strategy is the product's kind.
package struct HedgeTerms: Sendable, Hashable {
  /// What is hedged.
  package var underlying = UnderlyingClass.equityIndex
  /// The name of the index, currency pair or reference rate in the market data.
  package var market = ""
  /// The levels protected, in per cent of the price today: 90 keeps losses to 10 %.
  ///
  /// For a cap, the rates in per cent a year.
  package var floors: [Decimal128] = []
  /// For a spread: the level below which protection ends, in per cent.
  package var lowerFloor: Decimal128?
  /// For a collar: the levels above which gains are given up, in per cent; empty where the level
  /// is found that makes the premium nought.
  package var caps: [Decimal128] = []
  /// The months to choose from.
  package var tenors: [Int] = []
  /// Units of the underlying in one contract.
  package var multiplier = Decimal128.one
  /// What is added to the market's volatility, in points of a year's volatility as a fraction:
  /// the offerer's margin.
  package var volatilityMargin = Decimal128.zero
  /// What is taken of the hedged amount, as a fraction.
  package var dealingCost = Decimal128.zero
  /// Options can be used on any day until they end.
  package var isAmerican = false

  init() {}
}

/// What a hedge is written on.
package enum UnderlyingClass: String, Sendable, CaseIterable {
  case equityIndex, singleStock, currencyPair, interestRate
}
