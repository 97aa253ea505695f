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

@Suite("Answers to offers and what would change a verdict")
struct ResponseTests {
  /// A request of its own name.
  static func send(
    _ client: any TestClientProtocol, _ path: String, _ token: String, _ body: String
  ) async throws -> TestResponse {
    try await client.execute(
      uri: path, method: .post,
      headers: AdviceOperationTests.headers(token, key: UUID().uuidString),
      body: ByteBuffer(string: body))
  }

  @Test("An answer counts once, cannot be turned round, and is of an offered product only")
  func answers() async throws {
    // A house of its own: what is learned here changes the ranking.
    let house = try await House()
    let (anna, ivan) = (try await house.token("anna"), try await house.token("ivan"))
    try await house.server().application().test(.router) { client in
      let made = try await Self.send(
        client, "/v1/me/recommendations", anna, AdviceOperationTests.goal)
      let answer = try JSONNode.parse(made.text, limits: .file)
      let id = try #require(answer["decision"]?["id"]?.stringValue)
      let offer = answer["outcome"]?["offers"]?.elements?.first
      let product = try #require(offer?["product"]?["id"]?.stringValue)
      let path = "/v1/decisions/\(id)/responses"
      let yes = #"{"product":"\#(product)","answer":"accepted"}"#
      #expect(try await Self.send(client, path, anna, yes).status == .ok)
      #expect(try await Self.send(client, path, anna, yes).status == .ok)
      let no = yes.replacing("accepted", with: "declined")
      #expect(try await Self.send(client, path, anna, no).status == .conflict)
      #expect(try await Self.send(client, path, ivan, yes).status == .notFound)
      let unknown = try await Self.send(
        client, path, anna, #"{"product":"no/such","answer":"accepted"}"#)
      #expect(unknown.status == .unprocessableContent)
      #expect(unknown.text.contains("notOffered"))
      func keyed(_ body: String) async throws -> TestResponse {
        try await client.execute(
          uri: path, method: .post, headers: AdviceOperationTests.headers(anna, key: "one-key"),
          body: ByteBuffer(string: body))
      }
      #expect(try await keyed(yes).status == .ok)
      let reused = try await keyed(no)
      #expect(reused.status == .unprocessableContent)
      #expect(reused.text.contains("idempotencyKeyReused"))
      let learned = try await house.desk.book.arbitration().0.learned
      #expect(learned == 1)
      #expect(house.desk.book.latestArbitration.learned == 1)
    }
  }

  @Test("A question asked again is decided on the facts and the answers that stand now")
  func askedAgain() async throws {
    let house = try await House()
    let (anna, ivan) = (try await house.token("anna"), try await house.token("ivan"))
    try await house.server().application().test(.router) { client in
      func ask(_ token: String, key: String = UUID().uuidString) async throws -> JSONNode {
        let made = try await client.execute(
          uri: "/v1/me/recommendations", method: .post,
          headers: AdviceOperationTests.headers(token, key: key),
          body: ByteBuffer(string: AdviceOperationTests.goal))
        #expect(made.status == .ok, "\(made.text)")
        return try JSONNode.parse(made.text, limits: .file)
      }
      func accept(_ answer: JSONNode, _ token: String) async throws -> String {
        let id = try #require(answer["decision"]?["id"]?.stringValue)
        let first = answer["outcome"]?["offers"]?.elements?.first
        let product = try #require(first?["product"]?["id"]?.stringValue)
        let said = try await Self.send(
          client, "/v1/decisions/\(id)/responses", token,
          #"{"product":"\#(product)","answer":"accepted"}"#)
        #expect(said.status == .ok, "\(said.text)")
        return product
      }
      func learned(_ answer: JSONNode) -> String? {
        answer["outcome"]?["arbitration"]?["learned"]?.numberText
      }
      let (first, second) = (try await ask(anna, key: "first"), try await ask(anna))
      #expect(first["decision"]?["id"]?.stringValue != second["decision"]?["id"]?.stringValue)
      #expect(learned(second) == nil)
      let product = try await accept(second, anna)
      let third = try await ask(anna)
      #expect(learned(third) == "1")
      let offered = third["outcome"]?["offers"]?.elements ?? []
      #expect(!offered.contains { $0["product"]?["id"]?.stringValue == product })
      _ = try await accept(try await ask(ivan), ivan)
      #expect(learned(try await ask(anna)) == "2")
      let again = try await ask(anna, key: "first")
      #expect(again["decision"]?["id"]?.stringValue == first["decision"]?["id"]?.stringValue)
    }
  }

  @Test("A product that was not offered says what would change it; an unknown one is refused")
  func counterfactual() async throws {
    let house = try await House.shared.value
    let (anna, ivan) = (try await house.token("anna"), try await house.token("ivan"))
    try await house.server().application().test(.router) { client in
      let goal = AdviceOperationTests.goal.replacing("9000", with: "900000")
      let made = try await Self.send(client, "/v1/me/recommendations", anna, goal)
      let answer = try JSONNode.parse(made.text, limits: .file)
      let id = try #require(answer["decision"]?["id"]?.stringValue)
      let page = try await client.execute(
        uri: "/v1/decisions/\(id)/exclusions?limit=200", method: .get,
        headers: AdviceOperationTests.headers(anna))
      let path = "/v1/decisions/\(id)/counterfactual"
      var states: Set<String> = []
      for item in try JSONNode.parse(page.text, limits: .file)["items"]?.elements ?? [] {
        let product = try #require(item["product"]?["id"]?.stringValue)
        let found = try await Self.send(client, path, anna, #"{"product":"\#(product)"}"#)
        #expect(found.status == .ok, "\(found.text)")
        let said = try JSONNode.parse(found.text, limits: .file)
        states.insert(said["state"]?.stringValue ?? "")
      }
      #expect(states.contains("changes") && states.contains("none"), "\(states)")
      let other = #"{"product":"no/such"}"#
      #expect(try await Self.send(client, path, anna, other).status == .unprocessableContent)
      #expect(try await Self.send(client, path, ivan, other).status == .notFound)
    }
  }
}
