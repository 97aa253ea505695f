public import Quantities

/// A deposit offer with the yields that must be shown beside its rate.
public struct DepositQuote: Sendable, Hashable {
  /// The postings.
  public let schedule: DepositSchedule

  /// The annual percentage yield as a part of one (12 CFR 1030, Appendix A); where interest is
  /// paid out, of the interest that the balance would earn.
  public let yield: Decimal128

  /// What must be shown.
  public let disclosures: [Disclosure]

  /// A quote for a deposit.
  public init(_ terms: DepositTerms) throws(CalculationError) {
    schedule = try DepositSchedule(terms)
    let days = terms.opened.days(until: schedule.rows.last?.date ?? terms.opened)
    // Contributions and tax are the depositor's matter: the yield is of the opening balance.
    var plain = terms
    plain.contribution = 0
    plain.taxRate = 0
    let own =
      plain == terms ? schedule : try DepositSchedule(plain)
    yield = try EffectiveYield.annual(
      interest: own.totalInterest, principal: terms.principal, days: days)
    disclosures = [
      Disclosure(.interestRate, .percent((terms.annualRate * 100).normalized)),
      Disclosure(.annualPercentageYield, .percent(EffectiveYield.printedPercent(yield))),
      Disclosure(.interest, .money(schedule.totalInterest)),
      Disclosure(.maturityValue, .money(schedule.finalBalance)),
      Disclosure(.durationMonths, .count(terms.months)),
    ]
  }
}
