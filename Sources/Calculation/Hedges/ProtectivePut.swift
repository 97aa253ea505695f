public import Quantities

/// What a hedge costs.
public struct HedgeCost: Sendable, Hashable {
  /// The premium in money, not rounded; negative is received.
  public let premium: Decimal128

  /// The premium in per cent of the value hedged.
  public let percent: Decimal128

  /// The same for a year.
  public let percentPerYear: Decimal128

  init(premium: Decimal128, value: Decimal128, years: Decimal128) {
    self.premium = premium
    percent = premium / value * 100
    percentPerYear = years.isZero ? percent : percent / years
  }

  /// The premium rounded to the currency's minor units, half up.
  public func premium(_ rounding: MoneyRounding) -> Decimal128 { rounding.rounded(premium) }
}

/// What a hedged position is worth when the asset ends at a price.
public struct PayoffRow: Sendable, Hashable {
  /// The asset's price at expiry.
  public let spot: Double

  /// The position without the hedge.
  public let unhedged: Double

  /// The position with the hedge, its premium paid.
  public let hedged: Double

  /// The gain or loss against today's value, with the hedge.
  public let profit: Double

  /// The changes of the asset that a pay-off table shows unless others are asked for.
  public static let usualChanges = [-0.3, -0.15, 0, 0.15]

  /// The table of a hedged holding.
  ///
  /// - Parameters:
  ///   - changes: of the asset's price, −0.3 = 30 % down.
  ///   - hedged: what one unit is worth with its hedge at a price of the asset.
  static func table(
    units: Double, spot today: Double, changes: [Double], _ hedged: (Double) -> Double
  ) throws(CalculationError) -> [PayoffRow] {
    try CalculationLimits.check(units, in: 0...1e15, "units")
    try CalculationLimits.check(changes, atMost: CalculationLimits.scenarios, "changes")
    var rows: [PayoffRow] = []
    for change in changes {
      try CalculationLimits.check(change, in: -1...100, "changes")
      let spot = today * (1 + change)
      let value = units * hedged(spot)
      rows.append(
        PayoffRow(
          spot: spot, unhedged: units * spot, hedged: value, profit: value - units * today))
    }
    return rows
  }
}

/// A holding protected by a put on each of its units, premium paid today without interest.
public struct ProtectivePut: Sendable, Hashable {
  /// The put.
  public let put: OptionTerms

  /// The units held.
  public let units: Double

  /// The price of one put.
  public let price: Double

  /// The premium of all puts.
  public var premium: Double { units * price }

  /// The most that can be lost against today's value.
  public var maximumLoss: Double { units * (put.spot - put.strike + price) }

  /// The asset's price at which nothing is lost or won.
  public var breakEven: Double { put.spot + price }

  /// A holding of so many units and the put on each.
  ///
  /// - Parameter price: the market's price of the put; the model's when nil.
  public init(put: OptionTerms, units: Double, price: Double? = nil) throws(CalculationError) {
    try CalculationError.unless(
      put.kind == .put, .unsupported, "type", "A protective put needs a put.")
    try CalculationLimits.check(units, in: 0...1e15, "units")
    let model = try EuropeanOption(put).price
    if let price { try CalculationLimits.check(price, in: 0...1e15, "price") }
    self.put = put
    self.units = units
    self.price = price ?? model
  }

  /// What the holding is worth when the asset has changed by these parts.
  public func payoffs(
    changes: [Double] = PayoffRow.usualChanges
  ) throws(CalculationError) -> [PayoffRow] {
    try PayoffRow.table(units: units, spot: put.spot, changes: changes) { spot in
      max(spot, put.strike) - price
    }
  }

  /// The risks that options on the holding itself leave.
  static let residualRisk = [
    "The protection ends with the options: from their expiry on the holding may fall without end.",
    "Before expiry the options' price moves with volatility: they may bring less than they cost.",
    "Who sold the options may fail to pay.",
  ]
}

/// A portfolio insured by index puts so that it ends at a floor or above, as far as it moves with
/// its index.
public struct PortfolioInsurance: Sendable, Hashable {
  /// The puts bought.
  public let contracts: ContractCount

  /// Their strike.
  public let strike: Decimal128

  /// The price of one put on one unit of the index.
  public let putPrice: Decimal128

  /// What the puts cost.
  public let cost: HedgeCost

  /// The value in money by which the puts move against the index: contracts × multiplier × delta ×
  /// index.
  public let deltaValue: Decimal128

  /// Insurance of a portfolio.
  ///
  /// - Parameters:
  ///   - exposure: the portfolio and its index.
  ///   - floor: the part of today's value that must be left.
  ///   - volatility: the index's, a year.
  ///   - days: to expiry, over 365.
  public init(
    _ exposure: IndexExposure, floor: Decimal128, volatility: Decimal128, days: Int,
    rounding rule: Rounding = .ceiling
  ) throws(CalculationError) {
    try CalculationLimits.check(days, in: 1...36_500, "days")
    let years = Decimal128(days) / 365
    strike = try exposure.strike(floor: floor, years: years)
    contracts = try exposure.contracts(rounding: rule)
    let put = try EuropeanOption(
      OptionTerms(
        kind: .put, spot: exposure.index.doubleValue, strike: strike.doubleValue,
        years: years.doubleValue, rate: exposure.rate.doubleValue,
        dividendYield: exposure.indexDividendYield.doubleValue,
        volatility: volatility.doubleValue))
    putPrice = Decimal128(put.price)
    let units = Decimal128(contracts.whole) * exposure.multiplier
    cost = HedgeCost(premium: units * putPrice, value: exposure.value, years: years)
    deltaValue = units * Decimal128(put.delta) * exposure.index
  }

  /// What the hedge does not cover, in words.
  public static let residualRisk = [
    "The portfolio may not move with its index: the hedge covers the index, not the holdings.",
    "Beta, volatility and dividends are estimates and change.",
    "Whole contracts cover a little more or less than the portfolio.",
  ]
}
