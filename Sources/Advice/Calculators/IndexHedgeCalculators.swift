import Calculation
import Quantities

/// Portfolios hedged by their index.
extension Calculators {
  private static let hull = "Hull, Options, Futures and Other Derivatives, 3.5 and 17.1"

  private static let portfolioNames = [
    "index": "indexFuture", "years": "days", "volatility": "volatility", "strike": "floor",
    "spot": "indexLevel", "spotDeviation": "spotDeviation",
  ]

  static let portfolioInsurance = Calculator(
    "portfolio insurance", "hedge/portfolio-put", "Index puts that keep a portfolio above a floor",
    source: hull,
    example: #"""
      {"portfolioValue":"500000","floor":"0.9","beta":"1.2","indexLevel":"4000","multiplier":"10",
      "rate":"0.03","dividendYield":"0.01","volatility":"0.18","days":182}
      """#, renamed: portfolioNames
  ) { inputs in
    let exposure = inputs.exposure()
    let floor = inputs.decimal(
      "floor", "The part of the value that is to be kept.", in: 0...10)
    let volatility = inputs.decimal("volatility", "The index's volatility a year.", in: 0...10)
    let days = inputs.integer("days", "The horizon.", in: 1...36_500)
    let rule = inputs.choice(
      "contractsRounding", "How contracts are made whole; ceiling.", or: RoundingName.ceiling)
    guard let exposure, let floor, let volatility, let days else { return nil }
    let hedge = try PortfolioInsurance(
      exposure, floor: floor, volatility: volatility, days: days, rounding: rule.rule)
    return [
      .decimal("contractsExact", hedge.contracts.exact, "Contracts that match the portfolio."),
      .integer("contracts", hedge.contracts.whole, "Whole contracts."),
      .decimal("strike", hedge.strike, "The index level at the floor."),
      .decimal("putPrice", hedge.putPrice, "The price of one put."),
      .decimal("premium", hedge.cost.premium, "What all puts cost."),
      .decimal("premiumPercent", hedge.cost.percent, "In per cent of the portfolio."),
      .decimal("deltaValue", hedge.deltaValue, "The hedge's delta in money."),
    ] + costFigures(HedgeQuote(hedge))
  }

  static let indexContracts = Calculator(
    "index contracts", "hedge/index-contracts", "Index contracts that match a portfolio",
    source: hull,
    example: #"{"portfolioValue":"500000","beta":"1.2","indexLevel":"4000","multiplier":"10"}"#
  ) { inputs in
    let exposure = inputs.exposure()
    let rule = inputs.choice(
      "contractsRounding", "How contracts are made whole; ceiling.", or: RoundingName.ceiling)
    guard let exposure else { return nil }
    return counts(try exposure.contracts(rounding: rule.rule))
  }

  static let portfolioScenario = Calculator(
    "portfolio at index", "hedge/portfolio-scenario", "A portfolio's value at an index level",
    source: "Capital asset pricing model with simple rates; \(hull)",
    example: #"""
      {"portfolioValue":"500000","beta":"2","indexLevel":"1000","indexFuture":"1040",
      "rate":"0.12","dividendYield":"0.04","portfolioDividendYield":"0.04","years":"0.25"}
      """#, renamed: ["index": "indexFuture"]
  ) { inputs in
    let exposure = inputs.exposure()
    let level = inputs.decimal(
      "indexFuture", "The index level looked at.", in: CalculatorRanges.amounts)
    let years = inputs.decimal("years", "Years from today.", in: 0...100)
    guard let exposure, let level, let years else { return nil }
    let value = try exposure.portfolioValue(atIndex: level, years: years)
    return [.decimal("portfolioValue", value, "The portfolio's value.")]
  }

  static let futuresHedge = Calculator(
    "futures hedge", "hedge/futures", "Futures that bring a portfolio's beta to a target",
    source: hull,
    example: #"""
      {"portfolioValue":"5050000","beta":"1.5","targetBeta":"0.75","futuresPrice":"1010",
      "multiplier":"250"}
      """#
  ) { inputs in
    let value = inputs.decimal(
      "portfolioValue", "The portfolio's value.", in: CalculatorRanges.positive)
    let beta = inputs.decimal("beta", "Its beta.", in: -100...100)
    let target = inputs.optionalDecimal("targetBeta", "The beta wanted; 0.", in: -100...100)
    let price = inputs.decimal(
      "futuresPrice", "The future's price.", in: CalculatorRanges.positive)
    let multiplier = inputs.decimal(
      "multiplier", "Units of the index in a contract.", in: CalculatorRanges.positive)
    let rule = inputs.choice(
      "contractsRounding", "How contracts are made whole; halfUp.", or: RoundingName.halfUp)
    guard let value, let beta, let price, let multiplier else { return nil }
    let exposure = IndexExposure(
      value: value, beta: beta, index: price, multiplier: multiplier)
    return counts(
      try exposure.futures(targetBeta: target ?? 0, price: price, rounding: rule.rule))
  }

  static let minimumVariance = Calculator(
    "minimum variance hedge", "hedge/minimum-variance", "Futures that leave the least variance",
    source: "Hull, Options, Futures and Other Derivatives, 3.4",
    example: #"""
      {"correlation":"0.928","spotDeviation":"0.0263","futuresDeviation":"0.0313",
      "exposureUnits":"2000000","contractUnits":"42000"}
      """#
  ) { inputs in
    let correlation = inputs.decimal(
      "correlation", "Of the changes of spot and future.", in: -1...1)
    let spot = inputs.decimal(
      "spotDeviation", "The deviation of the spot's change.", in: CalculatorRanges.amounts)
    let future = inputs.decimal(
      "futuresDeviation", "The deviation of the future's change.",
      in: CalculatorRanges.positiveBinary)
    let exposure = inputs.decimal(
      "exposureUnits", "Units to hedge.", in: CalculatorRanges.signed)
    let contract = inputs.decimal(
      "contractUnits", "Units in a contract.", in: CalculatorRanges.positive)
    let rule = inputs.choice(
      "contractsRounding", "How contracts are made whole; halfUp.", or: RoundingName.halfUp)
    guard let correlation, let spot, let future, let exposure, let contract else { return nil }
    let ratio = try MinimumVarianceHedge.ratio(
      correlation: correlation, spotDeviation: spot, futuresDeviation: future)
    let count = try MinimumVarianceHedge.contracts(
      ratio: ratio, exposureUnits: exposure, contractUnits: contract, rounding: rule.rule)
    return [.decimal("ratio", ratio, "The hedge ratio.")] + counts(count)
  }

  private static func counts(_ count: ContractCount) -> [Figure] {
    [
      .decimal("contractsExact", count.exact, "Contracts that match exactly."),
      .integer("contracts", count.whole, "Whole contracts."),
    ]
  }
}

extension CalculatorInputs {
  /// A portfolio beside its index.
  fileprivate func exposure() -> IndexExposure? {
    let value = decimal(
      "portfolioValue", "The portfolio's value.", in: CalculatorRanges.positive)
    let beta = decimal("beta", "Its beta against the index.", in: -100...100)
    let own = optionalDecimal(
      "portfolioDividendYield", "The portfolio's dividend yield a year; 0.", in: -1...5)
    let index = decimal("indexLevel", "The index today.", in: CalculatorRanges.positive)
    let yield = optionalDecimal(
      "dividendYield", "The index's dividend yield a year; 0.", in: -1...5)
    let rate = optionalDecimal("rate", "The simple rate a year without risk; 0.", in: -1...5)
    let multiplier = optionalDecimal(
      "multiplier", "Units of the index in a contract; 1.", in: CalculatorRanges.positive)
    guard let value, let beta, let index else { return nil }
    return IndexExposure(
      value: value, beta: beta, dividendYield: own ?? 0, index: index,
      indexDividendYield: yield ?? 0, rate: rate ?? 0, multiplier: multiplier ?? 1)
  }
}
