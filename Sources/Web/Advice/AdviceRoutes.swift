import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// Recommendations and the decisions they become.
struct AdviceRoutes: Sendable {
  let desk: AdviceDesk

  /// Exclusions of a page at most.
  static let pageLength = 1_000

  func mount(on table: RouteTable) {
    let desk = desk
    table.mount(Self.recommend, as: ClientContext.self) { call in
      let goal = try Self.goal(call, desk.adviser.rules)
      let asked = try call.query.integer("questions", in: 0...Self.nextCount) ?? 0
      let asOf = try call.query.date("asOf")
      let made = try await Self.worded(goal, desk.adviser.rules) {
        try await desk.recommend(
          call.context.principal, goal, asOf: asOf, request: Self.request(call, asOf))
      }
      var next: (inout JSONWriter) -> Void = { _ in }
      if asked > 0 {
        next = try await NextAnswer(desk)
          .members(after: goal, for: call.context.principal, limit: asked)
      }
      var response = Self.answer(made, next)
      response.headers[.location] = "/v1/decisions/\(made.id.text)"
      return response
    }
    table.mount(Self.advise, as: StaffContext.self) { call in
      let goal = try Self.goal(call, desk.adviser.rules)
      let asOf = try call.query.date("asOf")
      guard let client = ClientID(call.parameter("id")) else { throw Refusal.notFound }
      let made = try await Self.worded(goal, desk.adviser.rules) {
        try await desk.recommend(
          call.context.principal, for: client, goal, asOf: asOf,
          request: Self.request(call, asOf, client.text))
      }
      return Self.answer(made)
    }
    table.mount(Self.decision, as: ClientContext.self) { call in
      guard let id = DecisionID(call.parameter("id")) else { throw Refusal.notFound }
      let principal = call.context.principal
      let decision = try await desk.book.decision(id, of: principal)
      let outcome = try JSONNode.parse(decision.outcome, limits: .file)
      let made = try? await desk.consultation(on: id, of: principal)
      return .json { json in
        json.object { json in
          Self.write(decision, &json)
          json.object("trace") { Self.write(traceOf: outcome, made, decision, &$0) }
        }
      }
    }
    table.mount(Self.exclusions, as: ClientContext.self) { call in
      let page = try ListPart(call.query, limit: Self.pageLength)
      guard let id = DecisionID(call.parameter("id")) else { throw Refusal.notFound }
      let consultation = try await desk.consultation(on: id, of: call.context.principal)
      let rules = desk.adviser.rules
      let locale = try call.locale(rules, or: consultation.goal.locale)
      return await Self.exclusions(consultation, page, rules.texts(locale))
    }
  }

  /// A decision, with more members before its outcome.
  private static func answer(
    _ made: Recommendation, _ more: (inout JSONWriter) -> Void = { _ in }
  ) -> Response {
    var json = JSONWriter()
    made.begin(&json, more)
    return .json(head: json, last: made.outcome)
  }

  /// What is wrong with assumed answers, in the goal's language.
  private static func worded<Answer>(
    _ goal: Goal, _ rules: RuleBook, _ body: () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await body()
    } catch Refusal.invalid(let violations) where !goal.assuming.answers.isEmpty {
      let locale = rules.locale(goal.locale) ?? RuleBook.usualLocale
      throw Refusal.invalid(FormWording.worded(violations, rules.forms, locale))
    }
  }

  /// The request by its name; it is another one for another day or another client.
  private static func request<Context>(
    _ call: Call<Context>, _ asOf: CalendarDate?, _ client: String = ""
  ) throws -> NamedRequest {
    let whole = call.body + Array((asOf.map { " asOf \($0)" } ?? "").utf8) + Array(client.utf8)
    guard
      let request = NamedRequest(
        route: "POST \(call.routePath)", key: call.idempotencyKey ?? "",
        body: Digest.sha256(whole))
    else { throw Problem(.idempotencyKeyMissing) }
    return request
  }

  /// The goal of a request, worded in a language that there is: the one it names, else the one
  /// that the request wants.
  private static func goal<Context>(
    _ call: Call<Context>, _ rules: RuleBook
  ) throws -> Goal {
    var (goal, isNamed) = try call.json { fields -> (Goal, Bool)? in
      let isNamed = fields.has("locale")
      return Goal(reading: fields).map { ($0, isNamed) }
    }
    goal.locale = try RequestLocale.of(
      call.head.headerFields, named: isNamed ? goal.locale : nil, field: "/locale", rules)
    return goal
  }

  static func write(_ decision: StoredDecision, _ json: inout JSONWriter) {
    json.object("decision") { json in
      json.member("id", decision.id.text)
      json.member("at", decision.at.description)
    }
    json.object("basis") { json in
      json.member("day", decision.basis.day.description)
      json.member("rules", decision.basis.rules)
      json.member("catalogue", decision.basis.catalogue)
      json.member("facts", decision.factsDigest.hex)
      json.member("engine", decision.basis.engine)
    }
    json.key("outcome")
    json.raw(decision.outcome)
  }

  /// How an outcome came about: the rules that were hit, and each offer's conditions with the
  /// values they were held against.
  ///
  /// - Parameter made: the decision made again; nil where its editions are not kept, and then the
  ///   values it rests on are left out.
  static func write(
    traceOf outcome: JSONNode, _ made: Consultation?, _ decision: StoredDecision,
    _ json: inout JSONWriter
  ) {
    let offers = outcome["offers"]?.elements ?? []
    let found =
      (outcome["needs"]?.elements ?? []) + offers.flatMap { $0["reasons"]?.elements ?? [] }
    let hit = made.map { made in made.offers.map { made.rulesHit(for: $0) } } ?? []
    let rules = Set(found.compactMap { $0["rule"]?.stringValue } + hit.joined())
    json.member("rules", rules.sorted())
    json.array("offers") { json in
      let all = made?.offers.map(Optional.some) ?? offers.map { _ in nil }
      for (index, (offer, ranked)) in zip(offers, all).enumerated() {
        json.object { json in
          for key in ["rank", "priority", "factors"] {
            guard let node = offer[key] else { continue }
            json.key(key)
            json.node(node)
          }
          json.member("product", offer["product"]?["id"]?.stringValue)
          json.array("conditions") { json in
            for reason in offer["reasons"]?.elements ?? [] { json.node(reason) }
          }
          guard let made, let ranked else { return }
          json.member("rules", hit[index])
          json.array("values") { json in
            for value in made.basis(of: ranked) {
              json.object { json in
                json.member("name", value.name)
                json.member("share", decimal: value.share)
                json.member("source", value.source.rawValue)
                json.member("value", value.value)
              }
            }
          }
        }
      }
    }
    json.member("exclusions", "/v1/decisions/\(decision.id.text)/exclusions")
  }

  /// Exclusions for which a processor of its own is worth while.
  private static let exclusionsOfPart = 100

  /// A page of what was not offered; a long one is worked out on several processors.
  static func exclusions(
    _ consultation: Consultation, _ page: ListPart, _ texts: Texts
  ) async -> Response {
    let total = consultation.exclusionCount
    let asked = page.from..<max(page.from, min(total, page.from + page.limit))
    let list = consultation.exclusionList
    let parts = await asked.concurrentParts(least: exclusionsOfPart) {
      list.json(of: $0, texts)
    }
    var head = JSONWriter()
    head.beginObject()
    head.member("total", total)
    head.member("from", page.from)
    head.key("items")
    return .json(head: head, elements: parts)
  }
}

extension AdviceRoutes {
  static let recommend = Route(
    .post, "/v1/me/recommendations", tag: "Advice", "Ranked offers for a goal, with reasons",
    detail: "Every product of the catalogue is held against what is known of you. The answer is "
      + "stored as a decision and counts the products that were not offered by the tier they "
      + "failed; the same facts, rules, catalogue, day and goal give the same outcome bytes. With "
      + "`questions` the answer also has `next`: questions whose answers can change the offers.",
    query: [
      .init(
        "asOf",
        .date("Decide for this day, by the rules and the catalogue in force on it; today.")),
      .init("questions", .integer("Questions to ask next at most; none without.", 0...nextCount)),
    ],
    body: .json(.named("Goal", goal)), effect: .once,
    answers: [.init(.ok, "The decision.", .named("Decision", decisionSchema))])

  static let advise = Route(
    .post, "/v1/clients/{id}/recommendations", tag: "Advice",
    "Ranked offers for a client whom you advise",
    detail: "As `/v1/me/recommendations`, by one of the staff; the decision is the client's, who "
      + "sees it among theirs. Each reading is written to the audit log.",
    query: [
      .init(
        "asOf",
        .date("Decide for this day, by the rules and the catalogue in force on it; today."))
    ],
    body: .json(.named("Goal", goal)), effect: .once,
    answers: [.init(.ok, "The decision.", .named("Decision", decisionSchema))],
    problems: [.gone])

  static let decision = Route(
    .get, "/v1/decisions/{id}", tag: "Advice", "A decision with its trace",
    answers: [
      .init(
        .ok, "The decision.",
        .object(
          "",
          [
            .required("decision", identity),
            .required(
              "basis",
              .object(
                "What it was made from; with these it can be made again.",
                [
                  .required("day", .date("The day it was made for.")),
                  .required("rules", .text("The digest of the rules.")),
                  .required("catalogue", .text("The edition of the catalogue.")),
                  .required("facts", .text("The digest of the facts.")),
                  .required(
                    "engine", .text("The version of the reasoning; empty where none was stored.")),
                ])),
            .required("outcome", outcome),
            .required("trace", trace),
          ]))
    ])

  static let exclusions = Route(
    .get, "/v1/decisions/{id}/exclusions", tag: "Advice",
    "Every product that was not offered, with each failing condition",
    query: ListPart.parameters(limit: pageLength) + [.locale],
    answers: [
      .init(
        .ok, "A page.",
        .page(
          "Products that were not offered, by id.",
          of: .object(
            "",
            [
              .required("product", .productHead),
              .required("verdict", .choice("What was found.", ["excluded", "undecided"])),
              .optional(
                "tier", .choice("The first failing tier.", Tier.allCases.map(\.rawValue))),
              .required("reasons", .list("Every failing or open condition.", .reason)),
            ])))
    ], problems: [.gone])

  private static let trace = Schema.object(
    "How it came about.",
    [
      .required("rules", .list("The rules that were hit.", .text("File and rule."))),
      .required(
        "offers",
        .list(
          "In the order of the outcome.",
          .object(
            "",
            [
              .required("rank", .integer("From 1.")),
              .required("priority", .decimal("P · C · V · L.")),
              .required("factors", .any("The factors of the priority.")),
              .required("product", .text("The product's id.")),
              .required("conditions", .list("Each with the values it was held against.", .reason)),
              .optional(
                "rules", .list("The rules that were hit for this offer.", .text("File and rule."))),
              .optional("values", .list("Every value that the offer rests on.", readValue)),
            ]))),
      .required("exclusions", .text("Where every other product stands.")),
    ])

  private static let readValue = Schema.object(
    "A value that was read; another value of the client cannot change the offer.",
    [
      .required("name", .text("The input's name.")),
      .optional("value", .text("The value; not there when unknown.")),
      .required("source", .text("Where it came from.")),
      .required("share", .decimal("Its part in the priority, 0 to 1.")),
    ])

  private static let identity = Schema.object(
    "Which decision.",
    [.required("id", .text("Its id.")), .required("at", .instant("When it was made."))])

  /// Questions to ask next that one answer may hold.
  static let nextCount = 20

  private static let decisionSchema = Schema.object(
    "A stored decision.",
    [
      .required("decision", identity), .required("outcome", outcome),
      .optional("next", NextAnswer.schema),
    ])

  private static let disclosure = Schema.object(
    "A figure that must be shown.",
    [
      .required("name", .text("What the figure is.")),
      .required("kind", .choice("Its form.", ["money", "percent", "count", "date", "text"])),
      .required("value", .any("The figure.")),
    ])

  private static let outcome = Schema.named(
    "Outcome",
    .object(
      "What the client is told, as canonical JSON.",
      [
        .required("date", .date("The day of the decision.")),
        .required("goal", .any("The goal as it was read.")),
        .required("catalogue", .any("The catalogue's edition and date.")),
        .required("rules", .any("The rules' digest and date.")),
        .required(
          "counts",
          .object(
            "The catalogue by verdict; exclusions by the first failing tier.",
            [
              .required("total", .integer("All products.")),
              .required("offered", .integer("Offered.")),
              .required("undecided", .integer("Open, since something is not known.")),
              .required("eligibility", .integer("Not for this client by law or terms.")),
              .required("applicability", .integer("Not what is needed now.")),
              .required("suitability", .integer("Not suitable or not affordable.")),
              .required("arbitration", .integer("Fits, but others were ranked before.")),
            ])),
        .required("needs", .list("What the advice answers.", .any("A need."))),
        .required(
          "offers",
          .list(
            "Best first.",
            .object(
              "",
              [
                .required("rank", .integer("From 1.")), .required("product", .productHead),
                .required("price", .price),
                .required("priority", .decimal("P · C · V · L.")),
                .required("factors", .any("The factors of the priority.")),
                .required("reasons", .list("Why.", .reason)),
                .required(
                  "disclosures", .list("What the law wants shown beside it.", disclosure)),
                .required("conditions", .list("What the client confirms.", .any("A condition."))),
              ]), max: Goal.greatestLimit)),
        .required(
          "questions",
          .list("Questions that would decide more products.", NextAnswer.openQuestion)),
      ]))
}
