package import Quantities

/// One product of the catalogue: what it is, who may have it, what it costs and for whom it was
/// made.
///
/// A value of its own, valid for a span of days.
package struct Product: Sendable, Hashable, Identifiable {
  /// Which product.
  package var id = ProductID(brand: "", code: "")
  /// What it is called.
  package var name = ""
  /// The brand's name for people.
  package var brandName = ""
  /// What it is in a sentence or two.
  package var summary = ""
  /// What it is in the words of the market.
  package var kind = ProductKind.personalLoan
  /// The currency of all its sums.
  package var currency = Currency.undecided
  /// The first day on which it is offered; nil since ever.
  package var effectiveFrom: CalendarDate?
  /// The last day on which it is offered; nil until further notice.
  package var effectiveTo: CalendarDate?
  /// Persons, businesses or both.
  package var audience = Audience.person
  /// Where it may be taken out; empty everywhere.
  package var channels: Choices<SalesChannel> = []
  /// The price is agreed with each client, and what stands here is where talks begin.
  package var isTailored = false
  /// Who may have it and for how much.
  package var terms = Terms()
  /// What it costs and earns.
  package var charges = Charges()
  /// What the client confirms.
  package var conditions: [ShownCondition] = []
  /// For whom it was made; nil where nobody says.
  package var targetMarket: TargetMarket?
  /// How the premium comes about; insurance only.
  package var tariff: Tariff?
  /// What the hedge is made of; hedges only.
  package var hedge: HedgeTerms?
  /// The digest of the text that the product was read from, where it came from outside: a source
  /// that changes anything gives a new version, also where none of our fields shows it.
  package var sourceDigest: String?

  /// A product without anything, to be filled in.
  package init() {}

  /// The trade it belongs to.
  package var line: ProductLine { kind.line }

  /// Whether it is offered on a day.
  package func isOffered(on date: CalendarDate) -> Bool {
    if let effectiveFrom, date < effectiveFrom { return false }
    if let effectiveTo, date > effectiveTo { return false }
    return true
  }
}

extension Currency {
  /// What stands in a record until its own currency is read; no record keeps it.
  package static let undecided: Currency = {
    guard let first = Currency.all.first else { preconditionFailure("ISO 4217 lists currencies") }
    return first
  }()
}
