import DMN
import FEEL
import Quantities

/// One product held against goals that differ in what is asked for and assumed.
///
/// The written rules and the terms about the client are asked once for all goals that differ only
/// in amount, currency, term and security; of these the product's terms and its price are asked
/// for each.
struct CounterfactualTrial {
  private let consultation: Consultation
  private let product: Product
  /// The rules over a catalogue of the one product: its verdict depends on no other product.
  private let alone: Adviser
  private let listing: Listing
  /// The product's terms about a request, and those of them that are not about money.
  private let terms: RequestTerms
  private let termsWithoutMoney: RequestTerms
  /// The lowest rate that a loan can have.
  private let leastRate: Decimal128?
  private var situations: [Goal: Situation] = [:]
  /// Whether under some goal that was tried only answers were missing.
  private(set) var hasMetOpen = false

  /// How the product stands under a goal, the worst first.
  enum Standing: Int, Comparable {
    /// Something speaks against it, or is missing that the client cannot tell.
    case refused
    /// Nothing speaks against it, but something that the client can tell is not known.
    case open
    /// Nothing speaks against it.
    case fits

    static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
  }

  /// What rules and terms say of the client under some goals.
  private enum Situation {
    /// Something speaks against the product, whatever amount or term is asked for.
    case refused
    /// The rules find the need: what is asked for is not read.
    case found(Standing)
    /// The product is of the kinds asked for; open where something about the client is missing,
    /// so that it is not priced.
    case asked(Need, TermQuery, Pricer, isOpen: Bool)
  }

  init(_ consultation: Consultation, _ product: Product) throws {
    self.consultation = consultation
    self.product = product
    alone = try Adviser(consultation.adviser, alone: product)
    listing = Listing(product)
    terms = try RequestTerms(product, alone.table) { _ in true }
    termsWithoutMoney = try RequestTerms(product, alone.table) { column in
      switch column {
      case .amount, .balance: false
      default: true
      }
    }
    leastRate =
      product.line == .loan ? listing.card.rates.map(\.rate).filter { $0 > -1 }.min() : nil
  }

  /// How the product stands under a goal.
  mutating func standing(_ goal: Goal) -> Standing {
    guard goal.isWhole else { return .refused }
    switch situation(of: goal) {
    case .refused: return .refused
    case .found(let standing): return standing
    case .asked(let kinds, let query, var pricer, let isOpen):
      let need = need(goal, of: kinds, query)
      let isAnySum = need.amount == nil && need.kinds.allSatisfy { $0.line == .insurance }
      guard (isAnySum ? termsWithoutMoney : terms).hold(need, query) else { return .refused }
      if isOpen { return .open }
      pricer.turn(to: 0, of: [need])
      guard case .none(let why) = pricer.quote(listing) else { return .fits }
      // What is asked for is changed, not waited for.
      let questions = why.questions
      guard !questions.isEmpty, questions.allSatisfy({ LeverReach.lever(naming: $0) == nil })
      else { return .refused }
      hasMetOpen = true
      return .open
    }
  }

  /// Whether the product cannot come to stand so well under a goal, whatever amount, currency, term
  /// and security are asked for.
  mutating func isRefused(_ goal: Goal, for aim: Standing) -> Bool {
    switch situation(of: goal) {
    case .refused: true
    case .found(let standing): standing < aim
    case .asked(_, _, _, let isOpen): isOpen && aim == .fits
    }
  }

  /// What is open under a goal.
  func openReasons(_ goal: Goal) -> [Reason] {
    Self.open(consult(goal))
  }

  private func consult(_ goal: Goal) -> Consultation {
    alone.consult(
      consultation.facts, for: goal, on: consultation.client.date,
      arbitration: consultation.arbitration)
  }

  /// What a client can tell of the one product of a consultation where nothing else stands in the
  /// way of it; empty otherwise.
  private static func open(_ consultation: Consultation) -> [Reason] {
    guard consultation.counts.undecided > 0,
      let reasons = consultation.exclusions(from: 0, limit: 1).first?.reasons,
      reasons.allSatisfy(\.isTellable)
    else { return [] }
    return reasons
  }

  /// Whether a loan of a goal's amount and term costs more a month than the client can carry, even
  /// at the lowest of its rates.
  mutating func isBeyondMeans(_ goal: Goal) -> Bool {
    guard let leastRate, let amount = goal.amount, let months = goal.termMonths, months > 0,
      months <= Pricer.longestTerm, goal.currency == product.currency,
      case .asked(_, _, let pricer, _) = situation(of: goal),
      let most = pricer.limits?.maximumInstalment(in: product.currency)
    else { return false }
    // One unit more than can be carried is left for rounding.
    return amount * alone.annuities.factor(leastRate, months) > most + 1
  }

  private mutating func situation(of goal: Goal) -> Situation {
    var key = goal
    (key.amount, key.currency, key.termMonths, key.securityValue) = (nil, nil, nil, nil)
    if let known = situations[key] { return known }
    let new = newSituation(of: goal)
    switch new {
    case .found(.open), .asked(_, _, _, isOpen: true): hasMetOpen = true
    default: break
    }
    situations[key] = new
    return new
  }

  private func newSituation(of goal: Goal) -> Situation {
    let answers = goal.assuming.answers
    let rules = consultation.adviser.rules
    if answers != consultation.goal.assuming.answers,
      !rules.violations(assuming: answers, of: consultation.facts).isEmpty
    {
      return .refused
    }
    let tried = consult(goal)
    let screening = tried.screening
    guard let place = screening.needOfKind[product.kind] else { return .refused }
    let need = screening.needs[place]
    guard need.code == Need.asked else {
      if !tried.priced.isEmpty { return .found(.fits) }
      return .found(Self.open(tried).isEmpty ? .refused : .open)
    }
    let evaluation = RuleEvaluation(rules, tried.client)
    let said = evaluation.verdicts(needed: Set(screening.needs.flatMap(\.kinds)))
    let reasons = screening.reasons(against: 0, said[product.kind] ?? []).filter { reason in
      reason.rule != Reason.ofProduct || !TermColumn.requestCodes.contains(reason.code)
    }
    guard reasons.allSatisfy(\.isTellable) else { return .refused }
    let rates = consultation.adviser.catalogue.exchangeRates
    return .asked(
      need, TermQuery(client: tried.client, limits: tried.limits, rates: rates),
      Pricer(
        catalogue: alone.catalogue, client: tried.client, limits: tried.limits,
        annuities: alone.annuities), isOpen: !reasons.isEmpty)
  }

  private func need(_ goal: Goal, of kinds: Need, _ query: TermQuery) -> Need {
    Need(
      code: kinds.code, rule: kinds.rule, kinds: kinds.kinds,
      currency: goal.currency ?? query.client.homeCurrency,
      amount: alone.amount(asked: goal, query.client),
      months: goal.termMonths ?? Adviser.usualMonths(goal.kind), purpose: goal.purpose,
      securityValue: goal.securityValue)
  }
}

/// The terms about a request that one product sets.
private struct RequestTerms {
  private let columns: [TermColumn]
  private let table: RuleTable

  init(_ product: Product, _ table: TermTable, _ isRead: (TermColumn) -> Bool) throws {
    columns = table.terms[0].map { table.columns[$0.column] }
      .filter { $0.isOfRequest && isRead($0) }
    self.table = try RuleTable(
      columns: columns.map(\.name), rules: [columns.map { $0.condition(of: product) }])
  }

  /// Whether a need meets them all.
  func hold(_ need: Need, _ query: TermQuery) -> Bool {
    let match = table.match(query.values(for: columns, need: need))
    return !table.tier(Array(columns.indices), of: match).matched.isEmpty
  }
}

extension Reason {
  /// Whether it only waits for something that the client can tell.
  var isTellable: Bool {
    state == .unknown && (question != nil || TermColumn.codes.contains(code))
  }
}
