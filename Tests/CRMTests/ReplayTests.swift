import Advice
import Storage
import Support
import Testing
import Vault

@testable import CRM

@Suite("Replay of stored decisions")
struct ReplayTests {
  @Test("A decision of an erased person is told as that, the others replay, the audit log holds")
  func erasure() async throws {
    let house = try await RuleHouse()
    let other = try await RuleHouse.client("other", in: house.book)
    _ = try await house.recommend()
    let kept = try await house.desk.recommend(
      other, RuleHouse.goal, request: RuleHouse.request())
    let bystander = try #require(ClientID("00000000-0000-7000-8000-000000000000"))
    await #expect(throws: Refusal.self) { try await house.book.erase(bystander, by: atMachine) }
    for _ in 0..<2 { try await house.book.erase(house.client.client, by: atMachine) }
    await #expect(throws: Refusal.self) { try await house.book.facts(of: house.client) }
    let book = try await Book(
      engine: house.test.engine, vault: house.test.vault, clocks: house.book.clocks)
    let desk = try await AdviceDesk(book: book, home: ProjectFolder.root)
    let replay = try await desk.replay(for: atMachine)
    #expect(replay.equal == 1 && replay.erased.count == 1 && replay.total == 2)
    #expect(!replay.erased.contains(kept.id))
    _ = try await book.verifyAudit()
  }

  @Test("A decision that comes out otherwise is named with the engine that made it")
  func engine() async throws {
    let house = try await RuleHouse()
    let made = try await house.recommend()
    let stored = try await house.book.decision(made.id, of: house.client)
    #expect(stored.basis.engine == Outcome.engineVersion)
    let basis = DecisionBasis(
      day: stored.basis.day, rules: stored.basis.rules, catalogue: stored.basis.catalogue,
      goal: stored.basis.goal, arbitration: stored.basis.arbitration, engine: "2020.01")
    let other = try await house.book.save(
      Array("{}".utf8), on: house.book.facts(of: house.client), basis: basis, for: house.client)
    let replay = try await house.desk.replay(for: atMachine)
    #expect(replay.equal == 1 && replay.total == 2)
    #expect(replay.different.map(\.id) == [other.id])
    #expect(replay.different.map(\.engine) == ["2020.01"])
  }
}
