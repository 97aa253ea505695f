import CRM
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite("Who may call what")
struct AccessTests {
  /// The roles of the table and the login of each; the empty one is nobody.
  static let logins: [(role: CRM.Role?, login: String)] = [
    (nil, ""), (.client, "anna"), (.policyholder, "petra"), (.broker, "bruno"),
    (.staff, "stella"),
  ]

  @Test("Every route answers every role as its context says: 401, 403 or an answer")
  func table() async throws {
    let house = try await House.shared.value
    let server = try house.server()
    var tokens: [String: String] = [:]
    for (_, login) in Self.logins where !login.isEmpty {
      tokens[login] = try await house.token(login)
    }
    let logins = tokens
    // A stream of events ends when its listener goes, which a client in process never does.
    let endless: [String: RouteRole] = [
      "/v1/calculators/stream": .anyone, "/v1/me/shortlist/stream": .client,
    ]
    for (path, role) in endless {
      #expect(server.routes.first { $0.path == path }?.role == role)
    }
    let routes = server.routes.filter {
      endless[$0.path] == nil && $0.path != "/v1/sessions/current"
    }
    #expect(routes.count > 25)
    try await server.application().test(.router) { client in
      for route in routes {
        for (role, login) in Self.logins {
          // An id that is nobody's: the role is refused before any id is looked at.
          let path = route.path.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.hasPrefix("{") ? "00000000-0000-7000-8000-000000000000" : String($0)
          }.joined(separator: "/")
          var headers: HTTPFields = [:]
          if let token = logins[login] { headers[.authorization] = "Bearer \(token)" }
          let response = try await client.execute(
            uri: path, method: route.method, headers: headers)
          let status = response.status.code
          switch Self.expected(route.role, role) {
          case .some(let code):
            #expect(status == code, "\(route.method) \(route.path) as \(login): \(status)")
          case nil:
            #expect(
              ![401, 403, 405, 500, 501].contains(status),
              "\(route.method) \(route.path) as \(login): \(status)")
          }
        }
      }
    }
  }

  /// The status that a role must get; nil where it may call the route.
  static func expected(_ route: RouteRole, _ role: CRM.Role?) -> Int? {
    switch route {
    case .anyone: return nil
    case .signedIn: return role == nil ? 401 : nil
    case .insured: return role == nil ? 401 : [.client, .policyholder].contains(role) ? nil : 403
    case .client: return role == nil ? 401 : role == .client ? nil : 403
    case .policyholder: return role == nil ? 401 : role == .policyholder ? nil : 403
    case .broker: return role == nil ? 401 : role == .broker ? nil : 403
    case .staff: return role == nil ? 401 : role == .staff ? nil : 403
    }
  }

  @Test("Another's claim and one that does not exist are the same answer")
  func sameAnswer() async throws {
    let house = try await House.shared.value
    let token = try await house.token("anna")
    let claim = house.otherClaim.text
    try await house.server().application().test(.router) { client in
      var bodies: [String] = []
      for id in [claim, "00000000-0000-7000-8000-000000000000", "no-id"] {
        let response = try await client.execute(
          uri: "/v1/me/claims/\(id)", method: .get, headers: [.authorization: "Bearer \(token)"])
        #expect(response.status == .notFound)
        bodies.append(response.text)
      }
      #expect(Set(bodies).count == 1)
    }
  }

  @Test("A session ends on the next request after signing out")
  func signOut() async throws {
    let house = try await House.shared.value
    let token = try await house.token("ivan")
    try await house.server().application().test(.router) { client in
      let headers: HTTPFields = [.authorization: "Bearer \(token)"]
      try await client.execute(uri: "/v1/me", method: .get, headers: headers) {
        #expect($0.status == .ok)
      }
      try await client.execute(uri: "/v1/sessions/current", method: .delete, headers: headers) {
        #expect($0.status == .noContent)
      }
      try await client.execute(uri: "/v1/me", method: .get, headers: headers) {
        #expect($0.status == .unauthorized)
      }
    }
  }

  @Test("A wrong password and an unknown login are the same answer")
  func signInAnswers() async throws {
    try await House.shared.value.server().application().test(.router) { client in
      var bodies: [String] = []
      for login in ["anna", "nobody"] {
        let response = try await client.execute(
          uri: "/v1/sessions", method: .post, headers: [.contentType: "application/json"],
          body: ByteBuffer(string: #"{"login":"\#(login)","password":"wrong"}"#))
        #expect(response.status == .unauthorized)
        bodies.append(response.text)
      }
      #expect(Set(bodies).count == 1)
    }
  }
}
