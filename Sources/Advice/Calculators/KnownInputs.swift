import Calculation
package import JSON
package import Quantities

/// What calculators ask for that is known of a client already.
///
/// It comes from the account history, the contracts held, the positions and the profile, and only
/// fills in what the client leaves out.
package struct KnownInputs: Sendable {
  /// A known value.
  package struct Input: Sendable, Hashable {
    /// The name of the calculators' input.
    package let name: String
    /// Its value in the form that the calculators read.
    package let value: JSONValue
    /// Where it is known from.
    package let source: ValueSource
  }

  private let currency: Input
  private let household: [Input]
  private let loan: [Input]
  private let savings: Input?
  private let portfolio: [Input]
  private let position: [Input]
  private let age: Input?

  /// What is known on a day, all amounts in the client's home currency.
  package init(_ facts: Facts, on date: CalendarDate) {
    let home = facts.homeCurrency
    func amount(_ name: String, _ value: Decimal128?, _ source: ValueSource) -> Input? {
      guard let value, value > 0 else { return nil }
      return Input(
        name: name, value: .decimal(value.rounded(scale: home.minorUnits, .halfUp)),
        source: source)
    }
    currency = Input(name: "currency", value: .string(home.code), source: .profile)
    let history = facts.history
    household = [
      amount("income", history.regularIncome(before: date), .history),
      amount("expenses", history.regularSpending(before: date), .history),
      amount("instalments", history.regularInstalments(before: date), .history),
    ].compactMap(\.self)
    savings = amount("amount", history.averageBalance(before: date), .history)
    loan = KnownInputs.loan(facts, home, on: date)
    let priced = facts.positions.filter { $0.currency == home && $0.pricedOn < date }
    let total = priced.reduce(Decimal128.zero) { $0 + $1.value }
    let weighted = priced.reduce(Decimal128.zero) { $0 + $1.value * $1.beta }
    portfolio =
      total > 0
      ? [
        amount("portfolioValue", total, .positions),
        Input(
          name: "beta", value: .decimal((weighted / total).rounded(scale: 4, .halfEven)),
          source: .positions),
      ].compactMap(\.self) : []
    let largest = priced.max { $0.value < $1.value }
    position =
      largest.map {
        [
          Input(name: "units", value: .decimal($0.quantity), source: .positions),
          Input(name: "spot", value: .decimal($0.price), source: .positions),
        ]
      } ?? []
    age = facts.profile.age(on: date).map {
      Input(name: "age", value: JSONValue($0), source: .profile)
    }
  }

  /// The largest loan in force, as what could be refinanced.
  private static func loan(_ facts: Facts, _ home: Currency, on date: CalendarDate) -> [Input] {
    let loans = facts.holdings.filter {
      $0.kind.line == .loan && $0.currency == home && $0.balance > 0 && $0.isHeld(on: date)
    }
    guard let largest = loans.max(by: { $0.balance < $1.balance }) else { return [] }
    var inputs = [
      Input(name: "balance", value: .decimal(largest.balance), source: .holdings)
    ]
    if largest.instalment > 0 {
      inputs.append(
        Input(name: "instalment", value: .decimal(largest.instalment), source: .holdings))
    }
    if let until = largest.until {
      let months = (until.year - date.year) * 12 + until.month - date.month
      if months > 0 {
        inputs.append(Input(name: "monthsLeft", value: JSONValue(months), source: .holdings))
      }
    }
    return inputs
  }

  /// What is known of a calculator's inputs.
  package func inputs(of calculator: Calculator) -> [Input] {
    let names = Set(calculator.inputs.map(\.name))
    return candidates(for: calculator).filter { names.contains($0.name) }
  }

  private func candidates(for calculator: Calculator) -> [Input] {
    switch calculator.path {
    case "loan/affordability": household + [currency]
    case "loan/refinance": loan + [currency]
    case "loan/compare":
      loan.filter { $0.name == "balance" }
        .map { Input(name: "amount", value: $0.value, source: $0.source) } + [currency]
    case "hedge/portfolio-put", "hedge/index-contracts", "hedge/portfolio-scenario",
      "hedge/futures":
      portfolio
    case "hedge/protective-put", "hedge/collar", "hedge/put-spread", "hedge/reduce-position":
      position
    case "insurance/life", "insurance/life-annuity", "insurance/life-reserves":
      [age].compactMap(\.self)
    default:
      calculator.path.hasPrefix("deposit/")
        ? [savings, currency].compactMap(\.self) : [currency]
    }
  }
}
