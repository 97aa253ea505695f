import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Quantities
import ServiceLifecycle

/// What the answers lead to while they are given: the shortlist, what to ask next, and the risk
/// profile.
struct ShortlistRoutes: Sendable {
  let desk: AdviceDesk
  let shortlists: ShortlistStreams

  func mount(on table: RouteTable) {
    let routes = self
    table.mount(Self.shortlist, as: ClientContext.self) { call in
      let wish = try routes.wish(call)
      let facts = try await routes.desk.book.facts(of: call.context.principal)
      return .json(bytes: routes.shortlists.shortlist(facts, wish))
    }
    table.mount(Self.stream, as: ClientContext.self) { call in
      let wish = try routes.wish(call)
      let facts = try await routes.desk.book.facts(of: call.context.principal)
      return try routes.stream(facts, wish)
    }
    table.mount(Self.next, as: ClientContext.self) { call in
      let wish = try routes.wish(call)
      let limit = try call.query.integer("questions", in: 1...AdviceRoutes.nextCount) ?? 5
      let facts = try await routes.desk.book.facts(of: call.context.principal)
      let answer = NextAnswer(routes.desk)
      let next = answer.questions(facts.facts, wish.goal, limit: limit)
      return .json { json in json.object { answer.write(next, wish.language, &$0) } }
    }
    table.mount(Self.risk, as: ClientContext.self) { call in
      let facts = try await routes.desk.book.facts(of: call.context.principal)
      let picture = routes.desk.adviser.riskPicture(of: facts.facts, on: routes.desk.book.today)
      return .json { json in json.object { Self.write(picture, &$0) } }
    }
  }

  /// The goal of a query, read by the same rules as that of a body.
  private func wish(_ call: Call<ClientContext>) throws -> ShortlistStreams.Wish {
    let language = try call.locale(desk.adviser.rules)
    var json = JSONWriter()
    json.object { json in
      json.member("kind", call.query["kind"] ?? GoalKind.any.rawValue)
      for key in ["amount", "currency", "purpose", "securityValue"] {
        json.member(key, call.query[key])
      }
      for key in ["termMonths", "limit"] {
        guard let text = call.query[key] else { continue }
        json.key(key)
        if text.utf8.count < 7, Int(text) != nil {
          json.number(text: text)
        } else {
          json.string(text)
        }
      }
    }
    do {
      var goal = try decodeJSON(json.bytes) { Goal(reading: $0) }
      goal.locale = language
      return .init(goal: goal, language: language)
    } catch let violations as Violations {
      throw Problem.invalid(
        violations.list.map {
          Violation(
            pointer: "?\($0.pointer.dropFirst())", code: $0.code, detail: $0.detail)
        })
    }
  }

  private func stream(_ facts: VersionedFacts, _ wish: ShortlistStreams.Wish) throws -> Response {
    let shortlists = shortlists
    let stream = try shortlists.open(facts.client, wish)
    let opening = shortlists.event(facts, wish)
    let body = ResponseBody { writer in
      let pulse = Task {
        for _ in 0..<CalculationStreams.pauses {
          try? await Task.sleep(for: .seconds(CalculationStreams.pause))
          if Task.isCancelled { return }
          stream.send(Array(": \n\n".utf8))
        }
        stream.close()
      }
      defer {
        pulse.cancel()
        shortlists.close(facts.client, stream)
      }
      try await writer.write(ByteBuffer(bytes: opening))
      for await event in stream.events.cancelOnGracefulShutdown() {
        try await writer.write(ByteBuffer(bytes: event))
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
  }

  private static func write(_ picture: RiskPicture, _ json: inout JSONWriter) {
    json.object("declared") { json in
      json.member("riskClass", picture.declared)
      json.member("points", picture.points)
      json.member("knowledge", picture.knowledge?.rawValue)
    }
    json.object("observed") { json in
      json.member("riskClass", picture.observed)
      json.member("investedShare", decimal: picture.investedShare)
      json.member("largestPositionShare", decimal: picture.largestShare)
    }
    json.member("comparison", picture.comparison?.rawValue)
  }
}

extension ShortlistRoutes {
  private static let goal: [Route.Parameter] = [
    .init("kind", .choice("What to do; any without.", GoalKind.allCases.map(\.rawValue))),
    .init("amount", .decimal("The amount; needed to borrow or save.")),
    .init("currency", .currency),
    .init("termMonths", .integer("For how many months.", Goal.terms)),
    .init("purpose", .choice("What a loan is for.", LoanPurpose.allCases.map(\.rawValue))),
    .init("securityValue", .decimal("The value of what secures a loan.")),
    .init("limit", .integer("Offers at most.", 1...Goal.greatestLimit)), .locale,
  ]

  static let shortlist = Route(
    .get, "/v1/me/shortlist", tag: "Questionnaires", "What your answers lead to so far",
    detail: "The offers as they are; nothing is stored.", query: goal,
    answers: [.init(.ok, "The shortlist.", .named("Shortlist", shortlistSchema))])

  static let stream = Route(
    .get, "/v1/me/shortlist/stream", tag: "Questionnaires",
    "What your answers lead to, as a stream of events",
    detail: "An event `shortlist` comes at once, and again each time one of your answers has been "
      + "saved, on whichever device. Its data has the form of the shortlist.", query: goal,
    answers: [.init(.ok, "A stream of type text/event-stream.")])

  static let next = Route(
    .get, "/v1/me/questions/next", tag: "Questionnaires", "What is worth answering next",
    detail: "Only questions whose answers can still change which products are offered or in what "
      + "order, each with two answers that do. None means that no completion of what you skipped "
      + "changes the offers.",
    query: goal + [
      .init("questions", .integer("Questions at most; 5 without.", 1...AdviceRoutes.nextCount))
    ],
    answers: [.init(.ok, "The questions.", NextAnswer.schema)])

  static let risk = Route(
    .get, "/v1/me/risk-profile", tag: "Questionnaires",
    "Your declared risk profile, and the one that your accounts show",
    answers: [
      .init(
        .ok, "The profile.",
        .object(
          "",
          [
            .required(
              "declared",
              .object(
                "By the answers, or as recorded.",
                [
                  .optional("riskClass", .integer("1 (none) to 7 (speculative).", 1...7)),
                  .optional("points", .integer("The sum of the answers' points.")),
                  .optional("knowledge", .text("Knowledge of investments.")),
                ])),
            .required(
              "observed",
              .object(
                "By accounts, holdings and positions.",
                [
                  .optional("riskClass", .integer("1 (none) to 7 (speculative).", 1...7)),
                  .optional("investedShare", .decimal("The share that is invested.")),
                  .optional("largestPositionShare", .decimal("The largest position's share.")),
                ])),
            .optional(
              "comparison",
              .choice(
                "How the observed class stands to the declared one.",
                RiskPicture.Comparison.allCases.map(\.rawValue))),
          ]))
    ])

  private static let shortlistSchema = Schema.object(
    "The offers as they are.",
    [
      .required("facts", .integer("Counts up with each change of what is known of you.")),
      .required("undecided", .integer("Products that wait for an answer.")),
      .required(
        "offers",
        .list(
          "Best first.",
          .object(
            "",
            [
              .required("rank", .integer("From 1.")), .required("product", .productHead),
              .required("price", .price),
            ]), max: ShortlistStreams.offers)),
      .required(
        "questions",
        .list("What products wait for.", NextAnswer.openQuestion)),
    ])
}
