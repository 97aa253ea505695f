package import Quantities

/// Who may have a product and for how much: the bounds that decide eligibility.
///
/// Each is optional, all that are there hold together, and every bound is inclusive.
///
/// Money is in the product's currency. The catalogue is compiled into a decision table of which
/// each product's terms are one rule.
package struct Terms: Sendable, Hashable {
  /// The amount lent, placed, insured or hedged.
  package var amount = Bounds()
  /// The term in whole months.
  package var months = IntegerBounds()
  /// The age in completed years on the day of the decision; for insurance, of the insured.
  package var age = IntegerBounds()
  /// The least regular income a month.
  package var monthlyIncomeMinimum: Decimal128?
  /// The least turnover a year, for businesses.
  package var yearlyTurnoverMinimum: Decimal128?
  /// The countries of residence, ISO 3166 alpha-2; empty for all.
  package var countries: [String] = []
  /// The regions, ISO 3166-2 or a country; empty for all.
  package var regions: [String] = []
  /// The customer segments, in the institution's own words; empty for all.
  package var segments: [String] = []
  /// The ways of earning a living; empty for all.
  package var employment: Choices<EmploymentStatus> = []
  /// What a loan may be for; empty for anything.
  package var purposes: Choices<LoanPurpose> = []
  /// Only those who draw a pension or the benefits that the institution counts as one.
  package var isPensionerOnly = false
  /// Only students.
  package var isStudentOnly = false
  /// Only the institution's own staff.
  package var isStaffOnly = false
  /// Only those who have no product of the institution yet.
  package var isNewClientOnly = false
  /// The most that may be lent on a security, in per cent of its value.
  package var loanToValueMaximum: Decimal128?
  /// The balance that must stay in the account.
  package var balanceMinimum: Decimal128?
  /// The first payment into the account.
  package var openingDepositMinimum: Decimal128?

  /// Terms without any bound.
  package init() {}
}
