import Quantities

/// Why a product has no price for a need, as far as counting needs it; the reason is worded when
/// somebody asks for it.
enum NoPrice: Sendable {
  /// The instalment is more than the client can carry.
  case unaffordable(instalment: Decimal128, most: Decimal128)
  /// What the client can carry is not known.
  case unknownMeans
  /// Any other reason.
  indirect case because(Reason)

  private static let rule = "affordability.dmn#maximum-instalment"

  /// The tier in which the product fails; nil where something is missing.
  var failedTier: Tier? {
    switch self {
    case .unaffordable: .suitability
    case .unknownMeans: nil
    case .because(let reason): reason.state == .failed ? reason.tier : nil
    }
  }

  /// The question whose answer is missing.
  var question: String? {
    switch self {
    case .unaffordable: nil
    case .unknownMeans: "monthly-income"
    case .because(let reason): reason.question
    }
  }

  /// The reason with its values.
  func reason(in currency: Currency, _ client: ClientInputs) -> Reason {
    switch self {
    case .unaffordable(let instalment, let most):
      Reason(
        tier: .suitability, code: "affordability", state: .failed, rule: Self.rule,
        actual: "\(instalment.plainText) \(currency.code)",
        required: "\(most.plainText) \(currency.code)", source: client.income?.source)
    case .unknownMeans:
      Reason(
        tier: .suitability, code: "affordability", state: .unknown, rule: Self.rule,
        question: question)
    case .because(let reason): reason
    }
  }
}
