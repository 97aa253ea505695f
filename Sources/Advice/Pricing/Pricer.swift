import Calculation
import Quantities

/// Prices products for one client's needs by the calculators that preview, offer and contract all
/// use.
///
/// It belongs to one consultation, and remembers what products share.
struct Pricer {
  let catalogue: Catalogue
  let client: ClientInputs
  /// What suits the client; nil for a visitor, to whom affordability is not held.
  let limits: SuitabilityLimits?
  private var factors: [AnnuityKey: Decimal128] = [:]
  private var amounts: [AmountKey: Money?] = [:]
  private var instalments: [Currency: Decimal128?] = [:]

  private struct AnnuityKey: Hashable {
    let rate: Decimal128
    let months: Int
  }

  private struct AmountKey: Hashable {
    let amount: Money
    let currency: Currency
  }

  init(catalogue: Catalogue, client: ClientInputs, limits: SuitabilityLimits?) {
    self.catalogue = catalogue
    self.client = client
    self.limits = limits
  }

  /// What a product costs for a need, or why that cannot be told.
  mutating func quote(_ product: Product, for need: Need) -> Pricing {
    switch product.line {
    case .loan: loan(product, need)
    case .deposit: deposit(product, need)
    case .insurance: insurance(product, need)
    case .hedge: hedge(product, need)
    }
  }

  /// The need's amount in the product's currency, rounded to its minor unit.
  mutating func amount(_ need: Need, in currency: Currency) -> Money? {
    guard let amount = need.amount else { return nil }
    let key = AmountKey(amount: amount, currency: currency)
    if let known = amounts[key] { return known }
    let money = catalogue.exchangeRates.convert(amount, to: currency, on: client.date)?.rounded(
      .halfUp)
    amounts[key] = money
    return money
  }

  func missing(_ code: String, _ question: String?, _ required: String?) -> Pricing {
    .unknown(
      Reason(
        tier: .eligibility, code: code, state: .unknown, required: required,
        source: .request, question: question))
  }

  func withoutRate(_ need: Need, _ currency: Currency) -> Pricing {
    .unknown(
      Reason(
        tier: .eligibility, code: "exchangeRate", state: .unknown,
        actual: need.amount?.currency.code, required: currency.code, source: .catalogue))
  }

  /// Why no rate of a product holds: one is missing an input, or none is for these terms.
  func withoutBand(_ product: Product, _ situation: RateSituation) -> Pricing {
    let units = product.charges.unknownUnits(in: situation)
    guard units.isEmpty else {
      let question = units.contains(.loanToValue) ? "security-value" : "amount"
      return missing("rate", question, units.map(\.rawValue).joined(separator: ", "))
    }
    return .refused(
      Reason(tier: .eligibility, code: "rate", state: .failed, source: .catalogue))
  }

  /// The part of an annuity's amount that each of n payments is: i / (1 - (1 + i)^-n), with i a
  /// twelfth of the yearly rate; 1/n where there is no interest.
  mutating func annuityFactor(_ rate: Decimal128, _ months: Int) -> Decimal128 {
    let key = AnnuityKey(rate: rate, months: months)
    if let known = factors[key] { return known }
    let i = rate / 12
    let factor = i.isZero ? 1 / Decimal128(months) : i / (1 - (1 + i).power(-months))
    factors[key] = factor
    return factor
  }

  /// The highest further instalment of the client in a currency.
  mutating func affordable(in currency: Currency) -> Decimal128? {
    if let known = instalments[currency] { return known }
    let most = limits?.maximumInstalment(in: currency)
    instalments[currency] = most
    return most
  }
}
