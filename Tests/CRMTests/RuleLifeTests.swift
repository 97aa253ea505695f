import Advice
import Foundation
import JSON
import Quantities
import Storage
import Support
import Testing
import Vault

@testable import CRM

/// A house whose rules are written by Wanda and approved by Anton.
struct RuleHouse: ~Copyable {
  let test: TestBook
  let desk: AdviceDesk
  let rules: RuleDesk
  let wanda: StaffPrincipal
  let anton: StaffPrincipal
  let client: ClientPrincipal

  var book: Book { test.book }

  init() async throws {
    let test = try await TestBook()
    let desk = try await AdviceDesk(book: test.book, home: ProjectFolder.root)
    let wanda = try await Self.staff("wanda", in: test.book)
    let anton = try await Self.staff("anton", in: test.book)
    let client = try await Self.client("clara", in: test.book)
    self.test = test
    self.desk = desk
    rules = RuleDesk(desk: desk)
    self.wanda = wanda
    self.anton = anton
    self.client = client
  }

  static func staff(
    _ login: String, isOwner: Bool = true, in book: Book
  ) async throws -> StaffPrincipal {
    let id = try await book.add(colleague: login, role: .staff, by: atMachine)
    if isOwner { try await book.give(.ruleOwner, to: id, by: atMachine) }
    try await book.addLogin(login, role: .staff, subject: id.text)
    guard case .staff(let principal) = try await book.signIn(login).principal else {
      throw Refusal.denied
    }
    return principal
  }

  static func client(_ login: String, in book: Book) async throws -> ClientPrincipal {
    var facts = Facts(homeCurrency: .euro)
    facts.profile.birthDate = .on("1985-06-01")
    facts.profile.residency = "CZ"
    facts.profile.employment = .unemployed
    facts.answers["monthly-income"] = "2400"
    let identity = Identity(givenName: "Test", familyName: login)
    let id = try await book.add(NewClient(identity: identity, facts: facts), by: atMachine)
    try await book.addLogin(login, role: .client, subject: id.text)
    return try await book.client(login)
  }

  static let goal: Goal = {
    var goal = Goal(kind: .borrow)
    (goal.amount, goal.termMonths, goal.currency) = (6_000, 36, .euro)
    return goal
  }()

  static func request(_ key: String = UUID().uuidString) throws -> NamedRequest {
    let request = NamedRequest(route: "POST /test", key: key, body: Digest.sha256(key))
    return try #require(request)
  }

  func recommend(asOf: CalendarDate? = nil) async throws -> Recommendation {
    try await desk.recommend(client, Self.goal, asOf: asOf, request: Self.request())
  }

  /// A draft in which the unemployed may have instalment credit too.
  func laxDraft(by author: StaffPrincipal) async throws -> RuleDraftID {
    let id = try await rules.begin(author, title: "Lax", from: nil, request: Self.request())
    let (_, files) = try await rules.draft(id)
    let model = try #require(files["eligibility.dmn"])
    let text = String(decoding: model, as: UTF8.self)
      .replacing("\"unemployed\"", with: "\"nobody of these\"")
    _ = try await rules.put(
      author, id, revision: nil, file: "eligibility.dmn", Array(text.utf8))
    return id
  }

  /// The same, in review and replayed.
  func reviewedDraft() async throws -> RuleDraftID {
    let id = try await laxDraft(by: wanda)
    _ = try await rules.sendForReview(wanda, id, revision: nil)
    guard case .finished = try await rules.replay(anton, id) else { throw Refusal.notFound }
    return id
  }

  func rulesDigest(_ recommendation: Recommendation) throws -> String {
    let root = try JSONNode.parse(recommendation.outcome, limits: .file)
    return try #require(root["rules"]?["digest"]?.stringValue)
  }
}

@Suite("The life of rules")
struct RuleLifeTests {
  @Test("A draft is published by somebody else only, and only once it was reviewed and replayed")
  func order() async throws {
    let house = try await RuleHouse()
    let day = house.book.today
    let id = try await house.laxDraft(by: house.wanda)
    let publish = { (who: StaffPrincipal, override: String?) async throws in
      try await house.rules.publish(who, id, effective: day, override: override)
    }
    await #expect(throws: Refusal.self) { try await publish(house.anton, "x") }
    _ = try await house.rules.sendForReview(house.wanda, id, revision: nil)
    await Self.expect("self-approval") { _ = try await publish(house.wanda, "x") }
    await Self.expect("replay-missing") { _ = try await publish(house.anton, "x") }
    // An edit by the approver makes them an author.
    _ = try await house.rules.sendBack(house.anton, id, revision: nil, note: "A word is missing.")
    let (_, files) = try await house.rules.draft(id)
    _ = try await house.rules.put(
      house.anton, id, revision: nil, file: "needs.dmn", files["needs.dmn"])
    _ = try await house.rules.sendForReview(house.anton, id, revision: nil)
    await Self.expect("self-approval") { _ = try await publish(house.anton, "x") }
    let third = try await RuleHouse.staff("third", in: house.book)
    guard case .finished(let report) = try await house.rules.replay(third, id) else {
      Issue.record("the replay did not end")
      return
    }
    #expect(report.subjects > 0)
    await Self.expect("replay-flips") { _ = try await publish(third, nil) }
    await Self.expect("replay-flips") { _ = try await publish(third, "  ") }
    let published = try await publish(third, "The board decided so.")
    #expect(published.effective == day && published.reason == "The board decided so.")
    await Self.expect("not-in-review") { _ = try await publish(third, "again") }
    await Self.expect("not-a-draft") {
      _ = try await house.rules.put(
        house.wanda, id, revision: nil, file: "needs.dmn", files["needs.dmn"])
    }
    let acts = try await Self.acts(house.book)
    for act: Act in [
      .rulesDrafted, .rulesChanged, .rulesSentForReview, .rulesSentBack, .rulesReplayed,
      .gateOverridden, .rulesPublished,
    ] { #expect(acts.contains(act.rawValue), "\(act)") }
    _ = try await house.book.verifyAudit()
  }

  @Test("Without the duty nobody of the staff writes rules, and who loses it stops at once")
  func duty() async throws {
    let house = try await RuleHouse()
    let other = try await RuleHouse.staff("other", isOwner: false, in: house.book)
    await Self.expect("not-a-rule-owner") { _ = try await house.laxDraft(by: other) }
    let id = try await house.laxDraft(by: house.wanda)
    try await house.book.take(.ruleOwner, from: house.wanda.colleague, by: atMachine)
    await Self.expect("not-a-rule-owner") {
      _ = try await house.rules.sendForReview(house.wanda, id, revision: nil)
    }
  }

  @Test("The running desk changes over on the effective day, asOf decides by what was in force")
  func effectiveDay() async throws {
    let house = try await RuleHouse()
    let today = house.book.today
    let (tomorrow, before) = (today.adding(days: 1), house.desk.adviser.rules.digest)
    let first = try await house.recommend()
    let id = try await house.reviewedDraft()
    let published = try await house.rules.publish(
      house.anton, id, effective: tomorrow, override: "decided")
    #expect(house.desk.adviser.rules.digest == before)
    let ahead = try await house.recommend(asOf: tomorrow)
    #expect(try house.rulesDigest(ahead) == published.digest)
    house.test.clock.advance(seconds: 24 * 3_600)
    #expect(house.desk.adviser.rules.digest == published.digest)
    let second = try await house.desk.recommend(
      house.book.client("clara"), RuleHouse.goal, request: RuleHouse.request())
    #expect(try house.rulesDigest(second) == published.digest)
    #expect(String(decoding: second.outcome, as: UTF8.self).contains("\"offers\":[{"))
    let back = try await house.desk.recommend(
      house.book.client("clara"), RuleHouse.goal, asOf: today, request: RuleHouse.request())
    #expect(back.outcome == first.outcome)
    await #expect(throws: Refusal.self) {
      try await house.desk.recommend(
        house.book.client("clara"), RuleHouse.goal, asOf: .on("2023-12-31"),
        request: RuleHouse.request())
    }
    // As after a restart, from the store alone.
    let again = try await AdviceDesk(book: house.book, home: ProjectFolder.root)
    #expect(again.adviser.rules.digest == published.digest)
    let replay = try await again.replay(for: atMachine)
    #expect(replay.equal == replay.total && replay.total == 4)
  }

  @Test("One call goes back to the edition before, and another to the one before that")
  func rollback() async throws {
    let house = try await RuleHouse()
    let original = house.desk.adviser.rules.digest
    await Self.expect("no-earlier-edition") {
      _ = try await house.rules.rollBack(house.anton, to: nil, reason: "why")
    }
    let id = try await house.reviewedDraft()
    let published = try await house.rules.publish(
      house.anton, id, effective: house.book.today, override: "decided")
    let made = try await house.recommend()
    #expect(try house.rulesDigest(made) == published.digest)
    _ = try await house.rules.rollBack(house.wanda, to: nil, reason: "Too lax.")
    #expect(house.desk.adviser.rules.digest == original)
    await Self.expect("no-earlier-edition") {
      _ = try await house.rules.rollBack(house.wanda, to: nil, reason: "why")
    }
    await Self.expect("self-approval") {
      _ = try await house.rules.rollBack(house.wanda, to: published.digest, reason: "Not so.")
    }
    _ = try await house.rules.rollBack(house.anton, to: published.digest, reason: "Not so.")
    #expect(house.desk.adviser.rules.digest == published.digest)
    await #expect(throws: Refusal.self) {
      try await house.rules.rollBack(house.wanda, to: String(repeating: "0", count: 64), reason: "")
    }
    let replay = try await house.desk.replay(for: atMachine)
    #expect(replay.equal == 1 && replay.total == 1)
  }

  @Test("What is to come into force is taken back by naming the edition in force")
  func takingBack() async throws {
    let house = try await RuleHouse()
    let original = house.desk.adviser.rules.digest
    let day = house.book.today.adding(days: 3)
    let id = try await house.reviewedDraft()
    _ = try await house.rules.publish(house.anton, id, effective: day, override: "decided")
    #expect(try await house.desk.adviser(on: day).rules.digest != original)
    _ = try await house.rules.rollBack(house.anton, to: original, reason: "Not yet.")
    #expect(try await house.desk.adviser(on: day).rules.digest == original)
  }

  @Test("An edition that another would undo later is published with a reason that says something")
  func undoneLater() async throws {
    let house = try await RuleHouse()
    let today = house.book.today
    let first = try await house.reviewedDraft()
    let later = today.adding(days: 3)
    _ = try await house.rules.publish(house.anton, first, effective: later, override: "decided")
    let second = try await house.reviewedDraft()
    for reason in [nil, " ", "\u{200B}\u{2060}"] {
      await #expect {
        try await house.rules.publish(
          house.anton, second, effective: today.adding(days: 1), override: reason)
      } throws: { error in
        guard case Refusal.conflict(_, let detail) = error else { return false }
        return detail.contains("comes into force on \(later)") && detail.contains("It flips 1 of")
      }
    }
    _ = try await house.rules.publish(
      house.anton, second, effective: today.adding(days: 1), override: "for two days")
  }

  @Test("A draft with a fault is refused with its rule and column; the past is no effective day")
  func refusals() async throws {
    let house = try await RuleHouse()
    let id = try await house.laxDraft(by: house.wanda)
    let (_, files) = try await house.rules.draft(id)
    let model = try #require(files["suitability.dmn"])
    let text = String(decoding: model, as: UTF8.self)
      .replacing("[12..36)", with: "[11..36)")
    _ = try await house.rules.put(
      house.wanda, id, revision: 2, file: "suitability.dmn", Array(text.utf8))
    await #expect(throws: Refusal.stale) {
      try await house.rules.put(
        house.wanda, id, revision: 2, file: "suitability.dmn", Array(text.utf8))
    }
    do {
      _ = try await house.rules.sendForReview(house.wanda, id, revision: nil)
      Issue.record("a draft with an overlap was sent for review")
    } catch Refusal.invalid(let violations) {
      #expect(
        violations.map(\.pointer)
          == ["/files/suitability.dmn/horizon limit/rules/1,2/horizon months"])
      #expect(violations.map(\.code) == ["overlap"])
    }
    _ = try await house.rules.put(
      house.wanda, id, revision: nil, file: "suitability.dmn", model)
    _ = try await house.rules.sendForReview(house.wanda, id, revision: nil)
    _ = try await house.rules.replay(house.anton, id)
    await #expect(throws: Refusal.self) {
      try await house.rules.publish(
        house.anton, id, effective: house.book.today.adding(days: -1), override: "x")
    }
    for name in ["../x.dmn", "x.exe", ".dmn", "a b.dmn"] {
      let other = try await house.laxDraft(by: house.wanda)
      await #expect(throws: Refusal.self) {
        try await house.rules.put(house.wanda, other, revision: nil, file: name, [])
      }
    }
  }

  /// Holds that a body is refused under a code.
  static func expect(_ code: String, _ body: () async throws -> Void) async {
    do {
      try await body()
      Issue.record("\(code) was not refused")
    } catch Refusal.conflict(let found, _) {
      #expect(found == code)
    } catch Refusal.forbidden(let found, _) {
      #expect(found == code)
    } catch {
      Issue.record("\(code): \(error)")
    }
  }

  private static func acts(_ book: Book) async throws -> Set<String> {
    Set(
      try await book.read { tx in
        try tx.connection.all("SELECT act FROM audit", as: String.self)
      })
  }
}
