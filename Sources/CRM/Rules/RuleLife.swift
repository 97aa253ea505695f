package import Quantities
import Storage

/// The tables of the rules' life: who may own rules, drafts with their steps, reports of replays,
/// what was published when, and trials of one edition against another.
enum RuleLife {
  static let schema: [SQL] = [
    """
    CREATE TABLE duty (
      tenant \(.text) NOT NULL, colleague \(.text) NOT NULL, duty \(.text) NOT NULL,
      created \(.integer) NOT NULL, PRIMARY KEY (tenant, colleague, duty)
    ) \(.clustered)
    """,
    """
    CREATE TABLE rule_draft (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, title \(.text) NOT NULL,
      base \(.text) NOT NULL, status \(.text) NOT NULL, revision \(.integer) NOT NULL,
      digest \(.text) NOT NULL, created \(.integer) NOT NULL, updated \(.integer) NOT NULL,
      body \(.bytes) NOT NULL, PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    """
    CREATE TABLE rule_step (
      tenant \(.text) NOT NULL, draft \(.text) NOT NULL, seq \(.integer) NOT NULL,
      at \(.integer) NOT NULL, colleague \(.text) NOT NULL, act \(.text) NOT NULL,
      detail \(.text) NOT NULL, PRIMARY KEY (tenant, draft, seq)
    ) \(.clustered)
    """,
    """
    CREATE TABLE rule_report (
      tenant \(.text) NOT NULL, draft \(.text) NOT NULL, digest \(.text) NOT NULL,
      live \(.text) NOT NULL, at \(.integer) NOT NULL, subjects \(.integer) NOT NULL,
      flipped \(.integer) NOT NULL, body \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, draft, digest, live)
    ) \(.strict)
    """,
    """
    CREATE TABLE rule_publication (
      tenant \(.text) NOT NULL, seq \(.integer) NOT NULL, kind \(.text) NOT NULL,
      digest \(.text) NOT NULL, effective \(.text) NOT NULL, draft \(.text),
      published_by \(.text) NOT NULL, at \(.integer) NOT NULL, reason \(.text),
      PRIMARY KEY (tenant, seq)
    ) \(.clustered)
    """,
    """
    CREATE TABLE experiment (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, name \(.text) NOT NULL,
      draft \(.text) NOT NULL, champion \(.text) NOT NULL, challenger \(.text) NOT NULL,
      share \(.integer) NOT NULL, started \(.integer) NOT NULL, ended \(.integer),
      started_by \(.text) NOT NULL, PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    """
    CREATE TABLE experiment_member (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, experiment \(.text) NOT NULL,
      arm \(.text) NOT NULL, at \(.integer) NOT NULL, PRIMARY KEY (tenant, client, experiment)
    ) \(.clustered)
    """,
    "CREATE INDEX experiment_member_of ON experiment_member (tenant, experiment, arm)",
  ]
}

/// An edition of the rules as it was taken into force: published, or rolled back to.
package struct RulePublication: Sendable, Hashable {
  /// Why an edition came into force.
  package enum Kind: String, Sendable, CaseIterable { case published, rolledBack }

  /// Counts up by one, from 1.
  package let sequence: Int
  package let kind: Kind
  /// The digest of the rules.
  package let digest: String
  /// The first day.
  package let effective: CalendarDate
  /// The draft that it was; nil for a roll-back.
  package let draft: String?
  /// Who did it.
  package let by: ColleagueID
  /// When it was done.
  package let at: Instant
  /// Why it was rolled back, or why the gate was overridden.
  package let reason: String?
}

extension Transaction {
  /// Everything that was published or rolled back to, in that order.
  func rulePublications() throws -> [RulePublication] {
    try connection.rows(
      """
      SELECT seq, kind, digest, effective, draft, published_by, at, reason FROM rule_publication
      WHERE tenant = \(tenant) ORDER BY seq
      """
    ) { row in
      let kind: String = try row[1]
      return RulePublication(
        sequence: try row[0], kind: RulePublication.Kind(rawValue: kind) ?? .published,
        digest: try row[2], effective: try row[3], draft: try row[4], by: try row[5],
        at: try row[6], reason: try row[7])
    }
  }

  /// Takes an edition into force from a day on.
  func publish(
    _ kind: RulePublication.Kind, _ digest: String, effective: CalendarDate, draft: String?,
    by colleague: ColleagueID, reason: String?
  ) throws {
    let last = try connection.first(
      "SELECT seq FROM rule_publication WHERE tenant = \(tenant) ORDER BY seq DESC LIMIT 1",
      as: Int.self)
    try connection.execute(
      """
      INSERT INTO rule_publication (tenant, seq, kind, digest, effective, draft, published_by, at,
        reason)
      VALUES (\(tenant), \((last ?? 0) + 1), \(kind.rawValue), \(digest), \(effective), \(draft),
        \(colleague), \(now), \(reason))
      """)
  }
}
