package import Advice
import JSON
import Quantities
import Storage
import Synchronization

/// How the house ranks beside the rules: whether answers to offers are learned from, and which
/// factors of the formula are switched off.
package struct ArbitrationSettings: Sendable, Hashable {
  /// The number of the last response that is learned from; nil while learning goes on.
  package var frozenAt: Int?
  /// The factors that are 1 for every product.
  package var off: Set<Arbitration.Factor>

  /// Learning goes on and nothing is off.
  package init() {
    frozenAt = nil
    off = []
  }

  static let name = "arbitration"

  /// "12 C L": the number at which learning stopped, or a dash, and the factors that are off.
  var text: String {
    ([frozenAt.map(String.init) ?? "-"] + off.map(\.rawValue).sorted()).joined(separator: " ")
  }

  init(text: String) {
    let words = text.split(separator: " ").map(String.init)
    frozenAt = words.first.flatMap { Int($0) }
    off = Set(words.dropFirst().compactMap(Arbitration.Factor.init(rawValue:)))
  }
}

/// The counts of answers that were read last; they are a function of the number learned up to.
final class KnownResponses: Sendable {
  private let known = Mutex<Arbitration?>(nil)
  private let newest = Mutex(Arbitration())

  /// What ranking read last.
  var latest: Arbitration { newest.withLock { $0 } }

  func note(_ arbitration: Arbitration) { newest.withLock { $0 = arbitration } }

  func arbitration(learned: Int) -> Arbitration? {
    known.withLock { $0?.learned == learned ? $0 : nil }
  }

  func keep(_ arbitration: Arbitration) { known.withLock { $0 = arbitration } }
}

extension Arbitration {
  /// What a decision stores of it: the number learned up to, and the factors that are off.
  var text: String { (["\(learned)"] + offNames).joined(separator: " ") }
}

extension Transaction {
  /// What ranking reads now beside the rules.
  package func arbitration() throws -> Arbitration {
    let row = try connection.first(
      """
      SELECT (SELECT max(seq) FROM response WHERE tenant = \(tenant)),
        (SELECT value FROM setting WHERE tenant = \(tenant)
          AND name = \(ArbitrationSettings.name))
      """, as: (Int?, String?).self)
    let settings = row?.1.map(ArbitrationSettings.init(text:)) ?? ArbitrationSettings()
    let last = row?.0 ?? 0
    let found = try arbitration(
      learned: settings.frozenAt.map { min($0, last) } ?? last, off: settings.off)
    book.knownResponses.note(found)
    return found
  }

  /// What ranking read for a stored decision.
  func arbitration(of basis: DecisionBasis) throws -> Arbitration {
    let settings = ArbitrationSettings(text: basis.arbitration)
    return try arbitration(learned: settings.frozenAt ?? 0, off: settings.off)
  }

  private func arbitration(
    learned: Int, off: Set<Arbitration.Factor>
  ) throws -> Arbitration {
    guard learned > 0 else { return Arbitration(off: off) }
    if var known = book.knownResponses.arbitration(learned: learned) {
      known.off = off
      return known
    }
    let rows = try connection.all(
      """
      SELECT kind, named, count(*),
        sum(CASE WHEN answer = \(OfferResponse.Answer.accepted.rawValue) THEN 1 ELSE 0 END)
      FROM response WHERE tenant = \(tenant) AND seq <= \(learned) AND counted = 1
      GROUP BY kind, named
      """, as: (String, Int, Int, Int).self)
    var found = Arbitration(learned: learned)
    for (name, named, answered, accepted) in rows {
      guard let kind = ProductKind(rawValue: name) else { continue }
      var responses = Arbitration.Responses()
      responses.answered = answered
      responses.accepted = accepted
      found.responses[.init(kind: kind, isNamed: named == 1)] = responses
    }
    book.knownResponses.keep(found)
    found.off = off
    return found
  }

  /// The settings of the ranking.
  func arbitrationSettings() throws -> ArbitrationSettings {
    try connection.first(
      """
      SELECT value FROM setting WHERE tenant = \(tenant) AND name = \(ArbitrationSettings.name)
      """, as: String.self
    ).map(ArbitrationSettings.init(text:)) ?? ArbitrationSettings()
  }

  /// Stops or resumes learning and switches factors, with a line of the audit log.
  func change(
    isFrozen: Bool, off: Set<Arbitration.Factor>, by owner: RuleOwner
  ) throws {
    var settings = ArbitrationSettings()
    settings.off = off
    if isFrozen {
      let last = try connection.first(
        "SELECT max(seq) FROM response WHERE tenant = \(tenant)", as: Int?.self)
      settings.frozenAt = try arbitrationSettings().frozenAt ?? last.flatMap { $0 } ?? 0
    }
    try connection.execute(
      """
      INSERT INTO setting (tenant, name, value)
      VALUES (\(tenant), \(ArbitrationSettings.name), \(settings.text))
      ON CONFLICT (tenant, name) DO UPDATE SET value = \(settings.text)
      """)
    try record(
      .settingChanged, by: owner.actor, subject: "",
      detail: "\(ArbitrationSettings.name) \(settings.text)")
  }
}

extension Book {
  /// What ranking reads now, and its settings.
  package func arbitration() async throws -> (Arbitration, ArbitrationSettings) {
    try await read { tx in (try tx.arbitration(), try tx.arbitrationSettings()) }
  }

  /// What ranking read last: for previews, which are shown and not stored.
  package var latestArbitration: Arbitration { knownResponses.latest }

  /// Stops or resumes learning and switches factors; for owners of the rules.
  ///
  /// - Throws: `Refusal.forbidden` for staff without that duty.
  package func changeArbitration(
    isFrozen: Bool, off: Set<Arbitration.Factor>, by principal: StaffPrincipal
  ) async throws {
    try await write { tx in
      try tx.change(isFrozen: isFrozen, off: off, by: tx.authorizeRules(principal))
    }
  }
}
