public import Quantities

/// A number of contracts: what the formula gives, and what can be traded.
public struct ContractCount: Sendable, Hashable {
  /// What the formula gives; negative is sold.
  public let exact: Decimal128

  /// Whole contracts.
  public let whole: Int

  /// A count rounded by a rule: up for full cover, to the nearest otherwise.
  ///
  /// - Throws: `contracts: outOfRange` beyond a billion.
  public init(
    exact: Decimal128, rounding rule: Rounding = .ceiling
  ) throws(CalculationError) {
    guard let whole = exact.rounded(scale: 0, rule).integerValue,
      whole.magnitude <= 1_000_000_000
    else {
      throw CalculationError(
        .outOfRange, "contracts", "The number of contracts is beyond a billion.")
    }
    self.exact = exact
    self.whole = whole
  }
}

/// A portfolio, the index it is hedged by, and how it moves with it.
public struct IndexExposure: Sendable, Hashable {
  /// The portfolio's value.
  public var value: Decimal128

  /// The portfolio's beta against the index.
  public var beta: Decimal128

  /// The portfolio's dividend yield a year.
  public var dividendYield: Decimal128

  /// The index.
  public var index: Decimal128

  /// The index's dividend yield a year.
  public var indexDividendYield: Decimal128

  /// The rate without risk a year.
  public var rate: Decimal128

  /// Money for one point of the index in one contract.
  public var multiplier: Decimal128

  /// A portfolio and its index.
  public init(
    value: Decimal128, beta: Decimal128, dividendYield: Decimal128 = 0, index: Decimal128,
    indexDividendYield: Decimal128 = 0, rate: Decimal128 = 0, multiplier: Decimal128 = 1
  ) {
    self.value = value
    self.beta = beta
    self.dividendYield = dividendYield
    self.index = index
    self.indexDividendYield = indexDividendYield
    self.rate = rate
    self.multiplier = multiplier
  }

  static let rates = Decimal128(-1)...5

  func check() throws(CalculationError) {
    for (amount, field) in [
      (value, "portfolioValue"), (index, "indexLevel"), (multiplier, "multiplier"),
    ] {
      try CalculationError.unless(
        amount.isFinite && amount > 0 && amount <= CashFlow.greatest, .outOfRange, field,
        "This must be above zero and at most \(CashFlow.greatest).")
    }
    try CalculationError.unless(
      beta.isFinite && !beta.isZero && beta.magnitude <= 100, .outOfRange, "beta",
      "Beta must be from -100 to 100 and other than zero.")
    for (rate, field) in [
      (rate, "rate"), (dividendYield, "portfolioDividendYield"),
      (indexDividendYield, "dividendYield"),
    ] {
      try CalculationLimits.check(rate, in: IndexExposure.rates, field)
    }
  }

  /// The contracts that cover the portfolio: β·V ÷ (index × multiplier)
  /// (Hull, Options, Futures and Other Derivatives, 3.5 and 17.1).
  public func contracts(rounding rule: Rounding = .ceiling) throws(CalculationError)
    -> ContractCount
  {
    try check()
    return try ContractCount(exact: beta * value / (index * multiplier), rounding: rule)
  }

  /// The index at which the portfolio is worth a part of today's value: the capital asset pricing
  /// model with simple rates over the period (Hull, 17.1).
  ///
  /// The portfolio's total return there is floor − 1 + q_p·t, the market's r·t + (that − r·t)/β, and
  /// the index itself moves by that less its dividends.
  public func strike(
    floor: Decimal128, years: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try check()
    try CalculationLimits.check(floor, in: 0...10, "floor")
    try CalculationLimits.check(years, in: 0...100, "years")
    let total = floor - 1 + dividendYield * years
    let market = rate * years + (total - rate * years) / beta
    let strike = index * (1 + market - indexDividendYield * years)
    try CalculationError.unless(
      strike > 0, .noSolution, "floor", "No index level brings the portfolio to this floor.")
    return strike
  }

  /// The portfolio's value at an index level, by the same model the other way round.
  public func portfolioValue(
    atIndex level: Decimal128, years: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try check()
    try CalculationLimits.check(level, in: 0...CashFlow.greatest, "index")
    try CalculationLimits.check(years, in: 0...100, "years")
    let market = level / index - 1 + indexDividendYield * years
    let total = rate * years + beta * (market - rate * years)
    return value * (1 + total - dividendYield * years)
  }

  /// The futures that bring beta to a target: (β − target)·V ÷ (price × multiplier); positive is
  /// sold (Hull, 3.6).
  public func futures(
    targetBeta: Decimal128 = 0, price: Decimal128, rounding rule: Rounding = .halfUp
  ) throws(CalculationError) -> ContractCount {
    try check()
    try CalculationLimits.check(targetBeta, in: -100...100, "targetBeta")
    try CalculationError.unless(
      price.isFinite && price > 0, .outOfRange, "futuresPrice", "The price must be above zero.")
    return try ContractCount(
      exact: (beta - targetBeta) * value / (price * multiplier), rounding: rule)
  }
}

/// The hedge with the least variance (Hull, 3.4).
public enum MinimumVarianceHedge {
  /// ρ·σ_S/σ_F: how much of the future offsets one of the asset.
  public static func ratio(
    correlation: Decimal128, spotDeviation: Decimal128, futuresDeviation: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    try CalculationLimits.check(correlation, in: -1...1, "correlation")
    try CalculationLimits.check(spotDeviation, in: 0...CashFlow.greatest, "spotDeviation")
    try CalculationError.unless(
      futuresDeviation.isFinite && futuresDeviation > 0, .outOfRange, "futuresDeviation",
      "The deviation of the future must be above zero.")
    return correlation * spotDeviation / futuresDeviation
  }

  /// The contracts for an exposure.
  public static func contracts(
    ratio: Decimal128, exposureUnits: Decimal128, contractUnits: Decimal128,
    rounding rule: Rounding = .halfUp
  ) throws(CalculationError) -> ContractCount {
    try CalculationLimits.check(
      exposureUnits, in: -CashFlow.greatest...CashFlow.greatest, "exposureUnits")
    try CalculationError.unless(
      contractUnits.isFinite && contractUnits > 0, .outOfRange, "contractUnits",
      "A contract must be of more than nothing.")
    return try ContractCount(exact: ratio * exposureUnits / contractUnits, rounding: rule)
  }
}
