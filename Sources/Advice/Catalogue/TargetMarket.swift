/// For whom a product was made and for whom not (MiFID II, article 16(3) and 24(2); IDD, article
/// 25): what suitability is judged against.
package struct TargetMarket: Sendable, Hashable {
  /// The risk class from 1 (lowest) to 7, as in the PRIIPs summary risk indicator.
  package var riskClass = 1
  /// The least knowledge and experience a client must have.
  package var knowledge = Knowledge.nothing
  /// The least capacity for loss a client must have.
  package var capacityForLoss = CapacityForLoss.nothing
  /// The objectives that the product serves; empty for any.
  package var objectives: Choices<Objective> = []
  /// The shortest time for which the money can be bound.
  package var horizonMonthsMinimum: Int?
  /// The objectives of those for whom the product is wrong.
  package var wrongObjectives: Choices<Objective> = []
  /// Who should not be offered the product, in words for staff and clients.
  package var negative: [String] = []

  /// The market of a product that anybody understands and that cannot lose money.
  package init() {}
}
