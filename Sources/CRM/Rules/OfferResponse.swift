package import Advice
import JSON
package import Quantities
import Storage

/// What a client said to an offer of a decision.
package struct OfferResponse: Sendable, Hashable {
  /// What was said.
  package enum Answer: String, Sendable, CaseIterable { case accepted, declined }

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
      kind \(.text) NOT NULL, named \(.integer) NOT NULL, seq \(.integer) NOT NULL,
      PRIMARY KEY (tenant, client, decision, product)
    ) \(.clustered)
    """,
    "CREATE UNIQUE INDEX response_seq ON response (tenant, seq)",
  ]
}

extension Transaction {
  /// Stores what a client said to an offer of one of their own decisions; said again, it counts
  /// once.
  ///
  /// - Throws: `Refusal.notFound` for another's decision, `Refusal.invalid` for a product that was
  ///   not offered in it, `Refusal.conflict` when the other answer was given before.
  package func store(
    _ answer: OfferResponse.Answer, to product: ProductID, of id: DecisionID,
    _ access: Authorized<Client>
  ) throws {
    let decision = try decision(access, id)
    let outcome = try JSONNode.parse(decision.outcome, limits: .file)
    let offer = outcome["offers"]?.elements?.first {
      $0["product"]?["id"]?.stringValue == product.description
    }
    guard let kind = offer?["product"]?["kind"]?.stringValue else {
      throw Refusal.invalid([
        Violation(
          pointer: "/product", code: "notOffered",
          detail: "The decision has no offer of this product.", position: nil)
      ])
    }
    let known = try connection.first(
      """
      SELECT answer FROM response WHERE tenant = \(tenant) AND client = \(access.client)
        AND decision = \(id) AND product = \(product.description)
      """, as: String.self)
    if let known {
      guard known == answer.rawValue else {
        throw Refusal.conflict(
          code: "answered", detail: "The offer was \(known) before, and an answer stands.")
      }
      return
    }
    let isNamed = (outcome["needs"]?.elements ?? []).contains { need in
      need["code"]?.stringValue == Need.asked
        && (need["kinds"]?.elements ?? []).contains { $0.stringValue == kind }
    }
    let last = try connection.first(
      "SELECT max(seq) FROM response WHERE tenant = \(tenant)", as: Int?.self)
    try connection.execute(
      """
      INSERT INTO response (tenant, client, decision, product, answer, at, kind, named, seq,
        counted)
      VALUES (\(tenant), \(access.client), \(id), \(product.description), \(answer.rawValue),
        \(now), \(kind), \(isNamed ? 1 : 0), \((last.flatMap { $0 } ?? 0) + 1),
        \(try arbitrationSettings().frozenAt == nil ? 1 : 0))
      """)
    if answer == .accepted { try note(accepted: product, by: access.client) }
    try record(
      .offerAnswered, by: access.actor, about: access.client,
      detail: "\(id.text) \(answer.rawValue)")
  }

  /// What was accepted is not offered again, from this day on.
  private func note(accepted product: ProductID, by client: ClientID) throws {
    let day = now.calendarDate
    try changeFacts(of: client) { facts in
      guard !facts.accepted.contains(where: { $0.product == product }) else { return }
      guard facts.accepted.count < Facts.Limit.accepted else {
        throw Refusal.conflict(
          code: "tooMany", detail: "A client may accept \(Facts.Limit.accepted) offers at most.")
      }
      facts.accepted.append(AcceptedOffer(product: product, on: day))
    }
  }
}

extension Book {
  /// Stores what the client who is signed in said to an offer.
  ///
  /// - Throws: `Refusal.keyReused` when the key named another request.
  package func respond(
    _ answer: OfferResponse.Answer, to product: ProductID, of decision: DecisionID,
    _ principal: ClientPrincipal, request: NamedRequest
  ) async throws {
    _ = try await once(request, for: .client(principal)) { tx in
      try tx.store(answer, to: product, of: decision, tx.authorize(principal))
      return StoredReply(status: 200, body: [])
    }
    _ = try await arbitration()
  }
}
