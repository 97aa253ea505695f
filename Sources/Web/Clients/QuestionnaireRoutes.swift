import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The forms, and a client's answers to them.
struct QuestionnaireRoutes: Sendable {
  let desk: AdviceDesk

  func mount(on table: RouteTable) {
    let (book, desk) = (desk.book, desk)
    table.mount(Self.list, as: PublicContext.self) { _ in
      .json { json in
        json.object { json in
          json.array("questionnaires") { json in
            for form in desk.adviser.rules.questionnaires {
              json.object { json in
                json.member("id", form.id)
                json.member("version", form.version)
                json.member("title", form.title)
                json.member("purpose", form.purpose)
              }
            }
          }
        }
      }
    }
    table.mount(Self.form, as: PublicContext.self) { call in
      let form = try desk.form(call.parameter("id"))
      return .json { $0.object(form.writeAnswer) }
    }
    table.mount(Self.answers, as: ClientContext.self) { call in
      let form = try desk.form(call.parameter("id"))
      let answers = try await book.answers(of: call.context.principal, to: form)
      return .json { json in json.object { Self.write(answers, form, &$0) } }
    }
    table.mount(Self.put, as: ClientContext.self) { call in
      let form = try desk.form(call.parameter("id"))
      let given = try call.json { GivenAnswers(reading: $0) }
      let principal = call.context.principal
      let answers = try await book.write { tx in
        let access = tx.authorize(principal)
        let revision = try given.revision ?? tx.answers(access, to: form).revision
        return try tx.put(access, answers: given.answers, to: form, revision: revision)
      }
      return .json { json in json.object { Self.write(answers, form, &$0) } }
    }
  }

  private static func write(
    _ set: AnswerSet, _ form: Questionnaire, _ json: inout JSONWriter
  ) {
    json.member("questionnaire", set.questionnaire)
    json.member("version", set.formVersion)
    json.member("revision", set.revision)
    json.member("isComplete", set.isComplete)
    json.member("updated", set.updated?.description)
    json.object("answers") { json in
      for key in set.answers.keys.sorted() { json.member(key, set.answers[key]) }
    }
    json.member("open", form.open(set.answers).map(\.id))
  }
}

extension AdviceDesk {
  /// A form of the rules in force.
  func form(_ id: String) throws(Problem) -> Questionnaire {
    guard let form = adviser.rules.questionnaire(id) else { throw Problem(.notFound) }
    return form
  }
}

/// Answers as a program sends them: texts, numbers and booleans, by question.
struct GivenAnswers: Sendable {
  let answers: [String: String]
  /// The revision that was read; nil to replace whatever is there.
  let revision: Int?

  init?(reading fields: JSONFields) {
    revision = fields.optionalInteger("revision", in: 0...Int(Int32.max))
    let given = fields.dictionary("answers", max: Questionnaire.Limit.questions) {
      node, place -> String? in
      switch node.kind {
      case .string(let text) where text.utf8.count <= Questionnaire.Limit.answer: return text
      case .number(let text): return text
      case .boolean(let value): return value ? "true" : "false"
      default:
        fields.report(
          node, at: place, "type",
          "An answer must be a text of at most \(Questionnaire.Limit.answer) bytes, a number, "
            + "true or false.")
        return nil
      }
    }
    guard let given else { return nil }
    answers = Dictionary(given.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Questionnaire {
  func writeAnswer(_ json: inout JSONWriter) {
    json.member("id", id)
    json.member("version", version)
    json.member("title", title)
    json.member("purpose", purpose)
    json.array("questions") { json in
      for question in questions {
        json.object { json in
          json.member("id", question.id)
          json.member("text", question.text)
          json.member("isRequired", question.isRequired)
          question.kind.writeAnswer(&json)
        }
      }
    }
  }
}

extension Question.Kind {
  fileprivate func writeAnswer(_ json: inout JSONWriter) {
    switch self {
    case .choice(let options):
      json.member("type", "choice")
      json.array("options") { json in
        for option in options {
          json.object { json in
            json.member("value", option.value)
            json.member("text", option.text)
          }
        }
      }
    case .number(let range):
      json.member("type", "number")
      json.member("min", decimal: range.lowerBound)
      json.member("max", decimal: range.upperBound)
    case .yesNo: json.member("type", "yesNo")
    case .date: json.member("type", "date")
    }
  }
}

extension QuestionnaireRoutes {
  static let list = Route(
    .get, "/v1/questionnaires", tag: "Questionnaires", "The forms",
    answers: [
      .init(.ok, "The forms.", .object("", [.required("questionnaires", .list("", head))]))
    ])

  static let form = Route(
    .get, "/v1/questionnaires/{id}", tag: "Questionnaires", "One form with its questions",
    answers: [.init(.ok, "The form.", .named("Questionnaire", whole))])

  static let answers = Route(
    .get, "/v1/me/questionnaires/{id}/answers", tag: "Questionnaires", "Your answers to a form",
    answers: [.init(.ok, "The answers.", .named("Answers", set))])

  static let put = Route(
    .put, "/v1/me/questionnaires/{id}/answers", tag: "Questionnaires",
    "Replace your answers to a form",
    detail: "Give the revision that you read to be refused with 409 when the answers have "
      + "changed since. Every answer that does not fit its question is named.",
    body: .json(
      .named(
        "GivenAnswers",
        .input(
          "Answers by question.",
          [
            .required(
              "answers",
              .dictionary(
                "The answers.",
                .oneOf("", [.text("A text."), .decimal("A number."), .boolean("Yes or no.")]))),
            .optional("revision", .integer("The revision that was read.")),
          ]))), effect: .repeatable,
    answers: [.init(.ok, "The answers as they now are.", .named("Answers", set))],
    problems: [.stale])

  private static let head = Schema.object(
    "A form.",
    [
      .required("id", .text("Its name in addresses.")), .required("version", .integer("Which.")),
      .required("title", .text("What it is called.")), .required("purpose", .text("Why.")),
    ])

  private static let whole = Schema.object(
    "A form with its questions.",
    [
      .required("id", .text("Its name in addresses.")), .required("version", .integer("Which.")),
      .required("title", .text("What it is called.")), .required("purpose", .text("Why.")),
      .required(
        "questions",
        .list(
          "In the order they are asked.",
          .object(
            "",
            [
              .required("id", .text("The key of its answer.")),
              .required("text", .text("The question.")),
              .required("isRequired", .boolean("Whether it must be answered.")),
              .required(
                "type", .choice("What an answer is.", ["choice", "number", "yesNo", "date"])),
              .optional("options", .list("The choices.", .any("A value with its text."))),
              .optional("min", .decimal("The least number.")),
              .optional("max", .decimal("The greatest number.")),
            ]))),
    ])

  private static let set = Schema.object(
    "A client's answers to a form.",
    [
      .required("questionnaire", .text("The form.")), .required("version", .integer("Which.")),
      .required("revision", .integer("Counts up with each change; 0 before the first answer.")),
      .required("isComplete", .boolean("Whether every required question has an answer.")),
      .optional("updated", .instant("When it was last changed.")),
      .required("answers", .dictionary("The answers.", .text(""))),
      .required("open", .list("Questions that need an answer.", .text(""))),
    ])
}
