import Quantities

extension Quote {
  /// The rate that the offerer states; nil where there is none, as for a policy.
  func statedRate(of product: Product) -> Decimal128? {
    switch basis {
    case .loan(let band, _, _): product.charges.rates[band].rate
    case .deposit(let plan, _): product.charges.rates[plan.band].rate
    case .insurance, .hedge: nil
    }
  }

  /// The figures of an offer.
  package func price(of product: Product) -> Price {
    switch basis {
    case .loan(let band, let fees, let instalment):
      loanPrice(of: product, band: band, fees: fees, instalment: instalment)
    case .deposit(let plan, let fees): depositPrice(of: product, plan, fees: fees)
    case .insurance(let figures):
      Price(amount: amount, months: months, figures: .insurance(figures), costRatio: costRatio)
    case .hedge(let figures):
      Price(amount: amount, months: months, figures: .hedge(figures), costRatio: costRatio)
    }
  }
}
