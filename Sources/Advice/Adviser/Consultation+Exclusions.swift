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
    let evaluation = RuleEvaluation(adviser.rules, client, arbitration)
    let needed = Set(screening.needs.flatMap(\.kinds))
    let answers = client.answers(to: adviser.rules.forms)
    var findings: [ProductKind: [Reason]] = [:]
    var pricer = Pricer(
      catalogue: adviser.catalogue, client: client, limits: limits,
      annuities: adviser.annuities)
    var asked: [String: String] = [:]
    /// The question that a client can answer now, in the place of one behind which it stands.
    func askable(_ missing: String) -> String {
      if let known = asked[missing] { return known }
      let question = adviser.rules.questions(behind: missing, answers).first ?? missing
      asked[missing] = question
      return question
    }
    return exclusionPlaces.enumerated().dropFirst(start).prefix(limit).map { number, place in
      let kind = adviser.table.listings[place].kind
      let said = findings[kind] ?? evaluation.findings(on: kind, needed: needed)
      findings[kind] = said
      // What was outranked stands first, in the order of the ranking.
      return exclusion(of: place, said, before: goal.limit + number, &pricer, askable)
    }
  }

  /// How many products were not offered.
  package var exclusionCount: Int { counts.total - counts.offered }

  /// The places of the products that were not offered, in their order.
  private var exclusionPlaces: [Int] {
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
    on place: Int, beside reasons: [Reason], _ pricer: inout Pricer
  ) -> [Reason] {
    guard let first = reasons.first(where: { $0.state == .failed })?.tier,
      let need = screening.need(for: place)
    else { return [] }
    let open = Set(reasons.map(\.code)).intersection(TermColumn.pricedCodes)
    guard open.isSubset(of: TermColumn.securedCodes) else { return [] }
    pricer.turn(to: screening.needs[need])
    let listing = adviser.table.listings[place]
    guard case .none(let why) = pricer.quote(listing) else { return [] }
    let sure: NoPrice? =
      switch why {
      case .unaffordable: why
      case _ where open.isEmpty && why.failedTier != nil: why
      default: pricer.unaffordableAtBest(listing)
      }
    return (sure?.reasons(in: listing.currency, client) ?? []).filter { $0.state == .failed }
      .map { $0.moved(to: max(first, $0.tier)) }
  }

  /// - Parameter before: how many products rank before it, where it was only outranked.
  private func exclusion(
    of place: Int, _ said: [Reason], before: Int, _ pricer: inout Pricer,
    _ askable: (String) -> String
  ) -> Exclusion {
    var reasons = screening.reasons(against: place, said)
    let findings = priceFindings(on: place)
    reasons +=
      findings.isEmpty ? furtherPriceFindings(on: place, beside: reasons, &pricer) : findings
    if reasons.isEmpty {
      reasons = [
        Reason(
          tier: .arbitration, code: "outranked", state: .failed, rule: Self.rankRule,
          required: "\(before)")
      ]
    }
    for (index, reason) in reasons.enumerated() {
      guard let missing = reason.question else { continue }
      reasons[index] = reason.asking(askable(missing))
    }
    reasons = Screening.byTier(reasons)
    let tier = reasons.first { $0.state == .failed }?.tier
    return Exclusion(
      listing: adviser.table.listings[place], verdict: tier == nil ? .undecided : .excluded,
      tier: tier, reasons: reasons)
  }
}
