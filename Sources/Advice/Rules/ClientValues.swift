import FEEL
import Quantities

/// A client's values under the names that the rule models use.
struct ClientValues {
  /// The inputs of rule models that are about the client and not about the question.
  enum Name: String, CaseIterable {
    case customerKind = "customer kind"
    case age
    case employment
    case dependants
    case monthsAsCustomer = "months as customer"
    case monthsInArrears = "months in arrears"
    case monthlyIncome = "monthly income"
    case monthlySpending = "monthly spending"
    case monthlyInstalments = "monthly instalments"
    case averageBalance = "average balance"
    case portfolioValue = "portfolio value"
    case largestPositionShare = "largest position share"
    case declaredRiskClass = "declared risk class"
    case capacityForLoss = "capacity for loss"
    case knowledge
    case horizonMonths = "horizon months"
    case heldKinds = "held kinds"
    case ownsVehicle = "owns vehicle"
    case ownsHome = "owns home"
    case travelsAbroad = "travels abroad"
    // Protected by law: known for reports, and to rules that name their legal basis.
    case sex, nationality, religion, disability, pregnancy
    case ethnicOrigin = "ethnic origin"
    case maritalStatus = "marital status"
    case keepsPet = "keeps pet"
    case maturedDeposits = "matured deposits"
  }

  private let client: ClientInputs

  init(_ client: ClientInputs) { self.client = client }

  /// The value of an input; null where it is not known or not about the client.
  subscript(name: String) -> Value { self[Name(rawValue: name)] }

  /// The value of an input; null where it is not known or not about the client.
  subscript(name: Name?) -> Value {
    switch name {
    case nil: .null
    case .customerKind: .string(client.customerKind.rawValue)
    case .age: Self.number(client.age)
    case .employment: Self.text(client.employment?.rawValue)
    case .dependants: Self.number(client.dependants)
    case .monthsAsCustomer: Self.number(client.monthsAsCustomer)
    case .monthsInArrears: Self.number(client.monthsInArrears)
    case .monthlyIncome: Self.decimal(client.income?.value)
    case .monthlySpending: Self.decimal(client.spending)
    case .monthlyInstalments: Self.decimal(client.instalments)
    case .averageBalance: Self.decimal(client.averageBalance)
    case .portfolioValue: Self.decimal(client.portfolioValue)
    case .largestPositionShare: Self.decimal(client.largestShare)
    case .declaredRiskClass: Self.number(client.risk.riskClass)
    case .capacityForLoss: Self.text(client.risk.capacityForLoss?.rawValue)
    case .knowledge: Self.text(client.risk.knowledge?.rawValue)
    case .horizonMonths: Self.number(client.risk.horizonMonths)
    case .heldKinds:
      .list(client.heldKinds.map(\.rawValue).sorted(by: byteOrder).map { .string($0) })
    case .ownsVehicle: Self.flag(client.answered("owns-vehicle"))
    case .ownsHome: Self.flag(client.answered("owns-home"))
    case .travelsAbroad: Self.flag(client.answered("travels-abroad"))
    case .sex, .nationality, .religion, .disability, .pregnancy, .ethnicOrigin, .maritalStatus:
      Self.text(name.flatMap { client.protected[$0.rawValue] })
    case .maturedDeposits: Self.decimal(client.maturedDeposits)
    case .keepsPet: Self.flag(client.answered("keeps-pet"))
    }
  }

  private static func number(_ value: Int?) -> Value {
    value.map { .number(Decimal128($0)) } ?? .null
  }

  private static func decimal(_ value: Decimal128?) -> Value { value.map { .number($0) } ?? .null }

  private static func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }

  private static func flag(_ value: Bool?) -> Value { value.map { .boolean($0) } ?? .null }
}
