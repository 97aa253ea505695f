import Calculation
import Quantities

extension Pricer {
  /// The longest term a loan is priced for, in months.
  static let longestTerm = 600

  /// A loan: the lowest rate whose conditions hold, the instalment it gives, what it costs, and
  /// whether the client can carry it.
  mutating func loan(_ product: Product, _ need: Need) -> Pricing {
    guard need.amount != nil else { return missing("amount", "amount", nil) }
    guard let amount = amount(need, in: product.currency) else {
      return withoutRate(need, product.currency)
    }
    guard let months = need.months, months <= Self.longestTerm else {
      return missing("term", "term-months", nil)
    }
    let situation = RateSituation(
      amount: amount.amount, months: months, loanToValue: need.loanToValue,
      repayment: .principalAndInterest,
      occupancy: need.purpose == .investmentProperty ? .investment : .ownerOccupied)
    guard let band = product.charges.lowestRate(in: situation) else {
      return withoutBand(product, situation)
    }
    let rate = product.charges.rates[band].rate
    guard rate.isFinite, rate > -1, rate <= 10, amount.amount > 0 else {
      return withoutBand(product, situation)
    }
    let fees = product.loanFees(on: amount, months: months)
    guard fees.upFront < amount.amount else {
      return .refused(
        Reason(
          tier: .eligibility, code: "fees", state: .failed,
          actual: "\(fees.upFront.plainText) \(product.currency.code)", source: .catalogue))
    }
    let factor = annuityFactor(rate, months)
    let instalment = Money(amount.amount * factor, product.currency)
      .rounded(.halfUp).amount
    if let refusal = unaffordable(instalment + fees.eachPayment, product.currency) {
      return refusal
    }
    let count = Decimal128(months)
    let charged = fees.upFront + fees.eachPayment * count
    let ratio = (count * factor - 1 + charged / amount.amount) * 12 / count
    return .quote(
      Quote(
        amount: amount, months: months,
        costRatio: ratio.rounded(scale: Quote.ratioScale, .halfEven),
        basis: .loan(band: band, fees: fees, instalment: instalment)))
  }

  private mutating func unaffordable(
    _ instalment: Decimal128, _ currency: Currency
  ) -> Pricing? {
    guard limits != nil else { return nil }
    let rule = "affordability.dmn#maximum-instalment"
    guard let most = affordable(in: currency) else {
      return .unknown(
        Reason(
          tier: .suitability, code: "affordability", state: .unknown, rule: rule,
          question: "monthly-income"))
    }
    guard instalment > most else { return nil }
    return .refused(
      Reason(
        tier: .suitability, code: "affordability", state: .failed, rule: rule,
        actual: "\(instalment.plainText) \(currency.code)",
        required: "\(most.plainText) \(currency.code)", source: client.income?.source))
  }
}

extension Product {
  /// The fees that every borrower pays: at the start, and the periodic ones spread over the
  /// monthly payments so that none is left out.
  func loanFees(on amount: Money, months: Int) -> LoanFees {
    var fees = LoanFees()
    for fee in charges.fees where fee.isPartOfPrice {
      guard fee.currency.map({ $0 == currency }) ?? true,
        let charge = fee.charge(on: amount.amount), charge > 0
      else { continue }
      switch fee.occasion {
      case .upfront: fees.upFront += charge
      case .periodic: fees.eachPayment += charge / Decimal128(max(1, fee.everyMonths ?? 1))
      default: break
      }
    }
    let units = currency.minorUnits
    fees.upFront = fees.upFront.rounded(scale: units, .halfUp)
    fees.eachPayment = fees.eachPayment.rounded(scale: units, .up)
    return fees
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
