import Advice
import JSON
import Quantities
import Testing

@testable import CRM

@Suite("Trials of rules")
struct RuleTrialTests {
  @Test("A trial splits clients for good, decides by both editions, and replays to the byte")
  func trial() async throws {
    let house = try await RuleHouse()
    let id = try await house.reviewedDraft()
    let champion = house.desk.adviser.rules.digest
    await RuleLifeTests.expect("self-approval") {
      _ = try await house.rules.startTrial(
        house.wanda, id, name: "Half", share: 5_000, override: "x")
    }
    let trial = try await house.rules.startTrial(
      house.anton, id, name: "Half", share: 5_000, override: "a trial")
    var arms: Set<String> = []
    var accepted: [Experiment.Arm: Int] = [:]
    // The arm follows from a random id: four clients of each arm are advised.
    var advised: [Experiment.Arm: Int] = [:]
    for number in 0..<200 where advised.values.reduce(0, +) < 8 {
      let client = try await RuleHouse.client("c\(number)", in: house.book)
      let arm = trial.arm(of: client.client)
      guard advised[arm, default: 0] < 4 else { continue }
      advised[arm, default: 0] += 1
      var digests: Set<String> = []
      var offered: (DecisionID, ProductID)?
      for _ in 0..<2 {
        let made = try await house.desk.recommend(
          client, RuleHouse.goal, request: RuleHouse.request())
        digests.insert(try house.rulesDigest(made))
        let root = try JSONNode.parse(made.outcome, limits: .file)
        let first = root["offers"]?.elements?.first?["product"]?["id"]?.stringValue
        offered = first.flatMap { ProductID($0) }.map { (made.id, $0) }
      }
      #expect(digests == [arm == .challenger ? trial.challenger : champion])
      arms.formUnion(digests)
      if let (decision, product) = offered {
        try await house.book.respond(
          .accepted, to: product, of: decision, client, request: RuleHouse.request())
        accepted[arm, default: 0] += 1
      }
    }
    #expect(arms == [champion, trial.challenger])
    #expect(!accepted.isEmpty)
    let result = try await house.rules.endTrial(house.anton, trial.id)
    #expect(result.clients.values.reduce(0, +) == 8)
    for arm in Experiment.Arm.allCases { #expect(result.accepted[arm] ?? 0 == accepted[arm] ?? 0) }
    #expect(!result.isMismatched)
    let made = try await house.recommend()
    #expect(try house.rulesDigest(made) == champion)
    let replay = try await house.desk.replay(for: atMachine)
    #expect(replay.equal == 17 && replay.total == 17)
  }

  @Test("A trial ends when its champion is out of force: everybody is advised by what is in force")
  func championGone() async throws {
    let house = try await RuleHouse()
    let id = try await house.reviewedDraft()
    let original = house.desk.adviser.rules.digest
    let trial = try await house.rules.startTrial(
      house.anton, id, name: "Nearly all", share: 9_999, override: "a trial")
    let tried = try await house.recommend()
    #expect(try house.rulesDigest(tried) == trial.challenger)
    let other = try await house.reviewedDraft()
    let published = try await house.rules.publish(
      house.anton, other, effective: house.book.today, override: "decided")
    let made = try await house.recommend()
    #expect(try house.rulesDigest(made) == published.digest)
    let result = try await house.rules.trial(trial.id)
    #expect(result.experiment.ended != nil && result.clients == [.challenger: 1])
    #expect(try await house.rules.draft(id).draft.status == .review)
    _ = try await house.rules.rollBack(house.anton, to: nil, reason: "Too lax.")
    let back = try await house.recommend()
    #expect(try house.rulesDigest(back) == original)
  }

  @Test(
    "The split of 20,000 clients passes its own check at each share",
    arguments: [100, 2_000, 5_000])
  func split(share: Int) throws {
    let trial = Self.experiment(share: share)
    var clients: [Experiment.Arm: Int] = [:]
    for number in 0..<20_000 {
      clients[trial.arm(of: ClientID(trusted: "client-\(number)")), default: 0] += 1
    }
    let result = ExperimentResult(experiment: trial, clients: clients, accepted: [:])
    #expect(!result.isMismatched, "p = \(result.sampleRatioP ?? 0)")
    var broken = clients
    broken[.challenger, default: 0] += 900
    let fault = ExperimentResult(experiment: trial, clients: broken, accepted: [:])
    #expect(fault.isMismatched, "p = \(fault.sampleRatioP ?? 0)")
  }

  @Test("The interval of the difference is Newcombe's, as published")
  func interval() throws {
    // Newcombe 1998, table II, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339.
    let result = ExperimentResult(
      experiment: Self.experiment(share: 5_000), clients: [.challenger: 70, .champion: 80],
      accepted: [.challenger: 56, .champion: 48])
    let difference = try #require(result.difference)
    #expect(abs(difference.value - 0.2) < 1e-9)
    #expect(abs(difference.low - 0.0524) < 0.00005, "\(difference.low)")
    #expect(abs(difference.high - 0.3339) < 0.00005, "\(difference.high)")
    // 3.841 is the 95th percentile of chi-square with one degree of freedom.
    let even = ExperimentResult(
      experiment: Self.experiment(share: 5_000), clients: [.challenger: 549, .champion: 451],
      accepted: [:])
    #expect(abs((even.chiSquare ?? 0) - 9.604) < 1e-9)
    #expect(abs((even.sampleRatioP ?? 0) - 0.0019422) < 1e-6)
  }

  private static func experiment(share: Int) -> Experiment {
    Experiment(
      id: "trial", name: "T", draft: "", champion: "", challenger: "", share: share,
      started: Instant(microseconds: 0), ended: nil)
  }
}
