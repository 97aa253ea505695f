import Advice
import CRM
import Foundation
import JSON
import Quantities
import Storage
import Support
import Testing

@Suite("Answering forms") struct AnsweringTests {
  /// Two linked forms; the second may be of a later version.
  static func forms(version: Int = 1, since: Int = 1) throws -> FormSet {
    try FormSet([
      try Questionnaire(
        json: Array(
          """
          {"id": "home", "version": 1, "title": "Home", "purpose": "P", "questions": [
            {"id": "owns-home", "text": "?", "type": "yesNo"},
            {"id": "floors", "text": "?", "type": "integer", "min": 1, "max": 50,
             "when": "owns home = true", "required": false},
            {"id": "work", "text": "?", "type": "choice", "fact": "employment",
             "required": false, "options": [
              {"value": "employed", "text": "E"}, {"value": "retired", "text": "R"}]}]}
          """.utf8)),
      try Questionnaire(
        json: Array(
          """
          {"id": "value", "version": \(version), "title": "Value", "purpose": "P",
           "follows": ["home"], "when": "owns home = true", "questions": [
            {"id": "worth", "text": "?", "type": "number", "min": 0, "max": 1000000,
             "since": \(since)},
            {"id": "year", "text": "?", "type": "integer", "min": 1800, "max": 2100,
             "required": false}]}
          """.utf8)),
    ])
  }

  private func change(
    _ test: borrowing TestBook, _ ada: ClientPrincipal, _ form: String,
    _ answers: [String: String?], _ forms: FormSet, revision: Int? = nil, version: Int? = nil
  ) async throws -> AnswerFile {
    let change = AnswerChange(answers, revision: revision, version: version)
    let form = try #require(forms[form])
    return try await test.book.change(change, of: ada, to: form, among: forms).file
  }

  private func codes(_ body: () async throws -> Void) async -> [String] {
    do {
      try await body()
      return []
    } catch Refusal.invalid(let violations) {
      return violations.map { "\($0.pointer) \($0.code)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `answers saved on one device are there on another, and go on from there`()
    async throws
  {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let phone = try await test.book.client("ada")
    let desk = try await test.book.client("ada")
    _ = try await change(test, phone, "home", ["owns-home": "true"], forms)
    let file = try await change(test, desk, "home", ["floors": "3"], forms, revision: 1)
    #expect(file.sets["home"]?.answers == ["owns-home": "true", "floors": "3"])
    #expect(file.sets["home"]?.revision == 2)
    await #expect(throws: Refusal.stale) {
      _ = try await change(test, phone, "home", ["floors": "4"], forms, revision: 1)
    }
    #expect(try await test.book.answerFile(of: phone, forms).counting["floors"] == "3")
  }

  @Test func `an answer to a question that is not asked is refused and changes nothing`()
    async throws
  {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    let hidden = await codes { _ = try await change(test, ada, "value", ["worth": "5"], forms) }
    #expect(hidden == ["/answers/worth hidden"])
    let unknown = await codes { _ = try await change(test, ada, "value", ["nose": "5"], forms) }
    #expect(unknown == ["/answers/nose unknownQuestion"])
    let gone = await codes {
      _ = try await change(test, ada, "value", ["nose": String?.none], forms)
    }
    #expect(gone == ["/answers/nose unknownQuestion"])
    #expect(try await test.book.answerFile(of: ada, forms).sets.isEmpty)
    #expect(try await test.book.facts(of: ada).facts.answers.isEmpty)
  }

  @Test func `an answer that leaves another form unasked takes its answers out of the facts`()
    async throws
  {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    _ = try await change(test, ada, "home", ["owns-home": "true", "floors": "3"], forms)
    _ = try await change(test, ada, "value", ["worth": "90000"], forms)
    #expect(try await test.book.facts(of: ada).facts.answers["worth"] == "90000")
    var file = try await change(test, ada, "home", ["owns-home": "false"], forms)
    #expect(file.facts.facts.answers == ["owns-home": "false"])
    #expect(file.sets["home"]?.answers == ["owns-home": "false"])
    #expect(file.sets["value"]?.answers == ["worth": "90000"], "kept, but not counting")
    file = try await change(test, ada, "home", ["owns-home": "true"], forms)
    #expect(file.facts.facts.answers == ["owns-home": "true", "worth": "90000"])
  }

  @Test func `the same answers give the same facts in whatever order they came`() async throws {
    let forms = try Self.forms()
    let answers = [
      ("home", "owns-home", "true"), ("home", "floors", "3"), ("home", "work", "retired"),
      ("value", "worth", "90000"), ("value", "year", "1950"),
    ]
    var seen: Set<[UInt8]> = []
    for order in [[0, 1, 2, 3, 4], [0, 3, 4, 2, 1], [2, 0, 4, 1, 3], [0, 4, 3, 2, 1]] {
      let test = try await TestBook()
      _ = try await test.book.addClient("ada")
      let ada = try await test.book.client("ada")
      for place in order {
        let (form, question, answer) = answers[place]
        _ = try await change(test, ada, form, [question: answer], forms)
      }
      seen.insert(try await test.book.facts(of: ada).facts.canonicalBytes)
    }
    #expect(seen.count == 1)
  }

  @Test func `answers stay bound to their version, and only what means the same goes over`()
    async throws
  {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    _ = try await change(test, ada, "home", ["owns-home": "true"], forms)
    _ = try await change(test, ada, "value", ["worth": "90000", "year": "1950"], forms)
    let newer = try Self.forms(version: 2, since: 2)
    let form = try #require(newer["value"])
    var file = try await test.book.answerFile(of: ada, newer)
    #expect(file.sets["value"]?.formVersion == 1)
    #expect(file.answers(to: form) == ["year": "1950"])
    #expect(file.counting["worth"] == nil)
    do {
      _ = try await change(test, ada, "value", ["year": "1951"], newer, version: 1)
      Issue.record("an answer to another version was taken")
    } catch Refusal.conflict(let code, _) {
      #expect(code == "formVersion")
    }
    file = try await change(test, ada, "value", ["year": "1951"], newer, version: 2)
    #expect(file.sets["value"]?.formVersion == 2)
    #expect(file.sets["value"]?.answers == ["year": "1951"])
    #expect(file.facts.facts.answers["worth"] == nil)
  }

  @Test func `what was imported stands until the client answers, and is not written over later`()
    async throws
  {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    _ = try await change(test, ada, "home", ["owns-home": "true", "work": "retired"], forms)
    #expect(try await test.book.facts(of: ada).facts.profile.employment == .retired)
    let file = try await change(test, ada, "home", ["work": String?.none], forms)
    #expect(file.facts.facts.profile.employment == nil)
    #expect(file.facts.facts.answers == ["owns-home": "true"])
  }

  @Test func `answers lie in the store sealed`() async throws {
    let test = try await TestBook()
    let forms = try Self.forms()
    _ = try await test.book.addClient("ada")
    let ada = try await test.book.client("ada")
    _ = try await change(test, ada, "home", ["owns-home": "true"], forms)
    _ = try await change(test, ada, "value", ["worth": "31415.92"], forms)
    let rows = try await test.engine.read { tx in
      try tx.all("SELECT answers FROM answer_set", as: [UInt8].self)
    }
    #expect(rows.count == 2)
    for row in rows { #expect(!String(decoding: row, as: UTF8.self).contains("31415")) }
  }
}
