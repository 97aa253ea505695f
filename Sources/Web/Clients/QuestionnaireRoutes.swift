import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The forms, and a client's answers to them.
struct QuestionnaireRoutes: Sendable {
  let desk: AdviceDesk
  let shortlists: ShortlistStreams

  func mount(on table: RouteTable) {
    let routes = self
    table.mount(Self.list, as: PublicContext.self) { call in
      let locale = try call.locale(routes.rules)
      return .json { json in
        json.object { json in
          json.array("questionnaires") { json in
            for form in routes.rules.forms.forms { json.object { form.writeHead(&$0, locale) } }
          }
        }
      }
    }
    table.mount(Self.form, as: PublicContext.self) { call in
      let locale = try call.locale(routes.rules)
      let form = try routes.desk.form(call.parameter("id"))
      return .json { json in json.object { form.writeAnswer(&$0, locale) } }
    }
    table.mount(Self.progress, as: ClientContext.self) { call in
      let locale = try call.locale(routes.rules)
      let file = try await routes.file(of: call)
      return .json { json in
        json.object { json in
          json.array("questionnaires") { json in
            for form in routes.rules.forms.forms {
              json.object { json in
                form.writeHead(&json, locale)
                FormProgress(form, file, routes.rules.forms).write(&json)
              }
            }
          }
        }
      }
    }
    table.mount(Self.answers, as: ClientContext.self) { call in
      let form = try routes.desk.form(call.parameter("id"))
      return routes.answer(form, try await routes.file(of: call))
    }
    mountChanges(on: table)
  }

  private func mountChanges(on table: RouteTable) {
    let routes = self
    table.mount(Self.put, as: ClientContext.self) { call in
      try await routes.take(call, replacesAll: true)
    }
    table.mount(Self.patch, as: ClientContext.self) { call in
      try await routes.take(call, replacesAll: false)
    }
  }

  private var rules: RuleBook { desk.adviser.rules }

  private func file(of call: Call<ClientContext>) async throws -> AnswerFile {
    try await desk.book.answerFile(of: call.context.principal, rules.forms)
  }

  private func take(_ call: Call<ClientContext>, replacesAll: Bool) async throws -> Response {
    let form = try desk.form(call.parameter("id"))
    let given = try call.json { GivenAnswers(reading: $0, replacesAll: replacesAll) }
    let changed: (set: AnswerSet, file: AnswerFile)
    do {
      changed = try await desk.book.change(
        given.change, of: call.context.principal, to: form, among: rules.forms)
    } catch Refusal.invalid(let violations) {
      throw Refusal.invalid(
        FormWording.worded(violations, rules.forms, try call.locale(rules)))
    }
    shortlists.publish(changed.file.facts)
    return answer(form, changed.file)
  }

  private func answer(_ form: Questionnaire, _ file: AnswerFile) -> Response {
    let progress = FormProgress(form, file, rules.forms)
    let answers = file.answers(to: form)
    let day = desk.book.today
    return .json { json in
      json.object { json in
        json.member("questionnaire", form.id)
        json.member("version", progress.answeredVersion)
        json.member("currentVersion", form.version)
        json.member("revision", file.revision(of: form))
        json.member("isComplete", progress.isComplete)
        json.member("updated", file.sets[form.id]?.updated?.description)
        json.object("answers") { json in
          for key in answers.keys.sorted() { json.member(key, answers[key]) }
        }
        json.member("asked", progress.asked.map(\.id))
        json.member("open", progress.open.map(\.id))
        json.member("outdated", progress.outdated)
        json.object("prefill") { json in
          for question in progress.asked where answers[question.id] == nil {
            guard let prefill = question.prefill(from: file.facts.facts, on: day) else { continue }
            json.object(question.id) { json in
              json.member("answer", prefill.answer)
              json.member("source", prefill.source.rawValue)
            }
          }
        }
      }
    }
  }
}

/// How far a client has come with a form.
struct FormProgress: Sendable {
  /// The questions that are asked.
  let asked: [Question]
  /// The questions that need an answer and have none.
  let open: [Question]
  /// The version that the answers were given to.
  let answeredVersion: Int
  /// Answers to an earlier version that are no longer taken over.
  let outdated: [String]
  /// How many of the questions asked have an answer or need none from the client.
  let answered: Int
  let revision: Int

  init(_ form: Questionnaire, _ file: AnswerFile, _ forms: FormSet) {
    asked = forms.asked(form, file.counting)
    open = forms.open(form, file.counting)
    answeredVersion = file.sets[form.id]?.formVersion ?? form.version
    let given = Set((file.sets[form.id]?.answers ?? [:]).keys)
    outdated = given.subtracting(file.answers(to: form).keys).sorted()
    answered = asked.count { file.counting[$0.id] != nil }
    revision = file.revision(of: form)
  }

  var isComplete: Bool { open.isEmpty && outdated.isEmpty && !asked.isEmpty }

  func write(_ json: inout JSONWriter) {
    json.member("isAsked", !asked.isEmpty)
    json.member("isComplete", isComplete)
    json.member("answered", answered)
    json.member("asked", asked.count)
    json.member("open", open.map(\.id))
    json.member("revision", revision)
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
  let change: AnswerChange

  init?(reading fields: JSONFields, replacesAll: Bool) {
    let revision = fields.optionalInteger("revision", in: 0...Int(Int32.max))
    let version = fields.optionalInteger("version", in: 1...Questionnaire.Limit.version)
    let given = fields.dictionary("answers", max: Questionnaire.Limit.questions) {
      node, place -> String?? in
      if case .null = node.kind, !replacesAll { return .some(nil) }
      return fields.answer(node, at: place)
    }
    guard let given else { return nil }
    change = AnswerChange(
      Dictionary(given.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
      replacesAll: replacesAll, revision: revision, version: version)
  }
}

extension QuestionnaireRoutes {
  static let list = Route(
    .get, "/v1/questionnaires", tag: "Questionnaires", "The forms",
    detail: "Each form comes after those it follows.", query: [.locale],
    answers: [
      .init(
        .ok, "The forms.",
        .object("", [.required("questionnaires", .list("", FormSchemas.head))]))
    ])

  static let form = Route(
    .get, "/v1/questionnaires/{id}", tag: "Questionnaires", "One form with its questions",
    detail: "A condition is FEEL on the answers to other questions of any form; the question "
      + "`owns-vehicle` stands in it as `owns vehicle`.", query: [.locale],
    answers: [.init(.ok, "The form.", .named("Questionnaire", FormSchemas.whole))])

  static let progress = Route(
    .get, "/v1/me/questionnaires", tag: "Questionnaires", "The forms with how far you have come",
    query: [.locale],
    answers: [
      .init(
        .ok, "The forms.",
        .object(
          "", [.required("questionnaires", .list("", FormSchemas.headWithProgress))]))
    ])

  static let answers = Route(
    .get, "/v1/me/questionnaires/{id}/answers", tag: "Questionnaires", "Your answers to a form",
    detail: "What was answered is there on every device. Answers stay bound to the version of "
      + "the form; of those to an earlier one, the ones whose question means the same are shown, "
      + "and the others are named as outdated.",
    answers: [.init(.ok, "The answers.", .named("Answers", FormSchemas.set))])

  static let put = Route(
    .put, "/v1/me/questionnaires/{id}/answers", tag: "Questionnaires",
    "Replace your answers to a form", detail: rules, body: .json(FormSchemas.given),
    effect: .repeatable,
    answers: [
      .init(.ok, "The answers as they now are.", .named("Answers", FormSchemas.set))
    ],
    problems: [.stale, .conflict])

  static let patch = Route(
    .patch, "/v1/me/questionnaires/{id}/answers", tag: "Questionnaires",
    "Change some answers to a form", detail: "An answer of null is taken back. " + rules,
    body: .json(FormSchemas.given), effect: .repeatable,
    answers: [
      .init(.ok, "The answers as they now are.", .named("Answers", FormSchemas.set))
    ],
    problems: [.stale, .conflict])

  private static let rules =
    "Give the revision that you read to be refused with 409 when the answers have changed since, "
    + "and the version to be refused when the form has. Every answer that does not fit its "
    + "question is named: `unknownQuestion`, `type`, `choice`, `range`, `precision`, `hidden` (the "
    + "question is not asked, given the other answers) or `contradiction`. An answer that is no "
    + "longer asked because of another gives way."
}
