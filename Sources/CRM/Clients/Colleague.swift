package import Quantities
import Storage
package import Vault

/// A broker or one of the staff, as clients see them.
package struct Colleague: Sendable {
  /// The id of the broker or colleague.
  package let id: ColleagueID
  /// What they are to the institution.
  package let role: Role
  /// The name as people say it.
  package let name: Personal<String>
}

/// A client's leave for a broker to see and advise them.
package struct Mandate: Sendable, Hashable {
  /// Who gave it.
  package let client: ClientID
  /// Who has it.
  package let broker: ColleagueID
  /// The first day.
  package let since: CalendarDate
  /// The last day; nil until it is ended.
  package let until: CalendarDate?
}

extension Transaction {
  /// Adds a broker or one of the staff, with a key of their own.
  func add(colleague name: String, role: Role, by actor: Actor) throws -> ColleagueID {
    let id = try newID(ColleagueID.self)
    try vault.createKeys(for: [KeyOwner(tenant: tenant, client: id.text)])
    try connection.execute(
      """
      INSERT INTO colleague (tenant, id, role, revision, identity)
      VALUES (\(tenant), \(id), \(role.rawValue), \(1), \(try seal(name, at: namePlace(id, 1))))
      """)
    return id
  }

  /// A broker or one of the staff; nil when there is none of this id.
  package func colleague(_ id: ColleagueID) throws -> Colleague? {
    let row = try connection.first(
      """
      SELECT role, revision, identity FROM colleague WHERE tenant = \(tenant) AND id = \(id)
      """, as: (Role, Int, Sealed<String>).self)
    guard let (role, revision, name) = row else { return nil }
    return Colleague(
      id: id, role: role, name: try vault.open(name, at: namePlace(id, revision)))
  }

  private func namePlace(_ id: ColleagueID, _ revision: Int) -> Place {
    place(owner: id.text, "colleague", "identity", row: id.text, revision: revision)
  }

  /// Gives a broker a mandate from a day on.
  package func give(
    _ access: Authorized<Client>, mandateTo broker: ColleagueID, since: CalendarDate,
    until: CalendarDate? = nil
  ) throws {
    guard try colleague(broker)?.role == .broker else { throw Refusal.notFound }
    try connection.execute(
      """
      INSERT INTO mandate (tenant, client, broker, since, until, scope, created)
      VALUES (\(tenant), \(access.client), \(broker), \(since), \(until), \("advice"), \(now))
      ON CONFLICT (tenant, client, broker, since) DO UPDATE SET until = excluded.until
      """)
    try record(.mandateGiven, by: access.actor, about: access.client, detail: broker.text)
  }

  /// Ends all mandates of a broker for the client; a day is the last one, and nil ends at once.
  package func end(
    _ access: Authorized<Client>, mandateOf broker: ColleagueID, after day: CalendarDate?
  ) throws {
    if let day {
      try connection.execute(
        """
        UPDATE mandate SET until = \(day) WHERE tenant = \(tenant) AND client = \(access.client)
          AND broker = \(broker) AND (until IS NULL OR until > \(day))
        """)
    } else {
      try connection.execute(
        """
        DELETE FROM mandate WHERE tenant = \(tenant) AND client = \(access.client)
          AND broker = \(broker)
        """)
    }
    try record(.mandateEnded, by: access.actor, about: access.client, detail: broker.text)
  }

  /// The mandates that a client has given.
  package func mandates(_ access: Authorized<Client>) throws -> [Mandate] {
    try connection.all(
      """
      SELECT broker, since, until FROM mandate WHERE tenant = \(tenant)
        AND client = \(access.client) ORDER BY since, broker
      """, as: (ColleagueID, CalendarDate, CalendarDate?).self
    ).map { Mandate(client: access.client, broker: $0.0, since: $0.1, until: $0.2) }
  }
}

extension Book {
  /// Adds a broker or one of the staff.
  package func add(
    colleague name: String, role: Role, by operator: Operator
  ) async throws -> ColleagueID {
    try await write { tx in try tx.add(colleague: name, role: role, by: Actor(`operator`)) }
  }

  /// Gives a broker a mandate for a client.
  package func giveMandate(
    of client: ClientID, to broker: ColleagueID, since: CalendarDate, until: CalendarDate? = nil,
    by operator: Operator
  ) async throws {
    try await write { tx in
      try tx.give(
        tx.authorize(`operator`, for: client), mandateTo: broker, since: since, until: until)
    }
  }

  /// Ends the mandates of a broker for a client at once.
  package func endMandate(
    of client: ClientID, to broker: ColleagueID, by operator: Operator
  ) async throws {
    try await write { tx in
      try tx.end(tx.authorize(`operator`, for: client), mandateOf: broker, after: nil)
    }
  }

  /// The clients with a mandate for the broker in force today, by id, so many at a time.
  package func clients(
    of principal: BrokerPrincipal, after last: ClientID? = nil, limit: Int = 50
  ) async throws -> [MandatedClientProfile] {
    let (day, limit) = (today, max(1, min(limit, settings.longestPage)))
    return try await read { tx in
      try tx.mandates(of: principal, on: day, after: last, limit: limit).map {
        try tx.profile(of: $0)
      }
    }
  }
}

extension Role: Storable {}
