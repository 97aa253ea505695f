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

@Suite("The operations")
struct OperationTests {
  static let json: HTTPFields = [.contentType: "application/json"]

  @Test("A loan is worked out to the cent")
  func loan() async throws {
    try await bareServer().application().test(.router) { client in
      let body = #"""
        {"amount": 1200.00, "currency": "EUR", "annualRate": "0.12", "payments": 12,
         "disbursed": "2026-01-15", "schedule": true}
        """#
      let response = try await client.execute(
        uri: "/v1/calculators/loan/quote", method: .post, headers: Self.json,
        body: ByteBuffer(string: body))
      #expect(response.status == .ok, "\(response.text)")
      let answer = try JSONNode.parse(response.text)
      #expect(answer["instalment"]?.stringValue == "106.62")
      #expect(answer["schedule"]?.elements?.count == 12)
      #expect(answer["schedule"]?.elements?.last?["balance"]?.stringValue == "0.00")
      #expect(answer["rate"]?["rate"]?.stringValue?.hasPrefix("0.1268") == true)
    }
  }

  @Test(
    "Bad requests are refused, each with its status and what is wrong",
    arguments: [
      (#"{"amount": 1"#, 400, "line 1"), (#"[]"#, 422, "must be an object"),
      (#"{"amount":0,"currency":"EUR","annualRate":"0.1","payments":12}"#, 422, "/amount"),
      (#"{"amount":1,"currency":"EURO","annualRate":"0.1","payments":12}"#, 422, "/currency"),
      (#"{"amount":1,"currency":"EUR","annualRate":"0.1","payments":1.5}"#, 422, "/payments"),
      (#"{"amount":1,"currency":"EUR","annualRate":"x","payments":12}"#, 422, "/annualRate"),
      (#"{"amount":1,"currency":"EUR","annualRate":"0.1","payments":12,"price":1}"#, 422, "/price"),
      (#"{"amount":1.001,"currency":"EUR","annualRate":"0.1","payments":12}"#, 422, "2 digits"),
      (#"{"amount":1,"amount":2}"#, 400, "twice"),
      (String(repeating: "[", count: 100), 400, "deep"),
    ])
  func badRequests(body: String, status: Int, says: String) async throws {
    try await bareServer().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/calculators/loan/quote", method: .post, headers: Self.json,
        body: ByteBuffer(string: body))
      #expect(response.status.code == status, "\(response.text)")
      #expect(response.headers[.contentType] == "application/problem+json")
      #expect(response.text.lowercased().contains(says.lowercased()), "\(response.text)")
    }
  }

  @Test("Bytes that are no UTF-8 are refused")
  func invalidUTF8() async throws {
    try await bareServer().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/match", method: .post, headers: Self.json,
        body: ByteBuffer(bytes: Array(#"{"region":""#.utf8) + [0xFF] + Array(#""}"#.utf8)))
      #expect(response.status == .badRequest)
    }
  }

  @Test(
    "Only JSON is read",
    arguments: [
      "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "",
    ])
  func otherTypes(type: String) async throws {
    try await bareServer().application().test(.router) { client in
      let headers: HTTPFields = type.isEmpty ? [:] : [.contentType: type]
      let response = try await client.execute(
        uri: "/v1/match", method: .post, headers: headers, body: ByteBuffer(string: "{}"))
      #expect(response.status == .unsupportedMediaType)
    }
  }

  @Test("A body of ten megabytes is refused and the refusal is read", .timeLimit(.minutes(20)))
  func hugeBody() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(port: port) { connection in
        connection.send(
          "POST /v1/match HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 10000000\r\n\r\n")
        connection.send([UInt8](repeating: 0x20, count: 10_000_000))
      }
      #expect(statuses(text) == [413])
      #expect(isClosed)
    }
  }

  @Test("A body that trickles is cut off with 408", .timeLimit(.minutes(20)))
  func tricklingBody() async throws {
    var limits = WebLimits()
    limits.rateGraceSeconds = 1
    try await bareServer(limits: limits).application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(port: port) { connection in
        connection.send(
          "POST /v1/match HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n")
        for _ in 0..<40 where connection.send(" ") { Thread.sleep(forTimeInterval: 0.1) }
      }
      #expect(statuses(text) == [408])
      #expect(isClosed)
    }
  }

  @Test("A chunked body is read, a broken one is refused")
  func chunkedBody() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let head =
        "POST /v1/match HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n"
      let (good, _) = try await exchange(port: port, until: { statuses($0) == [200] }) {
        $0.send(head + "2\r\n{}\r\n0\r\n\r\n")
      }
      #expect(statuses(good) == [200])
      let (bad, isClosed) = try await exchange(port: port) { $0.send(head + "2\r\n{}zz") }
      #expect(statuses(bad) == [400])
      #expect(isClosed)
    }
  }

  @Test("A match splits the whole catalogue and keeps nothing")
  func match() async throws {
    let house = try await House.shared.value
    try await house.server().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/match", method: .post, headers: Self.json,
        body: ByteBuffer(
          string: #"{"line":"loan","amount":10000,"currency":"EUR","termMonths":36,"limit":100}"#))
      #expect(response.status == .ok, "\(response.text)")
      let answer = try JSONNode.parse(response.text, limits: .file)
      let fits = Int(answer["fits"]?["total"]?.numberText ?? "") ?? 0
      let others = Int(answer["others"]?["total"]?.numberText ?? "") ?? 0
      #expect(fits > 0)
      #expect(fits + others == house.desk.adviser.products.count)
      for item in answer["others"]?["items"]?.elements ?? [] {
        #expect(item["reasons"]?.elements?.isEmpty == false)
      }
    }
  }

  @Test("Products are paged and filtered, and an unknown parameter is named")
  func products() async throws {
    try await bareServer().application().test(.router) { client in
      let page = try await client.execute(
        uri: "/v1/products?line=deposit&limit=2&from=1", method: .get)
      #expect(page.status == .ok)
      let answer = try JSONNode.parse(page.text, limits: .file)
      #expect(answer["items"]?.elements?.count == 2)
      let wrong = try await client.execute(uri: "/v1/products?lien=deposit", method: .get)
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("?lien"))
    }
  }

  @Test("Every documented operation is mounted, and every mounted one is documented")
  func contract() async throws {
    let server = try await bareServer()
    try await server.application().test(.router) { client in
      let response = try await client.execute(uri: "/openapi.json", method: .get)
      let document = try JSONNode.parse(response.text, limits: .file)
      #expect(document["openapi"]?.stringValue == "3.1.0")
      var documented: Set<String> = []
      for path in document["paths"]?.members ?? [] {
        for method in path.value.members ?? [] {
          documented.insert("\(method.key.uppercased()) \(path.key)")
        }
      }
      let mounted = Set(
        server.routes.filter(\.isOperation).map { "\($0.method.rawValue) \($0.path)" })
      #expect(documented == mounted)
      for reference in Self.references(document) {
        let name = reference.split(separator: "/").last.map(String.init) ?? ""
        #expect(document["components"]?["schemas"]?[name] != nil, "\(reference)")
      }
    }
  }

  private static func references(_ node: JSONNode) -> [String] {
    switch node.kind {
    case .array(let elements): elements.flatMap(references)
    case .object(let members):
      members.flatMap { member in
        member.key == "$ref"
          ? [member.value.stringValue ?? ""] : references(member.value)
      }
    default: []
    }
  }
}
