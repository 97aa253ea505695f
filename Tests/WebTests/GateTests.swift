import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Web

@Suite("The gate")
struct GateTests {
  @Test("What is not there is 404, a wrong method 405 with the methods that are")
  func missing() async throws {
    try await bareServer().application().test(.router) { client in
      try await client.execute(uri: "/nowhere", method: .get) { response in
        #expect(response.status == .notFound)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.text.contains("urn:steward:problem:notFound"))
      }
      try await client.execute(uri: "/ready", method: .put) { response in
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD")
      }
    }
  }

  @Test("A browser gets a page for its error, a program a problem document")
  func formOfErrors() async throws {
    try await bareServer().application().test(.router) { client in
      try await client.execute(
        uri: "/nowhere", method: .get, headers: [.accept: "text/html,*/*"]
      ) { #expect($0.headers[.contentType] == "text/html; charset=utf-8") }
      try await client.execute(
        uri: "/v1/nowhere", method: .get, headers: [.accept: "text/html,*/*"]
      ) { #expect($0.headers[.contentType] == "application/problem+json") }
    }
  }

  @Test("Each answer carries the fields that keep browsers from harm")
  func headers() async throws {
    try await bareServer().application().test(.router) { client in
      try await client.execute(uri: "/ready", method: .get) { response in
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(response.headers[.requestID]?.isEmpty == false)
      }
    }
  }

  @Test("HEAD answers as GET without its body")
  func head() async throws {
    try await bareServer().application().test(.router) { client in
      try await client.execute(uri: "/ready", method: .head) { response in
        #expect(response.status == .ok)
        #expect(response.body.readableBytes == 0)
        #expect(response.headers[.contentLength] == "18")
      }
    }
  }

  @Test("The figures are for this machine only and count by route")
  func metrics() async throws {
    try await bareServer().application().test(.router) { client in
      try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .notFound) }
    }
    try await bareServer().application().test(.live) { client in
      try await client.execute(uri: "/ready", method: .get)
      try await client.execute(uri: "/metrics", method: .get) { response in
        #expect(response.status == .ok)
        #expect(
          response.text.contains(
            #"steward_http_requests_total{method="GET",route="/ready",status="2xx"} 1"#))
      }
      try await client.execute(
        uri: "/metrics", method: .get, headers: [.via: "1.1 front"]
      ) { #expect($0.status == .notFound) }
    }
  }

  @Test("A port in use is one clear line")
  func portInUse() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let desk = try await House.shared.value.desk
      let second = try WebServer(
        WebParts(desk: desk), settings: WebSettings(port: port), logger: .init(label: "test"))
      let error = await #expect(throws: WebServerError.self) {
        _ = try await second.run { _ in }
      }
      #expect(error?.description.contains("Port \(port) on 127.0.0.1 is already in use") == true)
    }
  }
}

@Suite("Cross-origin requests")
struct CrossOriginTests {
  static let cookie = "\(SessionCookie.name)=client.1"

  @Test(
    "Changes are taken from our own pages and from programs only",
    arguments: [
      (["sec-fetch-site": "same-origin", "cookie": cookie], true),
      (["sec-fetch-site": "none", "cookie": cookie], true),
      (["sec-fetch-site": "same-site", "cookie": cookie], false),
      (["sec-fetch-site": "cross-site"], false),
      (["origin": "http://bank.example", "cookie": cookie], true),
      (["origin": "https://BANK.example", "cookie": cookie], true),
      (["origin": "http://bank.example:81", "cookie": cookie], false),
      (["origin": "http://evil.example", "cookie": cookie], false),
      (["origin": "null", "cookie": cookie], false),
      (["cookie": cookie], false), (["cookie": "other=1"], true), ([:], true),
      (["authorization": "Bearer client.1", "cookie": cookie], true),
    ])
  func refusal(fields: [String: String], passes: Bool) throws {
    var request = HTTPRequest(
      method: .post, scheme: "http", authority: "bank.example", path: "/")
    for (name, value) in fields {
      request.headerFields[try #require(HTTPField.Name(name))] = value
    }
    #expect((CrossOrigin.refusal(of: request) == nil) == passes)
    let isPlain = fields["origin"]?.hasPrefix("http:") ?? false
    #expect(
      (CrossOrigin.refusal(of: request, isSecure: true) == nil) == (passes && !isPlain))
    request.method = .get
    #expect(CrossOrigin.refusal(of: request) == nil)
  }
}

@Suite("Session tokens in requests")
struct SessionCookieTests {
  @Test(
    "One cookie of our name is read; two are none",
    arguments: [
      ("__Host-steward=abc", "abc"), ("a=b; __Host-steward=abc; c=d", "abc"),
      ("__Host-steward=abc; __Host-steward=def", nil), ("steward=abc", nil),
      ("__Host-stewardX=abc", nil), ("__Host-steward=", nil), ("__Host-steward=a b", nil),
    ] as [(String, String?)])
  func cookie(field: String, token: String?) {
    #expect(SessionCookie.token(in: [.cookie: field]) == token)
  }

  @Test("An Authorization field counts alone")
  func bearerAlone() async throws {
    let house = try await House.shared.value
    let token = try await house.token("anna")
    let reader = SessionReader { try await house.book.principal(of: $0) }
    var request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
    request.headerFields = [.cookie: "__Host-steward=\(token)"]
    #expect(try await reader.session(of: request) != nil)
    request.headerFields[.authorization] = "Bearer other"
    #expect(try await reader.session(of: request) == nil)
    request.headerFields[.authorization] = "Basic \(token)"
    #expect(try await reader.session(of: request) == nil)
    request.headerFields[.authorization] = "Bearer \(token)"
    #expect(try await reader.session(of: request) != nil)
  }
}

@Suite("Where a request came from")
struct ClientAddressTests {
  @Test(
    "Only a front of ours may say where a request came from, and only its own word counts",
    arguments: [
      ("127.0.0.1", "203.0.113.9", true, "203.0.113.9"),
      ("127.0.0.1", "198.51.100.1, 203.0.113.9", true, "203.0.113.9"),
      ("127.0.0.1", "203.0.113.9", false, "127.0.0.1"),
      ("203.0.113.7", "198.51.100.1", true, "203.0.113.7"),
      ("10.0.0.2", nil, true, "10.0.0.2"), (nil, "203.0.113.9", true, ""),
    ] as [(String?, String?, Bool, String)])
  func address(peer: String?, field: String?, behindFront: Bool, expected: String) throws {
    var request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
    request.headerFields[try #require(HTTPField.Name("X-Forwarded-For"))] = field
    #expect(ClientAddress.of(request, peer: peer, behindFront: behindFront) == expected)
  }
}
