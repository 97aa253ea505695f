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
  /// What names the product, as JSON.
  package var head: [UInt8] { listing.head }
}

/// The products that a consultation did not offer, ready to be told part by part, on several
/// processors at once.
package struct ExclusionList: Sendable {
  private let consultation: Consultation
  private let places: [Int]
  /// What is known of each kind, by its number.
  private let kinds: [KindStanding]

  fileprivate init(_ consultation: Consultation) {
    let (adviser, client) = (consultation.adviser, consultation.client)
    self.consultation = consultation
    places = consultation.exclusionPlaces
    let evaluation = RuleEvaluation(adviser.rules, client, consultation.arbitration)
    let screening = consultation.screening
    var known = TermReasons(asking: consultation.askable)
    kinds = evaluation.findings(needed: Set(screening.needs.flatMap(\.kinds))).enumerated()
      .map { number, findings in
        KindStanding(
          need: screening.needOfKind[ProductKind.allCases[number]],
          findings: findings.map { known.asking($0) })
      }
  }

  /// The verdicts on the products from one place of the list to another.
  package func exclusions(in range: Range<Int>) -> [Exclusion] {
    var known = TermReasons(asking: consultation.askable)
    var pricer = Pricer(
      catalogue: consultation.adviser.catalogue, client: consultation.client,
      limits: consultation.limits, annuities: consultation.adviser.annuities)
    return range.clamped(to: places.indices).map { number in
      let listing = consultation.adviser.table.listings[places[number]]
      // What was outranked stands first, in the order of the ranking.
      return consultation.exclusion(
        of: places[number], kinds[listing.kindNumber], before: consultation.goal.limit + number,
        &pricer, &known)
    }
  }
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
  fileprivate func askable(_ missing: String) -> String {
    let answers = client.answers(to: adviser.rules.forms)
    return adviser.rules.questions(behind: missing, answers).first ?? missing
  }

  /// How many products were not offered.
  package var exclusionCount: Int { counts.total - counts.offered }

  /// The places of the products that were not offered, in their order.
  fileprivate var exclusionPlaces: [Int] {
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

  /// Why a product that other conditions exclude already could not be priced or afforded either;
  /// empty where the amount or the term does not fit it, so that no price can be named.
  ///
  /// A purpose or a security that does not fit, or is not known, may change the rate but not what
  /// the client can carry: that is then held against the rate, or the lowest there is.
  private func furtherPriceFindings(
    on place: Int, _ kind: KindStanding, beside reasons: [Reason], _ pricer: inout Pricer
  ) -> [Reason] {
    guard let first = reasons.first(where: { $0.state == .failed })?.tier,
      let need = kind.need ?? (screening.isAsked ? 0 : nil)
    else { return [] }
    guard !reasons.contains(where: \.isOfInstalment) else { return [] }
    let isSecurityOpen = reasons.contains(where: \.isPriced)
    pricer.turn(to: need, of: screening.needs)
    let listing = adviser.table.listings[place]
    guard let why = pricer.refusal(of: listing) else { return [] }
    let sure: NoPrice? =
      switch why {
      case .unaffordable: why
      case _ where !isSecurityOpen && why.failedTier != nil: why
      default: pricer.unaffordableAtBest(listing)
      }
    return (sure?.reasons(in: listing.currency, client) ?? []).filter { $0.state == .failed }
      .map { $0.moved(to: max(first, $0.tier)) }
  }

  /// - Parameter before: how many products rank before it, where it was only outranked.
  fileprivate func exclusion(
    of place: Int, _ kind: KindStanding, before: Int, _ pricer: inout Pricer,
    _ known: inout TermReasons
  ) -> Exclusion {
    var reasons = screening.reasons(against: place, kind, &known)
    var findings = priceFindings(on: place)
    if findings.isEmpty {
      findings = furtherPriceFindings(on: place, kind, beside: reasons, &pricer)
    }
    for finding in findings { reasons.append(known.asking(finding)) }
    if reasons.isEmpty {
      reasons = [
        Reason(
          tier: .arbitration, code: "outranked", state: .failed, rule: Self.rankRule,
          required: "\(before)")
      ]
    }
    reasons = Screening.byTier(reasons)
    let tier = reasons.first { $0.state == .failed }?.tier
    return Exclusion(
      listing: adviser.table.listings[place], verdict: tier == nil ? .undecided : .excluded,
      tier: tier, reasons: reasons)
  }
}
