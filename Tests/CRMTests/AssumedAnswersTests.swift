import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice
@testable import CRM

@Suite("Answers that a goal assumes")
struct AssumedAnswersTests {
  /// Takes back what a transaction has written, and hands out the facts it left.
  private struct Undone: Error {
    let facts: Facts
  }

  private static let goals = [
    #"{"kind":"borrow","amount":"8000","currency":"EUR","termMonths":36,"limit":50}"#,
    #"{"kind":"any","limit":50}"#, #"{"kind":"insure","limit":50}"#,
    #"{"kind":"save","amount":"5000","currency":"EUR","termMonths":12,"limit":50}"#,
    #"{"kind":"hedge","amount":"80000","currency":"EUR","termMonths":6,"limit":50}"#,
  ]

  /// The first and the last of a question's answers.
  private static func some(of answers: [String]) -> [String] {
    answers.count > 2 ? [answers[0], answers[answers.count - 1]] : answers
  }

  private func goal(_ number: Int) throws -> Goal {
    let json = Self.goals[number % Self.goals.count]
    return try decodeJSON(Array(json.utf8)) { Goal(reading: $0) }
  }

  /// What a client is told, the goal itself aside.
  private func told(
    _ adviser: Adviser, _ facts: Facts, _ goal: Goal, on day: CalendarDate
  ) -> String {
    let outcome = Outcome(adviser.consult(facts, for: goal, on: day))
    return String(decoding: outcome.bytes, as: UTF8.self)
      .replacing(String(decoding: goal.canonicalBytes, as: UTF8.self), with: "")
  }

  @Test("Assuming an answer gives what recording it gives, or is refused as recording it is")
  func equalsRecording() async throws {
    let test = try await TestBook()
    let desk = try await AdviceDesk(book: test.book, home: ProjectFolder.root)
    let (adviser, forms) = (desk.adviser, desk.adviser.rules.forms)
    let demo = DemoData(seed: 1, clients: 1, on: test.book.today)
    try await test.book.take(demo, forms: forms, by: atMachine)
    let keys = (demo.people + [demo.client(0)]).map(\.key)
    var (taken, refused, telling) = (0, 0, 0)
    for key in keys {
      let facts = try await test.book.read { tx in
        try tx.client(sourceKey: key).map { try tx.facts(tx.authorize(atMachine, for: $0)).facts }
      }
      let before = try #require(facts)
      let unchanged = try Self.goals.indices.map {
        told(adviser, before, try goal($0), on: test.book.today)
      }
      let domain = AnswerDomain(adviser, on: test.book.today, home: before.homeCurrency)
      for (number, question) in forms.order.enumerated() {
        let form = try #require(forms.form(asking: question.id))
        for answer in Self.some(of: domain.answers(to: question)) + ["nonsense"] {
          let about = "\(key) \(question.id)=\(answer)"
          var assuming = try goal(number)
          assuming.assuming.answers = [question.id: answer]
          let faults = adviser.rules.violations(
            assuming: assuming.assuming.answers, of: before)
          switch try await recorded(test.book, key, [question.id: answer], form, forms) {
          case .success(let after):
            taken += 1
            #expect(faults.isEmpty, "\(about): \(faults)")
            let promised = told(adviser, before, assuming, on: test.book.today)
            let plain = try goal(number)
            #expect(
              promised == told(adviser, after, plain, on: test.book.today), "\(about)")
            if promised != unchanged[number % unchanged.count] { telling += 1 }
          case .failure(let found):
            refused += 1
            // What is wrong with an answer given before has no place of its own in the goal.
            let wanted = found.list.map { fault in
              let isGiven = fault.pointer == "/answers/\(question.id)"
              return "/assuming\(isGiven ? fault.pointer : "/answers") \(fault.code)"
            }
            #expect(
              Set(faults.map { "\($0.pointer) \($0.code)" }) == Set(wanted), "\(about)")
          }
        }
      }
    }
    #expect(taken > 300 && refused > 300 && telling > 40, "\(taken) \(refused) \(telling)")
  }

  /// The facts that recording answers leaves, of which nothing is kept; or why it is refused.
  private func recorded(
    _ book: Book, _ key: String, _ answers: [String: String], _ form: Questionnaire,
    _ forms: FormSet
  ) async throws -> Result<Facts, Violations> {
    do {
      try await book.write { tx in
        guard let id = try tx.client(sourceKey: key) else { throw Refusal.notFound }
        let access = try tx.authorize(atMachine, for: id)
        try tx.change(access, AnswerChange(answers), to: form, among: forms)
        throw Undone(facts: try tx.facts(access).facts)
      }
    } catch let undone as Undone {
      return .success(undone.facts)
    } catch Refusal.invalid(let violations) {
      return .failure(Violations(violations))
    }
    throw Refusal.notFound
  }

  @Test("A decision on assumed answers is stored with them and made again to the same bytes")
  func replays() async throws {
    let house = try await RuleHouse()
    var goal = RuleHouse.goal
    goal.assuming.answers = ["employment": "employed", "dependants": "2", "owns-home": "true"]
    let made = try await house.desk.recommend(
      house.client, goal, request: RuleHouse.request())
    let stored = try await house.book.decision(made.id, of: house.client)
    #expect(stored.basis.goal == goal.canonicalBytes)
    let plain = try await house.recommend()
    #expect(plain.outcome != made.outcome)
    let replay = try await house.desk.replay(for: atMachine)
    #expect(replay.equal == 2 && replay.different.isEmpty && replay.total == 2)
  }

  @Test(
    "What could not be recorded is refused at its place in the goal",
    arguments: [
      ("nosuch", "x", "/assuming/answers/nosuch", "unknownQuestion"),
      ("a/b~c", "x", "/assuming/answers/a~1b~0c", "unknownQuestion"),
      ("residency", "romania", "/assuming/answers/residency", "choice"),
      ("dependants", "-1", "/assuming/answers/dependants", "range"),
      ("vehicle-value", "9000", "/assuming/answers/vehicle-value", "hidden"),
    ])
  func refusals(question: String, answer: String, pointer: String, code: String) async throws {
    let house = try await RuleHouse()
    var goal = RuleHouse.goal
    goal.assuming.answers = [question: answer]
    do {
      _ = try await house.desk.recommend(house.client, goal, request: RuleHouse.request())
      Issue.record("\(question)=\(answer) was taken")
    } catch Refusal.invalid(let violations) {
      #expect(violations.map(\.pointer) == [pointer])
      #expect(violations.map(\.code) == [code])
    }
  }
}
