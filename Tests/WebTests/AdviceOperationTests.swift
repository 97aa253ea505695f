import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Quantities
import Testing

@testable import Web

@Suite("Advice from outside")
struct AdviceOperationTests {
  static let goal = #"{"kind":"borrow","amount":9000,"currency":"EUR","termMonths":48}"#

  static func headers(_ token: String, key: String? = nil) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: "application/json", .authorization: "Bearer \(token)",
    ]
    headers[.idempotencyKey] = key
    return headers
  }

  @Test("A recommendation is stored, read back and explained to the last product")
  func recommendation() async throws {
    let house = try await House.shared.value
    let token = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      let made = try await client.execute(
        uri: "/v1/me/recommendations", method: .post,
        headers: Self.headers(token, key: UUID().uuidString),
        body: ByteBuffer(string: Self.goal))
      #expect(made.status == .ok, "\(made.text)")
      let answer = try JSONNode.parse(made.text, limits: .file)
      let id = try #require(answer["decision"]?["id"]?.stringValue)
      let counts = try #require(answer["outcome"]?["counts"])
      let total = Int(counts["total"]?.numberText ?? "")
      let offered = try #require(Int(counts["offered"]?.numberText ?? ""))
      #expect(total == house.desk.adviser.products.count)

      let read = try await client.execute(
        uri: "/v1/decisions/\(id)", method: .get, headers: Self.headers(token))
      #expect(read.status == .ok)
      let outcome = made.text.range(of: #""outcome":"#).map { made.text[$0.upperBound...] }
      #expect(read.text.contains(try #require(outcome).dropLast()))

      var seen = 0
      var from = 0
      while true {
        let page = try await client.execute(
          uri: "/v1/decisions/\(id)/exclusions?from=\(from)&limit=50", method: .get,
          headers: Self.headers(token))
        let items = try JSONNode.parse(page.text, limits: .file)["items"]?.elements ?? []
        for item in items { #expect(item["reasons"]?.elements?.isEmpty == false) }
        seen += items.count
        from += 50
        if items.count < 50 { break }
      }
      #expect(seen + offered == total)
    }
  }

  @Test("The same key gives the same decision, another body under it is refused")
  func idempotency() async throws {
    let house = try await House.shared.value
    let token = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      let key = UUID().uuidString
      func send(_ body: String, _ key: String?) async throws -> TestResponse {
        try await client.execute(
          uri: "/v1/me/recommendations", method: .post, headers: Self.headers(token, key: key),
          body: ByteBuffer(string: body))
      }
      let first = try await send(Self.goal, key)
      let second = try await send(Self.goal, key)
      #expect(first.text == second.text)
      let other = try await send(Self.goal.replacing("9000", with: "9001"), key)
      #expect(other.status == .unprocessableContent)
      #expect(other.text.contains("idempotencyKeyReused"))
      let missing = try await send(Self.goal, nil)
      #expect(missing.status == .badRequest)
      #expect(missing.text.contains("idempotencyKeyMissing"))
    }
  }

  @Test("Another client's decision does not exist")
  func foreignDecision() async throws {
    let house = try await House.shared.value
    let anna = try await house.token("anna")
    let ivan = try await house.token("ivan")
    try await house.server().application().test(.router) { client in
      let made = try await client.execute(
        uri: "/v1/me/recommendations", method: .post,
        headers: Self.headers(anna, key: UUID().uuidString),
        body: ByteBuffer(string: Self.goal))
      let id = try #require(
        try JSONNode.parse(made.text, limits: .file)["decision"]?["id"]?.stringValue)
      for path in ["/v1/decisions/\(id)", "/v1/decisions/\(id)/exclusions"] {
        let response = try await client.execute(
          uri: path, method: .get, headers: Self.headers(ivan))
        #expect(response.status == .notFound)
      }
    }
  }

  @Test(
    "An assumed answer is taken as the answers routes take it, or refused at its place",
    arguments: [
      (#"{"owns-vehicle":true}"#, ""), (#"{"dependants":2}"#, ""),
      (#"{"residency":"romania"}"#, "/assuming/answers/residency choice"),
      (#"{"nosuch":"x"}"#, "/assuming/answers/nosuch unknownQuestion"),
      (#"{"owns-vehicle":null}"#, "/assuming/answers/owns-vehicle type"),
    ])
  func assumedAnswers(answers: String, fault: String) async throws {
    let house = try await House.shared.value
    let anna = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      let goal = String(Self.goal.dropLast()) + #","assuming":{"answers":\#(answers)}}"#
      let made = try await client.execute(
        uri: "/v1/me/recommendations", method: .post,
        headers: Self.headers(anna, key: UUID().uuidString), body: ByteBuffer(string: goal))
      #expect((made.status == .ok) == fault.isEmpty, "\(made.text)")
      guard made.status != .ok else { return }
      #expect(made.status == .unprocessableContent)
      let said = try JSONNode.parse(made.text, limits: .file)["errors"]?.elements ?? []
      let faults = said.map {
        "\($0["pointer"]?.stringValue ?? "") \($0["code"]?.stringValue ?? "")"
      }
      #expect(faults == [fault], "\(made.text)")
    }
  }

  @Test("A broker sees the clients of their mandates and no others")
  func brokerOffers() async throws {
    let house = try await House.shared.value
    let token = try await house.token("bruno")
    let own = house.client.text
    try await house.server().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/broker/offers", method: .get, headers: Self.headers(token))
      #expect(response.status == .ok, "\(response.text)")
      let items = try JSONNode.parse(response.text, limits: .file)["items"]?.elements ?? []
      #expect(items.compactMap { $0["client"]?["id"]?.stringValue } == [own])
    }
  }

  @Test(
    "A broker reads of the client in the third person, in each language",
    arguments: [
      ("en", "client", ["you", "your", "yours"]),
      ("ro", "client", ["dumneavoastră", "aveți", "dețineți", "locuiți", "sunteți"]),
      ("ru", "клиент", ["вы", "вам", "вас", "ваш", "ваша", "ваше", "вашего", "вашей"]),
    ])
  func thirdPerson(locale: String, word: String, address: [String]) async throws {
    let house = try await House.shared.value
    let token = try await house.token("bruno")
    try await house.server().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/broker/offers?locale=\(locale)", method: .get, headers: Self.headers(token))
      #expect(response.status == .ok, "\(response.text)")
      var goal = Goal(kind: .borrow)
      (goal.amount, goal.currency, goal.termMonths) = (9_000, .euro, 48)
      let facts = try await house.book.facts(of: house.ownClient("anna"))
      let consultation = house.desk.adviser.consult(
        facts.facts, for: goal, on: house.book.today, arbitration: house.book.latestArbitration)
      let outcome = Outcome(consultation, locale: locale, isOfClient: true)
      let offers =
        (try JSONNode.parse(outcome.bytes, limits: .file)["offers"]?.elements ?? [])
        + (try JSONNode.parse(response.text, limits: .file)["items"]?.elements ?? [])
        .flatMap { $0["offers"]?.elements ?? [] }
      let reasons = offers.flatMap { $0["reasons"]?.elements ?? [] }
        .compactMap { $0["text"]?.stringValue }
      #expect(reasons.contains { $0.lowercased().contains(word) }, "\(reasons)")
      for reason in reasons {
        let words = Set(reason.lowercased().split { !$0.isLetter }.map(String.init))
        #expect(words.isDisjoint(with: address), "\(reason)")
      }
    }
  }

  @Test("Answers to a form are checked, kept and counted up")
  func answers() async throws {
    let house = try await House.shared.value
    let token = try await house.token("ivan")
    try await house.server().application().test(.router) { client in
      let path = "/v1/me/questionnaires/risk-tolerance/answers"
      let before = try await client.execute(uri: path, method: .get, headers: Self.headers(token))
      #expect(before.status == .ok, "\(before.text)")
      let wrong = try await client.execute(
        uri: path, method: .put, headers: Self.headers(token),
        body: ByteBuffer(string: #"{"answers":{"no-such-question":true}}"#))
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("/answers/no-such-question"))
      let empty = try await client.execute(
        uri: path, method: .put, headers: Self.headers(token),
        body: ByteBuffer(string: #"{"answers":{}}"#))
      #expect(empty.status == .ok, "\(empty.text)")
      let stale = try await client.execute(
        uri: path, method: .put, headers: Self.headers(token),
        body: ByteBuffer(string: #"{"answers":{},"revision":0}"#))
      #expect(stale.status == .conflict)
    }
  }

  @Test("History is paged by a cursor that is of use to its owner only")
  func history() async throws {
    let house = try await House.shared.value
    let anna = try await house.token("anna")
    let ivan = try await house.token("ivan")
    try await house.server().application().test(.router) { client in
      let first = try await client.execute(
        uri: "/v1/me/history?limit=5", method: .get, headers: Self.headers(anna))
      let page = try JSONNode.parse(first.text)
      #expect(page["items"]?.elements?.count == 5)
      let cursor = try #require(page["next"]?.stringValue)
      let second = try await client.execute(
        uri: "/v1/me/history?limit=100&cursor=\(cursor)", method: .get,
        headers: Self.headers(anna))
      #expect(try JSONNode.parse(second.text)["items"]?.elements?.count == 7)
      let foreign = try await client.execute(
        uri: "/v1/me/history?cursor=\(cursor)", method: .get, headers: Self.headers(ivan))
      #expect(foreign.status == .unprocessableContent)
    }
  }
}
