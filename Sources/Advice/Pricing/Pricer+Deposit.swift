import Quantities

extension Pricer {
  /// A deposit: the highest rate whose conditions hold and what it earns over the term.
  ///
  /// A term deposit earns simple interest at its end; an account on which interest is posted every
  /// so many months earns interest on interest at each whole posting. A rate that holds for the
  /// first months only is followed by the best one that lasts, and is chosen where both together
  /// earn more than that one alone.
  mutating func deposit(_ listing: Listing) -> Pricing {
    let amount: Money
    let months: Int
    let standing: RateCard.Standing
    switch depositStanding(listing) {
    case .refused(let why): return why
    case .found(let found): (amount, months, standing) = found
    }
    let situation = RateSituation(amount: amount.amount, months: months)
    let fees = listing.card.depositFees(on: amount, months: months)
    var plan = DepositPlan(band: standing.band)
    if let stays = standing.months, stays < months {
      let lasting = listing.card.bestLasting(in: situation)
      plan.following = DepositPlan.Following(after: stays, band: lasting?.band)
      if let lasting {
        let alone = DepositPlan(band: lasting.band)
        let (first, second) = (
          listing.product.interest(on: amount.amount, plan, months: months),
          listing.product.interest(on: amount.amount, alone, months: months)
        )
        if second >= first { plan = alone }
      }
    }
    let interest = listing.product.interest(on: amount.amount, plan, months: months)
    let ratio = (interest - fees) * 12 / (amount.amount * Decimal128(months))
    return .quote(
      Quote(
        amount: amount, months: months,
        costRatio: ratio.rounded(scale: Quote.ratioScale, .halfEven),
        basis: .deposit(plan, fees: fees)))
  }
}

extension Pricer {
  /// The amount, the term and the highest rate whose conditions hold.
  mutating func depositStanding(_ listing: Listing) -> DepositStanding {
    guard let asked = asked(in: listing.currency) else { return .refused(missingAmount) }
    guard let amount = asked.amount else { return .refused(withoutRate(listing.currency)) }
    guard let months = asked.situation.months else {
      return .refused(missing("term", "term-months", nil))
    }
    let situation = RateSituation(amount: amount.amount, months: months)
    guard let standing = listing.card.best(in: situation), standing.rate.isFinite,
      amount.amount > 0
    else { return .refused(withoutBand(listing, situation)) }
    return .found((amount, months, standing))
  }
}

/// On what terms a deposit is priced, or why it is not.
enum DepositStanding {
  case found((amount: Money, months: Int, standing: RateCard.Standing))
  case refused(Pricing)
}

/// Which rates a deposit earns one after the other.
struct DepositPlan: Sendable {
  /// The rate that ends, and the one that follows it; nothing is counted on where none is known.
  struct Following: Sendable {
    let after: Int
    let band: Int?
  }

  /// The place of the first rate among the product's.
  let band: Int
  var following: Following?
}

extension Product {
  /// The interest on an amount over so many months, before rounding.
  func interest(on amount: Decimal128, _ plan: DepositPlan, months: Int) -> Decimal128 {
    guard let following = plan.following else {
      return interest(on: amount, band: plan.band, months: months)
    }
    let first = interest(on: amount, band: plan.band, months: following.after)
    guard let band = following.band else { return first }
    // Interest that is posted earns interest; what is paid at the end does not.
    let carried = charges.rates[plan.band].paymentMonths == nil ? amount : amount + first
    return first + interest(on: carried, band: band, months: months - following.after)
  }

  private func interest(on amount: Decimal128, band: Int, months: Int) -> Decimal128 {
    let yearly = effectiveRate(on: amount, band: band)
    guard kind != .termDeposit, let every = charges.rates[band].paymentMonths, every > 0,
      every < months
    else { return amount * yearly * Decimal128(months) / 12 }
    let (periods, rest) = months.quotientAndRemainder(dividingBy: every)
    let growth = (1 + yearly * Decimal128(every) / 12).power(periods)
    return amount * (growth * (1 + yearly * Decimal128(rest) / 12) - 1)
  }

  /// The rate on the whole amount: that of the band, or, where each rate is for its own bracket
  /// only, the mean of the brackets weighted by what lies in each.
  ///
  /// What lies below the lowest bracket earns that bracket's rate: a floor without a rate below it
  /// says from which amount on the deposit may be made.
  fileprivate func effectiveRate(on amount: Decimal128, band: Int) -> Decimal128 {
    // Read member by member: a whole rate with its texts costs more to copy than to compare.
    let rates = charges.rates
    guard rates[band].application == .perTier, amount > 0 else { return rates[band].rate }
    let brackets = rates.indices.filter { Self.isBracket($0, beside: band, in: rates) }
    var earned: Decimal128 = 0
    var reached: Decimal128 = 0
    while reached < amount {
      var top = amount
      var rate = rates[band].rate
      for other in brackets {
        for condition in rates[other].conditions where condition.unit == .amount {
          guard let end = condition.bounds.maximum, end > reached, end < top else { continue }
          top = end
          rate = rates[other].rate
        }
      }
      earned += (top - reached) * rate
      reached = top
    }
    return earned / amount
  }

  /// Whether a rate is for another bracket of the same amount: everything but the amounts is equal.
  private static func isBracket(_ place: Int, beside other: Int, in rates: [RateBand]) -> Bool {
    guard rates[place].application == .perTier, rates[place].type == rates[other].type,
      rates[place].fixedMonths == rates[other].fixedMonths,
      rates[place].paymentMonths == rates[other].paymentMonths
    else { return false }
    return rates[place].conditions.lazy.filter { $0.unit != .amount }
      .elementsEqual(rates[other].conditions.lazy.filter { $0.unit != .amount })
  }
}

extension Quote {
  /// The figures that are shown: interest rounded half up once, as it is posted.
  func depositPrice(of product: Product, _ plan: DepositPlan, fees: Decimal128) -> Price {
    let interest = Money(
      product.interest(on: amount.amount, plan, months: months), product.currency
    ).rounded(.halfUp).amount
    let net = interest - fees
    let growth = 1 + net / amount.amount
    let yield =
      growth > 0 ? growth.power(12 / Decimal128(months)) - 1 : Decimal128(-1)
    let rate = product.charges.rates[plan.band]
    let mean = product.effectiveRate(on: amount.amount, band: plan.band)
    let figures = DepositFigures(
      rate: rate, meanRate: mean == rate.rate ? nil : mean, rateMonths: plan.following?.after,
      interest: interest, fees: fees,
      maturityValue: amount.amount + net, effectiveYield: yield.rounded(scale: 6, .halfUp))
    return Price(
      amount: amount, months: months, figures: .deposit(figures), costRatio: costRatio)
  }
}
