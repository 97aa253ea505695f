import DMN
import FEEL
package import JSON
package import Quantities

/// What an anonymous visitor looks for.
///
/// A parameter that is not named restricts nothing.
package struct MatchQuery: Sendable, Hashable {
  package var line: ProductLine?
  package var kinds: Set<ProductKind> = []
  package var amount: Decimal128?
  package var currency: Currency?
  package var termMonths: Int?
  package var purpose: LoanPurpose?
  package var age: Int?
  package var residency: String?
  package var region: String?
  package var employment: EmploymentStatus?
  package var customerKind: CustomerKind?
  package var monthlyIncome: Decimal128?
  package var loanToValue: Decimal128?
  /// In which order the fitting products stand; nil for the usual one of what is asked for.
  package var order: MatchOrder?
  /// Where the page of fitting products starts.
  package var from = 0
  /// Where the page of the others starts.
  package var othersFrom = 0
  /// Products of a page.
  package var limit = 20

  /// The most products of a page.
  package static let greatestLimit = 100

  /// Reads a query from the fields of a request; nil after what is wrong was recorded.
  package init?(reading fields: JSONFields) {
    line = fields.optionalChoice("line", ProductLine.self)
    let names = fields.optionalStrings("kinds", max: ProductKind.allCases.count, maxLength: 40)
    amount = fields.optionalDecimal("amount", in: Goal.amounts)
    currency = fields.optionalCurrency("currency")
    termMonths = fields.optionalInteger("termMonths", in: Goal.terms)
    purpose = fields.optionalChoice("purpose", LoanPurpose.self)
    age = fields.optionalInteger("age", in: 0...130)
    residency = fields.optionalString("residency", maxLength: 2)
    region = fields.optionalString("region", maxLength: 40)
    employment = fields.optionalChoice("employment", EmploymentStatus.self)
    customerKind = fields.optionalChoice("customerKind", CustomerKind.self)
    monthlyIncome = fields.optionalDecimal("monthlyIncome", in: 0...1_000_000_000)
    loanToValue = fields.optionalDecimal("loanToValue", in: 0...1_000)
    order = fields.optionalChoice("order", MatchOrder.self)
    from = fields.optionalInteger("from", in: 0...1_000_000) ?? 0
    othersFrom = fields.optionalInteger("othersFrom", in: 0...1_000_000) ?? 0
    limit = fields.optionalInteger("limit", in: 1...Self.greatestLimit) ?? 20
    for (index, name) in (names ?? []).enumerated() {
      guard let kind = ProductKind(rawValue: name) else {
        fields.report("kinds", "choice", "Element \(index), '\(name)', is no kind of product.")
        continue
      }
      kinds.insert(kind)
    }
    if let residency, !Country.isKnown(residency) {
      fields.report(
        "residency", "format", "This must be a country's two capital letters (ISO 3166).")
    }
    if amount != nil || monthlyIncome != nil, currency == nil, !fields.has("currency") {
      fields.report("currency", "required", "An amount needs its currency.")
    }
  }
}

/// In which order fitting products stand, those that are equal by brand and then by product id.
package enum MatchOrder: String, Sendable, CaseIterable {
  /// By what they cost or earn a year with the fees that every client pays.
  case cost
  /// By the stated rate, fees aside: loans from the lowest, deposits from the highest; what has no
  /// rate stands by its cost.
  case rate
}

extension MatchQuery {
  /// The order asked for; where none is, term deposits alone stand by their rates, as they are
  /// quoted, and anything else by its cost.
  fileprivate var effectiveOrder: MatchOrder {
    order ?? (kinds == [.termDeposit] ? .rate : .cost)
  }
}

/// The catalogue split by a query: what fits, best for the client first, and what does not.
package struct MatchResult: Sendable {
  /// One product that fits, with its price where the query says enough for one.
  package struct Fit: Sendable {
    package let product: Product
    package let price: Price?
  }

  /// One product that does not fit, with every parameter that it violates.
  package struct Miss: Sendable {
    package let product: Product
    package let reasons: [Reason]
  }

  /// The page of the products that fit.
  package let fits: [Fit]
  /// How many fit in all.
  package let fitCount: Int
  /// The page of the others.
  package let misses: [Miss]
  /// How many do not fit in all.
  package let missCount: Int
}

/// The catalogue split by the parameters of a visitor, whatever page of it is asked for.
struct MatchSplit: Sendable {
  /// A product that fits.
  struct Fitting: Sendable {
    let place: Int
    let quote: Quote?
    /// What it costs a year, or less than nothing where it earns; or its rate likewise.
    fileprivate let cost: Decimal128?
  }

  fileprivate let values: [Value]
  fileprivate let match: RuleTable.Match
  fileprivate let named: Set<Int>
  /// The best for the client first.
  fileprivate let fits: [Fitting]
  /// Those that do not fit.
  fileprivate let misses: BitSet

  /// Splits kept at once: visitors turn pages and come back, and many ask the same.
  static let kept = 16
}

/// All that a split depends on beside the catalogue.
struct MatchQuestion: Hashable, Sendable {
  fileprivate let query: MatchQuery
  fileprivate let date: CalendarDate

  fileprivate init(_ query: MatchQuery, _ date: CalendarDate) {
    var whole = query
    whole.from = 0
    whole.othersFrom = 0
    whole.limit = 1
    self.query = whole
    self.date = date
  }
}

extension Adviser {
  /// Splits the catalogue by the parameters of a visitor of whom nothing is known or kept.
  ///
  /// The last splits stay in memory by their parameters alone.
  package func match(_ query: MatchQuery, on date: CalendarDate) -> MatchResult {
    let split = splits.answer(to: MatchQuestion(query, date)) { self.split(by: query, date) }
    return MatchResult(
      fits: split.fits.dropFirst(query.from).prefix(query.limit).map { fitting in
        let product = products[fitting.place]
        return .init(product: product, price: fitting.quote?.price(of: product))
      }, fitCount: split.fits.count,
      misses: split.misses.lazy.dropFirst(query.othersFrom).prefix(query.limit).map { place in
        .init(product: products[place], reasons: missReasons(place, split, query, date))
      }, missCount: split.misses.popCount)
  }

  private func split(by query: MatchQuery, _ date: CalendarDate) -> MatchSplit {
    let values = table.columns.map { value(of: $0, query, date) }
    let match = table.table.match(values)
    let named = table.columns.indices.filter { values[$0] != .null }
    var fitting = table.table.tier(named, of: match).matched
    for (kind, set) in table.kinds where !asksFor(kind, query) { fitting.formAndNot(set) }
    for (currency, set) in table.currencies where !converts(query, to: currency, date) {
      fitting.formAndNot(set)
    }
    var pricer = Pricer(
      catalogue: catalogue, client: anonymous(query, date), limits: nil, annuities: annuities)
    if let need = visitorNeed(query) { pricer.turn(to: 0, of: [need]) }
    let isByRate = query.effectiveOrder == .rate
    let fits = fitting.map { place in
      let listing = table.listings[place]
      guard case .quote(let quote) = pricer.quote(listing) else {
        return MatchSplit.Fitting(place: place, quote: nil, cost: nil)
      }
      let rate = isByRate ? quote.statedRate(of: listing.product) : nil
      let figure = rate ?? quote.costRatio
      return MatchSplit.Fitting(
        place: place, quote: quote, cost: listing.kind.line == .deposit ? -figure : figure)
    }
    return MatchSplit(
      values: values, match: match, named: Set(named), fits: order(of: fits).map { fits[$0] },
      misses: fitting.complement)
  }

  private func asksFor(_ kind: ProductKind, _ query: MatchQuery) -> Bool {
    if let line = query.line, kind.line != line { return false }
    return query.kinds.isEmpty || query.kinds.contains(kind)
  }

  /// The places of fitting products in their order: line by line those with a price before the
  /// others, the better for the client first, and then by id.
  private func order(of fitting: [MatchSplit.Fitting]) -> [Int] {
    struct Key {
      let line: Int
      let cost: Decimal128?
      let place: Int
      let index: Int
    }
    let lines = ProductLine.allCases
    let keys = fitting.enumerated().map { index, product in
      let line = table.listings[product.place].kind.line
      return Key(
        line: lines.firstIndex(of: line) ?? lines.count, cost: product.cost,
        place: product.place, index: index)
    }
    return keys.sorted { left, right in
      if left.line != right.line { return left.line < right.line }
      switch (left.cost, right.cost) {
      case (let first?, let second?) where first != second: return first < second
      case (.some, nil): return true
      case (nil, .some): return false
      default: return left.place < right.place
      }
    }.map(\.index)
  }

  private func value(of column: TermColumn, _ query: MatchQuery, _ date: CalendarDate) -> Value {
    func converted(_ amount: Decimal128?, to currency: Currency) -> Value {
      guard let amount, let from = query.currency,
        let money = catalogue.exchangeRates.convert(
          Money(amount, from), to: currency, on: date)
      else { return .null }
      return .number(money.amount)
    }
    let number = { (value: Int?) in value.map { Value.number(Decimal128($0)) } ?? .null }
    let text = { (value: String?) in value.map { Value.string($0) } ?? .null }
    switch column {
    case .inForce: return number(date.daysSinceEpoch)
    case .audience: return text(query.customerKind?.rawValue)
    case .age: return number(query.age)
    case .residency: return text(query.residency)
    case .region: return TermQuery.regions(query.region)
    case .employment: return text(query.employment?.rawValue)
    case .student: return query.employment.map { .boolean($0 == .student) } ?? .null
    case .pensioner: return query.employment.map { .boolean($0 == .retired) } ?? .null
    case .income(let currency): return converted(query.monthlyIncome, to: currency)
    case .currency: return text(query.currency?.code)
    case .term: return number(query.termMonths)
    case .purpose: return text(query.purpose?.rawValue)
    case .loanToValue: return query.loanToValue.map { .number($0) } ?? .null
    case .amount(let currency), .balance(let currency):
      return converted(query.amount, to: currency)
    case .segment, .staff, .newClient, .turnover, .riskClass, .knowledge, .capacityForLoss,
      .horizon:
      return .null
    }
  }

  /// Whether the amounts of a query can be told in a currency, so that its terms can be checked.
  private func converts(_ query: MatchQuery, to currency: Currency, _ date: CalendarDate) -> Bool {
    guard let from = query.currency, query.amount != nil || query.monthlyIncome != nil else {
      return true
    }
    let one = Money(1, from)
    return catalogue.exchangeRates.convert(one, to: currency, on: date) != nil
  }

  private func anonymous(_ query: MatchQuery, _ date: CalendarDate) -> ClientInputs {
    let currency = query.currency ?? .undecided
    var facts = Facts(homeCurrency: currency)
    facts.profile.customerKind = query.customerKind ?? .person
    facts.profile.employment = query.employment
    facts.profile.region = query.region
    return ClientInputs(facts, on: date, rates: catalogue.exchangeRates)
  }

  private func visitorNeed(_ query: MatchQuery) -> Need? {
    guard let amount = query.amount, let currency = query.currency else { return nil }
    return Need(
      code: "asked", rule: "request", kinds: query.kinds, currency: currency,
      amount: Money(amount, currency), months: query.termMonths,
      purpose: query.purpose)
  }

  private func missReasons(
    _ place: Int, _ split: MatchSplit, _ query: MatchQuery, _ date: CalendarDate
  ) -> [Reason] {
    let product = products[place]
    var reasons: [Reason] = []
    if let line = query.line, product.line != line {
      reasons.append(
        Reason(
          tier: .applicability, code: "line", state: .failed,
          cell: "\"\(product.line.rawValue)\"", actual: line.rawValue,
          required: product.line.rawValue, source: .request))
    } else if !asksFor(product.kind, query) {
      reasons.append(
        Reason(
          tier: .applicability, code: "kind", state: .failed,
          cell: "\"\(product.kind.rawValue)\"",
          actual: query.kinds.map(\.rawValue).sorted(by: byteOrder).joined(separator: ", "),
          required: product.kind.rawValue, source: .request))
    }
    if let from = query.currency, !converts(query, to: product.currency, date) {
      reasons.append(
        Reason(
          tier: .eligibility, code: "exchangeRate", state: .unknown, actual: from.code,
          required: product.currency.code, source: .catalogue))
    }
    let client = anonymous(query, date)
    for column in table.table.missed(rule: place, in: split.match)
    where split.named.contains(column) {
      let term = table.columns[column]
      reasons.append(
        Reason(
          tier: term.tier, code: term.code, state: .failed, cell: term.cell(of: product),
          actual: term.actual(split.values[column], client),
          required: term.required(of: product), source: .request))
    }
    return reasons
  }
}
