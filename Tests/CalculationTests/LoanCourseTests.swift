import Calculation
import Quantities
import Testing

@Suite("What happens to a loan")
struct LoanCourseTests {
  @Test("without events the course is the schedule")
  func noEvents() throws {
    for terms in [loan(), loan { $0.repayment = .equalPrincipal }, loan { $0.repayment = .bullet }]
    {
      let schedule = try LoanSchedule(terms)
      let course = try LoanCourse(terms, events: [])
      #expect(course.rows.map(\.payment) == schedule.rows.map(\.payment))
      #expect(course.totalInterest == schedule.totalInterest)
    }
  }

  @Test("an early repayment shortens the term or lowers the instalment, and saves interest")
  func earlyRepayment() throws {
    let terms = loan(100_000, rate: "0.05", months: 120) { $0.basis = .dayCount(.actual365) }
    let day = date("2028-01-15")
    let shorter = try EarlyRepayment(terms, on: day, amount: 20_000, mode: .shorterTerm)
    let lower = try EarlyRepayment(terms, on: day, amount: 20_000, mode: .lowerInstalment)
    #expect(shorter.after.rows.count < shorter.before.rows.count)
    #expect(lower.after.instalments.count == 2)
    #expect(lower.after.instalments[1] < lower.after.instalments[0])
    #expect(shorter.interestSaved > lower.interestSaved)
    #expect(lower.interestSaved > 0)
    for course in [shorter.after, lower.after] {
      #expect(course.rows.last?.balance == 0)
      #expect(course.totalPaid == 100_000 + course.totalInterest)
    }
  }

  @Test("repaying everything between due dates settles the interest to that day")
  func settlement() throws {
    let terms = loan(rate: "0.0365") { $0.basis = .dayCount(.actual365) }
    let course = try LoanCourse(
      terms, events: [.earlyRepayment(on: date("2026-01-25"), amount: 10_000, .shorterTerm)])
    #expect(course.rows.count == 1)
    #expect(course.totalInterest == 10)
    #expect(course.totalPaid == 10_010)
  }

  @Test("a change of rate solves the instalment again and the loan still ends in time")
  func rateChange() throws {
    let terms = loan(200_000, rate: "0.03", months: 240) { $0.basis = .dayCount(.actual365) }
    for day in ["2030-01-15", "2030-01-20"] {
      let course = try LoanCourse(
        terms, events: [.rateChange(on: date(day), annualRate: decimal("0.05"))])
      #expect(course.instalments.count == 2)
      #expect(course.instalments[1] > course.instalments[0])
      #expect(course.rows.last?.balance == 0)
      let last = try #require(course.rows.last)
      // The last instalment is the level one but for what rounding left.
      #expect((last.payment - course.instalments[1]).magnitude < 2, "\(day)")
    }
  }

  @Test("a second drawdown raises the debt and the instalment")
  func drawdown() throws {
    let terms = loan(50_000, months: 36) { $0.basis = .dayCount(.actual365) }
    let course = try LoanCourse(
      terms, events: [.drawdown(on: date("2026-05-02"), amount: 10_000)])
    #expect(course.rows.reduce(.zero) { $0 + $1.principal } == 50_000)
    #expect(course.instalments[1] > course.instalments[0])
    #expect(course.totalPaid == 60_000 + course.totalInterest)
  }

  @Test("the compensation keeps to the directive's caps")
  func compensation() throws {
    let terms = loan(50_000, rate: "0.08", months: 48) { $0.basis = .dayCount(.actual365) }
    let early = try EarlyRepayment(
      terms, on: date("2026-07-15"), amount: 10_000, mode: .shorterTerm,
      compensation: .consumerCredit)
    #expect(early.compensation == 100)
    let late = try EarlyRepayment(
      terms, on: date("2029-06-15"), amount: 1_000, mode: .shorterTerm,
      compensation: .consumerCredit)
    #expect(late.compensation == 5)
    let last = try EarlyRepayment(
      terms, on: date("2029-12-15"), amount: 1_000, mode: .shorterTerm,
      compensation: .consumerCredit)
    #expect(last.compensation == last.interestSaved || last.compensation == 5)
    #expect(last.compensation <= max(last.interestSaved, 0))
  }

  @Test(
    "events that cannot be are refused",
    arguments: [
      LoanEvent.earlyRepayment(on: date("2026-03-01"), amount: 10_001, .shorterTerm),
      .earlyRepayment(on: date("2026-03-01"), amount: 0, .shorterTerm),
      .earlyRepayment(on: date("2026-01-15"), amount: 10, .shorterTerm),
      .drawdown(on: date("2028-01-15"), amount: 10),
      .drawdown(on: date("2026-03-01"), amount: .nan),
      .rateChange(on: date("2026-03-01"), annualRate: 11),
    ])
  func refused(event: LoanEvent) {
    let found = refusal { _ = try LoanCourse(loan(), events: [event]) }
    #expect(found.hasPrefix("events "), "\(found)")
  }

  @Test("the household's limits decide how much can be borrowed")
  func affordability() throws {
    let budget = HouseholdBudget(income: 4_000, instalments: 400, expenses: 1_800)
    let limits = AffordabilityLimits(
      debtToIncome: decimal("0.4"), leastLeft: 500, stressMargin: decimal("0.02"))
    let found = try Affordability(
      budget, limits: limits, annualRate: decimal("0.04"), months: 240)
    #expect(found.greatestInstalment == 1_200)
    #expect(found.bindingLimit == .debtToIncome)
    let payment = try LoanPayment.level(
      principal: found.greatestAmount, annualRate: decimal("0.06"), payments: 240, perYear: 12)
    #expect((payment - 1_200).magnitude < decimal("0.01"))
    var secured = limits
    secured.loanToValue = decimal("0.8")
    let capped = try Affordability(
      budget, limits: secured, annualRate: decimal("0.04"), months: 240, securityValue: 100_000)
    #expect(capped.greatestAmount == 80_000)
    #expect(capped.bindingLimit == .loanToValue)
    #expect(
      refusal {
        _ = try Affordability(
          HouseholdBudget(income: 0), limits: limits, annualRate: 0, months: 12)
      } == "income outOfRange")
  }

  @Test("refinancing breaks even when lower instalments have paid the fees")
  func refinancing() throws {
    let found = try Refinancing(
      balance: 100_000, instalment: 1_100, monthsLeft: 120, annualRate: decimal("0.03"),
      months: 120, fees: LoanFees(upFront: 1_000))
    #expect(found.monthlySaving == 1_100 - found.replacement.instalment)
    #expect(found.breakEvenMonths == 8)
    let dear = try Refinancing(
      balance: 100_000, instalment: 900, monthsLeft: 120, annualRate: decimal("0.09"), months: 120)
    #expect(dear.breakEvenMonths == nil)
    #expect(dear.saving < 0)
  }
}
