import DMN
package import Quantities

/// One working-out of what suits a client: screened, priced and ranked.
///
/// It is the whole state that an outcome, its exclusions and its trace are read from.
package struct Consultation: Sendable {
  let adviser: Adviser
  let facts: Facts
  /// What was asked.
  package let goal: Goal
  let arbitration: Arbitration
  let client: ClientInputs
  let limits: SuitabilityLimits
  let screening: Screening
  /// The products that fit, in no order.
  let priced: [RankedProduct]
  /// The places in ``priced`` of the products that fit, best first.
  let order: [Int]
  /// The candidates that pricing refused or could not price, in the order of their places.
  let unpriced: [UnpricedProduct]
  /// The counts of the catalogue by verdict.
  package let counts: VerdictCounts

  /// The wording in the goal's language.
  package var texts: Texts { adviser.rules.texts(goal.locale) }

  /// The forms that clients answer.
  package var forms: FormSet { adviser.rules.forms }

  /// The currency of the client's history.
  package var homeCurrency: Currency { client.homeCurrency }

  /// A product of the catalogue that was gone through; nil for an unknown id.
  package func product(_ id: ProductID) -> Product? { adviser.catalogue[id] }

  /// The products that fit, best first.
  package var ranked: [RankedProduct] { order.map { priced[$0] } }

  /// The products shown as offers.
  package var offers: [RankedProduct] { order.prefix(goal.limit).map { priced[$0] } }

  /// Why a candidate has no price; empty for one that has, or that was no candidate.
  func priceFindings(on place: Int) -> [Reason] {
    var (low, high) = (0, unpriced.count)
    while low < high {
      let middle = (low + high) / 2
      if unpriced[middle].place < place { low = middle + 1 } else { high = middle }
    }
    guard low < unpriced.count, unpriced[low].place == place else { return [] }
    return unpriced[low].why.reasons(in: adviser.products[place].currency, client)
  }
}

/// A candidate without a price.
struct UnpricedProduct: Sendable {
  /// The product's place in the catalogue.
  let place: Int
  let why: NoPrice
}

/// A product that fits, with its price and its place in the ranking.
package struct RankedProduct: Sendable {
  /// The product's place in the catalogue.
  let place: Int
  package let quote: Quote
  package let factors: RankFactors
  package let priority: Decimal128
}

/// The factors of the open formula P · C · V · L.
package struct RankFactors: Sendable {
  package let propensity: Decimal128
  package let context: Decimal128
  package let value: Decimal128
  package let lever: Decimal128
}

/// How many products of the catalogue got which verdict.
///
/// They add up to the whole catalogue.
package struct VerdictCounts: Sendable, Hashable {
  /// Shown as offers.
  package var offered = 0
  /// Excluded, by the first failing tier.
  package var excluded: [Tier: Int] = [:]
  /// Left open because something is not known.
  package var undecided = 0

  /// All products.
  package var total: Int { offered + undecided + excluded.values.reduce(0, +) }
}
