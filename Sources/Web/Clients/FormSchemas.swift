import Advice
import JSON
import Quantities

extension Questionnaire {
  /// What names the form.
  func writeHead(_ json: inout JSONWriter, _ locale: String) {
    json.member("id", id)
    json.member("version", version)
    json.member("title", title(locale))
    json.member("purpose", purpose(locale))
    json.member("follows", follows)
    json.member("when", when)
    json.member("score", score?.rawValue)
  }

  /// The form with its questions.
  func writeAnswer(_ json: inout JSONWriter, _ locale: String) {
    writeHead(&json, locale)
    json.array("sections") { json in
      for section in sections {
        json.object { json in
          json.member("title", section.title(locale))
          json.member("questions", questions[section.questions].map(\.id))
        }
      }
    }
    json.array("questions") { json in
      for question in questions { json.object { question.writeAnswer(&$0, locale) } }
    }
  }
}

extension Question {
  /// The question with what an answer may be.
  func writeAnswer(_ json: inout JSONWriter, _ locale: String) {
    json.member("id", id)
    json.member("text", text(locale))
    json.member("help", help?(locale))
    json.member("isRequired", isRequired)
    json.member("since", since)
    json.member("when", when)
    switch kind {
    case .choice(let options):
      json.member("type", "choice")
      json.array("options") { json in
        for option in options {
          json.object { json in
            json.member("value", option.value)
            json.member("text", option.text(locale))
          }
        }
      }
    case .number(let range, let digits):
      json.member("type", digits == 0 ? "integer" : "number")
      json.member("min", decimal: range.lowerBound)
      json.member("max", decimal: range.upperBound)
      json.member("digits", digits)
    case .yesNo: json.member("type", "yesNo")
    case .date(let range):
      json.member("type", "date")
      json.member("min", range.lowerBound.description)
      json.member("max", range.upperBound.description)
    }
  }
}

/// The forms of what the questionnaire routes take and give.
enum FormSchemas {
  private static let headFields: [Schema.Field] = [
    .required("id", .text("Its name in addresses.")), .required("version", .integer("Which.")),
    .required("title", .text("What it is called.")), .required("purpose", .text("Why.")),
    .required("follows", .list("The forms that come before it.", .text("An id."))),
    .optional("when", .text("The condition under which it is asked.")),
    .optional(
      "score",
      .choice("What its points become.", Questionnaire.Score.allCases.map(\.rawValue))),
  ]

  static let head = Schema.object("A form.", headFields)

  static let headWithProgress = Schema.object(
    "A form with how far you have come.",
    headFields + [
      .required("isAsked", .boolean("Whether any of its questions is asked.")),
      .required("isComplete", .boolean("Whether nothing is left to answer.")),
      .required("answered", .integer("Questions that have an answer.")),
      .required("asked", .integer("Questions that are asked.")),
      .required("open", .list("Questions that need an answer.", .text("An id."))),
      .required("revision", .integer("Counts up with each change; 0 before the first answer.")),
    ])

  static let question = Schema.named(
    "Question",
    .object(
      "A question.",
      [
        .required("id", .text("The key of its answer.")),
        .required("text", .text("The question.")),
        .optional("help", .text("What helps to answer it.")),
        .required("isRequired", .boolean("Whether it must be answered.")),
        .required("since", .integer("The version in which it took its meaning.")),
        .optional("when", .text("The condition under which it is asked.")),
        .required(
          "type",
          .choice("What an answer is.", ["choice", "number", "integer", "yesNo", "date"])),
        .optional("options", .list("The choices.", .any("A value with its text."))),
        .optional("min", .text("The least number or the first day.")),
        .optional("max", .text("The greatest number or the last day.")),
        .optional("digits", .integer("Digits after the point at most.")),
      ]))

  static let whole = Schema.object(
    "A form with its questions.",
    headFields + [
      .required(
        "sections",
        .list(
          "What is shown together.",
          .object(
            "",
            [
              .required("title", .text("The heading.")),
              .required("questions", .list("In their order.", .text("An id."))),
            ]))),
      .required("questions", .list("In the order they are asked.", question)),
    ])

  static let given = Schema.named(
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
        .optional("version", .integer("The version of the form that was answered.")),
      ]))

  static let set = Schema.object(
    "A client's answers to a form.",
    [
      .required("questionnaire", .text("The form.")),
      .required("version", .integer("The version that was answered.")),
      .required("currentVersion", .integer("The version in force.")),
      .required("revision", .integer("Counts up with each change; 0 before the first answer.")),
      .required("isComplete", .boolean("Whether nothing is left to answer.")),
      .optional("updated", .instant("When it was last changed.")),
      .required("answers", .dictionary("The answers.", .text(""))),
      .required("asked", .list("Questions that are asked, given all answers.", .text(""))),
      .required("open", .list("Questions that need an answer.", .text(""))),
      .required("outdated", .list("Answers to an earlier version not taken over.", .text(""))),
      .required(
        "prefill",
        .dictionary(
          "What we know already, offered as answers.",
          .object(
            "",
            [
              .required("answer", .text("The answer.")),
              .required("source", .text("Where it comes from.")),
            ]))),
    ])
}
