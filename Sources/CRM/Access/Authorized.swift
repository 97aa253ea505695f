package import Quantities
import Storage

/// Everything about a client, for the client and for staff with a purpose.
package enum Client {}
/// A client as a broker with a mandate in force sees them: without documents, contact data and
/// answers about health.
package enum MandatedClient {}
/// The policies and claims filed under a client, and nothing else of them.
package enum PolicyFile {}

/// Why one of the staff looks at a client's records.
///
/// A closed list: the audit log has no room for free text, which could hold something personal.
package enum ReadPurpose: String, Sendable, CaseIterable {
  case service, advice, complaint, claim, compliance, clientRequest
}

/// The permission to see one person's records in one projection.
///
/// Only an authorisation check of this file makes one, in the transaction that reads. It is never
/// kept: permission is asked for again by the next transaction.
package struct Authorized<Subject>: Sendable {
  /// Whose records.
  package let client: ClientID
  /// Who asked.
  package let actor: Actor

  fileprivate init(_ client: ClientID, _ actor: Actor) {
    self.client = client
    self.actor = actor
  }
}

extension Transaction {
  /// A client may see and change their own records; the record is part of the principal.
  package func authorize(_ principal: ClientPrincipal) -> Authorized<Client> {
    Authorized(principal.client, Actor(.client(principal)))
  }

  /// A policyholder may see the policies and claims filed under their own record.
  package func authorize(_ principal: PolicyholderPrincipal) -> Authorized<PolicyFile> {
    Authorized(principal.client, Actor(.policyholder(principal)))
  }

  /// A client may see the policies and claims filed under their own record.
  package func authorizePolicies(_ principal: ClientPrincipal) -> Authorized<PolicyFile> {
    Authorized(principal.client, Actor(.client(principal)))
  }

  /// A broker may see a client whose mandate is in force on a day; else the client does not exist
  /// for them.
  package func authorize(
    _ principal: BrokerPrincipal, for client: ClientID, on day: CalendarDate
  ) throws -> Authorized<MandatedClient> {
    let mandates = try connection.first(
      """
      SELECT count(*) FROM mandate WHERE tenant = \(tenant) AND client = \(client)
        AND broker = \(principal.broker) AND since <= \(day) AND (until IS NULL OR until >= \(day))
      """, as: Int.self)
    guard let mandates, mandates > 0 else { throw Refusal.notFound }
    return Authorized(client, Actor(.broker(principal)))
  }

  /// The clients with a mandate for a broker in force on a day, in the order of their ids.
  package func mandates(
    of principal: BrokerPrincipal, on day: CalendarDate, after last: ClientID? = nil, limit: Int
  ) throws -> [Authorized<MandatedClient>] {
    let clients = try connection.all(
      """
      SELECT DISTINCT client FROM mandate WHERE tenant = \(tenant)
        AND broker = \(principal.broker) AND client > \(last?.text ?? "") AND since <= \(day)
        AND (until IS NULL OR until >= \(day)) ORDER BY client LIMIT \(limit)
      """, as: ClientID.self)
    return clients.map { Authorized($0, Actor(.broker(principal))) }
  }

  /// One of the staff may see a client for a purpose, which is written to the audit log: call it
  /// inside a write.
  package func authorize(
    _ principal: StaffPrincipal, for client: ClientID, purpose: ReadPurpose
  ) throws -> Authorized<Client> {
    let access = Authorized<Client>(client, Actor(.staff(principal)))
    guard try exists(client) else { throw Refusal.notFound }
    try record(.staffRead, by: access.actor, about: client, detail: purpose.rawValue)
    return access
  }

  /// The operator of the machine may see any client; for batch work and replay.
  package func authorize(
    _ operator: Operator, for client: ClientID
  ) throws -> Authorized<Client> {
    guard try exists(client) else { throw Refusal.notFound }
    return Authorized(client, Actor(`operator`))
  }

  /// The operator of the machine may see and file any client's policies and claims.
  package func authorizePolicies(
    _ operator: Operator, for client: ClientID
  ) throws -> Authorized<PolicyFile> {
    guard try exists(client) else { throw Refusal.notFound }
    return Authorized(client, Actor(`operator`))
  }

  /// The clients after a given one in the order of their ids, for the operator's batch work.
  package func clients(
    for operator: Operator, after last: ClientID? = nil, limit: Int
  ) throws -> [Authorized<Client>] {
    try connection.all(
      """
      SELECT id FROM client WHERE tenant = \(tenant) AND id > \(last?.text ?? "")
      ORDER BY id LIMIT \(limit)
      """, as: ClientID.self
    ).map { Authorized($0, Actor(`operator`)) }
  }

  private func exists(_ client: ClientID) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM client WHERE tenant = \(tenant) AND id = \(client)", as: Int.self) != nil
  }
}
