import Calculation
import Quantities
import Testing

@Suite("Loan schedules")
struct LoanScheduleTests {
  @Test("an annuity of twelve months pays the textbook instalment and clears the debt")
  func annuity() throws {
    let schedule = try LoanSchedule(loan())
    #expect(schedule.instalment == decimal("860.66"))
    #expect(schedule.rows.count == 12)
    #expect(schedule.rows[0].interest == 50)
    #expect(schedule.rows[0].principal == decimal("810.66"))
    #expect(schedule.rows[11].balance == 0)
    #expect(schedule.lastPayment == decimal("860.70"))
    #expect(schedule.totalPaid == 10_000 + schedule.totalInterest)
  }

  @Test("due dates are anchored on the day and clamped to the month")
  func anchored() throws {
    let terms = loan {
      $0.disbursed = date("2027-12-31")
      $0.dueDates = .monthly(after: date("2027-12-31"), count: 4)
    }
    let due = try LoanSchedule(terms).rows.map(\.due.description)
    #expect(due == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"])
  }

  @Test("due dates move off weekends and holidays where the terms say so")
  func businessDays() throws {
    let terms = loan {
      $0.disbursed = date("2026-01-31")
      $0.dueDates = .monthly(after: date("2026-01-31"), count: 3)
      $0.businessDays = .modifiedFollowing
      $0.holidays = HolidayCalendar(holidays: [date("2026-03-31")])
    }
    // 28 February 2026 is a Saturday and Monday is in March; 31 March is a holiday, its month ends.
    let due = try LoanSchedule(terms).rows.map(\.due.description)
    #expect(due == ["2026-02-27", "2026-03-30", "2026-04-30"])
  }

  @Test("without interest the principal is split evenly, ties by the rule")
  func zeroRate() throws {
    for (rule, expected) in [(Rounding.halfUp, "50.01"), (.halfEven, "50"), (.down, "50")] {
      let rounding = try MoneyRounding(decimals: 2, rule: rule)
      let terms = loan(decimal("100.01"), rate: "0", months: 2) { $0.rounding = rounding }
      #expect(try LoanSchedule(terms).instalment == decimal(expected), "\(rule)")
    }
  }

  @Test("a balloon is left to the last payment, a bullet pays interest only")
  func balloonAndBullet() throws {
    let balloon = try LoanSchedule(loan { $0.repayment = .balloon(4_000) })
    #expect(balloon.lastPayment > 4_000)
    #expect(balloon.rows[10].balance > 3_900)
    let bullet = try LoanSchedule(loan { $0.repayment = .bullet })
    #expect(bullet.rows.dropLast().allSatisfy { $0.payment == 50 })
    #expect(bullet.lastPayment == 10_050)
  }

  @Test("interest-only payments come first and the rest is repaid over what remains")
  func grace() throws {
    let schedule = try LoanSchedule(loan { $0.interestOnlyPayments = 3 })
    #expect(schedule.rows.prefix(3).allSatisfy { $0.principal == 0 })
    #expect(schedule.rows[11].balance == 0)
    #expect(schedule.instalment == (try LoanSchedule(loan(months: 9)).instalment))
  }

  @Test("an instalment that is a multiple ends the loan early when it is rounded up")
  func multiples() throws {
    let schedule = try LoanSchedule(
      loan(1_000, rate: "0.05", months: 60) {
        $0.instalment = InstalmentRule(multiple: 10, rounding: .up)
      })
    #expect(schedule.instalment == 20)
    #expect(schedule.rows.count < 60)
    #expect(schedule.rows.last?.balance == 0)
    #expect(schedule.lastPayment <= 20)
  }

  @Test("currencies without and with three digits keep to their minor units")
  func minorUnits() throws {
    for (code, digits) in [("JPY", 0), ("KWD", 3), ("EUR", 2)] {
      let currency = try #require(Currency(code))
      let schedule = try LoanSchedule(loan(1_000_000) { $0.rounding = MoneyRounding(currency) })
      #expect(schedule.rows.allSatisfy { $0.payment.scale == digits }, "\(code)")
      #expect(schedule.rows.reduce(.zero) { $0 + $1.principal } == 1_000_000)
    }
  }

  @Test("an agreed instalment is kept, and refused when it never pays the loan back")
  func fixedInstalment() throws {
    let kept = try LoanSchedule(loan { $0.instalment.fixed = 900 })
    #expect(kept.instalment == 900)
    #expect(kept.lastPayment < 900)
    #expect(
      refusal { _ = try LoanSchedule(loan(months: 360) { $0.instalment.fixed = 49 }) }
        == "instalment notAmortising")
  }

  @Test("principal sums to the amount and the last balance is zero, whatever the terms")
  func properties() throws {
    let seed: UInt64 = 20_260_801
    var source = SeededRandom(seed: seed)
    for index in 0..<2_000 {
      let terms = randomTerms(&source)
      let schedule = try LoanSchedule(terms)
      let context = "seed \(seed), case \(index): \(terms)"
      #expect(schedule.rows.reduce(.zero) { $0 + $1.principal } == terms.amount, "\(context)")
      #expect(schedule.rows.last?.balance == 0, "\(context)")
      #expect(schedule.totalPaid == terms.amount + schedule.totalInterest, "\(context)")
      var balance = terms.amount
      for row in schedule.rows {
        balance -= row.principal
        #expect(balance == row.balance, "\(context)")
        #expect(row.payment == row.interest + row.principal, "\(context)")
      }
    }
  }

  private func randomTerms(_ source: inout SeededRandom) -> LoanTerms {
    let start = date("2020-01-01").adding(days: Int.random(in: 0...4_000, using: &source))
    let amount = source.decimal(in: 100...50_000_000, scale: 2)
    let counts: [DayCount] = [
      .thirty360US, .thirtyE360, .actual360, .actual365, .actualActualISDA, .actualActualRU,
    ]
    let months = Int.random(in: 1...120, using: &source)
    var terms = LoanTerms(
      amount: amount, annualRate: source.decimal(in: 0...3_000, scale: 4), disbursed: start,
      dueDates: .monthly(after: start, count: months),
      basis: .dayCount(counts.randomElement(using: &source) ?? .actual365))
    switch Int.random(in: 0...3, using: &source) {
    case 0: terms.repayment = .equalPrincipal
    case 1: terms.repayment = .bullet
    case 2: terms.repayment = .balloon((amount / 4).rounded(scale: 2))
    default: break
    }
    if months > 3 { terms.interestOnlyPayments = Int.random(in: 0...2, using: &source) }
    return terms
  }

  @Test("the exact year fraction never decides where its decimal does not: both ways of a tie")
  func ties() throws {
    // 30/360 as a decimal is below the quotient, 60/360 above; 90/360 is exact.
    for (days, expected) in [(30, "56.34"), (60, "112.69"), (90, "169.04")] {
      let interest = try LoanPayment.interest(
        principal: 5_900, annualRate: decimal("0.1146"), from: date("2025-01-01"),
        to: date("2025-01-01").adding(days: days), dayCount: .actual360)
      #expect(interest == decimal(expected), "\(days) days")
    }
  }
}
