import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let optionKinds: [String: Run] = [
    "option_european": { inputs in
      let option = try EuropeanOption(try option(inputs))
      return .fields([
        "price": .number(option.price), "delta": .number(option.delta),
        "gamma": .number(option.gamma), "vega": .number(option.vega),
        "theta": .number(option.theta), "rho": .number(option.rho),
        "dividend_rho": .number(option.dividendRho),
      ])
    },
    "option_greek": { inputs in
      let option = try EuropeanOption(try option(inputs))
      let value: Double
      switch try inputs.text("greek") {
      case "delta": value = option.delta
      case "gamma": value = option.gamma
      case "vega": value = option.vega
      case "theta": value = option.theta
      case "rho": value = option.rho
      case "dividend_rho": value = option.dividendRho
      case let other: throw ReferenceInputs.Missing(description: "unknown greek \(other)")
      }
      return .fields(["value": .number(value)])
    },
    "option_european_discrete_dividends": { inputs in
      let dividends = try inputs.list("dividends").map {
        DiscreteDividend(years: try $0.double("t_years"), amount: try $0.double("amount"))
      }
      let option = try EuropeanOption(try option(inputs), dividends: dividends)
      return .fields(["price": .number(option.price)])
    },
    "option_binomial": { inputs in
      guard let exercise = BinomialTree.Exercise(rawValue: try inputs.text("exercise")) else {
        throw ReferenceInputs.Missing(description: "unknown exercise")
      }
      let price = try BinomialTree.price(
        try option(inputs), steps: try inputs.integer("steps"), exercise: exercise)
      return .fields(["price": .number(price)])
    },
    "option_american": { inputs in
      let terms = try option(inputs)
      let fair = try AmericanOption(terms)
      return .fields([
        "fair_price": .number(fair.price), "delta": .number(fair.delta),
        "european_price": .number(try EuropeanOption(terms).price),
        "crr_801_price": (try? BinomialTree.price(terms, steps: 801)).map {
          ReferenceAnswer.number($0)
        } ?? .none,
        "baw_price": .number(try AmericanApproximation.baroneAdesiWhaley.price(terms)),
        "bjerksund_stensland_price": .number(
          try AmericanApproximation.bjerksundStensland.price(terms)),
        "ju_price": .number(try AmericanApproximation.juZhong.price(terms)),
      ])
    },
    "implied_vol": { inputs in
      let volatility = try ImpliedVolatility.solve(
        try option(inputs), price: try inputs.double("price"))
      return .fields(["vol": .number(volatility)])
    },
  ]

  static func option(_ inputs: ReferenceInputs) throws -> OptionTerms {
    let name = try inputs.text(inputs.has("type") ? "type" : "option_type")
    guard let kind = OptionKind(rawValue: name) else {
      throw ReferenceInputs.Missing(description: "unknown option type")
    }
    return OptionTerms(
      kind: kind, spot: try inputs.double("spot"), strike: try inputs.double("strike"),
      years: try inputs.double("t_years"), rate: try inputs.double("rate"),
      dividendYield: inputs.has("dividend_yield") ? try inputs.double("dividend_yield") : 0,
      volatility: inputs.has("vol") ? try inputs.double("vol") : 0)
  }
}
