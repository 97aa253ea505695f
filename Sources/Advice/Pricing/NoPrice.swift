import Quantities

/// Why a product has no price for a need, as far as counting needs it; the reason is worded when
/// somebody asks for it.
enum NoPrice: Sendable {
  /// The instalment is more than the client can carry.
  case unaffordable(instalment: Decimal128, most: Decimal128)
  /// What the client can carry is not known.
  case unknownMeans
  /// None of the rates, whose brackets are these, is for what is asked.
  case noRate(RateSituation, brackets: String)
  /// Any other reason, and where there are several all of them.
  case because([Reason])

  /// The name of the condition on what a client can carry.
  static let affordability = "affordability"
  /// The formula that says what a client can carry.
  static let rule = "affordability.dmn#maximum-instalment"
  private static let incomeQuestion = "monthly-income"

  /// The tier in which the product fails; nil where something is missing.
  var failedTier: Tier? {
    switch self {
    case .unaffordable: .suitability
    case .noRate: .eligibility
    case .unknownMeans: nil
    case .because(let reasons): reasons.first { $0.state == .failed }?.tier
    }
  }

  /// The questions whose answers are missing; none where the product fails whatever they are.
  var questions: [String] {
    switch self {
    case .unaffordable, .noRate: []
    case .unknownMeans: [Self.incomeQuestion]
    case .because(let reasons): failedTier == nil ? reasons.compactMap(\.question) : []
    }
  }

  /// The reasons with their values.
  func reasons(in currency: Currency, _ client: ClientInputs) -> [Reason] {
    switch self {
    case .unaffordable(let instalment, let most):
      [
        Reason(
          tier: .suitability, code: Self.affordability, state: .failed, rule: Self.rule,
          cell: "<= \(most.plainText)",
          actual: "\(instalment.plainText) \(currency.code)",
          required: "\(most.plainText) \(currency.code)", source: client.income?.source)
      ]
    case .unknownMeans:
      [
        Reason(
          tier: .suitability, code: Self.affordability, state: .unknown, rule: Self.rule,
          question: Self.incomeQuestion)
      ]
    case .noRate(let asked, let brackets):
      [
        Pricer.refused(
          "rate", cell: brackets, actual: asked.shown(in: currency), required: brackets,
          source: .request)
      ]
    case .because(let reasons): reasons
    }
  }
}
