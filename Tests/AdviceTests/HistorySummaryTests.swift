import Quantities
import Testing

@testable import Advice

@Suite("The roll-up of an account's history")
struct HistorySummaryTests {
  private func date(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(iso: text))
  }

  private func event(
    _ day: String, _ kind: MovementKind, _ amount: Decimal128, balance: Decimal128? = nil
  ) throws -> HistoryEvent {
    HistoryEvent(date: try date(day), kind: kind, amount: amount, balance: balance)
  }

  @Test("Regular income is the median of whole months, so one large receipt does not move it")
  func regularIncome() throws {
    var history = HistorySummary()
    for month in 1...5 {
      history.record(try event("2026-0\(month)-25", .salary, 2_000))
    }
    history.record(try event("2026-03-02", .transferIn, 50_000))
    #expect(history.regularIncome(before: try date("2026-06-10")) == 2_000)
  }

  @Test("Two whole months are too few to tell a regular income")
  func tooFewMonths() throws {
    var history = HistorySummary()
    history.record(try event("2026-01-25", .salary, 2_000))
    history.record(try event("2026-02-25", .salary, 2_000))
    #expect(history.regularIncome(before: try date("2026-03-10")) == nil)
  }

  @Test("Nothing dated on or after the day, nor in its month, counts")
  func nothingFromTheFuture() throws {
    var past = HistorySummary()
    for month in 1...6 { past.record(try event("2026-0\(month)-25", .salary, 2_000)) }
    var all = past
    all.record(try event("2026-07-01", .salary, 9_000, balance: 9_999))
    all.record(try event("2026-08-01", .instalment, 700))
    all.record(try event("2026-08-02", .penaltyInterest, 5))
    let day = try date("2026-07-15")
    #expect(all.regularIncome(before: day) == past.regularIncome(before: day))
    #expect(all.regularInstalments(before: day) == past.regularInstalments(before: day))
    #expect(all.averageBalance(before: day) == past.averageBalance(before: day))
    #expect(all.monthsInArrears(before: day) == 0)
  }

  @Test("The order in which movements arrive does not matter")
  func orderDoesNotMatter() throws {
    var generator = SeededRandom(seed: 7)
    var events: [HistoryEvent] = []
    for index in 0..<200 {
      let start = try date("2025-08-01")
      let kind = MovementKind.allCases[Int(generator.next() % 14)]
      events.append(
        HistoryEvent(
          date: start.adding(days: index), kind: kind,
          amount: Decimal128(Int(generator.next() % 100_000)) / 100,
          balance: Decimal128(index)))
    }
    var straight = HistorySummary()
    for event in events { straight.record(event) }
    var shuffled = HistorySummary()
    for event in events.shuffled(using: &generator) { shuffled.record(event) }
    #expect(straight == shuffled)
  }

  @Test("Only the newest months are kept")
  func boundedMonths() throws {
    var history = HistorySummary()
    let start = try date("2000-01-15")
    for month in 0..<100 {
      history.record(
        HistoryEvent(date: start.adding(months: month), kind: .salary, amount: 1))
    }
    #expect(history.months.count == HistorySummary.monthsKept)
    #expect(history.movements == 100)
    history.record(try event("2000-01-20", .salary, 5))
    #expect(history.months.count == HistorySummary.monthsKept)
    #expect(history.months.allSatisfy { $0.income == 1 })
  }

  @Test("Facts come back from their bytes as they were, and the bytes are canonical")
  func factsRoundTrip() throws {
    let currency = try #require(Currency("EUR"))
    var facts = Facts(homeCurrency: currency)
    facts.profile.birthDate = try date("1990-02-28")
    facts.profile.segments = ["private", "Привилегия"]
    facts.profile.employment = .employed
    facts.history.record(try event("2026-01-25", .salary, 2_000, balance: 12))
    facts.risk.riskClass = 4
    facts.risk.objectives = [.growth, .income]
    facts.answers = ["owns-home": "true", "a\"b": "ü"]
    facts.holdings = [
      HeldProduct(
        kind: .mortgage, product: ProductID(brand: "steward", code: "home"), currency: currency,
        balance: 10, instalment: 1, since: try date("2020-01-01"), until: nil)
    ]
    let bytes = facts.canonicalBytes
    #expect(try Facts(canonicalBytes: bytes) == facts)
    #expect(try JSONValueProbe.canonical(bytes) == bytes)
  }
}
