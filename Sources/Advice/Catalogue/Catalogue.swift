package import Quantities

/// One edition of all that is offered: immutable, and swapped whole when another is published.
package struct Catalogue: Sendable {
  /// Which edition: the digest of all that it holds, in hexadecimal digits.
  package let edition: String
  /// The day from which the edition decides.
  package let asOf: CalendarDate
  /// The products by rising id, each id once.
  package let products: [Product]
  /// The exchange rates.
  package let exchangeRates: ExchangeRates
  /// The prices of what hedges are written on.
  package let market: MarketData

  /// A catalogue read back from where it was stored under its edition.
  ///
  /// - Throws: ``CatalogueError`` when an id stands twice.
  package init(
    edition: String, asOf: CalendarDate, products: [Product], exchangeRates: ExchangeRates,
    market: MarketData
  ) throws(CatalogueError) {
    self.edition = edition
    self.asOf = asOf
    self.products = try Self.sorted(products)
    self.exchangeRates = exchangeRates
    self.market = market
  }

  /// A new edition, named by the digest of its contents.
  ///
  /// - Parameter digest: a collision-resistant digest, such as SHA-256.
  /// - Throws: ``CatalogueError`` when an id stands twice.
  package init(
    asOf: CalendarDate, products: [Product], exchangeRates: ExchangeRates = ExchangeRates(),
    market: MarketData = MarketData(), digest: ContentDigest
  ) throws(CatalogueError) {
    let products = try Self.sorted(products)
    var contents: [UInt8] = []
    contents.reserveCapacity((products.count + 2) * 32)
    for product in products { contents += digest(product.canonicalJSON) }
    contents += digest(exchangeRates.canonicalJSON)
    contents += digest(market.canonicalJSON)
    try self.init(
      edition: ContentDigest.hexadecimal(digest(contents)), asOf: asOf, products: products,
      exchangeRates: exchangeRates, market: market)
  }

  /// The place of a product in ``products``.
  package func index(of id: ProductID) -> Int? {
    var low = 0
    var high = products.count
    while low < high {
      let middle = low + (high - low) / 2
      if products[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < products.count && products[low].id == id ? low : nil
  }

  /// A product by its id.
  package subscript(id: ProductID) -> Product? { index(of: id).map { products[$0] } }

  /// The places in ``products`` of those that pass a filter, in rising order.
  package func indices(passing filter: ProductFilter) -> [Int] {
    products.indices.filter { filter.passes(products[$0]) }
  }

  private static func sorted(_ products: [Product]) throws(CatalogueError) -> [Product] {
    let isRising = zip(products, products.dropFirst()).allSatisfy { $0.id < $1.id }
    if isRising { return products }
    let sorted = products.sorted { $0.id < $1.id }
    for (left, right) in zip(sorted, sorted.dropFirst()) where left.id == right.id {
      throw CatalogueError([
        CatalogueProblem(file: "", "repeated", "The product \(left.id) stands twice.")
      ])
    }
    return sorted
  }
}

/// Which products of a catalogue are asked for; what is left out does not matter.
package struct ProductFilter: Sendable, Hashable {
  /// The trade.
  package var line: ProductLine?
  /// The kinds; empty for all.
  package var kinds: Choices<ProductKind> = []
  /// The brand.
  package var brand: String?
  /// The currency.
  package var currency: Currency?
  /// A person or a business, whom the product must be for.
  package var audience: Audience?
  /// The day on which it is offered.
  package var date: CalendarDate?
  /// The client's country or region; a product of other regions is hidden.
  package var region: String?
  /// A customer segment.
  package var segment: String?
  /// A part of the name, the brand's name or the summary, in any case of letters.
  package var text: String?

  /// A filter that passes everything.
  package init() {}

  /// Whether a product is asked for.
  package func passes(_ product: Product) -> Bool {
    if let line, product.line != line { return false }
    if !kinds.isEmpty, !kinds.contains(product.kind) { return false }
    if let brand, product.id.brand != brand { return false }
    if let currency, product.currency != currency { return false }
    if let date, !product.isOffered(on: date) { return false }
    if let audience, audience != .everyone, product.audience != .everyone,
      product.audience != audience
    {
      return false
    }
    if let segment, !product.terms.segments.isEmpty, !product.terms.segments.contains(segment) {
      return false
    }
    if let region, !product.terms.includes(region: region) { return false }
    guard let text else { return true }
    let words = text.lowercased()
    return [product.name, product.brandName, product.summary].contains {
      $0.lowercased().contains(words)
    }
  }
}

extension Terms {
  /// Whether the product is offered in a country or region.
  ///
  /// A region of a country is meant by the country's own code too.
  package func includes(region: String) -> Bool {
    let country = String(region.prefix(2))
    if !countries.isEmpty, !countries.contains(country) { return false }
    return regions.isEmpty || regions.contains(region) || regions.contains(country)
  }
}
