import Calculation
import Quantities
import Testing

@Suite("Effective rates")
struct EffectiveRateTests {
  private let start = date("2026-01-31")

  private func payments(_ count: Int, _ amount: Decimal128) -> [CashFlow] {
    (1...count).map {
      CashFlow(date: start.adding(months: $0, anchorDay: 31), amount: amount)
    }
  }

  @Test("one thousand back as twelve hundred after a year and a half is the directive's example")
  func directiveExample() throws {
    let rate = try RateEquationEU.rate(
      drawdowns: [TimedAmount(years: 0, amount: 1_000)],
      payments: [TimedAmount(years: decimal("1.5"), amount: 1_200)])
    #expect((rate * 100).rounded(scale: 2, .halfUp) == decimal("12.92"))
  }

  @Test("month ends are whole months under EU law even where the days of month differ")
  func monthEnds() throws {
    for (from, to, years) in [
      ("2021-04-30", "2022-02-28", "10"), ("2024-01-31", "2024-02-29", "1"),
      ("2023-02-28", "2024-02-29", "12"), ("2024-02-29", "2024-03-31", "1"),
    ] {
      let found = try LendingPeriod.month.years(from: date(from), to: date(to))
      #expect(found == decimal(years) / 12, "\(from) to \(to)")
    }
  }

  @Test("the proof's discounted values leave nothing, under each law")
  func proofs() throws {
    let advances = [CashFlow(date: start, amount: 12_000)]
    let paid = payments(48, 300)
    let rates = [
      try EffectiveRate.eu(advances: advances, payments: paid, period: .month),
      try EffectiveRate.us(
        advances: advances, payments: paid, unitPeriod: UnitPeriod(.month, perYear: 12)),
      try EffectiveRate.russian(
        flows: [CashFlow(date: start, amount: -12_000)] + paid, basePeriod: .thirtyDays,
        perYear: 12),
    ]
    for rate in rates {
      let proof = rate.proof()
      #expect(proof.residual.magnitude < decimal("1e-9"), "\(rate.law)")
      #expect(proof.lines.count == 49)
      #expect((proof.rate - rate.periodRate).magnitude < decimal("1e-10"))
      let sum = proof.lines.reduce(Decimal128.zero) { $0 + $1.discounted }
      #expect(sum == proof.residual)
    }
    // Nominal figures are lower than the effective one: they must never be mixed.
    #expect(rates[1].rate < rates[0].rate)
  }

  @Test("figures are printed half up with the law's digits")
  func printed() throws {
    let rate = try EffectiveRate.eu(
      advances: [CashFlow(date: date("2026-01-01"), amount: 1_000)],
      payments: [CashFlow(date: date("2027-01-01"), amount: decimal("1128.5"))], period: .year)
    #expect(rate.rate == decimal("0.1285"))
    #expect(rate.printedPercent == decimal("12.9"))
    #expect(rate.percent(decimals: 2) == decimal("12.85"))
  }

  @Test(
    "flows that have no rate are refused",
    arguments: [
      ("advances missing", [], [("2026-02-28", "1")]),
      ("payments missing", [("2026-01-31", "1")], []),
      ("payments outOfRange", [("2026-01-31", "1")], [("2026-02-28", "-1")]),
      ("payments order", [("2026-01-31", "1")], [("2026-01-30", "1")]),
      ("payments outOfRange", [("2026-01-31", "1")], [("2300-01-30", "1")]),
      ("payments outOfRange", [("2026-01-31", "1")], [("2026-02-28", "NaN")]),
      ("payments outOfRange", [("2026-01-31", "1")], [("2026-02-28", "1e19")]),
      ("flows noSolution", [("2026-01-31", "0")], [("2026-02-28", "1")]),
      ("advances outOfRange", [("-0044-03-15", "1")], [("2026-02-28", "1")]),
    ] as [(String, [(String, String)], [(String, String)])])
  func refused(
    expected: String, advances: [(String, String)], payments: [(String, String)]
  ) {
    func flows(_ list: [(String, String)]) -> [CashFlow] {
      list.map { CashFlow(date: date($0.0), amount: decimal($0.1)) }
    }
    #expect(
      refusal {
        _ = try EffectiveRate.eu(
          advances: flows(advances), payments: flows(payments), period: .month)
      } == expected)
  }

  @Test("a million flows are refused by their number")
  func tooMany() {
    let many = Array(repeating: CashFlow(date: start, amount: 1), count: 1_000_000)
    #expect(
      refusal { _ = try EffectiveRate.eu(advances: many, payments: many, period: .month) }
        == "advances tooMany")
    #expect(refusal { _ = try InternalRate.annual(flows: many) } == "flows tooMany")
  }

  @Test("rates from −90 % to 10,000 % are found again from flows made with them")
  func extremes() throws {
    for text in ["-0.9", "-0.5", "-0.01", "0", "0.001", "1", "25", "100"] {
      let rate = decimal(text)
      let amount = 1_000 * (1 + rate)
      let solution = try InternalRate.annual(flows: [
        CashFlow(date: date("2025-01-01"), amount: -1_000),
        CashFlow(date: date("2026-01-01"), amount: amount),
      ])
      #expect((solution.rate - rate).magnitude <= decimal("1e-9") * max(1, rate), "\(text)")
      #expect(solution.isUnique)
    }
  }

  @Test("flows that change sign more than once may have several rates, and say so")
  func severalRates() throws {
    let solution = try InternalRate.periodic(amounts: [-100, 230, -132])
    #expect(!solution.isUnique)
    let found = solution.rate
    #expect(found == decimal("0.1") || found == decimal("0.2"))
  }

  @Test("spreadsheet functions balance: PV, PMT and FV of one contract return each other")
  func timeValue() throws {
    let seed: UInt64 = 99
    var source = SeededRandom(seed: seed)
    for index in 0..<500 {
      let rate = source.decimal(in: -500...3_000, scale: 5)
      let count = Decimal128(Int.random(in: 1...360, using: &source))
      let present = source.decimal(in: 1...10_000_000, scale: 2)
      let future = source.decimal(in: -1_000_000...1_000_000, scale: 2)
      let timing: PaymentTiming = Bool.random(using: &source) ? .end : .beginning
      let context = "seed \(seed), case \(index)"
      let payment = try TimeValue.payment(
        rate: rate, periods: count, presentValue: present, futureValue: future, timing: timing)
      let back = try TimeValue.presentValue(
        rate: rate, periods: count, payment: payment, futureValue: future, timing: timing)
      let end = try TimeValue.futureValue(
        rate: rate, periods: count, payment: payment, presentValue: present, timing: timing)
      #expect((back - present).magnitude < decimal("1e-10"), "\(context)")
      let scale = max(1, future.magnitude) * (1 + rate).power(count.integerValue ?? 0)
      #expect((end - future).magnitude <= decimal("1e-16") * max(1, scale), "\(context)")
      let period = Decimal128(Int.random(in: 1...(count.integerValue ?? 1), using: &source))
      let interest = try TimeValue.interestPart(
        rate: rate, period: period, periods: count, presentValue: present, futureValue: future,
        timing: timing)
      let principal = try TimeValue.principalPart(
        rate: rate, period: period, periods: count, presentValue: present, futureValue: future,
        timing: timing)
      #expect((interest + principal - payment).magnitude < decimal("1e-18"), "\(context)")
    }
  }

  @Test("hostile values never trap in the time-value functions")
  func hostile() {
    let values = [
      "0", "-1", "1", "NaN", "Infinity", "-Infinity", "1e-6000", "1e6000", "-0.9999999",
    ]
    for a in values.map(decimal) {
      for b in values.map(decimal) {
        for c in values.map(decimal) {
          _ = try? TimeValue.futureValue(rate: a, periods: b, payment: c)
          _ = try? TimeValue.presentValue(rate: a, periods: b, payment: c)
          _ = try? TimeValue.payment(rate: a, periods: b, presentValue: c)
          _ = try? TimeValue.periods(rate: a, payment: b, presentValue: c)
          _ = try? TimeValue.interestPart(rate: a, period: b, periods: c, presentValue: 1)
          _ = try? TimeValue.growthRate(periods: a, presentValue: b, futureValue: c)
          _ = try? TimeValue.growthPeriods(rate: a, presentValue: b, futureValue: c)
          _ = try? InternalRate.periodic(amounts: [a, b, c])
          _ = try? InternalRate.modified(amounts: [a, b], financeRate: c, reinvestmentRate: c)
        }
      }
    }
  }

  @Test(
    "a year counted back from the last of February is a year, and meets the last of February",
    arguments: [
      ("2032-01-31", "2037-02-28", "5", 28), ("2019-02-28", "2020-02-29", "1", 0),
      ("2020-02-29", "2021-02-28", "1", 0), ("2031-02-27", "2032-02-29", "1", 1),
    ])
  func years(from: String, to: String, whole: String, days: Int) throws {
    let found = try LendingPeriod.year.years(from: date(from), to: date(to))
    let rest = Decimal128(days) / 365
    #expect((found - decimal(whole) - rest).magnitude < decimal("1e-30"), "\(found)")
  }

  @Test("the proof of an internal rate leaves nothing, that of a value is the value")
  func discountProofs() throws {
    let seed: UInt64 = 2_718
    var source = SeededRandom(seed: seed)
    for index in 0..<300 {
      let start = date("2020-02-29")
      var flows = [CashFlow(date: start, amount: -source.decimal(in: 1_000...9_000_000, scale: 2))]
      for _ in 0..<Int.random(in: 1...30, using: &source) {
        flows.append(
          CashFlow(
            date: start.adding(days: Int.random(in: 200...3_000, using: &source)),
            amount: source.decimal(in: 1_000...9_000_000, scale: 2)))
      }
      let solved = try InternalRate.annual(flows: flows)
      let timed = TimedAmount.dated(flows, from: start, .actual365)
      let proof = try #require(DiscountProof(solving: solved.rate, timed))
      #expect(proof.sum.magnitude < decimal("1e-9"), "seed \(seed), case \(index): \(proof.sum)")
      #expect((proof.rate - solved.rate).magnitude < decimal("1e-9"))
      #expect(proof.lines.count == flows.count)
      let value = try InternalRate.presentValue(rate: decimal("0.05"), flows: flows)
      let table = try #require(DiscountProof(rate: decimal("0.05"), timed))
      #expect((table.sum - value).magnitude < decimal("1e-20"))
    }
    let periodic = TimedAmount.periodic([-100, 60, 60])
    #expect(periodic.map(\.years) == [0, 1, 2])
    let many = Array(repeating: periodic[0], count: DiscountProof.greatestFlows + 1)
    #expect(DiscountProof(rate: 0, many) == nil && DiscountProof(solving: 0, many) == nil)
  }
}
