package import Quantities

/// What is known of a client as a person or a business, without anything that names them: names,
/// addresses and document numbers never reach the rules.
package struct Profile: Sendable, Hashable {
  /// A natural person or a business.
  package var customerKind: CustomerKind
  /// The day of birth; nil for a business or where unknown.
  package var birthDate: CalendarDate?
  /// The country the client lives in, ISO 3166 alpha-2.
  package var residency: String?
  /// The region within the country, in the bank's own codes.
  package var region: String?
  /// The bank's customer segments that the client belongs to.
  package var segments: Set<String>
  /// How the client earns a living.
  package var employment: EmploymentStatus?
  /// How many people the client keeps.
  package var dependants: Int?
  /// Whether the client works for the institution.
  package var isStaff: Bool
  /// The day the relation began.
  package var clientSince: CalendarDate?
  /// A business's turnover a year, in the client's home currency.
  package var yearlyTurnover: Decimal128?
  /// What the law protects people by, such as sex or nationality, by the names of the list of
  /// protected attributes: kept to show that nobody is treated worse for it.
  package var protected: [String: String]

  /// A client of whom only the kind is known.
  package init(customerKind: CustomerKind = .person) {
    self.customerKind = customerKind
    segments = []
    isStaff = false
    protected = [:]
  }

  /// The age in completed years on a date.
  ///
  /// A birthday on 29 February counts from 1 March in common years.
  package func age(on date: CalendarDate) -> Int? {
    guard let birthDate, birthDate <= date else { return nil }
    let years = date.year - birthDate.year
    let reached = (date.month, date.day) >= (birthDate.month, birthDate.day)
    return reached ? years : years - 1
  }
}

/// Whether a client is a natural person or a business.
package enum CustomerKind: String, Sendable, CaseIterable {
  case person, business
}

/// What a client has declared about taking risks, in the terms of MiFID II article 25.
package struct RiskProfile: Sendable, Hashable {
  /// The tolerance from 1 (none) to 7 (speculative).
  package var riskClass: Int?
  /// Knowledge of and experience with investments.
  package var knowledge: Knowledge?
  /// How much of the money may be lost without hardship.
  package var capacityForLoss: CapacityForLoss?
  /// For how many months the money may stay invested.
  package var horizonMonths: Int?
  /// What the money is for.
  package var objectives: Set<Objective>

  /// A profile of which nothing has been declared.
  package init() { objectives = [] }
}

/// One product that a client holds, as the rules see it.
package struct HeldProduct: Sendable, Hashable {
  /// The kind of product.
  package let kind: ProductKind
  /// The catalogue's product, where the contract names one.
  package let product: ProductID?
  /// The currency of the contract.
  package let currency: Currency
  /// What is owed on a loan or lies on a deposit.
  package let balance: Decimal128
  /// The instalment or premium a month.
  package let instalment: Decimal128
  /// The day the contract began.
  package let since: CalendarDate
  /// The day it ends or ended, where one is agreed.
  package let until: CalendarDate?

  /// A contract the client has.
  package init(
    kind: ProductKind, product: ProductID?, currency: Currency, balance: Decimal128,
    instalment: Decimal128, since: CalendarDate, until: CalendarDate?
  ) {
    self.kind = kind
    self.product = product
    self.currency = currency
    self.balance = balance
    self.instalment = instalment
    self.since = since
    self.until = until
  }

  /// Whether the contract is in force on a date.
  package func isHeld(on date: CalendarDate) -> Bool {
    since < date && until.map { $0 >= date } ?? true
  }
}

/// A position in an investor's portfolio.
package struct Position: Sendable, Hashable {
  /// The instrument's code.
  package let instrument: String
  /// Units held.
  package let quantity: Decimal128
  /// The price of one unit.
  package let price: Decimal128
  /// The currency of the price.
  package let currency: Currency
  /// The sensitivity to the index that hedges are written on.
  package let beta: Decimal128
  /// The day of the price.
  package let pricedOn: CalendarDate

  /// A holding of an instrument at a price.
  package init(
    instrument: String, quantity: Decimal128, price: Decimal128, currency: Currency,
    beta: Decimal128, pricedOn: CalendarDate
  ) {
    self.instrument = instrument
    self.quantity = quantity
    self.price = price
    self.currency = currency
    self.beta = beta
    self.pricedOn = pricedOn
  }

  /// Quantity times price.
  package var value: Decimal128 { quantity * price }
}
