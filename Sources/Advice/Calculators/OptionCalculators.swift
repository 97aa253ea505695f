import Calculation
import Quantities

extension Calculators {
  /// Options: prices, sensitivities, implied volatility.
  static let options: [Calculator] = [
    europeanOption, impliedVolatility, americanOption, binomialTree,
  ]

  private static let exampleOption =
    #"{"type":"put","spot":"100","strike":"95","years":"0.5","rate":"0.03","volatility":"0.2""#

  private static let europeanOption = Calculator(
    "european option", "option/european", "Price and sensitivities by Black, Scholes and Merton",
    source: "Merton (1973); Hull, Options, Futures and Other Derivatives, chapters 15 to 19",
    example: exampleOption + "}"
  ) { inputs in
    let terms = inputs.optionTerms()
    let dividends = inputs.dividends()
    guard let terms, let dividends else { return nil }
    let option = try EuropeanOption(terms, dividends: dividends)
    return [
      .binary("price", option.price, "The price of one option."),
      .binary("delta", option.delta, "The change with the asset's price."),
      .binary("gamma", option.gamma, "The change of delta with the asset's price."),
      .binary("vega", option.vega, "The change with the volatility, for 1.00."),
      .binary("theta", option.theta, "The change with time, for a year."),
      .binary("rho", option.rho, "The change with the rate, for 1.00."),
      .binary("dividendRho", option.dividendRho, "The change with the yield, for 1.00."),
    ]
  }

  private static let impliedVolatility = Calculator(
    "implied volatility", "option/implied-volatility",
    "The volatility at which a European option has a price",
    source: "P. Jäckel, By Implication (2006)",
    example: #"{"type":"put","spot":"100","strike":"95","years":"0.5","rate":"0.03","price":"2.5"}"#
  ) { inputs in
    let terms = inputs.optionTerms(withVolatility: false)
    let price = inputs.decimal("price", "The price of one option.", in: CalculatorRanges.amounts)
    guard let terms, let price else { return nil }
    let volatility = try ImpliedVolatility.solve(terms, price: price.doubleValue)
    return [.binary("volatility", volatility, "The volatility a year.")]
  }

  private static let americanOption = Calculator(
    "american option", "option/american", "An American option's fair price, and by named methods",
    source: "Andersen, Lake and Offengenden (2016); Barone-Adesi and Whaley (1987); Bjerksund and "
      + "Stensland (1993); Ju and Zhong (1999); Cox, Ross and Rubinstein (1979)",
    example: exampleOption + "}"
  ) { inputs in
    let terms = inputs.optionTerms()
    let withTree = inputs.boolean(
      "tree", "Whether the tree of 801 steps is walked too; false.", or: false)
    let dividends = inputs.dividends()
    guard let terms, let dividends else { return nil }
    let fair = try AmericanOption(terms, dividends: dividends)
    let named = dividends.isEmpty ? terms : nil
    func price(_ method: AmericanApproximation) throws -> Double? {
      try named.map { try method.price($0) }
    }
    let tree = withTree ? named.flatMap { try? BinomialTree.price($0, steps: 801) } : nil
    return [
      .binary("price", fair.price, "The fair price of one option."),
      .binary("errorEstimate", fair.errorEstimate, "About how far it may be from the exact one."),
      .text("method", fair.method.rawValue, "How it was found."),
      .binary("delta", fair.delta, "The change with the asset's price."),
      .binary("exercisedAt", fair.exercisedAt, "The asset price at which it is exercised today."),
      .binary(
        "europeanPrice", try EuropeanOption(terms, dividends: dividends).price,
        "The European price."),
      .binary(
        "baroneAdesiWhaley", try price(.baroneAdesiWhaley),
        "The price by Barone-Adesi and Whaley; like the others by name without known dividends."),
      .binary(
        "bjerksundStensland", try price(.bjerksundStensland),
        "The price by Bjerksund and Stensland, 1993."),
      .binary("juZhong", try price(.juZhong), "The price by Ju and Zhong."),
      .binary(
        "tree801", tree,
        "The price by a tree of 801 steps; where `tree` asks for it and it is fine enough."),
    ]
  }

  private static let binomialTree = Calculator(
    "binomial tree", "option/binomial", "The price by the tree of Cox, Ross and Rubinstein",
    source: "Cox, Ross and Rubinstein (1979)",
    example: exampleOption + #","steps":200,"exercise":"american"}"#
  ) { inputs in
    let terms = inputs.optionTerms()
    let steps = inputs.integer("steps", "The steps.", in: 1...CalculationLimits.treeSteps)
    let exercise = inputs.choice(
      "exercise", "When the holder may exercise; american.", or: BinomialTree.Exercise.american)
    guard let terms, let steps else { return nil }
    let price = try BinomialTree.price(terms, steps: steps, exercise: exercise)
    return [.binary("price", price, "The price of one option.")]
  }
}

extension CalculatorInputs {
  /// The dividends of known amounts that an option's asset pays.
  fileprivate func dividends() -> [DiscreteDividend]? {
    objects(
      "dividends", "Known dividends, in place of a yield.", max: CalculationLimits.entries,
      isRequired: false
    ) { inputs in
      let years = inputs.decimal("years", "Years until it is paid.", in: 0...100)
      let amount = inputs.decimal("amount", "For one asset.", in: CalculatorRanges.amounts)
      guard let years, let amount else { return nil }
      return DiscreteDividend(years: years.doubleValue, amount: amount.doubleValue)
    }
  }

  /// An option and its market.
  func optionTerms(withVolatility: Bool = true) -> OptionTerms? {
    guard let kind = choice("type", "To buy or to sell.", OptionKind.self) else {
      _ = market(.put, strike: "strike", withVolatility)
      return nil
    }
    return market(kind, strike: "strike", withVolatility)
  }

  /// An option of a kind that the calculator knows already.
  func market(_ kind: OptionKind, strike name: String, _ withVolatility: Bool = true)
    -> OptionTerms?
  {
    let spot = decimal("spot", "The asset's price.", in: CalculatorRanges.positiveBinary)
    let strike = decimal(name, "The price agreed.", in: CalculatorRanges.positiveBinary)
    let years = decimal("years", "Years to expiry.", in: 0...100)
    let rate = decimal("rate", "The continuous rate a year without risk.", in: -1...5)
    let yield = optionalDecimal(
      "dividendYield", "The continuous dividend yield a year; 0.", in: -1...5)
    let volatility =
      withVolatility ? decimal("volatility", "The volatility a year.", in: 0...10) : 0
    guard let spot, let strike, let years, let rate, let volatility else { return nil }
    return OptionTerms(
      kind: kind, spot: spot.doubleValue, strike: strike.doubleValue, years: years.doubleValue,
      rate: rate.doubleValue, dividendYield: (yield ?? 0).doubleValue,
      volatility: volatility.doubleValue)
  }
}

extension CalculatorRanges {
  /// Prices of assets, which options are priced from in binary.
  static let positiveBinary =
    Decimal128(isNegative: false, coefficient: 1, exponent: -9)...greatest
}
