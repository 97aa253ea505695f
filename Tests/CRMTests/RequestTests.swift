import CRM
import Quantities
import Storage
import Support
import Testing
import Vault

@Suite struct IdempotencyTests {
  @Test func `a hundred equal requests at once have one effect and equal answers`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let principal = try await test.book.signIn("ada").principal
    let request = try #require(named("k1"))
    let (book, now) = (test.book, test.clock.now)
    let replies = try await withThrowingTaskGroup(of: StoredReply.self) { group in
      for _ in 0..<100 {
        group.addTask {
          try await book.once(request, for: principal) { tx in
            let entry = try tx.add(
              tx.authorize(atMachine, for: id), at: now, kind: .application, channel: .web,
              details: EntryDetails())
            return StoredReply(status: 201, body: Array(entry.text.utf8))
          }
        }
      }
      return try await group.reduce(into: Set<StoredReply>()) { $0.insert($1) }
    }
    #expect(replies.count == 1)
    let ada = try await book.client("ada")
    #expect(try await book.history(of: ada).entries.count == 1)
  }

  @Test func `a key names one body, one route and one person`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    _ = try await test.book.addClient("bob")
    let ada = try await test.book.signIn("ada").principal
    let bob = try await test.book.signIn("bob").principal
    func send(_ request: NamedRequest?, _ principal: Principal, _ body: String) async throws
      -> String
    {
      let request = try #require(request)
      let reply = try await test.book.once(request, for: principal) { _ in
        StoredReply(status: 200, body: Array(body.utf8))
      }
      return String(decoding: reply.body, as: UTF8.self)
    }
    #expect(try await send(named("k"), ada, "first") == "first")
    #expect(try await send(named("k"), ada, "second") == "first")
    #expect(try await send(named("k", route: "POST /other"), ada, "other") == "other")
    #expect(try await send(named("k"), bob, "bob's") == "bob's")
    await #expect(throws: Refusal.keyReused) {
      _ = try await send(named("k", body: "changed"), ada, "third")
    }
    test.clock.advance(seconds: 24 * 3600)
    #expect(try await send(named("k", body: "changed"), ada, "anew") == "anew")
    test.clock.advance(seconds: 24 * 3600)
    #expect(try await test.book.forgetOldReplies() == 3)
  }

  @Test func `a failing effect keeps no answer`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.signIn("ada").principal
    let request = try #require(named("k"))
    await #expect(throws: Refusal.stale) {
      try await test.book.once(request, for: ada) { _ in throw Refusal.stale }
    }
    let reply = try await test.book.once(request, for: ada) { _ in
      StoredReply(status: 200, body: [])
    }
    #expect(reply.status == 200)
  }

  @Test func `work over several transactions runs alone`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.signIn("ada").principal
    let request = try #require(named("k"))
    let book = test.book
    let inner = try await book.alone(request, for: ada) {
      do {
        try await book.alone(request, for: ada) {}
        return false
      } catch {
        return error as? Refusal == .inFlight
      }
    }
    #expect(inner)
    try await book.alone(request, for: ada) {}
  }

  @Test(arguments: ["", " ", "a b", "ключ", String(repeating: "k", count: 129)])
  func `a key that cannot be kept is none`(key: String) {
    #expect(named(key) == nil)
  }

  private func named(
    _ key: String, route: String = "POST /v1/things", body: String = "{}"
  ) -> NamedRequest? {
    NamedRequest(route: route, key: key, body: Digest.sha256(body))
  }
}

@Suite struct AuditTests {
  @Test func `every act is one link of an unbroken chain`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    _ = try await test.book.signIn("ada")
    await #expect(throws: Refusal.denied) { try await test.book.signIn("ada", password: "no") }
    try await test.book.add(
      to: id, by: atMachine, at: test.clock.now, kind: .call, details: EntryDetails())
    #expect(try await test.book.verifyAudit() == 5)
    let trail = try await test.book.read { tx in
      try tx.auditTrail(tx.authorize(atMachine, for: id), limit: 10)
    }
    #expect(trail.map(\.act) == ["entryAdded", "signedIn", "credentialAdded", "clientAdded"])
  }

  @Test(
    arguments: [
      ("UPDATE audit SET detail = 'x' WHERE seq = 3", AuditFault(sequence: 3, kind: .changed)),
      ("UPDATE audit SET actor = 'x' WHERE seq = 2", AuditFault(sequence: 2, kind: .changed)),
      ("DELETE FROM audit WHERE seq = 2", AuditFault(sequence: 2, kind: .missing)),
      ("DELETE FROM audit WHERE seq = 1", AuditFault(sequence: 1, kind: .missing)),
      (
        "UPDATE audit SET previous = zeroblob(32) WHERE seq = 4",
        AuditFault(sequence: 4, kind: .brokenChain)
      ),
      (
        "UPDATE audit SET seq = CASE seq WHEN 2 THEN 30 ELSE seq END",
        AuditFault(sequence: 2, kind: .missing)
      ),
    ])
  func `a change behind the book's back is found with its place`(
    statement: String, fault: AuditFault
  ) async throws {
    let test = try await TestBook()
    for name in ["ada", "bob", "eve", "joe", "kim"] {
      _ = try await test.book.add(.named(name), by: atMachine)
    }
    #expect(try await test.book.verifyAudit() == 5)
    try await test.engine.write { tx in try tx.execute(SQL(stringLiteral: statement)) }
    await #expect(throws: fault) { try await test.book.verifyAudit() }
  }
}
