import Calculation
import Quantities

extension Pricer {
  /// The longest term a loan is priced for, in months.
  static let longestTerm = 600

  /// A loan: the lowest rate whose conditions hold, the instalment it gives, what it costs, and
  /// whether the client can carry it.
  mutating func loan(_ listing: Listing) -> Pricing {
    let currency = listing.currency
    guard let asked = asked(in: currency) else { return missingAmount }
    guard let amount = asked.amount else { return withoutRate(currency) }
    guard let months = asked.situation.months, months <= Self.longestTerm else {
      return missing("term", "term-months", nil)
    }
    guard let standing = listing.card.best(in: asked.situation), standing.rate.isFinite,
      standing.rate > -1, standing.rate <= 10, amount.amount > 0
    else { return withoutBand(listing, asked.situation) }
    let fees = listing.card.loanFees(on: amount)
    guard fees.upFront < amount.amount else {
      return refused(
        "fees", cell: "< \(amount.amount.plainText)",
        actual: "\(fees.upFront.plainText) \(currency.code)",
        required: "below \(amount.amount.plainText) \(currency.code)")
    }
    let factor = annuities.factor(standing.rate, months)
    let instalment = (amount.amount * factor).rounded(scale: currency.minorUnits, .halfUp)
    if let refusal = unaffordable(instalment + fees.eachPayment, asked) {
      return .none(refusal)
    }
    let count = Decimal128(months)
    let charged = fees.upFront + fees.eachPayment * count
    let share = charged.isZero ? 0 : charged / amount.amount
    let ratio = (count * factor - 1 + share) * asked.yearly
    return .quote(
      Quote(
        amount: amount, months: months,
        costRatio: ratio.rounded(scale: Quote.ratioScale, .halfEven),
        basis: .loan(band: standing.band, fees: fees, instalment: instalment)))
  }

  /// That a loan cannot be carried even at the lowest of its rates, where which of them holds is not
  /// known yet; nil where it may be carried.
  mutating func unaffordableAtBest(_ listing: Listing) -> NoPrice? {
    let currency = listing.currency
    guard listing.kind.line == .loan, let asked = asked(in: currency), let amount = asked.amount,
      let months = asked.situation.months, months > 0, months <= Self.longestTerm,
      let least = listing.card.rates.map(\.rate).filter({ $0 > -1 && $0 <= 10 }).min()
    else { return nil }
    let instalment = (amount.amount * annuities.factor(least, months))
      .rounded(scale: currency.minorUnits, .halfUp)
    guard case .unaffordable(let instalment, let most) = unaffordable(instalment, asked) else {
      return nil
    }
    return .unaffordable(instalment: instalment, most: most)
  }

  private func unaffordable(_ instalment: Decimal128, _ asked: Asked) -> NoPrice? {
    guard limits != nil else { return nil }
    guard let most = asked.affordable else { return .unknownMeans }
    return instalment > most ? .unaffordable(instalment: instalment, most: most) : nil
  }
}

extension Quote {
  /// The figures that are shown, worked out by the schedule's own arithmetic.
  func loanPrice(of product: Product, band: Int, fees: LoanFees, instalment: Decimal128) -> Price {
    let rate = product.charges.rates[band]
    let cost = try? LoanCost.annuity(
      amount: amount.amount, annualRate: rate.rate, months: months, fees: fees,
      rounding: MoneyRounding(product.currency))
    let paid = instalment * Decimal128(months)
    let charged = fees.upFront + fees.eachPayment * Decimal128(months)
    let figures = LoanFigures(
      rate: rate, instalment: cost?.instalment ?? instalment,
      totalInterest: cost?.totalInterest ?? paid - amount.amount,
      fees: cost?.totalFees ?? charged,
      totalCost: cost?.totalCost ?? paid - amount.amount + charged,
      totalPayable: cost?.totalPayable ?? paid + charged,
      aprc: cost?.effectiveRate.rounded(scale: 4, .halfUp))
    return Price(
      amount: amount, months: months, figures: .loan(figures), costRatio: costRatio)
  }
}
