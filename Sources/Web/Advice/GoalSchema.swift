import Advice
import Quantities

extension AdviceRoutes {
  /// A goal as a request says it.
  static let goal = Schema.input(
    "What a client wants to do.",
    [
      .required(
        "kind",
        .choice(
          "What; `any` takes amounts, terms and kinds from the needs that the rules find, and an "
            + "amount beside it only for what has just happened.",
          GoalKind.allCases.map(\.rawValue))),
      .optional("amount", .decimal("The amount; needed to borrow or save.")),
      .optional("currency", .currency),
      .optional(
        "termMonths", .integer("For how many months; needed to borrow or save.", 1...1_200)),
      .optional("purpose", .choice("What a loan is for.", LoanPurpose.allCases.map(\.rawValue))),
      .optional("securityValue", .decimal("The value of what secures a loan.")),
      .optional(
        "kinds",
        .list("The kinds asked for.", .choice("A kind.", ProductKind.allCases.map(\.rawValue)))),
      .optional("limit", .integer("Offers at most; 10.", 1...Goal.greatestLimit)),
      .optional(
        "locale",
        .text(
          "The language of the reasons: one that there is, else 422; by Accept-Language without.",
          maxLength: 12)),
      .optional("assuming", assumptions),
      .optional(
        "context",
        Schema.input(
          "What the advice is an answer to, beside the goal.",
          [
            .required(
              "event",
              .choice(
                "What has just happened; it may bring needs of its own.",
                ClientEvent.allCases.map(\.rawValue)))
          ])),
    ])

  private static let assumptions = Schema.input(
    "What you would do first; the answer tells what would follow.",
    [
      .optional(
        "instalmentsRepaid",
        .decimal("Instalments a month of debts repaid, in the currency of your accounts.")),
      .optional("arrearsSettled", .boolean("Whether all arrears are paid.")),
      .optional(
        "answers",
        .dictionary(
          "Answers by the question's id; the offers are those that recording them would bring.",
          .oneOf("", [.text("A text."), .decimal("A number."), .boolean("Yes or no.")]))),
    ])
}
