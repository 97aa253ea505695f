import FEEL
import Quantities

extension ClientInputs {
  /// How the client earns a living; a business is one.
  fileprivate var occupation: String? {
    customerKind == .business ? customerKind.rawValue : employment?.rawValue
  }
}

extension TermColumn {
  /// What the product asks, as people read it: "18 to 70", "1000 to 50000 EUR".
  func required(of product: Product) -> String? {
    let terms = product.terms
    let code = product.currency.code
    switch self {
    case .inForce: return Self.period(product.effectiveFrom, product.effectiveTo)
    case .audience: return product.audience.rawValue
    case .age: return Self.range(terms.age)
    case .residency: return terms.countries.joined(separator: ", ")
    case .region: return terms.regions.joined(separator: ", ")
    case .segment: return terms.segments.joined(separator: ", ")
    case .employment: return terms.employment.elements.map(\.rawValue).joined(separator: ", ")
    case .student: return EmploymentStatus.student.rawValue
    case .pensioner: return EmploymentStatus.retired.rawValue
    case .staff: return "true"
    case .newClient: return "at most \(Self.time(TermQuery.newClientMonths - 1))"
    case .income: return terms.monthlyIncomeMinimum.map { "\($0.plainText) \(code)" }
    case .turnover: return terms.yearlyTurnoverMinimum.map { "\($0.plainText) \(code)" }
    case .currency: return code
    case .term: return Self.range(terms.months).map { "\($0) months" }
    case .purpose: return terms.purposes.elements.map(\.rawValue).joined(separator: ", ")
    case .loanToValue: return terms.loanToValueMaximum.map { "up to \($0.plainText) %" }
    case .amount: return Self.range(product.amountTerm).map { "\($0) \(code)" }
    case .balance: return product.balanceTerm.map { "at least \($0.plainText) \(code)" }
    case .riskClass: return product.targetMarket.map { "\($0.riskClass)" }
    case .knowledge: return product.targetMarket.map(\.knowledge.rawValue)
    case .capacityForLoss: return product.targetMarket.map(\.capacityForLoss.rawValue)
    case .horizon: return product.targetMarket?.horizonMonthsMinimum.map { "\($0)" }
    }
  }

  /// The value that was held against it, as people read it.
  func actual(_ value: Value, _ client: ClientInputs) -> String? {
    switch self {
    case .inForce: return client.date.description
    case .knowledge: return client.risk.knowledge?.rawValue
    case .capacityForLoss: return client.risk.capacityForLoss?.rawValue
    case .newClient: return client.monthsAsCustomer.map(Self.time)
    case .student, .pensioner: return client.occupation
    case .region: return client.region
    case .segment:
      guard !client.segments.isEmpty else { return "none" }
      return client.segments.sorted(by: byteOrder).joined(separator: ", ")
    case .income(let currency), .turnover(let currency), .amount(let currency),
      .balance(let currency):
      guard case .number(let number) = value else { return nil }
      let amount = Money(number, currency).rounded(.halfUp).amount
      return "\(amount.plainText) \(currency.code)"
    case .loanToValue:
      guard case .number(let number) = value else { return nil }
      return "\(number.rounded(scale: 1, .halfUp).normalized.plainText) %"
    default:
      switch value {
      case .number(let number): return number.plainText
      case .string(let text): return text
      case .boolean(let flag): return "\(flag)"
      default: return nil
      }
    }
  }

  /// Where the value came from.
  func source(_ client: ClientInputs, _ need: Need?) -> ValueSource {
    switch self {
    case .inForce: .catalogue
    case .currency: need?.isCurrencyNamed == false ? .profile : .request
    case .term: need?.termSource ?? .request
    case .amount, .balance: need?.amountSource ?? .request
    case .purpose, .loanToValue: .request
    case .riskClass, .knowledge, .capacityForLoss, .horizon: .answer
    case .age, .residency, .turnover:
      question.flatMap { client.answers[$0] } == nil ? .profile : .answer
    default: ruleInput?.source(client) ?? .profile
    }
  }

  /// The input of rules that is held against the term.
  private var ruleInput: ClientValues.Name? {
    ClientValues.Name(rawValue: Self.ruleNames[code] ?? code)
  }

  private static func range(_ bounds: Bounds) -> String? {
    range(bounds.minimum?.plainText, bounds.maximum?.plainText)
  }

  private static func range(_ bounds: IntegerBounds) -> String? {
    // "0 to 17" says no more than "at most 17".
    let isFromNought = bounds.minimum == 0 && bounds.maximum != nil
    let minimum = isFromNought ? nil : bounds.minimum
    return range(minimum.map { "\($0)" }, bounds.maximum.map { "\($0)" })
  }

  /// Two years and more in whole years: nobody counts them in months.
  private static func time(_ months: Int) -> String {
    months < 24 ? "\(months) months" : "\(months / 12) years"
  }

  private static func range(_ lower: String?, _ upper: String?) -> String? {
    switch (lower, upper) {
    case (let lower?, let upper?): lower == upper ? lower : "\(lower) to \(upper)"
    case (let lower?, nil): "at least \(lower)"
    case (nil, let upper?): "at most \(upper)"
    case (nil, nil): nil
    }
  }

  private static func period(_ from: CalendarDate?, _ to: CalendarDate?) -> String? {
    switch (from, to) {
    case (let from?, let to?): "from \(from) to \(to)"
    case (let from?, nil): "from \(from)"
    case (nil, let to?): "until \(to)"
    case (nil, nil): nil
    }
  }
}
