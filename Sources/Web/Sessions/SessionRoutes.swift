import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// Signing in and out, for programs.
struct SessionRoutes: Sendable {
  let book: Book
  /// Whether requests come through a front of ours.
  let behindFront: Bool

  func mount(on table: RouteTable) {
    let (book, behindFront) = (book, behindFront)
    table.mount(Self.signIn, as: PublicContext.self) { call in
      let request = try call.json { SignInRequest(reading: $0) }
      let session = try await book.signIn(
        login: Personal(request.login), password: Personal(request.password),
        network: Network(
          address: ClientAddress.of(
            call.head, peer: call.context.peer.address, behindFront: behindFront)),
        device: request.device)
      return .json(.created) { json in
        json.object { json in
          json.member("token", session.token.text)
          json.member("role", session.principal.role.rawValue)
          json.member("expires", session.expires.description)
        }
      }
    }
    table.mount(Self.signOut, as: SessionContext.self) { call in
      try await book.signOut(call.context.session.token)
      return Response(status: .noContent, headers: [.setCookie: SessionCookie.clearing])
    }
    table.mount(Self.list, as: SessionContext.self) { call in
      let principal = call.context.session.principal
      let sessions = try await book.sessions(of: principal)
      return .json { json in
        json.object { json in
          json.array("sessions") { json in
            for session in sessions {
              json.object { json in
                json.member("id", session.id.text)
                json.member("isCurrent", session.id == principal.session.id)
                json.member("created", session.created.description)
                json.member("lastSeen", session.lastSeen.description)
                json.member("expires", session.expires.description)
                json.member("device", session.device)
              }
            }
          }
        }
      }
    }
    table.mount(Self.end, as: SessionContext.self) { call in
      guard let id = SessionID(call.parameter("id")) else { throw Refusal.notFound }
      try await book.end(id, of: call.context.session.principal)
      return Response(status: .noContent)
    }
  }

  static let signIn = Route(
    .post, "/v1/sessions", tag: "Sessions", "Sign in",
    detail: "The token is shown once: send it as a bearer token. An unknown login and a wrong "
      + "password are the same answer; after failures 429 says how long to wait. No "
      + "Idempotency-Key is needed: the token could not be shown again.",
    body: .json(.named("SignIn", SignInRequest.schema)),
    answers: [
      .init(
        .created, "The session.",
        .object(
          "",
          [
            .required("token", .text("The bearer token.")),
            .required("role", .choice("Whose it is.", CRM.Role.allCases.map(\.rawValue))),
            .required("expires", .instant("When it ends in any case.")),
          ]))
    ], problems: [.wrongCredentials, .tooManyAttempts])

  static let signOut = Route(
    .delete, "/v1/sessions/current", tag: "Sessions", "Sign out", effect: .repeatable,
    answers: [.init(.noContent, "The session has ended.")])

  static let list = Route(
    .get, "/v1/sessions", tag: "Sessions", "Your sessions",
    answers: [
      .init(
        .ok, "The sessions in force, the newest first.",
        .object(
          "",
          [
            .required(
              "sessions",
              .list(
                "",
                .object(
                  "",
                  [
                    .required("id", .text("The session's id; not its token.")),
                    .required("isCurrent", .boolean("Whether it is this one.")),
                    .required("created", .instant("When it began.")),
                    .required("lastSeen", .instant("When it was last used.")),
                    .required("expires", .instant("When it ends in any case.")),
                    .required("device", .text("What the device called itself.")),
                  ])))
          ]))
    ])

  static let end = Route(
    .delete, "/v1/sessions/{id}", tag: "Sessions", "End another of your sessions",
    effect: .repeatable, answers: [.init(.noContent, "The session has ended.")])
}

/// A login and a password as a program sends them.
struct SignInRequest: Sendable {
  let login: String
  let password: String
  let device: String

  init?(reading fields: JSONFields) {
    let login = fields.string("login", maxLength: 254)
    let password = fields.string("password", maxLength: 1_024)
    device = fields.optionalString("device", maxLength: 80) ?? ""
    guard let login, let password else { return nil }
    self.login = login
    self.password = password
  }

  static let schema = Schema.input(
    "A login and a password.",
    [
      .required("login", .text("The login name.", maxLength: 254)),
      .required("password", .text("The password.", maxLength: 1_024)),
      .optional("device", .text("What the device calls itself.", maxLength: 80)),
    ])
}
