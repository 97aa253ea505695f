package import Quantities

/// What a product costs and earns.
package struct Charges: Sendable, Hashable {
  /// The rates, in the order in which the offerer lists them.
  package var rates: [RateBand] = []
  /// The fees, in the order in which the offerer lists them.
  package var fees: [Fee] = []

  /// No rates and no fees.
  package init() {}
}

/// One fee.
package struct Fee: Sendable, Hashable {
  /// What it is called.
  package var name = ""
  /// On what occasion it is charged.
  package var occasion = FeeOccasion.event
  /// A sum in ``currency``.
  package var amount: Decimal128?
  /// A fraction of ``shareOf``: 0.01 is 1 %.
  package var share: Decimal128?
  /// What ``share`` is a fraction of.
  package var shareOf: FeeMeasure?
  /// The least that a share comes to, in ``currency``.
  package var minimum: Decimal128?
  /// The most that a share comes to, in ``currency``.
  package var maximum: Decimal128?
  /// The currency, where it is not the product's.
  package var currency: Currency?
  /// Every how many months a periodic fee is charged: 1 monthly, 12 yearly.
  package var everyMonths: Int?
  /// The fee is charged to every client who takes the product, so it belongs into its price; other
  /// fees are shown as conditions.
  package var isPartOfPrice = false
  /// Some clients pay less on conditions of their own.
  package var isDiscountable = false
  /// More about the fee in the offerer's words.
  package var note: String?

  /// A fee without a name, to be filled in.
  package init() {}

  /// A sum charged on an occasion.
  package init(
    _ name: String, _ occasion: FeeOccasion, amount: Decimal128, everyMonths: Int? = nil
  ) {
    self.name = name
    self.occasion = occasion
    self.amount = amount
    self.everyMonths = everyMonths
    isPartOfPrice = occasion == .upfront || occasion == .periodic
  }
}

/// When a fee is charged.
///
/// New occasions go at the end.
package enum FeeOccasion: String, Sendable, CaseIterable {
  /// At the start.
  case upfront
  /// Every so many months.
  case periodic
  /// At the end, or on an early end.
  case exit
  /// When something happens.
  case event
  case transaction, withdrawal, payment, deposit, purchase
  /// Told in each case.
  case variable
}

/// What a fee may be a fraction of.
///
/// New ones go at the end.
package enum FeeMeasure: String, Sendable, CaseIterable {
  /// The amount lent, placed or insured.
  case amount
  /// The balance at the time.
  case balance
  /// The sum of the transaction.
  case transaction
  /// The interest that has accrued.
  case accruedInterest
}
