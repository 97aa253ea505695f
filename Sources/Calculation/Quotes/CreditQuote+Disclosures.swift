import Quantities

/// What each law wants shown with a credit.
extension CreditQuote {
  static func disclosures(
    _ jurisdiction: CreditJurisdiction, _ schedule: LoanSchedule, amount: Decimal128,
    upFront: Decimal128, total: Decimal128, _ charges: [CreditCharge], _ rate: EffectiveRate
  ) -> [Disclosure] {
    let terms = schedule.terms
    let instalment = schedule.instalment ?? schedule.rows.first?.payment ?? .zero
    let borrowingRate = (terms.annualRate * 100).normalized
    switch jurisdiction {
    case .europeanUnion:
      var list: [Disclosure] = [
        Disclosure(.totalAmountOfCredit, .money(amount)),
        Disclosure(.durationMonths, .count(months(schedule))),
        Disclosure(.borrowingRate, .percent(borrowingRate)),
        Disclosure(.annualPercentageRateOfCharge, .percent(rate.printedPercent)),
        Disclosure(.instalment, .money(instalment)),
        Disclosure(.numberOfInstalments, .count(schedule.rows.count)),
        Disclosure(.totalAmountPayable, .money(total)),
        Disclosure(.totalCostOfCredit, .money(total - amount)),
        // Directive (EU) 2023/2225, article 26.
        Disclosure(.withdrawalDays, .count(14)),
      ]
      for charge in charges where !charge.isCondition {
        list.append(Disclosure(.chargesNotInRate, .text(charge.name)))
      }
      return list
    case .unitedStates:
      let financed = amount - upFront
      let payments = total - upFront
      return [
        Disclosure(.amountFinanced, .money(financed)),
        Disclosure(.financeCharge, .money(payments - financed)),
        Disclosure(.annualPercentageRate, .percent(rate.printedPercent)),
        Disclosure(.totalOfPayments, .money(payments)),
        Disclosure(.numberOfInstalments, .count(schedule.rows.count)),
        Disclosure(.instalment, .money(instalment)),
        Disclosure(.lastPayment, .money(schedule.lastPayment)),
        Disclosure(.firstPaymentDue, .date(schedule.rows.first?.due ?? terms.disbursed)),
      ]
    case .russia:
      return [
        Disclosure(.fullCostPercent, .percent(rate.printedPercent)),
        Disclosure(.fullCostMoney, .money(total - amount)),
        Disclosure(.totalAmountOfCredit, .money(amount)),
        Disclosure(.borrowingRate, .percent(borrowingRate)),
        Disclosure(.durationMonths, .count(months(schedule))),
        Disclosure(.instalment, .money(instalment)),
        Disclosure(.totalAmountPayable, .money(total)),
      ]
    }
  }

  /// The whole months from disbursement to the last payment, begun ones counted.
  private static func months(_ schedule: LoanSchedule) -> Int {
    guard let last = schedule.rows.last?.due else { return 0 }
    let start = schedule.terms.disbursed
    let whole = start.months(until: last)
    return start.adding(months: whole, anchorDay: start.day) < last ? whole + 1 : whole
  }
}
