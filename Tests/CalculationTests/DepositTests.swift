import Calculation
import Quantities
import Testing

@Suite("Deposits")
struct DepositTests {
  private func deposit(_ change: (inout DepositTerms) -> Void = { _ in }) -> DepositTerms {
    var terms = DepositTerms(
      principal: 10_000, annualRate: decimal("0.0365"), opened: date("2026-01-31"), months: 12)
    change(&terms)
    return terms
  }

  @Test("interest is posted on the anchored day and rounded at each posting")
  func postings() throws {
    let schedule = try DepositSchedule(deposit())
    #expect(schedule.rows.count == 12)
    #expect(schedule.rows[0].date == date("2026-02-28"))
    #expect(schedule.rows[0].interest == 28)
    #expect(schedule.rows[1].date == date("2026-03-31"))
    #expect(schedule.finalBalance == 10_000 + schedule.totalInterest)
    #expect(try #require(schedule.effectiveAnnualRate) > decimal("0.0365"))
  }

  @Test("a term that is no multiple of the posting period ends with a short one")
  func shortLastPeriod() throws {
    let schedule = try DepositSchedule(deposit { $0.interestEveryMonths = 5 })
    #expect(schedule.rows.map(\.date.month) == [6, 11, 1])
  }

  @Test("paid-out interest leaves the balance, tax is withheld, contributions are added")
  func variants() throws {
    let paidOut = try DepositSchedule(deposit { $0.capitalises = false })
    #expect(paidOut.finalBalance == 10_000)
    #expect(paidOut.rows.reduce(.zero) { $0 + $1.paidOut } == paidOut.totalInterest)
    let taxed = try DepositSchedule(deposit { $0.taxRate = decimal("0.15") })
    #expect(taxed.finalBalance == 10_000 + taxed.totalInterest - taxed.totalTax)
    let saving = try DepositSchedule(deposit { $0.contribution = 100 })
    #expect(saving.totalContributions == 1_100)
    #expect(saving.finalBalance == 11_100 + saving.totalInterest)
  }

  @Test("the quote shows rate, yield and what comes out")
  func quote() throws {
    let quote = try DepositQuote(deposit())
    #expect(quote.disclosures.map(\.key).prefix(2) == [.interestRate, .annualPercentageYield])
    #expect(quote.yield > decimal("0.0365"))
  }

  @Test("tiers earn by slice or as a whole, and must reach the balance")
  func tiers() throws {
    let tiers = [
      BalanceTier(upTo: 1_000, annualRate: decimal("0.01")),
      BalanceTier(upTo: nil, annualRate: decimal("0.02")),
    ]
    func interest(_ balance: Decimal128, _ method: TierMethod) throws -> Decimal128 {
      try DepositGrowth.tieredDaily(balance: balance, tiers: tiers, method: method, days: 365)
        .interest.rounded(scale: 2, .halfUp)
    }
    #expect(try interest(1_000, .wholeBalance) == decimal("10.05"))
    #expect(try interest(2_000, .wholeBalance) == decimal("40.40"))
    #expect(try interest(2_000, .slices) == decimal("30.25"))
    #expect(
      refusal {
        _ = try DepositGrowth.tieredDaily(
          balance: 2_000, tiers: [tiers[0]], method: .slices, days: 365)
      } == "tiers missing")
  }

  @Test("a penalty may eat principal but never more than all of it")
  func earlyWithdrawal() throws {
    let eaten = try EarlyWithdrawal(
      principal: 1_000, annualRate: decimal("0.05"), termDays: 365, daysHeld: 10,
      rule: .penaltyDays(90))
    #expect(eaten.payout < 1_000)
    let all = try EarlyWithdrawal(
      principal: 1_000, annualRate: 5, termDays: 365, daysHeld: 0, rule: .penaltyDays(365))
    #expect(all.payout == 0)
  }

  @Test("a ladder's rungs sum to the principal and its blended rate lies between theirs")
  func ladder() throws {
    let ladder = try DepositLadder(
      principal: decimal("1000.01"),
      rungs: (1...3).map { LadderRung(years: Decimal128($0), annualRate: Decimal128($0) / 100) })
    #expect(ladder.rungs.reduce(.zero) { $0 + $1.amount } == decimal("1000.01"))
    let blended = try #require(ladder.blendedRate)
    #expect(blended > decimal("0.01") && blended < decimal("0.03"))
  }

  @Test(
    "bad terms are refused by name",
    arguments: [
      BadTerm("principal outOfRange") { $0.principal = 0 },
      BadTerm("principal precision") { $0.principal = decimal("0.001") },
      BadTerm("principal outOfRange") { $0.principal = .nan },
      BadTerm("annualRate outOfRange") { $0.annualRate = 11 },
      BadTerm("months outOfRange") { $0.months = 0 },
      BadTerm("months outOfRange") { $0.months = 10_000 },
      BadTerm("interestEveryMonths outOfRange") { $0.interestEveryMonths = 0 },
      BadTerm("taxRate outOfRange") { $0.taxRate = 2 },
      BadTerm("opened outOfRange") { $0.opened = .latest },
      BadTerm("months outOfRange") { $0.opened = date("9999-06-30") },
      BadTerm("dayCount unsupported") { $0.dayCount = .actualActualICMA },
    ] as [BadTerm<DepositTerms>])
  func refused(bad: BadTerm<DepositTerms>) {
    var terms = deposit()
    bad.change(&terms)
    #expect(refusal { _ = try DepositSchedule(terms) } == bad.description)
  }
}
