import Quantities

/// What a quote's disclosures are made of.
struct CreditFigures {
  let jurisdiction: CreditJurisdiction
  let schedule: LoanSchedule
  let amount: Decimal128
  let paymentCount: Int
  let firstPayment: CashFlow?
  let lastPayment: CashFlow?
  let upFront: Decimal128
  let total: Decimal128
  let charges: [CreditCharge]
  let rate: EffectiveRate
  let security: CreditSecurity
  let stressed: EffectiveRate?

  var instalment: Decimal128 { schedule.instalment ?? firstPayment?.amount ?? .zero }

  var borrowingRate: Decimal128 { (schedule.terms.annualRate * 100).normalized }

  /// The whole months from disbursement to the last payment, begun ones counted.
  var months: Int {
    guard let last = lastPayment?.date else { return 0 }
    let start = schedule.terms.disbursed
    let whole = start.months(until: last)
    return start.adding(months: whole, anchorDay: start.day) < last ? whole + 1 : whole
  }
}

/// What each law wants shown with a credit.
extension CreditQuote {
  static func disclosures(_ figures: CreditFigures) -> [Disclosure] {
    switch figures.jurisdiction {
    case .europeanUnion, .unitedKingdom: european(figures)
    case .unitedStates: american(figures)
    case .russia: russian(figures)
    }
  }

  /// The standard information of Directive (EU) 2023/2225, article 10 (SECCI); for mortgages that
  /// of Directive 2014/17/EU, article 14 (ESIS); in the United Kingdom CONC 3.5 and 4.2.
  private static func european(_ figures: CreditFigures) -> [Disclosure] {
    var list: [Disclosure] = [
      Disclosure(.totalAmountOfCredit, .money(figures.amount)),
      Disclosure(.durationMonths, .count(figures.months)),
      Disclosure(.borrowingRate, .percent(figures.borrowingRate)),
      Disclosure(.annualPercentageRateOfCharge, .percent(figures.rate.printedPercent)),
      Disclosure(.instalment, .money(figures.instalment)),
      Disclosure(.numberOfInstalments, .count(figures.paymentCount)),
      Disclosure(.totalAmountPayable, .money(figures.total)),
      Disclosure(.totalCostOfCredit, .money(figures.total - figures.amount)),
    ]
    switch figures.security {
    case .none:
      // Directive (EU) 2023/2225, article 26; Consumer Credit Act 1974, section 66A.
      list.append(Disclosure(.withdrawalDays, .count(14)))
    case .mortgage:
      // Directive 2014/17/EU, article 14(6).
      list.append(Disclosure(.reflectionDays, .count(7)))
    }
    if let stressed = figures.stressed {
      list.append(
        Disclosure(.stressedAnnualPercentageRateOfCharge, .percent(stressed.printedPercent)))
    }
    for charge in figures.charges where !charge.isCondition {
      list.append(Disclosure(.chargesNotInRate, .text(charge.name)))
    }
    return list
  }

  /// Truth in Lending, 12 CFR 1026.18.
  private static func american(_ figures: CreditFigures) -> [Disclosure] {
    let financed = figures.amount - figures.upFront
    let payments = figures.total - figures.upFront
    let start = figures.schedule.terms.disbursed
    return [
      Disclosure(.amountFinanced, .money(financed)),
      Disclosure(.financeCharge, .money(payments - financed)),
      Disclosure(.annualPercentageRate, .percent(figures.rate.printedPercent)),
      Disclosure(.totalOfPayments, .money(payments)),
      Disclosure(.numberOfInstalments, .count(figures.paymentCount)),
      Disclosure(.instalment, .money(figures.instalment)),
      Disclosure(.lastPayment, .money(figures.lastPayment?.amount ?? .zero)),
      Disclosure(.firstPaymentDue, .date(figures.firstPayment?.date ?? start)),
    ]
  }

  /// Federal Law 353-FZ, articles 5 and 6.
  private static func russian(_ figures: CreditFigures) -> [Disclosure] {
    [
      Disclosure(.fullCostPercent, .percent(figures.rate.printedPercent)),
      Disclosure(.fullCostMoney, .money(figures.total - figures.amount)),
      Disclosure(.totalAmountOfCredit, .money(figures.amount)),
      Disclosure(.borrowingRate, .percent(figures.borrowingRate)),
      Disclosure(.durationMonths, .count(figures.months)),
      Disclosure(.instalment, .money(figures.instalment)),
      Disclosure(.totalAmountPayable, .money(figures.total)),
    ]
  }
}
