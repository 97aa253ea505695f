package import Advice
package import JSON
package import Quantities

/// One line of the import form: a client, or something that belongs to one.
///
/// `Documentation/Import.md` describes the form.
package enum ClientRecord: Sendable, Hashable {
  /// A client with what names them.
  case client(ImportedClient)
  /// A movement on a client's account.
  case movement(ImportedMovement)
  /// A contract that a client holds.
  case holding(ImportedHolding)
  /// A position in a client's portfolio.
  case position(client: String, Position)

  /// The outside id of the client that the record belongs to.
  package var client: String {
    switch self {
    case .client(let client): client.id
    case .movement(let movement): movement.client
    case .holding(let holding): holding.client
    case .position(let client, _): client
    }
  }

  /// The longest outside id.
  package static let idLength = 80

  /// Reads a record from the fields of an object; nil after what is wrong was recorded.
  package init?(reading fields: JSONFields) {
    guard let kind = fields.choice("record", RecordKind.self) else { return nil }
    switch kind {
    case .client:
      guard let client = ImportedClient(reading: fields) else { return nil }
      self = .client(client)
    case .movement:
      guard let movement = ImportedMovement(reading: fields) else { return nil }
      self = .movement(movement)
    case .holding:
      guard let holding = ImportedHolding(reading: fields) else { return nil }
      self = .holding(holding)
    case .position:
      let client = fields.string("client", maxLength: Self.idLength, pattern: .notBlank)
      let position = Position(reading: fields)
      guard let client, let position else { return nil }
      self = .position(client: client, position)
    }
  }

  /// The kinds of records of the form.
  package enum RecordKind: String, CaseIterable, Sendable {
    case client, movement, holding, position
  }
}

/// A client as an outside system knows them.
package struct ImportedClient: Sendable, Hashable {
  /// The id in the outside system.
  package let id: String
  package let identity: Identity
  package let homeCurrency: Currency
  package let profile: Profile
  package let risk: RiskProfile

  init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: ClientRecord.idLength, pattern: .notBlank)
    let name = fields.string("name", maxLength: Identity.Limit.name, pattern: .notBlank)
    var identity = Identity(
      givenName: fields.optionalString("givenName", maxLength: Identity.Limit.name),
      familyName: name ?? "")
    identity.email = fields.optionalString("email", maxLength: Identity.Limit.email)
    identity.phone = fields.optionalString("phone", maxLength: Identity.Limit.phone)
    identity.document = fields.optionalObject("document") { IdentityDocument(reading: $0) }
    identity.address = fields.optionalObject("address") { PostalAddress(reading: $0) }
    let currency = fields.currency("homeCurrency")
    let risk = RiskProfile(reading: fields)
    guard let profile = Profile(reading: fields), let id, name != nil, let currency else {
      return nil
    }
    self.id = id
    self.identity = identity
    homeCurrency = currency
    self.profile = profile
    self.risk = risk ?? RiskProfile()
  }

  /// The client to be added.
  var newClient: NewClient {
    var facts = Facts(homeCurrency: homeCurrency)
    facts.profile = profile
    facts.risk = risk
    return NewClient(identity: identity, facts: facts)
  }
}

/// A movement as an outside system knows it.
package struct ImportedMovement: Sendable, Hashable {
  /// The client's outside id.
  package let client: String
  /// The movement's id in the outside system; the same id is never counted twice.
  package let id: String
  package let event: HistoryEvent
  /// The currency of the account.
  package let currency: Currency
  /// The text on the statement.
  package let note: String?

  init?(reading fields: JSONFields) {
    let client = fields.string("client", maxLength: ClientRecord.idLength, pattern: .notBlank)
    let id = fields.string("id", maxLength: ClientRecord.idLength, pattern: .notBlank)
    let date = fields.date("date")
    let kind = fields.choice("kind", MovementKind.self)
    let amount = fields.decimal("amount", in: 0...1_000_000_000_000)
    let balance = fields.optionalDecimal(
      "balance", in: -1_000_000_000_000...1_000_000_000_000)
    let currency = fields.currency("currency")
    note = fields.optionalString("note", maxLength: 400)
    guard let client, let id, let date, let kind, let amount, let currency else { return nil }
    self.currency = currency
    self.client = client
    self.id = id
    event = HistoryEvent(date: date, kind: kind, amount: amount, balance: balance)
  }
}

/// A contract as an outside system knows it.
package struct ImportedHolding: Sendable, Hashable {
  /// The client's outside id.
  package let client: String
  /// The contract's id in the outside system.
  package let id: String
  package let holding: HeldProduct

  init?(reading fields: JSONFields) {
    let client = fields.string("client", maxLength: ClientRecord.idLength, pattern: .notBlank)
    let id = fields.string("id", maxLength: ClientRecord.idLength, pattern: .notBlank)
    let holding = HeldProduct(reading: fields)
    guard let client, let id, let holding else { return nil }
    self.client = client
    self.id = id
    self.holding = holding
  }
}
