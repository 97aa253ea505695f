import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Vault

/// What clients say to offers, and what the ranking makes of it.
struct ResponseRoutes: Sendable {
  let desk: AdviceDesk

  func mount(on table: RouteTable) {
    let book = desk.book
    table.mount(Self.respond, as: ClientContext.self) { call in
      let said = try call.json { OfferAnswer(reading: $0) }
      guard let id = DecisionID(call.parameter("id")) else { throw Refusal.notFound }
      guard
        let request = NamedRequest(
          route: "POST \(call.routePath) \(id.text)", key: call.idempotencyKey ?? "",
          body: Digest.sha256(call.body))
      else { throw Problem(.idempotencyKeyMissing) }
      try await book.respond(
        said.answer, to: said.product, of: id, call.context.principal, request: request)
      return .json { json in
        json.object { json in
          json.member("decision", id.text)
          json.member("product", said.product.description)
          json.member("answer", said.answer.rawValue)
        }
      }
    }
    table.mount(Self.read, as: StaffContext.self) { _ in
      let (arbitration, settings) = try await book.arbitration()
      return .json { json in json.object { Self.write(arbitration, settings, &$0) } }
    }
    table.mount(Self.change, as: StaffContext.self) { call in
      let asked = try call.json { ArbitrationChange(reading: $0) }
      try await book.changeArbitration(
        isFrozen: asked.isFrozen, off: asked.off, by: call.context.principal)
      let (arbitration, settings) = try await book.arbitration()
      return .json { json in json.object { Self.write(arbitration, settings, &$0) } }
    }
  }

  private static func write(
    _ arbitration: Arbitration, _ settings: ArbitrationSettings, _ json: inout JSONWriter
  ) {
    json.member("frozen", settings.frozenAt != nil)
    json.member("learned", arbitration.learned)
    json.member("off", arbitration.offNames)
    json.array("responses") { json in
      let sorted = arbitration.responses.sorted {
        ($0.key.kind.rawValue, $0.key.isNamed ? 1 : 0)
          < ($1.key.kind.rawValue, $1.key.isNamed ? 1 : 0)
      }
      for (audience, responses) in sorted {
        json.object { json in
          json.member("accepted", responses.accepted)
          json.member("answered", responses.answered)
          json.member("kind", audience.kind.rawValue)
          json.member("named", audience.isNamed)
        }
      }
    }
  }

  private static let respond = Route(
    .post, "/v1/decisions/{id}/responses", tag: "Advice", "Accept or decline an offer",
    detail: "The answer counts once for each offer. The ranking learns from the answers to each "
      + "kind of product, unless learning is frozen.",
    body: .json(
      .named(
        "OfferAnswer",
        .input(
          "What is said to which offer.",
          [
            .required("product", .text("The id of an offered product, brand/code.")),
            .required(
              "answer", .choice("What.", OfferResponse.Answer.allCases.map(\.rawValue))),
          ]))), effect: .once,
    answers: [
      .init(
        .ok, "The answer that stands.",
        .object(
          "",
          [
            .required("decision", .text("The decision's id.")),
            .required("product", .text("The product's id.")),
            .required("answer", .text("The answer.")),
          ]))
    ])

  private static let read = Route(
    .get, "/v1/arbitration", tag: "Rules", "What the ranking has learned, and its switches",
    answers: [.init(.ok, "As it is now.", .named("Arbitration", state))])

  private static let change = Route(
    .put, "/v1/arbitration", tag: "Rules", "Freeze learning or switch factors of the formula",
    detail: "For rule owners. A factor that is off is 1 for every product; decisions made before "
      + "replay as they were made.",
    body: .json(
      .named(
        "ArbitrationChange",
        .input(
          "The switches.",
          [
            .required("frozen", .boolean("Whether new answers are not learned from.")),
            .required("off", .list("The factors that are off.", factor)),
          ]))), effect: .repeatable,
    answers: [.init(.ok, "As it is now.", .named("Arbitration", state))])

  private static let factor = Schema.choice(
    "A factor of P · C · V · L.", Arbitration.Factor.allCases.map(\.rawValue))

  private static let state = Schema.object(
    "What ranking reads beside the rules.",
    [
      .required("frozen", .boolean("Whether learning has stopped.")),
      .required("learned", .integer("The number of the last answer learned from.")),
      .required("off", .list("The factors that are off.", factor)),
      .required(
        "responses",
        .list(
          "The answers by kind of product.",
          .object(
            "",
            [
              .required("accepted", .integer("Offers accepted.")),
              .required("answered", .integer("Offers accepted or declined.")),
              .required("kind", .text("The kind of product.")),
              .required("named", .boolean("Whether the client had asked for the line.")),
            ]))),
    ])
}

/// What a client says to an offer.
private struct OfferAnswer {
  let product: ProductID
  let answer: OfferResponse.Answer

  init?(reading fields: JSONFields) {
    let product = fields.parsed("product", "the id of a product, brand/code") { ProductID($0) }
    let answer = fields.choice("answer", OfferResponse.Answer.self)
    guard let product, let answer else { return nil }
    self.product = product
    self.answer = answer
  }
}

/// The switches of the ranking as they shall be.
private struct ArbitrationChange {
  let isFrozen: Bool
  let off: Set<Arbitration.Factor>

  init?(reading fields: JSONFields) {
    let isFrozen = fields.boolean("frozen")
    let names = fields.optionalStrings("off", max: Arbitration.Factor.allCases.count, maxLength: 1)
    if names == nil, !fields.has("off") {
      fields.report("off", "required", "Name the factors that are off, or an empty list.")
    }
    let off = (names ?? []).compactMap(Arbitration.Factor.init(rawValue:))
    if off.count != names?.count ?? 0 {
      fields.report("off", "choice", "The factors are P, C, V and L.")
    }
    guard let isFrozen else { return nil }
    self.isFrozen = isFrozen
    self.off = Set(off)
  }
}
