extension Quote {
  /// The figures of an offer.
  package func price(of product: Product) -> Price {
    switch basis {
    case .loan(let band, let fees, let instalment):
      loanPrice(of: product, band: band, fees: fees, instalment: instalment)
    case .deposit(let band, let fees):
      depositPrice(of: product, band: band, fees: fees)
    case .insurance(let figures):
      Price(amount: amount, months: months, figures: .insurance(figures), costRatio: costRatio)
    case .hedge(let figures):
      Price(amount: amount, months: months, figures: .hedge(figures), costRatio: costRatio)
    }
  }
}
