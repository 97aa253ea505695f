import Foundation
package import Quantities
import Storage
import Vault

/// A trial of one edition of the rules against the one in force: each client stays in one arm.
package struct Experiment: Sendable, Hashable {
  /// The two arms.
  package enum Arm: String, Sendable, CaseIterable { case champion, challenger }

  package let id: String
  package let name: String
  /// The draft that is tried.
  package let draft: String
  /// The digests of the rules.
  package let champion: String
  package let challenger: String
  /// The challenger's share of the clients, in ten-thousandths.
  package let share: Int
  package let started: Instant
  package let ended: Instant?

  /// Parts into which the clients are split.
  package static let parts = 10_000

  /// Which arm a client is in, always the same: decided by the digest of the client's id and the
  /// trial's.
  package func arm(of client: ClientID) -> Arm {
    let bytes = Digest.sha256("\(id)\n\(client.text)").bytes
    // 64 bits of the digest: the bias of the remainder is below 1e-15.
    let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(number % UInt64(Self.parts)) < share ? .challenger : .champion
  }

  /// A client's place in a trial.
  struct Membership: Sendable {
    let experiment: String
    let arm: Arm
  }
}

/// What a trial shows so far.
package struct ExperimentResult: Sendable, Hashable {
  package let experiment: Experiment
  /// Clients who were advised in each arm.
  package let clients: [Experiment.Arm: Int]
  /// Those of them who accepted an offer afterwards.
  package let accepted: [Experiment.Arm: Int]

  /// The critical value of the standard normal distribution for 95 %.
  private static let normal95 = 1.959963984540054
  /// A sample ratio as unlikely as this is taken for a fault of the split.
  package static let mismatchLevel = 0.001

  /// The chi-square statistic of the sample ratio, with one degree of freedom; nil without clients.
  package var chiSquare: Double? {
    let total = Double(count(.champion) + count(.challenger))
    let share = Double(experiment.share) / Double(Experiment.parts)
    guard total > 0, share > 0, share < 1 else { return nil }
    let expected = (challenger: total * share, champion: total * (1 - share))
    func part(_ observed: Int, _ expected: Double) -> Double {
      (Double(observed) - expected) * (Double(observed) - expected) / expected
    }
    return part(count(.challenger), expected.challenger)
      + part(count(.champion), expected.champion)
  }

  /// How likely a sample ratio as far off as this one is when the split works.
  package var sampleRatioP: Double? { chiSquare.map { erfc(($0 / 2).squareRoot()) } }

  /// Whether the split is at fault.
  package var isMismatched: Bool { sampleRatioP.map { $0 < Self.mismatchLevel } ?? false }

  /// The challenger's rate of acceptance less the champion's, with its 95 % interval: Newcombe's
  /// hybrid score method (Statistics in Medicine 17, 1998, method 10); nil while an arm is empty.
  package var difference: (value: Double, low: Double, high: Double)? {
    guard let one = wilson(.challenger), let two = wilson(.champion) else { return nil }
    let value = one.rate - two.rate
    func distance(_ first: Double, _ second: Double) -> Double {
      (first * first + second * second).squareRoot()
    }
    return (
      value, value - distance(one.rate - one.low, two.high - two.rate),
      value + distance(one.high - one.rate, two.rate - two.low)
    )
  }

  private func count(_ arm: Experiment.Arm) -> Int { clients[arm] ?? 0 }

  /// Wilson's score interval of an arm's rate of acceptance.
  package func wilson(_ arm: Experiment.Arm) -> (rate: Double, low: Double, high: Double)? {
    let number = Double(count(arm))
    guard number > 0 else { return nil }
    let rate = Double(accepted[arm] ?? 0) / number
    let z = Self.normal95
    let scale = 1 + z * z / number
    let centre = (rate + z * z / (2 * number)) / scale
    let half = z / scale * (rate * (1 - rate) / number + z * z / (4 * number * number)).squareRoot()
    return (rate, max(0, centre - half), min(1, centre + half))
  }
}

extension Transaction {
  private static let columns: SQL =
    "id, name, draft, champion, challenger, share, started, ended"

  private func experiments(_ condition: SQL) throws -> [Experiment] {
    try connection.rows(
      """
      SELECT \(Self.columns) FROM experiment WHERE tenant = \(tenant) \(condition)
      ORDER BY id DESC
      """
    ) { row in
      Experiment(
        id: try row[0], name: try row[1], draft: try row[2], champion: try row[3],
        challenger: try row[4], share: try row[5], started: try row[6], ended: try row[7])
    }
  }

  /// All trials, the newest first.
  func experiments() throws -> [Experiment] { try experiments("") }

  /// The trial that runs; there is one at most.
  func runningExperiment() throws -> Experiment? { try experiments("AND ended IS NULL").first }

  /// A trial.
  ///
  /// - Throws: `Refusal.notFound`.
  func experiment(_ id: String) throws -> Experiment {
    guard let found = try experiments("AND id = \(id)").first else { throw Refusal.notFound }
    return found
  }

  func start(_ experiment: Experiment, by owner: RuleOwner) throws {
    let none: Instant? = nil
    try connection.execute(
      """
      INSERT INTO experiment (tenant, id, name, draft, champion, challenger, share, started, ended,
        started_by)
      VALUES (\(tenant), \(experiment.id), \(experiment.name), \(experiment.draft),
        \(experiment.champion), \(experiment.challenger), \(experiment.share), \(now), \(none),
        \(owner.colleague))
      """)
    try record(.experimentStarted, by: owner.actor, subject: "", detail: experiment.id)
  }

  func endExperiment(_ id: String, by owner: RuleOwner) throws {
    let ended = try connection.execute(
      """
      UPDATE experiment SET ended = \(now) WHERE tenant = \(tenant) AND id = \(id)
        AND ended IS NULL
      """)
    guard ended == 1 else {
      throw Refusal.conflict(code: "trial-ended", detail: "This trial has ended already.")
    }
    try record(.experimentEnded, by: owner.actor, subject: "", detail: id)
  }

  /// Notes that a client was advised in an arm; the first time counts.
  func join(_ membership: Experiment.Membership, _ access: Authorized<Client>) throws {
    try connection.execute(
      """
      INSERT INTO experiment_member (tenant, client, experiment, arm, at)
      VALUES (\(tenant), \(access.client), \(membership.experiment), \(membership.arm.rawValue),
        \(now))
      ON CONFLICT (tenant, client, experiment) DO NOTHING
      """)
  }

  /// What a trial shows so far.
  func result(of experiment: Experiment) throws -> ExperimentResult {
    let rows = try connection.all(
      """
      SELECT m.arm, count(*), sum(CASE WHEN EXISTS (
          SELECT 1 FROM response r WHERE r.tenant = m.tenant AND r.client = m.client
            AND r.at >= m.at AND r.answer = \(OfferResponse.Answer.accepted.rawValue)
        ) THEN 1 ELSE 0 END)
      FROM experiment_member m WHERE m.tenant = \(tenant) AND m.experiment = \(experiment.id)
      GROUP BY m.arm
      """, as: (String, Int, Int).self)
    var clients: [Experiment.Arm: Int] = [:]
    var accepted: [Experiment.Arm: Int] = [:]
    for (name, count, accepting) in rows {
      guard let arm = Experiment.Arm(rawValue: name) else { continue }
      clients[arm] = count
      accepted[arm] = accepting
    }
    return ExperimentResult(experiment: experiment, clients: clients, accepted: accepted)
  }
}
