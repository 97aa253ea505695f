import Calculation
import Quantities
import Testing

@Suite("What a loan costs")
struct LoanCostTests {
  @Test("the quick cost equals the schedule with equal periods, to the cent")
  func agreesWithSchedule() throws {
    let seed: UInt64 = 42
    var source = SeededRandom(seed: seed)
    for index in 0..<2_000 {
      let amount = source.decimal(in: 1_000...90_000_000, scale: 2)
      let rate = source.decimal(in: 0...4_000, scale: 4)
      let months = Int.random(in: 1...360, using: &source)
      let cost = try LoanCost.annuity(amount: amount, annualRate: rate, months: months)
      let schedule = try LoanSchedule(
        loan(amount, months: months) {
          $0.annualRate = rate
          $0.basis = .equalPeriods(perYear: 12)
        })
      let context = "seed \(seed), case \(index): \(amount) at \(rate) over \(months)"
      #expect(cost.instalment == schedule.instalment, "\(context)")
      #expect(cost.totalInterest == schedule.totalInterest, "\(context)")
      #expect(cost.lastInstalment == schedule.lastPayment, "\(context)")
      #expect(cost.totalPayable == schedule.totalPaid, "\(context)")
    }
  }

  @Test("the effective rate is the law's on whole months, fees included")
  func effectiveRate() throws {
    let fees = LoanFees(upFront: 250, eachPayment: 3)
    let cost = try LoanCost.annuity(
      amount: 20_000, annualRate: decimal("0.0725"), months: 60, fees: fees)
    let schedule = try LoanSchedule(
      loan(20_000, rate: "0.0725", months: 60) { $0.basis = .equalPeriods(perYear: 12) })
    let payments =
      [CashFlow(date: date("2026-01-15"), amount: 250)]
      + schedule.rows.map { CashFlow(date: $0.due, amount: $0.payment + 3) }
    let rate = try EffectiveRate.eu(
      advances: [CashFlow(date: date("2026-01-15"), amount: 20_000)], payments: payments,
      period: .month)
    #expect((rate.rate - cost.effectiveRate).magnitude <= decimal("1e-11"))
    #expect(cost.totalFees == 430)
    #expect(cost.totalCost == cost.totalPayable - 20_000)
  }

  @Test("a dearer loan never has a lower effective rate: rate and fees both raise it")
  func monotone() throws {
    var last = decimal("-1")
    for step in 0...20 {
      let cost = try LoanCost.annuity(
        amount: 10_000, annualRate: Decimal128(step) / 100, months: 48)
      #expect(cost.effectiveRate > last)
      last = cost.effectiveRate
      let withFee = try LoanCost.annuity(
        amount: 10_000, annualRate: Decimal128(step) / 100, months: 48,
        fees: LoanFees(upFront: 1))
      #expect(withFee.effectiveRate > cost.effectiveRate)
    }
  }

  @Test("bad terms are refused by name")
  func refused() {
    func cost(
      amount: Decimal128 = 10_000, rate: Decimal128 = 0, months: Int = 12,
      upFront: Decimal128 = 0
    ) -> String {
      refusal {
        _ = try LoanCost.annuity(
          amount: amount, annualRate: rate, months: months, fees: LoanFees(upFront: upFront))
      }
    }
    #expect(cost() == "no refusal")
    #expect(cost(months: 0) == "months outOfRange")
    #expect(cost(months: 10_000) == "months outOfRange")
    #expect(cost(amount: -1) == "amount outOfRange")
    #expect(cost(upFront: 10_000) == "upFrontFee outOfRange")
    #expect(cost(upFront: -1) == "fees outOfRange")
    #expect(cost(rate: 11) == "annualRate outOfRange")
  }

  @Test("solving for any one term and back returns it within a minor unit")
  func roundTrips() throws {
    let seed: UInt64 = 7
    var source = SeededRandom(seed: seed)
    for index in 0..<500 {
      let amount = source.decimal(in: 100_000...50_000_000, scale: 2)
      let rate = source.decimal(in: 10...2_500, scale: 4)
      let months = Int.random(in: 2...360, using: &source)
      let context = "seed \(seed), case \(index): \(amount) at \(rate) over \(months)"
      let solved = try LoanSolution(amount: amount, annualRate: rate, payments: months)
      let cent = decimal("0.01")
      let back = try LoanSolution(
        payment: solved.payment, annualRate: rate, payments: months)
      // Half a cent of the payment is worth at most so much today.
      #expect((back.amount - amount).magnitude <= cent * Decimal128(months), "\(context)")
      let again = try LoanSolution(
        amount: amount, payment: solved.payment, payments: months)
      let payment = try LoanSolution(
        amount: amount, annualRate: max(again.annualRate, 0), payments: months
      ).payment
      #expect((payment - solved.payment).magnitude <= cent, "\(context)")
      let term = try LoanSolution(
        amount: amount, annualRate: rate, payment: solved.payment)
      #expect(abs(term.payments - months) <= 1, "\(context)")
    }
  }
}
