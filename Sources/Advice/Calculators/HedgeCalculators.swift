import Calculation
import Quantities

extension Calculators {
  /// Hedges of holdings and portfolios.
  static let hedges: [Calculator] =
    [protectivePut, collar, putSpread, reducePosition, portfolioInsurance]
    + [indexContracts, portfolioScenario, futuresHedge, minimumVariance, deltaHedge]

  private static let mifid =
    "Directive 2014/65/EU, article 24(4); Delegated Regulation (EU) 2017/565, article 50"

  static func costFigures(_ quote: HedgeQuote) -> [Figure] {
    [
      .fields(
        "cost",
        [
          .decimal("money", quote.cost.premium(.cents), "In money."),
          .decimal("percent", quote.cost.percent, "In per cent of what is hedged."),
          .decimal("percentPerYear", quote.cost.percentPerYear, "In per cent a year."),
        ], "What the hedge costs."),
      shown(quote.disclosures),
    ]
  }

  private static func payoffs(_ rows: [PayoffRow]) -> Figure {
    .rows("payoffs", rows, "What is left at expiry at several prices.") { row in
      [
        .binary("spot", row.spot, "The asset's price at expiry."),
        .binary("unhedged", row.unhedged, "The holding alone."),
        .binary("hedged", row.hedged, "With the hedge, its cost taken off."),
        .binary("profit", row.profit, "Gain or loss against today."),
      ]
    }
  }

  private static let exampleMarket =
    #""spot":"100","putStrike":"95","years":"0.5","rate":"0.03","volatility":"0.2""#

  /// The calculator that a page shows.
  package static let protectivePut = Calculator(
    "protective put", "hedge/protective-put", "A holding insured by a put on each unit",
    source: mifid, example: "{\(exampleMarket),\"units\":\"1000\"}",
    renamed: ["strike": "putStrike"]
  ) { inputs in
    let holding = inputs.insuredHolding()
    let price = inputs.optionalDecimal(
      "putPrice", "The put's market price; the model's.", in: CalculatorRanges.amounts)
    guard let (put, units, changes) = holding else { return nil }
    let hedge = try ProtectivePut(put: put, units: units, price: price?.doubleValue)
    return [
      .binary("putPrice", hedge.price, "The price of one put."),
      .binary("premium", hedge.premium, "What all puts cost."),
      .binary("maximumLoss", hedge.maximumLoss, "The most that can be lost."),
      .binary("breakEven", hedge.breakEven, "The price from which on there is a gain."),
      .binary("floor", put.strike * units - hedge.premium, "The least that is left."),
      payoffs(try hedge.payoffs(changes: changes)),
    ] + costFigures(HedgeQuote(hedge))
  }

  /// The calculator that a page shows.
  package static let collar = Calculator(
    "collar", "hedge/collar", "A put paid for by selling a call, for nothing or a given cost",
    source: mifid, example: "{\(exampleMarket),\"units\":\"1000\"}",
    renamed: ["strike": "putStrike"]
  ) { inputs in
    let holding = inputs.insuredHolding()
    let strike = inputs.optionalDecimal(
      "callStrike", "The call's strike, in place of a cost.", in: CalculatorRanges.positiveBinary)
    let cost = inputs.optionalDecimal(
      "cost", "The cost of a unit's collar; 0.", in: CalculatorRanges.signed)
    guard let (put, units, changes) = holding else { return nil }
    if strike != nil, cost != nil {
      inputs.report("cost", "unexpected", "The call's strike decides the cost already.")
      return nil
    }
    let collar =
      if let strike { try Collar(put: put, callStrike: strike.doubleValue) } else {
        try Collar(put: put, cost: (cost ?? 0).doubleValue)
      }
    return [
      .binary("putPrice", collar.putPrice, "The price of one put."),
      .binary("callStrike", collar.callStrike, "The strike of the call sold."),
      .binary("callPrice", collar.callPrice, "The price of one call."),
      .binary("netCost", collar.cost, "The cost of a unit's collar."),
      .binary("breakEven", collar.breakEven, "The price from which on there is a gain."),
      .binary("maximumLoss", units * collar.maximumLoss, "The most that can be lost."),
      .binary("maximumGain", units * collar.maximumGain, "The most that can be gained."),
      payoffs(try collar.payoffs(units: units, changes: changes)),
    ] + costFigures(HedgeQuote(collar, units: units))
  }

  private static let putSpread = Calculator(
    "put spread", "hedge/put-spread", "A put made cheaper by selling one with a lower strike",
    source: mifid, example: "{\(exampleMarket),\"units\":\"1000\",\"soldStrike\":\"85\"}",
    renamed: ["strike": "putStrike"]
  ) { inputs in
    let holding = inputs.insuredHolding()
    let sold = inputs.decimal(
      "soldStrike", "The strike of the put sold.", in: CalculatorRanges.positiveBinary)
    guard let (put, units, changes) = holding, let sold else { return nil }
    let spread = try PutSpread(bought: put, soldStrike: sold.doubleValue)
    return [
      .binary("netCost", spread.cost, "The cost of a unit's spread."),
      .binary("premium", units * spread.cost, "What the spread costs in all."),
      .binary("maximumProtection", spread.maximumProtection, "What one unit is protected for."),
      .binary("breakEven", put.spot + spread.cost, "The price from which on there is a gain."),
      payoffs(try spread.payoffs(units: units, changes: changes)),
    ] + costFigures(try HedgeQuote(spread, units: units))
  }

  private static let reducePosition = Calculator(
    "reduce position", "hedge/reduce-position", "Selling part of a holding in place of a hedge",
    source: "Loss limit ÷ loss of a unit in the shock",
    example: #"{"units":"1000","spot":"100","shock":"0.3","greatestLoss":"15000"}"#
  ) { inputs in
    let units = inputs.decimal("units", "Units held.", in: CalculatorRanges.positive)
    let spot = inputs.decimal("spot", "The asset's price.", in: CalculatorRanges.positive)
    let shock = inputs.decimal(
      "shock", "The fall to withstand; 0.3 is 30 %.", in: CalculatorRanges.parts)
    let loss = inputs.decimal(
      "greatestLoss", "The loss that can be borne.", in: CalculatorRanges.amounts)
    let cost = inputs.optionalDecimal(
      "dealingCost", "What selling costs, as a part of the proceeds; 0.", in: CalculatorRanges.parts
    )
    guard let units, let spot, let shock, let loss else { return nil }
    let result = try PositionReduction(
      units: units, spot: spot, shock: shock, greatestLoss: loss, dealingCost: cost ?? 0)
    return [
      .decimal("unitsToSell", result.unitsToSell, "Whole units to sell."),
      .decimal("unitsLeft", result.unitsLeft, "Units kept."),
      .decimal("proceeds", result.proceeds, "What selling brings, its cost taken off."),
      .decimal("costMoney", result.cost, "What selling costs."),
      .decimal("lossLeft", result.lossLeft, "The loss of what is kept in the shock."),
    ]
  }

  private static let deltaHedge = Calculator(
    "delta hedge", "hedge/delta", "Units of the asset that make an option position neutral",
    source: "Hull, Options, Futures and Other Derivatives, 19.4",
    example: #"""
      {"type":"put","spot":"100","strike":"95","years":"0.5","rate":"0.03","volatility":"0.2",
      "contracts":"10","multiplier":"100","band":"50"}
      """#
  ) { inputs in
    let terms = inputs.optionTerms()
    let contracts = inputs.decimal(
      "contracts", "Contracts held; sold is negative.", in: -1_000_000_000...1_000_000_000)
    let multiplier = inputs.decimal(
      "multiplier", "Units of the asset in a contract.", in: CalculatorRanges.positive)
    let band = inputs.optionalDecimal(
      "band", "Units of delta after which to trade again.", in: CalculatorRanges.amounts)
    guard let terms, let contracts, let multiplier else { return nil }
    let hedge = try DeltaHedge(
      option: terms, contracts: contracts.doubleValue, multiplier: multiplier.doubleValue,
      band: band?.doubleValue)
    return [
      .binary("deltaPerUnit", hedge.deltaPerUnit, "The delta of one option."),
      .binary("positionDelta", hedge.positionDelta, "The delta of the position."),
      .binary("positionGamma", hedge.positionGamma, "The gamma of the position."),
      .binary("positionTheta", hedge.positionTheta, "The theta of the position, a year."),
      .binary("unitsToBuy", hedge.unitsToBuy, "Units to buy; to sell when negative."),
      .binary("rebalanceBelow", hedge.rebalanceAt?.lowerBound, "Trade again below this price."),
      .binary("rebalanceAbove", hedge.rebalanceAt?.upperBound, "Trade again above this price."),
    ]
  }
}

extension CalculatorInputs {
  /// A holding, the put that insures each unit of it, and the price changes of its pay-off table.
  fileprivate func insuredHolding() -> (put: OptionTerms, units: Double, changes: [Double])? {
    let put = market(.put, strike: "putStrike")
    let units = decimal("units", "Units held.", in: CalculatorRanges.positive)
    let list = optionalDecimals(
      "changes", "Changes of the price for the pay-off table; −0.3, −0.15, 0, 0.15.",
      max: CalculationLimits.scenarios)
    guard let put, let units else { return nil }
    return (put, units.doubleValue, list.map { $0.map(\.doubleValue) } ?? PayoffRow.usualChanges)
  }
}
