import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The forms as pages: one section at a time, saved at each step, so that a client goes on where
/// they stopped, on any device.
struct FormPages: Sendable {
  let desk: AdviceDesk
  let shortlists: ShortlistStreams
  let writer: PageWriter

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.list, as: ClientContext.self) { call in
      let file = try await pages.file(of: call.context.principal)
      return .page(pages.writer.html(pages.list(file)))
    }
    table.mount(Self.next, as: ClientContext.self) { call in
      let facts = try await pages.desk.book.facts(of: call.context.principal)
      let page = NextQuestionPage(
        shell: .client("Questionnaires", at: "/questionnaires"), next: pages.next(facts.facts))
      return .page(pages.writer.html(page))
    }
    table.mount(Self.form, as: ClientContext.self) { call in
      let form = try pages.desk.form(call.parameter("id"))
      let file = try await pages.file(of: call.context.principal)
      let section = try call.query.integer("section", in: 1...form.sections.count)
      return pages.page(form, file, section: section ?? pages.firstOpen(form, file))
    }
    table.mount(Self.save, as: ClientContext.self) { call in
      let form = try pages.desk.form(call.parameter("id"))
      return try await pages.save(call, form)
    }
  }

  private static let list = Route(.get, "/questionnaires", "The forms")
  private static let next = Route(.get, "/next-question", "The question worth answering next")
  private static let section: [Route.Parameter] = [
    .init("section", .integer("Which section.", 1...Questionnaire.Limit.sections))
  ]
  private static let form = Route(
    .get, "/questionnaires/{id}", "A form, one section at a time", query: section)
  private static let save = Route(
    .post, "/questionnaires/{id}", "Save a section of a form", body: .form, effect: .repeatable)

  private var forms: FormSet { desk.adviser.rules.forms }
  private var locale: String { PageLanguage.current.rawValue }

  private func file(of principal: ClientPrincipal) async throws -> AnswerFile {
    try await desk.book.answerFile(of: principal, forms)
  }

  private func list(_ file: AnswerFile) -> FormListPage {
    let lines = forms.forms.compactMap { form -> FormListPage.Line? in
      let progress = FormProgress(form, file, forms)
      guard !progress.asked.isEmpty else { return nil }
      return FormListPage.Line(
        path: "/questionnaires/\(form.id)", title: form.title(locale),
        purpose: form.purpose(locale), answered: "\(progress.answered)",
        asked: "\(progress.asked.count)",
        isComplete: progress.isComplete, isBegun: progress.answered > 0)
    }
    return FormListPage(
      shell: .client("Questionnaires", at: "/questionnaires"), lines: lines)
  }

  /// The section with the first question that is open; the first one where none is.
  private func firstOpen(_ form: Questionnaire, _ file: AnswerFile) -> Int {
    let open = forms.open(form, file.counting).first?.id
    let place = form.sections.firstIndex { section in
      form.questions[section.questions].contains { $0.id == open }
    }
    return (place ?? 0) + 1
  }

  private func save(
    _ call: Call<ClientContext>, _ form: Questionnaire
  ) async throws -> Response {
    let fields = try call.form()
    let section = Int(fields["section"] ?? "") ?? 1
    guard form.sections.indices.contains(section - 1) else { throw Problem(.notFound) }
    let principal = call.context.principal
    let before = try await file(of: principal)
    let given = answers(in: fields, form, section, before)
    let change = AnswerChange(
      given, revision: fields["revision"].flatMap { Int($0) },
      version: fields["version"].flatMap { Int($0) })
    let changed: AnswerFile
    do {
      changed = try await desk.book.change(change, of: principal, to: form, among: forms).file
    } catch Refusal.invalid(let violations) {
      return page(
        form, before, section: section, given: given, violations: violations,
        status: .unprocessableContent)
    } catch Refusal.stale, Refusal.conflict {
      return page(
        form, try await file(of: principal), section: section,
        notice: "Your answers were changed elsewhere meanwhile. These are the latest; look them "
          + "over and save again.", status: .conflict)
    }
    shortlists.publish(changed.facts)
    return .seeOther(following(form, section, changed))
  }

  /// The answers of a section as the page sends them, without those to questions that the others
  /// leave unasked.
  private func answers(
    in fields: FormFields, _ form: Questionnaire, _ section: Int, _ file: AnswerFile
  ) -> [String: String?] {
    var given: [String: String?] = [:]
    for question in form.questions[form.sections[section - 1].questions] {
      guard fields[question.id] != nil else { continue }
      given[question.id] = .some(
        fields.text(question.id).map { text in
          if case .number = question.kind { return Wording.plain(text) }
          return text
        })
    }
    var all = file.counting
    for (id, answer) in given { all[id] = answer }
    let counting = forms.counting(all)
    return given.filter { id, answer in answer == nil || counting[id] != nil }
  }

  /// Where to go on: the same section where an answer brought up more questions, else the next
  /// one, else the list.
  private func following(
    _ form: Questionnaire, _ section: Int, _ file: AnswerFile
  ) -> String {
    let path = "/questionnaires/\(form.id)"
    let open = Set(forms.open(form, file.counting).map(\.id))
    let here = form.questions[form.sections[section - 1].questions]
    if here.contains(where: { open.contains($0.id) }) { return "\(path)?section=\(section)" }
    let asked = Set(forms.asked(form, file.counting).map(\.id))
    for place in form.sections.indices.dropFirst(section) {
      if form.questions[form.sections[place].questions].contains(where: { asked.contains($0.id) }) {
        return "\(path)?section=\(place + 1)"
      }
    }
    return "/questionnaires"
  }

  private func page(
    _ form: Questionnaire, _ file: AnswerFile, section: Int, given: [String: String?] = [:],
    violations: [Violation] = [], notice: String? = nil, status: HTTPResponse.Status = .ok
  ) -> Response {
    let progress = FormProgress(form, file, forms)
    let asked = Set(progress.asked.map(\.id))
    let answers = file.answers(to: form)
    let day = desk.book.today
    let faults = faults(violations)
    let questions = form.questions[form.sections[section - 1].questions]
    let fields = questions.filter { asked.contains($0.id) || faults[$0.id] != nil }.map {
      FormPage.Field(
        $0, answer: given[$0.id] ?? answers[$0.id],
        prefill: $0.prefill(from: file.facts.facts, on: day), fault: faults[$0.id],
        isOutdated: progress.outdated.contains($0.id), locale)
    }
    let links = form.sections.enumerated().map { place, part in
      FormPage.SectionLink(
        path: "/questionnaires/\(form.id)?section=\(place + 1)", title: part.title(locale),
        isHere: place + 1 == section)
    }
    let wish = ShortlistStreams.Wish(goal: Goal(kind: .any), language: locale)
    let outcome = try? OutcomeView(shortlists.shortlist(file.facts, wish))
    let html = writer.html(
      FormPage(
        shell: .client("Questionnaires", at: "/questionnaires"), title: form.title(locale),
        purpose: form.purpose(locale), path: "/questionnaires/\(form.id)", form: form.id,
        heading: form.sections[section - 1].title(locale), section: "\(section)",
        sections: links, revision: "\(progress.revision)", version: "\(form.version)",
        answered: "\(progress.answered)", asked: "\(progress.asked.count)", fields: fields,
        hasFields: !fields.isEmpty, hasFaults: !faults.isEmpty, notice: notice,
        shortlist: ShortlistView(outcome?.offers ?? [])))
    return .page(html, status: status)
  }

  /// The faults of answers by question, in the language of the page.
  private func faults(_ violations: [Violation]) -> [String: String] {
    var faults: [String: String] = [:]
    for violation in violations {
      let id = String(violation.pointer.split(separator: "/").last ?? "")
      if faults[id] == nil { faults[id] = FormWording.sentence(violation, forms, locale) }
    }
    return faults
  }

  /// The question worth answering next, with the way to it.
  private func next(_ facts: Facts) -> NextQuestionPage.Next? {
    let found = desk.adviser.nextQuestions(
      facts, for: Goal(kind: .any), on: desk.book.today, limit: 1,
      arbitration: desk.book.latestArbitration)
    guard let first = found.questions.first, let question = forms.question(first.id),
      let form = forms.form(asking: first.id)
    else { return nil }
    let place = form.sections.firstIndex { section in
      form.questions[section.questions].contains { $0.id == first.id }
    }
    return NextQuestionPage.Next(
      text: question.text(locale),
      path: "/questionnaires/\(form.id)?section=\((place ?? 0) + 1)#\(first.id)")
  }
}
