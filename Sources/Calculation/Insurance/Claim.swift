public import Quantities

/// The part of a loss that the insured bears first.
public enum Deductible: Sendable, Hashable {
  /// An amount taken off each loss.
  case ordinary(Decimal128)
  /// A part of the loss, in per cent.
  case percent(Decimal128)
  /// A threshold: losses up to it are not paid, larger ones in full.
  case franchise(Decimal128)
}

/// The steps by which a loss becomes a payment.
public enum ClaimStep: String, Sendable, Hashable, CaseIterable {
  /// The deductible is taken off.
  case deductible
  /// The insurer's share is taken.
  case insurerShare
  /// The limit of one claim is applied.
  case limit
  /// What is left of the year's limit is applied.
  case aggregateLimit
}

/// What a policy pays on a loss, in a stated order of steps.
public struct ClaimTerms: Sendable, Hashable {
  /// The deductible.
  public var deductible: Deductible

  /// The part that the insurer bears, 0.9 = 90 %.
  public var insurerShare: Decimal128

  /// The most that is paid on one claim; nil is without limit.
  public var limit: Decimal128?

  /// What is left of the most that is paid in a year; nil is without limit.
  public var aggregateLeft: Decimal128?

  /// The order in which the steps are taken.
  public var order: [ClaimStep]

  /// The usual order: deductible, insurer's share, limit, limit of the year.
  public static let usualOrder = ClaimStep.allCases

  /// The terms of a policy.
  public init(
    deductible: Deductible = .ordinary(0), insurerShare: Decimal128 = 1,
    limit: Decimal128? = nil, aggregateLeft: Decimal128? = nil,
    order: [ClaimStep] = ClaimTerms.usualOrder
  ) {
    self.deductible = deductible
    self.insurerShare = insurerShare
    self.limit = limit
    self.aggregateLeft = aggregateLeft
    self.order = order
  }
}

/// What is paid on a claim and why.
public struct ClaimPayment: Sendable, Hashable {
  /// One step and the amount after it, not rounded.
  public struct Stage: Sendable, Hashable {
    /// The step.
    public let step: ClaimStep

    /// The amount after it.
    public let after: Decimal128
  }

  /// The loss.
  public let loss: Decimal128

  /// What the insurer pays, rounded once at the end.
  public let payment: Decimal128

  /// What the insured bears.
  public var retained: Decimal128 { loss - payment }

  /// The steps in order.
  public let stages: [Stage]

  /// The payment on a loss.
  public init(
    loss: Decimal128, terms: ClaimTerms, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(loss, in: 0...CashFlow.greatest, "loss")
    try ClaimPayment.check(terms)
    var amount = loss
    var stages: [Stage] = []
    for step in terms.order {
      switch step {
      case .deductible: amount = ClaimPayment.reduced(amount, loss, by: terms.deductible)
      case .insurerShare: amount *= terms.insurerShare
      case .limit: if let limit = terms.limit { amount = min(amount, limit) }
      case .aggregateLimit: if let left = terms.aggregateLeft { amount = min(amount, left) }
      }
      stages.append(Stage(step: step, after: amount))
    }
    self.loss = loss
    self.stages = stages
    payment = rounding.rounded(amount)
  }

  private static func check(_ terms: ClaimTerms) throws(CalculationError) {
    try CalculationLimits.check(terms.insurerShare, in: 0...1, "insurerShare")
    for (value, field) in [(terms.limit, "limit"), (terms.aggregateLeft, "aggregateLeft")] {
      if let value { try CalculationLimits.check(value, in: 0...CashFlow.greatest, field) }
    }
    try CalculationError.unless(
      Set(terms.order).count == terms.order.count, .order, "order",
      "Each step can be taken only once.")
    switch terms.deductible {
    case .ordinary(let amount), .franchise(let amount):
      try CalculationLimits.check(amount, in: 0...CashFlow.greatest, "deductible")
    case .percent(let part):
      try CalculationLimits.check(part, in: 0...100, "deductible")
    }
  }

  private static func reduced(
    _ amount: Decimal128, _ loss: Decimal128, by deductible: Deductible
  ) -> Decimal128 {
    switch deductible {
    case .ordinary(let fixed): max(amount - fixed, 0)
    case .percent(let part): max(amount - loss * part / 100, 0)
    case .franchise(let threshold): loss > threshold ? amount : 0
    }
  }
}

/// The coinsurance condition of commercial property insurance (ISO form CP 00 10, F.1).
public struct CoinsuranceClaim: Sendable, Hashable {
  /// What the insurer pays, rounded.
  public let payment: Decimal128

  /// The limit that the condition asks for: value × coinsurance share.
  public let requiredLimit: Decimal128

  /// The part of the loss that counts: 1 unless the property is under-insured.
  public let paidPart: Decimal128

  /// Whether the limit bought is below the one required.
  public var isUnderinsured: Bool { paidPart < 1 }

  /// min(1, limit ÷ (value × share)) × loss − deductible, at most the limit.
  public init(
    propertyValue: Decimal128, coinsurance: Decimal128, limit: Decimal128, loss: Decimal128,
    deductible: Decimal128, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationLimits.check(propertyValue, in: 0...CashFlow.greatest, "propertyValue")
    try CalculationLimits.check(coinsurance, in: 0...10, "coinsurance")
    try CalculationLimits.check(limit, in: 0...CashFlow.greatest, "limit")
    try CalculationLimits.check(loss, in: 0...CashFlow.greatest, "loss")
    try CalculationLimits.check(deductible, in: 0...CashFlow.greatest, "deductible")
    requiredLimit = propertyValue * coinsurance
    let covers = limit >= requiredLimit
    paidPart = covers ? 1 : limit / requiredLimit
    // One division at the end: limit × loss ÷ required keeps a half cent exact.
    let counted = covers ? loss : limit * loss / requiredLimit
    payment = rounding.rounded(min(max(counted - deductible, 0), limit))
  }
}
