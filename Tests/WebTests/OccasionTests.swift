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

@Suite("Occasions, accepted offers and advice by the staff")
struct OccasionTests {
  private static func offers(_ response: TestResponse) throws -> [JSONNode] {
    try JSONNode.parse(response.text, limits: .file)["outcome"]?["offers"]?.elements ?? []
  }

  private static func id(of offer: JSONNode) -> String {
    offer["product"]?["id"]?.stringValue ?? ""
  }

  @Test("An offer that was accepted is not made again, and says why")
  func accepted() async throws {
    let house = try await House()
    let anna = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      let path = "/v1/me/recommendations"
      let made = try await ResponseTests.send(client, path, anna, AdviceOperationTests.goal)
      let product = Self.id(of: try #require(try Self.offers(made).first))
      let decision = try JSONNode.parse(made.text, limits: .file)["decision"]?["id"]?.stringValue
      let answered = try await ResponseTests.send(
        client, "/v1/decisions/\(try #require(decision))/responses", anna,
        #"{"product":"\#(product)","answer":"accepted"}"#)
      #expect(answered.status == .ok)
      for goal in [AdviceOperationTests.goal, #"{"kind":"any","limit":50}"#] {
        let again = try await ResponseTests.send(client, path, anna, goal)
        #expect(try Self.offers(again).allSatisfy { Self.id(of: $0) != product })
      }
      let again = try await ResponseTests.send(client, path, anna, AdviceOperationTests.goal)
      let next = try JSONNode.parse(again.text, limits: .file)["decision"]?["id"]?.stringValue
      let page = try await client.execute(
        uri: "/v1/decisions/\(try #require(next))/exclusions?limit=1000", method: .get,
        headers: AdviceOperationTests.headers(anna))
      let items = try JSONNode.parse(page.text, limits: .file)["items"]?.elements ?? []
      let item = try #require(items.first { Self.id(of: $0) == product })
      let codes = item["reasons"]?.elements?.compactMap { $0["code"]?.stringValue }
      #expect(codes == ["accepted"])
      #expect(item["tier"]?.stringValue == "applicability")
    }
  }

  @Test("An event adds what it is an occasion for, after what was asked for")
  func event() async throws {
    let house = try await House.shared.value
    let anna = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      let path = "/v1/me/recommendations"
      let plain = try await ResponseTests.send(client, path, anna, AdviceOperationTests.goal)
      let lines = { (response: TestResponse) in
        try Set(Self.offers(response).compactMap { $0["product"]?["line"]?.stringValue })
      }
      #expect(try lines(plain) == ["loan"])
      let trip = AdviceOperationTests.goal.replacing(
        "{\"kind\"", with: #"{"context":{"event":"tripBooked"},"limit":50,"kind""#)
      let made = try await ResponseTests.send(client, path, anna, trip)
      #expect(made.status == .ok, "\(made.text)")
      let outcome = try #require(try JSONNode.parse(made.text, limits: .file)["outcome"])
      let codes = outcome["needs"]?.elements?.compactMap { $0["code"]?.stringValue }
      #expect(codes == ["asked", "after-trip"])
      #expect(outcome["goal"]?["context"]?["event"]?.stringValue == "tripBooked")
      let counts = try #require(outcome["counts"])
      let shown = try Self.offers(made).count + (Int(counts["undecided"]?.numberText ?? "") ?? 0)
      #expect(shown > 0)
      let unknown = try await ResponseTests.send(
        client, path, anna, trip.replacing("tripBooked", with: "earthquake"))
      #expect(unknown.status == .unprocessableContent)
      #expect(unknown.text.contains("/context/event"))
    }
  }

  @Test("Each offer shows what the law wants beside it, in the client's language")
  func disclosures() async throws {
    let house = try await House.shared.value
    let anna = try await house.token("anna")
    let names: [String: Set<String>] = [
      "borrow": ["annualPercentageRateOfCharge", "totalAmountPayable", "borrowingRate"],
      "save": ["interestRate", "effectiveAnnualRate"], "insure": ["premiumTotal"],
    ]
    try await house.server().application().test(.router) { client in
      for (kind, wanted) in names {
        let goal = AdviceOperationTests.goal.replacing("borrow", with: kind)
        let made = try await ResponseTests.send(client, "/v1/me/recommendations", anna, goal)
        for offer in try Self.offers(made) {
          let shown = offer["disclosures"]?.elements ?? []
          #expect(wanted.isSubset(of: shown.compactMap { $0["name"]?.stringValue }))
        }
      }
      let cover = try await ResponseTests.send(
        client, "/v1/me/recommendations", anna, #"{"kind":"insure","locale":"ro"}"#)
      #expect(!cover.text.contains("demands and needs"))
    }
  }

  private static let nobody = "00000000-0000-7000-8000-000000000000"

  @Test("One of the staff advises a client, who finds the decision among theirs")
  func staff() async throws {
    let house = try await House.shared.value
    let (anna, stella) = (try await house.token("anna"), try await house.token("stella"))
    let ivan = try await house.token("ivan")
    try await house.server().application().test(.router) { client in
      let path = "/v1/clients/\(house.client.text)/recommendations"
      let made = try await ResponseTests.send(client, path, stella, AdviceOperationTests.goal)
      #expect(made.status == .ok, "\(made.text)")
      let own = try await ResponseTests.send(
        client, "/v1/me/recommendations", anna, AdviceOperationTests.goal)
      let outcome = { (response: TestResponse) in
        response.text.range(of: #""outcome":"#).map { response.text[$0.upperBound...] }
      }
      #expect(outcome(made) == outcome(own))
      let id = try JSONNode.parse(made.text, limits: .file)["decision"]?["id"]?.stringValue
      for (token, status) in [(anna, HTTPResponse.Status.ok), (ivan, .notFound)] {
        let read = try await client.execute(
          uri: "/v1/decisions/\(try #require(id))", method: .get,
          headers: AdviceOperationTests.headers(token))
        #expect(read.status == status)
      }
      let stored = "/v1/clients/\(house.client.text)/decisions/\(try #require(id))"
      for (uri, token, status) in [
        (stored, stella, HTTPResponse.Status.ok), (stored + "/exclusions", stella, .ok),
        (stored, anna, .forbidden), (stored + "/exclusions", ivan, .forbidden),
        (stored.replacing(house.client.text, with: Self.nobody), stella, .notFound),
      ] {
        let read = try await client.execute(
          uri: uri, method: .get, headers: AdviceOperationTests.headers(token))
        #expect(read.status == status, "\(uri)")
        guard status == .ok, uri.hasSuffix("exclusions") else { continue }
        #expect(read.text.contains(#""cell":"#), "the cell that decided is named")
      }
      let absent = "/v1/clients/\(Self.nobody)/recommendations"
      #expect(
        try await ResponseTests.send(client, absent, stella, AdviceOperationTests.goal).status
          == .notFound)
      #expect(
        try await ResponseTests.send(client, path, ivan, AdviceOperationTests.goal).status
          == .forbidden)
    }
    let trail = try await house.book.read { tx in
      try tx.auditTrail(
        tx.authorize(atMachine, for: house.client), limit: 10_000)
    }
    #expect(trail.contains { $0.act == "staffRead" && $0.detail == "advice" })
  }
}
