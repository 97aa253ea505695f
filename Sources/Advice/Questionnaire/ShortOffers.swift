extension Consultation {
  /// An offer without its reasons.
  package struct ShortOffer: Sendable {
    /// The product.
    package let product: Product
    /// What it would cost or earn.
    package let price: Price
  }

  /// The offers with their prices alone.
  package var shortOffers: [ShortOffer] {
    offers.map { ranked in
      let product = adviser.products[ranked.place]
      return ShortOffer(product: product, price: ranked.quote.price(of: product))
    }
  }
}
