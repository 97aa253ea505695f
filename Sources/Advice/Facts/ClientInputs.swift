package import Quantities

/// The values that rules read of a client on one day, each with its source.
///
/// Amounts are in the reference currency of the rules. A value that is not known is nil, and then a
/// rule that needs it leaves the product undecided.
package struct ClientInputs: Sendable {
  /// The day of the decision.
  package let date: CalendarDate
  package let customerKind: CustomerKind
  package let age: Int?
  package let residency: String?
  package let region: String?
  package let segments: Set<String>
  package let employment: EmploymentStatus?
  package let isStaff: Bool
  package let dependants: Int?
  package let monthsAsCustomer: Int?
  /// Whether the profile says since when; else the history does.
  let isSinceRecorded: Bool
  package let homeCurrency: Currency
  /// Regular income a month: from the history where three months are known, else as answered.
  package let income: Sourced<Decimal128>?
  package let spending: Decimal128?
  package let instalments: Decimal128?
  package let averageBalance: Decimal128?
  package let monthsInArrears: Int?
  package let yearlyTurnover: Decimal128?
  package let heldKinds: Set<ProductKind>
  package let heldProducts: Set<ProductID>
  /// What lay on the deposits that ended within the last ``maturedMonths``; nil where none did.
  package let maturedDeposits: Decimal128?
  /// The offers that were accepted up to this day, with the day.
  package let acceptedProducts: [ProductID: CalendarDate]
  package let portfolioValue: Decimal128?
  /// Whether the client told the portfolio's value, since we hold none of it.
  let isPortfolioDeclared: Bool
  package let largestShare: Decimal128?
  package let risk: RiskProfile
  package let answers: [String: String]
  /// What the law protects, by its name; rules read it on a legal basis only.
  package let protected: [String: String]

  /// The currency that written rules compute in.
  package static let referenceCurrency = "EUR"

  /// What is known of a client on a day, from what is dated before it.
  ///
  /// - Parameters:
  ///   - rates: the edition's exchange rates; an amount without a rate is unknown.
  ///   - assuming: the debts and arrears taken as if they were paid; answers that are assumed are
  ///     in the facts already.
  package init(
    _ facts: Facts, on date: CalendarDate, rates: ExchangeRates,
    assuming: Assumptions = Assumptions()
  ) {
    self.date = date
    let answers = facts.answers
    let home = facts.homeCurrency
    let reference = Currency(Self.referenceCurrency)
    func inReference(_ amount: Decimal128?, _ currency: Currency) -> Decimal128? {
      guard let amount, let reference else { return nil }
      return rates.convert(Money(amount, currency), to: reference, on: date)?
        .amount
    }
    let profile = facts.profile
    customerKind = profile.customerKind
    age = profile.age(on: date)
    residency = profile.residency
    region = profile.region
    segments = profile.segments
    employment = profile.employment
    isStaff = profile.isStaff
    dependants = profile.dependants ?? answers["dependants"].flatMap { Int($0) }
    isSinceRecorded = profile.clientSince != nil
    monthsAsCustomer = (profile.clientSince ?? facts.history.firstDate).map { since in
      max(0, (date.year - since.year) * 12 + date.month - since.month)
    }
    homeCurrency = home
    let history = facts.history
    if let observed = inReference(history.regularIncome(before: date), home) {
      income = Sourced(value: observed, source: .history)
    } else {
      let declared = answers["monthly-income"].flatMap { Decimal128($0) }
      income = inReference(declared, home).map { Sourced(value: $0, source: .answer) }
    }
    spending = inReference(history.regularSpending(before: date), home)
    let held = facts.holdings.filter { $0.isHeld(on: date) }
    let repaid = inReference(assuming.instalmentsRepaid, home) ?? 0
    instalments = Self.instalments(facts, held, date, inReference).map { max(0, $0 - repaid) }
    averageBalance = inReference(history.averageBalance(before: date), home)
    let arrears = assuming.arrearsSettled ? 0 : history.monthsInArrears(before: date)
    monthsInArrears = history.months.isEmpty ? nil : arrears
    yearlyTurnover = inReference(profile.yearlyTurnover, home)
    heldKinds = Set(held.map(\.kind))
    maturedDeposits = Self.maturedDeposits(facts, date, inReference)
    heldProducts = Set(held.compactMap(\.product))
    acceptedProducts = Dictionary(
      facts.accepted.filter { $0.on <= date }.map { ($0.product, $0.on) },
      uniquingKeysWith: { first, _ in first })
    (portfolioValue, largestShare) = Self.portfolio(facts, answers, date, inReference)
    isPortfolioDeclared =
      answers["portfolio-value"] != nil
      && !facts.positions.contains { $0.pricedOn < date && $0.value > 0 }
    risk = facts.risk
    self.answers = answers
    protected = profile.protected
  }

  /// The products that the client has or has said yes to, which are not offered again.
  var takenProducts: Set<ProductID> { heldProducts.union(acceptedProducts.keys) }

  /// For how many months money from a deposit that ended counts as just come free.
  package static let maturedMonths = 3

  private static func maturedDeposits(
    _ facts: Facts, _ date: CalendarDate,
    _ inReference: (Decimal128?, Currency) -> Decimal128?
  ) -> Decimal128? {
    let start = date.adding(months: -maturedMonths)
    let sums = facts.holdings.compactMap { deposit -> Decimal128? in
      guard deposit.kind.line == .deposit, deposit.balance > 0, let end = deposit.until,
        end <= date, end >= start
      else { return nil }
      return inReference(deposit.balance, deposit.currency)
    }
    return sums.isEmpty ? nil : sums.reduce(0, +)
  }

  /// The instalments a month: the larger of what the accounts show and what the contracts say.
  private static func instalments(
    _ facts: Facts, _ held: [HeldProduct], _ date: CalendarDate,
    _ inReference: (Decimal128?, Currency) -> Decimal128?
  ) -> Decimal128? {
    var agreed: Decimal128 = 0
    for contract in held where contract.kind.line == .loan {
      guard let amount = inReference(contract.instalment, contract.currency) else { return nil }
      agreed += amount
    }
    let observed = facts.history.regularInstalments(before: date)
    guard let observed = inReference(observed, facts.homeCurrency) else { return agreed }
    return max(observed, agreed)
  }

  private static func portfolio(
    _ facts: Facts, _ answers: [String: String], _ date: CalendarDate,
    _ inReference: (Decimal128?, Currency) -> Decimal128?
  ) -> (value: Decimal128?, share: Decimal128?) {
    var total: Decimal128 = 0
    var largest: Decimal128 = 0
    for position in facts.positions where position.pricedOn < date {
      guard let value = inReference(position.value, position.currency) else { return (nil, nil) }
      total += value
      largest = max(largest, value)
    }
    guard total > 0 else {
      let declared = answers["portfolio-value"].flatMap { Decimal128($0) }
      if let declared { return (inReference(declared, facts.homeCurrency), 0) }
      return (facts.positions.isEmpty ? nil : 0, 0)
    }
    return (total, (largest / total).rounded(scale: 4, .halfEven))
  }

  /// An answer that is yes or no.
  package func answered(_ question: String) -> Bool? {
    switch answers[question] {
    case "true", "yes": true
    case "false", "no": false
    default: nil
    }
  }
}

/// A value and where it came from.
package struct Sourced<Value: Sendable>: Sendable {
  package let value: Value
  package let source: ValueSource
}
