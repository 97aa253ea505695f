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
    func keys(_ jurisdiction: CreditJurisdiction) throws -> Set<Disclosure.Key> {
      Set(try CreditQuote(loan(), jurisdiction: jurisdiction).disclosures.map(\.key))
    }
    #expect(try keys(.unitedKingdom) == keys(.europeanUnion))
    #expect(
      try keys(.europeanUnion).isSuperset(of: [
        .totalAmountOfCredit, .borrowingRate, .annualPercentageRateOfCharge, .durationMonths,
        .instalment, .numberOfInstalments, .totalAmountPayable, .totalCostOfCredit,
        .withdrawalDays,
      ]))
    #expect(
      try keys(.unitedStates).isSuperset(of: [
        .amountFinanced, .financeCharge, .annualPercentageRate, .totalOfPayments,
      ]))
    #expect(try keys(.russia).isSuperset(of: [.fullCostPercent, .fullCostMoney]))
  }

  @Test("a mortgage shows its days of reflection and, with a variable rate, a second yearly cost")
  func mortgage() throws {
    let terms = loan(200_000, rate: "0.03", months: 240)
    let quote = try CreditQuote(
      terms, jurisdiction: .europeanUnion, security: .mortgage(highestRate: decimal("0.08")))
    let keys = quote.disclosures.map(\.key)
    #expect(keys.contains(.reflectionDays) && !keys.contains(.withdrawalDays))
    let stressed = quote.disclosures.first { $0.key == .stressedAnnualPercentageRateOfCharge }
    #expect(stressed?.value == .percent(decimal("8.3")))
  }

  @Test("a quote with a further drawdown and a stepped rate charges for both")
  func stepped() throws {
    let terms = loan(10_000, rate: "0.06", months: 24)
    let plain = try CreditQuote(terms, jurisdiction: .europeanUnion)
    var dated = terms
    dated.basis = .dayCount(.thirtyE360)
    let quote = try CreditQuote(
      dated,
      events: [
        .drawdown(on: date("2026-03-01"), amount: 5_000),
        .rateChange(on: date("2026-09-15"), annualRate: decimal("0.09")),
      ], jurisdiction: .europeanUnion)
    #expect(quote.amount == 15_000)
    #expect(quote.rate.rate > plain.rate.rate)
    #expect(quote.rate.proof().residual.magnitude < decimal("0.000000001"))
    #expect(quote.totalPayable == 15_000 + quote.totalCost)
    #expect(quote.payments.count == 24)
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

  @Test("every hedge shows its cost, the risk that is left and that options are complex")
  func hedges() throws {
    let put = OptionTerms(
      kind: .put, spot: 100, strike: 95, years: 0.5, rate: 0.03, volatility: 0.2)
    let quotes = [
      HedgeQuote(try ProtectivePut(put: put, units: 10)),
      HedgeQuote(try Collar(put: put, cost: 0), units: 10),
      try HedgeQuote(try PutSpread(bought: put, soldStrike: 85), units: 10),
    ]
    for quote in quotes {
      let keys = quote.disclosures.map(\.key)
      for key: Disclosure.Key in [
        .costMoney, .costPercent, .costPercentPerYear, .residualRisk, .appropriateness,
      ] { #expect(keys.contains(key), "\(key)") }
    }
  }
}
