import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// The routes for those who run the server: alive, ready, figures, and the API's description.
struct OperatorRoutes: Sendable {
  /// Why the server cannot serve at this moment; nil when it can.
  let unreadiness: @Sendable () async -> String?
  let meters: Meters
  let gauges: @Sendable () -> [Gauge]
  let version: String

  func mount(on table: RouteTable) {
    table.mount(Self.health, as: PublicContext.self) { _ in
      .json { $0.object { $0.member("status", "alive") } }
    }
    table.mount(Self.ready, as: PublicContext.self) { [unreadiness] _ in
      if let reason = await unreadiness() {
        throw Problem(.overloaded, reason, headers: [.retryAfter: "5"])
      }
      return .json { $0.object { $0.member("status", "ready") } }
    }
    table.mount(Self.metrics, as: PublicContext.self) { [meters, gauges] call in
      let isForwarded = Self.forwarding.contains { call.head.headerFields[$0] != nil }
      guard call.context.peer.isLoopback, !isForwarded else { throw Problem(.notFound) }
      let text = meters.text() + Gauge.text(gauges() + Gauge.process())
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
  }

  /// Mounts the description of everything mounted before.
  func mountDescription(on table: RouteTable) {
    let operations = table.routes + [Self.openAPI]
    let document = OpenAPI.document(operations, version: version)
    table.mount(Self.openAPI, as: PublicContext.self) { _ in .json(bytes: document) }
  }

  /// Fields by which a proxy says that it forwards for somebody else: the figures are then not for
  /// whoever asks, though the proxy runs on this machine.
  private static let forwarding: [HTTPField.Name] = [
    .via, HTTPField.Name("Forwarded") ?? .via, HTTPField.Name("X-Forwarded-For") ?? .via,
    HTTPField.Name("X-Real-IP") ?? .via,
  ]

  private static let status = Schema.object("", [.required("status", .text("One word."))])

  static let health = Route(
    .get, "/health", tag: "Operation", "Whether the process is alive",
    answers: [.init(.ok, "It is.", status)])
  static let ready = Route(
    .get, "/ready", tag: "Operation", "Whether requests can be served",
    detail: "503 with the reason while starting, stopping, or without the store.",
    answers: [.init(.ok, "They can.", status)])
  static let metrics = Route(
    .get, "/metrics", tag: "Operation", "Figures in the Prometheus text format",
    detail: "Only from this machine and not through a proxy; 404 otherwise.",
    answers: [.init(.ok, "Counts and latencies by route.")])
  static let openAPI = Route(
    .get, "/openapi.json", tag: "Operation", "This API as an OpenAPI 3.1 document",
    answers: [.init(.ok, "The document.", .object("An OpenAPI document.", []))])
}
