import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The editions of rules and catalogues, and trials of one against another, for staff.
struct EditionRoutes: Sendable {
  let rules: RuleDesk

  /// Products of a page of differences at most.
  static let pageLength = 200

  func mount(on table: RouteTable) {
    mountEditions(on: table)
    mountTrials(on: table)
    let book = rules.desk.book
    table.mount(Self.difference, as: StaffContext.self) { call in
      let page = try ListPart(call.query, limit: Self.pageLength)
      guard let source = call.query["source"] else {
        throw Problem.parameter("source", "Name the source, such as cdr.")
      }
      let days = try ["from", "to"].map { name throws(Problem) -> CalendarDate? in
        try call.query.date(name == "from" ? "from-day" : "to-day")
      }
      guard let earlier = days[0], let later = days[1] else {
        throw Problem.parameter("from-day", "Name both days, from-day and to-day.")
      }
      let found = try await book.difference(
        of: source, from: earlier, to: later, start: page.from, limit: page.limit)
      return .json { json in json.object { Self.write(found, page, &$0) } }
    }
  }

  private func mountEditions(on table: RouteTable) {
    let rules = rules
    table.mount(Self.editions, as: StaffContext.self) { _ in
      let editions = try await rules.editions()
      let greatest = try await rules.greatestFlips()
      return .json { json in
        json.object { json in
          json.member("greatestFlips", decimal: greatest)
          json.array("items") { json in
            for edition in editions { json.object { Self.write(edition, &$0) } }
          }
        }
      }
    }
    table.mount(Self.edition, as: StaffContext.self) { call in
      let files = try await rules.files(ofEdition: call.parameter("digest"))
      return .json { json in
        json.object { json in
          json.member("digest", files.source.digest)
          json.member("effective", files.source.effective.description)
          json.member("files", files.names)
        }
      }
    }
    table.mount(Self.file, as: StaffContext.self) { call in
      let files = try await rules.files(ofEdition: call.parameter("digest"))
      return try RuleRoutes.download(files, call.parameter("name"))
    }
    table.mount(Self.evaluation, as: StaffContext.self) { call in
      let question = try call.json { RuleQuestionBody(reading: $0) }
      let files = try await rules.files(ofEdition: call.parameter("digest"))
      return .json(
        bytes: try rules.evaluate(
          question.decision, of: question.model, in: files, inputs: question.inputs))
    }
    table.mount(Self.rollback, as: StaffContext.self) { call in
      let order = try call.json { RollbackOrder(reading: $0) }
      let published = try await rules.rollBack(
        call.context.principal, to: order.edition, reason: order.reason)
      return .json(.created) { json in json.object { RuleRoutes.write(published, &$0) } }
    }
  }

  private func mountTrials(on table: RouteTable) {
    let rules = rules
    table.mount(Self.trials, as: StaffContext.self) { _ in
      let trials = try await rules.trials()
      return .json { json in
        json.object { json in
          json.array("items") { json in
            for trial in trials { json.object { Self.write(trial, &$0) } }
          }
        }
      }
    }
    table.mount(Self.trial, as: StaffContext.self) { call in
      let result = try await rules.trial(call.parameter("id"))
      return .json { json in json.object { Self.write(result, &$0) } }
    }
    table.mount(Self.end, as: StaffContext.self) { call in
      let result = try await rules.endTrial(call.context.principal, call.parameter("id"))
      return .json { json in json.object { Self.write(result, &$0) } }
    }
  }

  // MARK: - Answers

  private static func write(_ edition: RuleEdition, _ json: inout JSONWriter) {
    json.member("edition", edition.digest)
    json.member("effective", edition.effective.description)
    json.member("state", edition.state.rawValue)
    guard let publication = edition.publication else { return }
    json.object("publication") { RuleRoutes.write(publication, &$0) }
  }

  static func write(_ result: ExperimentResult, _ json: inout JSONWriter) {
    let trial = result.experiment
    json.member("id", trial.id)
    json.member("name", trial.name)
    json.member("draft", trial.draft)
    json.member(
      "share", decimal: (Decimal128(trial.share) / Decimal128(Experiment.parts)).normalized)
    json.member("started", trial.started.description)
    json.member("ended", trial.ended?.description)
    json.array("arms") { json in
      for arm in Experiment.Arm.allCases {
        json.object { json in
          json.member("arm", arm.rawValue)
          json.member("edition", arm == .champion ? trial.champion : trial.challenger)
          json.member("clients", result.clients[arm] ?? 0)
          json.member("accepted", result.accepted[arm] ?? 0)
          guard let interval = result.wilson(arm) else { return }
          json.member("rate", rounded: interval.rate)
          json.member("low", rounded: interval.low)
          json.member("high", rounded: interval.high)
        }
      }
    }
    json.object("sampleRatio") { json in
      json.member("chiSquare", rounded: result.chiSquare)
      json.member("p", rounded: result.sampleRatioP)
      json.member("isMismatched", result.isMismatched)
    }
    guard let difference = result.difference else { return }
    json.object("difference") { json in
      json.member("value", rounded: difference.value)
      json.member("low", rounded: difference.low)
      json.member("high", rounded: difference.high)
    }
  }

  private static func write(
    _ found: EditionDifference, _ page: ListPart, _ json: inout JSONWriter
  ) {
    json.member("source", found.source)
    json.member("from", found.old.asOf.description)
    json.member("to", found.new.asOf.description)
    json.member("both", found.both)
    json.member("changed", found.changed)
    json.member("added", found.added)
    json.member("closed", found.closed)
    json.member("passedOver", page.from)
    json.array("items") { json in
      for item in found.items {
        json.object { json in
          json.member("kind", item.kind.rawValue)
          json.member("product", item.product.description)
          json.member("name", item.name)
          json.member("changes", item.sentences)
        }
      }
    }
  }
}

extension JSONWriter {
  /// A statistic to six places.
  fileprivate mutating func member(_ key: String, rounded value: Double?) {
    let text = value.map { String(format: "%.6f", $0) }
    member(key, decimal: text.flatMap { Decimal128($0) })
  }
}

extension FormFields {
  /// A date of a query; nil when it is absent.
  func date(_ name: String) throws(Problem) -> CalendarDate? {
    guard let text = self[name] else { return nil }
    guard let date = CalendarDate(iso: text) else {
      throw .parameter(name, "This must be a date such as \"2026-01-31\".")
    }
    return date
  }
}

extension EditionRoutes {
  private static let tag = "Rules"

  static let editions = Route(
    .get, "/v1/rules/editions", tag: tag, "The editions of the rules, the newest first",
    answers: [
      .init(
        .ok, "The editions, and what the gate allows.",
        .object(
          "",
          [
            .required(
              "greatestFlips", .decimal("The fraction that an edition may flip without a reason.")),
            .required(
              "items",
              .list(
                "The editions.",
                .object(
                  "",
                  [
                    .required("edition", .text("The digest of the rules.")),
                    .required("effective", .date("The first day.")),
                    .required(
                      "state",
                      .choice("How it stands.", RuleEdition.State.allCases.map(\.rawValue))),
                    .optional("publication", RuleRoutes.publication),
                  ]))),
          ]))
    ])
  static let edition = Route(
    .get, "/v1/rules/editions/{digest}", tag: tag, "The files of an edition",
    answers: [
      .init(
        .ok, "The names of its files.",
        .object(
          "",
          [
            .required("digest", .text("The digest of the rules.")),
            .required("effective", .date("The first day.")),
            .required("files", .list("The files.", .text("A name."))),
          ]))
    ])
  static let file = Route(
    .get, "/v1/rules/editions/{digest}/files/{name}", tag: tag, "A file of an edition, as it is",
    answers: [.init(.ok, "The file.")])
  static let evaluation = Route(
    .post, "/v1/rules/editions/{digest}/evaluation", tag: tag,
    "Makes a decision of an edition's model", body: .json(RuleRoutes.question),
    answers: [.init(.ok, "The result and why.", .any("With its trace."))])
  static let rollback = Route(
    .post, "/v1/rules/rollback", tag: tag,
    "Goes back to the rules that were in force before, from today on",
    body: .json(
      .input(
        "Why, and to which.",
        [
          .required("reason", .text("Why; audited.", maxLength: RuleDesk.longestText)),
          .optional("edition", .text("An edition; the one before when absent.", maxLength: 64)),
        ])), effect: .repeatable,
    answers: [.init(.created, "The edition.", RuleRoutes.publication)],
    problems: [.forbidden, .conflict])
  static let trials = Route(
    .get, "/v1/rules/trials", tag: tag, "Trials of one edition against another",
    answers: [
      .init(.ok, "The trials.", .object("", [.required("items", .list("Trials.", trialSchema))]))
    ])
  static let trial = Route(
    .get, "/v1/rules/trials/{id}", tag: tag, "What a trial shows so far",
    answers: [.init(.ok, "The trial.", trialSchema)])
  static let end = Route(
    .post, "/v1/rules/trials/{id}/end", tag: tag, "Ends a trial", effect: .repeatable,
    answers: [.init(.ok, "The trial.", trialSchema)], problems: [.forbidden, .conflict])
  static let difference = Route(
    .get, "/v1/catalogue/difference", tag: "Catalogue",
    "What differs between a source's catalogue on two days, in words",
    query: [
      .init("source", .text("The source, such as cdr.", maxLength: 60)),
      .init("from-day", .date("The earlier day.")), .init("to-day", .date("The later day.")),
    ] + ListPart.parameters(limit: pageLength),
    answers: [
      .init(
        .ok, "Counts, and a page of products with what differs.",
        .object(
          "",
          [
            .required("source", .text("The source.")),
            .required("from", .date("The earlier edition's day.")),
            .required("to", .date("The later edition's day.")),
            .required("both", .integer("Products of both.")),
            .required("changed", .integer("Those of both that differ.")),
            .required("added", .integer("Products of the later only.")),
            .required("closed", .integer("Products of the earlier only.")),
            .required("passedOver", .integer("How many were passed over.")),
            .required("items", .list("The page.", .any("A product."))),
          ]))
    ])

  static let trialSchema = Schema.named(
    "RuleTrial",
    .object(
      "A trial of one edition against another.",
      [
        .required("id", .text("Its id.")), .required("name", .text("Its name.")),
        .required("draft", .text("The draft that is tried.")),
        .required("share", .decimal("The challenger's part of the clients.")),
        .required("started", .instant("When it began.")),
        .optional("ended", .instant("When it ended.")),
        .required("arms", .list("Clients, acceptances and Wilson's interval.", .any("An arm."))),
        .required("sampleRatio", .any("Pearson's chi-square of the split.")),
        .optional("difference", .any("Newcombe's interval of the difference of the rates.")),
      ]))
}
