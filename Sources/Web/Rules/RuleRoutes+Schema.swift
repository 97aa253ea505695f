import CRM
import HTTPTypes

extension RuleRoutes {
  private static let tag = "Rules"
  private static let fileTypes = [
    "application/xml", "text/xml", "application/json", "application/octet-stream",
  ]
  private static let revision = Route.Parameter(
    "revision", .integer("The revision that was read; the newest when absent.", 1...1_000_000_000))

  static let drafts = Route(
    .get, "/v1/rules/drafts", tag: tag, "The newest drafts of rules",
    answers: [
      .init(
        .ok, "The drafts.",
        .object("", [.required("items", .list("Newest first.", draftSchema))]))
    ])
  static let begin = Route(
    .post, "/v1/rules/drafts", tag: tag, "Begins a draft as a copy of an edition",
    detail: "For rule owners. A draft is a whole edition: change some of its files, have it "
      + "checked, reviewed by somebody else, replayed and published.",
    body: .json(
      .input(
        "A new draft.",
        [
          .required("title", .text("What it is for.", maxLength: RuleDesk.longestText)),
          .optional(
            "from", .text("The edition to copy; the one in force when absent.", maxLength: 64)),
        ])), effect: .once, answers: [.init(.created, "The draft.", wholeDraft)],
    problems: [.forbidden])
  static let draft = Route(
    .get, "/v1/rules/drafts/{id}", tag: tag, "A draft with its files and what was done with it",
    answers: [.init(.ok, "The draft.", wholeDraft)])
  static let drop = Route(
    .delete, "/v1/rules/drafts/{id}", tag: tag, "Gives a draft up", query: [revision],
    effect: .repeatable, answers: [.init(.noContent, "Done.")],
    problems: [.forbidden, .conflict])
  static let file = Route(
    .get, "/v1/rules/drafts/{id}/files/{name}", tag: tag, "A file of a draft, as it is",
    answers: [.init(.ok, "The file.")])
  static let put = Route(
    .put, "/v1/rules/drafts/{id}/files/{name}", tag: tag, "Puts a file into a draft",
    detail: "A `.dmn` of any modeller, its `.cases.json`, the wording `<locale>.texts.json` or a "
      + "`.form.json`. The answer tells what is wrong in it; it is kept all the same.",
    query: [revision], body: .file(fileTypes), effect: .repeatable,
    answers: [.init(.ok, "The draft with the findings on this file.", checkedDraft)],
    problems: [.forbidden, .conflict])
  static let remove = Route(
    .delete, "/v1/rules/drafts/{id}/files/{name}", tag: tag, "Takes a file out of a draft",
    query: [revision], effect: .repeatable, answers: [.init(.noContent, "Done.")],
    problems: [.forbidden, .conflict])
  static let evaluateDraft = Route(
    .post, "/v1/rules/drafts/{id}/evaluation", tag: tag, "Makes a decision of a draft's model",
    body: .json(question), answers: [.init(.ok, "The result and why.", .any("With its trace."))])
  static let checkup = Route(
    .get, "/v1/rules/drafts/{id}/checkup", tag: tag,
    "What is wrong in a draft, with its cases and what they reach",
    answers: [
      .init(
        .ok, "All findings.",
        .object(
          "",
          [
            .required("isPublishable", .boolean("Whether nothing grave was found.")),
            .required("failedCases", .integer("Cases that fail.")),
            .required("findings", .list("The graver first.", finding)),
            .required("models", .list("Cases and coverage by model.", .any("A model."))),
          ]))
    ])
  static let changes = Route(
    .get, "/v1/rules/drafts/{id}/changes", tag: tag,
    "What differs from the rules in force, in words",
    answers: [
      .init(
        .ok, "File by file.",
        .object("", [.required("files", .list("Files that differ.", .any("A file.")))]))
    ])
  static let review = Route(
    .post, "/v1/rules/drafts/{id}/review", tag: tag, "Sends a draft to somebody else for approval",
    detail: "Refused with every finding while something is wrong in it.", query: [revision],
    effect: .repeatable, answers: [.init(.ok, "The draft.", draftSchema)],
    problems: [.forbidden, .conflict])
  static let sendBack = Route(
    .post, "/v1/rules/drafts/{id}/return", tag: tag, "Sends a draft back to its authors",
    query: [revision],
    body: .json(
      .input(
        "Why.", [.required("note", .text("What is missing.", maxLength: RuleDesk.longestText))])),
    effect: .repeatable, answers: [.init(.ok, "The draft.", draftSchema)],
    problems: [.forbidden, .conflict])
  static let replay = Route(
    .post, "/v1/rules/drafts/{id}/replay", tag: tag,
    "Replays a draft against the rules in force, over recorded decisions and clients",
    detail: "202 while it runs: ask again with GET.", effect: .repeatable,
    answers: [
      .init(.ok, "The report.", replayState), .init(.accepted, "It runs.", replayState),
    ], problems: [.forbidden, .conflict])
  static let report = Route(
    .get, "/v1/rules/drafts/{id}/replay", tag: tag, "What a draft would change",
    answers: [
      .init(.ok, "The report.", replayState), .init(.accepted, "It runs.", replayState),
    ])
  static let publish = Route(
    .post, "/v1/rules/drafts/{id}/publication", tag: tag, "Publishes a draft of somebody else",
    detail: "403 for an author of the draft, 409 without a replay or with too much flipped; a "
      + "published edition is never edited.",
    body: .json(
      .input(
        "From when on.",
        [
          .required("effective", .date("The first day; today at the earliest.")),
          .optional(
            "override",
            .text("Why in spite of what it flips; audited.", maxLength: RuleDesk.longestText)),
        ])), effect: .repeatable,
    answers: [.init(.created, "The edition.", publication)], problems: [.forbidden, .conflict])
  static let startTrial = Route(
    .post, "/v1/rules/drafts/{id}/trial", tag: tag,
    "Tries a draft on a part of the clients against the rules in force",
    body: .json(
      .input(
        "How it is tried.",
        [
          .required("name", .text("What it is called.", maxLength: RuleDesk.longestText)),
          .required("share", .decimal("The part of the clients, such as 0.2.")),
          .optional(
            "override",
            .text("Why in spite of what it flips; audited.", maxLength: RuleDesk.longestText)),
        ])), effect: .repeatable,
    answers: [.init(.created, "The trial.", EditionRoutes.trialSchema)],
    problems: [.forbidden, .conflict])

  static let question = Schema.named(
    "RuleQuestion",
    .input(
      "A question to a model.",
      [
        .required("model", .text("The file.", maxLength: RuleFiles.longestName)),
        .required("decision", .text("The decision or decision service.", maxLength: 400)),
        .required("inputs", .dictionary("By the names of the inputs.", .any("A value."))),
      ]))

  private static let draftFields: [Schema.Field] = [
    .required("id", .text("Its id.")), .required("title", .text("What it is for.")),
    .required("from", .text("The edition it began as.")),
    .required("status", .choice("How far it is.", RuleDraft.Status.allCases.map(\.rawValue))),
    .required("revision", .integer("Counts up with each change.")),
    .required("digest", .text("Names what its files hold.")),
    .required("created", .instant("When it was begun.")),
    .required("updated", .instant("When it was changed last.")),
    .required("authors", .list("Who may not approve it.", .text("A colleague's id."))),
  ]
  static let draftSchema = Schema.named("RuleDraft", .object("A draft of rules.", draftFields))
  private static let wholeDraft = Schema.object(
    "A draft of rules.",
    draftFields + [
      .required("files", .list("The names of its files.", .text("A name."))),
      .required("steps", .list("What was done with it.", .any("A step."))),
    ])
  private static let checkedDraft = Schema.object(
    "A draft of rules.",
    draftFields + [.required("findings", .list("What is wrong in the file.", finding))])
  private static let finding = Schema.named(
    "RuleFinding",
    .object(
      "Something that was found in a rule book.",
      [
        .required("severity", .choice("An error keeps it back.", ["error", "warning"])),
        .required("code", .text("What kind: gap, overlap, unreachable, type, protected, …")),
        .required("file", .text("The file.")),
        .optional("element", .text("The decision.")),
        .required("rules", .list("The rules of the table, from 1.", .integer("A rule."))),
        .optional("column", .text("The column of the table.")),
        .optional("line", .integer("The line in the file.")),
        .optional("character", .integer("The column in the line.")),
        .required("text", .text("What was found.")),
      ]))
  private static let replayState = Schema.named(
    "ReplayState",
    .object(
      "How far a replay is.",
      [
        .required(
          "state", .choice("How far it is.", ["none", "running", "finished", "failed"])),
        .optional("done", .integer("Subjects that were looked at.")),
        .optional("at", .instant("When it ended.")),
        .optional(
          "report",
          .any(
            "Flips by product, segment and protected group, value by goal, acceptance ratios, and "
              + "the ids that are flipped.")),
      ]))
  static let publication = Schema.named(
    "RulePublication",
    .object(
      "How an edition came into force.",
      [
        .required("kind", .choice("How.", RulePublication.Kind.allCases.map(\.rawValue))),
        .required("edition", .text("The digest of the rules.")),
        .required("effective", .date("The first day.")),
        .optional("draft", .text("The draft that it was.")),
        .required("by", .text("Who did it.")), .required("at", .instant("When it was done.")),
        .optional("reason", .text("Why.")),
      ]))
}
