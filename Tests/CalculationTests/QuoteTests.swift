import Calculation
import Quantities
import Testing

@Suite("Credit quotes")
struct QuoteTests {
  private let charges = [
    CreditCharge(name: "arrangement", amount: 200, moment: .upFront),
    CreditCharge(name: "account", amount: 2, moment: .eachPayment),
    CreditCharge(name: "insurance", amount: 9, moment: .eachPayment, isCondition: false),
  ]

  @Test("each law gets its own figures, and only charges that are a condition count")
  func laws() throws {
    let terms = loan(rate: "0.079", months: 24)
    let eu = try CreditQuote(terms, charges: charges, jurisdiction: .europeanUnion)
    #expect(eu.totalCharges == 248)
    #expect(eu.totalPayable == eu.schedule.totalPaid + 248)
    #expect(eu.disclosures.contains(Disclosure(.chargesNotInRate, .text("insurance"))))
    #expect(eu.rate.law == .euAPRC)
    let us = try CreditQuote(terms, charges: charges, jurisdiction: .unitedStates)
    #expect(us.disclosures.contains(Disclosure(.amountFinanced, .money(9_800))))
    #expect(us.rate.law == .usAPR)
    let russia = try CreditQuote(terms, charges: charges, jurisdiction: .russia)
    #expect(russia.disclosures.first?.key == .fullCostPercent)
    #expect(us.rate.rate < eu.rate.rate)
  }

  @Test("a financed charge is lent too and raises the instalment")
  func financed() throws {
    let terms = loan()
    let plain = try CreditQuote(terms, jurisdiction: .europeanUnion)
    let financed = try CreditQuote(
      terms,
      charges: [
        CreditCharge(name: "fee", amount: 500, moment: .upFront, isFinanced: true)
      ],
      jurisdiction: .europeanUnion)
    #expect(financed.schedule.terms.amount == 10_500)
    #expect(financed.amount == 10_000)
    #expect(financed.rate.rate > plain.rate.rate)
    #expect(financed.totalCost == financed.totalPayable - 10_000)
  }

  @Test("fees change the rate and never the schedule")
  func scheduleUnchanged() throws {
    let terms = loan()
    let plain = try CreditQuote(terms, jurisdiction: .europeanUnion)
    let charged = try CreditQuote(terms, charges: charges, jurisdiction: .europeanUnion)
    #expect(plain.schedule == charged.schedule)
    #expect(charged.rate.rate > plain.rate.rate)
  }

  @Test("every disclosure of a law is there")
  func complete() throws {
    let keys = try CreditJurisdiction.allCases.map {
      try CreditQuote(loan(), jurisdiction: $0).disclosures.map(\.key)
    }
    #expect(
      Set(keys[0]).isSuperset(of: [
        .totalAmountOfCredit, .borrowingRate, .annualPercentageRateOfCharge, .durationMonths,
        .instalment, .numberOfInstalments, .totalAmountPayable, .totalCostOfCredit,
        .withdrawalDays,
      ]))
    #expect(
      Set(keys[1]).isSuperset(of: [
        .amountFinanced, .financeCharge, .annualPercentageRate, .totalOfPayments,
      ]))
    #expect(Set(keys[2]).isSuperset(of: [.fullCostPercent, .fullCostMoney]))
  }

  @Test("weekly and yearly payments are measured by their own periods")
  func periods() throws {
    let start = date("2026-01-05")
    for (every, count) in [
      (CalendarPeriod.days(7), 52), (.days(14), 26), (.months(3), 8), (.months(12), 5),
    ] {
      let terms = LoanTerms(
        amount: 5_000, annualRate: decimal("0.12"), disbursed: start,
        dueDates: .regular(first: start.adding(every), every: every, count: count),
        basis: .dayCount(.actual365))
      for law in CreditJurisdiction.allCases {
        let quote = try CreditQuote(terms, jurisdiction: law)
        #expect(quote.rate.rate > decimal("0.11") && quote.rate.rate < decimal("0.14"), "\(law)")
      }
    }
  }

  @Test("bad charges are refused")
  func refused() {
    let negative = [CreditCharge(name: "x", amount: -1, moment: .upFront)]
    #expect(
      refusal { _ = try CreditQuote(loan(), charges: negative, jurisdiction: .russia) }
        == "charges outOfRange")
    let odd = [CreditCharge(name: "x", amount: 1, moment: .eachPayment, isFinanced: true)]
    #expect(
      refusal { _ = try CreditQuote(loan(), charges: odd, jurisdiction: .russia) }
        == "charges unsupported")
  }
}
