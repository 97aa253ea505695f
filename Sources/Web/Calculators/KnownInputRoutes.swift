import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON

/// What calculators can be prefilled with from a client's own record.
struct KnownInputRoutes: Sendable {
  let book: Book

  func mount(on table: RouteTable) {
    let book = book
    table.mount(Self.known, as: ClientContext.self) { call in
      let known = try await book.knownInputs(of: call.context.principal)
      return .json { json in
        json.object { json in
          json.array("calculators") { json in
            for calculator in Calculators.all {
              let inputs = known.inputs(of: calculator)
              guard !inputs.isEmpty else { continue }
              json.object { json in
                json.member("path", "/v1/calculators/\(calculator.path)")
                json.array("inputs") { json in
                  for input in inputs { json.object { input.write(&$0) } }
                }
              }
            }
          }
        }
      }
    }
  }

  private static let known = Route(
    .get, "/v1/me/calculators", tag: "Calculators", "Your calculators, filled in from your record",
    detail: "What is known of the client for each calculator's inputs, and where it is known from.",
    answers: [
      .init(
        .ok, "The calculators that something is known for.",
        .object(
          "The calculators that something is known for.",
          [
            .required(
              "calculators",
              .list(
                "One for each address.",
                .object(
                  "",
                  [
                    .required("path", .text("Its address.")),
                    .required("inputs", .list("What is known.", KnownInputs.Input.schema)),
                  ])))
          ]))
    ])
}

extension Book {
  /// What is known of a client's calculators today.
  func knownInputs(of principal: ClientPrincipal) async throws -> KnownInputs {
    let facts = try await read { tx in try tx.facts(tx.authorize(principal)) }
    return KnownInputs(facts.facts, on: today)
  }
}

extension KnownInputs.Input {
  static let schema = Schema.object(
    "An input that is known.",
    [
      .required("name", .text("The input's name.")), .required("value", .any("Its value.")),
      .required("source", .text("Where it is known from: history, holdings, positions, profile.")),
    ])

  func write(_ json: inout JSONWriter) {
    json.member("name", name)
    json.key("value")
    json.value(value)
    json.member("source", source.rawValue)
  }
}

extension KnownInputs {
  /// What is known of a calculator's inputs beside those that were given.
  func inputs(of calculator: Calculator, beside given: JSONNode) -> [Input] {
    inputs(of: calculator).filter { given[$0.name] == nil }
  }
}

extension JSONNode {
  /// An object with known inputs beside its own members.
  func adding(_ inputs: [KnownInputs.Input]) throws -> JSONNode {
    guard !inputs.isEmpty, case .object(var members) = JSONValue(self) else { return self }
    for input in inputs { members[input.name] = input.value }
    return try JSONNode.parse(JSONValue.object(members).canonicalBytes)
  }
}
