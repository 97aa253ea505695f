import Hummingbird
import Logging

/// What the server serves: the doors to the rest of the program.
package struct WebParts: Sendable {
  let sessions: SessionReader
  let unreadiness: @Sendable () async -> String?
  let gauges: @Sendable () -> [Gauge]

  /// The parts.
  package init(
    sessions: SessionReader,
    unreadiness: @escaping @Sendable () async -> String? = { nil },
    gauges: @escaping @Sendable () -> [Gauge] = { [] }
  ) {
    self.sessions = sessions
    self.unreadiness = unreadiness
    self.gauges = gauges
  }

  /// Everything mounted, behind the gate.
  ///
  /// - Throws: when a page's template is not well-formed.
  func gate(settings: WebSettings, logger: Logger) throws -> Gate {
    let writer = try PageWriter()
    let meters = Meters()
    let table = RouteTable(sessions: sessions)
    let operatorRoutes = OperatorRoutes(
      unreadiness: unreadiness, meters: meters, gauges: gauges, version: settings.version)
    operatorRoutes.mount(on: table)
    let pages = PublicPages(writer: writer)
    pages.mount(on: table)
    operatorRoutes.mountDescription(on: table)
    pages.mountDescription(on: table)
    return Gate(
      router: table.responder(), routes: table.routes,
      headers: AnswerHeaders(isSecure: settings.isSecure), meters: meters, logger: logger,
      errorPage: { writer.html(ErrorPage($0, requestID: $1)) })
  }
}
