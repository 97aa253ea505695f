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

  /// The products in the order of their ids.
  package var products: [Product] { catalogue.products }

  /// Compiles a catalogue and a rule book into an adviser.
  ///
  /// - Throws: `RuleTable.Fault` when the terms of a product cannot be compiled.
  package init(catalogue: Catalogue, rules: RuleBook) throws {
    self.catalogue = catalogue
    self.rules = rules
    table = try TermTable(catalogue.products)
  }

  /// Works out what suits a client.
  ///
  /// - Parameters:
  ///   - facts: all that is known of the client; only what is dated before the date is read.
  ///   - goal: what the client asks for.
  ///   - date: the day of the decision.
  package func consult(_ facts: Facts, for goal: Goal, on date: CalendarDate) -> Consultation {
    let client = ClientInputs(facts, on: date, rates: catalogue.exchangeRates)
    let evaluation = RuleEvaluation(rules, client)
    let needs = needs(goal, client, evaluation)
    let limits = evaluation.limits(rates: catalogue.exchangeRates)
    let query = TermQuery(client: client, limits: limits, rates: catalogue.exchangeRates)
    let needed = Set(needs.flatMap(\.kinds))
    let screening = Screening(
      table, products, query, needs: needs,
      findings: evaluation.verdicts(needed: needed))
    var pricer = Pricer(catalogue: catalogue, client: client, limits: limits)
    var ranked: [RankedProduct] = []
    var refused: [Int: [Reason]] = [:]
    for place in screening.candidates {
      guard let need = screening.needOfKind[products[place].kind] else { continue }
      switch pricer.quote(products[place], for: needs[need]) {
      case .quote(let quote):
        ranked.append(
          rank(place, quote, need: need, goal: goal, evaluation: evaluation))
      case .refused(let reason), .unknown(let reason):
        refused[place] = [reason]
      }
    }
    ranked.sort(by: precedes)
    return Consultation(
      adviser: self, goal: goal, client: client, limits: limits, screening: screening,
      ranked: ranked, priceFindings: refused,
      counts: counts(screening, ranked: ranked.count, refused, goal))
  }

  private func needs(
    _ goal: Goal, _ client: ClientInputs, _ evaluation: RuleEvaluation
  ) -> [Need] {
    guard goal.kind != .any else { return evaluation.needs(rates: catalogue.exchangeRates) }
    let asked = evaluation.kinds(for: goal.kind.rawValue, purpose: goal.purpose)
    let kinds = goal.kinds.isEmpty ? asked : AskedKinds(rule: asked.rule, kinds: goal.kinds)
    return [
      Need(
        code: "asked", rule: kinds.rule, kinds: kinds.kinds,
        currency: goal.currency ?? client.homeCurrency,
        amount: goal.currency.flatMap { currency in
          goal.amount.map { Money($0, currency) }
        }, months: goal.termMonths ?? Self.usualMonths(goal.kind), purpose: goal.purpose,
        securityValue: goal.securityValue)
    ]
  }

  /// The term of cover and hedges where the goal names none, in months.
  private static func usualMonths(_ kind: GoalKind) -> Int? {
    switch kind {
    case .insure: 12
    case .hedge: 6
    default: nil
    }
  }

  private func rank(
    _ place: Int, _ quote: Quote, need: Int, goal: Goal, evaluation: RuleEvaluation
  ) -> RankedProduct {
    let product = products[place]
    let (factors, priority) = evaluation.rank(
      product.kind, needRank: need + 1, isNamed: goal.kind != .any, costRatio: quote.costRatio)
    return RankedProduct(place: place, quote: quote, factors: factors, priority: priority)
  }

  /// Higher priority first; of equals the better for the client, and then by id, so that the order
  /// is the same everywhere.
  private func precedes(_ left: RankedProduct, _ right: RankedProduct) -> Bool {
    if left.priority != right.priority { return left.priority > right.priority }
    if left.quote.costRatio != right.quote.costRatio {
      let isDeposit = products[left.place].line == .deposit
      return isDeposit == (left.quote.costRatio > right.quote.costRatio)
    }
    return left.place < right.place
  }

  private func counts(
    _ screening: Screening, ranked: Int, _ refused: [Int: [Reason]], _ goal: Goal
  ) -> VerdictCounts {
    var counts = VerdictCounts()
    var seen = BitSet(count: products.count)
    for tier in Tier.allCases {
      guard let failed = screening.failed[tier] else { continue }
      counts.excluded[tier, default: 0] += failed.andNot(seen).popCount
      seen.formOr(failed)
    }
    counts.undecided = screening.unknown.andNot(seen).popCount
    for reasons in refused.values {
      for reason in reasons.prefix(1) {
        if reason.state == .failed {
          counts.excluded[reason.tier, default: 0] += 1
        } else {
          counts.undecided += 1
        }
      }
    }
    counts.offered = min(ranked, goal.limit)
    counts.excluded[.arbitration] = ranked - counts.offered
    return counts
  }
}
