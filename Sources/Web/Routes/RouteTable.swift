import CRM
import HTTPTypes
import Hummingbird
import Vault

/// The routes as they are mounted: what is documented is read from here, so nothing can be mounted
/// without being documented, and the role in the document is the one that the context checks.
final class RouteTable {
  private let router = Router(context: WebContext.self)
  private let sessions: SessionReader
  private(set) var routes: [Route] = []
  /// The responders of routes without parameters, by path: they need no search.
  private(set) var fixed: [String: [HTTPRequest.Method: Responder]] = [:]

  /// Answers a request to one route.
  typealias Responder = @Sendable (Request, WebContext) async throws -> Response

  init(sessions: SessionReader) { self.sessions = sessions }

  /// Mounts a handler for a route.
  ///
  /// Its context type decides who may call it.
  func mount<Context: RoleContext>(
    _ route: Route, as context: Context.Type = Context.self,
    _ handler: @escaping @Sendable (Call<Context>) async throws -> Response
  ) {
    var route = route
    route.role = Context.role
    routes.append(route)
    let mounted = route
    let sessions = Context.readsSession ? sessions : nil
    let respond: Responder = { request, context in
      var context = context
      if let sessions { context.session = try await sessions.session(of: request.head) }
      let own = try Context(context: context)
      return try await handler(Call(mounted, request, own))
    }
    let path = RouterPath(route.path)
    for method in route.method == .get ? [.get, .head] : [route.method] {
      router.on(path, method: method, use: respond)
      if route.pathParameters.isEmpty { fixed[route.path, default: [:]][method] = respond }
    }
  }

  /// The responder for all that was mounted.
  func responder() -> RouterResponder<WebContext> { router.buildResponder() }
}

/// Finds the session that a request's token belongs to.
struct SessionReader: Sendable {
  /// Looks a token up; throws `Refusal.unauthenticated` when no session in force has it.
  let find: @Sendable (_ token: Token) async throws -> Principal

  /// The session of a request.
  ///
  /// An Authorization field counts alone: when it names no session, a
  /// cookie beside it does not help.
  func session(of request: HTTPRequest) async throws -> LiveSession? {
    let shown: String?
    switch SessionCookie.bearer(in: request.headerFields) {
    case .some(let bearer): shown = bearer
    case .none: shown = SessionCookie.token(in: request.headerFields)
    }
    guard let token = shown.flatMap({ Token(shown: $0) }) else { return nil }
    do {
      return LiveSession(principal: try await find(token), token: token)
    } catch Refusal.unauthenticated {
      return nil
    }
  }
}
