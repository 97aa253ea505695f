import Advice
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Testing

@testable import Web

@Suite("Calculators that know their client")
struct KnownInputTests {
  private static func headers(_ token: String) -> HTTPFields {
    [.contentType: "application/json", .authorization: "Bearer \(token)"]
  }

  @Test("a client's record fills in what is left out, when that is asked for, and says so")
  func prefilled() async throws {
    let house = try await House.shared.value
    let headers = Self.headers(try await house.token("anna"))
    try await house.server().application().test(.router) { client in
      func post(_ query: String, _ body: String) async throws -> TestResponse {
        try await client.execute(
          uri: "/v1/calculators/loan/affordability\(query)", method: .post, headers: headers,
          body: ByteBuffer(string: body))
      }
      let inputs = #""debtToIncome":"0.4","annualRate":"0.06","months":36"#
      #expect(try await post("", "{\(inputs)}").status == .unprocessableContent)
      let filled = try await post("?prefill=true", "{\(inputs)}")
      #expect(filled.status == .ok, "\(filled.text)")
      let node = try JSONNode.parse(filled.text)
      let known = node["prefilled"]?.elements ?? []
      let income = known.first { $0["name"]?.stringValue == "income" }
      #expect(income?["value"]?.stringValue == "3200.00")
      #expect(income?["source"]?.stringValue == "history")
      // What was given stands.
      let given = try await post("?prefill=true", #"{"income":"1000",\#(inputs)}"#)
      let names = try JSONNode.parse(given.text)["prefilled"]?.elements?.compactMap {
        $0["name"]?.stringValue
      }
      #expect(names?.contains("income") == false, "\(given.text)")
      let amount = node["greatestAmount"]?.stringValue
      #expect(try JSONNode.parse(given.text)["greatestAmount"]?.stringValue != amount)
      #expect(try await post("?prefill=yes", "{}").status == .unprocessableContent)
    }
  }

  @Test("a client reads what is known for each calculator; the names are inputs of it")
  func listed() async throws {
    let house = try await House.shared.value
    let headers = Self.headers(try await house.token("anna"))
    try await house.server().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/v1/me/calculators", method: .get, headers: headers)
      #expect(response.status == .ok)
      let list = try JSONNode.parse(response.text)["calculators"]?.elements ?? []
      var found: [String: [String]] = [:]
      for item in list {
        let path = item["path"]?.stringValue ?? ""
        let names = item["inputs"]?.elements?.compactMap { $0["name"]?.stringValue } ?? []
        let calculator = try #require(
          Calculators.all.first { "/v1/calculators/\($0.path)" == path })
        #expect(Set(names).isSubset(of: Set(calculator.inputs.map(\.name))), "\(path)")
        found[calculator.path] = names
      }
      #expect(found["loan/refinance"]?.contains("balance") == true, "\(found)")
      #expect(found["insurance/life"] == ["age"])
      #expect(found["loan/quote"] == ["currency"])
    }
  }

  @Test("the pages begin with the client's own figures, and without a session with the usual ones")
  func pages() async throws {
    let house = try await House.shared.value
    let cookie = "\(SessionCookie.name)=\(try await house.token("anna"))"
    try await house.server().application().test(.router) { client in
      for (query, isKnown) in [("", true), ("?amount=5&currency=EUR", false)] {
        let page = try await client.execute(
          uri: "/calculators/compare\(query)", method: .get, headers: [.cookie: cookie])
        #expect(page.text.contains("From your record") == isKnown)
        #expect(page.text.contains("value=\"4000\"") == isKnown)
      }
      let open = try await client.execute(uri: "/calculators/compare", method: .get)
      #expect(!open.text.contains("From your record"))
      #expect(open.text.contains("value=\"20000\""))
    }
  }

  @Test(
    "a fault stands beside its field",
    arguments: [
      ("loan?amount=x&currency=EUR&rate=3&termMonths=12", "amount"),
      ("loan?amount=1000&currency=EUR&rate=3&termMonths=12&fee=-5", "fee"),
      ("loan?amount=1000&currency=EUR&rate=3&termMonths=12&fee=abc", "fee"),
      ("loan?amount=1000&currency=XXY&rate=3&termMonths=12", "currency"),
      ("loan?amount=1000&currency=EUR&rate=3&termMonths=12&repayment=never", "repayment"),
      ("insurance?line=motor&base=100&currency=EUR&region=1.1&cover=-1", "cover"),
      ("compare?amount=900&currency=EUR&rate1=5&months1=12&rate3=x&months3=9", "rate3"),
      ("compare?amount=900&currency=EUR&rate1=5&months1=12&rate4=5&months4=soon", "months4"),
      ("compare?amount=900&currency=EUR&rate1=5&months1=12&rate2=5", "months2"),
      ("hedge?kind=put&units=1&spot=0&floor=9&years=1&rate=1&volatility=20", "spot"),
    ])
  func faults(address: String, field: String) async throws {
    try await bareServer().application().test(.router) { client in
      let page = try await client.execute(uri: "/calculators/\(address)", method: .get)
      #expect(page.text.contains("id=\"\(field)-fault\""), "\(address)")
      #expect(page.text.contains("aria-describedby=\"\(field)-fault\""), "\(address)")
    }
  }
}
