import Advice
import Quantities
import Storage
import Support
import Testing
import Vault

@testable import CRM

@Suite("What is kept ready in memory")
struct RecentTests {
  private func row(_ id: SessionID, subject: String = "one") -> SessionRow {
    let time = Instant(microseconds: 0)
    return SessionRow(
      id: id, credential: "c", role: .client, subject: subject, lastSeen: time, expires: time)
  }

  // MARK: - Sessions

  @Test("A session that was read before sessions ended is not kept after it")
  func endedMeanwhile() async throws {
    let test = try await TestBook()
    let session = try await ended(test)
    let recent = RecentSessions()
    let digest = Digest.sha256("token")
    let before = recent.generation
    recent.forget()
    recent.keep(row(session), of: digest, read: before)
    #expect(recent.session(digest) == nil)
    recent.keep(row(session), of: digest, read: recent.generation)
    #expect(recent.session(digest)?.id == session)
    recent.forget()
    #expect(recent.session(digest) == nil)
    recent.see(digest, at: Instant(microseconds: 5))
    #expect(recent.session(digest) == nil, "seeing a session does not bring it back")
  }

  /// The id of a session that has ended.
  private func ended(_ test: borrowing TestBook) async throws -> SessionID {
    _ = try await test.book.addClient("eva")
    let session = try await test.book.signIn("eva")
    try await test.book.signOut(session.token)
    return session.principal.session.id
  }

  @Test("Sessions beyond the limit drop those kept before; the newest is there")
  func sessionLimit() async throws {
    let test = try await TestBook()
    let session = try await ended(test)
    let recent = RecentSessions()
    let digests = (0...RecentSessions.limit).map { Digest.sha256("\($0)") }
    let row = row(session)
    for digest in digests.dropLast() { recent.keep(row, of: digest, read: recent.generation) }
    #expect(digests.dropLast().allSatisfy { recent.session($0) != nil })
    let last = try #require(digests.last)
    recent.keep(row, of: last, read: recent.generation)
    #expect(recent.session(last) != nil)
    #expect(digests.dropLast().allSatisfy { recent.session($0) == nil })
  }

  @Test("Whoever signs out is answered no more, also while others ask with the same token")
  func signedOut() async throws {
    let test = try await TestBook()
    let book = test.book
    _ = try await book.addClient("ada")
    for _ in 0..<20 {
      let token = try await book.signIn("ada").token
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            // Until it has ended; the readers race with the end.
            while (try? await book.principal(of: token)) != nil { await Task.yield() }
          }
        }
        await Task.yield()
        try await book.signOut(token)
        await #expect(throws: Refusal.unauthenticated) {
          try await book.principal(of: token)
        }
        try await group.waitForAll()
      }
      await #expect(throws: Refusal.unauthenticated) { try await book.principal(of: token) }
    }
  }

  // MARK: - Facts

  private func facts(_ client: ClientID, _ version: Int, _ digest: Digest) -> VersionedFacts {
    VersionedFacts(
      client: client, version: version, digest: digest, facts: Facts(homeCurrency: .euro))
  }

  @Test("Facts count only in the version and with the digest that the store names")
  func factsOfVersion() async throws {
    let test = try await TestBook()
    let client = try await test.book.addClient("ada")
    let (one, two) = (Digest.sha256("one"), Digest.sha256("two"))
    let recent = RecentFacts()
    recent.keep(facts(client, 1, one))
    #expect(recent.facts(of: client, version: 1, digest: one)?.version == 1)
    #expect(recent.facts(of: client, version: 2, digest: one) == nil)
    #expect(recent.facts(of: client, version: 1, digest: two) == nil)
    recent.keep(facts(client, 2, two))
    #expect(recent.facts(of: client, version: 1, digest: one) == nil)
    #expect(recent.facts(of: client, version: 2, digest: two)?.digest == two)
  }

  @Test("Clients beyond the limit drop those kept before; the newest is there")
  func factsLimit() async throws {
    let digest = Digest.sha256("facts")
    let clients = try (0...RecentFacts.limit).map { number in
      let text = "00000000-0000-7000-8000-" + String(100_000_000_000 + number)
      return try #require(ClientID(text))
    }
    let recent = RecentFacts()
    for client in clients.dropLast() { recent.keep(facts(client, 1, digest)) }
    #expect(
      clients.dropLast().allSatisfy { recent.facts(of: $0, version: 1, digest: digest) != nil })
    let last = try #require(clients.last)
    recent.keep(facts(last, 1, digest))
    #expect(recent.facts(of: last, version: 1, digest: digest) != nil)
    #expect(
      clients.dropLast().allSatisfy { recent.facts(of: $0, version: 1, digest: digest) == nil })
  }

  @Test("A changed fact is seen by the very next reading")
  func changedFact() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    for month in 1...6 {
      let before = try await test.book.facts(of: ada)
      try await test.book.add(
        to: id, by: atMachine, at: test.clock.now, kind: .movement,
        details: .movement(.salary, Decimal128(1_000 * month)))
      let after = try await test.book.facts(of: ada)
      #expect(after.version > before.version && after.digest != before.digest)
      test.clock.advance(seconds: 60)
    }
  }

  // MARK: - Outcomes

  private func question(_ facts: String, goal: String) -> RecentOutcomes.Question {
    RecentOutcomes.Question(
      facts: Digest.sha256(facts),
      basis: DecisionBasis(
        day: .on("2026-03-01"), rules: "r", catalogue: "c", goal: Array(goal.utf8)))
  }

  @Test("An outcome is worked out once for all that it depends on, and anew for anything else")
  func outcomes() {
    let recent = RecentOutcomes()
    #expect(recent.outcome(of: question("ada", goal: "any")) { [1] }.bytes == [1])
    #expect(recent.outcome(of: question("ada", goal: "any")) { [2] }.bytes == [1])
    #expect(recent.outcome(of: question("bob", goal: "any")) { [3] }.bytes == [3])
    #expect(recent.outcome(of: question("ada", goal: "save")) { [4] }.bytes == [4])
  }

  @Test("Outcomes beyond the limit of bytes drop the oldest of those kept before")
  func outcomeLimit() {
    let recent = RecentOutcomes()
    let size = RecentOutcomes.byteLimit / 4
    for number in 0..<4 {
      _ = recent.outcome(of: question("\(number)", goal: "any")) {
        [UInt8](repeating: 0, count: size)
      }
    }
    for number in 0..<4 {
      #expect(recent.outcome(of: question("\(number)", goal: "any")) { [9] }.bytes.count == size)
    }
    #expect(recent.outcome(of: question("4", goal: "any")) { [5] }.bytes == [5])
    for number in 1..<4 {
      #expect(recent.outcome(of: question("\(number)", goal: "any")) { [6] }.bytes.count == size)
    }
    #expect(recent.outcome(of: question("0", goal: "any")) { [7] }.bytes == [7])
  }

  @Test("Clients who ask the same at once each get what a desk without memory tells them")
  func ownOutcomes() async throws {
    let test = try await TestBook()
    let book = test.book
    let desk = try await AdviceDesk(book: book, home: ProjectFolder.root)
    let logins = ["ada", "bob", "eve", "ian"]
    var clients: [ClientPrincipal] = []
    for (place, login) in logins.enumerated() {
      let id = try await book.addClient(login)
      try await book.add(
        to: id, by: atMachine, at: test.clock.now, kind: .movement,
        details: .movement(.salary, Decimal128(1_000 * (place + 1))))
      clients.append(try await book.client(login))
    }
    let goal = Goal(kind: .any)
    let asked = clients
    try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for round in 0..<3 {
        for (place, client) in asked.enumerated() {
          group.addTask {
            let request = try #require(
              NamedRequest(
                route: "POST /test", key: "\(round)-\(place)", body: Digest.sha256("x")))
            return (place, try await desk.recommend(client, goal, request: request).outcome)
          }
        }
      }
      var outcomes: [Int: Set<[UInt8]>] = [:]
      for try await (place, outcome) in group { outcomes[place, default: []].insert(outcome) }
      for (place, client) in asked.enumerated() {
        let facts = try await book.facts(of: client)
        let alone = Outcome(
          desk.adviser.consult(
            facts.facts, for: goal, on: book.today, arbitration: book.latestArbitration)
        ).bytes
        #expect(outcomes[place] == [alone])
      }
    }
  }
}
