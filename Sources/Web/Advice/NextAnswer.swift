import Advice
import CRM
import JSON
import Quantities

/// The questions to ask next, as answers have them.
struct NextAnswer: Sendable {
  private let desk: AdviceDesk

  init(_ desk: AdviceDesk) { self.desk = desk }

  /// What is worth asking a client for a goal.
  func questions(
    _ facts: Facts, _ goal: Goal, limit: Int
  ) -> NextQuestions {
    desk.adviser.nextQuestions(
      facts, for: goal, on: desk.book.today, limit: limit,
      arbitration: desk.book.latestArbitration)
  }

  /// Writes the member that says what is worth asking next.
  func members(
    after goal: Goal, for principal: ClientPrincipal, limit: Int
  ) async throws -> (inout JSONWriter) -> Void {
    let facts = try await desk.book.facts(of: principal)
    let next = questions(facts.facts, goal, limit: limit)
    return { json in json.object("next") { write(next, goal.locale, &$0) } }
  }

  func write(_ next: NextQuestions, _ locale: String, _ json: inout JSONWriter) {
    let forms = desk.adviser.rules.forms
    json.member("nextQuestion", next.questions.first?.id)
    json.member("isProven", next.isProven)
    json.array("fields") { json in
      for field in next.fields { json.object(field.write) }
    }
    json.array("questions") { json in
      for suggestion in next.questions {
        json.object { json in
          json.member("form", suggestion.form)
          json.member("products", suggestion.products)
          json.object("question") { json in
            forms.question(suggestion.id)?.writeAnswer(&json, locale)
          }
          guard let witness = suggestion.witness else { return }
          json.object("changes") { json in
            json.object("others") { json in
              for key in witness.others.keys.sorted() { json.member(key, witness.others[key]) }
            }
            json.member("from", witness.first)
            json.member("to", witness.second)
          }
        }
      }
    }
  }

  /// A question that products wait for.
  static let openQuestion = Schema.named(
    "OpenQuestion",
    .object(
      "A question that products wait for.",
      [
        .optional(
          "field", .text("The field of the goal that answers it, where no form asks it.")),
        .required("id", .text("The question.")),
        .required("products", .integer("How many wait.")),
      ]))

  static let schema = Schema.named(
    "NextQuestions",
    .object(
      "Questions whose answers can still change the offers.",
      [
        .optional("nextQuestion", .text("The one to ask first; absent when none matters.")),
        .required(
          "isProven",
          .boolean(
            "Whether each question has two answers that lead to different offers, or, where there "
              + "is none, every completion was gone through and leaves the offers as they are.")),
        .required(
          "fields",
          .list(
            "What the goal itself leaves open and no form asks: name it in the goal.",
            openQuestion)),
        .required(
          "questions",
          .list(
            "The most telling first.",
            .object(
              "",
              [
                .required("form", .text("The form that asks it.")),
                .required("products", .integer("How many products wait for it.")),
                .required("question", FormSchemas.question),
                .optional(
                  "changes",
                  .object(
                    "Two answers that lead to different offers.",
                    [
                      .required(
                        "others",
                        .dictionary("The other answers under which they do.", .text(""))),
                      .optional("from", .text("The one; absent for no answer.")),
                      .required("to", .text("The other.")),
                    ])),
              ]))),
      ]))
}
