import Advice
import CRM
import Quantities
import Support
import Testing

@Suite struct BatchTests {
  /// A client of a key with some salaries and a loan.
  private func change(_ key: String, months: Range<Int> = 0..<3) -> ClientChange {
    var change = ClientChange(sourceKey: key, client: .named(key))
    for month in months {
      let day = CalendarDate.on("2025-10-15").adding(months: month)
      change.entries.append(
        SourceEntry(
          key: "m\(month)", at: Instant(startOf: day), kind: .movement,
          details: .movement(.salary, 1000)))
    }
    var loan = HoldingDetails(title: "Loan")
    loan.productKind = .personalLoan
    loan.balance = 500
    loan.instalment = 50
    change.holdings.append(
      SourceHolding(
        key: "l",
        holding: NewHolding(
          kind: .loan, currency: .euro, opened: .on("2025-01-01"), details: loan)))
    return change
  }

  @Test func `the same batch again adds nothing`() async throws {
    let test = try await TestBook()
    let batch = (0..<20).map { change("client \($0)") }
    let first = try await test.book.take(batch, by: atMachine)
    #expect(first.clientsAdded == 20 && first.entriesAdded == 60 && first.holdingsAdded == 20)
    let facts = try await all(test.book)
    let second = try await test.book.take(batch, by: atMachine)
    #expect(second.clientsKnown == 20 && second.entriesKnown == 60 && second.holdingsKnown == 20)
    #expect(second.clientsAdded == 0 && second.entriesAdded == 0 && second.holdingsAdded == 0)
    #expect(try await all(test.book) == facts)
    for fact in facts {
      #expect(fact.history.movements == 3 && fact.holdings.map(\.instalment) == [50])
    }
  }

  @Test func `an entry whose key is known is not counted again under another day`() async throws {
    let test = try await TestBook()
    try await test.book.take([change("ada")], by: atMachine)
    let facts = try await all(test.book)
    var moved = change("ada")
    for index in moved.entries.indices {
      moved.entries[index].at = moved.entries[index].at.adding(seconds: 86_400)
    }
    let counts = try await test.book.take([moved], by: atMachine)
    #expect(counts.entriesKnown == 3 && counts.entriesAdded == 0)
    #expect(try await all(test.book) == facts)
  }

  @Test func `a client who comes in parts ends up like one who comes at once`() async throws {
    let whole = try await TestBook()
    let parts = try await TestBook()
    try await whole.book.take([change("ada", months: 0..<6)], by: atMachine)
    try await parts.book.take([change("ada", months: 0..<2)], by: atMachine)
    var later = change("ada", months: 2..<6)
    later.client = nil
    try await parts.book.take([later], by: atMachine)
    #expect(try await all(whole.book) == (try await all(parts.book)))
  }

  @Test func `a change to a client nobody knows is reported and the rest goes in`() async throws {
    let test = try await TestBook()
    var stranger = change("eve")
    stranger.client = nil
    let counts = try await test.book.take([stranger, change("ada")], by: atMachine)
    #expect(counts.strangers == ["eve"] && counts.clientsAdded == 1)
  }

  @Test func `keys that differ in case are two clients`() async throws {
    let test = try await TestBook()
    let counts = try await test.book.take([change("A1"), change("a1")], by: atMachine)
    #expect(counts.clientsAdded == 2)
  }

  @Test func `a batch is all or nothing`() async throws {
    let test = try await TestBook()
    var broken = change("bob")
    broken.entries[0].details.text = String(repeating: "x", count: 2 << 20)
    await #expect(throws: (any Error).self) {
      try await test.book.take([change("ada"), broken], by: atMachine)
    }
    #expect(try await test.book.clientCount(for: atMachine) == 0)
    let tooMany = (0...Book.largestBatch).map { change("client \($0)") }
    await #expect(throws: Refusal.self) { try await test.book.take(tooMany, by: atMachine) }
  }

  private func all(_ book: Book) async throws -> [Facts] {
    var all: [Facts] = []
    try await book.forEachClient(for: atMachine) { all += $0.map(\.facts) }
    return all
  }
}
