import DMN
package import Quantities

/// Advice as a pure function of facts, catalogue, rule book and date: no clock, no randomness, no
/// input or output inside, so that every decision can be worked out again to the same bytes.
package final class Adviser: Sendable {
  /// The products and the market they are priced on.
  package let catalogue: Catalogue
  /// The written rules.
  package let rules: RuleBook
  let table: TermTable
  let annuities = AnnuityFactors()
  /// What visitors looked for last.
  let splits = KnownAnswers<MatchQuestion, MatchSplit>(limit: MatchSplit.kept)
  /// Which questions reach which products.
  let influence: InputInfluence

  /// The products in the order of their ids.
  package var products: [Product] { catalogue.products }

  /// Compiles a catalogue and a rule book into an adviser.
  ///
  /// - Throws: `RuleTable.Fault` when the terms of a product cannot be compiled.
  package init(catalogue: Catalogue, rules: RuleBook) throws {
    self.catalogue = catalogue
    self.rules = rules
    table = try TermTable(catalogue.products)
    influence = InputInfluence(rules)
  }

  /// The same products under other rules, without compiling their terms again.
  package init(_ other: Adviser, rules: RuleBook) {
    catalogue = other.catalogue
    table = other.table
    self.rules = rules
    influence = InputInfluence(rules)
  }

  /// One product under the same rules: its verdict depends on no other product.
  init(_ other: Adviser, alone product: Product) throws {
    catalogue = try Catalogue(
      edition: other.catalogue.edition, asOf: other.catalogue.asOf, products: [product],
      exchangeRates: other.catalogue.exchangeRates, market: other.catalogue.market)
    rules = other.rules
    table = try TermTable(catalogue.products)
    influence = other.influence
  }

  /// Works out what suits a client.
  ///
  /// - Parameters:
  ///   - facts: all that is known of the client; only what is dated before the date is read.
  ///   - goal: what the client asks for.
  ///   - date: the day of the decision.
  ///   - arbitration: what was learned from answers, and what of the formula is switched off.
  package func consult(
    _ facts: Facts, for goal: Goal, on date: CalendarDate,
    arbitration: Arbitration = Arbitration()
  ) -> Consultation {
    let assumed = rules.recording(goal.assuming.answers, in: facts)
    let client = ClientInputs(
      rules.current(assumed), on: date, rates: catalogue.exchangeRates, assuming: goal.assuming)
    let evaluation = RuleEvaluation(rules, client, arbitration)
    let needs = needs(goal, client, evaluation)
    let limits = evaluation.limits(rates: catalogue.exchangeRates)
    let query = TermQuery(client: client, limits: limits, rates: catalogue.exchangeRates)
    let needed = Set(needs.flatMap(\.kinds))
    let screening = Screening(
      table, products, query, needs: needs,
      findings: evaluation.verdicts(needed: needed))
    let (priced, unpriced) = price(screening, evaluation, client, limits)
    return Consultation(
      adviser: self, facts: facts, goal: goal, arbitration: arbitration, client: client,
      limits: limits, screening: screening,
      priced: priced, order: order(of: priced), unpriced: unpriced,
      counts: counts(screening, ranked: priced.count, unpriced, goal))
  }

  /// The price and the priority of each candidate, in no order, and those that have no price, in
  /// the order of their places.
  private func price(
    _ screening: Screening, _ evaluation: RuleEvaluation, _ client: ClientInputs,
    _ limits: SuitabilityLimits
  ) -> ([RankedProduct], [UnpricedProduct]) {
    var pricer = Pricer(
      catalogue: catalogue, client: client, limits: limits, annuities: annuities)
    var priced: [RankedProduct] = []
    var unpriced: [UnpricedProduct] = []
    let candidates = screening.candidates
    for (index, need) in screening.needs.enumerated() {
      pricer.turn(to: index, of: screening.needs)
      for kind in need.kinds where screening.needOfKind[kind] == index {
        guard let ofKind = table.kinds[kind] else { continue }
        var (places, quotes): ([Int], [Quote]) = ([], [])
        for place in candidates.and(ofKind) {
          switch pricer.quote(table.listings[place]) {
          case .quote(let quote):
            places.append(place)
            quotes.append(quote)
          case .none(let why): unpriced.append(UnpricedProduct(place: place, why: why))
          }
        }
        guard !quotes.isEmpty else { continue }
        let ranks = evaluation.ranks(
          kind, needRank: index + 1, isNamed: need.code == Need.asked,
          costRatios: quotes.map(\.rankedRatio))
        for (number, rank) in ranks.enumerated() {
          priced.append(
            RankedProduct(
              place: places[number], quote: quotes[number], factors: rank.factors,
              priority: rank.priority))
        }
      }
    }
    unpriced.sort { $0.place < $1.place }
    return (priced, unpriced)
  }

  /// What the client asks for, or what the rules find; and what has just happened brings more: a
  /// timely need before those that the rules find, but after what was asked for.
  private func needs(
    _ goal: Goal, _ client: ClientInputs, _ evaluation: RuleEvaluation
  ) -> [Need] {
    let rates = catalogue.exchangeRates
    let named = goal.kind == .any ? amount(asked: goal, client) : nil
    let timely =
      goal.event.map { evaluation.needs(after: $0, amount: named, rates: rates) } ?? []
    guard goal.kind != .any else { return timely + evaluation.needs(rates: rates) }
    return [asked(goal, client, evaluation)] + timely
  }

  private func asked(
    _ goal: Goal, _ client: ClientInputs, _ evaluation: RuleEvaluation
  ) -> Need {
    let asked = evaluation.kinds(for: goal.kind.rawValue, purpose: goal.purpose)
    let kinds = goal.kinds.isEmpty ? asked : AskedKinds(rule: asked.rule, kinds: goal.kinds)
    return Need(
      code: Need.asked, rule: kinds.rule, kinds: kinds.kinds,
      currency: goal.currency ?? client.homeCurrency, isCurrencyNamed: goal.currency != nil,
      amount: amount(asked: goal, client), months: goal.termMonths ?? Self.usualMonths(goal.kind),
      purpose: goal.purpose, securityValue: goal.securityValue,
      amountSource: goal.amount == nil && goal.kind == .hedge
        ? ClientValues.Name.portfolioValue.source(client) : .request,
      termSource: goal.termMonths == nil ? .catalogue : .request)
  }

  /// The amount that is asked for; a hedge without one is of the whole portfolio.
  func amount(asked goal: Goal, _ client: ClientInputs) -> Money? {
    if let currency = goal.currency, let amount = goal.amount { return Money(amount, currency) }
    guard goal.kind == .hedge, let value = client.portfolioValue,
      let reference = Currency(ClientInputs.referenceCurrency)
    else { return nil }
    let portfolio = catalogue.exchangeRates.convert(
      Money(value, reference), to: goal.currency ?? client.homeCurrency, on: client.date)
    return portfolio.map { $0.rounded(.down) }.flatMap { $0.amount > 0 ? $0 : nil }
  }

  /// The term of cover and hedges where the goal names none, in months.
  static func usualMonths(_ kind: GoalKind) -> Int? {
    switch kind {
    case .insure: 12
    case .hedge: 6
    default: nil
    }
  }

  /// The places of priced products in their order: higher priority first; of equals the better
  /// for the client, and then by id, so that the order is the same everywhere.
  private func order(of priced: [RankedProduct]) -> [Int] {
    struct Key {
      let priority: Decimal128
      let cost: Decimal128
      let place: Int
      let index: Int
    }
    let keys = priced.enumerated().map { index, ranked in
      let ratio = ranked.quote.costRatio
      let isDeposit = table.listings[ranked.place].kind.line == .deposit
      return Key(
        priority: ranked.priority, cost: isDeposit ? -ratio : ratio, place: ranked.place,
        index: index)
    }
    return keys.sorted { left, right in
      if left.priority != right.priority { return left.priority > right.priority }
      if left.cost != right.cost { return left.cost < right.cost }
      return left.place < right.place
    }.map(\.index)
  }

  private func counts(
    _ screening: Screening, ranked: Int, _ unpriced: [UnpricedProduct], _ goal: Goal
  ) -> VerdictCounts {
    var counts = VerdictCounts()
    var seen = BitSet(count: products.count)
    for tier in Tier.allCases {
      guard let failed = screening.failed[tier] else { continue }
      counts.excluded[tier, default: 0] += failed.andNot(seen).popCount
      seen.formOr(failed)
    }
    counts.undecided = screening.unknown.andNot(seen).popCount
    var unsuitable = 0
    for product in unpriced {
      switch product.why.failedTier {
      case .suitability?: unsuitable += 1
      case let tier?: counts.excluded[tier, default: 0] += 1
      case nil: counts.undecided += 1
      }
    }
    counts.excluded[.suitability, default: 0] += unsuitable
    counts.offered = min(ranked, goal.limit)
    counts.excluded[.arbitration] = ranked - counts.offered
    return counts
  }
}
