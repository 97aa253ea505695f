import DMN
import Quantities

/// What may be said of a product.
package enum Verdict: String, Sendable, CaseIterable {
  case offered, excluded, undecided
}

/// The verdict on one product that was not offered, with every reason.
package struct Exclusion: Sendable {
  let listing: Listing
  package let verdict: Verdict
  /// The first failing tier; nil where it is undecided.
  package let tier: Tier?
  package let reasons: [Reason]

  package var product: Product { listing.product }
}

extension Consultation {
  /// The verdicts on the products that were not offered, the nearest to an offer first.
  ///
  /// Of the kinds that answer a need what was outranked stands first, in the order of the ranking,
  /// then what is undecided, then what fails in a late tier before what fails in an early one; the
  /// other kinds follow in the same way. Equal ones stand in the order of their ids.
  ///
  /// - Parameters:
  ///   - start: how many to pass over.
  ///   - limit: how many to give at most.
  package func exclusions(from start: Int, limit: Int) -> [Exclusion] {
    let range = start..<min(start + limit, max(start, exclusionCount))
    return exclusionList.exclusions(in: range)
  }

  /// The list of those products.
  package var exclusionList: ExclusionList { ExclusionList(self) }

  /// The question that a client can answer now, in the place of one behind which it stands.
  func askable(_ missing: String) -> String {
    let answers = client.answers(to: adviser.rules.forms)
    return adviser.rules.questions(behind: missing, answers).first ?? missing
  }

  /// How many products were not offered.
  package var exclusionCount: Int { counts.total - counts.offered }

  /// The places of the products that were not offered, in their order.
  var exclusionPlaces: [Int] {
    let count = adviser.products.count
    var groups: [BitSet] = [screening.unknown]
    var left = BitSet(offers.map(\.place), count: count).complement
    for product in unpriced where product.why.failedTier == nil { groups[0][product.place] = true }
    for tier in [Tier.suitability, .applicability, .eligibility] {
      var group = screening.failed[tier] ?? BitSet(count: count)
      for product in unpriced where product.why.failedTier == tier { group[product.place] = true }
      groups.append(group)
    }
    // What fails in an early tier too belongs there alone.
    for late in groups.indices {
      for early in groups.indices where early > late { groups[late].formAndNot(groups[early]) }
    }
    var places = order.dropFirst(goal.limit).map { priced[$0].place }
    left.formAndNot(BitSet(places, count: count))
    var needed = BitSet(count: count)
    for need in screening.needs.indices { needed.formOr(screening.products(for: need)) }
    for group in groups { places += group.and(needed).and(left) }
    for group in groups { places += group.andNot(needed).and(left) }
    return places
  }
}
