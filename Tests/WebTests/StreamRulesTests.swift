import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Web

@Suite("The streams of HTTP/2")
struct StreamRulesTests {
  private func request(
    _ path: String, authority: String?, fields: HTTPFields = [:]
  ) -> HTTPRequest {
    HTTPRequest(
      method: .get, scheme: "https", authority: authority, path: path, headerFields: fields)
  }

  @Test(
    "A head is refused for what would be refused without TLS",
    arguments: [
      ("/health", "bank.example", [:], nil), ("/health?a=%20", "bank.example:8443", [:], nil),
      ("/health", "bank.example", ["host": "BANK.example"], nil),
      ("/health", nil, ["host": "bank.example"], nil),
      ("/health", nil, [:], 400), ("/health", "a@b", [:], 400), ("/health", "", [:], 400),
      ("/health", "bank.example", ["host": "evil.example"], 400),
      ("/a/../b", "bank.example", [:], 404), ("/a%2fb", "bank.example", [:], 404),
      ("/a//b", "bank.example", [:], 404), ("*", "bank.example", [:], 400),
      ("/a#b", "bank.example", [:], 400),
      ("/health", "bank.example", ["expect": "100-continue"], nil),
      ("/health", "bank.example", ["expect": "miracles"], 417),
    ] as [(String, String?, [String: String], Int?)])
  func heads(path: String, authority: String?, fields: [String: String], status: Int?) throws {
    let channel = EmbeddedChannel(handler: StreamRules(limits: WebLimits()))
    var named = HTTPFields()
    for (name, value) in fields { named[try #require(HTTPField.Name(name))] = value }
    let head = request(path, authority: authority, fields: named)
    try channel.writeInbound(HTTPRequestPart.head(head))
    let passed: HTTPRequestPart? = try channel.readInbound()
    let answer: HTTPResponsePart? = try channel.readOutbound()
    guard let status else {
      guard case .head(let seen)? = passed else {
        Issue.record("the request did not pass")
        return
      }
      #expect(seen.authority?.lowercased().hasPrefix("bank.example") == true)
      #expect(answer == nil)
      return
    }
    #expect(passed == nil)
    guard case .head(let response)? = answer else {
      Issue.record("nothing was answered")
      return
    }
    #expect(response.status.code == status)
    #expect(response.headerFields[.contentType] == "application/problem+json")
  }

  @Test("More fields than the limit are refused")
  func fieldCount() throws {
    let limits = WebLimits()
    let channel = EmbeddedChannel(handler: StreamRules(limits: limits))
    var fields = HTTPFields()
    for _ in 0...limits.headerFields { fields.append(HTTPField(name: .accept, value: "a")) }
    try channel.writeInbound(
      HTTPRequestPart.head(request("/health", authority: "bank.example", fields: fields)))
    guard case .head(let response)? = try channel.readOutbound(as: HTTPResponsePart.self) else {
      Issue.record("nothing was answered")
      return
    }
    #expect(response.status == .requestHeaderFieldsTooLarge)
  }

  @Test("Fields of the connection do not leave in a stream")
  func connectionFields() throws {
    let channel = EmbeddedChannel(handler: StreamRules(limits: WebLimits()))
    try channel.writeInbound(
      HTTPRequestPart.head(request("/health", authority: "bank.example")))
    let answer = HTTPResponse(
      status: .ok, headerFields: [.connection: "close", .contentType: "text/plain"])
    try channel.writeOutbound(HTTPResponsePart.head(answer))
    guard case .head(let sent)? = try channel.readOutbound(as: HTTPResponsePart.self) else {
      Issue.record("the answer did not leave")
      return
    }
    #expect(sent.headerFields[.connection] == nil)
    #expect(sent.headerFields[.contentType] == "text/plain")
  }

  @Test("A body that comes too slowly ends the stream with its reason")
  func slowBody() throws {
    var limits = WebLimits()
    limits.readingSeconds = 0
    let channel = EmbeddedChannel(handler: StreamRules(limits: limits))
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
    try channel.writeInbound(
      HTTPRequestPart.head(request("/health", authority: "bank.example")))
    #expect(throws: WireCodec.Interruption.refused) {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.throwIfErrorCaught()
    }
    guard case .head(let response)? = try channel.readOutbound(as: HTTPResponsePart.self) else {
      Issue.record("nothing was answered")
      return
    }
    #expect(response.status == .requestTimeout)
    #expect(!channel.isActive)
  }
}
