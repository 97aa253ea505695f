import Advice
package import Quantities
import Storage
import Vault

/// What an outside system knows of one client: who they are, or something to be added to one who
/// is known already.
package struct ClientChange: Sendable {
  /// The key of the client in the outside system.
  package var sourceKey: String
  /// The client to add when the key is not known yet.
  package var client: NewClient?
  /// Entries of the history, each with its own key in the outside system.
  package var entries: [SourceEntry] = []
  /// Holdings, each with its own key in the outside system.
  package var holdings: [SourceHolding] = []
  /// Where the client's first record stands in the file it comes from, as `file:line`.
  package var place: String?

  /// A change to the client of this key.
  package init(sourceKey: String, client: NewClient? = nil) {
    self.sourceKey = sourceKey
    self.client = client
    self.client?.sourceKey = sourceKey
  }
}

/// An entry of the history from an outside system; the same key is never counted twice.
package struct SourceEntry: Sendable {
  /// The key in the outside system.
  package var key: String
  /// When it happened.
  package var at: Instant
  /// What it is about.
  package var kind: EntryKind
  /// How the client and the institution met.
  package var channel: Channel?
  /// What is said about it.
  package var details: EntryDetails

  /// An entry.
  package init(
    key: String, at: Instant, kind: EntryKind, channel: Channel? = nil, details: EntryDetails
  ) {
    self.key = key
    self.at = at
    self.kind = kind
    self.channel = channel
    self.details = details
  }
}

/// A holding from an outside system; the same key is never added twice.
package struct SourceHolding: Sendable {
  /// The key in the outside system.
  package var key: String
  /// What the client has.
  package var holding: NewHolding

  /// A holding.
  package init(key: String, holding: NewHolding) {
    self.key = key
    self.holding = holding
  }
}

/// What a batch added.
package struct BatchCounts: Sendable, Hashable {
  /// Clients who were not known.
  package var clientsAdded = 0
  /// Clients who were known already and stay as they are.
  package var clientsKnown = 0
  /// Entries that were not known.
  package var entriesAdded = 0
  /// Entries that were known already.
  package var entriesKnown = 0
  /// Holdings that were not known.
  package var holdingsAdded = 0
  /// Holdings that were known already.
  package var holdingsKnown = 0
  /// Changes to clients that are neither known nor in the batch, by their outside keys.
  package var strangers: [String] = []
  /// The clients who were erased for good, and are left out.
  package var erased: [ErasedClient] = []
  /// Entries and holdings of erased clients, left out with them.
  package var erasedRecords = 0
  /// The clients who were erased for good and were added anew, as was asked for.
  package var broughtBack: [ErasedClient] = []

  /// Nothing yet.
  package init() {}

  /// Adds another batch's counts.
  package static func += (left: inout BatchCounts, right: BatchCounts) {
    left.clientsAdded += right.clientsAdded
    left.clientsKnown += right.clientsKnown
    left.entriesAdded += right.entriesAdded
    left.entriesKnown += right.entriesKnown
    left.holdingsAdded += right.holdingsAdded
    left.holdingsKnown += right.holdingsKnown
    left.strangers += right.strangers
    // The records of one client may lie in several batches.
    let named = Set(left.erased.map(\.sourceKey))
    left.erased += right.erased.filter { !named.contains($0.sourceKey) }
    left.erasedRecords += right.erasedRecords
    left.broughtBack += right.broughtBack
  }
}

/// A client of an outside system who was erased for good.
package struct ErasedClient: Sendable, Hashable {
  /// The key in the outside system.
  package let sourceKey: String
  /// Where the first record stands, as `file:line`; nil where it comes from no file.
  package let place: String?
}

extension Book {
  /// Clients that one batch may change.
  package static let largestBatch = 2_000

  /// Takes in a batch of changes from an outside system, in one transaction: the keys of all new
  /// clients first, with one wait for the disk, then the rows.
  ///
  /// The same batch again adds nothing.
  ///
  /// Changes to one client should stand in one batch: each batch opens and seals the client's
  /// facts once.
  ///
  /// Who was erased for good is left out and counted, however often the outside system names them.
  ///
  /// - Parameter bringingBack: the outside keys of those who are added all the same, as new clients
  ///   of whom nothing is known but what is taken in now.
  @discardableResult
  package func take(
    _ changes: [ClientChange], bringingBack: Set<String> = [], by operator: Operator
  ) async throws -> BatchCounts {
    guard changes.count <= Self.largestBatch else {
      throw Refusal.conflict(
        code: "batch-size", detail: "A batch may change \(Self.largestBatch) clients at most.")
    }
    guard !changes.isEmpty else { return BatchCounts() }
    return try await write { tx in
      var writer = BatchWriter(tx, Actor(`operator`), bringingBack: bringingBack)
      try writer.write(changes)
      return writer.counts
    }
  }
}

/// Writes one batch inside its transaction.
private struct BatchWriter {
  let tx: Transaction
  let actor: Actor
  let bringingBack: Set<String>
  var counts = BatchCounts()

  init(_ tx: Transaction, _ actor: Actor, bringingBack: Set<String>) {
    self.tx = tx
    self.actor = actor
    self.bringingBack = bringingBack
  }

  mutating func write(_ changes: [ClientChange]) throws {
    var known: [String: ClientID] = [:]
    var fresh: [String: ClientID] = [:]
    var erased: Set<String> = []
    for change in changes where known[change.sourceKey] == nil {
      let key = change.sourceKey
      if let id = try tx.client(sourceKey: key) {
        guard try tx.isErased(id) else {
          known[key] = id
          continue
        }
        guard change.client != nil, bringingBack.contains(key) else {
          if erased.insert(key).inserted {
            counts.erased.append(ErasedClient(sourceKey: key, place: change.place))
          }
          continue
        }
        try tx.forgetSource(of: id)
        counts.broughtBack.append(ErasedClient(sourceKey: key, place: change.place))
      }
      if change.client != nil, fresh[key] == nil { fresh[key] = try tx.newID(ClientID.self) }
    }
    try tx.vault.createKeys(
      for: fresh.values.map { KeyOwner(tenant: tx.tenant, client: $0.text) })
    for change in changes {
      if let id = known[change.sourceKey] {
        if change.client != nil { counts.clientsKnown += 1 }
        try update(id, change)
      } else if let id = fresh[change.sourceKey], let client = change.client {
        try add(client, as: id, change)
        known[change.sourceKey] = id
      } else if erased.contains(change.sourceKey) {
        counts.erasedRecords += change.entries.count + change.holdings.count
      } else {
        counts.strangers.append(change.sourceKey)
      }
    }
    try tx.record(
      .clientImported, by: actor,
      detail: "\(counts.clientsAdded) clients, \(counts.entriesAdded) entries")
  }

  /// A client who is not known yet: the facts are complete before they are sealed once.
  private mutating func add(
    _ client: NewClient, as id: ClientID, _ change: ClientChange
  ) throws {
    var client = client
    let entries = try insertEntries(change, id)
    _ = try insertHoldings(change, id)
    Self.record(entries, in: &client.facts)
    let holdings = Self.holdings(change, id)
    client.facts.holdings += holdings.compactMap(\.contract)
    client.facts.positions += holdings.compactMap(\.position)
    do {
      try tx.insert(try tx.seal(client, as: id))
    } catch Refusal.conflict(let code, let detail) {
      // Which record it is can only be told here.
      let place = change.place.map { "\($0): " } ?? ""
      throw Refusal.conflict(code: code, detail: "\(place)client \(change.sourceKey): \(detail)")
    }
    counts.clientsAdded += 1
  }

  /// A client who is known: what is new is added to rows and facts.
  private mutating func update(_ id: ClientID, _ change: ClientChange) throws {
    let entries = try insertEntries(change, id)
    let holdings = try insertHoldings(change, id)
    if holdings > 0 { try tx.refreshHoldings(of: id) }
    guard !entries.isEmpty else { return }
    try tx.changeFacts(of: id) { facts in Self.record(entries, in: &facts) }
  }

  private mutating func insertEntries(
    _ change: ClientChange, _ client: ClientID
  ) throws -> [HistoryEntry] {
    var added: [HistoryEntry] = []
    for source in change.entries {
      let entry = HistoryEntry(
        id: .derived(from: [client.text, "entry", source.key]), at: source.at,
        kind: source.kind, channel: source.channel, details: source.details)
      if try !tx.isKnown(entry.id, of: client), try tx.insert(entry, of: client) {
        added.append(entry)
      }
    }
    counts.entriesAdded += added.count
    counts.entriesKnown += change.entries.count - added.count
    return added
  }

  private mutating func insertHoldings(
    _ change: ClientChange, _ client: ClientID
  ) throws -> Int {
    var added = 0
    for source in change.holdings {
      let id = Self.id(of: source, client)
      if try tx.insert(source.holding, as: id, of: client) { added += 1 }
    }
    counts.holdingsAdded += added
    counts.holdingsKnown += change.holdings.count - added
    return added
  }

  private static func record(_ entries: [HistoryEntry], in facts: inout Facts) {
    for entry in entries {
      if let event = entry.event(homeCurrency: facts.homeCurrency) { facts.history.record(event) }
    }
  }

  /// The holdings of a new client in the order in which ``Transaction`` reads them back.
  private static func holdings(_ change: ClientChange, _ client: ClientID) -> [Holding] {
    change.holdings.map { source in
      Holding(
        id: id(of: source, client), kind: source.holding.kind, currency: source.holding.currency,
        opened: source.holding.opened, closed: source.holding.closed, revision: 1,
        details: source.holding.details)
    }.sorted { ($0.opened.description, $0.id) < ($1.opened.description, $1.id) }
  }

  private static func id(of source: SourceHolding, _ client: ClientID) -> HoldingID {
    .derived(from: [client.text, "holding", source.key])
  }
}

extension Transaction {
  /// Whether a person's keys were destroyed, so that nothing about them can be read or written.
  fileprivate func isErased(_ client: ClientID) throws -> Bool {
    do {
      _ = try identityRow(client)
      return false
    } catch VaultFault.keyErased {
      return true
    }
  }

  /// Takes the outside key from an erased client, so that another may have it.
  fileprivate func forgetSource(of client: ClientID) throws {
    try connection.execute(
      "UPDATE client SET source_index = NULL WHERE tenant = \(tenant) AND id = \(client)")
  }

  /// The client of a key of an outside system.
  func client(sourceKey: String) throws -> ClientID? {
    let indexes = try vault.blindIndexes(of: Self.look(up: sourceKey), in: clientIndex("source"))
    return try connection.first(
      """
      SELECT id FROM client WHERE tenant = \(tenant)
        AND source_index IN (\(list: indexes.map(\.bytes)))
      """, as: ClientID.self)
  }
}

extension RecordID {
  /// The id that a record of an outside system always gets (RFC 9562, version 8): the digest of
  /// its keys.
  static func derived(from parts: [String]) -> RecordID {
    var message: [UInt8] = []
    for part in parts {
      message += Array("\(part.utf8.count):".utf8) + Array(part.utf8)
    }
    var bytes = Array(Digest.sha256(message).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = Array(Hex.encode(bytes).utf8)
    for place in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: place) }
    return RecordID(trusted: String(decoding: text, as: UTF8.self))
  }
}
