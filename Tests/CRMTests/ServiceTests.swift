import Advice
import JSON
import Quantities
import Storage
import Support
import Testing
import Vault

@testable import CRM

@Suite struct ClaimTests {
  @Test func `a claim moves step by step along its timeline`() async throws {
    let test = try await TestBook()
    let ada = try await test.book.addClient("ada", role: .policyholder)
    let claim = try await fileClaim(test.book, ada)
    let principal = try await test.book.policyholder("ada")
    func move(_ revision: Int, _ status: ClaimStatus) async throws {
      test.clock.advance(seconds: 3600)
      try await test.book.move(
        claim, of: ada, revision: revision, to: status, by: .insurer, due: .on("2026-04-01"),
        note: status.rawValue, as: atMachine)
    }
    try await move(1, .assessed)
    await #expect(throws: Refusal.stale) { try await move(1, .approved) }
    await #expect(throws: Refusal.self) { try await move(2, .paid) }
    try await move(2, .approved)
    try await move(3, .paid)
    let file = try await test.book.claim(claim, of: principal)
    #expect(file.claim.status == .paid && file.claim.due == .on("2026-04-01"))
    #expect(file.steps.map(\.status) == [.reported, .assessed, .approved, .paid])
    #expect(file.steps.first?.note == "reported by phone")
    #expect(file.steps.first?.actor == .policyholder)
    #expect(file.claim.status.awaits == nil && file.claim.status.isFinal)
    #expect(try await test.book.policies(of: principal).map(\.details.title) == ["Home"])
  }

  @Test func `every state that is not final awaits somebody`() {
    for status in ClaimStatus.allCases {
      #expect((status.awaits == nil) == status.isFinal)
    }
  }
}

@Suite struct AnswerTests {
  let form: Questionnaire
  let forms: FormSet

  init() throws {
    form = try Questionnaire(
      json: Array(
        """
        {"id": "risk-profile", "version": 2, "title": "Risk", "purpose": "Suitability",
         "questions": [
          {"id": "tolerance", "text": "How much?", "type": "integer", "min": 1, "max": 7,
           "fact": "riskClass"},
          {"id": "income", "text": "Income?", "type": "number", "min": 0, "max": 100000},
          {"id": "pets", "text": "Pets?", "type": "yesNo", "required": false}]}
        """.utf8))
    forms = try FormSet([form])
  }

  @Test func `answers become facts, and go when they are withdrawn`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let empty = try await test.book.answers(of: ada, to: form)
    #expect(empty.revision == 0 && empty.answers.isEmpty && !empty.isComplete)
    let first = try await test.book.put(
      ["tolerance": "5", "pets": "true"], of: ada, to: form, among: forms, revision: 0)
    #expect(first.revision == 1 && !first.isComplete && first.formVersion == 2)
    var facts = try await test.book.facts(of: ada).facts
    #expect(facts.risk.riskClass == 5 && facts.answers["pets"] == "true")
    let second = try await test.book.put(
      ["tolerance": "4", "income": "2000"], of: ada, to: form, among: forms, revision: 1)
    #expect(second.isComplete)
    facts = try await test.book.facts(of: ada).facts
    #expect(facts.risk.riskClass == 4 && facts.answers["pets"] == nil)
    #expect(try await test.book.answers(of: ada, to: form) == second)
  }

  @Test func `answers given on another device meanwhile are not written over`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    _ = try await test.book.put(["tolerance": "5"], of: ada, to: form, among: forms, revision: 0)
    await #expect(throws: Refusal.stale) {
      try await test.book.put(["tolerance": "1"], of: ada, to: form, among: forms, revision: 0)
    }
    #expect(try await test.book.answers(of: ada, to: form).answers == ["tolerance": "5"])
  }

  @Test func `answers that do not fit are named all at once and change nothing`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    do {
      _ = try await test.book.put(
        ["tolerance": "8", "nose": "1", "pets": "cat"], of: ada, to: form, among: forms, revision: 0
      )
      Issue.record("unfit answers were taken")
    } catch Refusal.invalid(let violations) {
      #expect(
        Set(violations.map(\.pointer)) == ["/answers/tolerance", "/answers/nose", "/answers/pets"])
    }
    #expect(try await test.book.answers(of: ada, to: form).revision == 0)
  }
}

@Suite struct DecisionTests {
  let basis = DecisionBasis(
    day: .on("2026-03-01"), rules: "rules", catalogue: "catalogue", goal: Array("{}".utf8))

  @Test func `a decision comes back with the facts it was made on`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let facts = try await test.book.facts(of: ada)
    let outcome = Array(#"{"offers":[]}"#.utf8)
    let saved = try await test.book.save(outcome, on: facts, basis: basis, for: ada)
    // The client's facts move on; the decision's do not.
    try await test.book.add(
      to: id, by: atMachine, at: test.clock.now, kind: .movement,
      details: .movement(.salary, 1))
    let found = try await test.book.decision(saved.id, of: ada)
    #expect(found.outcome == outcome && found.basis == basis && found.at == saved.at)
    let snapshot = try await test.book.read { tx in try tx.facts(of: found) }
    #expect(snapshot.facts == facts.facts && snapshot.digest == facts.digest)
  }

  @Test func `decisions that say the same share one outcome, and each is whole`() async throws {
    let test = try await TestBook()
    var saved: [(ClientPrincipal, DecisionID)] = []
    for login in ["ada", "bob"] {
      _ = try await test.book.addClient(login)
      let principal = try await test.book.client(login)
      let facts = try await test.book.facts(of: principal)
      for outcome: [UInt8] in [[1], [1], [2]] {
        let id = try await test.book.save(outcome, on: facts, basis: basis, for: principal).id
        saved.append((principal, id))
      }
    }
    let kept = try await test.engine.read { tx in
      try tx.first("SELECT count(*) FROM outcome_snapshot", as: Int.self)
    }
    #expect(kept == 4)
    var outcomes: [[UInt8]] = []
    for (principal, id) in saved {
      outcomes.append(try await test.book.decision(id, of: principal).outcome)
    }
    #expect(outcomes == [[1], [1], [2], [1], [1], [2]])
  }

  @Test func `a decision that has its outcome in its own row is read as before`() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let facts = try await test.book.facts(of: ada)
    let id = try await test.book.save([1, 2], on: facts, basis: basis, for: ada).id
    try await test.book.write { tx in
      let place = tx.place(ada.client, "decision", "outcome", row: id.text)
      let sealed: Sealed<[UInt8]> = try tx.seal([1, 2], at: place)
      try tx.connection.execute("UPDATE decision SET outcome = \(sealed) WHERE id = \(id)")
      try tx.connection.execute("DELETE FROM outcome_snapshot WHERE client = \(ada.client)")
    }
    #expect(try await test.book.decision(id, of: ada).outcome == [1, 2])
  }

  @Test func `a decision on facts that have changed is stale`() async throws {
    let test = try await TestBook()
    let id = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let facts = try await test.book.facts(of: ada)
    try await test.book.add(
      to: id, by: atMachine, at: test.clock.now, kind: .movement,
      details: .movement(.salary, 1))
    await #expect(throws: Refusal.stale) {
      try await test.book.save([1], on: facts, basis: basis, for: ada)
    }
  }

  @Test func `decisions on the same facts share one snapshot and are all replayed`()
    async throws
  {
    let test = try await TestBook()
    for login in ["ada", "bob"] {
      _ = try await test.book.addClient(login)
      let principal = try await test.book.client(login)
      let facts = try await test.book.facts(of: principal)
      for number in 0..<3 {
        _ = try await test.book.save([UInt8(number)], on: facts, basis: basis, for: principal)
      }
    }
    let snapshots = try await test.engine.read { tx in
      try tx.first("SELECT count(*) FROM facts_snapshot", as: Int.self)
    }
    #expect(snapshots == 2)
    var outcomes: [[UInt8]] = []
    try await test.book.forEachDecision(for: atMachine, clientsAtATime: 1) { decision, facts in
      #expect(facts.client == decision.client && facts.digest == decision.factsDigest)
      outcomes.append(decision.outcome)
    }
    #expect(outcomes == [[0], [1], [2], [0], [1], [2]])
  }
}

@Suite struct EditionTests {
  private func products(_ bodies: [String: String]) -> [ProductBody] {
    bodies.map { ProductBody(brand: "bank", code: $0.key, body: Array($0.value.utf8)) }
  }

  @Test func `each import keeps what changed as versions with dates`() async throws {
    let test = try await TestBook()
    func take(_ day: String, _ bodies: [String: String]) async throws -> EditionCounts {
      try await test.book.take(
        products(bodies), from: "cdr", asOf: .on(day), report: "{}", by: atMachine
      ).counts
    }
    var expected = EditionCounts()
    expected.added = 2
    #expect(try await take("2024-08-01", ["a": "1", "b": "1"]) == expected)
    expected = EditionCounts()
    expected.unchanged = 2
    #expect(try await take("2024-08-01", ["a": "1", "b": "1"]) == expected)
    expected = EditionCounts()
    (expected.added, expected.changed, expected.withdrawn) = (1, 1, 1)
    #expect(try await take("2024-08-12", ["a": "2", "c": "1"]) == expected)
    await #expect(throws: Refusal.self) { _ = try await take("2024-08-11", [:]) }
    func bodies(_ day: String?) async throws -> [String] {
      try await test.book.products(from: "cdr", on: day.map { .on($0) }).map {
        "\($0.code)\(String(decoding: $0.body, as: UTF8.self))"
      }
    }
    #expect(try await bodies("2024-07-31") == [])
    #expect(try await bodies("2024-08-01") == ["a1", "b1"])
    #expect(try await bodies("2024-08-11") == ["a1", "b1"])
    #expect(try await bodies("2024-08-12") == ["a2", "c1"])
    #expect(try await bodies(nil) == ["a2", "c1"])
    #expect(try await test.book.newestEdition(of: "cdr")?.asOf == .on("2024-08-12"))
    #expect(try await test.book.catalogueSources() == ["cdr"])
  }

  @Test func `an import that would withdraw more than half must say so`() async throws {
    let test = try await TestBook()
    let all = products(["a": "1", "b": "1", "c": "1"])
    _ = try await test.book.take(
      all, from: "cdr", asOf: .on("2024-08-01"), report: "{}", by: atMachine)
    await #expect(throws: Refusal.self) {
      _ = try await test.book.take(
        products(["a": "1"]), from: "cdr", asOf: .on("2024-08-02"), report: "{}", by: atMachine)
    }
    #expect(try await test.book.products(from: "cdr").count == 3)
    let meant = try await test.book.take(
      products(["a": "1"]), from: "cdr", asOf: .on("2024-08-02"), report: "{}",
      withdrawing: true, by: atMachine)
    #expect(meant.counts.withdrawn == 2)
  }

  @Test func `a second import on the same day replaces the first`() async throws {
    let test = try await TestBook()
    for body in ["1", "2", "3"] {
      _ = try await test.book.take(
        products(["a": body]), from: "own", asOf: .on("2024-08-01"), report: "{}", by: atMachine)
    }
    let found = try await test.book.products(from: "own", on: .on("2024-08-01"))
    #expect(found.map(\.body) == [[UInt8(ascii: "3")]])
  }
}
