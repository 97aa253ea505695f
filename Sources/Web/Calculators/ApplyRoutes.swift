import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// Carrying a calculation on to advice: which products come closest to it, with reasons.
struct ApplyRoutes: Sendable {
  let desk: AdviceDesk

  func mount(on table: RouteTable) {
    let desk = desk
    table.mount(Self.apply, as: ClientContext.self) { call in
      let principal = call.context.principal
      let id = call.parameter("id")
      guard let calculation = try desk.book.carried(id, by: principal) else {
        throw Problem(.notFound)
      }
      _ = try call.json { _ in true }
      guard let goal = calculation.goal else {
        throw Problem.invalid([
          Violation(
            pointer: "", code: "noGoal", detail: "This calculation asks for no product of ours.")
        ])
      }
      guard
        let request = NamedRequest(
          route: "POST \(call.routePath) \(Digest.sha256(Array(id.utf8)).hex)",
          key: call.idempotencyKey ?? "", body: Digest.sha256(call.body))
      else { throw Problem(.idempotencyKeyMissing) }
      let made = try await desk.recommend(principal, goal, request: request)
      var response = Response.json { json in
        json.object { json in
          json.object("calculation") { json in
            json.member("path", calculation.path)
            json.key("inputs")
            json.node(calculation.inputs)
            json.member("inputsHash", calculation.hash)
            json.member("engineVersion", calculation.engineVersion)
          }
          json.key("recommendation")
          made.begin(&json)
          json.raw(made.outcome)
          json.endObject()
        }
      }
      response.headers[.location] = "/v1/decisions/\(made.id.text)"
      return response
    }
  }

  private static let apply = Route(
    .post, "/v1/calculations/{id}/apply", tag: "Calculators", "Offers for a calculation",
    detail: "A calculation made with a client's session has an id that is good for an hour, on any "
      + "server of the institution: it is the calculation itself, sealed under the client's own "
      + "key, and nothing is kept until it is applied. Inputs of more than "
      + "\(CarriedCalculation.longestInputs) bytes have none. The amount and term become the goal "
      + "of a recommendation, which is stored as a decision.",
    body: .json(.input("Nothing more is needed.", [])), effect: .once,
    answers: [
      .init(
        .ok, "The calculation and the recommendation made of it.",
        .object(
          "The calculation and the recommendation made of it.",
          [
            .required("calculation", .any("Its address, inputs, hash and engine version.")),
            .required("recommendation", .any("As of POST /v1/me/recommendations.")),
          ]))
    ])
}
