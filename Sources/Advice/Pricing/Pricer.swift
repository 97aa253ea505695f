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
  let annuities: AnnuityFactors
  private var need: Need?
  /// The number of the need turned to.
  private var number: Int?
  private var asked: Asked?

  /// A need in one currency: what the rates of its products are looked up with.
  struct Asked {
    let currency: Currency
    /// Rounded to the minor unit; nil where no exchange rate leads to the currency.
    let amount: Money?
    let situation: RateSituation
    /// Twelve months over those of the need: what brings a cost over the term to a year's.
    let yearly: Decimal128
    /// The highest further instalment of the client; nil where it is not known.
    let affordable: Decimal128?
  }

  init(
    catalogue: Catalogue, client: ClientInputs, limits: SuitabilityLimits?,
    annuities: AnnuityFactors
  ) {
    self.catalogue = catalogue
    self.client = client
    self.limits = limits
    self.annuities = annuities
  }

  /// Turns to a need: what is quoted from now on is for it.
  ///
  /// - Parameter number: its place among the needs of the consultation.
  mutating func turn(to number: Int, of needs: [Need]) {
    guard number != self.number else { return }
    self.number = number
    need = needs[number]
    asked = nil
  }

  /// What a product costs for the need, or why that cannot be told.
  mutating func quote(_ listing: Listing) -> Pricing {
    switch listing.kind.line {
    case .loan: return loan(listing)
    case .deposit: return deposit(listing)
    case .insurance, .hedge:
      guard let need else { return missing("amount", "amount", nil) }
      return listing.kind.line == .hedge
        ? hedge(listing.product, need) : insurance(listing.product, need)
    }
  }

  /// Why a product has no price for the need; nil where it has one.
  mutating func refusal(of listing: Listing) -> NoPrice? {
    let pricing: Pricing
    if listing.kind.line == .deposit {
      guard case .refused(let refused) = depositStanding(listing) else { return nil }
      pricing = refused
    } else {
      pricing = quote(listing)
    }
    guard case .none(let why) = pricing else { return nil }
    return why
  }

  /// The need in the product's currency; nil where it names no amount.
  ///
  /// Neighbours mostly share a currency, so that the last one is kept.
  mutating func asked(in currency: Currency) -> Asked? {
    if let asked, asked.currency == currency { return asked }
    guard let need, let amount = need.amount else { return nil }
    let money = catalogue.exchangeRates.convert(amount, to: currency, on: client.date)?
      .rounded(.halfUp)
    let new = Asked(
      currency: currency, amount: money,
      situation: RateSituation(
        amount: money?.amount, months: need.months, loanToValue: need.loanToValue,
        repayment: .principalAndInterest,
        occupancy: need.purpose == .investmentProperty ? .investment : .ownerOccupied),
      yearly: need.months.map { 12 / Decimal128($0) } ?? 0,
      affordable: limits?.maximumInstalment(in: currency))
    asked = new
    return new
  }

  /// No price before the amount of the need is known.
  var missingAmount: Pricing { missing("amount", need?.question ?? "amount", nil) }

  func missing(_ code: String, _ question: String?, _ required: String?) -> Pricing {
    .none(.because([Self.missing(code, question, required)]))
  }

  func refused(
    _ code: String, cell: String? = nil, actual: String? = nil, required: String? = nil
  ) -> Pricing {
    .none(.because([Self.refused(code, cell: cell, actual: actual, required: required)]))
  }

  static func missing(_ code: String, _ question: String?, _ required: String?) -> Reason {
    Reason(
      tier: .eligibility, code: code, state: .unknown, required: required, source: .request,
      question: question)
  }

  static func refused(
    _ code: String, cell: String? = nil, actual: String? = nil, required: String? = nil,
    source: ValueSource = .catalogue
  ) -> Reason {
    Reason(
      tier: .eligibility, code: code, state: .failed, cell: cell, actual: actual,
      required: required, source: source)
  }

  /// - Parameter named: the currency of the sum; that of the need where none is given.
  func withoutRate(_ currency: Currency, from named: Currency? = nil) -> Pricing {
    .none(
      .because([
        Reason(
          tier: .eligibility, code: "exchangeRate", state: .unknown,
          actual: (named ?? need?.amount?.currency)?.code, required: currency.code,
          source: .catalogue)
      ]))
  }

  /// Why no rate of a product holds: one is missing an input, or none is for these terms.
  func withoutBand(_ listing: Listing, _ situation: RateSituation) -> Pricing {
    let card = listing.card
    if card.rates.isEmpty { return missing("rate-unread", nil, nil) }
    let units = card.unknownUnits(in: situation)
    guard units.isEmpty else {
      let (question, words) =
        if units.contains(.loanToValue) {
          (String?.some("security-value"), "the value of the security")
        } else if units.contains(.amount) {
          ("amount", "the amount")
        } else if units.contains(.months) {
          ("term-months", "the term")
        } else {
          (String?.none, "the term in days")
        }
      return missing("rate", question, words)
    }
    if let asked = situation.repayment?.rawValue, !card.repayments.contains(asked) {
      return refused(
        "repayment", cell: card.repayments.cell, actual: asked, required: card.repayments.names)
    }
    if let asked = situation.occupancy?.rawValue, !card.occupancies.contains(asked) {
      return refused(
        "occupancy", cell: card.occupancies.cell, actual: asked, required: card.occupancies.names)
    }
    return .none(.noRate(situation, brackets: card.bracketsCell))
  }
}
