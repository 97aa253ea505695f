import Advice
import CRM
import Foundation
import Quantities
import Storage
import Support
import Synchronization
import Testing
import Vault

/// A clock that a test moves.
final class TestClock: Sendable {
  private let time: Mutex<Instant>

  init(_ text: String = "2026-03-01T10:00:00Z") {
    time = Mutex(Instant(rfc3339: text) ?? Instant(microseconds: 0))
  }

  var now: Instant { time.withLock { $0 } }

  func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A book over a store and a key store of its own, for one test.
struct TestBook: ~Copyable {
  let folder: TemporaryFolder
  let engine: SQLiteEngine
  let vault: Vault
  let book: Book
  let clock: TestClock

  init(_ change: (inout Book.Settings) -> Void = { _ in }) async throws {
    var settings = Book.Settings()
    settings.passwordCost = .least
    settings.passwordsWaiting = 10_000
    change(&settings)
    let folder = try TemporaryFolder()
    let clock = TestClock()
    let engine = try SQLiteEngine(path: folder.url.appending(path: "store.db").path)
    let keys = try KeyStore.create(
      at: folder.url.appending(path: "keys").path, root: try RootKey.random())
    let vault = Vault(keys: keys)
    let book = try await Book(
      engine: engine, vault: vault,
      clocks: Clocks(business: { clock.now }, real: { clock.now }), settings: settings)
    self.folder = folder
    self.engine = engine
    self.vault = vault
    self.book = book
    self.clock = clock
  }
}

/// Who the tests act as at the machine itself.
let atMachine = Operator(commandLine: "test")

extension Book {
  /// A client with a login; the password is the login twice.
  func addClient(_ login: String, role: Role = .client) async throws -> ClientID {
    let id = try await add(.named(login), by: atMachine)
    try await addLogin(login, role: role, subject: id.text)
    return id
  }

  /// A broker with a login.
  func addBroker(_ login: String) async throws -> ColleagueID {
    let id = try await add(colleague: login, role: .broker, by: atMachine)
    try await addLogin(login, role: .broker, subject: id.text)
    return id
  }

  func addLogin(_ login: String, role: Role, subject: String) async throws {
    try await addCredential(
      login: Personal(login), password: Personal(login + login), role: role, subject: subject,
      by: atMachine)
  }

  func signIn(_ login: String, password: String? = nil, from address: String = "192.0.2.7")
    async throws -> NewSession
  {
    try await signIn(
      login: Personal(login), password: Personal(password ?? login + login),
      network: Network(address: address), device: "test")
  }

  func client(_ login: String) async throws -> ClientPrincipal {
    guard case .client(let principal) = try await signIn(login).principal else {
      throw Refusal.denied
    }
    return principal
  }

  func policyholder(_ login: String) async throws -> PolicyholderPrincipal {
    guard case .policyholder(let principal) = try await signIn(login).principal else {
      throw Refusal.denied
    }
    return principal
  }

  func broker(_ login: String) async throws -> BrokerPrincipal {
    guard case .broker(let principal) = try await signIn(login).principal else {
      throw Refusal.denied
    }
    return principal
  }
}

extension NewClient {
  static func named(_ name: String) -> NewClient {
    NewClient(
      identity: Identity(givenName: "Test", familyName: name),
      facts: Facts(homeCurrency: .euro))
  }
}

extension Currency {
  static var euro: Currency {
    guard let euro = Currency("EUR") else { preconditionFailure("EUR is in ISO 4217") }
    return euro
  }
}

extension EntryDetails {
  /// A movement of a kind in euro.
  static func movement(_ kind: MovementKind, _ amount: Decimal128) -> EntryDetails {
    var details = EntryDetails()
    details.movement = kind
    details.amount = amount
    details.currency = .euro
    return details
  }
}

extension CalendarDate {
  /// A date of a test.
  static func on(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(iso: text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}
