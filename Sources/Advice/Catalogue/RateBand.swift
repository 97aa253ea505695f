package import Quantities

/// One interest rate of a product with the conditions on which it holds.
package struct RateBand: Sendable, Hashable {
  /// The kind of rate.
  package var type = RateType.variable
  /// The rate a year as a fraction: 0.05 is 5 %.
  package var rate = Decimal128.zero
  /// The yearly rate with the usual fees in it, as the offerer publishes it.
  package var comparisonRate: Decimal128?
  /// The bounds on which the rate holds.
  ///
  /// Bounds in different units hold together; bounds in the same unit are brackets of which one
  /// must hold.
  package var conditions: [BandCondition] = []
  /// Whether the rate holds for the whole balance or only for the part within its bracket.
  package var application = BandApplication.wholeBalance
  /// How a loan at this rate is repaid; nil where any way is.
  package var repayment: RepaymentStyle?
  /// Who uses the home that a loan at this rate is for; nil where it does not matter.
  package var occupancy: Occupancy?
  /// For how many months from the start the rate stays as it is; nil where it may change any day.
  package var fixedMonths: Int?
  /// Interest is paid at the start of a period and not at its end.
  package var isPaidInAdvance = false
  /// How often interest is paid or charged, in months; nil at maturity or where unknown.
  package var paymentMonths: Int?
  /// The reference rate that a floating rate follows, "EURIBOR 3M".
  package var reference: String?
  /// A condition in free text that the client confirms.
  package var condition: String?

  /// A variable rate of nought, to be filled in.
  package init() {}

  /// A rate of a type on conditions.
  package init(_ type: RateType, _ rate: Decimal128, conditions: [BandCondition] = []) {
    self.type = type
    self.rate = rate
    self.conditions = conditions
  }
}

/// The kinds of rate.
///
/// New kinds go at the end.
package enum RateType: String, Sendable, CaseIterable {
  case fixed, variable, introductory, floating, marketLinked, purchase, cashAdvance, bonus
  case bundleBonus, discount, bundleDiscount, bundleDiscountFixed, bundleDiscountVariable, penalty
  case balanceTransfer

  /// What a rate does to the price.
  package var role: RateRole {
    switch self {
    case .fixed, .variable, .introductory, .floating, .marketLinked, .purchase: .standing
    case .bonus, .bundleBonus: .addition
    case .discount, .bundleDiscount, .bundleDiscountFixed, .bundleDiscountVariable: .reduction
    case .cashAdvance, .penalty, .balanceTransfer: .occasional
    }
  }
}

/// What a rate does to the price of a product.
package enum RateRole: String, Sendable, CaseIterable {
  /// The price itself.
  case standing
  /// Added to a deposit's rate on a condition.
  case addition
  /// Taken off a loan's rate on a condition.
  case reduction
  /// Charged on an occasion of its own.
  case occasional
}

/// Which part of the balance a rate is for.
package enum BandApplication: String, Sendable, CaseIterable {
  case wholeBalance, perTier
}

/// How a loan is repaid.
package enum RepaymentStyle: String, Sendable, CaseIterable {
  case principalAndInterest, interestOnly
}

/// Who uses the home that is bought.
package enum Occupancy: String, Sendable, CaseIterable {
  case ownerOccupied, investment
}

/// The unit of a bound on a rate.
package enum BandUnit: String, Sendable, CaseIterable {
  /// Money in the product's currency.
  case amount
  /// The term in whole months.
  case months
  /// The term in days.
  case days
  /// The loan in per cent of the security's value.
  case loanToValue
}

/// One inclusive bracket in one unit.
package struct BandCondition: Sendable, Hashable {
  /// The unit.
  package var unit = BandUnit.amount
  /// The bounds in that unit.
  package var bounds = Bounds()

  init() {}

  /// A bracket in a unit.
  package init(_ unit: BandUnit, minimum: Decimal128? = nil, maximum: Decimal128? = nil) {
    self.unit = unit
    bounds = Bounds(minimum: minimum, maximum: maximum)
  }

  /// The bracket as a test of a decision table's cell, `months in [6..12]`.
  var cell: String {
    switch (bounds.minimum?.plainText, bounds.maximum?.plainText) {
    case (let from?, let to?): "\(unit.rawValue) in [\(from)..\(to)]"
    case (let from?, nil): "\(unit.rawValue) >= \(from)"
    case (nil, let to?): "\(unit.rawValue) <= \(to)"
    case (nil, nil): "\(unit.rawValue) != null"
    }
  }
}
