package import Quantities

/// What is known of a contract when its rate is looked up.
package struct RateSituation: Sendable, Hashable {
  /// The amount in the product's currency.
  package var amount: Decimal128?
  /// The term in months.
  package var months: Int?
  /// The loan in per cent of the security's value.
  package var loanToValue: Decimal128?
  /// How the loan is to be repaid.
  package var repayment: RepaymentStyle?
  /// Who is to use the home.
  package var occupancy: Occupancy?

  /// What is asked for, as people read it.
  func shown(in currency: Currency) -> String {
    [
      amount.map { "\($0.plainText) \(currency.code)" }, months.map { "\($0) months" },
      loanToValue.map { "\($0.rounded(scale: 1, .halfUp).normalized.plainText) %" },
      repayment?.rawValue, occupancy?.rawValue,
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// A situation of which so much is known.
  package init(
    amount: Decimal128? = nil, months: Int? = nil, loanToValue: Decimal128? = nil,
    repayment: RepaymentStyle? = nil, occupancy: Occupancy? = nil
  ) {
    self.amount = amount
    self.months = months
    self.loanToValue = loanToValue
    self.repayment = repayment
    self.occupancy = occupancy
  }

  /// What is known in a unit, as the least and the greatest value it may have.
  ///
  /// A term of months may be one of several numbers of days: of thirty for each month, or of as
  /// many as the calendar has, give or take two.
  func values(in unit: BandUnit) -> ClosedRange<Decimal128>? {
    switch unit {
    case .amount: return amount.map { $0...$0 }
    case .loanToValue: return loanToValue.map { $0...$0 }
    case .months: return months.map { Decimal128($0)...Decimal128($0) }
    case .days:
      return months.map { months in
        Decimal128(months * 30 - 2)...Decimal128((months * 1461 + 47) / 48 + 2)
      }
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
