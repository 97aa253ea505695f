package import Quantities
package import Storage
package import Vault

/// The book of business of one institution: its clients, who may see them, and what happened to
/// them.
///
/// Everything else asks the book; only the book asks the store.
package final class Book: Sendable {
  /// The institution, as it stands in every key.
  package let tenant: String
  /// What the book allows and how long things hold.
  package let settings: Settings
  /// The clocks.
  package let clocks: Clocks

  let engine: any Engine
  let vault: Vault
  let ids: IdentifierMaker
  let passwords: Passwords
  let passwordQueue: PasswordQueue
  let cursors: AuthenticationCode
  let flights = Flights()
  let recentFacts = RecentFacts()
  let knownResponses = KnownResponses()
  let recentSessions = RecentSessions()

  /// Opens the book over a store and a vault.
  ///
  /// A writing engine brings the schema up to date; a reading one requires it to be.
  package init(
    tenant: String = "main", engine: any Engine, vault: Vault, clocks: Clocks = .machine,
    settings: Settings = Settings(), readOnly: Bool = false
  ) async throws {
    self.tenant = tenant
    self.engine = engine
    self.vault = vault
    self.clocks = clocks
    self.settings = settings
    ids = IdentifierMaker()
    passwords = try vault.passwords(cost: settings.passwordCost)
    passwordQueue = PasswordQueue(
      running: settings.passwordsRunning, waiting: settings.passwordsWaiting)
    cursors = try vault.authenticationCode(for: "history-cursor")
    if readOnly {
      try await engine.read { tx in try tx.requireMigrated(Schema.migrations) }
    } else {
      try await engine.write { tx in try tx.migrate(Schema.migrations) }
    }
  }

  /// Business time now.
  package var now: Instant { clocks.business() }
  /// The day of business time in UTC: the date of decisions made now.
  package var today: CalendarDate { now.calendarDate }

  /// Runs a body on one snapshot of the store.
  package func read<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await refusing {
      try await engine.read { connection in try body(Transaction(self, connection)) }
    }
  }

  /// The same for a body that looks up a few rows by their keys.
  package func lookUp<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await refusing {
      try await engine.lookUp { connection in try body(Transaction(self, connection)) }
    }
  }

  /// Runs a body in a transaction; its changes are on the disk when this returns.
  @discardableResult
  package func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await refusing {
      try await engine.write { connection in try body(Transaction(self, connection)) }
    }
  }

  /// Turns what amounts to a refusal into one; other errors pass.
  private func refusing<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch {
      throw Refusal(error) ?? error
    }
  }
}

/// A transaction of the book: a connection with the means to open and seal.
///
/// Records about a person are read and written only through an ``Authorized`` value made in the
/// same transaction.
package struct Transaction {
  let connection: any Connection
  let book: Book
  /// Business time at the start of the transaction.
  package let now: Instant

  init(_ book: Book, _ connection: any Connection) {
    self.book = book
    self.connection = connection
    now = book.clocks.business()
  }

  var tenant: String { book.tenant }
  var vault: Vault { book.vault }
  /// The real time, for expiries and delays.
  var realTime: Instant { book.clocks.real() }

  /// A new id that sorts after the earlier ones.
  func newID<Subject>(_ type: RecordID<Subject>.Type = RecordID<Subject>.self) throws
    -> RecordID<Subject>
  {
    RecordID(trusted: try book.ids.next(at: realTime.microseconds))
  }

  /// Seals a value under the key of the person it is about.
  func seal<Value: Sealable>(_ value: Value, at place: Place) throws -> Sealed<Value> {
    try vault.seal(Personal(value), at: place)
  }

  /// Opens a value that was sealed for this place.
  func open<Value: Sealable>(_ sealed: Sealed<Value>, at place: Place) throws -> Value {
    try vault.open(sealed, at: place).expose()
  }

  /// The place of a group of fields of a client's record.
  func place(
    _ client: ClientID, _ table: String, _ column: String, row: String, revision: Int = 1
  ) -> Place {
    place(owner: client.text, table, column, row: row, revision: revision)
  }

  /// The place of a group of fields of anybody's record.
  func place(
    owner: String, _ table: String, _ column: String, row: String, revision: Int = 1
  ) -> Place {
    Place(
      tenant: tenant, client: owner, table: table, column: column, row: row,
      revision: Int64(revision))
  }
}
