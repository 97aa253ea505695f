import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// The pages on which staff write, check, approve and publish rules.
struct RulePages: Sendable {
  let rules: RuleDesk
  let writer: PageWriter

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.overview, as: StaffContext.self) { call in
      .page(try await pages.overview(call.context.principal))
    }
    table.mount(Self.begin, as: StaffContext.self) { call in
      try await pages.begin(call)
    }
    table.mount(Self.rollback, as: StaffContext.self) { call in
      let form = try call.form()
      return try await pages.overview(call.context.principal) { principal in
        guard let reason = form.text("reason") else { throw Self.missing("reason", "Why?") }
        _ = try await pages.rules.rollBack(principal, to: nil, reason: reason)
      }
    }
    table.mount(Self.end, as: StaffContext.self) { call in
      try await pages.overview(call.context.principal) { principal in
        _ = try await pages.rules.endTrial(principal, call.parameter("id"))
      }
    }
    table.mount(Self.draft, as: StaffContext.self) { call in
      guard let id = RuleDraftID(call.parameter("id")) else { throw Refusal.notFound }
      return .page(try await pages.draft(id, call.context.principal, fault: nil))
    }
    table.mount(Self.act, as: StaffContext.self) { call in try await pages.act(call) }
  }

  private static let overview = Route(.get, "/rules", "The rules and their drafts")
  private static let begin = Route(
    .post, "/rules/drafts", "Begins a draft", body: .form, effect: .once)
  private static let rollback = Route(
    .post, "/rules/rollback", "Rolls the rules back", body: .form, effect: .repeatable)
  private static let end = Route(
    .post, "/rules/trials/{id}/end", "Ends a trial", effect: .repeatable)
  private static let draft = Route(.get, "/rules/drafts/{id}", "A draft of rules")
  private static let act: Route = {
    var route = Route(
      .post, "/rules/drafts/{id}", "Moves a draft on", body: .form, effect: .repeatable)
    route.bodyLimit = WebLimits().fileBytes
    return route
  }()

  static func missing(_ field: String, _ detail: String) -> Refusal {
    .invalid([Violation(pointer: "/\(field)", code: "required", detail: detail)])
  }

  // MARK: - The overview

  /// The overview after something was done, or with why it was not.
  private func overview(
    _ principal: StaffPrincipal, _ body: (StaffPrincipal) async throws -> Void
  ) async throws -> Response {
    do {
      try await body(principal)
      return .seeOther("/rules")
    } catch let refusal as Refusal {
      let problem = Problem(refusal: refusal)
      return .page(
        try await overview(principal, fault: problem.sentence), status: problem.status)
    }
  }

  private func begin(_ call: Call<StaffContext>) async throws -> Response {
    let form = try call.form()
    do {
      guard let title = form.text("title"), title.count <= RuleDesk.longestText else {
        throw Self.missing("title", "Say in a few words what the draft is for.")
      }
      guard
        let request = NamedRequest(
          route: "POST /rules/drafts", key: form["key"] ?? "", body: Digest.sha256(call.body))
      else { throw Problem(.idempotencyKeyMissing) }
      let id = try await rules.begin(
        call.context.principal, title: title, from: nil, request: request)
      return .seeOther("/rules/drafts/\(id.text)")
    } catch let refusal as Refusal {
      let problem = Problem(refusal: refusal)
      return .page(
        try await overview(call.context.principal, fault: problem.sentence),
        status: problem.status)
    }
  }

  private func overview(
    _ principal: StaffPrincipal, fault: String? = nil
  ) async throws -> String {
    let book = rules.desk.book
    let isOwner = try await book.has(.ruleOwner, principal)
    let drafts = try await rules.drafts()
    let trials = try await rules.trials()
    let greatest = try await rules.greatestFlips()
    let names = try await names(
      try await rules.editions().compactMap { $0.publication?.by })
    let editions = try await rules.editions().map { edition in
      RulesPage.Edition(
        effective: Wording.date(edition.effective), state: edition.state.label,
        isCurrent: edition.state == .inForce, digest: String(edition.digest.prefix(12)),
        about: edition.publication.map { publication in
          let who = names[publication.by] ?? PageWords.say("a colleague")
          let act =
            publication.kind == .rolledBack
            ? PageWords.say("rolled back to by {}", who) : PageWords.say("published by {}", who)
          return act + (publication.reason.map { ": \($0)" } ?? "")
        })
    }
    return writer.html(
      RulesPage(
        shell: .staff("Rules", at: "/rules"), key: Self.newKey(), fault: fault, isOwner: isOwner,
        editions: editions,
        drafts: drafts.map {
          .init(
            title: $0.title, path: "/rules/drafts/\($0.id.text)", state: $0.status.label,
            updated: Wording.instant($0.updated))
        }, hasDrafts: !drafts.isEmpty, trials: trials.map { RulesPage.Trial($0, isOwner) },
        hasTrials: !trials.isEmpty,
        gate: "An edition may flip \(Wording.percent(greatest)) of what it is replayed over "
          + "without a reason."))
  }

  private static func newKey() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36)
      + String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// The names of colleagues by their ids.
  func names(_ ids: [ColleagueID]) async throws -> [ColleagueID: String] {
    let wanted = Set(ids)
    return try await rules.desk.book.read { tx in
      var names: [ColleagueID: String] = [:]
      for id in wanted { names[id] = try tx.colleague(id)?.name.expose() }
      return names
    }
  }

  // MARK: - A draft

  private func act(_ call: Call<StaffContext>) async throws -> Response {
    guard let id = RuleDraftID(call.parameter("id")) else { throw Refusal.notFound }
    let form = try call.form()
    let principal = call.context.principal
    let fault: Problem
    do {
      if try await act(form, id, principal) { return .seeOther("/rules") }
      return .seeOther("/rules/drafts/\(id.text)")
    } catch let refusal as Refusal {
      fault = Problem(refusal: refusal)
    } catch let problem as Problem {
      fault = problem
    }
    return .page(try await draft(id, principal, fault: fault), status: fault.status)
  }

  /// Does what a button asks for; returns whether the draft is done with.
  private func act(
    _ form: FormFields, _ id: RuleDraftID, _ principal: StaffPrincipal
  ) async throws -> Bool {
    let revision = try form.integer("revision", in: 0...Int.max)
    switch form["action"] {
    case "replay": _ = try await rules.replay(principal, id)
    case "review": _ = try await rules.sendForReview(principal, id, revision: revision)
    case "publish":
      guard let day = form.text("effective").flatMap({ CalendarDate(iso: $0) }) else {
        throw Self.missing("effective", "Name the first day.")
      }
      _ = try await rules.publish(
        principal, id, effective: day, override: form.text("override"))
      return true
    case "trial":
      let share = form.text("share").flatMap { Decimal128($0) }.map { $0 * 100 }
      guard let parts = share?.rounded(scale: 0, .halfEven).integerValue,
        (1..<Experiment.parts).contains(parts)
      else { throw Self.missing("share", "Name a part from 0.01 to 99.99 per cent.") }
      guard let name = form.text("name") else { throw Self.missing("name", "Name the trial.") }
      _ = try await rules.startTrial(
        principal, id, name: name, share: parts, override: form.text("override"))
      return true
    case "return":
      guard let note = form.text("note") else {
        throw Self.missing("note", "Say what is missing.")
      }
      _ = try await rules.sendBack(principal, id, revision: revision, note: note)
    case "paste":
      guard let name = form.text("file"), let text = form["source"] else {
        throw Self.missing("file", "Name the file and paste its text.")
      }
      _ = try await rules.put(
        principal, id, revision: revision, file: name, Array(text.utf8))
    case "drop":
      _ = try await rules.drop(principal, id, revision: revision)
      return true
    default: throw Problem.malformed("There is no such button.")
    }
    return false
  }

  private func draft(
    _ id: RuleDraftID, _ principal: StaffPrincipal, fault: Problem?
  ) async throws -> String {
    let (draft, files) = try await rules.draft(id)
    let isOwner = try await rules.desk.book.has(.ruleOwner, principal)
    let checkup = try rules.checkup(files)
    let changes = try await rules.changes(in: files)
    let state = try await rules.replayState(draft)
    let names = try await names(draft.steps.map(\.colleague))
    let isOwn = draft.authors.contains(principal.colleague)
    let isWaiting = [.review, .trial].contains(draft.status)
    let isOpen = draft.status == .draft || isWaiting
    var note: String?
    var replay: RuleDraftPage.Replay?
    switch state {
    case .none: note = isOpen ? "It was not replayed yet; publishing asks for it." : nil
    case .running(let done): note = "It is being replayed: \(done) so far. Look again soon."
    case .failed(let why): note = why
    case .finished(let report): replay = try RuleDraftPage.Replay(report)
    }
    return writer.html(
      RuleDraftPage(
        shell: .staff(naming: draft.title, at: "/rules"), title: draft.title,
        state: draft.status.label,
        path: "/rules/drafts/\(id.text)", revision: "\(draft.revision)",
        fault: fault.map { $0.detail ?? $0.kind.title },
        faults: (fault?.violations ?? []).map(\.detail).filter { $0 != fault?.detail },
        findings: checkup.findings.map { .init($0) }, hasFindings: !checkup.findings.isEmpty,
        files: files.names.map { Self.file($0, of: draft, checkup) },
        changes: changes.map { .init(file: $0.file, sentences: $0.sentences) },
        hasChanges: !changes.isEmpty, replay: replay, replayNote: note,
        canEdit: isOwner && draft.status == .draft, canReview: isOwner && draft.status == .draft,
        canReplay: isOwner && isOpen && replay == nil,
        canApprove: isOwner && isWaiting && !isOwn,
        ownNote: isWaiting && isOwn ? "You wrote it; somebody else approves it." : nil,
        today: rules.desk.book.today.description,
        steps: draft.steps.reversed().map { step in
          .init(
            what: step.act.label, at: Wording.instant(step.at),
            who: names[step.colleague] ?? PageWords.say("A colleague"), detail: step.detail)
        }))
  }

  private static func file(
    _ name: String, of draft: RuleDraft, _ checkup: RuleCheckup
  ) -> RuleDraftPage.File {
    let report = checkup.models.first { $0.file == name }
    let cases = report.map {
      "\($0.passed) of \($0.cases.count) cases hold, \($0.hitCount) of \($0.ruleCount) rules hit"
    }
    let api = "/v1/rules/drafts/\(draft.id.text)/files/\(name)"
    return RuleDraftPage.File(
      name: name,
      edit: report.map { _ in "/rules/drafts/\(draft.id.text)/files/\(name)" }, download: api,
      upload: api, cases: cases ?? "",
      isBad: report.map { $0.passed < $0.cases.count } ?? false)
  }
}

extension Problem {
  /// What is wrong, in the words of a page.
  var sentence: String {
    detail ?? (violations.isEmpty ? kind.title : violations.map(\.detail).joined(separator: " "))
  }
}

extension RuleEdition.State {
  fileprivate var label: String {
    switch self {
    case .past: "past"
    case .inForce: "in force"
    case .scheduled: "to come"
    }
  }
}

extension RuleDraft.Status {
  fileprivate var label: String {
    switch self {
    case .draft: "draft"
    case .review: "in review"
    case .trial: "on trial"
    case .published: "published"
    case .dropped: "given up"
    }
  }
}

extension RuleDraft.Step.Act {
  fileprivate var label: String {
    switch self {
    case .created: "Begun"
    case .changed: "Changed"
    case .sentForReview: "Sent for review"
    case .sentBack: "Sent back"
    case .replayed: "Replayed"
    case .tried: "Tried"
    case .published: "Published"
    case .dropped: "Given up"
    }
  }
}

extension RuleDraftPage.Finding {
  init(_ finding: RuleFinding) {
    text = finding.description.replacing(finding.isError ? ": error: " : ": warning: ", with: ": ")
    isError = finding.isError
  }
}
