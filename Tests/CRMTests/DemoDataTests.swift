import Advice
import Foundation
import JSON
import Quantities
import Support
import Testing
import Vault

@testable import CRM

@Suite("Demo data")
struct DemoDataTests {
  private static let day = CalendarDate.on("2026-11-22")

  private func forms() throws -> FormSet {
    let folder = ProjectFolder.root.appending(path: "Questionnaires")
    return try FormSet(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
        try Questionnaire(json: Array(try Data(contentsOf: folder.appending(path: name))))
      })
  }

  private func facts(of client: DemoClient) -> Facts {
    var facts = client.facts
    for source in client.entries {
      let entry = HistoryEntry(
        id: .derived(from: [source.key]), at: source.at, kind: source.kind,
        channel: source.channel, details: source.details)
      if let event = entry.event(homeCurrency: facts.homeCurrency) { facts.history.record(event) }
    }
    return facts
  }

  @Test("Ana earns 2,200 and spends about 1,500 a month, and has about 9,000")
  func anaIsAsPromised() throws {
    let ana = try #require(DemoData(seed: 1, clients: 0, on: Self.day).people.first)
    let facts = facts(of: ana)
    #expect(facts.profile.age(on: Self.day) == 34)
    #expect(facts.history.regularIncome(before: Self.day) == 2_200)
    let spending = try #require(facts.history.regularSpending(before: Self.day))
    #expect(spending > 1_350 && spending < 1_650, "\(spending)")
    #expect(ana.entries.last { $0.kind == .movement }?.details.balance == 9_000)
    #expect(facts.risk.riskClass == 4)
  }

  @Test("The same seed and day give the same clients, another seed gives others")
  func seedDecides() {
    let one = DemoData(seed: 7, clients: 30, on: Self.day)
    let same = DemoData(seed: 7, clients: 500, on: Self.day)
    let other = DemoData(seed: 8, clients: 30, on: Self.day)
    for number in 0..<30 {
      let bytes = facts(of: one.client(number)).canonicalBytes
      #expect(bytes == facts(of: same.client(number)).canonicalBytes)
      #expect(bytes != facts(of: other.client(number)).canonicalBytes)
    }
  }

  @Test("Every answer is one that the forms allow")
  func answersFit() throws {
    let forms = try forms()
    let demo = DemoData(seed: 5, clients: 200, on: Self.day)
    for client in demo.people + (0..<200).map({ demo.client($0) }) {
      for form in forms.forms {
        let asked = Set(form.questions.map(\.id))
        let given = client.answers.filter { asked.contains($0.key) }
        #expect(form.violations(in: given).isEmpty, "\(client.key)")
      }
    }
  }

  @Test("Movements fill the fourteen months before the day and never overdraw", arguments: 0..<40)
  func movementsAreSound(_ number: Int) throws {
    let demo = DemoData(seed: 3, clients: 40, on: Self.day)
    for client in number == 0 ? demo.people : [demo.client(number)] {
      let movements = client.entries.filter { $0.kind == .movement }
      guard let first = movements.first, let last = movements.last else { continue }
      #expect(first.at.calendarDate >= Self.day.adding(months: -14))
      #expect(last.at.calendarDate < Self.day)
      #expect(Set(client.entries.map(\.key)).count == client.entries.count)
      #expect(movements.allSatisfy { ($0.details.balance ?? -1) >= 0 }, "\(client.key)")
      for (before, after) in zip(movements, movements.dropFirst()) {
        let amount = try #require(after.details.amount)
        let sign: Decimal128 = after.details.movement?.isCredit == true ? 1 : -1
        #expect(before.details.balance.map { $0 + sign * amount } == after.details.balance)
        #expect(before.at < after.at)
      }
    }
  }

  @Test("A book takes the data: logins open, answers, claims and mandates are there")
  func bookTakesIt() async throws {
    let test = try await TestBook()
    let demo = DemoData(seed: 1, clients: 25, on: test.clock.now.calendarDate)
    try await test.book.take(demo, forms: forms(), by: atMachine)
    #expect(try await test.book.clientCount(for: atMachine) == 29)
    let roles = Dictionary(uniqueKeysWithValues: DemoData.signIns.map { ($0.login, $0.role) })
    for signIn in DemoData.signIns {
      let session = try await test.book.signIn(signIn.login, password: signIn.password)
      #expect(session.principal.role == roles[signIn.login])
    }
    let ana = try await test.book.client("ana@demo.example", "demo-password-ana")
    let facts = try await test.book.facts(of: ana).facts
    #expect(facts.answers["owns-home"] == "true")
    #expect(facts.history.movements > 200)
    let maria = try await test.book.signIn("maria@demo.example", password: "demo-password-maria")
    guard case .policyholder(let principal) = maria.principal else {
      Issue.record("Maria is no policyholder")
      return
    }
    #expect(try await test.book.policies(of: principal).count == 2)
    let claims = try await test.book.claims(of: principal)
    let open = try #require(claims.first { !$0.status.isFinal })
    #expect(open.due != nil)
    #expect(try await test.book.claim(open.id, of: principal).steps.count == 2)
    #expect(claims.contains { $0.status == .paid && $0.details.paid == 1_240 })
    let victor = try await test.book.signIn("victor@demo.example", password: "demo-password-victor")
    guard case .broker(let broker) = victor.principal else {
      Issue.record("Victor is no broker")
      return
    }
    let clients = try await test.book.clients(of: broker, limit: 200).map { $0.name.expose() }
    #expect(clients.contains("Ana Munteanu") && clients.contains("Igor Ceban"))
    #expect(!clients.contains("Maria Țurcan") && clients.count < 29)
  }
}

extension Book {
  fileprivate func client(_ login: String, _ password: String) async throws -> ClientPrincipal {
    guard case .client(let principal) = try await signIn(login, password: password).principal
    else { throw Refusal.denied }
    return principal
  }
}
