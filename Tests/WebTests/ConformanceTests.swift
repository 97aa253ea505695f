import Advice
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Quantities
import Testing

@testable import Web

@Suite("Answers and their description")
struct ConformanceTests {
  /// One request: who asks for it, its route's path where that has parameters, and its body.
  struct Asked: Sendable, CustomStringConvertible {
    let login: String?
    let method: HTTPRequest.Method
    let path: String
    var body: String?

    var description: String { "\(method.rawValue) \(path) \(body ?? "")" }
  }

  private static let goals = [
    #"{"kind":"any","limit":50}"#, #"{"kind":"insure","limit":50,"locale":"ru"}"#,
    #"{"kind":"hedge","amount":50000,"currency":"EUR"}"#,
    #"{"kind":"borrow","amount":9000,"currency":"EUR","termMonths":48}"#,
    #"{"kind":"borrow","amount":90000,"currency":"EUR","termMonths":240,"purpose":"homePurchase","#
      + #""securityValue":200000}"#,
    #"{"kind":"save","amount":5000,"currency":"EUR","termMonths":12}"#,
  ]

  @Test("Advice has the form that its description says, to the last member", arguments: goals)
  func advice(goal: String) async throws {
    let house = try await House.shared.value
    let server = try house.server()
    try await server.application().test(.router) { client in
      let made = try await Self.checked(
        Asked(login: "anna", method: .post, path: "/v1/me/recommendations", body: goal),
        house, server, client)
      let id = try #require(made["decision"]?["id"]?.stringValue)
      let path = "/v1/decisions/\(id)"
      _ = try await Self.checked(
        Asked(login: "anna", method: .get, path: path), house, server, client)
      let others = try await Self.checked(
        Asked(login: "anna", method: .get, path: path + "/exclusions?limit=1000"),
        house, server, client)
      for item in (others["items"]?.elements ?? []).prefix(12) {
        let product = try #require(item["product"]?["id"]?.stringValue)
        _ = try await Self.checked(
          Asked(
            login: "anna", method: .post, path: path + "/counterfactual",
            body: #"{"product":"\#(product)"}"#),
          house, server, client)
      }
    }
  }

  @Test(
    "A match has the form that its description says, to the last member",
    arguments: [
      "{}", #"{"line":"insurance"}"#, #"{"line":"hedge","limit":100}"#,
      #"{"line":"deposit","amount":5000,"currency":"EUR","termMonths":12}"#,
      #"{"line":"loan","amount":9000,"currency":"EUR","termMonths":36}"#,
    ])
  func match(body: String) async throws {
    let house = try await House.shared.value
    let server = try house.server()
    try await server.application().test(.router) { client in
      _ = try await Self.checked(
        Asked(login: nil, method: .post, path: "/v1/match", body: body), house, server, client)
    }
  }

  /// Readings that a query must name something for.
  private static let named = ["/v1/catalogue/difference"]

  @Test("What can be read without naming anything has the form that its description says")
  func readings() async throws {
    let house = try await House.shared.value
    let server = try house.server()
    let logins: [RouteRole: String] = [
      .signedIn: "anna", .insured: "petra", .client: "anna", .policyholder: "petra",
      .broker: "bruno", .staff: "stella",
    ]
    // A stream does not end, and a page of metrics is no JSON.
    let routes = server.routes.filter { route in
      route.method == .get && !route.path.contains("{") && !route.path.hasSuffix("/stream")
        && route.answers.first?.schema != nil && !Self.named.contains(route.path)
    }
    #expect(routes.count > 20)
    try await server.application().test(.router) { client in
      for route in routes {
        _ = try await Self.checked(
          Asked(login: logins[route.role], method: .get, path: route.path), house, server, client)
      }
    }
  }

  @Test("A calculator answers in the form that its description says, to the last member")
  func calculators() async throws {
    let house = try await House.shared.value
    let server = try house.server()
    try await server.application().test(.router) { client in
      for calculator in Calculators.all {
        _ = try await Self.checked(
          Asked(
            login: nil, method: .post, path: "/v1/calculators/\(calculator.path)",
            body: calculator.example),
          house, server, client)
      }
    }
  }

  /// Sends a request, and holds its answer against the route's description.
  private static func checked(
    _ asked: Asked, _ house: House, _ server: WebServer, _ client: any TestClientProtocol
  ) async throws -> JSONNode {
    var headers: HTTPFields = [:]
    if let login = asked.login {
      headers = AdviceOperationTests.headers(
        try await house.token(login), key: UUID().uuidString)
    } else if asked.body != nil {
      headers = OperationTests.json
    }
    let response = try await client.execute(
      uri: asked.path, method: asked.method, headers: headers,
      body: asked.body.map { ByteBuffer(string: $0) })
    let path = String(asked.path.prefix { $0 != "?" })
    let route = try #require(
      server.routes.first { $0.method == asked.method && $0.matches(path) }, "\(asked)")
    let described = try #require(
      route.answers.first { $0.status == response.status }, "\(asked): \(response.text)")
    let schema = try #require(described.schema, "\(asked)")
    let answer = try JSONNode.parse(response.text, limits: .file)
    #expect(schema.faults(of: answer).isEmpty, "\(asked)")
    return answer
  }
}

extension Schema {
  /// What a value has that this form has not, or has not that it must have, each with its place.
  ///
  /// An object without members stands for any object.
  func faults(of value: JSONNode, at place: String = "") -> [String] {
    switch (self, value.kind) {
    case (.any, _): []
    case (.named(_, let schema), _): schema.faults(of: value, at: place)
    case (.oneOf(_, let forms), _):
      forms.contains { $0.faults(of: value).isEmpty } ? [] : ["\(place): none of the forms"]
    case (.text, .string), (.boolean, .boolean), (.integer(_, nil), .number): []
    case (.integer(_, let range?), .number(let text)):
      Int(text).map { range.contains($0) } == true ? [] : ["\(place): \(text)"]
    case (.decimal, .string(let text)), (.decimal, .number(let text)):
      Decimal128(text)?.isFinite == true ? [] : ["\(place): \(text)"]
    case (.choice(_, let names), .string(let text)):
      names.contains(text) ? [] : ["\(place): \(text)"]
    case (.list(_, let element, _), .array(let elements)):
      elements.flatMap { element.faults(of: $0, at: place + "/*") }
    case (.dictionary(_, let schema), .object(let members)):
      members.flatMap { schema.faults(of: $0.value, at: "\(place)/\($0.key)") }
    case (.object(_, let fields), .object(let members)),
      (.input(_, let fields), .object(let members)):
      fields.isEmpty ? [] : Self.faults(of: members, fields, place)
    default: ["\(place): \(value.typeName) where the form is \(typeName)"]
    }
  }

  private static func faults(
    of members: [JSONMember], _ fields: [Field], _ place: String
  ) -> [String] {
    let missing = fields.filter { field in
      field.isRequired && !members.contains { $0.key == field.name }
    }
    return missing.map { "\(place)/\($0.name) is missing" }
      + members.flatMap { member in
        let here = "\(place)/\(member.key)"
        guard let field = fields.first(where: { $0.name == member.key }) else {
          return ["\(here) is not described"]
        }
        return field.schema.faults(of: member.value, at: here)
      }
  }
}
