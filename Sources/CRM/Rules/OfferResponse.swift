package import Quantities
import Storage

/// What a client said to an offer of a decision.
package struct OfferResponse: Sendable, Hashable {
  /// What was said.
  package enum Answer: String, Sendable, CaseIterable { case shown, accepted, declined }

  package let client: ClientID
  package let decision: DecisionID
  /// The product's id.
  package let product: String
  package let answer: Answer
  /// When it was said first.
  package let at: Instant

  static let schema: [SQL] = [
    """
    CREATE TABLE response (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, decision \(.text) NOT NULL,
      product \(.text) NOT NULL, answer \(.text) NOT NULL, at \(.integer) NOT NULL,
      PRIMARY KEY (tenant, client, decision, product, answer)
    ) \(.clustered)
    """
  ]
}

extension Transaction {
  /// Stores what a client said to an offer of one of their own decisions; said again, it counts
  /// once.
  package func store(
    _ answer: OfferResponse.Answer, to product: String, of decision: DecisionID,
    _ access: Authorized<Client>
  ) throws {
    try connection.execute(
      """
      INSERT INTO response (tenant, client, decision, product, answer, at)
      VALUES (\(tenant), \(access.client), \(decision), \(product), \(answer.rawValue), \(now))
      ON CONFLICT (tenant, client, decision, product, answer) DO NOTHING
      """)
    try record(
      .offerAnswered, by: access.actor, about: access.client,
      detail: "\(decision.text) \(answer.rawValue)")
  }
}
