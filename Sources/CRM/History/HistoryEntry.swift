package import Advice
package import JSON
package import Quantities
import Storage
import Vault

/// One entry of a client's history: what happened, when, and over which channel.
package struct HistoryEntry: Sendable, Hashable {
  /// The id of the entry.
  package let id: EntryID
  /// When it happened.
  package let at: Instant
  /// What it is about.
  package let kind: EntryKind
  /// How the client and the institution met.
  package let channel: Channel?
  /// What is said about it.
  package let details: EntryDetails

  /// An entry.
  package init(
    id: EntryID, at: Instant, kind: EntryKind, channel: Channel?, details: EntryDetails
  ) {
    self.id = id
    self.at = at
    self.kind = kind
    self.channel = channel
    self.details = details
  }
}

/// What an entry of the history is about.
package enum EntryKind: String, Sendable, CaseIterable, Storable {
  case movement, order, bill, contact, visit, call, letter, message, claim, campaign, application
}

/// How the client and the institution met.
package enum Channel: String, Sendable, CaseIterable, Storable {
  case branch, web, app, phone, email, letter, broker, machine
}

/// What is said about an entry; sealed as one group.
package struct EntryDetails: SealedRecord, Hashable {
  /// What a movement on an account was for; nil for anything else.
  package var movement: MovementKind?
  /// The amount, never negative; the movement tells the direction.
  package var amount: Decimal128?
  /// The currency of amount and balance.
  package var currency: Currency?
  /// The account's balance after a movement, where the bank gives it.
  package var balance: Decimal128?
  /// The account, policy or other holding it is about.
  package var holding: HoldingID?
  /// Who was paid or who paid.
  package var counterparty: String?
  /// In words.
  package var text: String?
  /// What came of it.
  package var outcome: String?

  /// Limits of the texts, in bytes of UTF-8.
  package enum Limit {
    /// The name of who was paid.
    package static let counterparty = 200
    /// A text.
    package static let text = 2_000
  }

  /// Details of which nothing is known.
  package init() {}

  package func write(_ writer: inout JSONWriter) {
    writer.member("amount", decimal: amount)
    writer.member("balance", decimal: balance)
    writer.member("counterparty", counterparty)
    writer.member("currency", currency?.code)
    writer.member("holding", holding?.text)
    writer.member("movement", movement?.rawValue)
    writer.member("outcome", outcome)
    writer.member("text", text)
  }

  package init?(reading fields: JSONFields) {
    amount = fields.optionalDecimal("amount")
    balance = fields.optionalDecimal("balance")
    counterparty = fields.optionalString("counterparty", maxLength: Limit.counterparty)
    currency = fields.optionalCurrency("currency")
    holding = fields.optionalParsed("holding", "an id") { HoldingID($0) }
    movement = fields.optionalChoice("movement", MovementKind.self)
    outcome = fields.optionalString("outcome", maxLength: Limit.text)
    text = fields.optionalString("text", maxLength: Limit.text)
  }
}

extension HistoryEntry {
  /// The movement as the roll-ups read it; nil for entries that are none, or in another currency
  /// than the client's home currency.
  func event(homeCurrency: Currency) -> HistoryEvent? {
    guard kind == .movement, let movement = details.movement, let amount = details.amount,
      details.currency == homeCurrency
    else { return nil }
    return HistoryEvent(
      date: at.calendarDate, kind: movement, amount: amount, balance: details.balance)
  }
}
