import DMN
import FEEL
import Quantities

/// One column of the table that a catalogue is compiled into: a term that products may set.
enum TermColumn: Hashable {
  case inForce, audience, age, residency, region, segment, employment
  case student, pensioner, staff, newClient
  case income(Currency), turnover(Currency)
  case currency, term, purpose, loanToValue
  case amount(Currency), balance(Currency)
  case riskClass, knowledge, capacityForLoss, horizon

  /// The columns of a catalogue: those in money stand once for each currency of its products.
  static func columns(for products: [Product]) -> [TermColumn] {
    let currencies = Set(products.map(\.currency)).sorted { $0.code < $1.code }
    return [
      .inForce, .audience, .age, .residency, .region, .segment, .employment,
      .student, .pensioner, .staff, .newClient,
    ] + currencies.map { .income($0) } + currencies.map { .turnover($0) }
      + [.currency, .term, .purpose, .loanToValue] + currencies.map { .amount($0) }
      + currencies.map { .balance($0) }
      + [.riskClass, .knowledge, .capacityForLoss, .horizon]
  }

  /// The tier that a failure in this column belongs to.
  var tier: Tier {
    switch self {
    case .currency: .applicability
    case .riskClass, .knowledge, .capacityForLoss, .horizon: .suitability
    default: .eligibility
    }
  }

  /// Which of the questions about a product the column belongs to.
  var role: TermRole {
    switch self {
    case .age: .age
    case .currency: .currency
    case .amount, .balance: .amount
    case .term, .purpose, .loanToValue: .request
    default: tier == .suitability ? .suitability : .client
    }
  }

  /// Whether the column is about what was asked for and not about the client.
  var isOfRequest: Bool {
    switch self {
    case .currency, .term, .purpose, .loanToValue, .amount, .balance: true
    default: false
    }
  }

  /// Whether the column is about the amount that was asked for.
  var isAmountAsked: Bool {
    switch self {
    case .amount, .balance: true
    default: false
    }
  }

  /// The name of the condition and the key of its wording.
  var code: String {
    switch self {
    case .inForce: "inForce"
    case .audience: "audience"
    case .age: "age"
    case .residency: "residency"
    case .region: "region"
    case .segment: "segment"
    case .employment: "employment"
    case .student: "student"
    case .pensioner: "pensioner"
    case .staff: "staff"
    case .newClient: "newClient"
    case .income: "income"
    case .turnover: "turnover"
    case .currency: "currency"
    case .term: "term"
    case .purpose: "purpose"
    case .loanToValue: "loanToValue"
    case .amount: "amount"
    case .balance: "balance"
    case .riskClass: "riskClass"
    case .knowledge: "knowledge"
    case .capacityForLoss: "capacityForLoss"
    case .horizon: "horizon"
    }
  }

  /// The names of all conditions that products may set.
  static let codes = Set(
    columns(for: []).map(\.code) + ["income", "turnover", "amount", "balance"])

  /// The inputs of rules that some columns hold against a term, by the names of the columns.
  static let ruleNames = [
    "audience": "customer kind", "riskClass": "declared risk class",
    "capacityForLoss": "capacity for loss", "horizon": "horizon months",
    "income": "monthly income", "newClient": "months as customer", "student": "employment",
    "pensioner": "employment",
  ]

  /// Whether a price depends on the condition of a name, which is about what was asked for.
  static func isPriced(_ code: String) -> Bool {
    switch code {
    case "term", "amount", "balance", "purpose", "loanToValue": true
    default: false
    }
  }

  /// Whether an instalment depends on it too.
  static func isOfInstalment(_ code: String) -> Bool {
    switch code {
    case "term", "amount", "balance": true
    default: false
    }
  }

  /// The names of the conditions on amount, currency, term and security that were asked for.
  static let requestCodes: Set = ["currency", "term", "loanToValue", "amount", "balance"]

  /// The name of the column in the table: the code, and the currency where it is in money.
  var name: String {
    switch self {
    case .income(let currency), .turnover(let currency), .amount(let currency),
      .balance(let currency):
      "\(code) in \(currency.code)"
    default: code
    }
  }

  /// The question whose answer tells the value, where a client can give it.
  var question: String? {
    switch self {
    case .age: "birth-date"
    case .residency: "residency"
    case .employment, .student, .pensioner: "employment"
    case .income: "monthly-income"
    case .turnover: "yearly-turnover"
    case .loanToValue: "security-value"
    case .amount, .balance: "amount"
    case .term: "term-months"
    case .riskClass: "risk-class"
    case .knowledge: "knowledge"
    case .capacityForLoss: "capacity-for-loss"
    case .horizon: "horizon-months"
    default: nil
    }
  }
}

/// Questions about a product that are asked apart: what it asks of the client, of the age, of what
/// is wanted and its amount, of the currency, and of what suits the client.
struct TermRole: OptionSet, Sendable {
  let rawValue: UInt8

  static let client = TermRole(rawValue: 1)
  static let age = TermRole(rawValue: 2)
  static let request = TermRole(rawValue: 4)
  static let amount = TermRole(rawValue: 8)
  static let currency = TermRole(rawValue: 16)
  static let suitability = TermRole(rawValue: 32)
}

extension TermColumn {
  /// What a product asks in this column.
  func condition(of product: Product) -> RuleTable.Condition {
    let terms = product.terms
    switch self {
    case .inForce: return Self.within(product.effectiveFrom, product.effectiveTo)
    case .audience: return Self.audience(product.audience)
    case .age: return Self.within(terms.age)
    case .residency: return Self.oneOf(terms.countries)
    case .region: return Self.oneOf(terms.regions)
    case .segment: return Self.oneOf(terms.segments)
    case .employment: return Self.oneOf(terms.employment.elements.map(\.rawValue))
    case .student: return Self.required(terms.isStudentOnly)
    case .pensioner: return Self.required(terms.isPensionerOnly)
    case .staff: return Self.required(terms.isStaffOnly)
    case .newClient: return Self.required(terms.isNewClientOnly)
    case .income(let currency):
      return Self.atLeast(product.currency == currency ? terms.monthlyIncomeMinimum : nil)
    case .turnover(let currency):
      return Self.atLeast(product.currency == currency ? terms.yearlyTurnoverMinimum : nil)
    case .currency: return .oneOf([.string(product.currency.code)])
    case .term: return Self.within(terms.months)
    case .purpose: return Self.oneOf(terms.purposes.elements.map(\.rawValue))
    case .loanToValue:
      guard let most = terms.loanToValueMaximum else { return .any }
      return .within(.init(from: nil, to: .number(most)))
    case .amount(let currency):
      return product.currency == currency ? Self.within(product.amountTerm) : .any
    case .balance(let currency):
      return Self.atLeast(product.currency == currency ? product.balanceTerm : nil)
    case .riskClass, .knowledge, .capacityForLoss, .horizon:
      return marketCondition(product.targetMarket)
    }
  }

  /// What a product's target market asks.
  ///
  /// Risk class 1, no knowledge and no capacity for loss ask nothing, so that a plain product needs
  /// no questionnaire.
  private func marketCondition(_ market: TargetMarket?) -> RuleTable.Condition {
    guard let market else { return .any }
    switch self {
    case .riskClass: return Self.atLeast(market.riskClass > 1 ? market.riskClass : nil)
    case .knowledge: return Self.atLeast(market.knowledge > .nothing ? market.knowledge.level : nil)
    case .capacityForLoss:
      return Self.atLeast(
        market.capacityForLoss > .nothing ? market.capacityForLoss.level : nil)
    case .horizon: return Self.atLeast(market.horizonMonthsMinimum)
    default: return .any
    }
  }

  private static func required(_ flag: Bool) -> RuleTable.Condition {
    flag ? .oneOf([.boolean(true)]) : .any
  }

  private static func audience(_ audience: Audience) -> RuleTable.Condition {
    audience == .everyone ? .any : .oneOf([.string(audience.rawValue)])
  }

  private static func oneOf(_ texts: [String]) -> RuleTable.Condition {
    texts.isEmpty ? .any : .oneOf(texts.map { .string($0) })
  }

  private static func atLeast(_ number: Decimal128?) -> RuleTable.Condition {
    guard let number else { return .any }
    return .within(.init(from: .number(number), to: nil))
  }

  private static func atLeast(_ number: Int?) -> RuleTable.Condition {
    atLeast(number.map { Decimal128($0) })
  }

  private static func within(_ bounds: Bounds) -> RuleTable.Condition {
    guard !bounds.isOpen else { return .any }
    return .within(
      .init(from: bounds.minimum.map { .number($0) }, to: bounds.maximum.map { .number($0) }))
  }

  private static func within(_ bounds: IntegerBounds) -> RuleTable.Condition {
    within(
      Bounds(
        minimum: bounds.minimum.map { Decimal128($0) },
        maximum: bounds.maximum.map { Decimal128($0) }))
  }

  private static func within(
    _ from: CalendarDate?, _ to: CalendarDate?
  ) -> RuleTable.Condition {
    if from == nil, to == nil { return .any }
    let days = { (date: CalendarDate) in Value.number(Decimal128(date.daysSinceEpoch)) }
    return .within(.init(from: from.map(days), to: to.map(days)))
  }
}

extension Product {
  /// The amounts that may be asked for: of a deposit no less than what must be paid in and kept.
  var amountBounds: Bounds {
    guard line == .deposit else { return terms.amount }
    let least = [terms.balanceMinimum, terms.openingDepositMinimum].compactMap(\.self).max()
    return terms.amount.intersection(Bounds(minimum: least))
  }

  /// What is asked of the amount; open where only a balance is asked for, which is said as that.
  var amountTerm: Bounds { isBalanceApart ? terms.amount : amountBounds }

  /// The balance that is asked for; nil where the amount's own bounds say it, so that a client does
  /// not read the same twice.
  var balanceTerm: Decimal128? { isBalanceApart ? amountBounds.minimum : nil }

  private var isBalanceApart: Bool { terms.amount.isOpen || amountBounds.isContradictory }
}

extension Knowledge {
  /// 0 (none) to 3 (advanced), as rules compare it.
  var level: Int {
    switch self {
    case .nothing: 0
    case .basic: 1
    case .informed: 2
    case .advanced: 3
    }
  }
}

extension CapacityForLoss {
  /// 0 (none) to 2 (full), as rules compare it.
  var level: Int {
    switch self {
    case .nothing: 0
    case .limited: 1
    case .full: 2
    }
  }
}
