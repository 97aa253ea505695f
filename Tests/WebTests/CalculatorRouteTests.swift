import Advice
import Dispatch
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Quantities
import Testing

@testable import Web

@Suite("Calculators over HTTP")
struct CalculatorRouteTests {
  private static let json: HTTPFields = [.contentType: "application/json"]

  @Test("every calculator answers its example, with the hash of its inputs")
  func examples() async throws {
    try await bareServer().application().test(.router) { client in
      for calculator in Calculators.all {
        let response = try await client.execute(
          uri: "/v1/calculators/\(calculator.path)", method: .post, headers: Self.json,
          body: ByteBuffer(string: calculator.example))
        #expect(response.status == .ok, "\(calculator.path): \(response.text)")
        let answer = try JSONNode.parse(response.text)
        #expect(answer["inputsHash"]?.stringValue?.count == 64)
        #expect(
          response.headers[.eTag] == answer["inputsHash"]?.stringValue.map { "\"\($0)\"" })
      }
    }
  }

  @Test("equal inputs have one hash however they are written, others another")
  func hashes() throws {
    let calculator = try #require(Calculators.at("loan/payment"))
    func hash(_ text: String) throws -> String {
      CalculatorRoutes.inputsHash(
        calculator, try JSONNode.parse(text), today: CalendarDate(daysSinceEpoch: 20_000))
    }
    let first = try hash(#"{"amount":"1","payments":2}"#)
    #expect(try hash(#"{ "payments" : 2, "amount" : "1" }"#) == first)
    #expect(try hash(#"{"amount":"2","payments":2}"#) != first)
  }

  @Test(
    "bad inputs are refused field by field",
    arguments: [
      ("loan/quote", #"{"amount":"0","annualRate":"0.1","payments":12}"#, "/amount"),
      ("loan/quote", #"{"amount":"-5","annualRate":"0.1","payments":12}"#, "/amount"),
      ("loan/quote", #"{"amount":"5","annualRate":"0.1","payments":0}"#, "/payments"),
      ("loan/quote", #"{"amount":"5","annualRate":"0.1","payments":10000}"#, "/payments"),
      ("loan/quote", #"{"amount":"5","annualRate":"-10","payments":12}"#, "/annualRate"),
      ("loan/quote", #"{"amount":"5","annualRate":"10","payments":12}"#, "/annualRate"),
      ("loan/quote", #"{"amount":"NaN","annualRate":"0.1","payments":12}"#, "/amount"),
      (
        "loan/quote", #"{"amount":"5","annualRate":"0.1","payments":12,"currency":"XXY"}"#,
        "/currency"
      ),
      (
        "loan/quote",
        #"{"amount":"5","annualRate":"0.1","payments":2,"disbursed":"2026-02-01","firstDue":"2026-01-01"}"#,
        "/dueDates"
      ),
      (
        "loan/quote",
        #"{"amount":"500","annualRate":"0.1","payments":12,"disbursed":"9999-12-01"}"#, "/disbursed"
      ),
      (
        "date/day-count", #"{"dayCount":"ACT/360","start":"0000-01-01","end":"2026-01-01"}"#,
        "/start"
      ),
      ("apr/eu", #"{"advances":[],"payments":[{"date":"2026-01-01","amount":"1"}]}"#, "/advances"),
      ("option/european", #"{"type":"put","spot":"-1"}"#, "/spot"),
      ("deposit/quote", #"{"amount":"1","annualRate":"99","months":12}"#, "/annualRate"),
    ])
  func badInputs(path: String, body: String, pointer: String) async throws {
    try await bareServer().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/calculators/\(path)", method: .post, headers: Self.json,
        body: ByteBuffer(string: body))
      #expect(response.status == .unprocessableContent, "\(response.text)")
      let errors = try JSONNode.parse(response.text)["errors"]?.elements ?? []
      let found = errors.map { $0["pointer"]?.stringValue ?? "" }
      #expect(found.contains(pointer), "\(response.text)")
      #expect(errors.allSatisfy { $0["code"] != nil && $0["detail"] != nil })
    }
  }

  @Test("a million flows are refused by their field's name, in a body or above its limit")
  func tooMany() async throws {
    try await bareServer().application().test(.router) { client in
      for count in [20_000, 1_000_000] {
        let list = String(repeating: "1,", count: count - 1) + "1"
        let response = try await client.execute(
          uri: "/v1/calculators/cash-flow/irr", method: .post, headers: Self.json,
          body: ByteBuffer(string: "{\"amounts\":[\(list)]}"))
        #expect(response.status == .unprocessableContent, "\(response.text.prefix(200))")
        #expect(response.text.contains("/amounts") && response.text.contains("tooMany"))
      }
    }
  }

  @Test("an allowance is used up, refilled by the second, and kept for each address")
  func allowance() {
    let allowance = CalculationAllowance(behindFront: true)
    let start = ContinuousClock.now
    var allowed = 0
    while allowance.take("192.0.2.1", at: start) { allowed += 1 }
    #expect(allowed == Int(CalculationAllowance.burst))
    #expect(allowance.take("192.0.2.2", at: start))
    #expect(!allowance.take("192.0.2.1", at: start))
    #expect(allowance.take("192.0.2.1", at: start + .seconds(1)))
  }

  @Test("of changes that come while one is worked out only the latest is answered")
  func latestWins() async throws {
    let stream = CalculationStream()
    let (started, start) = AsyncStream<Void>.makeStream()
    // Holds the worker until the others have been submitted.
    let gate = DispatchSemaphore(value: 0)
    #expect(
      stream.submit {
        start.yield()
        gate.wait()
        return Array("1".utf8)
      })
    for await _ in started { break }
    for number in 2...9 { #expect(stream.submit { Array("\(number)".utf8) }) }
    gate.signal()
    var answers: [String] = []
    for await event in stream.events {
      answers.append(String(decoding: event, as: UTF8.self))
      if answers.last == "9" { stream.close() }
    }
    #expect(answers == ["1", "9"])
    #expect(!stream.submit { [] })
  }

  @Test("the tables of the pages can be taken away as CSV and as a workbook")
  func files() async throws {
    try await bareServer().application().test(.router) { client in
      for kind in CalculatorPages.kinds {
        let csv = try await client.execute(uri: "\(kind.path).csv", method: .get)
        #expect(csv.status == .ok, "\(kind.path): \(csv.text)")
        #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
        #expect(csv.text.split(separator: "\r\n").count > 2, "\(kind.path)")
        let workbook = try await client.execute(uri: "\(kind.path).xlsx", method: .get)
        #expect(workbook.body.getBytes(at: 0, length: 4) == [0x50, 0x4B, 3, 4])
        let page = try await client.execute(uri: kind.path, method: .get)
        #expect(page.text.contains("<svg class=\"chart\""), "\(kind.path)")
        #expect(page.text.contains("\(kind.path).xlsx"))
      }
    }
  }

  @Test("a text that a spreadsheet would run stays text, and an archive has its checksum")
  func safeCells() {
    let sheet = Sheet(name: "A", columns: ["a"], rows: [[.text("=1+1")], [.text("x,\"y\"")]])
    #expect(String(decoding: sheet.csv, as: UTF8.self) == "a\r\n'=1+1\r\n\"x,\"\"y\"\"\"\r\n")
    #expect(ZipArchive.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test("a client carries a calculation on to offers; nobody else can, and nothing else is kept")
  func apply() async throws {
    let house = try await House.shared.value
    let (anna, ivan) = (try await house.token("anna"), try await house.token("ivan"))
    let second = try house.server()
    try await house.server().application().test(.router) { client in
      func post(
        _ path: String, _ body: String, _ token: String?, key: String? = nil
      ) async throws -> TestResponse {
        var headers = Self.json
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let key { headers[.idempotencyKey] = key }
        return try await client.execute(
          uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
      }
      let inputs = #"{"amount":"9000","currency":"EUR","annualRate":"0.06","payments":36}"#
      let open = try await post("/v1/calculators/loan/quote", inputs, nil)
      #expect(try JSONNode.parse(open.text)["calculation"] == nil)
      let made = try await post("/v1/calculators/loan/quote", inputs, anna)
      let id = try #require(try JSONNode.parse(made.text)["calculation"]?.stringValue)
      #expect(made.headers[.cacheControl] == "no-store")
      let path = "/v1/calculations/\(id)/apply"
      let other = try await post(path, "{}", ivan, key: "apply-1")
      #expect(other.status == .notFound)
      let none = try await post("/v1/calculations/none/apply", "{}", anna, key: "apply-2")
      #expect(none.status == .notFound)
      // Nothing is kept: another server of the same book carries it on.
      var headers = Self.json
      headers[.authorization] = "Bearer \(anna)"
      headers[.idempotencyKey] = "apply-1"
      let fields = headers
      let answer = try await second.application().test(.router) { client in
        try await client.execute(
          uri: path, method: .post, headers: fields, body: ByteBuffer(string: "{}"))
      }
      #expect(answer.status == .ok, "\(answer.text)")
      let node = try JSONNode.parse(answer.text)
      #expect(node["calculation"]?["inputs"]?["amount"]?.stringValue == "9000")
      #expect(node["recommendation"]?["decision"]?["id"] != nil, "\(answer.text.prefix(300))")
    }
  }
}
