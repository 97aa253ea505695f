import Advice
import CRM
import Hummingbird
import JSON
import Vault

/// Decisions about a client, as those of the staff read them who advise the client or must answer
/// for what was decided.
struct ClientDecisionRoutes: Sendable {
  let desk: AdviceDesk

  func mount(on table: RouteTable) {
    let desk = desk
    table.mount(Self.decision, as: StaffContext.self) { call in
      let (decision, consultation) = try await Self.made(call, desk)
      let outcome = try JSONNode.parse(decision.outcome, limits: .file)
      return .json { json in
        json.object { json in
          AdviceRoutes.write(decision, &json)
          json.object("trace") {
            AdviceRoutes.write(traceOf: outcome, consultation, decision, &$0)
          }
        }
      }
    }
    table.mount(Self.exclusions, as: StaffContext.self) { call in
      let page = try ListPart(call.query, limit: AdviceRoutes.pageLength)
      guard let consultation = try await Self.made(call, desk).1 else {
        throw Refusal.conflict(
          code: "editionLost", detail: "What this decision was made under is not kept.")
      }
      let texts = desk.adviser.rules.texts(try call.locale(desk.adviser.rules))
      return await AdviceRoutes.exclusions(consultation, page, texts)
    }
  }

  private static func made(
    _ call: Call<StaffContext>, _ desk: AdviceDesk
  ) async throws -> (StoredDecision, Consultation?) {
    guard let client = ClientID(call.parameter("id")),
      let id = DecisionID(call.parameter("decision"))
    else { throw Refusal.notFound }
    return try await desk.decision(id, about: client, for: call.context.principal)
  }

  private static let decision = Route(
    .get, "/v1/clients/{id}/decisions/{decision}", tag: "Advice",
    "A decision about a client with its trace, for the staff",
    detail: "As the client's own `/v1/decisions/{id}`. Each reading is written to the audit log.",
    answers: AdviceRoutes.decision.answers, problems: AdviceRoutes.decision.problems + [.gone])

  private static let exclusions = Route(
    .get, "/v1/clients/{id}/decisions/{decision}/exclusions", tag: "Advice",
    "Every product that was not offered to a client, with each failing condition, for the staff",
    detail: "Each condition has the rule, its cell, what was read and what is required, beside "
      + "the sentence that the client reads. Each reading is written to the audit log.",
    query: ListPart.parameters(limit: AdviceRoutes.pageLength) + [.locale],
    answers: AdviceRoutes.exclusions.answers, problems: [.gone, .conflict])
}
