package import Quantities

/// All that decisions read of a client: who they are, what they did, what they hold and what they
/// said.
///
/// The value is stored sealed, by its digest, with every decision made on it.
package struct Facts: Sendable, Hashable {
  /// The currency that the history and the declared amounts are in.
  package var homeCurrency: Currency
  /// Who the client is, without names.
  package var profile: Profile
  /// The account history, rolled up by month.
  package var history: HistorySummary
  /// The declared attitude to risk.
  package var risk: RiskProfile
  /// Contracts in force and past.
  package var holdings: [HeldProduct]
  /// The investor's positions.
  package var positions: [Position]
  /// Answers to questionnaires by question id, in the text form of the answer.
  package var answers: [String: String]
  /// The version of each form that its answers were given to.
  package var forms: [String: Int]
  /// The offers that the client accepted, which are not made again.
  package var accepted: [AcceptedOffer]

  /// A client of whom nothing but the home currency is known.
  package init(homeCurrency: Currency) {
    self.homeCurrency = homeCurrency
    profile = Profile()
    history = HistorySummary()
    risk = RiskProfile()
    holdings = []
    positions = []
    answers = [:]
    forms = [:]
    accepted = []
  }
}

/// A product that was offered to a client who accepted it.
package struct AcceptedOffer: Sendable, Hashable {
  package let product: ProductID
  /// The day it was accepted, from which on it is not offered.
  package let on: CalendarDate

  /// An offer that was accepted on a day.
  package init(product: ProductID, on: CalendarDate) {
    self.product = product
    self.on = on
  }
}
