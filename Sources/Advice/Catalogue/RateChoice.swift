package import Quantities

/// What is known of a contract when its rate is looked up.
package struct RateSituation: Sendable, Hashable {
  /// The amount in the product's currency.
  package var amount: Decimal128?
  /// The term in months.
  package var months: Int?
  /// The term in days, for products whose terms are days.
  package var days: Int?
  /// The loan in per cent of the security's value.
  package var loanToValue: Decimal128?
  /// How the loan is to be repaid.
  package var repayment: RepaymentStyle?
  /// Who is to use the home.
  package var occupancy: Occupancy?

  /// A situation of which so much is known.
  package init(
    amount: Decimal128? = nil, months: Int? = nil, days: Int? = nil,
    loanToValue: Decimal128? = nil, repayment: RepaymentStyle? = nil, occupancy: Occupancy? = nil
  ) {
    self.amount = amount
    self.months = months
    self.days = days
    self.loanToValue = loanToValue
    self.repayment = repayment
    self.occupancy = occupancy
  }

  func value(in unit: BandUnit) -> Decimal128? {
    switch unit {
    case .amount: amount
    case .months: months.map { Decimal128($0) }
    case .days: days.map { Decimal128($0) }
    case .loanToValue: loanToValue
    }
  }
}

/// Whether a rate holds in a situation.
package enum BandFit: Sendable, Hashable {
  /// All conditions hold.
  case holds
  /// At least one condition fails, whatever is not known.
  case fails
  /// Nothing fails, but these units are not known.
  case unknown([BandUnit])
}
