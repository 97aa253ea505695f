package import Advice
package import JSON
package import Quantities
import Storage
import Vault

/// Something that a client has with the institution: an account, a contract, a position.
package struct Holding: Sendable, Hashable {
  /// The id of the holding.
  package let id: HoldingID
  /// What it is.
  package let kind: HoldingKind
  /// The currency of its amounts.
  package let currency: Currency?
  /// The first day.
  package let opened: CalendarDate
  /// The day it ends or ended.
  package let closed: CalendarDate?
  /// Counts up with each change.
  package let revision: Int
  /// What is agreed and how it stands.
  package let details: HoldingDetails

  /// The contract as rules read it; nil for a position.
  var contract: HeldProduct? {
    guard let productKind = details.productKind, let currency else { return nil }
    return HeldProduct(
      kind: productKind, product: details.product, currency: currency,
      balance: details.balance ?? 0, instalment: details.instalment ?? 0, since: opened,
      until: closed)
  }

  /// The position as rules read it; nil for a contract.
  var position: Position? { details.position }
}

/// What a holding is.
package enum HoldingKind: String, Sendable, CaseIterable, Storable {
  case account, loan, card, deposit, policy, position
}

/// A holding to be added.
package struct NewHolding: Sendable, Hashable {
  /// What it is.
  package var kind: HoldingKind
  /// The currency of its amounts.
  package var currency: Currency?
  /// The first day.
  package var opened: CalendarDate
  /// The day it ends, where one is agreed.
  package var closed: CalendarDate?
  /// What is agreed and how it stands.
  package var details: HoldingDetails

  /// A holding to be added.
  package init(
    kind: HoldingKind, currency: Currency?, opened: CalendarDate, closed: CalendarDate? = nil,
    details: HoldingDetails
  ) {
    self.kind = kind
    self.currency = currency
    self.opened = opened
    self.closed = closed
    self.details = details
  }
}

/// What is agreed and how it stands; sealed as one group.
package struct HoldingDetails: SealedRecord, Hashable {
  /// What the client calls it or what the contract says it is.
  package var title: String
  /// The number of the account, card or policy.
  package var number: String?
  /// What kind of product it is, for the rules.
  package var productKind: ProductKind?
  /// The product of the catalogue, where the contract names one.
  package var product: ProductID?
  /// What is owed on a loan or lies on an account or deposit.
  package var balance: Decimal128?
  /// The instalment or premium a month.
  package var instalment: Decimal128?
  /// The credit limit, or the sum insured.
  package var limit: Decimal128?
  /// What the insured bears of each claim.
  package var deductible: Decimal128?
  /// What or who is insured, or what secures the loan.
  package var object: String?
  /// When the next instalment or premium is due.
  package var nextDue: CalendarDate?
  /// Whether the premium or instalment last due was paid.
  package var isPaid: Bool?
  /// A position in a portfolio.
  package var position: Position?

  /// Details of which only the title is known.
  package init(title: String) { self.title = title }

  /// Limits of the texts, in bytes of UTF-8.
  package enum Limit {
    /// A title.
    package static let title = 200
    /// The number of an account, card or policy.
    package static let number = 64
    /// What is insured.
    package static let object = 400
  }

  package func write(_ writer: inout JSONWriter) {
    writer.member("balance", decimal: balance)
    writer.member("deductible", decimal: deductible)
    writer.member("instalment", decimal: instalment)
    writer.member("isPaid", isPaid)
    writer.member("limit", decimal: limit)
    writer.member("nextDue", nextDue?.description)
    writer.member("number", number)
    writer.member("object", object)
    if let position {
      writer.object("position") { writer in
        writer.member("beta", decimal: position.beta)
        writer.member("currency", position.currency.code)
        writer.member("instrument", position.instrument)
        writer.member("price", decimal: position.price)
        writer.member("pricedOn", position.pricedOn.description)
        writer.member("quantity", decimal: position.quantity)
      }
    }
    writer.member("product", product?.description)
    writer.member("productKind", productKind?.rawValue)
    writer.member("title", title)
  }

  package init?(reading fields: JSONFields) {
    let title = fields.string("title", maxLength: Limit.title)
    balance = fields.optionalDecimal("balance")
    deductible = fields.optionalDecimal("deductible")
    instalment = fields.optionalDecimal("instalment")
    isPaid = fields.optionalBoolean("isPaid")
    limit = fields.optionalDecimal("limit")
    nextDue = fields.optionalDate("nextDue")
    number = fields.optionalString("number", maxLength: Limit.number)
    object = fields.optionalString("object", maxLength: Limit.object)
    position = fields.optionalObject("position") { Position(reading: $0) }
    product = fields.optionalParsed("product", "a product id: brand/code") { ProductID($0) }
    productKind = fields.optionalChoice("productKind", ProductKind.self)
    guard let title else { return nil }
    self.title = title
  }
}
