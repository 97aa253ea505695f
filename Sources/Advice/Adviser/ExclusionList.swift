import JSON

/// The products that a consultation did not offer, ready to be told part by part, on several
/// processors at once.
package struct ExclusionList: Sendable {
  private let consultation: Consultation
  private let places: [Int]
  /// What is known of each kind, by its number.
  private let kinds: [KindStanding]

  init(_ consultation: Consultation) {
    let (adviser, client) = (consultation.adviser, consultation.client)
    self.consultation = consultation
    places = consultation.exclusionPlaces
    let evaluation = RuleEvaluation(adviser.rules, client, consultation.arbitration)
    let screening = consultation.screening
    kinds = evaluation.findings(needed: Set(screening.needs.flatMap(\.kinds))).enumerated()
      .map { number, findings in
        KindStanding(
          need: screening.needOfKind[ProductKind.allCases[number]], findings: findings)
      }
  }

  /// The verdicts on the products from one place of the list to another.
  package func exclusions(in range: Range<Int>) -> [Exclusion] {
    var part = ExclusionPart(consultation)
    return range.clamped(to: places.indices).map { number in
      let listing = consultation.adviser.table.listings[places[number]]
      let tier = turn(&part, to: number, listing)
      return Exclusion(
        listing: listing, verdict: Verdict(failing: tier), tier: tier,
        reasons: part.numbers.map { part.known[$0] })
    }
  }

  /// The same as JSON objects one after another, with commas between them.
  package func json(of range: Range<Int>, _ texts: Texts) -> [UInt8] {
    let range = range.clamped(to: places.indices)
    var writer = JSONWriter(capacity: range.count * Self.usualLength)
    var part = ExclusionPart(consultation)
    var writing = ReasonWriting(texts)
    let standings = ([nil] + Tier.allCases).map(Self.standing)
    for number in range {
      let listing = consultation.adviser.table.listings[places[number]]
      let tier = turn(&part, to: number, listing)
      writer.beginObject()
      writer.key("product")
      writer.raw(listing.head)
      writer.raw(standings[tier.map { $0.order + 1 } ?? 0])
      for number in part.numbers { writing.write(number, of: part.known, &writer) }
      writer.endArray()
      writer.endObject()
    }
    return writer.bytes
  }

  /// The members of a product that fails in a tier, or in none, up to its first reason.
  private static func standing(_ tier: Tier?) -> [UInt8] {
    var writer = JSONWriter()
    writer.member("verdict", Verdict(failing: tier).rawValue)
    writer.member("tier", tier?.rawValue)
    writer.key("reasons")
    writer.beginArray()
    return writer.bytes
  }

  /// Turns to a product of the list; returns the first tier in which it fails.
  private func turn(_ part: inout ExclusionPart, to number: Int, _ listing: Listing) -> Tier? {
    // What was outranked stands first, in the order of the ranking.
    consultation.turn(
      &part, to: places[number], listing, kinds[listing.kindNumber],
      before: consultation.goal.limit + number)
  }

  /// Bytes that an exclusion takes in about.
  private static let usualLength = 1_400
}

extension Verdict {
  /// The verdict on a product that fails in a tier, or in none since something is not known.
  fileprivate init(failing tier: Tier?) { self = tier == nil ? .undecided : .excluded }
}

/// What exclusions that are worked out one after another share.
private struct ExclusionPart {
  var pricer: Pricer
  /// The numbers of what written rules say of each kind that was met.
  var findings: [[Int]?]
  var known: TermReasons
  /// The numbers of the reasons of the product turned to.
  var numbers: [Int] = []

  init(_ consultation: Consultation) {
    known = TermReasons(asking: consultation.askable)
    pricer = Pricer(
      catalogue: consultation.adviser.catalogue, client: consultation.client,
      limits: consultation.limits, annuities: consultation.adviser.annuities)
    findings = Array(repeating: nil, count: ProductKind.allCases.count)
  }

  /// The first tier in which the product fails.
  var firstFailedTier: Tier? {
    var first: Tier?
    for number in numbers {
      let marks = known.marks[number]
      if marks.state == .failed { first = first.map { min($0, marks.tier) } ?? marks.tier }
    }
    return first
  }

  mutating func numbers(of reasons: [Reason], ofKind number: Int) -> [Int] {
    if let known = findings[number] { return known }
    let new = reasons.map { known.number(of: $0) }
    findings[number] = new
    return new
  }
}

extension Consultation {
  /// Turns to a product that was not offered; returns the first tier in which it fails.
  ///
  /// - Parameter before: how many products rank before it, where it was only outranked.
  fileprivate func turn(
    _ part: inout ExclusionPart, to place: Int, _ listing: Listing, _ kind: KindStanding,
    before: Int
  ) -> Tier? {
    let said = part.numbers(of: kind.findings, ofKind: listing.kindNumber)
    part.numbers.removeAll(keepingCapacity: true)
    screening.addReasons(
      against: place, need: kind.need, findings: said, &part.known, to: &part.numbers)
    var findings = priceFindings(on: place)
    if findings.isEmpty { findings = furtherPriceFindings(on: listing, kind, &part) }
    for finding in findings { part.numbers.append(part.known.number(of: finding)) }
    if part.numbers.isEmpty {
      part.numbers.append(
        part.known.number(
          of: Reason(
            tier: .arbitration, code: "outranked", state: .failed, rule: Self.rankRule,
            cell: "<= \(goal.limit)", actual: "\(before + 1)", required: "\(before)",
            source: .catalogue)))
    }
    part.known.sortByTier(&part.numbers)
    return part.firstFailedTier
  }

  /// Why a product that other conditions exclude already could not be priced or afforded either;
  /// empty where the amount or the term does not fit it, so that no price can be named.
  ///
  /// A purpose or a security that does not fit, or is not known, may change the rate but not what
  /// the client can carry: that is then held against the rate, or the lowest there is.
  private func furtherPriceFindings(
    on listing: Listing, _ kind: KindStanding, _ part: inout ExclusionPart
  ) -> [Reason] {
    guard let first = part.firstFailedTier, let need = kind.need ?? (screening.isAsked ? 0 : nil)
    else { return [] }
    var isSecurityOpen = false
    for number in part.numbers {
      let marks = part.known.marks[number]
      guard !marks.isOfInstalment else { return [] }
      if marks.isPriced { isSecurityOpen = true }
    }
    part.pricer.turn(to: need, of: screening.needs)
    guard let why = part.pricer.refusal(of: listing) else { return [] }
    let sure: NoPrice? =
      switch why {
      case .unaffordable: why
      case _ where !isSecurityOpen && why.failedTier != nil: why
      default: part.pricer.unaffordableAtBest(listing)
      }
    return (sure?.reasons(in: listing.currency, client) ?? []).filter { $0.state == .failed }
      .map { $0.moved(to: max(first, $0.tier)) }
  }
}
