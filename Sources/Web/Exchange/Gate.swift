import CRM
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// The first and last to see each request: turns everything that can go wrong into a problem, and
/// completes, counts and logs each answer.
struct Gate: HTTPResponder {
  typealias Context = WebContext

  let router: RouterResponder<WebContext>
  /// The responders of paths without parameters.
  let fixed: [String: [HTTPRequest.Method: RouteTable.Responder]]
  let routes: [Route]
  let headers: AnswerHeaders
  /// Whether browsers reach the server by HTTPS only.
  let isSecure: Bool
  let meters: Meters
  let logger: Logger
  /// Makes the page of a problem for a browser.
  let errorPage: @Sendable (Problem, _ requestID: String) -> String

  func respond(to request: Request, context: WebContext) async throws -> Response {
    // Liveness costs nothing but the connection: no route look-up, no count, no log.
    if request.head.path == "/health", request.method == .get { return Self.alive }
    let start = ContinuousClock.now
    let isPage = request.head.path.map { !$0.hasPrefix("/v1/") } ?? false
    let path = request.uri.path
    let known = fixed[path]?[request.method]
    var response =
      isPage
      ? try await PageLanguage.$current.withValue(
        RequestLocale.language(request.headers),
        operation: { try await self.answer(request, context, by: known) })
      : try await answer(request, context, by: known)
    let requestID = context.id
    headers.complete(&response)
    response.headers.append(HTTPField(name: .requestID, value: requestID))
    if request.method == .head { response = response.createHeadResponse() }
    let route = known == nil ? context.endpointPath ?? "none" : path
    let duration = ContinuousClock.now - start
    meters.record(request.method, route, status: response.status.code, took: duration)
    logger.info(
      "request",
      metadata: [
        "id": "\(requestID)", "method": "\(request.method.rawValue)", "route": "\(route)",
        "status": "\(response.status.code)", "ms": "\(Self.milliseconds(duration))",
      ])
    return response
  }

  private static let alive = Response(
    status: .ok,
    headers: [
      .contentType: "application/json", .cacheControl: "no-store",
      .xContentTypeOptions: "nosniff",
    ],
    body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"status":"alive"}"#)))

  private func answer(
    _ request: Request, _ context: WebContext, by known: RouteTable.Responder?
  ) async throws -> Response {
    do {
      if let refusal = CrossOrigin.refusal(of: request.head, isSecure: isSecure) { throw refusal }
      if let known { return try await known(request, context) }
      let response = try await router.respond(to: request, context: context)
      guard response.status == .notFound, context.endpointPath == "NotFound" else {
        return response
      }
      throw missing(request)
    } catch let problem as Problem {
      return render(problem, request, context)
    } catch let refusal as Refusal {
      return render(Problem(refusal: refusal), request, context)
    } catch is AdviceDesk.Lost {
      let detail = "The rules or the catalogue of this decision are no longer kept here."
      return render(Problem(.gone, detail), request, context)
    } catch is CancellationError {
      return render(Problem(.overloaded, headers: [.retryAfter: "5"]), request, context)
    } catch WireCodec.Interruption.refused {
      // The connection has answered for itself; this is not sent.
      return render(Problem(.tooSlow), request, context)
    } catch {
      return unexpected(error, request, context)
    }
  }

  /// 405 with the methods that there are, when only the method is wrong; else 404.
  private func missing(_ request: Request) -> Problem {
    let path = request.uri.path
    var methods = routes.filter { $0.matches(path) }.map(\.method.rawValue)
    guard !methods.isEmpty else { return Problem(.notFound) }
    if methods.contains("GET") { methods.append("HEAD") }
    return Problem(
      .methodNotAllowed, headers: [.allow: methods.sorted().joined(separator: ", ")])
  }

  /// An error that nobody foresaw: its type goes to the log, since its text may name a person.
  private func unexpected(
    _ error: any Error, _ request: Request, _ context: WebContext
  ) -> Response {
    if error is HTTPParserError {
      var problem = Problem.malformed("The body is not framed as HTTP/1.1 asks.")
      problem.closesConnection = true
      return render(problem, request, context)
    }
    logger.error(
      "unexpected error", metadata: ["id": "\(context.id)", "type": "\(type(of: error))"])
    return render(Problem(.internalError), request, context)
  }

  private func render(
    _ problem: Problem, _ request: Request, _ context: WebContext
  ) -> Response {
    guard Self.wantsPage(request) else { return .problem(problem, requestID: context.id) }
    if problem.kind == .signInRequired, request.method == .get, let path = request.head.path {
      return .seeOther("/sign-in?next=\(FormFields.encoded(path))")
    }
    var response = Response.page(errorPage(problem, context.id), status: problem.status)
    for field in problem.responseHeaders { response.headers.append(field) }
    return response
  }

  /// Whether a browser asks for a page, and not a program for the API.
  private static func wantsPage(_ request: Request) -> Bool {
    guard let path = request.head.path, !path.hasPrefix("/v1/") else { return false }
    return request.headers[.accept]?.contains("text/html") ?? false
  }

  private static func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    let fraction = String(microseconds % 1_000)
    return "\(microseconds / 1_000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
