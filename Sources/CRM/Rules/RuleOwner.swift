import Quantities
import Storage
import Vault

/// What one of the staff is trusted with beside what all of them may do.
package enum Duty: String, Sendable, CaseIterable {
  /// Writes rules, and approves those of others.
  case ruleOwner
}

/// The permission to write rules, made only by a look at the duties in the same transaction.
package struct RuleOwner: Sendable {
  /// Who it is.
  package let colleague: ColleagueID
  /// The same for the audit log.
  let actor: Actor

  fileprivate init(_ principal: StaffPrincipal) {
    colleague = principal.colleague
    actor = Actor(.staff(principal))
  }
}

extension Transaction {
  /// One of the staff with the duty of a rule owner.
  ///
  /// - Throws: `Refusal.forbidden` for everybody else.
  package func authorizeRules(_ principal: StaffPrincipal) throws -> RuleOwner {
    guard try has(.ruleOwner, principal.colleague) else {
      throw Refusal.forbidden(
        code: "not-a-rule-owner", detail: "Rules are written and published by rule owners only.")
    }
    return RuleOwner(principal)
  }

  /// Whether one of the staff has a duty.
  package func has(_ duty: Duty, _ colleague: ColleagueID) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM duty WHERE tenant = \(tenant) AND colleague = \(colleague)
        AND duty = \(duty.rawValue)
      """, as: Int.self) != nil
  }

  func give(_ duty: Duty, to colleague: ColleagueID, by operator: Operator) throws {
    guard try self.colleague(colleague)?.role == .staff else { throw Refusal.notFound }
    try connection.execute(
      """
      INSERT INTO duty (tenant, colleague, duty, created)
      VALUES (\(tenant), \(colleague), \(duty.rawValue), \(now))
      ON CONFLICT (tenant, colleague, duty) DO NOTHING
      """)
    try record(
      .dutyGiven, by: Actor(`operator`), subject: colleague.text, detail: duty.rawValue)
  }
}

extension Book {
  /// Gives one of the staff a duty.
  package func give(
    _ duty: Duty, to colleague: ColleagueID, by operator: Operator
  ) async throws {
    try await write { tx in try tx.give(duty, to: colleague, by: `operator`) }
  }

  /// Takes a duty from one of the staff, from the next request on.
  package func take(
    _ duty: Duty, from colleague: ColleagueID, by operator: Operator
  ) async throws {
    try await write { tx in
      try tx.connection.execute(
        """
        DELETE FROM duty WHERE tenant = \(tx.tenant) AND colleague = \(colleague)
          AND duty = \(duty.rawValue)
        """)
      try tx.record(
        .dutyTaken, by: Actor(`operator`), subject: colleague.text, detail: duty.rawValue)
    }
  }

  /// Whether one of the staff has a duty.
  package func has(_ duty: Duty, _ principal: StaffPrincipal) async throws -> Bool {
    try await read { tx in try tx.has(duty, principal.colleague) }
  }
}
