import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// Asking for advice and reading it.
struct AdvicePages: Sendable {
  let desk: AdviceDesk
  let writer: PageWriter

  /// Earlier advice that is listed.
  private static let earlierCount = 10
  /// Products that were not offered, on one page.
  private static let exclusionCount = 20

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.form, as: ClientContext.self) { call in
      let earlier = try await pages.earlier(call.context.principal)
      return .page(pages.writer.html(AdvicePage(FormFields(), faults: [], earlier: earlier)))
    }
    table.mount(Self.ask, as: ClientContext.self) { call in
      let form = try call.form()
      let goal: Goal
      do {
        goal = try GoalForm(form).goal()
      } catch let violations as Violations {
        let earlier = try await pages.earlier(call.context.principal)
        let faults = violations.list.map(GoalForm.sentence)
        return .page(
          pages.writer.html(AdvicePage(form, faults: faults, earlier: earlier)),
          status: .unprocessableContent)
      }
      guard
        let request = NamedRequest(
          route: "POST /advice", key: form["key"] ?? "", body: Digest.sha256(call.body))
      else { throw Problem(.idempotencyKeyMissing) }
      let made = try await pages.desk.recommend(call.context.principal, goal, request: request)
      return .seeOther("/decisions/\(made.id.text)")
    }
    table.mount(Self.decision, as: ClientContext.self) { call in
      let from = try call.query.integer("from", in: ListPart.offsets) ?? 0
      guard let id = DecisionID(call.parameter("id")) else { throw Refusal.notFound }
      let principal = call.context.principal
      let decision = try await pages.desk.book.decision(id, of: principal)
      let consultation = try? await pages.desk.consultation(on: id, of: principal)
      return .page(try pages.html(decision, consultation, from: from))
    }
    table.mount(Self.change, as: ClientContext.self) { call in
      guard let id = DecisionID(call.parameter("id")),
        let name = call.query["product"].flatMap({ ProductID($0) })
      else { throw Refusal.notFound }
      let consultation = try await pages.desk.consultation(on: id, of: call.context.principal)
      guard let product = consultation.product(name) else { throw Refusal.notFound }
      let facts = try await pages.desk.book.facts(of: call.context.principal)
      let found = try consultation.counterfactual(for: product, since: facts.facts)
      return .page(pages.writer.html(ChangePage(found, consultation, decision: id)))
    }
  }

  private static let form = Route(.get, "/advice", "Ask for advice")
  private static let ask = Route(
    .post, "/advice", "Ask for advice", body: .form, effect: .once)
  private static let decision = Route(
    .get, "/decisions/{id}", "A piece of advice",
    query: [.init("from", .integer("Exclusions to pass over.", ListPart.offsets))])

  private static let change = Route(
    .get, "/decisions/{id}/change", "What would change the advice on a product",
    query: [.init("product", .text("The product's id.", maxLength: 200))])

  private func earlier(_ principal: ClientPrincipal) async throws -> [AdvicePage.Earlier] {
    let decisions = try await desk.book.read { tx in
      try tx.decisions(tx.authorize(principal), limit: Self.earlierCount)
    }
    return try decisions.map {
      AdvicePage.Earlier(
        path: "/decisions/\($0.id.text)", label: try OutcomeView($0.outcome).title,
        at: Wording.instant($0.at))
    }
  }

  /// The outcome of a decision in the language of the page.
  private func worded(_ decision: StoredDecision, _ consultation: Consultation?) -> [UInt8] {
    let locale = PageLanguage.current.rawValue
    guard let consultation, consultation.goal.locale != locale else { return decision.outcome }
    return Outcome(consultation, locale: locale).bytes
  }

  private func html(
    _ decision: StoredDecision, _ consultation: Consultation?, from start: Int
  ) throws -> String {
    var from = start
    let view = try OutcomeView(worded(decision, consultation))
    let rules = desk.adviser.rules
    let questions = view.questions.map { id in
      rules.forms.question(id)?.text(PageLanguage.current.rawValue) ?? id
    }
    var exclusions: [DecisionPage.Exclusion] = []
    var total = 0
    if let consultation {
      let texts = rules.texts(PageLanguage.current.rawValue)
      total = consultation.exclusionCount
      from = min(from, (total - 1) / Self.exclusionCount * Self.exclusionCount)
      exclusions = consultation.exclusions(from: from, limit: Self.exclusionCount).map {
        DecisionPage.Exclusion($0, texts, of: decision.id)
      }
    }
    let path = "/decisions/\(decision.id.text)"
    let part = PagedPart(from: from, shown: exclusions.count, of: total, by: Self.exclusionCount)
    return writer.html(
      DecisionPage(
        shell: .client("Advice"), title: view.title, at: Wording.instant(decision.at),
        id: decision.id.text, needs: view.needs, hasNeeds: !view.needs.isEmpty,
        offers: view.offers, hasOffers: !view.offers.isEmpty, counts: view.counts,
        questions: questions, hasQuestions: !questions.isEmpty, exclusions: exclusions,
        exclusionsLabel:
          "\(Wording.grouped(Decimal128(total))) products, with what stands against each",
        hasExclusions: !exclusions.isEmpty, isUnfolded: from > 0,
        range: part.label, previous: part.previous.map { "\(path)?from=\($0)#rest" },
        more: part.next.map { "\(path)?from=\($0)#rest" }))
  }
}

/// A goal as the form sends it.
private struct GoalForm {
  private let form: FormFields

  init(_ form: FormFields) { self.form = form }

  /// Reads the goal by the same rules as the API.
  func goal() throws -> Goal {
    if let written = form["goal"] {
      return try decodeJSON(Array(written.utf8)) { Goal(reading: $0) }
    }
    var json = JSONWriter()
    json.object { json in
      for key in ["kind", "currency", "amount", "purpose"] {
        let value = form.text(key)
        json.member(key, key == "currency" ? value?.uppercased() : value)
      }
      guard let months = form.text("termMonths") else { return }
      json.key("termMonths")
      if months.utf8.count < 7, Int(months) != nil {
        json.number(text: months)
      } else {
        json.string(months)
      }
    }
    var goal = try decodeJSON(json.bytes) { Goal(reading: $0) }
    goal.locale = PageLanguage.current.rawValue
    return goal
  }

  /// A violation in the words of the form.
  static func sentence(_ violation: Violation) -> String {
    let labels = [
      "/kind": "Goal", "/amount": "Amount", "/currency": "Currency", "/termMonths": "Months",
      "/purpose": "Purpose",
    ]
    return "\(labels[violation.pointer] ?? violation.pointer): \(violation.detail)"
  }
}

extension AdvicePage {
  fileprivate init(_ form: FormFields, faults: [String], earlier: [Earlier]) {
    let kind = form["kind"] ?? "any"
    let names = [
      ("any", "Tell me what I may need"), ("borrow", "Borrow"), ("save", "Save"),
      ("insure", "Insure"), ("hedge", "Protect investments"),
    ]
    let purposes =
      [("", "None in particular")]
      + LoanPurpose.allCases.map { ($0.rawValue, Wording.words($0.rawValue)) }
    shell = .client("Advice", at: "/advice")
    key = form["key"] ?? Self.newKey()
    kinds = names.map { .init(value: $0.0, label: $0.1, isChosen: $0.0 == kind) }
    self.purposes = purposes.map {
      .init(value: $0.0, label: $0.1, isChosen: $0.0 == form["purpose"] ?? "")
    }
    amount = form["amount"] ?? ""
    currency = form["currency"] ?? ""
    months = form["termMonths"] ?? ""
    self.faults = faults
    hasFaults = !faults.isEmpty
    self.earlier = earlier
    hasEarlier = !earlier.isEmpty
  }

  /// A name for one sending of the form, so that sending it twice has one effect.
  static func newKey() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36)
      + String(UInt64.random(in: .min ... .max), radix: 36)
  }
}

extension ChangePage {
  fileprivate init(
    _ found: Counterfactual, _ consultation: Consultation, decision: DecisionID
  ) {
    let texts = consultation.texts
    shell = .client("Advice")
    title = found.product.name
    brand = found.product.brandName
    verdict = found.sentence(texts)
    changes = found.changes.map {
      $0.sentence(
        texts, in: found.product.currency, home: consultation.homeCurrency,
        forms: consultation.forms)
    }
    hasChanges = !changes.isEmpty
    promise = found.promise.map { promise in
      promise.isOffered
        ? "Then it is number \(promise.rank) of your offers."
        : "Then it fits you, as number \(promise.rank) of the products that do."
    }
    blockers = found.blockers.map { reason in
      let text = texts.sentence(for: reason)
      return reason.state == .unknown ? .unknown(text) : .failed(text)
    }
    hasBlockers = !blockers.isEmpty
    goal = hasChanges ? String(decoding: found.goal.canonicalBytes, as: UTF8.self) : nil
    key = AdvicePage.newKey()
    back = "/decisions/\(decision.text)"
  }
}

extension DecisionPage.Exclusion {
  fileprivate init(_ exclusion: Exclusion, _ texts: Texts, of decision: DecisionID) {
    change =
      "/decisions/\(decision.text)/change?product="
      + (exclusion.product.id.description.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics) ?? "")
    name = exclusion.product.name
    brand = exclusion.product.brandName
    isOpen = exclusion.verdict == .undecided
    verdict =
      switch exclusion.tier {
      case nil: "Cannot be told yet"
      case .eligibility: "Not for you"
      case .applicability: "Not needed now"
      case .suitability: "Not suitable"
      case .arbitration: "Others fit better"
      }
    reasons = exclusion.reasons.map { reason in
      let text = texts.sentence(for: reason)
      return switch reason.state {
      case .met: .met(text)
      case .failed: .failed(text)
      case .unknown: .unknown(text)
      }
    }
  }
}
