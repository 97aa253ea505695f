import Calculation
import Quantities

extension Pricer {
  /// A hedge, priced on the edition's market data of the day: the first level of protection that
  /// the product names, over the shortest of its tenors that reaches the need's term.
  mutating func hedge(_ product: Product, _ need: Need) -> Pricing {
    guard let terms = product.hedge else {
      return refused("hedge", required: "no terms")
    }
    guard need.amount != nil else { return missing("hedge", "portfolio-value", "the amount") }
    guard let amount = asked(in: product.currency)?.amount else {
      return withoutRate(product.currency)
    }
    let wanted = need.months ?? 6
    guard let months = terms.tenors.filter({ $0 >= wanted }).min() ?? terms.tenors.max() else {
      return refused("hedge", required: "no tenor")
    }
    guard let day = catalogue.market.day(on: client.date),
      let market = HedgeMarket(day, terms, product.currency, months: months)
    else { return missing("hedge", nil, "the market data") }
    do {
      let figures = try market.figures(product.kind, amount)
      let years = Decimal128(months) / 12
      let ratio = figures.cost / amount.amount / years
      return .quote(
        Quote(
          amount: amount, months: months,
          costRatio: ratio.rounded(scale: Quote.ratioScale, .halfEven), basis: .hedge(figures)))
    } catch {
      return refused("hedge", required: error.sentence)
    }
  }
}

/// The market that one hedge is priced on.
///
/// Options are priced in binary floating point (Black–Scholes–Merton, Garman–Kohlhagen, Black 76)
/// and each price is rounded to ``priceDigits`` before it is multiplied into money.
struct HedgeMarket {
  let terms: HedgeTerms
  let underlying: MarketUnderlying
  let months: Int
  private let rate: Double
  private let yield: Double

  /// Digits after the point of a price per unit.
  static let priceDigits = 8
  /// Halvings when the cap of a collar without cost is sought.
  private static let halvings = 60

  /// The market of a hedge; nil where the day has no data for it.
  init?(_ day: MarketDay, _ terms: HedgeTerms, _ currency: Currency, months: Int) {
    guard let underlying = day.underlying(terms.market), underlying.currency == currency,
      let rate = day.rate(currency, months: months)
    else { return nil }
    var yield = underlying.dividendYield
    if let base = underlying.pricedCurrency {
      guard let foreign = day.rate(base, months: months) else { return nil }
      yield = foreign
    }
    self.terms = terms
    self.underlying = underlying
    self.months = months
    self.rate = rate.doubleValue
    self.yield = yield.doubleValue
  }

  private var years: Double { Double(months) / 12 }
  private var level: Decimal128 { underlying.level }

  /// What a hedge of a kind on an amount costs and protects.
  func figures(_ kind: ProductKind, _ amount: Money) throws(CalculationError) -> HedgeFigures {
    let floor = terms.floors.first ?? 100
    switch kind {
    case .fxForward: return forward(amount)
    case .interestRateCap: return try cap(amount, strike: floor)
    case .collar, .fxCollar:
      let put = try option(.put, percent: floor)
      let given = terms.caps.first
      let capPercent = if let given { given } else { try freeCap(against: put) }
      let call = try option(.call, percent: capPercent)
      return optionFigures(
        amount, floor, premium: put - call, capPercent: capPercent,
        residual: .capped)
    case .putSpread:
      let lower = terms.lowerFloor ?? 0
      let sold = lower > 0 ? try option(.put, percent: lower) : 0
      return optionFigures(
        amount, floor, keptPercent: floor - lower,
        premium: try option(.put, percent: floor) - sold, capPercent: nil,
        residual: .below(percent: lower.plainText))
    default:
      return optionFigures(
        amount, floor, premium: try option(.put, percent: floor), capPercent: nil,
        residual: .basis(market: underlying.title))
    }
  }

  /// The price of an option for one unit, at a strike in per cent of today's level.
  private func option(
    _ kind: OptionKind, percent: Decimal128
  ) throws(CalculationError) -> Decimal128 {
    guard let volatility = underlying.volatility(months: months, strikePercent: percent) else {
      throw CalculationError(
        .noSolution, "volatility", "There is no volatility for \(underlying.name).")
    }
    let margin = kind == .put ? terms.volatilityMargin : -terms.volatilityMargin
    let price = try EuropeanOption(
      OptionTerms(
        kind: kind, spot: level.doubleValue, strike: (level * percent / 100).doubleValue,
        years: years, rate: rate, dividendYield: yield,
        volatility: max(0.01, (volatility + margin).doubleValue))
    ).price
    return Decimal128(price).rounded(scale: Self.priceDigits, .halfEven)
  }

  /// The cap, in per cent, whose call pays for a put; it lies between today's level and three
  /// times it.
  private func freeCap(against put: Decimal128) throws(CalculationError) -> Decimal128 {
    var low: Decimal128 = 100
    var high: Decimal128 = 300
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      if try option(.call, percent: middle) > put { low = middle } else { high = middle }
    }
    return ((low + high) / 2).rounded(scale: 2, .floor)
  }

  /// - Parameter keptPercent: what is left at worst, before the cost; the floor where none is given.
  private func optionFigures(
    _ amount: Money, _ floorPercent: Decimal128, keptPercent: Decimal128? = nil,
    premium: Decimal128, capPercent: Decimal128?, residual: ResidualRisk
  ) -> HedgeFigures {
    let unit = level * terms.multiplier
    let exact = amount.amount / unit
    let contracts = exact.rounded(scale: 0, .ceiling)
    let cost = money(
      premium * terms.multiplier * contracts + terms.dealingCost * amount.amount, amount)
    return HedgeFigures(
      market: underlying.name, contracts: contracts.integerValue ?? 0,
      strike: (level * floorPercent / 100).rounded(scale: 4, .halfEven),
      capStrike: capPercent.map { (level * $0 / 100).rounded(scale: 4, .halfEven) },
      cost: cost, costPercent: percent(cost, of: amount),
      floor: money(amount.amount * (keptPercent ?? floorPercent) / 100 - cost, amount),
      breakEven: (level * (1 + cost / amount.amount)).rounded(scale: 4, .halfEven),
      residualRisk: residual)
  }

  /// A forward: the rate agreed today by covered interest parity, against which the market rate at
  /// the end no longer matters.
  private func forward(_ amount: Money) -> HedgeFigures {
    let growth = Decimal128(rate - yield) * Decimal128(months) / 12
    let agreed = (level * growth.exponential()).rounded(scale: 6, .halfEven)
    let cost = money(terms.dealingCost * amount.amount, amount)
    return HedgeFigures(
      market: underlying.name, contracts: 1, strike: agreed, capStrike: nil, cost: cost,
      costPercent: percent(cost, of: amount),
      floor: money(amount.amount * agreed / level - cost, amount), breakEven: agreed,
      residualRisk: .fixedRate)
  }

  /// A cap: quarterly caplets by Black 76 on the level of today, without the first quarter, whose
  /// interest is known.
  private func cap(_ amount: Money, strike: Decimal128) throws(CalculationError) -> HedgeFigures {
    guard let volatility = underlying.volatility(months: months, strikePercent: 100) else {
      throw CalculationError(
        .noSolution, "volatility", "There is no volatility for \(underlying.name).")
    }
    var sum: Decimal128 = 0
    for quarter in 1..<max(2, months / 3) {
      let price = try EuropeanOption(
        OptionTerms(
          kind: .call, spot: level.doubleValue, strike: strike.doubleValue,
          years: Double(quarter) / 4, rate: rate, dividendYield: rate,
          volatility: (volatility + terms.volatilityMargin).doubleValue)
      ).price
      sum += Decimal128(price).rounded(scale: Self.priceDigits, .halfEven)
    }
    let premium = sum / 100 / 4 * amount.amount
    let cost = money(premium + terms.dealingCost * amount.amount, amount)
    return HedgeFigures(
      market: underlying.name, contracts: 1, strike: strike, capStrike: nil, cost: cost,
      costPercent: percent(cost, of: amount), floor: amount.amount, breakEven: strike,
      residualRisk: .firstQuarter)
  }

  private func money(_ value: Decimal128, _ amount: Money) -> Decimal128 {
    Money(value, amount.currency).rounded(.halfUp).amount
  }

  private func percent(_ cost: Decimal128, of amount: Money) -> Decimal128 {
    (cost * 100 / amount.amount).rounded(scale: 4, .halfEven)
  }
}
