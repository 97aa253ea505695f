import Advice
import CRM
import Quantities
import Support
import Testing
import Vault

@Suite struct HistoryTests {
  @Test func `pages go from the newest to the oldest and stay stable under inserts`()
    async throws
  {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let start = test.clock.now
    for number in 0..<25 {
      // Five entries share each instant, so that the id has to break the tie.
      try await test.book.add(
        to: id, by: atMachine, at: start.adding(seconds: Int64(number / 5)), kind: .contact,
        channel: .phone, details: EntryDetails())
    }
    let ada = try await test.book.client("ada")
    var seen: [HistoryEntry] = []
    var cursor: String?
    var pages = 0
    repeat {
      let page = try await test.book.history(of: ada, after: cursor, limit: 10)
      seen += page.entries
      cursor = page.next
      pages += 1
      // What is added while somebody pages is newer than the first page.
      try await test.book.add(
        to: id, by: atMachine, at: start.adding(seconds: 100), kind: .contact,
        details: EntryDetails())
    } while cursor != nil
    #expect(pages == 3 && seen.count == 25 && Set(seen.map(\.id)).count == 25)
    #expect(seen == seen.sorted { ($0.at, $0.id) > ($1.at, $1.id) })
    #expect(seen.allSatisfy { $0.channel == .phone })
  }

  @Test func `a movement is in the roll-up of the same transaction`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let before = try await test.book.facts(of: ada)
    try await test.book.add(
      to: id, by: atMachine, at: test.clock.now, kind: .movement,
      details: .movement(.salary, 1234))
    let after = try await test.book.facts(of: ada)
    #expect(after.version == before.version + 1 && after.digest != before.digest)
    #expect(after.facts.history.movements == 1)
    #expect(after.facts.history.months.first?.income == 1234)
    // Another currency is history, and not part of the sums in the home currency.
    var other = EntryDetails.movement(.salary, 99)
    other.currency = Currency("USD")
    try await test.book.add(
      to: id, by: atMachine, at: test.clock.now, kind: .movement, details: other)
    #expect(try await test.book.facts(of: ada).facts.history.movements == 1)
    #expect(try await test.book.history(of: ada).entries.count == 2)
  }

  @Test func `entries added at the same time are all counted`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let (book, now) = (test.book, test.clock.now)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await book.add(
            to: id, by: atMachine, at: now, kind: .movement, details: .movement(.salary, 10))
        }
      }
      try await group.waitForAll()
    }
    let facts = try await book.facts(of: try await book.client("ada")).facts
    #expect(facts.history.movements == 50 && facts.history.months.first?.income == 500)
  }

  @Test func `a page is never longer than the limit`() async throws {
    let test = try await TestBook { $0.longestPage = 3 }
    let id = try await test.book.addClient("ada")
    for _ in 0..<5 {
      try await test.book.add(
        to: id, by: atMachine, at: test.clock.now, kind: .call, details: EntryDetails())
    }
    let ada = try await test.book.client("ada")
    for limit in [-1, 0, 1, 3, 4, .max] {
      let count = try await test.book.history(of: ada, limit: limit).entries.count
      #expect(count == max(1, min(limit, 3)))
    }
  }
}

@Suite struct ClientTests {
  @Test func `a profile comes back as it was given`() async throws {
    let test = try await TestBook()
    var identity = Identity(givenName: "Žofie", familyName: "Растеряева")
    identity.email = "zofie@example.cz"
    identity.phone = "+420 601 234 567"
    identity.document = IdentityDocument(country: "CZ", kind: "passport", number: "X123456")
    identity.address = PostalAddress(
      lines: ["Dlouhá 5"], postalCode: "110 00", town: "Praha", country: "CZ")
    let new = NewClient(identity: identity, facts: Facts(homeCurrency: .euro))
    let id = try await test.book.add(new, by: atMachine)
    let found = try await test.book.read { tx in
      try tx.profile(of: tx.authorize(atMachine, for: id))
    }
    #expect(found.identity.expose() == identity)
    #expect("\(found)".contains("personal") && !"\(found)".contains("Praha"))
  }

  @Test func `a client is found by normalised values and not by others`() async throws {
    let test = try await TestBook()
    var new = NewClient.named("ada")
    new.identity.email = "Ada@Example.org"
    new.identity.phone = "+44 20 7946 0018"
    let id = try await test.book.add(new, by: atMachine)
    func find(_ value: LookUpValue) async throws -> [ClientID] {
      try await test.book.read { tx in try tx.clients(for: atMachine, with: value) }
    }
    #expect(try await find(.email(Personal("ada@example.org"))) == [id])
    #expect(try await find(.phone(Personal("0044 2079460018"))) == [id])
    #expect(try await find(.email(Personal("eve@example.org"))).isEmpty)
    // An e-mail address is not looked for among the telephone numbers.
    #expect(try await find(.phone(Personal("+442079460019"))).isEmpty)
  }

  @Test func `the same document cannot belong to two clients`() async throws {
    let test = try await TestBook()
    var new = NewClient.named("ada")
    new.identity.document = IdentityDocument(country: "GB", kind: "passport", number: "12-34")
    _ = try await test.book.add(new, by: atMachine)
    new.identity.document?.number = "1234"
    await #expect(throws: Refusal.self) { try await test.book.add(new, by: atMachine) }
    #expect(try await test.book.clientCount(for: atMachine) == 1)
  }

  @Test func `an identity is changed only by who read the newest`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let identity = Identity(givenName: "Ada", familyName: "King")
    func change(_ revision: Int) async throws {
      try await test.book.write { tx in
        try tx.change(
          tx.authorize(atMachine, for: id), identity: identity, revision: revision)
      }
    }
    try await change(1)
    await #expect(throws: Refusal.stale) { try await change(1) }
    let ada = try await test.book.client("ada")
    let profile = try await test.book.profile(of: ada)
    #expect(profile.revision == 2 && profile.identity.expose() == identity)
  }

  @Test func `all clients are gone through in bounded steps`() async throws {
    let test = try await TestBook()
    var added: Set<ClientID> = []
    for number in 0..<23 {
      added.insert(try await test.book.add(.named("\(number)"), by: atMachine))
    }
    for batch in [1, 7, 23, 24, 100] {
      var seen: [ClientID] = []
      try await test.book.forEachClient(for: atMachine, batch: batch) { facts in
        #expect(facts.count <= batch)
        seen += facts.map(\.client)
      }
      #expect(Set(seen) == added && seen.count == 23)
    }
  }
}
