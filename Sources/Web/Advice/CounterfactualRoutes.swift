import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON

/// What would have to change for a product that was not offered.
struct CounterfactualRoutes: Sendable {
  let desk: AdviceDesk

  func mount(on table: RouteTable) {
    let desk = desk
    table.mount(Self.counterfactual, as: ClientContext.self) { call in
      let asked = try call.json {
        $0.parsed("product", "the id of a product, \"brand/code\"", { ProductID($0) })
      }
      guard let id = DecisionID(call.parameter("id")) else { throw Refusal.notFound }
      let consultation = try await desk.consultation(on: id, of: call.context.principal)
      guard let product = consultation.product(asked) else {
        throw Refusal.invalid([
          Violation(
            pointer: "/product", code: "unknown",
            detail: "The decision's catalogue has no such product.", position: nil)
        ])
      }
      let facts = try await desk.book.facts(of: call.context.principal)
      let found = try consultation.counterfactual(for: product, since: facts.facts)
      return .json { json in
        json.object {
          found.write(
            &$0, consultation.texts, home: consultation.homeCurrency, forms: consultation.forms)
        }
      }
    }
  }

  private static let counterfactual = Route(
    .post, "/v1/decisions/{id}/counterfactual", tag: "Advice",
    "The fewest changes after which a product fits",
    detail: "Only what you can change is tried: what is asked for, debts, arrears, open answers; "
      + "never age, sex or nationality. A change puts its value in place of what the goal says and "
      + "leaves the rest: another currency leaves the number of the amount as it is; `goal` sets "
      + "`kind` and `kinds`, and only where that is no longer borrowing the purpose goes with it. "
      + "Every value that was tried is listed, each was held against all rules, and asking again "
      + "with the goal that is given brings what is promised, unless what is known of you has "
      + "changed since the decision; what you have accepted since is out of reach. Nothing is "
      + "stored.",
    body: .json(
      .named(
        "CounterfactualQuestion",
        .input("Which product.", [.required("product", .text("Its id, brand/code."))]))),
    answers: [.init(.ok, "What was found.", .named("Counterfactual", answer))],
    problems: [.gone])

  private static let answer = Schema.object(
    "What would have to change.",
    [
      .required("product", .productHead),
      .required(
        "state",
        .choice(
          "Fits as it is, fits with the changes, waits for an answer, or out of reach.",
          Counterfactual.State.allCases.map(\.rawValue))),
      .required("text", .text("The state in words.")),
      .required(
        "changes",
        .list(
          "The fewest changes after which it fits, or after which only answers are missing.",
          .object(
            "",
            [
              .required("lever", .choice("What to change.", Lever.allCases.map(\.rawValue))),
              .optional("question", .text("The question to answer.")),
              .optional("from", .text("What is said now.")),
              .required("to", .text("What to say instead.")),
              .required("text", .text("The change in words.")),
            ]))),
      .required("goal", .any("The goal to ask again with.")),
      .optional(
        "promise",
        .object(
          "What asking again brings.",
          [
            .required(
              "verdict", .choice("Offered, or fits but ranked behind.", ["offered", "excluded"])),
            .required("rank", .integer("Among the products that fit, from 1.")),
            .required("price", .price),
          ])),
      .required(
        "blockers",
        .list(
          "What no change within reach can meet; of what waits for an answer what is open, after "
            + "the changes where there are any.", .reason)),
      .required(
        "grid",
        .list(
          "The values tried.",
          .object(
            "",
            [
              .required("lever", .text("The lever.")),
              .optional("question", .text("The question.")),
              .optional("now", .text("What is said now.")),
              .required("values", .list("The nearest first.", .text("A value."))),
            ]))),
      .required("isExhaustive", .boolean("Whether all combinations were tried.")),
      .required("tried", .integer("How many combinations were tried.")),
    ])
}
