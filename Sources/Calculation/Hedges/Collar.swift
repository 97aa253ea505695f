/// A holding with a put bought and a call sold on each unit: the put's floor is paid for, in part
/// or in full, by giving up gains above the call's strike.
public struct Collar: Sendable, Hashable {
  /// The put bought.
  public let put: OptionTerms

  /// The price of one put.
  public let putPrice: Double

  /// The strike of the call sold.
  public let callStrike: Double

  /// The price of one call.
  public let callPrice: Double

  /// What one collar costs; negative is received.
  public var cost: Double { putPrice - callPrice }

  /// The asset's price at which nothing is lost or won.
  public var breakEven: Double { put.spot + cost }

  /// The most that one unit can lose.
  public var maximumLoss: Double { put.spot - put.strike + cost }

  /// The most that one unit can gain.
  public var maximumGain: Double { callStrike - put.spot - cost }

  /// A collar with both strikes given.
  public init(put: OptionTerms, callStrike: Double) throws(CalculationError) {
    try CalculationError.unless(
      put.kind == .put, .unsupported, "type", "A collar needs a put for its floor.")
    try CalculationError.unless(
      callStrike >= put.strike, .order, "callStrike",
      "The call's strike must not be below the put's.")
    self.put = put
    putPrice = try EuropeanOption(put).price
    self.callStrike = callStrike
    callPrice = try EuropeanOption(Collar.call(put, strike: callStrike)).price
  }

  /// A collar whose call brings in so much that one costs a given amount; zero is the zero-cost
  /// collar.
  ///
  /// - Throws: `cost: noSolution` when no call's strike pays for the put.
  public init(put: OptionTerms, cost: Double = 0) throws(CalculationError) {
    try CalculationError.unless(
      put.kind == .put, .unsupported, "type", "A collar needs a put for its floor.")
    let price = try EuropeanOption(put).price
    let income = price - cost
    let most = try EuropeanOption(Collar.call(put, strike: put.strike)).price
    try CalculationError.unless(
      income > 0 && income <= most && put.volatility > 0 && put.years > 0, .noSolution, "cost",
      "No call above the put's strike brings in this much.")
    // In the logarithm of the strike the call's price falls smoothly from `most` to nothing.
    let root = RootFinder.root(near: 0.1, in: 0...30, reach: 0.05) { logarithm in
      let strike = put.strike * Elementary.exponential(logarithm)
      let call = EuropeanOption(checked: Collar.call(put, strike: strike))
      // ∂C/∂K = −e^(−rT)·Φ(d₂) = −ρ/(T·K).
      return (call.price - income, -call.rho / put.years)
    }
    guard let root else {
      throw CalculationError(
        .noSolution, "cost", "No call above the put's strike brings in this much.")
    }
    try self.init(put: put, callStrike: put.strike * Elementary.exponential(root))
  }

  private static func call(_ put: OptionTerms, strike: Double) -> OptionTerms {
    var call = put
    call.kind = .call
    call.strike = strike
    return call
  }

  /// What units held are worth when the asset has changed by these parts.
  public func payoffs(
    units: Double, changes: [Double] = PayoffRow.usualChanges
  ) throws(CalculationError) -> [PayoffRow] {
    try PayoffRow.table(units: units, spot: put.spot, changes: changes) { spot in
      min(max(spot, put.strike), callStrike) - cost
    }
  }

  /// What the holder must know before selling the call.
  public static let obligation =
    "Selling the call obliges you to give up gains above its strike, or to deliver at it."
}

/// A holding with a put bought and one of a lower strike sold: protection over a stretch of prices
/// for less than a whole put.
public struct PutSpread: Sendable, Hashable {
  /// The put bought.
  public let bought: OptionTerms

  /// The strike of the put sold.
  public let soldStrike: Double

  /// What one spread costs.
  public let cost: Double

  /// The most that one spread pays.
  public var maximumProtection: Double { bought.strike - soldStrike }

  /// A spread with both strikes given.
  public init(bought: OptionTerms, soldStrike: Double) throws(CalculationError) {
    try CalculationError.unless(
      bought.kind == .put, .unsupported, "type", "A put spread needs puts.")
    try CalculationError.unless(
      soldStrike > 0 && soldStrike < bought.strike, .order, "soldStrike",
      "The put sold must have the lower strike.")
    var sold = bought
    sold.strike = soldStrike
    self.bought = bought
    self.soldStrike = soldStrike
    cost = try EuropeanOption(bought).price - EuropeanOption(sold).price
  }
}

extension PutSpread {
  /// What the holder must know of the put sold.
  public static let obligation =
    "Selling the lower put ends the protection: below its strike the loss grows again."

  /// What is left at expiry at several prices.
  ///
  /// - Parameter changes: of the asset's price, −0.3 = 30 % down.
  public func payoffs(
    units: Double, changes: [Double] = PayoffRow.usualChanges
  ) throws(CalculationError) -> [PayoffRow] {
    try PayoffRow.table(units: units, spot: bought.spot, changes: changes) { spot in
      spot + max(bought.strike - spot, 0) - max(soldStrike - spot, 0) - cost
    }
  }
}
