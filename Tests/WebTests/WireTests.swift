import Foundation
import Hummingbird
import HummingbirdTesting
import Support
import Testing

@testable import Web

@Suite("The wire", .serialized)
struct WireTests {
  /// One message and the outcomes that are right for it.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let rawLatin1: String?
    let rawParts: [[Part]]?
    let expect: String

    enum CodingKeys: String, CodingKey {
      case id, expect
      case rawLatin1 = "raw_latin1"
      case rawParts = "raw_parts"
    }

    enum Part: Decodable, Sendable {
      case text(String)
      case count(Int)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let count = try? container.decode(Int.self) {
          self = .count(count)
        } else {
          self = .text(try container.decode(String.self))
        }
      }
    }

    var testDescription: String { id }

    var message: String {
      if let rawLatin1 { return rawLatin1 }
      return (rawParts ?? []).map { parts in
        guard case .text(let text)? = parts.first, case .count(let count)? = parts.last else {
          return ""
        }
        return String(repeating: text, count: count)
      }.joined()
    }

    /// Whether no more than this need come; what must be refused is waited for until it is closed.
    func isWhole(_ text: String) -> Bool {
      let codes = statuses(text)
      switch expect {
      case "single", "reject-or-single": return codes.count == 1 && codes[0] < 500
      case "two": return codes.count == 2
      default: return false
      }
    }

    func isRight(_ text: String, _ isClosed: Bool) -> Bool {
      let codes = statuses(text)
      let rejects =
        isClosed && codes.count <= 1 && codes.allSatisfy { (400..<500).contains($0) || $0 == 505 }
      let single = codes.count == 1 && (200..<500).contains(codes[0])
      switch expect {
      case "reject": return rejects
      case "single": return single
      case "reject-or-single": return rejects || single
      case "reject-or-close": return rejects || (codes.count == 1 && isClosed)
      case "two": return codes == [200, 200]
      default: return false
      }
    }
  }

  static let cases: [Case] = {
    struct File: Decodable { let cases: [Case] }
    guard let url = SharedFolder.find("http1-strictness.json"),
      let data = try? Data(contentsOf: url),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return file.cases
  }()

  @Test(
    "Every strictness request has its required outcome",
    .enabled(if: !cases.isEmpty, "needs ../shared/http1-strictness.json"))
  func strictness() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      try await withThrowingTaskGroup { group in
        for item in Self.cases {
          group.addTask {
            let (text, isClosed) = try await exchange(port: port, until: item.isWhole) {
              $0.send(item.message)
            }
            #expect(
              item.isRight(text, isClosed),
              "\(item.id) wants \(item.expect): \(statuses(text)) closed: \(isClosed)")
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test(
    "A refused head is answered with a problem and the connection ends",
    arguments: [
      ("GET /health HTTP/1.1\r\n\r\n", 400), ("GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
      ("GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
      ("GET /health/../ready HTTP/1.1\r\nHost: a\r\n\r\n", 404),
      ("GET //health HTTP/1.1\r\nHost: a\r\n\r\n", 404),
      ("GET /%68ealth HTTP/1.1\r\nHost: a\r\n\r\n", 404),
      ("GET http://a/health HTTP/1.1\r\nHost: a\r\n\r\n", 400),
      ("nonsense\r\n\r\n", 400), ("GET /health HTTP/2.0\r\nHost: a\r\n\r\n", 505),
      ("POST /health HTTP/1.1\r\nHost: a\r\nExpect: magic\r\n\r\n", 417),
    ])
  func refusedHead(message: String, status: Int) async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(port: port) { $0.send(message) }
      #expect(isClosed)
      #expect(statuses(text).first.map { [status, 400].contains($0) } ?? false, "\(text)")
      #expect(text.contains("application/problem+json"))
    }
  }

  @Test("A header above its limit is 431")
  func largeHeader() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(port: port) {
        $0.send(
          "GET /health HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n"
        )
      }
      #expect(statuses(text) == [431])
      #expect(isClosed)
    }
  }

  @Test("A body that nobody reads is not waited for")
  func unreadBody() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(port: port) {
        // The route is not there, so the answer comes at once and the rest is not waited for.
        $0.send(
          "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n{")
      }
      #expect(statuses(text) == [404])
      #expect(isClosed)
    }
  }

  @Test("A head that trickles is cut off by the idle limit")
  func tricklingHead() async throws {
    var limits = WebLimits()
    limits.idleSeconds = 1
    try await bareServer(limits: limits).application().test(.live) { client in
      let port = try #require(client.port)
      let (_, isClosed) = try await exchange(port: port) { connection in
        for _ in 0..<8 where connection.send("G") { Thread.sleep(forTimeInterval: 0.5) }
      }
      #expect(isClosed)
    }
  }

  @Test("A connection is used again when nothing forbids it")
  func keepAlive() async throws {
    try await bareServer().application().test(.live) { client in
      let port = try #require(client.port)
      let (text, isClosed) = try await exchange(
        port: port, until: { statuses($0).count == 2 }
      ) { connection in
        connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.send("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n")
      }
      #expect(statuses(text) == [200, 200])
      #expect(!isClosed)
    }
  }
}
