import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Testing

@testable import Web

@Suite("Forms from outside", .serialized)
struct FormOperationTests {
  private static func headers(_ token: String, language: String? = nil) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: "application/json", .authorization: "Bearer \(token)",
    ]
    headers[.acceptLanguage] = language
    return headers
  }

  @Test("The forms are there in the language asked for, and an unknown one is refused by name")
  func languages() async throws {
    try await bareServer().application().test(.router) { client in
      let list = try await client.execute(uri: "/v1/questionnaires?locale=ro", method: .get)
      let forms = try JSONNode.parse(list.text)["questionnaires"]?.elements ?? []
      #expect(forms.count == 10)
      #expect(forms.contains { $0["title"]?.stringValue == "Toleranța dumneavoastră la risc" })
      let accepted = try await client.execute(
        uri: "/v1/questionnaires/motor", method: .get,
        headers: [.acceptLanguage: "de-AT, ru;q=0.8, en;q=0.5"])
      #expect(accepted.text.contains("Ваш автомобиль"))
      let plain = try await client.execute(uri: "/v1/questionnaires/motor", method: .get)
      #expect(plain.text.contains("Your vehicle"))
      for path in ["/v1/questionnaires", "/v1/questionnaires/motor"] {
        let unknown = try await client.execute(uri: "\(path)?locale=xx", method: .get)
        #expect(unknown.status == .unprocessableContent)
        #expect(unknown.text.contains("?locale") && unknown.text.contains("en, ro, ru"))
      }
    }
  }

  @Test("A recommendation in an unknown language is refused; in a known one it is worded in it")
  func goalLanguage() async throws {
    let token = try await House.shared.value.token("mila")
    try await bareServer().application().test(.router) { client in
      func ask(_ locale: String, _ accept: String?) async throws -> TestResponse {
        var headers = Self.headers(token, language: accept)
        headers[.idempotencyKey] = UUID().uuidString
        return try await client.execute(
          uri: "/v1/me/recommendations?questions=2", method: .post, headers: headers,
          body: ByteBuffer(
            string: #"{"kind":"save","amount":5000,"currency":"EUR","termMonths":12\#(locale)}"#))
      }
      let unknown = try await ask(#","locale":"xx""#, nil)
      #expect(unknown.status == .unprocessableContent && unknown.text.contains("/locale"))
      let romanian = try await ask(#","locale":"ro-MD""#, nil)
      #expect(romanian.text.contains("Dobânda pentru condițiile dumneavoastră"))
      let russian = try await ask("", "ru")
      #expect(russian.text.contains("Ставка на ваших условиях"))
      #expect(try JSONNode.parse(russian.text, limits: .file)["next"]?["isProven"] != nil)
      let id = try #require(
        JSONNode.parse(russian.text, limits: .file)["decision"]?["id"]?.stringValue)
      let rest = try await client.execute(
        uri: "/v1/decisions/\(id)/exclusions?limit=1000", method: .get,
        headers: Self.headers(token))
      #expect(rest.text.contains("Он не отвечает вашему запросу"))
      let other = try await client.execute(
        uri: "/v1/decisions/\(id)/exclusions?limit=1000&locale=ro", method: .get,
        headers: Self.headers(token))
      #expect(other.text.contains("Nu răspunde solicitării"))
    }
  }

  static let refused: [(String, String, HTTPResponse.Status, String)] = [
    ("motor", #"{"answers":{"vehicle-value":9000}}"#, .unprocessableContent, "hidden"),
    ("motor", #"{"answers":{"nose":1}}"#, .unprocessableContent, "unknownQuestion"),
    ("credit", #"{"answers":{"employment":"king"}}"#, .unprocessableContent, "choice"),
    ("credit", #"{"answers":{"monthly-income":-1}}"#, .unprocessableContent, "range"),
    ("demands-and-needs", #"{"answers":{"dependants":1.5}}"#, .unprocessableContent, "precision"),
    ("demands-and-needs", #"{"answers":{"owns-home":"maybe"}}"#, .unprocessableContent, "type"),
    (
      "risk-tolerance",
      #"{"answers":{"risk-sentence":"safe","risk-borrow":"yes"}}"#, .unprocessableContent,
      "contradiction"
    ),
    ("credit", #"{"answers":{},"version":1}"#, .conflict, "formVersion"),
    ("credit", #"{"answers":{},"revision":77}"#, .conflict, "stale"),
    ("credit", #"{"answers":{"employment":[]}}"#, .unprocessableContent, "type"),
    ("credit", #"{"anwsers":{}}"#, .unprocessableContent, "unknownKey"),
    ("no-such-form", #"{"answers":{}}"#, .notFound, "notFound"),
  ]

  @Test("Answers that cannot be taken are refused field by field", arguments: refused)
  func refusals(
    form: String, body: String, status: HTTPResponse.Status, word: String
  ) async throws {
    let token = try await House.shared.value.token("mila")
    try await bareServer().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/me/questionnaires/\(form)/answers", method: .patch,
        headers: Self.headers(token), body: ByteBuffer(string: body))
      #expect(response.status == status, "\(response.text)")
      #expect(response.text.contains(word), "\(response.text)")
    }
  }

  @Test(
    "What is wrong with an answer is told in the language of the request, under the same code",
    arguments: [
      ("en", #""detail":""#), ("ro", "Indicați un număr"), ("ru", "Укажите число"),
    ])
  func faultInLanguage(locale: String, words: String) async throws {
    let token = try await House.shared.value.token("mila")
    try await bareServer().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/me/questionnaires/demands-and-needs/answers", method: .patch,
        headers: Self.headers(token, language: locale),
        body: ByteBuffer(string: #"{"answers":{"dependants":"99"}}"#))
      #expect(response.status == .unprocessableContent)
      #expect(response.text.contains(#""code":"range""#) && response.text.contains(words))
    }
  }

  @Test("Answers bring up questions, are resumed elsewhere, and change what is asked next")
  func answering() async throws {
    let house = try await House.shared.value
    let (phone, desk) = (try await house.token("mila"), try await house.token("mila"))
    try await house.server().application().test(.router) { client in
      func patch(_ form: String, _ body: String, _ token: String) async throws -> JSONNode {
        let response = try await client.execute(
          uri: "/v1/me/questionnaires/\(form)/answers", method: .patch,
          headers: Self.headers(token), body: ByteBuffer(string: body))
        #expect(response.status == .ok, "\(response.text)")
        return try JSONNode.parse(response.text)
      }
      let needs = try await patch(
        "demands-and-needs", #"{"answers":{"owns-vehicle":true,"keeps-pet":true}}"#, phone)
      #expect(needs["asked"]?.elements?.contains { $0.stringValue == "pet-kind" } == true)
      #expect(needs["prefill"]?["birth-date"]?["answer"]?.stringValue == "1985-06-01")
      let resumed = try await client.execute(
        uri: "/v1/me/questionnaires/demands-and-needs/answers", method: .get,
        headers: Self.headers(desk))
      #expect(resumed.text.contains(#""owns-vehicle":"true""#))
      let motor = try await patch("motor", #"{"answers":{"vehicle-value":"9000.00"}}"#, desk)
      #expect(motor["answers"]?["vehicle-value"]?.stringValue == "9000.00")
      let next = try await client.execute(
        uri: "/v1/me/questions/next?kind=insure&questions=20&locale=ru", method: .get,
        headers: Self.headers(phone))
      let questions = try JSONNode.parse(next.text)["questions"]?.elements ?? []
      #expect(!questions.isEmpty, "\(next.text)")
      #expect(questions.allSatisfy { $0["changes"]?["to"]?.stringValue != nil })
      let gone = try await patch(
        "demands-and-needs", #"{"answers":{"owns-vehicle":false,"keeps-pet":null}}"#, phone)
      #expect(gone["answers"]?["keeps-pet"] == nil)
      let progress = try await client.execute(
        uri: "/v1/me/questionnaires", method: .get, headers: Self.headers(phone))
      let forms = try JSONNode.parse(progress.text)["questionnaires"]?.elements ?? []
      let asked = forms.first { $0["id"]?.stringValue == "motor" }?["isAsked"]
      #expect(asked?.kind == .boolean(false))
      let risk = try await client.execute(
        uri: "/v1/me/risk-profile", method: .get, headers: Self.headers(phone))
      #expect(risk.status == .ok && risk.text.contains("observed"))
    }
  }

  @Test("A bad goal of a shortlist is refused by its parameter")
  func badGoal() async throws {
    let token = try await House.shared.value.token("mila")
    try await bareServer().application().test(.router) { client in
      for (query, pointer) in [
        ("kind=steal", "?kind"), ("kind=borrow", "?amount"), ("termMonths=x", "?termMonths"),
        ("locale=xx", "?locale"), ("nose=1", "?nose"),
      ] {
        for path in ["/v1/me/shortlist", "/v1/me/questions/next", "/v1/me/shortlist/stream"] {
          let response = try await client.execute(
            uri: "\(path)?\(query)", method: .get, headers: Self.headers(token))
          #expect(response.status == .unprocessableContent, "\(path) \(query)")
          #expect(response.text.contains(pointer), "\(response.text)")
        }
      }
    }
  }

  @Test(
    "The shortlist comes as an event at once and again when an answer was saved elsewhere",
    .timeLimit(.minutes(20)))
  func stream() async throws {
    let token = try await House.shared.value.token("mila")
    @Sendable func isShortlist(_ text: String) -> Bool { text.contains("event: shortlist\n") }
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (opening, next) = try await converse(port: port) { connection in
        connection.send(
          "GET /v1/me/shortlist/stream HTTP/1.1\r\nHost: x\r\n"
            + "Authorization: Bearer \(token)\r\n\r\n")
        let opening = connection.receive(until: isShortlist).text
        let body = #"{"answers":{"travels-abroad":\#(Bool.random()),"dependants":3}}"#
        let other = try RawConnection(port: port)
        other.send(
          "PATCH /v1/me/questionnaires/demands-and-needs/answers HTTP/1.1\r\nHost: x\r\n"
            + "Authorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = other.receive()
        return (opening, connection.receive(until: isShortlist).text)
      }
      #expect(opening.contains("text/event-stream"))
      for text in [opening, next] {
        #expect(text.components(separatedBy: "event: shortlist\n").count == 2, "\(text)")
      }
    }
  }
}
