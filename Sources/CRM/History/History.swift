import Advice
import JSON
package import Quantities
import Storage
import Vault

/// A page of a client's history, newest first.
package struct HistoryPage: Sendable {
  /// The entries of the page.
  package let entries: [HistoryEntry]
  /// Where the next page begins; nil on the last page.
  ///
  /// Opaque, and of use to this client only.
  package let next: String?
}

/// A place in a client's history: everything older than this entry.
struct HistoryCursor: Hashable {
  let at: Int64
  let id: EntryID

  static let codeLength = 16

  /// The cursor as text, authenticated for one client.
  func text(for client: ClientID, _ codes: AuthenticationCode) throws -> String {
    let code = try codes.code(for: message(for: client)).prefix(Self.codeLength)
    return Base64.url.encode(payload + code)
  }

  /// Reads a cursor back; nil for anything that was not handed out to this client.
  init?(_ text: String, for client: ClientID, _ codes: AuthenticationCode) throws {
    guard text.utf8.count <= 128, let bytes = Base64.url.decode(text),
      bytes.count == 8 + 36 + Self.codeLength,
      let id = EntryID(String(decoding: bytes[8..<44], as: UTF8.self))
    else { return nil }
    at = Int64(bitPattern: bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    self.id = id
    let expected = try codes.code(for: message(for: client)).prefix(Self.codeLength)
    guard zip(expected, bytes[44...]).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
  }

  init(_ entry: HistoryEntry) {
    at = entry.at.microseconds
    id = entry.id
  }

  private var payload: [UInt8] {
    let bits = UInt64(bitPattern: at)
    return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) } + Array(id.text.utf8)
  }

  private func message(for client: ClientID) -> [UInt8] { Array(client.text.utf8) + payload }
}

extension Transaction {
  /// A page of the history, newest first; pages stay stable while entries are added.
  package func history(
    _ access: Authorized<Client>, after cursor: String? = nil, limit: Int
  ) throws -> HistoryPage {
    let limit = max(1, min(limit, book.settings.longestPage))
    var start: HistoryCursor?
    if let cursor {
      guard let known = try HistoryCursor(cursor, for: access.client, book.cursors) else {
        throw Refusal.invalid([
          .init(pointer: "/cursor", code: "format", detail: "This is not a cursor of yours.")
        ])
      }
      start = known
    }
    var older: SQL = ""
    if let start { older = "AND (at, id) < (\(start.at), \(start.id))" }
    let entries = try connection.rows(
      """
      SELECT at, id, kind, channel, details FROM event WHERE tenant = \(tenant)
        AND client = \(access.client) \(older) ORDER BY at DESC, id DESC LIMIT \(limit + 1)
      """
    ) { row in
      let id: EntryID = try row[1]
      let details: Sealed<EntryDetails> = try row[4]
      return HistoryEntry(
        id: id, at: try row[0], kind: try row[2], channel: try row[3],
        details: try open(details, at: entryPlace(access.client, id)))
    }
    guard entries.count > limit else { return HistoryPage(entries: entries, next: nil) }
    let shown = Array(entries.prefix(limit))
    let next = try shown.last.map {
      try HistoryCursor($0).text(for: access.client, book.cursors)
    }
    return HistoryPage(entries: shown, next: next)
  }

  /// Adds an entry to the client's history and to the roll-ups that decisions read.
  @discardableResult
  package func add(
    _ access: Authorized<Client>, at: Instant, kind: EntryKind, channel: Channel?,
    details: EntryDetails
  ) throws -> EntryID {
    let entry = HistoryEntry(
      id: try newID(), at: at, kind: kind, channel: channel, details: details)
    guard try insert(entry, of: access.client) else { throw Refusal.stale }
    try changeFacts(of: access.client) { facts in
      if let event = entry.event(homeCurrency: facts.homeCurrency) { facts.history.record(event) }
    }
    try record(.entryAdded, by: access.actor, about: access.client, detail: kind.rawValue)
    return entry.id
  }

  /// Writes one entry; false when it is there already.
  func insert(_ entry: HistoryEntry, of client: ClientID) throws -> Bool {
    try insert(entry, of: client, try seal(entry.details, at: entryPlace(client, entry.id)))
  }

  /// Whether an entry is there already, be it with another instant.
  func isKnown(_ entry: EntryID, of client: ClientID) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM event WHERE tenant = \(tenant) AND client = \(client) AND id = \(entry)",
      as: Int.self) != nil
  }

  /// Writes one entry whose details are sealed already; false when it is there already.
  func insert(
    _ entry: HistoryEntry, of client: ClientID, _ details: Sealed<EntryDetails>
  ) throws -> Bool {
    try connection.execute(
      """
      INSERT INTO event (tenant, client, at, id, kind, channel, details)
      VALUES (\(tenant), \(client), \(entry.at), \(entry.id), \(entry.kind), \(entry.channel),
        \(details))
      ON CONFLICT (tenant, client, at, id) DO NOTHING
      """) == 1
  }

  func entryPlace(_ client: ClientID, _ id: EntryID) -> Place {
    place(client, "event", "details", row: id.text)
  }
}

extension Book {
  /// A page of the client's own history, newest first.
  package func history(
    of principal: ClientPrincipal, after cursor: String? = nil, limit: Int = 50
  ) async throws -> HistoryPage {
    try await read { tx in
      try tx.history(tx.authorize(principal), after: cursor, limit: limit)
    }
  }

  /// Adds an entry to a client's history.
  @discardableResult
  package func add(
    to client: ClientID, by operator: Operator, at: Instant, kind: EntryKind,
    channel: Channel? = nil, details: EntryDetails
  ) async throws -> EntryID {
    try await write { tx in
      try tx.add(
        tx.authorize(`operator`, for: client), at: at, kind: kind, channel: channel,
        details: details)
    }
  }
}
