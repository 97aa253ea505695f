import DMN
import FEEL
import Quantities

/// What is known of a kind of products: the need that it answers, and what the written rules say.
struct KindStanding: Sendable {
  let need: Int?
  let findings: [Reason]
}

/// A catalogue held against one client and their needs: which products fail in which tier, which
/// cannot be told, and which are left to be priced.
///
/// Whole sets of products are computed at once; the reasons of one product are worked out when
/// somebody asks.
struct Screening {
  let table: TermTable
  let products: [Product]
  let client: ClientInputs
  let needs: [Need]
  /// The columns about the client; a business has no age, so that none is asked of it.
  private let ofClient: [Int]
  /// For each need the columns about what is wanted, that of the currency aside.
  private let ofRequest: [[Int]]
  /// The table's answer for each need; the first serves for the client's columns.
  private let matches: [RuleTable.Match]
  /// The values asked about, a list a need.
  private let values: [[Value]]
  /// What written rules say of each kind, without the rules' names.
  private let findings: [ProductKind: [Reason]]
  /// The need that each kind answers.
  let needOfKind: [ProductKind: Int]
  /// The products that fail in each tier; a product may fail in several.
  private(set) var failed: [Tier: BitSet] = [:]
  /// The products that something is missing for.
  private(set) var unknown: BitSet
  /// By their places the products that the client has or has said yes to, and that this is so.
  private var taken: [Int: Reason] = [:]

  /// Holds a catalogue against a client.
  ///
  /// - Parameter findings: what the written rules say of a kind, failed or unknown.
  init(
    _ table: TermTable, _ products: [Product], _ query: TermQuery, needs: [Need],
    findings: [ProductKind: [Reason]]
  ) {
    self.table = table
    self.products = products
    self.needs = needs
    self.findings = findings
    client = query.client
    ofClient = query.client.customerKind == .business ? table.ofBusiness : table.ofClient
    ofRequest = needs.map { Self.requestColumns(of: $0, table) }
    let asked: [Need?] = needs.isEmpty ? [nil] : needs
    values = asked.map { query.values(for: table.columns, need: $0) }
    matches = values.map { table.table.match($0) }
    var needOfKind: [ProductKind: Int] = [:]
    for (index, need) in needs.enumerated() {
      for kind in need.kinds where needOfKind[kind] == nil { needOfKind[kind] = index }
    }
    self.needOfKind = needOfKind
    unknown = BitSet(count: products.count)
    screenTerms()
    screenFindings()
  }

  private mutating func screenTerms() {
    let byClient = table.table.tier(ofClient, of: matches[0])
    var eligible = byClient.matched.or(byClient.unknown)
    var otherCurrency = BitSet(count: products.count)
    unknown.formOr(byClient.unknown)
    for index in needs.indices {
      let mask = products(for: index)
      let ofRequest = table.table.tier(ofRequest[index], of: matches[index])
      let fitting = ofRequest.matched.or(ofRequest.unknown)
      eligible.formAndNot(mask.andNot(fitting))
      unknown.formOr(mask.and(ofRequest.unknown))
      let sameCurrency = table.table.tier([table.ofCurrency], of: matches[index]).matched
      otherCurrency.formOr(mask.andNot(sameCurrency))
    }
    failed[.eligibility] = eligible.complement
    let suitable = table.table.tier(table.ofSuitability, of: matches[0])
    failed[.suitability] = suitable.matched.or(suitable.unknown).complement
    unknown.formOr(suitable.unknown)
    failed[.applicability] = otherCurrency
  }

  private mutating func screenFindings() {
    for (kind, reasons) in findings {
      guard let set = table.kinds[kind] else { continue }
      for reason in reasons {
        switch reason.state {
        case .failed: fail(set, reason.tier)
        case .unknown: unknown.formOr(set)
        case .met: break
        }
      }
    }
    for taken in client.takenProducts {
      guard let place = table.places[taken] else { continue }
      fail(BitSet([place], count: products.count), .applicability)
      self.taken[place] = takenReason(taken)
    }
  }

  private func takenReason(_ product: ProductID) -> Reason {
    guard !client.heldProducts.contains(product), let day = client.acceptedProducts[product] else {
      return .held
    }
    return .accepted(on: day)
  }

  private mutating func fail(_ set: BitSet, _ tier: Tier) {
    failed[tier, default: BitSet(count: products.count)].formOr(set)
  }

  /// The columns asked about for a need: amounts only where the need names one, since the sum
  /// insured may be chosen within the product's bounds.
  private static func requestColumns(of need: Need, _ table: TermTable) -> [Int] {
    asksAmount(need)
      ? table.ofRequest : table.ofRequest.filter { table.columns[$0].role != .amount }
  }

  private static func asksAmount(_ need: Need) -> Bool {
    need.amount != nil || !need.kinds.allSatisfy { $0.line == .insurance }
  }

  /// The products that nothing speaks against and nothing is missing for.
  var candidates: BitSet { failedAtAll.or(unknown).complement }

  /// The products of the kinds that answer a need and none before it.
  func products(for need: Int) -> BitSet {
    var set = BitSet(count: products.count)
    for kind in needs[need].kinds where needOfKind[kind] == need {
      if let products = table.kinds[kind] { set.formOr(products) }
    }
    return set
  }

  /// The products that fail in some tier.
  var failedAtAll: BitSet {
    failed.values.reduce(BitSet(count: products.count)) { $0.or($1) }
  }

  /// The products that fail by a term whose value is known, the risk class aside: its limit may
  /// still depend on what is not known.
  var failedByTerms: BitSet {
    var failed = failedByClient
    for index in needs.indices {
      let columns = ofRequest[index] + [table.ofCurrency]
      let tier = table.table.tier(columns, of: matches[index])
      failed.formOr(products(for: index).andNot(tier.matched.or(tier.unknown)))
    }
    return failed
  }

  /// Those of them that fail by a term about the client, whatever is needed.
  var failedByClient: BitSet {
    let suitability = table.ofSuitability.filter { table.columns[$0] != .riskClass }
    let tier = table.table.tier(ofClient + suitability, of: matches[0])
    var failed = tier.matched.or(tier.unknown).complement
    for held in client.takenProducts {
      if let place = table.places[held] { failed[place] = true }
    }
    return failed
  }

  /// The products of a kind that written rules speak against.
  func failedByFindings(of kind: ProductKind) -> BitSet {
    let isFailed = (findings[kind] ?? []).contains { $0.state == .failed }
    guard isFailed, let set = table.kinds[kind] else { return BitSet(count: products.count) }
    return set
  }

  /// For each question the products that nothing speaks against and that wait for its answer.
  var openQuestions: [String: BitSet] {
    let open = unknown.andNot(failedAtAll)
    guard !open.isEmpty else { return [:] }
    var waiting: [String: BitSet] = [:]
    func wait(_ question: String?, _ set: BitSet) {
      guard let question else { return }
      waiting[question, default: BitSet(count: products.count)].formOr(set.and(open))
    }
    for column in ofClient + table.ofSuitability where matches[0].isNull(column: column) {
      wait(table.columns[column].question, table.table.constrained(column: column))
    }
    for (kind, set) in table.kinds {
      for reason in findings[kind] ?? [] where reason.state == .unknown {
        wait(reason.question, set)
      }
      guard let need = needOfKind[kind] else { continue }
      for column in ofRequest[need] where matches[need].isNull(column: column) {
        wait(
          question(of: table.columns[column], needs[need]),
          set.and(table.table.constrained(column: column)))
      }
    }
    return waiting
  }

  /// Adds every condition that a product fails or that cannot be told.
  ///
  /// - Parameters:
  ///   - need: the number of the need that the product's kind answers.
  ///   - findings: the numbers of what the written rules say of the kind.
  ///   - known: the reasons that products before it had.
  func addReasons(
    against place: Int, need: Int?, findings: [Int], _ known: inout TermReasons,
    to numbers: inout [Int]
  ) {
    addTerms(place, clientRoles, need: 0, &known, to: &numbers)
    if let need {
      addTerms(place, requestRoles(of: need), need: need, &known, to: &numbers)
      addTerms(place, .currency, need: need, &known, to: &numbers)
    }
    numbers += findings
    if need == nil, isAsked {
      // What would stand in the way of a product of a kind that was not asked for, if it were asked
      // for on the same terms: it does not fit the wish, whatever the client is.
      addTerms(place, .currency, need: 0, &known, to: &numbers)
      addTerms(place, requestRoles(of: 0), need: 0, isUnasked: true, &known, to: &numbers)
    }
    if let reason = taken[place] { numbers.append(known.number(of: reason)) }
    addTerms(place, .suitability, need: 0, &known, to: &numbers)
  }

  /// The same of one product alone, as reasons tier by tier.
  func reasons(against place: Int, _ findings: [Reason]) -> [Reason] {
    var known = TermReasons()
    var numbers: [Int] = []
    addReasons(
      against: place, need: needOfKind[table.listings[place].kind],
      findings: findings.map { known.number(of: $0) }, &known, to: &numbers)
    known.sortByTier(&numbers)
    return numbers.map { known[$0] }
  }

  /// The conditions that a product sets and that are met, as reasons for it.
  func reasons(for place: Int) -> [Reason] {
    metTerms(of: place).map { reason(forMet: $0, of: place) }
  }

  /// The conditions that a product sets of what was asked and that are met.
  func metTerms(of place: Int) -> [TermTable.SetTerm] {
    let roles = clientRoles.union(requestRoles(of: needOrFirst(of: place))).union(.suitability)
    return table.terms[place].filter {
      table.columns[$0.column] != .inForce && roles.contains($0.role)
    }
  }

  /// A condition that is met as a reason for a product: the same for all products whose terms make
  /// the same statement about the same need.
  func reason(forMet term: TermTable.SetTerm, of place: Int) -> Reason {
    reason(term, of: place, need: needOrFirst(of: place), state: .met)
  }

  /// The number of the need that a product answers; the first where it answers none.
  func needOrFirst(of place: Int) -> Int { needOfKind[table.listings[place].kind] ?? 0 }

  /// Whether the first need is what was asked for, so that every product is held against it.
  var isAsked: Bool { needs.first?.code == Need.asked }

  /// What is asked of the client; a business has no age.
  private var clientRoles: TermRole {
    client.customerKind == .business ? .client : [.client, .age]
  }

  /// What is asked of what is wanted: amounts only where the need asks about them.
  private func requestRoles(of need: Int) -> TermRole {
    guard needs.indices.contains(need) else { return [.request, .amount] }
    return Self.asksAmount(needs[need]) ? [.request, .amount] : .request
  }

  /// Adds the terms in some columns that a product fails, and then those that cannot be told.
  private func addTerms(
    _ place: Int, _ roles: TermRole, need: Int, isUnasked: Bool = false,
    _ known: inout TermReasons, to numbers: inout [Int]
  ) {
    func append(_ term: TermTable.SetTerm, _ state: Reason.State) {
      numbers.append(
        known.number(
          group: need * 2 + (isUnasked ? 1 : 0),
          place: term.statement * 2 + (state == .unknown ? 1 : 0), of: table.required.count * 2
        ) {
          let said = reason(term, of: place, need: need, state: state)
          return isUnasked ? said.moved(to: .applicability) : said
        })
    }
    let terms = table.terms[place]
    var hasOpen = false
    for term in terms where roles.contains(term.role) {
      if matches[need].isNull(column: term.column) {
        hasOpen = true
      } else if !table.table.holds(rule: place, column: term.column, in: matches[need]) {
        append(term, .failed)
      }
    }
    guard hasOpen else { return }
    for term in terms where roles.contains(term.role) {
      if matches[need].isNull(column: term.column) { append(term, .unknown) }
    }
  }

  private func reason(
    _ set: TermTable.SetTerm, of place: Int, need: Int, state: Reason.State
  ) -> Reason {
    let term = table.columns[set.column]
    let asked = needs.indices.contains(need) ? needs[need] : nil
    if state == .unknown, term.isAmountAsked, let amount = asked?.amount {
      return Reason(
        tier: term.tier, code: "exchangeRate", state: state, actual: amount.currency.code,
        required: table.listings[place].currency.code, source: .catalogue)
    }
    // A purpose or a currency that nobody named is held against the terms as any other, but is not
    // said to be what was asked for.
    let isUnnamed =
      term == .purpose && asked?.purpose == nil
      || term == .currency && asked?.isCurrencyNamed != true
      || term.code == "turnover" && client.yearlyTurnover == nil
    return Reason(
      tier: term.tier, code: term.code, state: state, cell: table.cells[set.statement],
      actual: state == .unknown ? nil : term.actual(values[need][set.column], client),
      isNamed: !isUnnamed, required: table.required[set.statement],
      source: term.source(client, asked),
      question: state == .unknown ? question(of: term, asked) : nil)
  }

  /// The question whose answer tells a value that is missing; of an amount the one that the need
  /// names, and none where it is named and only its exchange rate is missing.
  private func question(of term: TermColumn, _ need: Need?) -> String? {
    guard term.isAmountAsked, let need else { return term.question }
    return need.amount == nil ? need.question ?? term.question : nil
  }
}

extension Reason {
  /// That the client holds the very product.
  static let held = Reason(
    tier: .applicability, code: "held", state: .failed, cell: "false", actual: "true",
    required: "false", source: .holdings)

  /// That the client accepted the offer on a day.
  static func accepted(on day: CalendarDate) -> Reason {
    Reason(
      tier: .applicability, code: "accepted", state: .failed, cell: "null",
      actual: day.description, required: "none", source: .history)
  }
}

extension Facts {
  /// Why a product is offered no more to the client from a day on, be it taken then or since; nil
  /// where it may be.
  func taken(_ product: ProductID, on date: CalendarDate) -> Reason? {
    let held = holdings.filter { $0.product == product }
    if held.contains(where: { $0.until.map { $0 >= date } ?? true }) { return .held }
    return accepted.last { $0.product == product }.map { .accepted(on: $0.on) }
  }
}
