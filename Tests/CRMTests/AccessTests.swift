import Advice
import CRM
import Quantities
import Support
import Testing
import Vault

/// What one person must never see of another.
///
/// In each test `ada` owns the records and somebody else asks for them.
@Suite struct AccessTests {
  @Test func `a broker sees a client only while a mandate is in force`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    _ = try await test.book.addClient("bob")
    let id = try await test.book.addBroker("carl")
    let carl = try await test.book.broker("carl")
    #expect(try await test.book.clients(of: carl).isEmpty)
    await #expect(throws: Refusal.notFound) { try await facts(test.book, ada, carl) }

    try await test.book.giveMandate(of: ada, to: id, since: .on("2026-03-01"), by: atMachine)
    #expect(try await test.book.clients(of: carl).map(\.id) == [ada])
    #expect(try await facts(test.book, ada, carl).client == ada)

    try await test.book.endMandate(of: ada, to: id, by: atMachine)
    #expect(try await test.book.clients(of: carl).isEmpty)
    await #expect(throws: Refusal.notFound) { try await facts(test.book, ada, carl) }
  }

  @Test(
    arguments: [
      ("2026-03-02", nil, false), ("2026-02-01", "2026-02-28", false),
      ("2026-02-01", "2026-03-01", true), ("2026-03-01", nil, true),
    ] as [(String, String?, Bool)])
  func `a mandate holds from its first to its last day`(
    since: String, until: String?, holds: Bool
  ) async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    let id = try await test.book.addBroker("carl")
    let carl = try await test.book.broker("carl")
    try await test.book.giveMandate(
      of: ada, to: id, since: .on(since), until: until.map { .on($0) }, by: atMachine)
    #expect(try await test.book.clients(of: carl).map(\.id) == (holds ? [ada] : []))
    let seen = try? await facts(test.book, ada, carl)
    #expect((seen != nil) == holds)
  }

  @Test func `another broker's mandate is of no use`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    let id = try await test.book.addBroker("carl")
    _ = try await test.book.addBroker("dora")
    try await test.book.giveMandate(of: ada, to: id, since: .on("2026-01-01"), by: atMachine)
    let dora = try await test.book.broker("dora")
    #expect(try await test.book.clients(of: dora).isEmpty)
    await #expect(throws: Refusal.notFound) { try await facts(test.book, ada, dora) }
    // A client cannot be given as a broker.
    await #expect(throws: Refusal.notFound) {
      try await test.book.giveMandate(
        of: ada, to: ColleagueID(ada.text) ?? id, since: .on("2026-01-01"), by: atMachine)
    }
  }

  @Test func `a broker does not see answers about health`() async throws {
    let test = try await TestBook()
    var new = NewClient.named("ada")
    new.facts.answers = ["health-smoker": "true", "monthly-income": "2000"]
    let ada = try await test.book.add(new, by: atMachine)
    let id = try await test.book.addBroker("carl")
    try await test.book.giveMandate(of: ada, to: id, since: .on("2026-01-01"), by: atMachine)
    let carl = try await test.book.broker("carl")
    let seen = try await facts(test.book, ada, carl)
    #expect(seen.facts.answers == ["monthly-income": "2000"])
    #expect(seen.digest == Digest.sha256(seen.facts.canonicalBytes))
  }

  @Test func `a claim of somebody else looks like one that does not exist`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    _ = try await test.book.addClient("bob")
    _ = try await test.book.addClient("pia", role: .policyholder)
    let claim = try await fileClaim(test.book, ada)
    let adaSelf = try await test.book.client("ada")
    #expect(try await test.book.claim(claim, of: adaSelf).claim.id == claim)
    let (bob, pia) = (try await test.book.client("bob"), try await test.book.policyholder("pia"))
    let absent = try #require(ClaimID("00000000-0000-7000-8000-000000000000"))
    for id in [claim, absent] {
      await #expect(throws: Refusal.notFound) { try await test.book.claim(id, of: bob) }
      await #expect(throws: Refusal.notFound) { try await test.book.claim(id, of: pia) }
    }
    #expect(try await test.book.claims(of: bob).isEmpty)
    #expect(try await test.book.claims(of: pia).isEmpty)
    #expect(try await test.book.policies(of: pia).isEmpty)
    #expect(try await test.book.holdings(of: bob).isEmpty)
  }

  @Test func `a claim cannot be filed under somebody else's policy`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    _ = try await test.book.addClient("bob")
    let policy = try await addPolicy(test.book, ada)
    let bob = try await test.book.client("bob")
    await #expect(throws: Refusal.notFound) {
      try await test.book.write { tx in
        try tx.report(
          tx.authorizePolicies(bob), under: policy, details: details, due: nil, note: "")
      }
    }
  }

  @Test func `a decision about somebody else looks like one that does not exist`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    _ = try await test.book.addClient("bob")
    let (ada, bob) = (try await test.book.client("ada"), try await test.book.client("bob"))
    let facts = try await test.book.facts(of: ada)
    let basis = DecisionBasis(day: test.book.today, rules: "r", catalogue: "c", goal: [123])
    let id = try await test.book.save([1], on: facts, basis: basis, for: ada).id
    #expect(try await test.book.decision(id, of: ada).outcome == [1])
    await #expect(throws: Refusal.notFound) { try await test.book.decision(id, of: bob) }
    // Nor can a decision be stored on the facts of another.
    await #expect(throws: Refusal.notFound) {
      try await test.book.save([1], on: facts, basis: basis, for: bob)
    }
  }

  @Test func `a history cursor is of no use to another client, nor when edited`() async throws {
    let test = try await TestBook()
    for login in ["ada", "bob"] {
      let id = try await test.book.addClient(login)
      for _ in 0..<3 {
        try await test.book.add(
          to: id, by: atMachine, at: test.clock.now, kind: .movement,
          details: .movement(.salary, 100))
      }
    }
    let (ada, bob) = (try await test.book.client("ada"), try await test.book.client("bob"))
    let page = try await test.book.history(of: ada, limit: 1)
    let cursor = try #require(page.next)
    #expect(try await test.book.history(of: ada, after: cursor, limit: 5).entries.count == 2)
    for wrong in [cursor + "A", String(cursor.dropLast()), "", "%%%", "B" + cursor.dropFirst()] {
      await #expect(throws: Refusal.self) {
        try await test.book.history(of: ada, after: wrong, limit: 5)
      }
    }
    await #expect(throws: Refusal.self) {
      try await test.book.history(of: bob, after: cursor, limit: 5)
    }
  }

  @Test func `staff reads need a client that exists and are written down`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada")
    let id = try await test.book.add(colleague: "sue", role: .staff, by: atMachine)
    try await test.book.addLogin("sue", role: .staff, subject: id.text)
    guard case .staff(let sue) = try await test.book.signIn("sue").principal else {
      throw Refusal.denied
    }
    let name = try await test.book.write { tx in
      try tx.profile(of: tx.authorize(sue, for: ada, purpose: .complaint)).identity.expose()
    }
    #expect(name.familyName == "ada")
    let trail = try await test.book.read { tx in
      try tx.auditTrail(tx.authorize(atMachine, for: ada), limit: 10)
    }
    #expect(trail.first?.act == "staffRead" && trail.first?.detail == "complaint")
    let absent = try #require(ClientID("00000000-0000-7000-8000-000000000000"))
    await #expect(throws: Refusal.notFound) {
      try await test.book.write { tx in _ = try tx.authorize(sue, for: absent, purpose: .service) }
    }
  }

  @Test(
    arguments: [
      "", "x", "00000000-0000-7000-8000-00000000000", "00000000-0000-7000-8000-00000000000G",
      "00000000-0000-7000-8000-00000000000A", "00000000000070008000000000000000-----",
      "00000000-0000-7000-8000-0000000000000", "' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
  func `a text that is no id never reaches the store`(text: String) {
    #expect(ClientID(text) == nil)
  }

  private func facts(
    _ book: Book, _ client: ClientID, _ broker: BrokerPrincipal
  ) async throws -> VersionedFacts {
    let day = book.today
    return try await book.read { tx in
      try tx.facts(tx.authorize(broker, for: client, on: day))
    }
  }
}

/// A claim that nothing has been decided about.
let details = ClaimDetails(
  number: "C-1", event: "storm", occurred: .on("2026-02-20"), currency: .euro)

func addPolicy(_ book: Book, _ client: ClientID) async throws -> HoldingID {
  try await book.add(
    NewHolding(
      kind: .policy, currency: .euro, opened: .on("2025-01-01"),
      details: HoldingDetails(title: "Home")),
    to: client, by: atMachine)
}

/// A claim under a policy of the client's own.
func fileClaim(_ book: Book, _ client: ClientID) async throws -> ClaimID {
  let policy = try await addPolicy(book, client)
  return try await book.report(
    of: client, under: policy, details: details, due: .on("2026-03-10"),
    note: "reported by phone", by: atMachine)
}
