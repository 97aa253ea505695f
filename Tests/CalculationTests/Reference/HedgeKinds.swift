import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let hedgeKinds: [String: Run] = [
    "hedge_protective_put": { inputs in
      let exposure = IndexExposure(
        value: try inputs.decimal("portfolio_value"), beta: try inputs.decimal("beta"),
        dividendYield: try inputs.decimal("portfolio_dividend_yield"),
        index: try inputs.decimal("index_level"),
        indexDividendYield: try inputs.decimal("dividend_yield"),
        rate: try inputs.decimal("rate"), multiplier: try inputs.decimal("multiplier"))
      let hedge = try PortfolioInsurance(
        exposure, floor: try inputs.decimal("floor_fraction"),
        volatility: try inputs.decimal("vol"), days: try inputs.integer("days"))
      return .fields([
        "contracts_exact": .number(hedge.contracts.exact),
        "contracts": .number(hedge.contracts.whole), "strike": .number(hedge.strike),
        "put_price": .number(hedge.putPrice), "premium_total": .number(hedge.cost.premium),
        "premium_percent": .number(hedge.cost.percent),
        "hedge_delta_value": .number(hedge.deltaValue),
      ])
    },
    "hedge_protective_put_contracts": { inputs in
      let exposure = IndexExposure(
        value: try inputs.decimal("portfolio_value"), beta: try inputs.decimal("beta"),
        index: try inputs.decimal("index_level"), multiplier: try inputs.decimal("multiplier"))
      return .fields(["contracts": .number(try exposure.contracts().whole)])
    },
    "hedge_portfolio_vs_index": { inputs in
      let yield = try inputs.decimal("dividend_yield")
      let exposure = IndexExposure(
        value: try inputs.decimal("portfolio_value"), beta: try inputs.decimal("beta"),
        dividendYield: yield, index: try inputs.decimal("index_level"),
        indexDividendYield: yield, rate: try inputs.decimal("rate_simple"))
      let value = try exposure.portfolioValue(
        atIndex: try inputs.decimal("index_future"), years: try inputs.decimal("t_years"))
      return .fields(["portfolio_value": .number(value)])
    },
    "hedge_futures_contracts": { inputs in
      let exposure = IndexExposure(
        value: try inputs.decimal("portfolio_value"), beta: try inputs.decimal("beta"),
        index: try inputs.decimal("futures_price"), multiplier: try inputs.decimal("multiplier"))
      let count = try exposure.futures(
        targetBeta: try inputs.decimal("target_beta"),
        price: try inputs.decimal("futures_price"))
      return .fields(["contracts": .number(count.exact)])
    },
    "hedge_min_variance": { inputs in
      let ratio = try MinimumVarianceHedge.ratio(
        correlation: try inputs.decimal("correlation"),
        spotDeviation: try inputs.decimal("sd_spot_change"),
        futuresDeviation: try inputs.decimal("sd_futures_change"))
      let count = try MinimumVarianceHedge.contracts(
        ratio: ratio, exposureUnits: try inputs.decimal("exposure_units"),
        contractUnits: try inputs.decimal("contract_units"))
      return .fields(["contracts": .number(count.exact)])
    },
    "hedge_delta": { inputs in
      let hedge = try DeltaHedge(
        option: try option(inputs), contracts: try inputs.double("contracts"),
        multiplier: try inputs.double("multiplier"))
      return .fields([
        "delta_per_unit": .number(hedge.deltaPerUnit),
        "position_delta": .number(hedge.positionDelta),
        "units_of_underlying_to_buy": .number(hedge.unitsToBuy),
        "gamma_position": .number(hedge.positionGamma),
      ])
    },
    "hedge_zero_cost_collar": { inputs in
      let collar = try Collar(put: try put(inputs))
      return .fields([
        "put_price": .number(collar.putPrice), "call_strike": .number(collar.callStrike),
      ])
    },
    "hedge_protective_put_payoff": { inputs in
      let hedge = try ProtectivePut(put: try put(inputs), units: try inputs.double("units"))
      return .fields([
        "put_price": .number(hedge.price), "max_loss": .number(hedge.maximumLoss),
        "break_even_spot": .number(hedge.breakEven),
        "scenarios": .list(
          try hedge.payoffs().map {
            .fields([
              "spot_at_expiry": .number($0.spot), "unhedged": .number($0.unhedged),
              "hedged": .number($0.hedged), "pnl": .number($0.profit),
            ])
          }),
      ])
    },
  ]

  private static func put(_ inputs: ReferenceInputs) throws -> OptionTerms {
    OptionTerms(
      kind: .put, spot: try inputs.double("spot"), strike: try inputs.double("put_strike"),
      years: try inputs.double("t_years"), rate: try inputs.double("rate"),
      dividendYield: try inputs.double("dividend_yield"), volatility: try inputs.double("vol"))
  }
}
