import Advice
import CRM
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Quantities
import Storage
import Support
import Vault

@testable import Web

/// A whole house on a temporary store: the real rules and products, a client, another client, a
/// policyholder, a broker with a mandate of the first client, and one of the staff; a third client
/// answers forms.
final class House: Sendable {
  let book: Book
  let desk: AdviceDesk
  let client: ClientID
  let other: ClientID
  let broker: ColleagueID
  let claim: ClaimID
  let otherClaim: ClaimID
  private let engine: SQLiteEngine

  /// The house that tests share; it lives as long as they do.
  static let shared = Task { try await House() }

  static let day = "2026-03-01T10:00:00Z"

  init() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "steward-web-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var settings = Book.Settings()
    settings.passwordCost = .least
    settings.passwordsWaiting = 1_000
    settings.freeAttemptsPerAccount = 1_000
    settings.freeAttemptsPerNetwork = 1_000
    guard let now = Instant(rfc3339: Self.day) else { throw Refusal.notFound }
    engine = try SQLiteEngine(path: folder.appending(path: "store.db").path)
    let keys = try KeyStore.create(
      at: folder.appending(path: "keys").path, root: try RootKey.random())
    book = try await Book(
      engine: engine, vault: Vault(keys: keys), clocks: .frozen(at: now), settings: settings)
    desk = try await AdviceDesk(book: book, home: ProjectFolder.root)
    client = try await Self.addClient("anna", "Anna", "Dvořáková", to: book)
    other = try await Self.addClient("ivan", "Ivan", "Petrov", to: book)
    _ = try await Self.addClient("mila", "Mila", "Rusu", to: book)
    broker = try await book.add(colleague: "Bruno Broker", role: .broker, by: atMachine)
    let staff = try await book.add(colleague: "Stella Staff", role: .staff, by: atMachine)
    try await Self.addLogin("bruno", role: .broker, subject: broker.text, to: book)
    try await Self.addLogin("stella", role: .staff, subject: staff.text, to: book)
    try await book.give(.ruleOwner, to: staff, by: atMachine)
    for (login, isOwner) in [("rita", true), ("otto", false)] {
      let id = try await book.add(colleague: login, role: .staff, by: atMachine)
      try await Self.addLogin(login, role: .staff, subject: id.text, to: book)
      if isOwner { try await book.give(.ruleOwner, to: id, by: atMachine) }
    }
    try await Self.addLogin("petra", role: .policyholder, subject: client.text, to: book)
    try await book.giveMandate(of: client, to: broker, since: book.today, by: atMachine)
    claim = try await Self.addClaim(to: client, in: book)
    otherClaim = try await Self.addClaim(to: other, in: book)
    try await Self.addHoldings(to: client, in: book)
  }

  /// The server over this house.
  func server(limits: WebLimits = WebLimits()) throws -> WebServer {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return try WebServer(
      WebParts(desk: desk), settings: WebSettings(port: 0, limits: limits), logger: logger)
  }

  /// A bearer token of a login, whose password is the login twice.
  func token(_ login: String) async throws -> String {
    try await book.signIn(
      login: Personal(login), password: Personal(login + login),
      network: Network(address: "192.0.2.7"), device: "test"
    ).token.text
  }

  /// A client as they are signed in.
  func ownClient(_ login: String) async throws -> ClientPrincipal {
    let session = try await book.signIn(
      login: Personal(login), password: Personal(login + login),
      network: Network(address: "192.0.2.7"), device: "test")
    guard case .client(let principal) = session.principal else { throw Refusal.denied }
    return principal
  }

  private static func addClient(
    _ login: String, _ given: String, _ family: String, to book: Book
  ) async throws -> ClientID {
    var facts = Facts(homeCurrency: .euro)
    facts.profile.birthDate = CalendarDate(iso: "1985-06-01")
    facts.profile.residency = "CZ"
    facts.profile.employment = .employed
    let identity = Identity(givenName: given, familyName: family)
    let id = try await book.add(NewClient(identity: identity, facts: facts), by: atMachine)
    try await addLogin(login, role: .client, subject: id.text, to: book)
    for month in 1...12 {
      var details = EntryDetails()
      details.movement = .salary
      details.amount = 3_200
      details.currency = .euro
      details.text = "Salary"
      guard let at = Instant(rfc3339: "2025-\(month < 10 ? "0" : "")\(month)-15T08:00:00Z") else {
        continue
      }
      try await book.add(to: id, by: atMachine, at: at, kind: .movement, details: details)
    }
    return id
  }

  private static func addLogin(
    _ login: String, role: CRM.Role, subject: String, to book: Book
  ) async throws {
    try await book.addCredential(
      login: Personal(login), password: Personal(login + login), role: role, subject: subject,
      by: atMachine)
  }

  private static func addClaim(to client: ClientID, in book: Book) async throws -> ClaimID {
    guard let opened = CalendarDate(iso: "2025-01-01"), let due = CalendarDate(iso: "2026-03-10")
    else { throw Refusal.notFound }
    var policy = HoldingDetails(title: "Home Contents")
    policy.number = "HC-1"
    policy.productKind = .contents
    policy.instalment = Decimal128("11.50")
    let id = try await book.add(
      NewHolding(kind: .policy, currency: .euro, opened: opened, details: policy), to: client,
      by: atMachine)
    var details = ClaimDetails(
      number: "CL-1", event: "Storm damage", occurred: opened, currency: .euro)
    details.asked = 4_200
    return try await book.report(
      of: client, under: id, details: details, due: due, note: "By telephone", by: atMachine)
  }

  private static func addHoldings(to client: ClientID, in book: Book) async throws {
    guard let opened = CalendarDate(iso: "2024-01-01") else { throw Refusal.notFound }
    var account = HoldingDetails(title: "Everyday account")
    account.productKind = .currentAccount
    account.balance = Decimal128("18210.55")
    try await book.add(
      NewHolding(kind: .account, currency: .euro, opened: opened, details: account), to: client,
      by: atMachine)
    var loan = HoldingDetails(title: "Car loan")
    loan.productKind = .carLoan
    loan.balance = 4_000
    loan.instalment = 210
    try await book.add(
      NewHolding(kind: .loan, currency: .euro, opened: opened, details: loan), to: client,
      by: atMachine)
  }
}

/// Who the tests act as at the machine itself.
let atMachine = Operator(commandLine: "test")

/// The server over the shared house.
func bareServer(limits: WebLimits = WebLimits()) async throws -> WebServer {
  try await House.shared.value.server(limits: limits)
}

extension Currency {
  static var euro: Currency {
    guard let euro = Currency("EUR") else { preconditionFailure("EUR is in ISO 4217") }
    return euro
  }
}

extension TestResponse {
  /// The body as text.
  var text: String { String(buffer: body) }
}
