import Advice
import CRM
import Quantities
import Support
import Testing
import Vault

/// Texts about a person that must be nowhere in the clear, one for each field they are planted in.
struct Markers {
  let givenName = "Žofie-Ąęłńóśźż"
  let familyName = "Растеряева"
  let email = "zofie.marker@example.cz"
  let phone = "+420601987654"
  let document = "AB7654321Q"
  let street = "Nábřeží Kpt. Jaroše 73"
  let town = "Přerov-Čekyně"
  let counterparty = "Gospodarstwo Wiśniewski"
  let note = "Заметка о клиенте"
  let account = "CZ6508000000192000145399"
  let object = "Vila u Hřbitova 12"
  let claimNumber = "SCHADEN-88121"
  let story = "Die Scheune brannte völlig ab"
  let step = "Zeuge: Jürgen Öztürk"
  let answer = "4711.99"
  let outcome = "Zofie gets an offer"
  let broker = "Дмитрий Страховщиков"
  let login = "zofie.login.marker"
  let device = "Žofiin telefon"
  let reply = "Dear Žofie Растеряева"

  var all: [String] {
    Mirror(reflecting: self).children.compactMap { $0.value as? String }
  }

  var identity: Identity {
    var identity = Identity(givenName: givenName, familyName: familyName)
    identity.email = email
    identity.phone = phone
    identity.document = IdentityDocument(country: "CZ", kind: "passport", number: document)
    identity.address = PostalAddress(
      lines: [street], postalCode: "750 02", town: town, country: "CZ")
    return identity
  }

  var form: Questionnaire {
    get throws {
      try Questionnaire(
        json: Array(
          """
          {"id": "income", "version": 1, "title": "Income", "purpose": "Affordability",
           "questions": [{"id": "monthly", "text": "A month?", "type": "number",
           "min": 0, "max": 100000}]}
          """.utf8))
    }
  }
}

/// One client's whole dealing with the institution: every function of the book is called once, with
/// the markers in every field that can hold something personal.
struct Life {
  let book: Book
  let clock: TestClock
  let markers = Markers()

  func run() async throws {
    let form = try markers.form
    let id = try await book.add(
      NewClient(identity: markers.identity, facts: Facts(homeCurrency: .euro)), by: atMachine)
    let login = Personal(markers.login)
    try await book.addCredential(
      login: login, password: login, role: .client, subject: id.text, by: atMachine)
    let session = try await book.signIn(
      login: login, password: login, network: Network(address: "192.0.2.1"),
      device: markers.device)
    guard case .client(let client) = try await book.principal(of: session.token) else { return }
    try await addHistory(id)
    _ = try await book.history(of: client, limit: 1)
    let policy = try await addHoldings(id)
    try await claim(id, client, policy)
    let forms = try FormSet([form])
    _ = try await book.put(
      ["monthly": markers.answer], of: client, to: form, among: forms, revision: 0)
    _ = try await book.answers(of: client, to: form)
    _ = try await book.answerFile(of: client, forms)
    _ = try await book.change(
      AnswerChange(["monthly": .some(markers.answer)]), of: client, to: form, among: forms)
    try await decide(client, session.principal)
    try await mandate(id, client)
    try await importAndFind()
    _ = try await book.sessions(of: session.principal)
    clock.advance(seconds: 120)
    _ = try await book.principal(of: session.token)
    let other = try await book.signIn(
      login: login, password: login, network: Network(address: "192.0.2.1"), device: "other")
    try await book.end(other.principal.session.id, of: session.principal)
    try await book.signOut(session.token)
    _ = try? await book.signIn(
      login: login, password: Personal("wrong"), network: Network(address: "192.0.2.1"),
      device: markers.device)
    _ = try await book.setDisabled(true, login: login, by: atMachine)
    _ = try await book.forgetOldReplies()
    _ = try await book.hasCredentials()
    _ = try await book.verifyAudit()
  }

  private func addHistory(_ id: ClientID) async throws {
    for kind in [MovementKind.salary, .cardPayment] {
      var details = EntryDetails.movement(kind, 10)
      details.counterparty = markers.counterparty
      details.text = markers.note
      details.outcome = markers.note
      try await book.add(
        to: id, by: atMachine, at: clock.now, kind: .movement, channel: .app, details: details)
    }
  }

  private func addHoldings(_ id: ClientID) async throws -> HoldingID {
    var details = HoldingDetails(title: "Home of \(markers.familyName)")
    details.number = markers.account
    details.object = markers.object
    details.productKind = .property
    let policy = try await book.add(
      NewHolding(kind: .policy, currency: .euro, opened: .on("2025-01-01"), details: details),
      to: id, by: atMachine)
    try await book.write { [details] tx in
      let access = try tx.authorize(atMachine, for: id)
      try tx.change(access, holding: policy, revision: 1, closed: nil, details: details)
      try tx.change(access, identity: markers.identity, revision: 1)
    }
    return policy
  }

  private func claim(
    _ id: ClientID, _ client: ClientPrincipal, _ policy: HoldingID
  ) async throws {
    var details = ClaimDetails(
      number: markers.claimNumber, event: "fire", occurred: .on("2026-02-02"), currency: .euro)
    details.description = markers.story
    let claim = try await book.report(
      of: id, under: policy, details: details, due: .on("2026-04-01"), note: markers.step,
      by: atMachine)
    details.rejection = markers.story
    try await book.move(
      claim, of: id, revision: 1, to: .assessed, by: .assessor, due: nil, note: markers.step,
      details: details, as: atMachine)
    _ = try await book.claims(of: client)
    _ = try await book.claim(claim, of: client)
    _ = try await book.policies(of: client)
    _ = try await book.holdings(of: client)
  }

  private func decide(_ client: ClientPrincipal, _ principal: Principal) async throws {
    let facts = try await book.facts(of: client)
    let outcome = Array(markers.outcome.utf8)
    let basis = DecisionBasis(day: book.today, rules: "r", catalogue: "c", goal: outcome)
    let id = try await book.save(outcome, on: facts, basis: basis, for: client).id
    _ = try await book.decision(id, of: client)
    _ = try await book.read { tx in try tx.decisions(tx.authorize(client), limit: 5) }
    try await book.forEachDecision(for: atMachine) { _, _ in }
    let request = try #require(
      NamedRequest(route: "POST /v1/me/recommendations", key: "k", body: Digest.sha256("b")))
    let reply = StoredReply(status: 201, body: Array(markers.reply.utf8))
    for _ in 0..<2 { _ = try await book.once(request, for: principal) { _ in reply } }
  }

  private func mandate(_ id: ClientID, _ client: ClientPrincipal) async throws {
    let broker = try await book.add(colleague: markers.broker, role: .broker, by: atMachine)
    try await book.addLogin("broker", role: .broker, subject: broker.text)
    try await book.giveMandate(of: id, to: broker, since: .on("2026-01-01"), by: atMachine)
    let principal = try await book.broker("broker")
    let day = book.today
    _ = try await book.clients(of: principal)
    _ = try await book.read { tx in try tx.facts(tx.authorize(principal, for: id, on: day)) }
    _ = try await book.read { tx in try tx.mandates(tx.authorize(client)) }
    try await book.write { tx in
      try tx.end(
        tx.authorize(client), mandateOf: broker, after: .on("2026-12-31"))
    }
    try await book.endMandate(of: id, to: broker, by: atMachine)
  }

  private func importAndFind() async throws {
    var new = NewClient(identity: markers.identity, facts: Facts(homeCurrency: .euro))
    new.identity.document = nil
    new.facts.answers = ["text": markers.note]
    var change = ClientChange(sourceKey: markers.account, client: new)
    var details = EntryDetails.movement(.salary, 5)
    details.text = markers.note
    change.entries = [
      SourceEntry(key: "1", at: clock.now, kind: .movement, details: details)
    ]
    for _ in 0..<2 { try await book.take([change], by: atMachine) }
    try await book.read { tx in
      for value in [
        LookUpValue.email(Personal(markers.email)), .phone(Personal(markers.phone)),
        .document(country: "CZ", kind: "passport", number: Personal(markers.document)),
      ] {
        let found = try tx.clients(for: atMachine, with: value)
        #expect(!found.isEmpty)
      }
    }
    try await book.forEachClient(for: atMachine) { _ in }
    let body = ProductBody(brand: "b", code: "c", body: [1])
    _ = try await book.take(
      [body], from: "own", asOf: book.today, report: "{}", by: atMachine)
    _ = try await book.products(from: "own")
    _ = try await book.products(from: "own", on: book.today)
    try await book.set("demo", to: "yes", by: atMachine)
    _ = try await book.setting("demo")
  }
}
